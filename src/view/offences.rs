//! Offences against power facilities: the list, the report's form, and some beside other matter.

use chrono::NaiveDate;
use serde::Serialize;

use super::date::{Day, instant};
use super::form::{OffenceForm, Trouble};
use super::list::Choice;
use super::new_project::{Fault, faults};
use super::section::{Tag, Tone};
use super::step::Cite;
use super::words;
use crate::office::model::offences::{
    OffenceCard, OffenceFormPage, OffenceList, OffenceSearch, OffencesHere,
};
use crate::statute::division::County;
use crate::statute::offence::{OffenceRule, State};
use crate::statute::plan::Level;

/// One offence in a list.
#[derive(Debug, Serialize)]
pub(super) struct Card {
    id: i64,
    kind: &'static str,
    county: &'static str,
    place: String,
    found: String,
    reported: Day,
    bureau: String,
    tag: Tag,
    last: Day,
}

impl Card {
    pub(super) fn of(card: &OffenceCard) -> Card {
        Card {
            id: card.id.0,
            kind: words::offence_kind(card.kind),
            county: card.county.name(),
            place: card.place.clone(),
            found: instant(card.found_at),
            reported: Day::of(card.reported_on),
            bureau: card.bureau_name.clone(),
            tag: tag(card.state),
            last: Day::of(card.last_on),
        }
    }
}

/// A state as a sign and a word.
fn tag(state: State) -> Tag {
    let (sign, tone) = match state {
        State::Reported => ("○", Tone::Near),
        State::Transferred => ("→", Tone::Near),
        State::Received => ("●", Tone::Plain),
        State::Closed => ("✓", Tone::There),
    };
    Tag::new(tone, format!("{sign} {}", words::offence_state(state)))
}

/// Some offences beside other matter.
#[derive(Debug, Serialize)]
pub(super) struct Few {
    rows: Vec<Card>,
    total: u64,
    may_report: bool,
}

impl Few {
    pub(super) fn of(here: &OffencesHere) -> Few {
        Few {
            rows: here.rows.iter().map(Card::of).collect(),
            total: here.total,
            may_report: here.may_report,
        }
    }
}

/// One way to narrow the list.
#[derive(Debug, Serialize)]
struct Tab {
    href: String,
    word: &'static str,
    count: u64,
    current: bool,
}

/// The list.
#[derive(Debug, Serialize)]
pub(super) struct List {
    tabs: Vec<Tab>,
    rows: Vec<Card>,
    total: u64,
    first: Option<String>,
    next: Option<String>,
    narrowed: bool,
    may_report: bool,
}

pub(super) fn list(search: &OffenceSearch, list: &OffenceList) -> List {
    let address = |state: Option<State>| match state {
        Some(state) => format!("/offences?state={}", state.code()),
        None => "/offences".to_owned(),
    };
    let all = Tab {
        href: address(None),
        word: "全部",
        count: list.counts.iter().map(|(_, n)| n).sum(),
        current: search.state.is_none(),
    };
    let states = list.counts.iter().map(|(state, n)| Tab {
        href: address(Some(*state)),
        word: words::offence_state(*state),
        count: *n,
        current: search.state == Some(*state),
    });
    let here = address(search.state);
    let joint = if search.state.is_some() { '&' } else { '?' };
    List {
        tabs: std::iter::once(all).chain(states).collect(),
        rows: list.page.rows.iter().map(Card::of).collect(),
        total: list.page.total,
        next: list
            .page
            .next
            .as_ref()
            .map(|after| format!("{here}{joint}after={after}")),
        first: search.after.map(|_| here),
        narrowed: search.state.is_some(),
        may_report: list.may_report,
    }
}

/// A kind of offence with who takes it.
#[derive(Debug, Serialize)]
pub(super) struct Rule {
    value: &'static str,
    word: &'static str,
    taken_by: String,
    source: Cite,
    chosen: bool,
}

impl Rule {
    pub(super) fn of(rule: &OffenceRule, chosen: bool) -> Rule {
        Rule {
            value: rule.kind.code(),
            word: words::offence_kind(rule.kind),
            taken_by: taken_by(rule),
            source: Cite::of(&rule.source),
            chosen,
        }
    }
}

/// Who takes it, in words.
pub(super) fn taken_by(rule: &OffenceRule) -> String {
    let bureau = words::bureau_kind(rule.bureau);
    match rule.level {
        Level::City => format!("由市{bureau}受理"),
        Level::County => format!("由案发地县（区）{bureau}受理，市{bureau}同时可见"),
    }
}

/// The report's form.
#[derive(Debug, Serialize)]
pub(super) struct Form {
    request_key: String,
    kinds: Vec<Rule>,
    counties: Vec<Choice>,
    place: String,
    found_on: String,
    found_time: String,
    latest: String,
    words: String,
    projects: Vec<Choice>,
    large_works: bool,
    faults: Vec<Fault>,
    trouble: Option<Trouble>,
}

pub(super) fn form(page: &OffenceFormPage, form: &OffenceForm, today: NaiveDate) -> Form {
    let typed = |name: &str| form.values.get(name).cloned().unwrap_or_default();
    let day = typed("found_on");
    Form {
        request_key: form.request_key.clone(),
        kinds: page
            .rules
            .iter()
            .map(|rule| Rule::of(rule, typed("kind") == rule.kind.code()))
            .collect(),
        counties: County::ALL
            .into_iter()
            .map(|county| Choice {
                value: county.code().to_owned(),
                word: county.name().to_owned(),
                chosen: typed("county") == county.code(),
            })
            .collect(),
        place: typed("place"),
        found_on: match day.is_empty() {
            true => today.to_string(),
            false => day,
        },
        found_time: typed("found_time"),
        latest: today.to_string(),
        words: typed("words"),
        projects: page
            .projects
            .iter()
            .map(|(id, name)| Choice {
                value: id.to_string(),
                word: name.clone(),
                chosen: typed("project") == id.to_string(),
            })
            .collect(),
        large_works: typed("large_works") == "yes",
        faults: faults(&form.faults),
        trouble: form.trouble.clone(),
    }
}
