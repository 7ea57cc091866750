//! Days that a project gained because its steps were handled side by side (并联).

use chrono::NaiveDate;

use super::worked;
use crate::statute::calendar::Calendar;

/// A finished project's working days, one after another against side by side.
///
/// A step is in hand on the working days after its first submission, up to and including its
/// decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SideBySide {
    /// The day of the last decision.
    pub finished_on: NaiveDate,
    /// How many steps.
    pub steps: u32,
    /// The days in hand of all steps, added up.
    pub one_after_another: u32,
    /// The days from the first submission to the last decision.
    pub elapsed: u32,
    /// Those of them on which no step was in hand.
    pub idle: u32,
}

impl SideBySide {
    /// The days saved: each day counts as often as steps were in hand on it, less once. Days on
    /// which nothing was in hand would lie idle one after another as well, so they save and cost
    /// nothing.
    pub fn saved(&self) -> u32 {
        let in_hand = self.elapsed.saturating_sub(self.idle);
        self.one_after_another.saturating_sub(in_hand)
    }
}

/// Reckons it from the first submission and the decision of each step; nothing of no step.
pub fn side_by_side(spans: &[(NaiveDate, NaiveDate)], calendar: &Calendar) -> Option<SideBySide> {
    let mut spans = spans.to_vec();
    spans.sort_unstable();
    let first = spans.first()?.0;
    let last = spans.iter().map(|(_, to)| *to).max()?;
    let mut in_hand = 0;
    // Everything up to here has been counted.
    let mut counted = first;
    for (from, to) in &spans {
        in_hand += worked(calendar, counted.max(*from), *to);
        counted = counted.max(*to);
    }
    let elapsed = worked(calendar, first, last);
    Some(SideBySide {
        finished_on: last,
        steps: u32::try_from(spans.len()).unwrap_or(u32::MAX),
        one_after_another: spans
            .iter()
            .map(|(from, to)| worked(calendar, *from, *to))
            .sum(),
        elapsed,
        idle: elapsed.saturating_sub(in_hand),
    })
}
