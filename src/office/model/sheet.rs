//! Tables whose cells have types: what a page, a sheet of paper and a workbook show alike.

use chrono::{DateTime, NaiveDate, Utc};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing: there is no value.
    Empty,
    /// A text, whatever it begins with.
    Text(String),
    /// A calendar day.
    Day(NaiveDate),
    /// An instant, by Benxi's clock.
    Instant(DateTime<Utc>),
    /// A whole number: a count.
    Whole(u64),
    /// A number of days.
    Days(u32),
    /// Volts, shown as kilovolts.
    Kilovolts(u32),
    /// A share in tenths of a percent, shown in percent.
    PerMille(u32),
}

impl Cell {
    /// A text; an empty one is no value.
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(text)
        }
    }

    /// What may have no value.
    pub fn maybe<T>(value: Option<T>, cell: impl FnOnce(T) -> Cell) -> Cell {
        value.map_or(Cell::Empty, cell)
    }

    /// A word where `holds`, else nothing.
    pub fn mark(holds: bool, word: &str) -> Cell {
        Cell::text(if holds { word } else { "" })
    }
}

/// A column: its title, and its width in characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The title.
    pub title: String,
    /// The width in characters of a Latin digit; a Chinese character takes two.
    pub width: f64,
}

impl Column {
    /// A column.
    pub fn new(title: &str, width: f64) -> Column {
        Column {
            title: title.to_owned(),
            width,
        }
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name, as a sheet may be called.
    pub name: String,
    /// What stands above it: what it is of.
    pub above: Vec<String>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// The last row: all together.
    pub total: Option<Vec<Cell>>,
}
