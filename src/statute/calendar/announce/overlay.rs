//! A notice laid over the calendar, and what it changes there.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::Announced;
use crate::statute::calendar::notice::{Notice, NoticeDay};
use crate::statute::calendar::{Calendar, DayKind, date};

/// What one calendar has otherwise than another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// The days that are not what they were: before and after.
    pub days: Vec<(NaiveDate, DayKind, DayKind)>,
    /// The years that were provisional and no longer are.
    pub firm: Vec<i32>,
    /// The first and the last day on which a reckoning can differ; `None`: on none.
    pub span: Option<(NaiveDate, NaiveDate)>,
}

/// The years' files with `new` in them, which rests on `source`.
///
/// The year's own days are replaced. Its days of the December before replace those of 元旦 there,
/// and the December days that the next year's notice has put into this year stay.
pub fn overlaid(notices: &[Notice], new: &Announced, source: &str) -> Vec<Notice> {
    let mut years: BTreeMap<i32, Notice> = notices
        .iter()
        .map(|notice| (notice.year, notice.clone()))
        .collect();
    let of = |year| new.days.iter().filter(move |day| day.on.year() == year);
    let mut own: Vec<NoticeDay> = of(new.year).cloned().collect();
    if let Some(old) = years.get(&new.year) {
        let kept = old.days.iter().filter(|day| of_next_year(day));
        let kept: Vec<NoticeDay> = kept
            .filter(|day| own.iter().all(|new| new.on != day.on))
            .cloned()
            .collect();
        own.extend(kept);
    }
    own.sort_by_key(|day| day.on);
    years.insert(
        new.year,
        Notice {
            year: new.year,
            provisional: false,
            sources: vec![source.to_owned()],
            days: own,
        },
    );
    if let Some(before) = years.get_mut(&(new.year - 1)) {
        before.days.retain(|day| !of_next_year(day));
    }
    for year in [new.year - 1, new.year + 1] {
        let days: Vec<NoticeDay> = of(year).cloned().collect();
        if days.is_empty() {
            continue;
        }
        let there = years.entry(year).or_insert_with(|| Notice {
            year,
            provisional: true,
            sources: vec![source.to_owned()],
            days: Vec::new(),
        });
        there
            .days
            .retain(|old| days.iter().all(|day| day.on != old.on));
        there.days.extend(days);
        there.days.sort_by_key(|day| day.on);
    }
    years.into_values().collect()
}

/// Whether a day stands in this year's file because the next year's notice reaches back.
fn of_next_year(day: &NoticeDay) -> bool {
    day.on.month() == 12 && day.name.contains("元旦")
}

/// What `new` has otherwise than `old`.
pub fn changes(old: &Calendar, new: &Calendar) -> Changes {
    let days: BTreeSet<NaiveDate> = old
        .listed
        .keys()
        .chain(new.listed.keys())
        .copied()
        .collect();
    let days: Vec<(NaiveDate, DayKind, DayKind)> = days
        .into_iter()
        .map(|day| (day, old.kind_of(day), new.kind_of(day)))
        .filter(|(_, before, after)| before != after)
        .collect();
    let loose = |calendar: &Calendar, year| calendar.is_provisional(date(year, 1, 1));
    let years = new.notices.iter().map(|notice| notice.year);
    let turned: Vec<i32> = years
        .filter(|year| loose(old, *year) != loose(new, *year))
        .collect();
    let whole = turned
        .iter()
        .flat_map(|year| [date(*year, 1, 1), date(*year, 12, 31)]);
    let reckoned = days
        .iter()
        .filter(|(_, before, after)| before.is_working() != after.is_working())
        .map(|(day, _, _)| *day)
        .chain(whole);
    let span = reckoned.fold(None, |span: Option<(NaiveDate, NaiveDate)>, day| {
        Some(span.map_or((day, day), |(first, last)| (first.min(day), last.max(day))))
    });
    Changes {
        firm: turned
            .into_iter()
            .filter(|year| !loose(new, *year))
            .collect(),
        days,
        span,
    }
}
