//! The statutory clock: events in, reading or refusal out.
//!
//! One pure fold serves every question: [`read`] says what a step is on a day, [`admit`] whether
//! one more event may follow, [`turning`] which days will change the reading by themselves. The
//! promise it keeps is the contract, word for word:
#![doc = include_str!("CONTRACT.md")]

mod because;
mod correction;
mod event;
mod fold;
mod glance;
mod reading;
mod reckon;
mod refusal;
mod rules;
pub mod scenario;
#[cfg(test)]
mod tests;
mod turn;

pub use correction::{Correction, Standing, standing};
pub use event::{Event, EventKind};
pub use glance::Glance;
pub use reading::{Because, Lamp, LawLimit, Reading, Status, Turning};
pub use refusal::{Refusal, Rule};

use chrono::NaiveDate;

use super::calendar::Calendar;
use super::plan::{Ground, ProjectFacts, Step};
use fold::Fold;

fn folded<'a>(
    step: &'a Step,
    facts: &ProjectFacts,
    events: &[Event],
    until: NaiveDate,
    calendar: &'a Calendar,
) -> Result<Fold<'a>, Refusal> {
    let mut fold = Fold::new(step, facts, calendar);
    for (index, event) in events.iter().enumerate() {
        if event.on > until {
            break;
        }
        fold.take(index, event)?;
    }
    Ok(fold)
}

/// Folds `events` and says what the step is on `as_of`.
///
/// Reading stops at the first event later than `as_of`.
///
/// # Errors
/// The first event that the rules do not allow.
pub fn read(
    step: &Step,
    facts: &ProjectFacts,
    events: &[Event],
    as_of: NaiveDate,
    calendar: &Calendar,
) -> Result<Reading, Refusal> {
    let mut fold = folded(step, facts, events, as_of, calendar)?;
    fold.pass_to(as_of);
    Ok(fold.reading(as_of))
}

/// Whether `new` may follow `events`; if so, the step's turning points after it.
///
/// # Errors
/// The refusal, whose `event` is `events.len()` when `new` is at fault.
pub fn admit(
    step: &Step,
    facts: &ProjectFacts,
    events: &[Event],
    new: &Event,
    calendar: &Calendar,
) -> Result<Turning, Refusal> {
    let mut fold = folded(step, facts, events, NaiveDate::MAX, calendar)?;
    fold.take(events.len(), new)?;
    Ok(fold.turning())
}

/// The turning points of a ledger as it stands (for a refold).
///
/// # Errors
/// The first event that the rules do not allow.
pub fn turning(
    step: &Step,
    facts: &ProjectFacts,
    events: &[Event],
    calendar: &Calendar,
) -> Result<Turning, Refusal> {
    Ok(folded(step, facts, events, NaiveDate::MAX, calendar)?.turning())
}

/// Which kinds of event the rules would allow on `on` after `events`; a ground and a number of
/// days are tried at the first value that the step lists.
pub fn open_acts(
    step: &Step,
    facts: &ProjectFacts,
    events: &[Event],
    on: NaiveDate,
    calendar: &Calendar,
) -> Vec<EventKind> {
    let Ok(fold) = folded(step, facts, events, NaiveDate::MAX, calendar) else {
        return Vec::new();
    };
    let ground = step
        .grounds
        .first()
        .copied()
        .unwrap_or(Ground::Hearing)
        .code()
        .to_owned();
    [
        EventKind::Submitted,
        EventKind::Accepted,
        EventKind::MaterialsRequested,
        EventKind::Rejected,
        EventKind::Resubmitted,
        EventKind::CountyOpinionReceived,
        EventKind::Announced { days: 30 },
        EventKind::Granted,
        EventKind::Denied,
        EventKind::Suspended { ground },
        EventKind::Resumed,
        EventKind::Extended { days: 1 },
        EventKind::Withdrawn,
    ]
    .into_iter()
    .filter(|kind| {
        let event = Event {
            on,
            kind: kind.clone(),
        };
        fold.clone().take(events.len(), &event).is_ok()
    })
    .collect()
}
