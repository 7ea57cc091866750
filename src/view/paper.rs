//! Documents: the page to print, the list on a step, the page where anybody checks one.

use chrono::NaiveDate;
use serde::Serialize;

use super::date::Day;
use super::form::{DeliveryForm, Trouble};
use super::list::Choice;
use crate::office::model::paper::{CheckedPaper, Paper, PaperLine, PaperPage};
use crate::office::model::supervision::NoticePage;
use crate::statute::calendar::Calendar;
use crate::statute::paper::DeliveryWay;

/// A row of a form's table.
#[derive(Debug, Serialize)]
struct Field<'a> {
    name: &'a str,
    content: &'a str,
}

/// The words as the template takes them.
#[derive(Debug, Serialize)]
struct Words<'a> {
    title: &'a str,
    serial: &'a str,
    to: &'a str,
    body: &'a [String],
    fields: Vec<Field<'a>>,
    items: &'a [String],
    after: &'a [String],
    signed: &'a str,
    dated: &'a str,
    code: &'a str,
}

impl<'a> Words<'a> {
    fn of(paper: &'a Paper) -> Words<'a> {
        let field = |(name, content): &'a (String, String)| Field { name, content };
        Words {
            title: &paper.title,
            serial: &paper.serial,
            to: &paper.to,
            body: &paper.body,
            fields: paper.fields.iter().map(field).collect(),
            items: &paper.items,
            after: &paper.after,
            signed: &paper.signed,
            dated: &paper.dated,
            code: &paper.code,
        }
    }
}

/// The form by which a delivery is recorded.
#[derive(Debug, Serialize)]
struct Deliver {
    by: Day,
    on: String,
    latest: String,
    ways: Vec<Choice>,
    recipient: String,
}

/// The page to print.
#[derive(Debug, Serialize)]
pub(super) struct Sheet<'a> {
    id: i64,
    /// The document's address, behind which its files stand.
    place: String,
    filing: i64,
    paper: Words<'a>,
    deliver: Option<Deliver>,
    trouble: Option<Trouble>,
    corrected: bool,
    /// Whether this build makes PDF.
    pdf: bool,
}

/// The context of a supervision notice to print; nothing of it is delivered or signed for here.
pub(super) fn notice(page: &NoticePage) -> Sheet<'_> {
    Sheet {
        corrected: false,
        id: page.id.0,
        place: format!("/supervision/notices/{}", page.id),
        filing: page.filing.0,
        paper: Words::of(&page.paper),
        deliver: None,
        trouble: None,
        pdf: cfg!(feature = "pdf"),
    }
}

/// The context of the page to print.
pub(super) fn sheet<'a>(
    page: &'a PaperPage,
    form: &DeliveryForm,
    today: NaiveDate,
    calendar: &Calendar,
) -> Sheet<'a> {
    let deliver_by = page.line.deliver_by.filter(|_| page.line.may_deliver);
    let typed = |typed: &str, otherwise: String| match typed {
        "" => otherwise,
        typed => typed.to_owned(),
    };
    Sheet {
        id: page.line.id.0,
        place: format!("/documents/{}", page.line.id),
        filing: page.filing.0,
        paper: Words::of(&page.paper),
        deliver: deliver_by.map(|by| Deliver {
            by: Day::reckoned(by, calendar),
            on: typed(&form.on, Day::of(today).iso),
            latest: Day::of(today).iso,
            ways: DeliveryWay::ALL
                .into_iter()
                .map(|way| Choice {
                    value: way.code().to_owned(),
                    word: way.name().to_owned(),
                    chosen: form.way == way.code(),
                })
                .collect(),
            recipient: form.recipient.clone(),
        }),
        trouble: form.trouble.clone(),
        corrected: page.line.corrected,
        pdf: cfg!(feature = "pdf"),
    }
}

/// A document in a step's list.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    id: i64,
    title: String,
    serial: String,
    made: Day,
    delivered: Option<String>,
    deliver_by: Option<Day>,
    late: bool,
    may_deliver: bool,
    corrected: bool,
}

/// The list of a step's documents.
pub(super) fn lines(papers: &[PaperLine], today: NaiveDate, calendar: &Calendar) -> Vec<Line> {
    papers
        .iter()
        .map(|paper| Line {
            id: paper.id.0,
            title: paper.title.clone(),
            serial: paper.serial.clone(),
            made: Day::of(paper.made_on),
            delivered: paper.delivery.as_ref().map(|d| Day::of(d.on).iso),
            deliver_by: paper.deliver_by.map(|by| Day::reckoned(by, calendar)),
            late: paper.delivery.is_none() && paper.deliver_by.is_some_and(|by| by < today),
            may_deliver: paper.may_deliver,
            corrected: paper.corrected,
        })
        .collect()
}

/// What was found by a code.
#[derive(Debug, Serialize)]
struct Found<'a> {
    title: &'a str,
    serial: &'a str,
    project: &'a str,
    step: &'a str,
    made: Day,
    code: &'a str,
    corrected: bool,
}

/// The page where anybody checks a document.
#[derive(Debug, Serialize)]
pub(super) struct Check<'a> {
    typed: &'a str,
    found: Option<Found<'a>>,
}

/// The context of the page where anybody checks a document.
pub(super) fn check<'a>(typed: &'a str, found: Option<&'a CheckedPaper>) -> Check<'a> {
    Check {
        typed,
        found: found.map(|paper| Found {
            title: &paper.title,
            serial: &paper.serial,
            project: &paper.project,
            step: &paper.step,
            made: Day::of(paper.made_on),
            code: &paper.code,
            corrected: paper.corrected,
        }),
    }
}
