//! Which days are worked, and arithmetic over them.
//!
//! # Why
//! Two tables answer everything: how many working days lie up to a day, and which day the n-th
//! working day is. So adding 5 days costs what adding 5 years costs. Outside the tables' years
//! Monday to Friday are worked, by formula; no argument panics.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};
use sha2::{Digest, Sha256};

pub mod announce;
pub mod notice;
#[cfg(test)]
mod tests;

use notice::{Notice, NoticeError};

/// The embedded files, oldest first.
const EMBEDDED: &[(&str, &str)] = &[
    ("2010.toml", include_str!("notices/2010.toml")),
    ("2011.toml", include_str!("notices/2011.toml")),
    ("2012.toml", include_str!("notices/2012.toml")),
    ("2013.toml", include_str!("notices/2013.toml")),
    ("2014.toml", include_str!("notices/2014.toml")),
    ("2015.toml", include_str!("notices/2015.toml")),
    ("2016.toml", include_str!("notices/2016.toml")),
    ("2017.toml", include_str!("notices/2017.toml")),
    ("2018.toml", include_str!("notices/2018.toml")),
    ("2019.toml", include_str!("notices/2019.toml")),
    ("2020.toml", include_str!("notices/2020.toml")),
    ("2021.toml", include_str!("notices/2021.toml")),
    ("2022.toml", include_str!("notices/2022.toml")),
    ("2023.toml", include_str!("notices/2023.toml")),
    ("2024.toml", include_str!("notices/2024.toml")),
    ("2025.toml", include_str!("notices/2025.toml")),
    ("2026.toml", include_str!("notices/2026.toml")),
    ("2027.toml", include_str!("notices/2027.toml")),
    ("2028.toml", include_str!("notices/2028.toml")),
];

/// The tables' first and last year.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

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

impl DayKind {
    /// Whether such a day is worked.
    pub fn is_working(self) -> bool {
        matches!(self, DayKind::Weekday | DayKind::Makeup)
    }

    /// The contract's word.
    pub fn code(self) -> &'static str {
        match self {
            DayKind::Weekday => "weekday",
            DayKind::Weekend => "weekend",
            DayKind::Holiday => "holiday",
            DayKind::Makeup => "makeup",
        }
    }
}

/// The calendar of working days.
#[derive(Debug, Clone)]
pub struct Calendar {
    notices: Vec<Notice>,
    listed: BTreeMap<NaiveDate, (DayKind, String)>,
    /// Day number (from the common era) of the tables' first day.
    first: i32,
    /// Working days up to and including each day of the tables.
    upto: Vec<u32>,
    /// The working days of the tables, in order.
    worked: Vec<NaiveDate>,
    version: String,
}

/// A date from numbers known to be a date; for tests, examples and built-in data.
///
/// A day that does not exist gives 1970-01-01.
pub fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// The date that `text` writes as `YYYY-MM-DD`, and in no other way.
///
/// ```
/// # use grid_approvals::statute::calendar::{date, parse_date};
/// assert_eq!(parse_date("2026-09-01"), Some(date(2026, 9, 1)));
/// assert_eq!(parse_date("2026-9-1"), None);
/// ```
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let number = |part: &str| {
        part.bytes().try_fold(0_u32, |sum, byte| {
            byte.is_ascii_digit()
                .then(|| sum * 10 + u32::from(byte - b'0'))
        })
    };
    let at = |range| text.get(range).and_then(number);
    let marks = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    let year = i32::try_from(at(0..4).filter(|_| marks)?).ok()?;
    NaiveDate::from_ymd_opt(year, at(5..7)?, at(8..10)?)
}

static OFFICIAL: LazyLock<Calendar> = LazyLock::new(|| {
    #[expect(
        clippy::expect_used,
        reason = "the embedded files are part of the program; a test proves that they load"
    )]
    embedded().expect("the embedded notices load")
});

fn embedded() -> Result<Calendar, NoticeError> {
    let notices = EMBEDDED
        .iter()
        .map(|(file, text)| notice::parse(file, text))
        .collect::<Result<Vec<_>, _>>()?;
    Calendar::from_notices(notices)
}

