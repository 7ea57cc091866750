//! What a ledger gives to the figures (效能统计): days and counts that follow from the events that
//! stand, by the clock's own answers.
//!
//! # Why
//! A figure that people are judged by must be reckoned in one place and be open to being reckoned
//! again. Everything here is pure; `docs/figures.md` says of each figure what counts, when and
//! why, and a test reckons them a second way, day by day.

mod side_by_side;
mod spread;
#[cfg(test)]
mod tests;

pub use side_by_side::{SideBySide, side_by_side};
pub use spread::{Spread, Values, per_mille};

use chrono::NaiveDate;

use super::calendar::Calendar;
use super::clock::{self, Event, EventKind, Lamp, Refusal, Status};
use super::plan::{ProjectFacts, Starter, Step};

/// What the figures take from one run of one step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measure {
    /// The day of the first submission.
    pub submitted_on: Option<NaiveDate>,
    /// The day of acceptance, real or, where `deems_on` is set, the one that silence would give.
    pub accepted_on: Option<NaiveDate>,
    /// From this day on the acceptance is silence's, if nobody acts before.
    pub deems_on: Option<NaiveDate>,
    /// True where silence made the acceptance (行政许可法 第32条), or would.
    pub by_silence: bool,
    /// How it ended, and when.
    pub decided: Option<Decided>,
    /// Working days that stood still, over all suspensions that have ended.
    pub suspended_days: u32,
    /// Working days from acceptance to the county's opinion, where that came later (第1条).
    pub waited_days: u32,
    /// The suspensions, in their order.
    pub suspensions: Vec<Suspension>,
}

/// How a run ended, as the clock reads it on that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The day.
    pub on: NaiveDate,
    /// Granted, denied, rejected or withdrawn.
    pub outcome: Status,
    /// Counted working days to the decision; `None` where no limit ran.
    pub used: Option<u32>,
    /// The due date; `None` where no limit ran, or where it was withdrawn while suspended.
    pub due_on: Option<NaiveDate>,
    /// Decided after the due date, by counted days.
    pub late: bool,
}

impl Decided {
    /// Whether the decision fell on the due date itself.
    pub fn on_last_day(&self) -> bool {
        self.due_on == Some(self.on)
    }
}

/// One suspension (中止计时).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    /// The day on which it was set.
    pub on: NaiveDate,
    /// Counted working days that were still open then; `None` where no limit ran.
    pub left: Option<u32>,
    /// The due date that stood then.
    pub due_on: Option<NaiveDate>,
}

impl Suspension {
    /// Whether it was set on the due date itself.
    pub fn on_last_day(&self) -> bool {
        self.due_on == Some(self.on)
    }

    /// Whether it was set when the due date had passed.
    pub fn after_due(&self) -> bool {
        self.due_on.is_some_and(|due| due < self.on)
    }
}

/// Takes from the events that stand what the figures need.
///
/// # Errors
/// The first event that the clock's rules do not allow.
pub fn measure(
    step: &Step,
    facts: &ProjectFacts,
    events: &[Event],
    calendar: &Calendar,
) -> Result<Measure, Refusal> {
    let turning = clock::turning(step, facts, events, calendar)?;
    let first = |kind: EventKind| events.iter().find(|e| e.kind == kind).map(|e| e.on);
    let decided = match (turning.decided_on, turning.status) {
        (Some(on), Some(outcome)) => {
            let reading = clock::read(step, facts, events, on, calendar)?;
            Some(Decided {
                on,
                outcome,
                used: reading.used,
                due_on: reading.due_on,
                late: reading.lamp == Lamp::Late,
            })
        }
        _ => None,
    };
    let mut measure = Measure {
        submitted_on: first(EventKind::Submitted),
        accepted_on: turning.accepted_on,
        deems_on: turning.deems_on,
        by_silence: turning.deemed_accepted || turning.deems_on.is_some(),
        decided,
        ..Measure::default()
    };
    if step.starts.contains(&Starter::CountyOpinionReceived)
        && turning.deems_on.is_none()
        && let Some(accepted) = turning.accepted_on
        && let Some(opinion) = first(EventKind::CountyOpinionReceived)
    {
        measure.waited_days = worked(calendar, accepted, opinion);
    }
    for (index, event) in events.iter().enumerate() {
        if !matches!(event.kind, EventKind::Suspended { .. }) {
            continue;
        }
        let (before, after) = events.split_at(index);
        let reading = clock::read(step, facts, before, event.on, calendar)?;
        measure.suspensions.push(Suspension {
            on: event.on,
            left: reading.left,
            due_on: reading.due_on,
        });
        let end = after
            .iter()
            .find(|e| matches!(e.kind, EventKind::Resumed | EventKind::Withdrawn));
        if let Some(end) = end {
            measure.suspended_days += worked(calendar, event.on, end.on);
        }
    }
    Ok(measure)
}

/// Working days after `from`, up to and including `to`; none where `to` is not later.
fn worked(calendar: &Calendar, from: NaiveDate, to: NaiveDate) -> u32 {
    if to <= from {
        return 0;
    }
    u32::try_from(calendar.working_days_between(from, to)).unwrap_or(0)
}
