//! Days as pages write them; Tera has no date filter, and templates reckon nothing.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Utc, Weekday};
use serde::Serialize;

use crate::statute::calendar::Calendar;

/// One day in the forms that templates use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Day {
    /// `2026-10-12`.
    pub(super) iso: String,
    /// `2026年10月12日`.
    pub(super) long: String,
    /// `周一`.
    pub(super) weekday: &'static str,
    /// True: reckoned into a year whose notice is not published, so it may move (暂定).
    pub(super) provisional: bool,
}

impl Day {
    pub(super) fn of(day: NaiveDate) -> Day {
        Day {
            iso: day.format("%Y-%m-%d").to_string(),
            long: format!("{}年{}月{}日", day.year(), day.month(), day.day()),
            weekday: weekday(day.weekday()),
            provisional: false,
        }
    }

    /// A day that was counted in working days, so that it rests on its year's notice.
    pub(super) fn reckoned(day: NaiveDate, calendar: &Calendar) -> Day {
        Day {
            provisional: calendar.is_provisional(day),
            ..Day::of(day)
        }
    }
}

/// 周一 …
pub(super) fn weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "周一",
        Weekday::Tue => "周二",
        Weekday::Wed => "周三",
        Weekday::Thu => "周四",
        Weekday::Fri => "周五",
        Weekday::Sat => "周六",
        Weekday::Sun => "周日",
    }
}

/// An instant by Benxi's clock: `2026-10-12 09:30`.
pub fn instant(at: DateTime<Utc>) -> String {
    const EIGHT_HOURS: i32 = 8 * 3600;
    match FixedOffset::east_opt(EIGHT_HOURS) {
        Some(shanghai) => at.with_timezone(&shanghai).format("%Y-%m-%d %H:%M"),
        None => at.fixed_offset().format("%Y-%m-%d %H:%M"),
    }
    .to_string()
}