impl Calendar {
    /// The calendar of the embedded notices, 2010 to 2026, and the provisional years after them.
    pub fn official() -> &'static Calendar {
        &OFFICIAL
    }

    /// A calendar of these years; where a year comes twice the later one holds (an overlay).
    ///
    /// # Errors
    /// A year outside the tables.
    pub fn from_notices(notices: Vec<Notice>) -> Result<Calendar, NoticeError> {
        let mut by_year: BTreeMap<i32, Notice> = BTreeMap::new();
        for notice in notices {
            if !YEARS.contains(&notice.year) {
                return Err(NoticeError {
                    file: format!("{}.toml", notice.year),
                    line: 0,
                    message: format!(
                        "年份 {} 超出日历范围;应在 {} 至 {} 之间",
                        notice.year,
                        YEARS.start(),
                        YEARS.end()
                    ),
                });
            }
            by_year.insert(notice.year, notice);
        }
        let notices: Vec<Notice> = by_year.into_values().collect();
        let mut listed = BTreeMap::new();
        let mut text = String::new();
        for notice in &notices {
            let _ = write!(text, "{}{}", notice.year, notice.provisional);
            for day in &notice.days {
                let kind = if day.makeup {
                    DayKind::Makeup
                } else {
                    DayKind::Holiday
                };
                let _ = write!(text, "|{}{}", day.on, kind.code());
                listed.insert(day.on, (kind, day.name.clone()));
            }
        }
        let first = date(*YEARS.start(), 1, 1);
        let last = date(*YEARS.end(), 12, 31);
        let mut upto = Vec::new();
        let mut worked = Vec::new();
        for day in first.iter_days().take_while(|day| *day <= last) {
            let kind = listed
                .get(&day)
                .map_or_else(|| plain(day), |(kind, _)| *kind);
            if kind.is_working() {
                worked.push(day);
            }
            upto.push(u32::try_from(worked.len()).unwrap_or(u32::MAX));
        }
        let hash = Sha256::digest(text.as_bytes());
        let version = hash.iter().take(6).fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        Ok(Calendar {
            notices,
            listed,
            first: first.num_days_from_ce(),
            upto,
            worked,
            version,
        })
    }

    /// What `day` is.
    pub fn kind_of(&self, day: NaiveDate) -> DayKind {
        self.listed
            .get(&day)
            .map_or_else(|| plain(day), |(kind, _)| *kind)
    }

    /// Whether `day` is worked.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        self.kind_of(day).is_working()
    }

    /// The name of the holiday, or of the festival that `day` makes up for.
    pub fn name_of(&self, day: NaiveDate) -> Option<&str> {
        self.listed.get(&day).map(|(_, name)| name.as_str())
    }

    /// The last day of a period of `n` working days that starts on `day`.
    ///
    /// `day` itself is not counted (民法典 第201条); with `n` = 0 the answer is `day` itself. A
    /// year without a notice counts as the provisional file says, else Monday to Friday;
    /// [`Calendar::is_provisional`] tells.
    ///
    /// # Example: over National Day 2026, with its make-up Saturday
    /// ```
    /// # use grid_approvals::statute::calendar::{Calendar, date};
    /// let due = Calendar::official().add_working_days(date(2026, 9, 25), 7);
    /// assert_eq!(due, date(2026, 10, 12)); // 28, 29, 30 September; 8, 9, 10, 12 October
    /// ```
    pub fn add_working_days(&self, day: NaiveDate, n: u32) -> NaiveDate {
        if n == 0 {
            return day;
        }
        self.nth(self.count(day) + i64::from(n))
    }

    /// Working days after `from`, up to and including `to`; negative when `to` is before `from`.
    ///
    /// ```
    /// # use grid_approvals::statute::calendar::{Calendar, date};
    /// let days = Calendar::official().working_days_between(date(2026, 9, 25), date(2026, 10, 12));
    /// assert_eq!(days, 7);
    /// ```
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        self.count(to) - self.count(from)
    }

    /// `day` itself if worked, else the next working day (民法典 第203条).
    pub fn roll_forward(&self, day: NaiveDate) -> NaiveDate {
        if self.is_working(day) {
            day
        } else {
            self.add_working_days(day, 1)
        }
    }

    /// True when `day` falls in a year that has no State Council notice yet.
    pub fn is_provisional(&self, day: NaiveDate) -> bool {
        !self
            .notices
            .iter()
            .any(|notice| notice.year == day.year() && !notice.provisional)
    }

    /// Short text that changes when any day's kind changes; recorded with each reckoning.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The years with a file, oldest first.
    pub fn years(&self) -> &[Notice] {
        &self.notices
    }

    /// Working days up to and including `day`, counted from the tables' first day.
    fn count(&self, day: NaiveDate) -> i64 {
        let number = day.num_days_from_ce();
        let at = i64::from(number) - i64::from(self.first);
        if let Some(upto) = usize::try_from(at).ok().and_then(|at| self.upto.get(at)) {
            return i64::from(*upto);
        }
        if at < 0 {
            return weekdays(number) - weekdays(self.first - 1);
        }
        self.total() + weekdays(number) - weekdays(self.last())
    }

    /// The day on which [`Calendar::count`] first reaches `count`.
    fn nth(&self, count: i64) -> NaiveDate {
        let at = count - 1;
        if let Some(day) = usize::try_from(at).ok().and_then(|at| self.worked.get(at)) {
            return *day;
        }
        if at < 0 {
            return nth_weekday(weekdays(self.first - 1) + count);
        }
        nth_weekday(weekdays(self.last()) + count - self.total())
    }

    fn total(&self) -> i64 {
        i64::try_from(self.worked.len()).unwrap_or(i64::MAX)
    }

    fn last(&self) -> i32 {
        self.first + i32::try_from(self.upto.len()).unwrap_or(0) - 1
    }
}

fn plain(day: NaiveDate) -> DayKind {
    match day.weekday() {
        Weekday::Sat | Weekday::Sun => DayKind::Weekend,
        _ => DayKind::Weekday,
    }
}

/// Mondays to Fridays up to and including the day of that number; day 1, 0001-01-01, is a Monday.
fn weekdays(number: i32) -> i64 {
    let number = i64::from(number);
    5 * number.div_euclid(7) + number.rem_euclid(7).min(5)
}

/// The day of the `count`-th weekday; the last day there is where that lies beyond.
fn nth_weekday(count: i64) -> NaiveDate {
    let number = 7 * (count - 1).div_euclid(5) + (count - 1).rem_euclid(5) + 1;
    i32::try_from(number)
        .ok()
        .and_then(NaiveDate::from_num_days_from_ce_opt)
        .unwrap_or(if number < 0 {
            NaiveDate::MIN
        } else {
            NaiveDate::MAX
        })
}
