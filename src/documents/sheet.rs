//! Workbooks for Excel and WPS: cells with types, a header that stays, filters, sheets to print.
//!
//! # Why
//! A day is a day and a number a number, so that whoever opens the file can sort, filter and
//! reckon with it; what has no value is an empty cell. A text is never a formula, whatever it
//! begins with, and its cell's format is text, so that it stays one when somebody edits it there.
//! A bulky workbook keeps one row in memory: rows go to a temporary file as they come.

use std::path::Path;

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::FormatError;
pub use crate::office::model::sheet::{Cell, Column, Table};

/// How a sheet begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Head<'a> {
    /// The sheet's name.
    pub name: &'a str,
    /// Lines above the header: a title, what the sheet holds.
    pub above: &'a [String],
    /// The columns.
    pub columns: &'a [Column],
    /// So many columns stay when one scrolls aside, and on each sheet of paper.
    pub stay: u16,
    /// On paper, so many sheets wide.
    pub wide: u16,
}

/// A sheet of a workbook in the making.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetId(usize);

/// Where a sheet is.
#[derive(Debug)]
struct Place {
    header: u32,
    next: u32,
    /// The row behind the last one that the filter is laid over.
    filtered: u32,
    columns: u16,
}

/// A workbook in the making.
pub struct Book {
    workbook: Workbook,
    places: Vec<Place>,
    formats: Formats,
    bulky: bool,
    title: String,
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book")
            .field("title", &self.title)
            .field("places", &self.places)
            .finish_non_exhaustive()
    }
}

/// The most rows of a sheet, its header and what stands above it included.
pub const MOST_ROWS: u32 = 1_048_576;

/// GB2312, as fonts name their character set.
const CHINESE: u8 = 134;
/// The built-in format of texts, as Excel counts formats.
const TEXT: u8 = 49;
/// A4, as Excel counts papers.
const A4: u8 = 9;
const BODY_FONT: &str = "宋体";
const HEAD_FONT: &str = "等线";
const HEAD_BACK: u32 = 0x00DC_E6F1;

struct Formats {
    text: Format,
    day: Format,
    instant: Format,
    whole: Format,
    kilovolts: Format,
    percent: Format,
    head: Format,
    title: Format,
    above: Format,
    words: Format,
}

impl Formats {
    fn new() -> Formats {
        let font = |name: &str, size: f64| {
            Format::new()
                .set_font_name(name)
                .set_font_charset(CHINESE)
                .set_font_size(size)
                .set_align(FormatAlign::VerticalCenter)
        };
        let body = |format: &str| font(BODY_FONT, 10.0).set_num_format(format);
        let right = |format: &str| body(format).set_align(FormatAlign::Right);
        Formats {
            text: font(BODY_FONT, 10.0).set_num_format_index(TEXT),
            day: body("yyyy-mm-dd").set_align(FormatAlign::Center),
            instant: body("yyyy-mm-dd hh:mm").set_align(FormatAlign::Center),
            whole: right("#,##0"),
            kilovolts: font(BODY_FONT, 10.0).set_align(FormatAlign::Right),
            percent: right("0.0%"),
            head: font(HEAD_FONT, 10.0)
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(HEAD_BACK))
                .set_border(FormatBorder::Thin),
            title: font(HEAD_FONT, 15.0).set_bold(),
            above: font(BODY_FONT, 10.0),
            words: font(BODY_FONT, 10.5)
                .set_text_wrap()
                .set_num_format_index(TEXT)
                .set_align(FormatAlign::Top),
        }
    }
}

/// The width of a column of words, in Latin digits, and the height of one of its lines in points.
const WORDS_WIDTH: u16 = 84;
const WORDS_LINE: f64 = 16.0;

/// So many lines the words take, a Chinese character being two digits wide: not every program
/// reckons a row's height when it opens a file.
fn lines_of(words: &str) -> u32 {
    let width: usize = words
        .chars()
        .map(|c| if c.is_ascii() { 1 } else { 2 })
        .sum();
    let lines = width.div_ceil(usize::from(WORDS_WIDTH) - 4).max(1);
    u32::try_from(lines).unwrap_or(1)
}

