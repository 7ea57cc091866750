//! The page of one project.

use chrono::NaiveDate;
use serde::Serialize;

use super::card::{Card, Project};
use super::coordination::{self, Here};
use super::date::Day;
use super::facts::Changed;
use super::form::{JointForm, Trouble};
use super::offences::Few;
use super::route::{self, Finish, Line, Skipped};
use super::timeline::{self, Chart};
use super::words;
use crate::office::model::ProjectPage;
use crate::office::model::project::LikelyFinish;
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
    offences: Few,
    matters: Here,
    joint: Option<Joint>,
    trouble: Option<Trouble>,
    may_file: bool,
    finish: Finish,
    likely: Option<Likely>,
    chart: Option<Chart>,
}

/// When the project will likely be finished.
#[derive(Debug, Serialize)]
struct Likely {
    early: Day,
    middle: Day,
    late: Day,
    provisional: bool,
    /// True: every draw says the same day.
    one_day: bool,
    drawn_from: usize,
    /// The step to push, in words.
    push: Option<String>,
    by_limit: Vec<String>,
    beyond: Vec<String>,
}

impl Likely {
    fn of(likely: &LikelyFinish) -> Likely {
        Likely {
            early: Day::of(likely.early),
            middle: Day::of(likely.middle),
            late: Day::of(likely.late),
            provisional: likely.provisional,
            one_day: likely.early == likely.late,
            drawn_from: likely.drawn_from,
            push: likely.push.as_ref().map(|(step, days)| {
                format!("催办“{step}”最有用：像同类最快的四分之一那样办，约可提前{days}个工作日")
            }),
            by_limit: likely.by_limit.clone(),
            beyond: likely.beyond.clone(),
        }
    }
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
        offences: Few::of(&project.offences),
        // A trouble whose panel has gone meanwhile must still be said.
        trouble: form.trouble.clone().filter(|_| joint.is_none()),
        joint,
        may_file: project.may_file,
        finish: route::finish(&project.forecast),
        likely: project.likely.as_ref().map(Likely::of),
        chart: timeline::chart(&project.timeline, calendar),
        card,
    }
}
