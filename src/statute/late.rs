//! Entries that were typed more than one day after their day (补录).
//!
//! # Why
//! What happened on a Friday evening and is typed on Saturday is no backdating; from the second
//! day on somebody should look. The rule stands here alone, so that the step's page, the list and
//! the table behind it cannot differ. What the program enters by rule is never late: it follows an
//! entry of a person, and that one is counted.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// Asia/Shanghai is eight hours ahead of UTC, without summer time since 1992.
const SHANGHAI_SECONDS: i32 = 8 * 3600;

/// How many days after its day an entry may be typed.
const GRACE_DAYS: i64 = 1;

/// The calendar day in Benxi of an instant.
pub fn shanghai_day(at: DateTime<Utc>) -> NaiveDate {
    match FixedOffset::east_opt(SHANGHAI_SECONDS) {
        Some(zone) => at.with_timezone(&zone).date_naive(),
        None => at.date_naive(),
    }
}

/// How many days after its day `on` a person typed an entry, where that makes it a late one.
pub fn days_late(on: NaiveDate, recorded_on: NaiveDate) -> Option<u32> {
    let days = (recorded_on - on).num_days();
    u32::try_from(days).ok().filter(|_| days > GRACE_DAYS)
}

/// The day on which an entry for the day `on` was typed, where that makes it a late one.
pub fn late(on: NaiveDate, recorded_at: DateTime<Utc>, by_person: bool) -> Option<NaiveDate> {
    let recorded_on = shanghai_day(recorded_at);
    let is_late = by_person && days_late(on, recorded_on).is_some();
    is_late.then_some(recorded_on)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::calendar::date;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn an_entry_is_late_from_the_second_day_after_its_day() {
        let on = date(2026, 3, 2);
        assert_eq!(days_late(on, date(2026, 3, 1)), None);
        assert_eq!(days_late(on, on), None);
        assert_eq!(days_late(on, date(2026, 3, 3)), None);
        assert_eq!(days_late(on, date(2026, 3, 4)), Some(2));
        assert_eq!(days_late(on, date(2026, 4, 2)), Some(31));
    }

    #[test]
    fn the_day_of_typing_is_the_day_in_benxi() {
        let on = date(2026, 3, 2);
        assert_eq!(late(on, at("2026-03-03T15:59:59Z"), true), None);
        let typed = late(on, at("2026-03-03T16:00:00Z"), true);
        assert_eq!(typed, Some(date(2026, 3, 4)));
    }

    #[test]
    fn what_the_program_enters_by_rule_is_never_late() {
        assert_eq!(
            late(date(2026, 3, 2), at("2026-03-09T01:00:00Z"), false),
            None
        );
    }
}
