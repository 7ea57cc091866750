//! What the company can do now. Pure.

use super::super::model::{FilingCard, Todo, TodoKind};
use crate::statute::plan::{Level, Plan, StepId};
use crate::store::ProjectId;

/// The company's to-dos: supplements, then joint filings, then single steps.
///
/// The filings of one project that clause 1 has filed together are one to-do, shown by the
/// city's card.
pub(super) fn todos(plan: &Plan, correcting: Vec<FilingCard>, ready: Vec<FilingCard>) -> Vec<Todo> {
    let (joint, mut single): (Vec<FilingCard>, Vec<FilingCard>) = ready
        .into_iter()
        .partition(|card| is_joint(plan, &card.step));
    let mut groups: Vec<(ProjectId, Vec<FilingCard>)> = Vec::new();
    for card in joint {
        match groups.iter_mut().find(|(id, _)| *id == card.project) {
            Some((_, group)) => group.push(card),
            None => groups.push((card.project, vec![card])),
        }
    }
    let mut together = Vec::new();
    for (_, mut group) in groups {
        group.sort_by_key(|card| !is_city(plan, &card.step));
        if group.len() > 1 {
            together.extend(group.into_iter().next());
        } else {
            single.extend(group);
        }
    }
    let as_todo = |kind| move |card| Todo { kind, card };
    correcting
        .into_iter()
        .map(as_todo(TodoKind::Supplement))
        .chain(together.into_iter().map(as_todo(TodoKind::FileJointly)))
        .chain(single.into_iter().map(as_todo(TodoKind::File)))
        .collect()
}

/// The steps that a joint filing takes along: those of county level.
pub(super) fn taken_along(plan: &Plan) -> impl Iterator<Item = &StepId> {
    plan.steps
        .iter()
        .filter(|step| step.level == Level::County && is_joint(plan, &step.id))
        .map(|step| &step.id)
}

/// Whether clause 1 has the step filed together with another.
fn is_joint(plan: &Plan, step: &StepId) -> bool {
    plan.steps
        .iter()
        .any(|s| s.joint_with.contains(step) || (s.id == *step && !s.joint_with.is_empty()))
}

fn is_city(plan: &Plan, step: &StepId) -> bool {
    plan.step(step.as_str())
        .is_some_and(|s| s.level == Level::City)
}
