//! Everyone who can log in, and one's own account.

use serde::Serialize;

use super::form::{AccountForm, PersonForm};
use super::list::Choice;
use super::new_project::{Fault, faults};
use super::words;
use crate::office::{Actor, Bureau, Person, Role};

/// One person.
#[derive(Debug, Serialize)]
struct Line {
    id: i64,
    login: String,
    name: String,
    role: &'static str,
    bureau: Option<String>,
    active: bool,
    officer: bool,
    lead: bool,
    oneself: bool,
}

/// The page's matter.
#[derive(Debug, Serialize)]
pub(super) struct People {
    people: Vec<Line>,
    active_total: usize,
    login: String,
    name: String,
    roles: Vec<Choice>,
    bureaus: Vec<Choice>,
    lead: bool,
    faults: Vec<Fault>,
}

const ROLES: [(&str, &str); 5] = [
    ("company", "供电公司"),
    ("officer", "审批部门"),
    ("government-office", "市政府办公室"),
    ("deputy-mayor", "分管市领导"),
    ("administrator", "系统管理员"),
];

pub(super) fn people(
    actor: &Actor,
    people: &[(Person, Option<Bureau>)],
    bureaus: &[Bureau],
    form: &PersonForm,
) -> People {
    People {
        people: people
            .iter()
            .map(|(person, bureau)| Line {
                id: person.id.0,
                login: person.login.clone(),
                name: person.name.clone(),
                role: words::role(person.role),
                bureau: bureau.as_ref().map(|bureau| bureau.name.clone()),
                active: person.active,
                officer: matches!(person.role, Role::Officer { .. }),
                lead: person.lead,
                oneself: person.id == actor.id,
            })
            .collect(),
        active_total: people.iter().filter(|(person, _)| person.active).count(),
        login: form.login.clone(),
        name: form.name.clone(),
        lead: form.lead,
        roles: ROLES
            .into_iter()
            .map(|(value, word)| Choice {
                value: value.to_owned(),
                word: word.to_owned(),
                chosen: form.role == value,
            })
            .collect(),
        bureaus: bureaus
            .iter()
            .map(|bureau| Choice {
                value: bureau.id.0.to_string(),
                word: bureau.name.clone(),
                chosen: form.bureau == bureau.id.0.to_string(),
            })
            .collect(),
        faults: faults(&form.faults),
    }
}

/// One's own account.
#[derive(Debug, Serialize)]
pub(super) struct Account {
    login: String,
    name: String,
    role: &'static str,
    bureau: Option<String>,
    officer: bool,
    faults: Vec<Fault>,
    done: bool,
}

pub(super) fn account(actor: &Actor, form: &AccountForm) -> Account {
    Account {
        login: actor.login.clone(),
        name: actor.name.clone(),
        role: words::role(actor.role),
        bureau: actor.bureau.as_ref().map(|bureau| bureau.name.clone()),
        officer: matches!(actor.role, Role::Officer { .. }),
        faults: faults(&form.faults),
        done: form.done,
    }
}
