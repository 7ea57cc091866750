//! The buckets: where an open step stands on a day. Counts, lists and pictures all rest on these.
//!
//! # Why
//! `Turning::glance` says where one step stands; a board asks for thousands, so the same is said
//! here in SQL, once for the whole program. The conditions exclude each other and together hold
//! every open step; a test walks the days and holds them against the clock.

use chrono::NaiveDate;

use super::record::Filing;
use crate::statute::clock::{Glance, Lamp, Status};

/// Where an open step (filed, not decided) stands on a day. Each is in exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// Red, and past the law's own limit.
    LawOverdue,
    /// Red, and not past the law's own limit.
    PlanOverdue,
    /// Yellow.
    NearDue,
    /// Handed in, neither accepted nor answered.
    Awaiting,
    /// Green.
    InTime,
    /// Running without a limit.
    Untimed,
    /// With the applicant.
    Correcting,
    /// Suspended.
    Suspended,
    /// Accepted, the clock's start ahead.
    NotStarted,
}

macro_rules! red {
    () => {
        "f.decided_on IS NULL AND f.red_on <= $1"
    };
}
macro_rules! open {
    () => {
        "f.decided_on IS NULL AND f.seq > 0"
    };
}
// The statuses stand in one list, without an OR, so that an index on the status serves it.
macro_rules! accepted {
    () => {
        "f.status IN ('waiting', 'running', 'submitted') \
         AND (f.status <> 'submitted' OR f.deems_on <= $1)"
    };
}

/// Past the due date on `$1`, whatever the law's own limit. No lamp burns before silence has
/// accepted ([`crate::statute::clock::Turning`]), so `deems_on` need not be asked.
pub(super) const RED: &str = red!();
/// Filed, and not decided. An announcement can be entered before a step is filed (第4条); such a
/// step is still a draft.
pub(super) const OPEN: &str = concat!(open!(), " AND f.status <> 'draft'");
/// Accepted on `$1`, by a person or by silence.
pub(super) const ACCEPTED: &str = accepted!();
/// Silence has not merely been foreseen: what was handed in is accepted by `$1`, or was answered.
pub(super) const NOT_FORESEEN: &str = "(f.status <> 'submitted' OR f.deems_on <= $1)";

impl Bucket {
    /// All of them, what needs a person first ahead.
    ///
    /// Red past the law, red, yellow; then what an officer has to accept within five days, what
    /// runs, what the applicant has to supplement, and what waits.
    pub const ALL: [Bucket; 9] = [
        Bucket::LawOverdue,
        Bucket::PlanOverdue,
        Bucket::NearDue,
        Bucket::Awaiting,
        Bucket::InTime,
        Bucket::Untimed,
        Bucket::Correcting,
        Bucket::Suspended,
        Bucket::NotStarted,
    ];

    /// That a row `f` is in it on `$1`.
    pub(super) const fn condition(self) -> &'static str {
        match self {
            Bucket::LawOverdue => concat!(red!(), " AND f.law_red_on <= $1"),
            Bucket::PlanOverdue => {
                concat!(red!(), " AND (f.law_red_on IS NULL OR f.law_red_on > $1)")
            }
            Bucket::NearDue => "f.decided_on IS NULL AND f.red_on > $1 AND f.yellow_on <= $1",
            Bucket::InTime => {
                "f.decided_on IS NULL AND f.red_on > $1 AND f.starts_on <= $1 \
                 AND (f.yellow_on IS NULL OR f.yellow_on > $1) \
                 AND (f.status <> 'submitted' OR f.deems_on <= $1)"
            }
            Bucket::Awaiting => {
                concat!(open!(), " AND f.status = 'submitted' AND f.deems_on > $1")
            }
            Bucket::Untimed => concat!(
                open!(),
                " AND ",
                accepted!(),
                " AND f.red_on IS NULL AND f.starts_on <= $1"
            ),
            Bucket::Correcting => concat!(open!(), " AND f.status = 'correcting'"),
            Bucket::Suspended => concat!(open!(), " AND f.status = 'suspended'"),
            Bucket::NotStarted => concat!(
                open!(),
                " AND ",
                accepted!(),
                " AND (f.starts_on IS NULL OR f.starts_on > $1)"
            ),
        }
    }

    /// The column by which it is ordered, the most pressing first: longest overdue, least time
    /// left, soonest to be answered; where no day presses, what has lain longest.
    pub(super) const fn order(self) -> &'static str {
        match self {
            Bucket::LawOverdue | Bucket::PlanOverdue | Bucket::NearDue | Bucket::InTime => {
                "f.red_on"
            }
            Bucket::Awaiting => "f.deems_on",
            Bucket::Untimed | Bucket::Correcting | Bucket::Suspended | Bucket::NotStarted => {
                "f.last_on"
            }
        }
    }

    /// The day by which `filing` is ordered within it.
    pub fn day(self, filing: &Filing) -> Option<NaiveDate> {
        match self.order() {
            "f.red_on" => filing.turning.red_on,
            "f.deems_on" => filing.turning.deems_on,
            _ => filing.last_on,
        }
    }

    /// Its place in [`Bucket::ALL`].
    pub fn rank(self) -> usize {
        Bucket::ALL
            .iter()
            .position(|one| *one == self)
            .unwrap_or(Bucket::ALL.len())
    }

    /// Where the clock says that a step stands; `None`: untouched or decided.
    pub fn of(glance: &Glance) -> Option<Bucket> {
        Some(match (glance.status, glance.lamp) {
            (Status::Running, Lamp::Red) if glance.law_passed => Bucket::LawOverdue,
            (Status::Running, Lamp::Red) => Bucket::PlanOverdue,
            (Status::Running, Lamp::Yellow) => Bucket::NearDue,
            (Status::Running, Lamp::Untimed) => Bucket::Untimed,
            (Status::Running, _) => Bucket::InTime,
            (Status::Submitted, _) => Bucket::Awaiting,
            (Status::Correcting, _) => Bucket::Correcting,
            (Status::Suspended, _) => Bucket::Suspended,
            (Status::Waiting, _) => Bucket::NotStarted,
            (
                Status::Draft
                | Status::Granted
                | Status::Denied
                | Status::Rejected
                | Status::Withdrawn,
                _,
            ) => return None,
        })
    }
}

/// An expression of `f` that gives for each bucket what `of` says of it.
pub(super) fn case(of: impl Fn(Bucket) -> String) -> String {
    let arms = Bucket::ALL.map(|bucket| format!("WHEN {} THEN {}", bucket.condition(), of(bucket)));
    format!("CASE {} END", arms.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ranks_are_the_order_of_need() {
        let mut sorted = Bucket::ALL;
        sorted.sort();
        assert_eq!(sorted, Bucket::ALL);
        let ranks = Bucket::ALL.map(Bucket::rank);
        assert_eq!(ranks, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    }
}
