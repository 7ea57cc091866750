//! The page of one offence.

use chrono::NaiveDate;
use serde::Serialize;

use super::date::{Day, instant};
use super::form::{OffenceAsk, Trouble};
use super::offences::{Card, taken_by};
use super::section::{Forms, Row, Section, SmallForm, homeless};
use super::step::Cite;
use super::words;
use crate::office::model::offences::{OffenceLine, OffencePage, OffencePicture};
use crate::statute::offence::{Entry, Outcome};

/// Characters of a hash that a reader is shown at first.
const HASH_SHOWN: usize = 12;
/// The most characters of words.
const WORDS: u32 = 500;

/// A picture.
#[derive(Debug, Serialize)]
struct Picture {
    id: i64,
    name: String,
    size: String,
    who: String,
    at: String,
    sha256: String,
    short: String,
}

/// The project that it touches.
#[derive(Debug, Serialize)]
struct Project {
    id: i64,
    name: String,
    open: bool,
}

/// The page's matter.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    card: Card,
    words: String,
    large_works: bool,
    who: String,
    project: Option<Project>,
    taken_by: Option<String>,
    source: Option<Cite>,
    seen_by: Vec<String>,
    acts: Option<Section>,
    history: Section,
    pictures: Vec<Picture>,
    /// The largest picture in words, where this person may hand in.
    most: Option<String>,
    picture_trouble: Option<Trouble>,
}

pub(super) fn page(page: &OffencePage, ask: &OffenceAsk, today: NaiveDate) -> Page {
    let forms = Forms {
        typed: ask.small.as_ref(),
        today,
    };
    let mut history = Section::new("history", "办理经过");
    history.lead = Some("早的在前；只能追加，不能改动。".to_owned());
    history.rows = page.entries.iter().map(row).collect();
    let acts = acts(page, &forms);
    if acts.is_none() {
        history.trouble = homeless(forms.typed, "entry-", &[], &[]);
    }
    Page {
        card: Card::of(&page.card),
        words: page.words.clone(),
        large_works: page.large_works,
        who: page.person_name.clone(),
        project: page.project.as_ref().map(|project| Project {
            id: project.id.0,
            name: project.name.clone(),
            open: project.open,
        }),
        taken_by: page.rule.as_ref().map(taken_by),
        source: page.rule.as_ref().map(|rule| Cite::of(&rule.source)),
        seen_by: page.seen_by.clone(),
        acts,
        history,
        pictures: page.pictures.iter().map(picture).collect(),
        most: page.acts.picture.map(words::size),
        picture_trouble: ask.picture.clone(),
    }
}

fn picture(picture: &OffencePicture) -> Picture {
    Picture {
        id: picture.id.0,
        name: picture.name.clone(),
        size: words::size(picture.bytes),
        who: picture.person_name.clone(),
        at: instant(picture.at),
        sha256: picture.sha256.clone(),
        short: picture.sha256.chars().take(HASH_SHOWN).collect(),
    }
}

fn row(line: &OffenceLine) -> Row {
    let bureau = &line.bureau_name;
    let (what, words) = match &line.what {
        Entry::Reported => (format!("报告，送{bureau}"), None),
        Entry::Received => (format!("{bureau}受理"), None),
        Entry::Progress { words } => ("处置进展".to_owned(), Some(words.clone())),
        Entry::Transferred { reason, .. } => {
            (format!("移送{bureau}"), Some(format!("理由：{reason}")))
        }
        Entry::Closed { outcome, words } => {
            let outcome = words::offence_outcome(*outcome);
            (format!("办结：{outcome}"), Some(words.clone()))
        }
    };
    Row {
        head: format!("{} {what}", Day::of(line.on).long),
        words: words.into_iter().collect(),
        meta: format!("登记人：{} · {}", line.person_name, instant(line.at)),
        ..Row::default()
    }
}

/// The forms that are open to the reader; `None`: none is.
fn acts(page: &OffencePage, forms: &Forms<'_>) -> Option<Section> {
    let acts = &page.acts;
    let form = |kind: &str, word| {
        let action = format!("/offences/{}/entries/{kind}", page.card.id);
        forms.form(format!("entry-{kind}"), action, word)
    };
    let open = |mut form: SmallForm| {
        form.open = true;
        form
    };
    let mut all = Vec::new();
    if acts.receive {
        all.push(open(form("received", "受理").day("on", "受理日期").done()));
    }
    if acts.handle {
        let progress = form("progress", "登记处置进展").day("on", "日期").words(
            "words",
            "处置进展",
            WORDS,
            false,
        );
        all.push(open(progress.done()));
        let outcomes = Outcome::ALL.map(|outcome| {
            let word = words::offence_outcome(outcome);
            (outcome.code().to_owned(), word.to_owned())
        });
        let closed = form("closed", "办结")
            .day("on", "办结日期")
            .choice("outcome", "结果", outcomes, false)
            .words("words", "办结说明", WORDS, false)
            .hint("办结以后不再增减记录和图片。");
        all.push(closed.done());
    }
    if !acts.transfer.is_empty() {
        let to = acts.transfer.iter().map(|kind| {
            let word = words::bureau_kind(*kind);
            (kind.code().to_owned(), word.to_owned())
        });
        let transferred = form("transferred", "移送其他责任单位")
            .day("on", "移送日期")
            .choice("to", "移送", to, false)
            .words("reason", "移送理由", WORDS, false)
            .hint("移送以后由对方受理和处置，本部门仍可查看。");
        all.push(transferred.done());
    }
    if all.is_empty() {
        return None;
    }
    let mut section = Section::new("acts", "可以登记");
    section.trouble = homeless(forms.typed, "entry-", &all, &[]);
    section.forms = all;
    Some(section)
}
