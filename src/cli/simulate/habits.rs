//! How people behave in the simulated year: what is done next on a step, and when.
//!
//! # Why
//! Everything is drawn from the seed, the step and the number of entries in its ledger, never from
//! a running sequence: so a simulation that was killed goes on as if nothing had happened. On one
//! step one thing happens a day.

use chrono::{Days, NaiveDate};

use crate::statute::calendar::Calendar;
use crate::statute::clock::{EventKind, Status};
use crate::statute::plan::Starter;
use crate::statute::plan::route::RouteStep;
use crate::statute::random::Random;
use crate::store::record::Filing;

/// Of a hundred first submissions, how many are answered by asking for materials.
const INCOMPLETE: u32 = 12;
/// And how many are not answered at all: silence accepts.
const UNANSWERED: u32 = 4;
/// And how many are not accepted.
const REJECTED: u32 = 1;
/// Of a hundred steps that run, how many are suspended where the law knows a ground.
const SUSPENDED: u32 = 12;
/// Of a hundred that run and may be extended, how many are.
const EXTENDED: u32 = 4;
/// Of a hundred decisions, how many come late.
const LATE: u32 = 6;
/// And how many are left lying until they are supervised.
const LEFT_LYING: u32 = 2;
/// And how many come on the last day.
const LAST_DAY: u32 = 8;
/// Of a hundred decisions, how many deny.
const DENIED: u32 = 2;
/// Of a hundred acceptances, how many were typed with a wrong day.
const MISTYPED: u32 = 2;
/// Of a hundred acts, how many are typed days after they were done.
const TYPED_LATE: u32 = 3;

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Deed {
    /// The county reviews and the city's pre-review are filed at one moment (第1条).
    FileJointly,
    /// An event is recorded.
    Record(EventKind),
    /// The acceptance that was entered last is corrected to this day, with the lead's consent.
    Correct(NaiveDate),
}

impl Deed {
    /// Its word, by which a refusal is remembered.
    pub(super) fn code(&self) -> &str {
        match self {
            Deed::FileJointly => "file-jointly",
            Deed::Record(kind) => kind.code(),
            Deed::Correct(_) => "correct",
        }
    }
}

/// Something that will be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Next {
    /// The day on which it is typed.
    pub(super) typed: NaiveDate,
    /// The day on which it happens.
    pub(super) on: NaiveDate,
    /// What.
    pub(super) deed: Deed,
}

/// A step as its people find it.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) seed: u64,
    pub(super) project: u32,
    pub(super) filing: &'a Filing,
    pub(super) step: &'a RouteStep<'a>,
    /// The day from which it can be filed, where it can.
    pub(super) ready_from: NaiveDate,
    /// What was refused on it as it stands, by its word.
    pub(super) refused: &'a [String],
    pub(super) calendar: &'a Calendar,
}

/// A generator for one question about one project, always the same.
pub(super) fn dice(seed: u64, project: u32, question: &str) -> Random {
    let mut mixed = Random::new(seed ^ (u64::from(project) << 32)).draw();
    for byte in question.bytes() {
        mixed = Random::new(mixed ^ u64::from(byte)).draw();
    }
    Random::new(mixed)
}

