//! What if (推演): a supposed catalogue, and what a step's clock would say under it.
//!
//! # Why
//! Whoever answers for the limits asks, before anybody decides, which deadlines would move and how
//! last year would have looked. Nothing here is law: a supposed figure bears no source but the words
//! that it is supposed, and nothing of it is stored. What people did is taken as it was; only the
//! reckoning changes.

use chrono::NaiveDate;

use super::calendar::Calendar;
use super::clock::{Glance, Lamp, Turning};
use super::forecast::forecast;
use super::plan::route::{FactsFault, route};
use super::plan::{Limit, Plan, ProjectFacts, Source, Step, StepId, Unit};

#[cfg(test)]
mod tests;

/// The most working days that can be supposed for a limit; more is a slip of the pen.
pub const LONGEST: u32 = 365;

/// A change of the catalogue that nobody has decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Supposed {
    /// The limit of a step is another.
    Limit {
        /// The step.
        step: StepId,
        /// So many working days.
        days: u32,
    },
    /// A step no longer waits for another.
    Parallel {
        /// The step.
        step: StepId,
        /// What it waits for today.
        ahead: StepId,
    },
    /// A whole catalogue.
    Catalogue(Box<Plan>),
}

/// Why a change cannot be supposed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SupposedFault {
    /// The catalogue has no such step.
    #[error("the catalogue has no step {0}")]
    NoStep(StepId),
    /// The step has no limit that could be changed.
    #[error("step {0} has no limit")]
    NoLimit(StepId),
    /// Not a number of days from 1 to [`LONGEST`].
    #[error("{0} is no number of working days for a limit")]
    Days(u32),
    /// The step does not wait for that one.
    #[error("step {step} does not wait for {ahead}")]
    NotWaiting {
        /// The step.
        step: StepId,
        /// What it was thought to wait for.
        ahead: StepId,
    },
}

impl Supposed {
    /// Whether the change can be made to `plan`.
    ///
    /// # Errors
    /// Why not.
    pub fn fits(&self, plan: &Plan) -> Result<(), SupposedFault> {
        let known = |step: &StepId| {
            let found = plan.step(step.as_str());
            found.ok_or_else(|| SupposedFault::NoStep(step.clone()))
        };
        match self {
            Supposed::Limit { step, days } => {
                if known(step)?.limit().is_none() {
                    return Err(SupposedFault::NoLimit(step.clone()));
                }
                if !(1..=LONGEST).contains(days) {
                    return Err(SupposedFault::Days(*days));
                }
                Ok(())
            }
            Supposed::Parallel { step, ahead } => {
                let waits = known(step)?.waits_for.iter().any(|w| w.step == *ahead);
                if waits {
                    return Ok(());
                }
                Err(SupposedFault::NotWaiting {
                    step: step.clone(),
                    ahead: ahead.clone(),
                })
            }
            Supposed::Catalogue(_) => Ok(()),
        }
    }

    /// `plan` with the change made to it; where it does not fit, `plan` as it is.
    #[must_use]
    pub fn made_to(&self, plan: &Plan) -> Plan {
        match self {
            Supposed::Limit { step, days } => with_step(plan, step, |step| limited(step, *days)),
            Supposed::Parallel { step, ahead } => with_step(plan, step, |step| {
                step.waits_for.retain(|w| w.step != *ahead)
            }),
            Supposed::Catalogue(plan) => (**plan).clone(),
        }
    }

    /// The steps whose clocks it may change; `None`: any.
    pub fn clocks(&self) -> Option<Vec<StepId>> {
        match self {
            Supposed::Limit { step, .. } => Some(vec![step.clone()]),
            // What a step waits for says when it can be filed; its clock starts when it was.
            Supposed::Parallel { .. } => Some(Vec::new()),
            Supposed::Catalogue(_) => None,
        }
    }
}

fn with_step(plan: &Plan, id: &StepId, change: impl FnOnce(&mut Step)) -> Plan {
    let mut plan = plan.clone();
    if let Some(step) = plan.steps.iter_mut().find(|step| step.id == *id) {
        change(step);
    }
    plan
}

/// The plan's limit is the one that a city can change; a step that has only the law's gets a
/// supposed one beside it.
fn limited(step: &mut Step, days: u32) {
    if step.limit().is_none() {
        return;
    }
    step.plan_limit = Some(Limit {
        days,
        unit: Unit::WorkingDays,
        source: Source {
            cite: "推演，不是规定".to_owned(),
            inferred: true,
            note: None,
        },
    });
}

/// What a change does to one step, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Its lamp would be red today.
    TurnsRed,
    /// It was decided in time and would count as late.
    TurnsLate,
    /// Its lamp would no longer be red today.
    LeavesRed,
    /// It counted as late and would be in time.
    LeavesLate,
    /// Its lamp would be another.
    Lamp,
    /// A day of its clock would be another.
    Moves,
    /// Its days stay, and are no longer provisional.
    Firm,
}

impl Effect {
    /// All, the gravest first.
    pub const ALL: [Effect; 7] = [
        Effect::TurnsRed,
        Effect::TurnsLate,
        Effect::LeavesRed,
        Effect::LeavesLate,
        Effect::Lamp,
        Effect::Moves,
        Effect::Firm,
    ];
}

/// A step's clock before and after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// The turning points as they are.
    pub before: Turning,
    /// As they would be.
    pub after: Turning,
    /// What a list shows of it today.
    pub now: Glance,
    /// What a list would show.
    pub then: Glance,
    /// The gravest that happens.
    pub effect: Effect,
}

/// What changes between two readings of a ledger on `today`, the first by the calendar `old`, the
/// second by `new`; `None`: nothing that is stored.
pub fn shift(
    before: &Turning,
    after: &Turning,
    today: NaiveDate,
    (old, new): (&Calendar, &Calendar),
) -> Option<Shift> {
    if before == after {
        return None;
    }
    let now = before.glance(today, old);
    let then = after.glance(today, new);
    let days = |turning: &Turning| Turning {
        provisional: false,
        ..turning.clone()
    };
    let effect = match (now.lamp, then.lamp) {
        (Lamp::Done, Lamp::Late) => Effect::TurnsLate,
        (Lamp::Late, Lamp::Done) => Effect::LeavesLate,
        (Lamp::Red, Lamp::Red) => Effect::Moves,
        (_, Lamp::Red) => Effect::TurnsRed,
        (Lamp::Red, _) => Effect::LeavesRed,
        (now, then) if now != then => Effect::Lamp,
        _ => Effect::Moves,
    };
    let only_firm = effect == Effect::Moves && days(before) == days(after);
    Some(Shift {
        effect: if only_firm { Effect::Firm } else { effect },
        before: before.clone(),
        after: after.clone(),
        now,
        then,
    })
}

/// When a project of these facts, entered on `from`, would be finished by limits under each of two
/// catalogues; `None`: its route is empty.
///
/// # Errors
/// Facts that contradict themselves.
pub fn finishes(
    (before, after): (&Plan, &Plan),
    facts: &ProjectFacts,
    from: NaiveDate,
    calendar: &Calendar,
) -> Result<Option<(NaiveDate, NaiveDate)>, FactsFault> {
    let finish = |plan| -> Result<_, FactsFault> {
        let route = route(plan, facts)?;
        Ok(forecast(&route, &[], from, calendar).finish)
    };
    Ok(finish(before)?.zip(finish(after)?))
}
