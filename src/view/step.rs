//! The page of one step: its clock, its acts, its ledger.

use chrono::NaiveDate;
use serde::Serialize;

use super::act::{self, Act};
use super::card::{Card, Lamp, passed};
use super::date::{Day, instant};
use super::delegations::OfficerLine;
use super::form::{EventForm, EventTyped, Trouble};
use super::materials::Materials;
use super::section::{Forms, Section};
use super::{commitments, words};
use crate::office::FilingId;
use crate::office::model::{LedgerLine, StepPage};
use crate::statute::calendar::Calendar;
use crate::statute::clock::{Correction, EventKind, Reading, Status};
use crate::statute::plan::{Ban, BanKind, Risk, Source, Step};

/// A source with its marks.
#[derive(Debug, Serialize)]
pub(super) struct Cite {
    pub(super) cite: String,
    pub(super) inferred: bool,
    pub(super) note: Option<String>,
}

impl Cite {
    /// A source whose words say it outright.
    pub(super) fn written(cite: &str) -> Cite {
        Cite {
            cite: cite.to_owned(),
            inferred: false,
            note: None,
        }
    }

    pub(super) fn of(source: &Source) -> Cite {
        Cite {
            cite: source.cite.clone(),
            inferred: source.inferred,
            note: source.note.clone(),
        }
    }
}

/// One of the two limits.
#[derive(Debug, Serialize)]
struct LimitLine {
    word: &'static str,
    days: u32,
    in_force: u32,
    source: Cite,
    due: Option<Day>,
    overdue_by: u32,
    followed: bool,
}

/// The clock in big.
#[derive(Debug, Serialize)]
struct ClockFace {
    lamp: Lamp,
    status: &'static str,
    when: Option<String>,
    passed: Option<&'static str>,
    due: Option<Day>,
    provisional: bool,
    due_today: bool,
    accepted: Option<Day>,
    deemed: bool,
    started: Option<Day>,
    used: Option<u32>,
    limits: Vec<LimitLine>,
    untimed_reason: Option<String>,
}

/// One rule that shaped the due date.
#[derive(Debug, Serialize)]
struct Reason {
    words: String,
    source: String,
    date: Option<Day>,
}

/// One line of the history.
#[derive(Debug, Serialize)]
struct History {
    seq: u32,
    on: Day,
    what: String,
    note: Option<String>,
    /// What an acceptance did without, by name.
    missing: Vec<String>,
    /// What a one-time notice asks for.
    requested: Vec<String>,
    who: String,
    at: String,
    automatic: bool,
    backdated: bool,
    /// Which entry it corrects and why, in words.
    corrects: Option<String>,
    corrected_by: Option<u32>,
    hash: String,
}

/// A step that this one hangs together with.
#[derive(Debug, Serialize)]
struct Other {
    id: i64,
    name: String,
}

/// What may no longer be asked for.
#[derive(Debug, Serialize)]
pub(super) struct BanLine {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) when: Option<String>,
    pub(super) source: Cite,
}

impl BanLine {
    pub(super) fn of(ban: &Ban) -> BanLine {
        BanLine {
            name: ban.name.clone(),
            kind: match ban.kind {
                BanKind::Material => "要件",
                BanKind::Fee => "收费",
            },
            when: words::condition(&ban.when),
            source: Cite::of(&ban.source),
        }
    }
}

/// Where plan and law pull apart.
#[derive(Debug, Serialize)]
pub(super) struct RiskLine {
    pub(super) text: String,
    pub(super) when: Option<String>,
    pub(super) sources: Vec<Cite>,
}

impl RiskLine {
    pub(super) fn of(risk: &Risk) -> RiskLine {
        RiskLine {
            text: risk.text.clone(),
            when: words::condition(&risk.when),
            sources: risk.sources.iter().map(Cite::of).collect(),
        }
    }
}