impl Found<'_> {
    /// What is done next, if anything is without somebody else's doing.
    pub(super) fn next(&self) -> Option<Next> {
        let filing = self.filing;
        let question = format!(
            "{} {:?} {} {}",
            filing.step,
            self.step.key.county.map(|county| county.code()),
            filing.run,
            filing.seq
        );
        let mut dice = dice(self.seed, self.project, &question);
        let (on, deed) = match filing.turning.status.unwrap_or(Status::Draft) {
            Status::Draft => self.file(&mut dice)?,
            Status::Submitted => self.answer(&mut dice)?,
            Status::Correcting => {
                let on = self.after(filing.last_on?, dice.within(2, 12));
                (on, Deed::Record(EventKind::Resubmitted))
            }
            Status::Waiting | Status::Running => match self.correct(&mut dice) {
                Some(correction) => correction,
                None => self.go_on(filing.last_on?, &mut dice)?,
            },
            Status::Suspended => {
                let on = self.after(filing.last_on?, dice.within(3, 20));
                (on, Deed::Record(EventKind::Resumed))
            }
            Status::Granted | Status::Denied | Status::Rejected | Status::Withdrawn => return None,
        };
        let late = matches!(deed, Deed::Record(_)) && filing.seq > 0 && dice.percent(TYPED_LATE);
        let typed = if late {
            self.after(on, dice.within(2, 5))
        } else {
            on
        };
        Some(Next { typed, on, deed })
    }

    fn after(&self, day: NaiveDate, working_days: u32) -> NaiveDate {
        self.calendar.add_working_days(day, working_days)
    }

    fn was_refused(&self, code: &str) -> bool {
        self.refused.iter().any(|refused| refused == code)
    }

    fn file(&self, dice: &mut Random) -> Option<(NaiveDate, Deed)> {
        if !self.filing.ready {
            return None;
        }
        if self.step.step.joint_with.is_empty() {
            let on = self.after(self.ready_from, dice.within(1, 6));
            return Some((on, Deed::Record(EventKind::Submitted)));
        }
        let mut together = super::habits::dice(self.seed, self.project, "joint");
        let on = self.after(self.ready_from, together.within(1, 4));
        Some((on, Deed::FileJointly))
    }

    fn answer(&self, dice: &mut Random) -> Option<(NaiveDate, Deed)> {
        let handed_in = self.filing.last_on?;
        let first = self.filing.seq == 1;
        let roll = dice.within(1, 100);
        if first && roll <= INCOMPLETE {
            let on = self.after(handed_in, dice.within(1, 4));
            return Some((on, Deed::Record(EventKind::MaterialsRequested)));
        }
        if roll > INCOMPLETE + UNANSWERED && !self.was_refused("accepted") {
            let kind = if roll > 100 - REJECTED {
                EventKind::Rejected
            } else {
                EventKind::Accepted
            };
            return Some((self.after(handed_in, dice.within(1, 5)), Deed::Record(kind)));
        }
        self.go_on(self.filing.turning.deems_on?, dice)
    }

    /// The acceptance that was entered last, if it was typed with a wrong day.
    fn correct(&self, dice: &mut Random) -> Option<(NaiveDate, Deed)> {
        let filing = self.filing;
        let (last, turning) = (filing.last_on?, &filing.turning);
        let by_hand = turning.accepted_on == Some(last) && !turning.deemed_accepted;
        let mistyped = by_hand && dice.percent(MISTYPED) && !self.was_refused("correct");
        let right = last.checked_sub_days(Days::new(1))?;
        let possible = self.calendar.is_working(right) && filing.submitted_on? <= right;
        (mistyped && possible).then(|| (self.after(last, 1), Deed::Correct(right)))
    }

    /// What happens once the step is accepted, `since` when nothing else has.
    fn go_on(&self, since: NaiveDate, dice: &mut Random) -> Option<(NaiveDate, Deed)> {
        let turning = &self.filing.turning;
        let Some(starts) = turning.starts_on else {
            let announces = self
                .step
                .step
                .starts
                .contains(&Starter::AnnouncementExpired);
            let on = self.after(since, dice.within(1, 3));
            let announced = Deed::Record(EventKind::Announced { days: 30 });
            return (announces && !self.was_refused("announced")).then_some((on, announced));
        };
        let base = since.max(starts);
        let earliest = self.after(base, 1);
        let step = self.step.step;
        if let Some(ground) = step.grounds.last()
            && dice.percent(SUSPENDED)
            && !self.was_refused("suspended")
        {
            let ground = ground.code().to_owned();
            let last_day = turning.due_on.filter(|_| dice.percent(25));
            let on = last_day.unwrap_or_else(|| self.after(base, dice.within(1, 3)));
            let suspended = Deed::Record(EventKind::Suspended { ground });
            return Some((on.max(earliest), suspended));
        }
        if let Some(extension) = &step.extension
            && let Some(due) = turning.due_on.filter(|due| *due >= earliest)
            && dice.percent(EXTENDED)
            && !self.was_refused("extended")
        {
            let days = i64::from(extension.max_days);
            let n = self.working_days(base, due);
            let on = self.after(base, n.saturating_sub(1).max(1));
            return Some((on, Deed::Record(EventKind::Extended { days })));
        }
        let decided = self.decided(base, dice).max(earliest);
        let kind = if dice.percent(DENIED) {
            EventKind::Denied
        } else {
            EventKind::Granted
        };
        (!self.was_refused(kind.code())).then_some((decided, Deed::Record(kind)))
    }

    fn decided(&self, base: NaiveDate, dice: &mut Random) -> NaiveDate {
        let Some(due) = self.filing.turning.due_on else {
            return self.after(base, dice.within(1, 20));
        };
        let roll = dice.within(1, 100);
        if roll <= LATE {
            self.after(due, dice.within(1, 12))
        } else if roll <= LATE + LEFT_LYING {
            self.after(due, dice.within(20, 45))
        } else if roll <= LATE + LEFT_LYING + LAST_DAY {
            due
        } else {
            let n = self.working_days(base, due);
            self.after(base, dice.within(1, n.max(1)))
        }
    }

    fn working_days(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        u32::try_from(self.calendar.working_days_between(from, to)).unwrap_or(0)
    }
}