fn failed(title: &str) -> impl Fn(XlsxError) -> FormatError + '_ {
    move |error| FormatError {
        serial: title.to_owned(),
        why: error.to_string(),
    }
}

impl Book {
    /// A workbook in memory: for what is short.
    pub fn new(title: &str, made_at: DateTime<Utc>) -> Book {
        Book::over(Workbook::new(), title, made_at, false)
    }

    /// A workbook that keeps one row in memory, and its rows in `folder` until it is saved: for
    /// what is long. Rows of its sheets are written from the top down.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn bulky(title: &str, made_at: DateTime<Utc>, folder: &Path) -> Result<Book, FormatError> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder).map_err(failed(title))?;
        Ok(Book::over(workbook, title, made_at, true))
    }

    fn over(mut workbook: Workbook, title: &str, made_at: DateTime<Utc>, bulky: bool) -> Book {
        let properties = DocProperties::new()
            .set_title(title)
            .set_creation_datetime(&made_at);
        workbook.set_properties(&properties);
        Book {
            workbook,
            places: Vec::new(),
            formats: Formats::new(),
            bulky,
            title: title.to_owned(),
        }
    }

    /// Begins a sheet: a header that stays and filters, on paper A4 lying, as many
    /// sheets wide as the head says, the header on every page, the pages numbered.
    ///
    /// # Errors
    /// A name or a number of columns that a sheet cannot have.
    pub fn sheet(&mut self, head: Head<'_>) -> Result<SheetId, FormatError> {
        let failed = failed(&self.title);
        let formats = &self.formats;
        let sheet = if self.bulky {
            self.workbook.add_worksheet_with_constant_memory()
        } else {
            Ok(self.workbook.add_worksheet())
        };
        let sheet = sheet.map_err(&failed)?;
        let header = begin(sheet, head, formats).map_err(&failed)?;
        self.places.push(Place {
            header,
            next: header + 1,
            filtered: header + 1,
            columns: u16::try_from(head.columns.len()).unwrap_or(u16::MAX),
        });
        Ok(SheetId(self.places.len() - 1))
    }

    /// A sheet of words: what the workbook holds and how its figures are to be read. In two
    /// columns, on paper A4 standing.
    ///
    /// # Errors
    /// A name that a sheet cannot have.
    pub fn words(&mut self, name: &str, lines: &[(String, String)]) -> Result<(), FormatError> {
        let failed = failed(&self.title);
        let formats = &self.formats;
        let sheet = self.workbook.add_worksheet();
        let written = (|| -> Result<(), XlsxError> {
            sheet.set_name(name)?;
            sheet.set_column_width(0, 20)?;
            sheet.set_column_width(1, WORDS_WIDTH)?;
            sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0);
            sheet.set_footer("&C&P / &N");
            for ((label, words), row) in lines.iter().zip(0..) {
                sheet.set_row_height(row, WORDS_LINE * f64::from(lines_of(words)))?;
                sheet.write_string_with_format(row, 0, label, &formats.words)?;
                sheet.write_string_with_format(row, 1, words, &formats.words)?;
            }
            Ok(())
        })();
        written.map_err(failed)?;
        self.places.push(Place {
            header: 0,
            next: 0,
            filtered: 0,
            columns: 0,
        });
        Ok(())
    }

    /// Writes the next row of a sheet.
    ///
    /// # Errors
    /// More rows than a sheet can have; the disk.
    pub fn row(&mut self, id: SheetId, cells: &[Cell]) -> Result<(), FormatError> {
        let failed = failed(&self.title);
        let Some(place) = self.places.get_mut(id.0) else {
            return Ok(());
        };
        let sheet = self.workbook.worksheet_from_index(id.0).map_err(&failed)?;
        let row = place.next;
        place.next += 1;
        place.filtered = place.next;
        for (cell, column) in cells.iter().zip(0..) {
            write(sheet, (row, column), cell, &self.formats).map_err(&failed)?;
        }
        Ok(())
    }

    /// A whole table as a sheet; its last row, all together, stands outside the filter.
    ///
    /// # Errors
    /// A name, columns or rows that a sheet cannot have.
    pub fn table(&mut self, table: &Table) -> Result<(), FormatError> {
        let id = self.sheet(Head {
            name: &table.name,
            above: &table.above,
            columns: &table.columns,
            stay: 1,
            wide: 1,
        })?;
        for row in &table.rows {
            self.row(id, row)?;
        }
        if let Some(total) = &table.total {
            self.row(id, total)?;
            if let Some(place) = self.places.get_mut(id.0) {
                place.filtered -= 1;
            }
        }
        Ok(())
    }

    /// The whole workbook, written to `path`.
    ///
    /// # Errors
    /// The disk.
    pub fn save(mut self, path: &Path) -> Result<(), FormatError> {
        self.end()?;
        self.workbook.save(path).map_err(failed(&self.title))
    }

    /// The whole workbook in memory.
    ///
    /// # Errors
    /// More rows than a sheet can have.
    pub fn bytes(mut self) -> Result<Vec<u8>, FormatError> {
        self.end()?;
        self.workbook.save_to_buffer().map_err(failed(&self.title))
    }

    /// Lays the filters over what was written.
    fn end(&mut self) -> Result<(), FormatError> {
        let failed = failed(&self.title);
        for (place, index) in self.places.iter().zip(0..) {
            let Some(last) = place.columns.checked_sub(1) else {
                continue;
            };
            let sheet = self.workbook.worksheet_from_index(index).map_err(&failed)?;
            let rows = (place.filtered - 1).max(place.header);
            sheet
                .autofilter(place.header, 0, rows, last)
                .map_err(&failed)?;
        }
        Ok(())
    }
}

