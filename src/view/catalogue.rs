//! The plan's clauses and the steps made of them, every figure with its source.

use serde::Serialize;

use super::offences::Rule;
use super::step::{BanLine, Cite, RiskLine};
use super::words;
use crate::statute::plan::{Exemption, Limit, Plan, Step};

/// The clause that offences come from.
const OFFENCES: u32 = 14;

/// A clause with the steps that come from it.
#[derive(Debug, Serialize)]
struct ClauseEntry {
    number: u32,
    text: Option<String>,
    responsible: Vec<String>,
    steps: Vec<StepEntry>,
    offences: Vec<Rule>,
}

/// A limit.
#[derive(Debug, Serialize)]
struct LimitEntry {
    word: &'static str,
    days: u32,
    source: Cite,
}

/// A name with its source and, where it does not always hold, when it does.
#[derive(Debug, Serialize)]
struct Named {
    name: String,
    when: Option<String>,
    /// Where it is written that a letter of commitment may stand for it.
    letter: Option<Cite>,
    source: Cite,
}

/// A step.
#[derive(Debug, Serialize)]
struct StepEntry {
    id: String,
    name: String,
    bureau: &'static str,
    level: &'static str,
    applies: Option<String>,
    limits: Vec<LimitEntry>,
    untimed: Option<Named>,
    starts: Vec<&'static str>,
    grounds: Vec<&'static str>,
    grounds_source: Cite,
    extension: Option<LimitEntry>,
    warn_at: Option<u32>,
    exemptions: Vec<Named>,
    waits_for: Vec<Named>,
    beside: Vec<String>,
    joint_with: Vec<String>,
    materials: Vec<Named>,
    bans: Vec<BanLine>,
    risks: Vec<RiskLine>,
    commitment: Option<Cite>,
}

/// The page's matter.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    title: String,
    number: String,
    version: String,
    hash: String,
    source: String,
    clauses: Vec<ClauseEntry>,
    lost: Vec<u32>,
    step_total: usize,
}

pub(super) fn page(plan: &Plan) -> Page {
    Page {
        title: plan.title.clone(),
        number: plan.number.clone(),
        version: plan.version.clone(),
        hash: plan.hash.chars().take(12).collect(),
        source: plan.source.clone(),
        lost: plan
            .clauses
            .iter()
            .filter(|clause| clause.text.is_none())
            .map(|clause| clause.number)
            .collect(),
        clauses: plan
            .clauses
            .iter()
            .map(|clause| ClauseEntry {
                number: clause.number,
                text: clause.text.clone(),
                responsible: clause.responsible.clone(),
                steps: plan
                    .steps
                    .iter()
                    .filter(|step| step.clause == clause.number)
                    .map(|step| entry(plan, step))
                    .collect(),
                offences: plan
                    .offences
                    .iter()
                    .filter(|_| clause.number == OFFENCES)
                    .map(|rule| Rule::of(rule, false))
                    .collect(),
            })
            .collect(),
        step_total: plan.steps.len(),
    }
}

fn entry(plan: &Plan, step: &Step) -> StepEntry {
    let name_of = |id: &str| {
        plan.step(id)
            .map_or_else(|| id.to_owned(), |step| step.name.clone())
    };
    let limit = |word, limit: &Limit| LimitEntry {
        word,
        days: limit.days,
        source: Cite::of(&limit.source),
    };
    let exempt = |exemption: &Exemption| Named {
        name: exemption.reason.clone(),
        when: words::condition(&exemption.when),
        letter: None,
        source: Cite::of(&exemption.source),
    };
    StepEntry {
        id: step.id.to_string(),
        name: step.name.clone(),
        bureau: words::bureau_kind(step.bureau),
        level: words::level(step.level),
        applies: words::condition(&step.applies),
        limits: step
            .plan_limit
            .iter()
            .map(|figure| limit("方案时限", figure))
            .chain(
                step.law_limit
                    .iter()
                    .map(|figure| limit("法定时限", figure)),
            )
            .collect(),
        untimed: step.untimed.as_ref().map(exempt),
        starts: step.starts.iter().copied().map(words::starter).collect(),
        grounds: step.grounds.iter().copied().map(words::ground).collect(),
        grounds_source: Cite::of(&step.grounds_source),
        extension: step.extension.as_ref().map(|extension| LimitEntry {
            word: "延期",
            days: extension.max_days,
            source: Cite::of(&extension.source),
        }),
        warn_at: step.warn_at,
        exemptions: step.exemptions.iter().map(exempt).collect(),
        waits_for: step
            .waits_for
            .iter()
            .map(|wait| Named {
                name: name_of(wait.step.as_str()),
                when: None,
                letter: None,
                source: Cite::of(&wait.source),
            })
            .collect(),
        beside: step.beside.iter().map(|id| name_of(id.as_str())).collect(),
        joint_with: step
            .joint_with
            .iter()
            .map(|id| name_of(id.as_str()))
            .collect(),
        materials: step
            .materials
            .iter()
            .map(|material| Named {
                name: material.name.clone(),
                when: words::condition(&material.when),
                letter: material.letter.as_ref().map(Cite::of),
                source: Cite::of(&material.source),
            })
            .collect(),
        bans: step.bans.iter().map(BanLine::of).collect(),
        risks: step.risks.iter().map(RiskLine::of).collect(),
        commitment: step.commitment.as_ref().map(Cite::of),
    }
}
