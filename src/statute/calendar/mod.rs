//! Which days are worked, and arithmetic over them.

use chrono::NaiveDate;

pub mod notice;

/// What a day is (contract, Days 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// Monday to Friday, worked.
    Weekday,
    /// Saturday or Sunday, not worked.
    Weekend,
    /// An official holiday.
    Holiday,
    /// A weekend day that a notice made a working day (调休).
    Makeup,
}

/// The calendar of working days.
#[derive(Debug, Clone)]
pub struct Calendar {}

/// A date from numbers known to be a date; for tests, examples and built-in data.
///
/// A day that does not exist gives the first day of the calendar's range.
pub fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

impl Calendar {
    /// The calendar of the embedded notices.
    pub fn official() -> &'static Calendar {
        todo!()
    }
    /// What `day` is.
    pub fn kind_of(&self, _day: NaiveDate) -> DayKind {
        todo!()
    }
    /// Whether `day` is worked.
    pub fn is_working(&self, _day: NaiveDate) -> bool {
        todo!()
    }
    /// The name of the holiday or of the festival that `day` makes up for.
    pub fn name_of(&self, _day: NaiveDate) -> Option<&str> {
        todo!()
    }
    /// The `n`-th working day after `day`; `day` itself when `n` is 0.
    pub fn add_working_days(&self, _day: NaiveDate, _n: u32) -> NaiveDate {
        todo!()
    }
    /// Working days after `from`, up to and including `to`; negative when `to` is before `from`.
    pub fn working_days_between(&self, _from: NaiveDate, _to: NaiveDate) -> i64 {
        todo!()
    }
    /// `day` itself if worked, else the next working day (民法典 第203条).
    pub fn roll_forward(&self, _day: NaiveDate) -> NaiveDate {
        todo!()
    }
    /// True when `day` falls in a year that has no State Council notice yet.
    pub fn is_provisional(&self, _day: NaiveDate) -> bool {
        todo!()
    }
    /// Short text that changes when any day's kind changes; recorded with each reckoning.
    pub fn version(&self) -> &str {
        todo!()
    }
    /// The years with a file, oldest first: (year, has a notice, source addresses).
    pub fn years(&self) -> &[notice::Notice] {
        todo!()
    }
}