/// Lays a sheet out and writes its header; gives the header's row.
fn begin(sheet: &mut Worksheet, head: Head<'_>, formats: &Formats) -> Result<u32, XlsxError> {
    sheet.set_name(head.name)?;
    for (column, at) in head.columns.iter().zip(0..) {
        sheet.set_column_width(at, column.width)?;
    }
    let header = u32::try_from(head.above.len()).unwrap_or(u32::MAX);
    sheet.set_freeze_panes(header + 1, head.stay)?;
    sheet.set_repeat_rows(header, header)?;
    if let Some(last) = head.stay.checked_sub(1).filter(|_| head.wide > 1) {
        sheet.set_repeat_columns(0, last)?;
    }
    sheet
        .set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(head.wide, 0)
        .set_print_gridlines(true)
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.2, 0.3)
        .set_footer("&L&A&C第 &P 页，共 &N 页");
    for (line, row) in head.above.iter().zip(0..) {
        let format = if row == 0 {
            &formats.title
        } else {
            &formats.above
        };
        sheet.set_row_height(row, if row == 0 { 24 } else { 16 })?;
        sheet.write_string_with_format(row, 0, line, format)?;
    }
    sheet.set_row_height(header, 42)?;
    for (column, at) in head.columns.iter().zip(0..) {
        sheet.write_string_with_format(header, at, &column.title, &formats.head)?;
    }
    Ok(header)
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    /// Benxi's clocks are eight hours ahead of UTC.
    const AHEAD: chrono::TimeDelta = chrono::TimeDelta::hours(8);
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            sheet.write_string_with_format(row, column, text, &formats.text)?;
        }
        Cell::Day(day) => {
            sheet.write_datetime_with_format(row, column, day, &formats.day)?;
        }
        Cell::Instant(at) => {
            let shown = (*at + AHEAD).naive_utc();
            sheet.write_datetime_with_format(row, column, shown, &formats.instant)?;
        }
        Cell::Whole(n) => {
            // A count of steps is far below what a double cannot hold.
            let n = u32::try_from(*n).unwrap_or(u32::MAX);
            sheet.write_number_with_format(row, column, n, &formats.whole)?;
        }
        Cell::Days(n) => {
            sheet.write_number_with_format(row, column, *n, &formats.whole)?;
        }
        Cell::Kilovolts(volts) => {
            let kilovolts = f64::from(*volts) / 1000.0;
            sheet.write_number_with_format(row, column, kilovolts, &formats.kilovolts)?;
        }
        Cell::PerMille(tenths) => {
            let share = f64::from(*tenths) / 1000.0;
            sheet.write_number_with_format(row, column, share, &formats.percent)?;
        }
    }
    Ok(())
}

#[cfg(test)]
pub(in crate::documents) mod tests;
