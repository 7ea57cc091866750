//! The monthly report (月报) on a page and on paper: the tables of its workbook, in words.

use serde::Serialize;

use super::list::Choice;
use super::{Shell, View, ViewError, words};
use crate::office::model::late::Month;
use crate::office::model::monthly::Monthly;
use crate::office::model::sheet::{Cell, Table};

/// The months that the filter offers, today's first.
const MONTHS: u32 = 24;

/// A cell in words.
#[derive(Debug, Serialize)]
struct Shown {
    text: String,
    /// A number or a day: stands to the right, unbroken.
    figure: bool,
}

/// A table in words.
#[derive(Debug, Serialize)]
struct Sheet {
    id: String,
    name: String,
    heads: Vec<String>,
    rows: Vec<Vec<Shown>>,
    total: Vec<Shown>,
}

/// The page's matter.
#[derive(Debug, Serialize)]
struct Page {
    months: Vec<Choice>,
    month: String,
    covers: String,
    sheets: Vec<Sheet>,
    reading: Vec<(String, String)>,
}

fn shown(cell: &Cell) -> Shown {
    let (text, figure) = match cell {
        Cell::Empty => (String::new(), false),
        Cell::Text(text) => (text.clone(), false),
        Cell::Day(day) => (day.to_string(), true),
        Cell::Instant(at) => (words::instant(*at), true),
        Cell::Whole(n) => (n.to_string(), true),
        Cell::Days(n) => (n.to_string(), true),
        Cell::Kilovolts(volts) => (words::kilovolts(*volts), true),
        Cell::PerMille(tenths) => (format!("{}.{}%", tenths / 10, tenths % 10), true),
    };
    Shown { text, figure }
}

fn sheet(table: &Table, at: usize) -> Sheet {
    let row = |cells: &Vec<Cell>| cells.iter().map(shown).collect();
    Sheet {
        id: format!("sheet-{at}"),
        name: table.name.clone(),
        heads: table.columns.iter().map(|one| one.title.clone()).collect(),
        rows: table.rows.iter().map(row).collect(),
        total: table.total.as_ref().map(row).unwrap_or_default(),
    }
}

fn months(today: chrono::NaiveDate, asked: Month) -> Vec<Choice> {
    let newest = Month::of(today);
    let mut months: Vec<Month> = (0..MONTHS).map(|back| newest.back(back)).collect();
    if !months.contains(&asked) {
        months.push(asked);
    }
    months
        .into_iter()
        .map(|month| Choice {
            value: month.to_string(),
            word: format!("{}年{}月", month.year, month.month),
            chosen: month == asked,
        })
        .collect()
}

impl View {
    /// The monthly report, with the tables, the words above them and those that say how to read
    /// them, as its workbook has them.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn monthly(
        &self,
        shell: &Shell<'_>,
        report: &Monthly,
        (title, covers): (&str, &str),
        tables: &[Table],
        reading: &[(String, String)],
    ) -> Result<String, ViewError> {
        let page = Page {
            months: months(shell.today, report.month),
            month: report.month.to_string(),
            covers: covers.to_owned(),
            sheets: tables
                .iter()
                .zip(1..)
                .map(|(one, at)| sheet(one, at))
                .collect(),
            reading: reading.to_vec(),
        };
        self.render("pages/monthly.html", Some((shell, "/figures")), title, page)
    }
}