/// The page's matter.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    card: Card,
    officer: Option<OfficerLine>,
    facts: Vec<String>,
    clock: ClockFace,
    reasons: Vec<Reason>,
    acts: Vec<Act>,
    latest: String,
    seq: u32,
    /// A trouble whose act is no longer open, with what was typed.
    trouble: Option<Trouble>,
    typed: Option<TypedLine>,
    waits: Vec<Other>,
    joint: Vec<Other>,
    opinions_missing: Vec<&'static str>,
    /// What the one-time notice asks for, while the applicant supplements.
    to_supplement: Vec<String>,
    draft: bool,
    decided: bool,
    materials: Materials,
    /// What was recorded beside the clock.
    sections: Vec<Section>,
    papers: Vec<super::paper::Line>,
    bans: Vec<BanLine>,
    risks: Vec<RiskLine>,
    history: Vec<History>,
    level: &'static str,
}

/// What was typed into a form that is gone.
#[derive(Debug, Serialize)]
struct TypedLine {
    word: String,
    on: String,
    note: String,
    others: String,
}

pub(super) fn page(
    step: &StepPage,
    form: &EventForm,
    today: NaiveDate,
    calendar: &Calendar,
) -> Page {
    let acts: Vec<Act> = step
        .acts
        .iter()
        .map(|open| act::of(open, step, form, today))
        .collect();
    let placed = acts.iter().any(|act| act.has_trouble());
    let bans = step.step.bans.iter();
    let sections = sections(step, form, today);
    // A refused form that is no longer on the page is told where the acts are.
    let small = form.small.as_ref().map(|typed| typed.trouble.clone());
    let small = small.filter(|_| !sections.iter().any(Section::has_trouble));
    Page {
        card: Card::of(&step.card, today),
        officer: OfficerLine::of_step(step),
        facts: words::facts(&step.facts),
        clock: clock(step, today, calendar),
        reasons: step
            .reading
            .because
            .iter()
            .map(|because| Reason {
                words: words::because(because.rule, because.days),
                source: because.source.clone(),
                date: because.date.map(Day::of),
            })
            .collect(),
        latest: today.to_string(),
        seq: step.seq,
        trouble: form.trouble.clone().filter(|_| !placed).or(small),
        typed: (form.trouble.is_some() && !placed).then(|| typed(&form.typed)),
        acts,
        waits: others(&step.waits_for),
        joint: others(&step.joint),
        opinions_missing: step
            .opinions_missing
            .iter()
            .map(|county| county.name())
            .collect(),
        to_supplement: to_supplement(step),
        draft: step.reading.status == Status::Draft,
        decided: step.reading.status.is_decided(),
        materials: Materials::of(step, form.material.as_ref()),
        sections,
        papers: super::paper::lines(&step.papers, today, calendar),
        bans: bans
            .filter(|ban| ban.when.holds(&step.facts))
            .map(BanLine::of)
            .collect(),
        risks: step
            .step
            .risks
            .iter()
            .filter(|risk| risk.when.holds(&step.facts))
            .map(RiskLine::of)
            .collect(),
        history: step
            .ledger
            .iter()
            .map(|line| history(line, &step.step))
            .collect(),
        level: words::level(step.step.level),
    }
}

fn sections(step: &StepPage, form: &EventForm, today: NaiveDate) -> Vec<Section> {
    let forms = Forms {
        typed: form.small.as_ref(),
        today,
    };
    let promises = step.commitments.as_ref();
    let promises = promises.map(|here| commitments::section(step, here, &forms));
    let fees = commitments::fees(step, &step.fees, &forms);
    let supervision = super::supervision::section(step, &forms);
    let beside = super::proceedings::sections(step, &forms);
    let runs = super::runs::section(step, &forms);
    let beside = runs.into_iter().chain(beside);
    let corrections = super::corrections::section(step, &forms);
    let beside = beside.chain(promises).chain(fees).chain(corrections);
    supervision.into_iter().chain(beside).collect()
}

fn others(steps: &[(FilingId, String)]) -> Vec<Other> {
    steps
        .iter()
        .map(|(id, name)| Other {
            id: id.0,
            name: name.clone(),
        })
        .collect()
}

fn typed(typed: &EventTyped) -> TypedLine {
    TypedLine {
        word: words::act_of_code(&typed.kind).to_owned(),
        on: typed.on.clone(),
        note: typed.note.clone(),
        others: typed.others.clone(),
    }
}

