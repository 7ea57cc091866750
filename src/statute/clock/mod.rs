//! The statutory clock: events in, reading or refusal out.

mod event;
mod glance;
mod reading;
mod refusal;
pub mod scenario;

pub use event::{Event, EventKind};
pub use glance::Glance;
pub use reading::{Because, Lamp, LawLimit, Reading, Status, Turning};
pub use refusal::{Refusal, Rule};

use chrono::NaiveDate;

use super::calendar::Calendar;
use super::plan::{ProjectFacts, Step};

/// Folds `events` and says what the step is on `as_of`.
///
/// Reading stops at the first event later than `as_of`.
///
/// # Errors
/// The first event that the rules do not allow.
pub fn read(
    _step: &Step,
    _facts: &ProjectFacts,
    _events: &[Event],
    _as_of: NaiveDate,
    _calendar: &Calendar,
) -> Result<Reading, Refusal> {
    todo!()
}

/// Whether `new` may follow `events`; if so, the step's turning points after it.
///
/// # Errors
/// The refusal, whose `event` is `events.len()` when `new` is at fault.
pub fn admit(
    _step: &Step,
    _facts: &ProjectFacts,
    _events: &[Event],
    _new: &Event,
    _calendar: &Calendar,
) -> Result<Turning, Refusal> {
    todo!()
}

/// The turning points of a ledger as it stands (for a refold).
///
/// # Errors
/// The first event that the rules do not allow.
pub fn turning(
    _step: &Step,
    _facts: &ProjectFacts,
    _events: &[Event],
    _calendar: &Calendar,
) -> Result<Turning, Refusal> {
    todo!()
}

/// Which kinds of event the rules would allow on `on` after `events`, ignoring kinds' own figures
/// (a ground, a number of days), which are tried at their smallest lawful value.
pub fn open_acts(
    _step: &Step,
    _facts: &ProjectFacts,
    _events: &[Event],
    _on: NaiveDate,
    _calendar: &Calendar,
) -> Vec<EventKind> {
    todo!()
}
