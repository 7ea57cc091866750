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
    ///
    /// Only the passing of days is reckoned here: silence that accepts (`deems_on`), a start that
    /// lay ahead (`starts_on`), and the lamp's own days.
    pub fn glance(&self, day: NaiveDate, calendar: &Calendar) -> Glance {
        let reached = |on: Option<NaiveDate>| on.is_some_and(|on| on <= day);
        let stored = self.status.unwrap_or(Status::Draft);
        let silence = stored == Status::Submitted && reached(self.deems_on);
        let accepted = silence || matches!(stored, Status::Waiting | Status::Running);
        let status = match stored {
            _ if accepted && reached(self.starts_on) => Status::Running,
            _ if accepted => Status::Waiting,
            other => other,
        };
        let bare = Glance {
            status,
            lamp: Lamp::None,
            due_on: None,
            left: None,
            overdue_by: 0,
            law_passed: false,
            provisional: false,
            deemed_accepted: silence || self.deemed_accepted,
        };
        match status {
            Status::Draft | Status::Submitted | Status::Correcting => bare,
            Status::Waiting => Glance {
                law_passed: reached(self.law_red_on),
                ..bare
            },
            Status::Running => self.running(day, calendar, bare),
            Status::Suspended => Glance {
                lamp: Lamp::Paused,
                left: self.paused_left,
                overdue_by: self.over_by,
                law_passed: self.law_red_on.is_some(),
                ..bare
            },
            Status::Granted | Status::Denied | Status::Rejected | Status::Withdrawn => Glance {
                lamp: if self.decided_late {
                    Lamp::Late
                } else {
                    Lamp::Done
                },
                due_on: self.due_on,
                overdue_by: self.over_by,
                law_passed: self.law_red_on.is_some(),
                provisional: self.provisional && self.due_on.is_some(),
                ..bare
            },
        }
    }

    fn running(&self, day: NaiveDate, calendar: &Calendar, bare: Glance) -> Glance {
        let Some(due_on) = self.due_on else {
            return Glance {
                lamp: Lamp::Untimed,
                ..bare
            };
        };
        let reached = |on: Option<NaiveDate>| on.is_some_and(|on| on <= day);
        let counted = |from, to| u32::try_from(calendar.working_days_between(from, to));
        let (lamp, left, overdue_by) = if day > due_on {
            let past = counted(due_on, day).unwrap_or(0);
            (Lamp::Red, 0, past.saturating_sub(self.over_by))
        } else {
            let lamp = if reached(self.yellow_on) {
                Lamp::Yellow
            } else {
                Lamp::Green
            };
            (lamp, counted(day, due_on).unwrap_or(0), 0)
        };
        Glance {
            lamp,
            due_on: Some(due_on),
            left: Some(left),
            overdue_by,
            law_passed: reached(self.law_red_on),
            provisional: self.provisional,
            ..bare
        }
    }
}

#[cfg(test)]
mod tests;