fn clock(step: &StepPage, today: NaiveDate, calendar: &Calendar) -> ClockFace {
    let reading = &step.reading;
    let glance = &step.card.glance;
    let untimed = step.step.untimed.as_ref();
    ClockFace {
        lamp: Lamp::of(reading.lamp),
        status: words::status(reading.status),
        when: super::card::when(glance, today),
        passed: passed(glance.lamp, glance.law_passed),
        due: reading.due_on.map(Day::of),
        provisional: reading.provisional,
        due_today: reading.due_on == Some(today) && !reading.status.is_decided(),
        accepted: reading.accepted_on.map(Day::of),
        deemed: reading.deemed_accepted,
        started: reading.started_on.map(Day::of),
        used: reading.used,
        limits: limits(step, reading, calendar),
        untimed_reason: untimed
            .filter(|exemption| exemption.when.holds(&step.facts))
            .map(|exemption| format!("{}（{}）", exemption.reason, exemption.source.cite)),
    }
}

fn limits(step: &StepPage, reading: &Reading, calendar: &Calendar) -> Vec<LimitLine> {
    let reckoned = |day| Day::reckoned(day, calendar);
    let entry = &step.step;
    let untimed = entry.untimed.as_ref();
    if untimed.is_some_and(|exemption| exemption.when.holds(&step.facts)) {
        return Vec::new();
    }
    let mut lines = Vec::new();
    if let Some(plan) = &entry.plan_limit {
        lines.push(LimitLine {
            word: "方案时限",
            days: plan.days,
            in_force: reading.limit.unwrap_or(plan.days),
            source: Cite::of(&plan.source),
            due: reading.due_on.map(reckoned),
            overdue_by: reading.overdue_by,
            followed: true,
        });
    }
    if let Some(law) = &entry.law_limit {
        let read = reading.law.as_ref();
        lines.push(LimitLine {
            word: "法定时限",
            days: law.days,
            in_force: read.map_or(law.days, |read| read.days),
            source: Cite::of(&law.source),
            due: read.and_then(|read| read.due_on).map(reckoned),
            overdue_by: read.map_or(0, |read| read.overdue_by),
            followed: entry.plan_limit.is_none(),
        });
    }
    lines
}

/// The names of what an entry asks for.
fn requested(line: &LedgerLine) -> Vec<String> {
    let asked = line.details.requested.iter();
    asked.map(|one| one.name.clone()).collect()
}

/// What the one-time notice asks the applicant for now.
fn to_supplement(step: &StepPage) -> Vec<String> {
    if step.reading.status != Status::Correcting {
        return Vec::new();
    }
    let notice = step
        .ledger
        .iter()
        .filter(|line| line.corrected_by.is_none())
        .filter(|line| !line.details.corrects.is_some_and(|by| by.strikes))
        .rfind(|line| line.kind == EventKind::MaterialsRequested);
    notice.map(requested).unwrap_or_default()
}

/// 更正第2条: why, and who asked for it.
fn corrects(line: &LedgerLine, by: Correction) -> String {
    let word = if by.strikes { "撤销" } else { "更正" };
    let why = line.details.reason.as_deref().unwrap_or_default();
    let who = match &line.details.proposed_by {
        Some(name) => format!("（{name}提出，{}同意）", line.actor_name),
        None => String::new(),
    };
    format!("{word}第{}条：{why}{who}", by.entry)
}

fn history(line: &LedgerLine, step: &Step) -> History {
    let name = |id: &String| {
        let material = step.materials.iter().find(|material| material.id == *id);
        material.map_or_else(|| id.clone(), |material| material.name.clone())
    };
    History {
        seq: line.seq,
        on: Day::of(line.on),
        what: words::event(&line.kind),
        note: line.note.clone(),
        missing: line.details.missing.iter().map(name).collect(),
        requested: requested(line),
        who: line.actor_name.clone(),
        at: instant(line.recorded_at),
        automatic: line.automatic,
        backdated: line.backdated,
        corrects: line.details.corrects.map(|by| corrects(line, by)),
        corrected_by: line.corrected_by,
        hash: line.hash.clone(),
    }
}
