//! The form of an act on a step.

use chrono::NaiveDate;
use serde::Serialize;

use super::form::{EventForm, EventTyped, Trouble};
use super::list::Choice;
use super::{materials, words};
use crate::office::model::{ActForm, OpenAct, StepPage};
use crate::statute::clock::EventKind;

/// An act's form.
#[derive(Debug, Serialize)]
pub(super) struct Act {
    kind: String,
    word: &'static str,
    hint: Option<&'static str>,
    primary: bool,
    grave: bool,
    open: bool,
    on: String,
    note: String,
    grounds: Vec<Choice>,
    days: Option<DaysField>,
    /// What an acceptance would do without; the form then asks to confirm.
    missing: Vec<String>,
    despite_missing: bool,
    /// What a one-time notice may ask for; `None`: it is no notice.
    asks: Option<Asks>,
    trouble: Option<Trouble>,
}

/// What a one-time notice may ask for.
#[derive(Debug, Serialize)]
struct Asks {
    listed: Vec<Ask>,
    /// Typed ones, one a line.
    others: String,
}

/// A material of the step's list that the notice may ask for.
#[derive(Debug, Serialize)]
struct Ask {
    id: String,
    name: String,
    optional: bool,
    /// Something is there already.
    there: bool,
    ticked: bool,
}

impl Act {
    /// Whether the form came back refused.
    pub(super) fn has_trouble(&self) -> bool {
        self.trouble.is_some()
    }
}

/// The number field of an act.
#[derive(Debug, Serialize)]
struct DaysField {
    label: &'static str,
    value: String,
    min: u32,
    max: Option<u32>,
}

pub(super) fn of(open: &OpenAct, step: &StepPage, form: &EventForm, today: NaiveDate) -> Act {
    let code = open.kind.code();
    let mine = form.typed.kind == code;
    let typed = if mine {
        form.typed.clone()
    } else {
        EventTyped::default()
    };
    let days = match &open.form {
        ActForm::Days { min, max, proposed } => Some(DaysField {
            label: match open.kind {
                EventKind::Announced { .. } => "公告期（日）",
                _ => "延长的工作日",
            },
            value: if typed.days.is_empty() {
                proposed.to_string()
            } else {
                typed.days
            },
            min: *min,
            max: *max,
        }),
        ActForm::Plain | ActForm::Ground(_) => None,
    };
    let grounds = match &open.form {
        ActForm::Ground(grounds) => grounds
            .iter()
            .map(|ground| Choice {
                value: ground.code().to_owned(),
                word: words::ground(*ground).to_owned(),
                chosen: typed.ground == ground.code(),
            })
            .collect(),
        ActForm::Plain | ActForm::Days { .. } => Vec::new(),
    };
    Act {
        kind: code.to_owned(),
        word: words::act(&open.kind),
        hint: words::act_hint(&open.kind),
        primary: open.primary,
        grave: matches!(
            open.kind,
            EventKind::Denied | EventKind::Rejected | EventKind::Withdrawn
        ),
        open: mine && form.trouble.is_some(),
        on: if typed.on.is_empty() {
            today.to_string()
        } else {
            typed.on
        },
        note: typed.note,
        grounds,
        days,
        missing: match open.kind {
            EventKind::Accepted => materials::missing(step),
            _ => Vec::new(),
        },
        despite_missing: typed.despite_missing,
        asks: match open.kind {
            EventKind::MaterialsRequested => Some(Asks {
                listed: asks(step, &typed.requested),
                others: typed.others,
            }),
            _ => None,
        },
        trouble: form.trouble.clone().filter(|_| mine),
    }
}

fn asks(step: &StepPage, ticked: &[String]) -> Vec<Ask> {
    let listed = step.materials.iter().filter(|line| line.listed);
    listed
        .map(|line| Ask {
            id: line.material.id.clone(),
            name: line.material.name.clone(),
            optional: line.material.optional,
            there: !line.files.is_empty(),
            ticked: ticked.contains(&line.material.id),
        })
        .collect()
}
