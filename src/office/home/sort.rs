//! What a home page makes of its cards: queues in order, to-dos, counts. Pure.

use std::cmp::Reverse;

use super::super::model::{BureauCount, BureauHome, FilingCard, Todo, TodoKind};
use crate::statute::clock::{Glance, Lamp, Status};
use crate::statute::plan::{Level, Plan, StepId};
use crate::store::record::Bureau;

/// The most to-dos that a home page lists.
pub(super) const TODOS_SHOWN: usize = 50;

/// A bureau's open filings, each in the queue where it now lies.
pub(super) fn bureau_home(bureau: Bureau, open: Vec<FilingCard>) -> BureauHome {
    let mut home = BureauHome {
        awaiting: Vec::new(),
        running: Vec::new(),
        paused: Vec::new(),
        count: count(bureau.clone(), open.iter().map(|card| &card.glance)),
        bureau,
    };
    for card in open {
        match card.glance.status {
            Status::Submitted => home.awaiting.push(card),
            Status::Running => home.running.push(card),
            Status::Waiting | Status::Suspended | Status::Correcting => home.paused.push(card),
            Status::Draft
            | Status::Granted
            | Status::Denied
            | Status::Rejected
            | Status::Withdrawn => {}
        }
    }
    home.awaiting.sort_by_key(|card| (card.answer_by, card.id));
    home.running.sort_by_key(by_time_left);
    home.paused
        .sort_by_key(|card| (card.glance.left.is_none(), card.glance.left, card.id));
    home
}

/// Longest overdue first, then least time left, then clocks without a limit.
fn by_time_left(
    card: &FilingCard,
) -> (
    bool,
    Reverse<u32>,
    Option<chrono::NaiveDate>,
    crate::store::FilingId,
) {
    let glance = &card.glance;
    let untimed = glance.due_on.is_none();
    (untimed, Reverse(glance.overdue_by), glance.due_on, card.id)
}

/// Counts over one bureau's open filings.
pub(super) fn count<'g>(bureau: Bureau, glances: impl Iterator<Item = &'g Glance>) -> BureauCount {
    let mut count = BureauCount {
        bureau,
        overdue: 0,
        law_overdue: 0,
        near_due: 0,
        in_time: 0,
        suspended: 0,
        waiting: 0,
        untimed: 0,
        awaiting: 0,
        correcting: 0,
    };
    for glance in glances {
        match (glance.status, glance.lamp) {
            (Status::Running, Lamp::Red) => {
                count.overdue += 1;
                count.law_overdue += u64::from(glance.law_passed);
            }
            (Status::Running, Lamp::Yellow) => count.near_due += 1,
            (Status::Running, Lamp::Untimed) => count.untimed += 1,
            (Status::Running, _) => count.in_time += 1,
            (Status::Suspended, _) => count.suspended += 1,
            (Status::Waiting, _) => count.waiting += 1,
            (Status::Submitted, _) => count.awaiting += 1,
            (Status::Correcting, _) => count.correcting += 1,
            _ => {}
        }
    }
    count
}

/// The company's to-dos: supplements, then joint filings, then single steps.
///
/// The filings of one project that clause 1 has filed together are one to-do, shown by the
/// city's card.
pub(super) fn todos(plan: &Plan, correcting: Vec<FilingCard>, ready: Vec<FilingCard>) -> Vec<Todo> {
    let mut todos: Vec<Todo> = correcting
        .into_iter()
        .map(|card| Todo {
            kind: TodoKind::Supplement,
            card,
        })
        .collect();
    let (joint, single): (Vec<FilingCard>, Vec<FilingCard>) = ready
        .into_iter()
        .partition(|card| is_joint(plan, &card.step));
    let mut groups: Vec<Vec<FilingCard>> = Vec::new();
    for card in joint {
        match groups
            .iter_mut()
            .find(|group| group.iter().any(|other| other.project == card.project))
        {
            Some(group) => group.push(card),
            None => groups.push(vec![card]),
        }
    }
    let (together, alone): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group.len() > 1);
    todos.extend(together.into_iter().filter_map(|mut group| {
        group.sort_by_key(|card| !is_city(plan, &card.step));
        group.into_iter().next().map(|card| Todo {
            kind: TodoKind::FileJointly,
            card,
        })
    }));
    todos.extend(alone.into_iter().flatten().chain(single).map(|card| Todo {
        kind: TodoKind::File,
        card,
    }));
    todos
}

/// Whether clause 1 has the step filed together with another.
pub(super) fn is_joint(plan: &Plan, step: &StepId) -> bool {
    plan.steps
        .iter()
        .any(|s| s.joint_with.contains(step) || (s.id == *step && !s.joint_with.is_empty()))
}

fn is_city(plan: &Plan, step: &StepId) -> bool {
    plan.step(step.as_str())
        .is_some_and(|s| s.level == Level::City)
}
