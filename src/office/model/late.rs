//! Entries that were typed late (补录), as their page lists them.

use chrono::{Datelike, NaiveDate};

use super::Page;
use super::home::BoardCount;
use crate::statute::division::County;
use crate::store::{BureauId, FilingId, ProjectId};

/// One late entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateLine {
    /// The filing.
    pub filing: FilingId,
    /// The event's contract word.
    pub kind: String,
    /// The day of the event.
    pub on: NaiveDate,
    /// The day of typing.
    pub recorded_on: NaiveDate,
    /// Calendar days from the one to the other.
    pub days: u32,
    /// Who typed it, by the name of then.
    pub actor_name: String,
    /// The step's name.
    pub step_name: String,
    /// The county, for county steps.
    pub county: Option<County>,
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub project_name: String,
    /// The bureau that decides the step.
    pub bureau_name: String,
}

/// The page of late entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateEntries {
    /// The rows, the newest typed first.
    pub page: Page<LateLine>,
    /// How many there are of each bureau in the month asked for, most first.
    pub by_bureau: Vec<BoardCount>,
    /// True: this person sees one bureau's only.
    pub own: bool,
}

/// A month of typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// From 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Month {
        Month {
            year: day.year(),
            month: day.month(),
        }
    }

    /// The month so many months before.
    #[must_use]
    pub fn back(self, months: u32) -> Month {
        self.moved(-i64::from(months))
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Month {
        self.moved(1)
    }

    /// How many months there are up to `last`, both counted; 0 where that is before.
    pub fn until(self, last: Month) -> u32 {
        u32::try_from(last.number() - self.number() + 1).unwrap_or(0)
    }

    fn number(self) -> i64 {
        i64::from(self.year) * 12 + i64::from(self.month) - 1
    }

    fn moved(self, months: i64) -> Month {
        let number = self.number() + months;
        Month {
            year: i32::try_from(number.div_euclid(12)).unwrap_or(self.year),
            month: u32::try_from(number.rem_euclid(12) + 1).unwrap_or(1),
        }
    }

    /// The month of `2026-11`.
    pub fn read(text: &str) -> Option<Month> {
        let shaped = text.len() == 7 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let (year, month) = text.split_once('-').filter(|_| shaped)?;
        let month = Month {
            year: year.parse().ok()?,
            month: month.parse().ok()?,
        };
        month.days().map(|_| month)
    }

    /// Its first and its last day.
    pub fn days(self) -> Option<(NaiveDate, NaiveDate)> {
        let first = NaiveDate::from_ymd_opt(self.year, self.month, 1)?;
        let next = first.checked_add_months(chrono::Months::new(1))?;
        Some((first, next.pred_opt()?))
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// What the page of late entries is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LateQuery {
    /// Only steps of this bureau.
    pub bureau: Option<BureauId>,
    /// Only entries typed in this month.
    pub month: Option<Month>,
    /// The cursor from the page before, as it was given.
    pub after: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::calendar::date;

    #[test]
    fn a_month_reads_back_what_it_wrote_and_knows_its_last_day() {
        for (text, last) in [
            ("2026-11", date(2026, 11, 30)),
            ("2026-12", date(2026, 12, 31)),
            ("2028-02", date(2028, 2, 29)),
        ] {
            let month = Month::read(text).unwrap();
            assert_eq!(month.to_string(), text);
            assert_eq!(month.days().unwrap().1, last);
        }
        for text in [
            "", "2026", "2026-13", "2026-00", "2026-1", "26-11-0", "2026/11",
        ] {
            assert_eq!(Month::read(text), None, "{text}");
        }
    }
}
