//! A step's state on a day from its stored turning points alone, for lists.

use chrono::NaiveDate;

use super::{Lamp, Status, Turning};
use crate::statute::calendar::Calendar;

/// What a list shows of a step; equal to the same fields of [`super::Reading`] on that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glance {
    /// Where the step is.
    pub status: Status,
    /// The lamp.
    pub lamp: Lamp,
    /// The last lawful day.
    pub due_on: Option<NaiveDate>,
    /// Counted working days still open.
    pub left: Option<u32>,
    /// Counted working days past `due_on`.
    pub overdue_by: u32,
    /// True when the law's own limit is passed too.
    pub law_passed: bool,
    /// True when `due_on` falls in a year without a notice.
    pub provisional: bool,
    /// True when silence made the acceptance.
    pub deemed_accepted: bool,
}

impl Turning {
    /// What the step is on `day`, which is not before its last event.
    pub fn glance(&self, _day: NaiveDate, _calendar: &Calendar) -> Glance {
        todo!()
    }
}
