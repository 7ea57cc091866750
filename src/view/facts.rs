//! The page on which a project's facts are changed, and the changes on the project's page.

use serde::Serialize;

use super::date::Day;
use super::form::{FactsForm, ProjectTyped, Trouble};
use super::new_project::{FactsFields, Fault, faults, fields};
use super::words;
use crate::office::ProjectId;
use crate::office::model::facts::{FactsChanged, FactsPage, FactsPreview, When};
use crate::statute::plan::ProjectFacts;

/// When a step is due.
#[derive(Debug, Serialize)]
struct Due {
    day: Option<Day>,
    word: &'static str,
    provisional: bool,
}

impl Due {
    fn of(when: &When) -> Due {
        Due {
            day: when.due_on.filter(|_| !when.untimed).map(Day::of),
            word: if when.untimed {
                "无时限"
            } else {
                "尚未起算"
            },
            provisional: when.provisional,
        }
    }
}

/// A running step whose clock moves.
#[derive(Debug, Serialize)]
struct Moved {
    filing: i64,
    name: String,
    before: Due,
    after: Due,
}

/// What the typed facts would do.
#[derive(Debug, Serialize)]
struct Preview {
    changed: Vec<String>,
    moved: Vec<Moved>,
    added: Vec<String>,
    dropped: Vec<String>,
    not_needed: Vec<String>,
    decided: u32,
    nothing: bool,
}

/// The page's matter.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    id: i64,
    name: String,
    #[serde(flatten)]
    fields: FactsFields,
    reason: String,
    seen: String,
    previewed: String,
    preview: Option<Preview>,
    faults: Vec<Fault>,
    trouble: Option<Trouble>,
}

pub(super) fn page(
    id: ProjectId,
    page: &FactsPage,
    typed: Option<&ProjectFacts>,
    form: &FactsForm,
) -> Page {
    let stored = ProjectTyped::from(&page.facts);
    let preview = page.preview.as_ref().zip(typed);
    Page {
        id: id.0,
        name: page.name.clone(),
        fields: fields(form.typed.as_ref().unwrap_or(&stored)),
        reason: form.reason.clone(),
        seen: page.seen.clone(),
        previewed: page.previewed.clone().unwrap_or_default(),
        preview: preview.map(|(told, typed)| previewed(told, &page.facts, typed)),
        faults: faults(&form.faults),
        trouble: form.trouble.clone(),
    }
}

fn previewed(told: &FactsPreview, before: &ProjectFacts, after: &ProjectFacts) -> Preview {
    Preview {
        changed: differences(before, after),
        moved: told
            .moved
            .iter()
            .map(|moved| Moved {
                filing: moved.filing.0,
                name: moved.name.clone(),
                before: Due::of(&moved.before),
                after: Due::of(&moved.after),
            })
            .collect(),
        added: told.added.clone(),
        dropped: told.dropped.clone(),
        not_needed: told.not_needed.clone(),
        decided: told.decided,
        nothing: told.moved.is_empty()
            && told.added.is_empty()
            && told.dropped.is_empty()
            && told.not_needed.is_empty(),
    }
}

/// What differs, in words: 不涉及青山保护 → 涉及青山保护.
fn differences(before: &ProjectFacts, after: &ProjectFacts) -> Vec<String> {
    let mut words = Vec::new();
    let mut differ = |from: String, to: String| {
        if from != to {
            words.push(format!("{from} → {to}"));
        }
    };
    differ(
        words::voltage(before.voltage),
        words::voltage(after.voltage),
    );
    differ(
        words::works(before.works).to_owned(),
        words::works(after.works).to_owned(),
    );
    let counties = |facts: &ProjectFacts| {
        let names: Vec<&str> = facts.counties.iter().map(|county| county.name()).collect();
        names.join("、")
    };
    differ(counties(before), counties(after));
    for fact in words::FACTS {
        let word = |facts| {
            if (fact.holds)(facts) {
                fact.yes
            } else {
                fact.no
            }
        };
        differ(word(before).to_owned(), word(after).to_owned());
    }
    words
}

/// A change that was made, on the project's page.
#[derive(Debug, Serialize)]
pub(super) struct Changed {
    on: Day,
    who: String,
    reason: String,
    changed: Vec<String>,
}

impl Changed {
    pub(super) fn of(change: &FactsChanged) -> Changed {
        Changed {
            on: Day::of(change.on),
            who: change.person_name.clone(),
            reason: change.reason.clone(),
            changed: differences(&change.before, &change.after),
        }
    }
}
