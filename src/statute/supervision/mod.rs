//! Supervision (督办): the ladder by which people hear of a step that is late, and the life of a
//! supervision case.
//!
//! # Why
//! - The ladder is data ([`Ladder`], `ladder.toml`) beside the plan's catalogue and not in it: a
//!   project keeps the catalogue that it began under, but supervision is the city's practice of
//!   today and holds for every project alike. Its figures are no plan's and are marked inferred.
//! - A rung is known by the filing, the rung and the date that it refers to (the due date; for
//!   silence the day of the deemed acceptance). So each is sent once; and where an extension or a
//!   suspension has moved the due date, the rungs of the new date are others and are sent anew.
//! - The day of a rung is reckoned, not the day on which the program came to send it: a stop of a
//!   month changes nothing in what is sent and to which day it belongs.
//! - A step that is decided or suspended has no rung due any more; so whoever ends or suspends one
//!   tells first what was due (`office::turn`).

pub mod case;
mod ladder;
#[cfg(test)]
mod tests;

pub use case::{CaseAct, CaseState};
pub use ladder::{Ladder, LadderError, Recipient, Rung, When};

use chrono::NaiveDate;

use super::calendar::Calendar;
use super::clock::{Status, Turning};

/// A rung that a step has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached<'l> {
    /// The rung.
    pub rung: &'l Rung,
    /// The date that it refers to, by which a rung is known: the due date, or for silence the day
    /// of the deemed acceptance.
    pub refers_to: NaiveDate,
    /// The day that it belongs to.
    pub on: NaiveDate,
}

/// The rungs that a step has reached by `today`, the earliest first; `last_on` as in [`Rung::day`].
///
/// None for a step that is untimed, waiting for its start, suspended or decided. Suspended time
/// does not count: the day of a rung is the first on which the reading is so many counted working
/// days over. Where a suspension began past the due date the turning points hold only how much
/// stood still, so a rung that was reached before it and was never sent gets a later day, not an
/// earlier one.
pub fn reached<'l>(
    ladder: &'l Ladder,
    (turning, last_on): (&Turning, Option<NaiveDate>),
    today: NaiveDate,
    calendar: &Calendar,
) -> Vec<Reached<'l>> {
    let reached = |rung: &'l Rung| {
        let (refers_to, on) = rung.day(turning, last_on, calendar)?;
        (on <= today).then_some(Reached {
            rung,
            refers_to,
            on,
        })
    };
    let mut all: Vec<Reached<'l>> = ladder.rungs.iter().filter_map(reached).collect();
    all.sort_by_key(|one| one.on);
    all
}

impl Rung {
    /// The date that the rung refers to and the day that it belongs to, as things stand since the
    /// last entry's day `last_on`: a clock that is resumed with one day left is near its due date
    /// from that day on, and not from a day on which it stood still.
    pub fn day(
        &self,
        turning: &Turning,
        last_on: Option<NaiveDate>,
        calendar: &Calendar,
    ) -> Option<(NaiveDate, NaiveDate)> {
        if turning.decided_on.is_some() || turning.suspended {
            return None;
        }
        if self.when == When::Silence {
            let submitted = turning.status == Some(Status::Submitted);
            let on = turning.deems_on.filter(|_| submitted)?;
            return Some((on, on));
        }
        let due = turning.due_on?;
        let on = match self.when {
            When::Silence => None,
            When::Yellow => turning.yellow_on,
            When::Red => turning.red_on,
            When::Overdue(days) => {
                let days = days.saturating_add(turning.over_by);
                let on = calendar.add_working_days(due, days);
                // No lamp burns before silence has accepted, though the days lie behind it.
                turning.red_on.map(|red| on.max(red))
            }
        };
        let on = on?;
        Some((due, last_on.map_or(on, |last| on.max(last))))
    }

    /// The latest first red day from which this rung is reached by `today` where nothing stood
    /// still: by it a list of candidates is found without reckoning each row.
    pub fn reached_from(&self, today: NaiveDate, calendar: &Calendar) -> NaiveDate {
        let When::Overdue(days) = self.when else {
            return today;
        };
        let mut due = today;
        while calendar.working_days_between(due, today) < i64::from(days) {
            let Some(earlier) = due.pred_opt() else {
                break;
            };
            due = earlier;
        }
        due.succ_opt().unwrap_or(due)
    }
}
