//! A year's notice: its file format and its checks.

use chrono::NaiveDate;

/// One listed day of a year's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeDay {
    /// The day.
    pub on: NaiveDate,
    /// True: made a working day (调休); false: a holiday.
    pub makeup: bool,
    /// The festival.
    pub name: String,
}

/// A year's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The year whose days the file holds.
    pub year: i32,
    /// True where no notice exists yet: only the statutory days are listed.
    pub provisional: bool,
    /// Where the notice was read; for a provisional year, what its days rest on.
    pub sources: Vec<String>,
    /// The listed days, in order.
    pub days: Vec<NoticeDay>,
}
