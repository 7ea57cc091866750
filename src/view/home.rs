//! The home page of each role.

use chrono::NaiveDate;
use serde::Serialize;

use super::card::{Card, Count, Project, count_alone, counts};
use super::commitments::Promise;
use super::coordination;
use super::date::Day;
use super::delegations::{AwayLine, Queue};
use super::offences::Few;
use super::supervision::{Tile, tiles};
use super::words;
use crate::office::model::coordination::DecisionOwed;
use crate::office::model::{BureauHome, CompanyHome, OfficeHome, Todo, TodoKind};
use crate::statute::plan::Level;
use crate::statute::supervision::CaseState;

/// One thing to do, with its one action.
#[derive(Debug, Serialize)]
struct TodoLine {
    kind: &'static str,
    action: String,
    href: String,
    card: Card,
}

impl TodoLine {
    fn of(todo: &Todo, today: NaiveDate) -> TodoLine {
        let card = Card::of(&todo.card, today);
        let (kind, href) = match todo.kind {
            TodoKind::FileJointly => ("joint", format!("/projects/{}#joint", card.project)),
            TodoKind::File => ("file", format!("/filings/{}#act", card.id)),
            TodoKind::Supplement => ("supplement", format!("/filings/{}#act", card.id)),
        };
        TodoLine {
            kind,
            action: words::todo_kind(todo.kind).to_owned(),
            href,
            card,
        }
    }
}

/// The company's home.
#[derive(Debug, Serialize)]
pub(super) struct Company {
    todos: Vec<TodoLine>,
    todo_total: u64,
    overdue: Vec<Card>,
    promises: Vec<Promise>,
    decisions_owed: Vec<coordination::Owed>,
    projects: Vec<Project>,
    project_total: u64,
}

pub(super) fn company(home: &CompanyHome, today: NaiveDate) -> Company {
    Company {
        todos: home
            .todos
            .iter()
            .map(|todo| TodoLine::of(todo, today))
            .collect(),
        todo_total: home.todo_total,
        overdue: Card::all(&home.overdue, today),
        decisions_owed: decisions(&home.decisions_owed),
        promises: home.promises.iter().map(Promise::of).collect(),
        projects: home.projects.iter().map(Project::of).collect(),
        project_total: home.project_total,
    }
}

fn decisions(owed: &[DecisionOwed]) -> Vec<coordination::Owed> {
    owed.iter().map(coordination::Owed::of).collect()
}

/// A planning opinion that the city waits for.
#[derive(Debug, Serialize)]
struct Owed {
    filing: i64,
    project: String,
    asked: Day,
    waited: i64,
}

/// A bureau's home.
#[derive(Debug, Serialize)]
pub(super) struct BureauDesk {
    name: String,
    awaiting: Vec<Card>,
    running: Vec<Card>,
    paused: Vec<Card>,
    opinions_owed: Vec<Owed>,
    corrections: Vec<ToConsent>,
    standing_in: Vec<Queue>,
    away: Option<AwayLine>,
    offences: Few,
    offences_title: &'static str,
    decides: bool,
    decisions_owed: Vec<coordination::Owed>,
    count: Count,
    supervised: u64,
    /// Cases that wait for the bureau's answer.
    to_answer: u64,
}

/// A correction that waits for the lead's consent.
#[derive(Debug, Serialize)]
struct ToConsent {
    filing: i64,
    project: String,
    who: String,
    reason: String,
}

pub(super) fn bureau(home: &BureauHome, today: NaiveDate) -> BureauDesk {
    BureauDesk {
        name: home.bureau.name.clone(),
        awaiting: Card::all(&home.awaiting, today),
        running: Card::all(&home.running, today),
        paused: Card::all(&home.paused, today),
        standing_in: home
            .standing_in
            .iter()
            .map(|one| Queue::of(one, today))
            .collect(),
        away: AwayLine::of_home(home),
        decisions_owed: decisions(&home.decisions_owed),
        opinions_owed: home
            .opinions_owed
            .iter()
            .map(|owed| Owed {
                filing: owed.filing.0,
                project: owed.project_name.clone(),
                asked: Day::of(owed.asked_on),
                waited: (today - owed.asked_on).num_days(),
            })
            .collect(),
        corrections: home
            .corrections
            .iter()
            .map(|open| ToConsent {
                filing: open.filing.0,
                project: open.project_name.clone(),
                who: open.person_name.clone(),
                reason: open.reason.clone(),
            })
            .collect(),
        offences: Few::of(&home.offences),
        offences_title: match home.bureau.level {
            Level::City => "涉电违法，县（区）在办",
            Level::County => "涉电违法，待处置",
        },
        decides: home.decides,
        count: count_alone(&home.count),
        supervised: home.supervision.open(),
        to_answer: home.supervision.of(CaseState::Noticed)
            + home.supervision.of(CaseState::SentBack),
    }
}

/// The government office's home.
#[derive(Debug, Serialize)]
pub(super) struct Overview {
    by_bureau: Vec<Count>,
    overdue: Vec<Card>,
    near_due: Vec<Card>,
    overdue_total: u64,
    law_overdue_total: u64,
    near_due_total: u64,
    suspended_total: u64,
    open_total: u64,
    supervised: u64,
    cases: Vec<Tile>,
}

pub(super) fn office(home: &OfficeHome, today: NaiveDate) -> Overview {
    let by_bureau = counts(&home.by_bureau);
    let sum = |of: fn(&Count) -> u64| by_bureau.iter().map(of).sum();
    Overview {
        overdue: Card::all(&home.overdue, today),
        near_due: Card::all(&home.near_due, today),
        overdue_total: sum(|row| row.overdue),
        law_overdue_total: sum(|row| row.law_overdue),
        near_due_total: sum(|row| row.near_due),
        suspended_total: sum(|row| row.suspended),
        open_total: sum(|row| row.open),
        supervised: home.supervision.open(),
        cases: tiles(&home.supervision),
        by_bureau,
    }
}
