//! The page of one project.

use chrono::NaiveDate;
use serde::Serialize;

use super::card::{Card, Project};
use super::coordination::{self, Here};
use super::facts::Changed;
use super::form::{JointForm, Trouble};
use super::route::{self, Finish, Line, Skipped};
use super::timeline::{self, Chart};
use super::words;
use crate::office::model::ProjectPage;
use crate::statute::calendar::Calendar;

/// The joint filing's panel.
#[derive(Debug, Serialize)]
struct Joint {
    names: Vec<String>,
    filings: Vec<i64>,
    seen: Vec<String>,
    on: String,
    latest: String,
    note: String,
    trouble: Option<Trouble>,
}

/// A filing that is not on the route.
#[derive(Debug, Serialize)]
struct OtherLine {
    card: Card,
    run: u32,
    superseded: bool,
}

/// The page's matter.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    card: Project,
    facts: Vec<String>,
    plan_version: String,
    plan_hash: String,
    running: u32,
    lines: Vec<Line>,
    exempt: Vec<Skipped>,
    not_needed: Vec<Skipped>,
    others: Vec<OtherLine>,
    changes: Vec<Changed>,
    matters: Here,
    joint: Option<Joint>,
    trouble: Option<Trouble>,
    may_file: bool,
    finish: Finish,
    chart: Option<Chart>,
}

pub(super) fn page(
    project: &ProjectPage,
    form: &JointForm,
    today: NaiveDate,
    calendar: &Calendar,
) -> Page {
    let joint = project.joint.as_ref().map(|joint| Joint {
        names: joint.names.clone(),
        filings: joint.filings.iter().map(|(filing, _)| filing.0).collect(),
        seen: joint
            .filings
            .iter()
            .map(|(filing, seq)| format!("{filing}:{seq}"))
            .collect(),
        on: if form.on.is_empty() {
            today.to_string()
        } else {
            form.on.clone()
        },
        latest: today.to_string(),
        note: form.note.clone(),
        trouble: form.trouble.clone(),
    });
    let card = Project::of(&project.card);
    Page {
        facts: words::facts(&project.facts),
        plan_version: project.plan_version.clone(),
        plan_hash: project.plan_hash.clone(),
        running: card.steps.saturating_sub(card.decided),
        lines: route::lines(&project.lines, today, calendar),
        exempt: route::skipped(&project.exempt),
        not_needed: route::skipped(&project.not_needed),
        others: project
            .others
            .iter()
            .map(|other| OtherLine {
                card: Card::of(&other.card, today),
                run: other.run,
                superseded: other.superseded,
            })
            .collect(),
        matters: coordination::here(&project.matters),
        changes: project.changes.iter().map(Changed::of).collect(),
        // A trouble whose panel has gone meanwhile must still be said.
        trouble: form.trouble.clone().filter(|_| joint.is_none()),
        joint,
        may_file: project.may_file,
        finish: route::finish(&project.forecast),
        chart: timeline::chart(&project.timeline, calendar),
        card,
    }
}
