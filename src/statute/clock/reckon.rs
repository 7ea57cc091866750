//! Days counted and due dates, over a fold's pauses and extension.

use chrono::NaiveDate;

use super::fold::{Fold, Pause};

impl Fold<'_> {
    /// The plan's or the law's figure that the due date follows, with any extension.
    pub(super) fn limit_days(&self) -> Option<u32> {
        let limit = self.step.limit().filter(|_| self.timed)?;
        Some(limit.days.saturating_add(self.extension_days()))
    }

    /// The law's own figure with any extension.
    pub(super) fn law_days(&self) -> Option<u32> {
        let limit = self.step.law_limit.as_ref().filter(|_| self.timed)?;
        Some(limit.days.saturating_add(self.extension_days()))
    }

    fn extension_days(&self) -> u32 {
        self.extended.map_or(0, |extended| extended.days)
    }

    /// The last lawful day, also when the start lies ahead.
    pub(super) fn due(&self) -> Option<NaiveDate> {
        Some(self.end_of(self.start()?, self.limit_days()?, &self.pauses))
    }

    /// The law's own last day.
    ///
    /// Its days run from acceptance (行政许可法 第42条:自受理之日起), also while the plan's clock
    /// still waits for an opinion: such waiting is no ground of its 第45条.
    pub(super) fn law_due(&self) -> Option<NaiveDate> {
        Some(self.end_of(self.accepted_on?, self.law_days()?, &self.pauses))
    }

    /// The `days`-th counted day after `start`.
    ///
    /// A pause that begins before that day moves it by the working days that stand still; one
    /// that begins on it or later finds nothing left to move.
    pub(super) fn end_of(&self, start: NaiveDate, days: u32, pauses: &[Pause]) -> NaiveDate {
        let mut end = self.calendar.add_working_days(start, days);
        for pause in pauses.iter().filter(|pause| pause.to > start) {
            let from = pause.from.max(start);
            if from < end {
                let still = self.calendar.working_days_between(from, pause.to);
                end = self
                    .calendar
                    .add_working_days(end, u32::try_from(still).unwrap_or(0));
            }
        }
        end
    }

    /// Counted working days after `from`, up to and including `to`.
    pub(super) fn counted(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        if to <= from {
            return 0;
        }
        let mut days = self.calendar.working_days_between(from, to);
        for pause in &self.pauses {
            let (still_from, still_to) = (pause.from.max(from), pause.to.min(to));
            if still_from < still_to {
                days -= self.calendar.working_days_between(still_from, still_to);
            }
        }
        u32::try_from(days).unwrap_or(0)
    }
}
