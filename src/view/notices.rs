//! The page on which a year's holiday notice is entered.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::date::{Day, instant};
use super::form::{NoticeTyped, Trouble};
use super::list::Choice;
use super::moves::{ChangedDay, Part};
use super::new_project::{Fault, faults};
use super::{Shell, View, ViewError};
use crate::office::model::notices::{NoticeEntered, NoticeForm, NoticePreview, YearNotices};

/// What the notice moves, before it is stored.
#[derive(Debug, Serialize)]
struct Preview {
    holidays: usize,
    makeups: usize,
    days: Vec<ChangedDay>,
    firm: Vec<i32>,
    /// True: nothing in the calendar changes.
    same: bool,
    corrects: Vec<String>,
    seen: String,
    moves: Part,
    previous: Option<u32>,
    next: Option<u32>,
}

/// The page's matter.
#[derive(Debug, Serialize)]
struct Page {
    years: Vec<Choice>,
    year: i32,
    text: String,
    number: String,
    published_on: String,
    url: String,
    reason: String,
    today: String,
    faults: Vec<Fault>,
    text_faults: Vec<String>,
    trouble: Option<Trouble>,
    preview: Option<Preview>,
}

fn preview(found: &NoticePreview, today: NaiveDate) -> Preview {
    let makeups = found.announced.days.iter().filter(|day| day.makeup).count();
    let (page, pages) = (found.moves.page, found.moves.pages);
    Preview {
        holidays: found.announced.days.len() - makeups,
        makeups,
        days: found.changes.days.iter().map(ChangedDay::of).collect(),
        firm: found.changes.firm.clone(),
        same: found.changes.days.is_empty() && found.changes.firm.is_empty(),
        corrects: found.corrects.clone(),
        seen: found.seen.clone(),
        moves: Part::of(&found.moves, today),
        previous: (page > 1).then(|| page - 1),
        next: (page < pages).then(|| page + 1),
    }
}

/// The year that the form begins with: the first that has no official notice yet.
fn first_open(form: &NoticeForm, today: NaiveDate) -> i32 {
    let mut open: Vec<i32> = form
        .years
        .iter()
        .filter(|(year, official)| !official && *year >= today.year())
        .map(|(year, _)| *year)
        .collect();
    open.sort_unstable();
    open.first().copied().unwrap_or(today.year())
}

/// One notice that was entered, for the calendar's page.
#[derive(Debug, Serialize)]
struct Entered {
    version: u32,
    source: String,
    url: Option<String>,
    reason: Option<String>,
    by: String,
    at: String,
    days: usize,
    text: String,
    looked: u64,
    moved: u64,
    refused: u64,
    done: bool,
    holds: bool,
}

/// What the calendar's page says of a year beside its days.
#[derive(Debug, Serialize)]
pub(super) struct Notices {
    entered: Vec<Entered>,
    disputed: bool,
    may_enter: bool,
}

impl Notices {
    pub(super) fn of(notices: &YearNotices) -> Notices {
        let told = |(at, one): (usize, &NoticeEntered)| Entered {
            version: one.version,
            source: one.source.clone(),
            url: one.url.clone(),
            reason: one.reason.clone(),
            by: one.by.clone(),
            at: instant(one.at),
            days: one.days,
            text: one.text.clone(),
            looked: one.looked,
            moved: one.moved,
            refused: one.refused,
            done: one.done,
            holds: at == 0,
        };
        Notices {
            entered: notices.entered.iter().enumerate().map(told).collect(),
            disputed: notices.disputed,
            may_enter: notices.may_enter,
        }
    }
}

impl View {
    /// The page on which a notice is entered, with what it moves once it was looked at.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn notice_entry(
        &self,
        shell: &Shell<'_>,
        form: &NoticeForm,
        typed: &NoticeTyped,
        found: Option<&NoticePreview>,
    ) -> Result<String, ViewError> {
        let year = typed.year.unwrap_or_else(|| first_open(form, shell.today));
        let text = match typed.text.is_empty() {
            true => form.lines.clone(),
            false => typed.text.clone(),
        };
        let text_faults = typed.faults.iter().filter(|fault| fault.field == "text");
        let page = Page {
            years: form
                .years
                .iter()
                .map(|(one, official)| Choice {
                    value: one.to_string(),
                    word: format!(
                        "{one}年{}",
                        if *official {
                            "（已有正式通知）"
                        } else {
                            "（暂定）"
                        }
                    ),
                    chosen: *one == year,
                })
                .collect(),
            year,
            text,
            number: typed.number.clone(),
            published_on: typed.published_on.clone(),
            url: typed.url.clone(),
            reason: typed.reason.clone(),
            today: Day::of(shell.today).iso,
            text_faults: text_faults.map(|fault| fault.message.clone()).collect(),
            faults: faults(&typed.faults),
            trouble: typed.trouble.clone(),
            preview: found.map(|found| preview(found, shell.today)),
        };
        self.render(
            "pages/notice_entry.html",
            Some((shell, "/calendar")),
            "录入放假通知",
            page,
        )
    }
}
