//! Entries that were typed late (补录).

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::date::Day;
use super::list::{Choice, query};
use super::words;
use crate::office::model::late::{LateEntries, LateLine, LateQuery, Month};

/// The months that the filter offers, the running one first.
const MONTHS: u32 = 12;

/// One late entry.
#[derive(Debug, Serialize)]
struct Line {
    filing: i64,
    what: String,
    on: Day,
    typed: Day,
    days: u32,
    who: String,
    /// As a step's name is drawn: name and county.
    name: String,
    county: Option<&'static str>,
    project: i64,
    project_name: String,
    bureau: String,
}

impl Line {
    fn of(line: &LateLine) -> Line {
        Line {
            filing: line.filing.0,
            what: words::act_of_code(&line.kind).to_owned(),
            on: Day::of(line.on),
            typed: Day::of(line.recorded_on),
            days: line.days,
            who: line.actor_name.clone(),
            name: line.step_name.clone(),
            county: line.county.map(|county| county.name()),
            project: line.project.0,
            project_name: line.project_name.clone(),
            bureau: line.bureau_name.clone(),
        }
    }
}

/// One bureau's count.
#[derive(Debug, Serialize)]
struct CountLine {
    name: String,
    href: String,
    entries: u64,
}

/// The page's matter.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    own: bool,
    bureaus: Vec<Choice>,
    months: Vec<Choice>,
    filtered: bool,
    counts: Vec<CountLine>,
    rows: Vec<Line>,
    total: u64,
    first: Option<String>,
    next: Option<String>,
}

pub(super) fn page(asked: &LateQuery, found: &LateEntries, today: NaiveDate) -> Page {
    let bureau = asked.bureau.map(|id| id.to_string());
    let month = asked.month.map(|month| month.to_string());
    let address = |bureau: Option<&str>, after: Option<&str>| {
        let pairs = [
            ("bureau", bureau),
            ("month", month.as_deref()),
            ("after", after),
        ];
        let given: Vec<(&str, &str)> = pairs
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
        query("/late-entries", &given)
    };
    Page {
        own: found.own,
        bureaus: found
            .by_bureau
            .iter()
            .map(|row| Choice {
                value: row.bureau.id.to_string(),
                word: format!("{}（{}）", row.bureau.name, row.steps),
                chosen: asked.bureau == Some(row.bureau.id),
            })
            .collect(),
        months: months(today, asked.month),
        filtered: asked.month.is_some() || asked.bureau.is_some(),
        counts: found
            .by_bureau
            .iter()
            .map(|row| CountLine {
                name: row.bureau.name.clone(),
                href: address(Some(&row.bureau.id.to_string()), None),
                entries: row.steps,
            })
            .collect(),
        rows: found.page.rows.iter().map(Line::of).collect(),
        total: found.page.total,
        first: asked
            .after
            .as_ref()
            .map(|_| address(bureau.as_deref(), None)),
        next: found
            .page
            .next
            .as_deref()
            .map(|after| address(bureau.as_deref(), Some(after))),
    }
}

/// The running month and those before it; another one that is asked for joins them.
fn months(today: NaiveDate, asked: Option<Month>) -> Vec<Choice> {
    let mut months: Vec<Month> = (0..MONTHS)
        .filter_map(|back| today.checked_sub_months(chrono::Months::new(back)))
        .map(|day| Month {
            year: day.year(),
            month: day.month(),
        })
        .collect();
    if let Some(asked) = asked.filter(|asked| !months.contains(asked)) {
        months.push(asked);
        months.sort_unstable_by(|a, b| b.cmp(a));
    }
    months
        .into_iter()
        .map(|month| Choice {
            value: month.to_string(),
            word: format!("{}年{}月", month.year, month.month),
            chosen: asked == Some(month),
        })
        .collect()
}
