//! Proceedings as the page of a step shows them.

use super::super::actor::permit;
use super::super::model::proceedings::{
    Beside, ConstructionHere, NoticeHere, OpinionsHere, PartHere, PartsHere,
};
use super::super::{Actor, Moment};
use super::{ahead, consulted, notice_rule, of};
use crate::office::actor::Act;
use crate::statute::calendar::Calendar;
use crate::statute::plan::{Level, Plan, ProjectFacts, Step};
use crate::statute::proceeding::{Proceeding, construction, consultation, notice, parts};
use crate::store::Proceeded;
use crate::store::record::Filing;

/// What stands beside the clock of `filing`.
pub(in crate::office) fn beside(
    actor: &Actor,
    (plan, step, facts): (&Plan, &Step, &ProjectFacts),
    (filing, filings): (&Filing, &[Filing]),
    all: &[Proceeded],
    (calendar, at): (&Calendar, Moment),
) -> Beside {
    let here = of(all, filing);
    let bureau = filing.bureau;
    let own = permit(actor, Act::Proceed { bureau }).is_ok();
    let open = !filing
        .turning
        .status
        .is_some_and(|status| status.is_decided());
    Beside {
        notice: notice_rule(step, facts).map(|rule| NoticeHere {
            rule: rule.clone(),
            letter: notice::letter_may_stand(rule, &here, at.today, calendar)
                .map_err(|refused| refused.detail),
            posted: notice::notices(rule, &here, calendar),
            may_record: open && permit(actor, Act::Notice { bureau }).is_ok(),
        }),
        opinions: step.inner_opinion.as_ref().map(|source| {
            let asked = consultation::consultations(&here);
            OpinionsHere {
                source: source.clone(),
                may_ask: match own && open && filing.submitted_on.is_some() {
                    true => facts
                        .counties
                        .iter()
                        .copied()
                        .filter(|county| !asked.iter().any(|one| one.county == *county))
                        .collect(),
                    false => Vec::new(),
                },
                may_give: asked
                    .iter()
                    .filter(|one| one.opinion.is_none())
                    .map(|one| one.county)
                    .filter(|county| {
                        consulted(actor, all)
                            && permit(actor, Act::GiveOpinion { county: *county }).is_ok()
                    })
                    .collect(),
                asked,
            }
        }),
        parts: (!step.parts.is_empty()).then(|| PartsHere {
            parts: parts::parts(step, &here)
                .into_iter()
                .map(|at| PartHere {
                    part: at.part.clone(),
                    officer: at.officer,
                    done: at.done,
                })
                .collect(),
            may_record: own && open && filing.submitted_on.is_some(),
        }),
        construction: construction_here(actor, (plan, step, facts), filings, all, at),
    }
}

fn construction_here(
    actor: &Actor,
    (plan, step, facts): (&Plan, &Step, &ProjectFacts),
    filings: &[Filing],
    all: &[Proceeded],
    at: Moment,
) -> Option<ConstructionHere> {
    let rule = step.early_start.as_ref()?;
    if !rule.when.holds(facts) || step.level != Level::City {
        return None;
    }
    let started = all.iter().find_map(|one| match &one.dated.what {
        Proceeding::ConstructionStarted { running } => {
            Some((one.dated.on, running.clone(), one.person_name.clone()))
        }
        _ => None,
    });
    let open = construction::may_start(&ahead(plan, facts, filings), at.today);
    Some(ConstructionHere {
        source: rule.source.clone(),
        may_start: started.is_none()
            && open.is_ok()
            && permit(actor, Act::StartConstruction).is_ok(),
        closed: open.err().map(|refused| refused.detail),
        started,
    })
}
