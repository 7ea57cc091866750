//! A year of working days, month by month.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::date::{Day, weekday};
use super::notices::Notices;
use super::words;
use crate::office::model::notices::YearNotices;
use crate::statute::calendar::{Calendar, DayKind};

/// One day of a month's grid.
#[derive(Debug, Serialize)]
struct Cell {
    day: u32,
    iso: String,
    code: &'static str,
    /// 休 or 班; nothing where the weekday says enough.
    mark: Option<&'static str>,
    name: Option<String>,
    word: &'static str,
    today: bool,
}

/// One month.
#[derive(Debug, Serialize)]
struct Month {
    number: u32,
    working: usize,
    weeks: Vec<Vec<Option<Cell>>>,
}

/// A listed day in words.
#[derive(Debug, Serialize)]
struct Listed {
    on: Day,
    name: String,
    word: &'static str,
    makeup: bool,
}

/// The page's matter.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    year: i32,
    /// True: the year has a file.
    known: bool,
    provisional: bool,
    sources: Vec<String>,
    years: Vec<YearLink>,
    months: Vec<Month>,
    listed: Vec<Listed>,
    working: usize,
    version: String,
    notices: Notices,
}

/// A year to switch to.
#[derive(Debug, Serialize)]
struct YearLink {
    year: i32,
    provisional: bool,
    current: bool,
}

pub(super) fn page(
    calendar: &Calendar,
    year: i32,
    notices: &YearNotices,
    today: NaiveDate,
) -> Page {
    let notice = calendar.years().iter().find(|notice| notice.year == year);
    let months: Vec<Month> = (1..=12)
        .filter_map(|number| month(calendar, year, number, today))
        .collect();
    let mut years: Vec<YearLink> = calendar
        .years()
        .iter()
        .map(|notice| YearLink {
            year: notice.year,
            provisional: notice.provisional,
            current: notice.year == year,
        })
        .collect();
    years.sort_by_key(|link| std::cmp::Reverse(link.year));
    Page {
        year,
        known: notice.is_some(),
        provisional: notice.is_none_or(|notice| notice.provisional),
        sources: notice.map(|n| n.sources.clone()).unwrap_or_default(),
        years,
        working: months.iter().map(|month| month.working).sum(),
        months,
        listed: notice
            .map(|notice| {
                notice
                    .days
                    .iter()
                    .map(|day| Listed {
                        on: Day::of(day.on),
                        name: day.name.clone(),
                        word: words::day_kind(if day.makeup {
                            DayKind::Makeup
                        } else {
                            DayKind::Holiday
                        }),
                        makeup: day.makeup,
                    })
                    .collect()
            })
            .unwrap_or_default(),
        version: calendar.version().to_owned(),
        notices: Notices::of(notices),
    }
}

fn month(calendar: &Calendar, year: i32, number: u32, today: NaiveDate) -> Option<Month> {
    let first = NaiveDate::from_ymd_opt(year, number, 1)?;
    let days: Vec<NaiveDate> = first
        .iter_days()
        .take_while(|day| day.month() == number && day.year() == year)
        .collect();
    let ahead = usize::try_from(first.weekday().num_days_from_monday()).unwrap_or(0);
    let mut cells: Vec<Option<Cell>> = (0..ahead).map(|_| None).collect();
    cells.extend(days.iter().map(|day| Some(cell(calendar, *day, today))));
    while !cells.len().is_multiple_of(7) {
        cells.push(None);
    }
    let mut weeks = Vec::new();
    let mut cells = cells.into_iter().peekable();
    while cells.peek().is_some() {
        weeks.push(cells.by_ref().take(7).collect());
    }
    Some(Month {
        number,
        working: days.iter().filter(|day| calendar.is_working(**day)).count(),
        weeks,
    })
}

fn cell(calendar: &Calendar, day: NaiveDate, today: NaiveDate) -> Cell {
    let kind = calendar.kind_of(day);
    let word = match kind {
        DayKind::Weekday | DayKind::Weekend => weekday(day.weekday()),
        DayKind::Holiday | DayKind::Makeup => words::day_kind(kind),
    };
    Cell {
        day: day.day(),
        iso: day.to_string(),
        code: kind.code(),
        mark: match kind {
            DayKind::Holiday => Some("休"),
            DayKind::Makeup => Some("班"),
            DayKind::Weekday | DayKind::Weekend => None,
        },
        name: calendar.name_of(day).map(str::to_owned),
        word,
        today: day == today,
    }
}
