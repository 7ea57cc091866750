//! From facts to steps.

use crate::statute::division::County;

use super::{Plan, ProjectFacts, Source, Step, StepId};

/// One step of a project's route: a step, in one county where the step is the county's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RouteKey {
    /// The step.
    pub step: StepId,
    /// The county, for steps of county level.
    pub county: Option<County>,
}

/// A step that applies.
#[derive(Debug, Clone)]
pub struct RouteStep<'p> {
    /// Which.
    pub key: RouteKey,
    /// Its catalogue entry.
    pub step: &'p Step,
    /// What must be granted first, as far as it is on this route.
    pub waits_for: Vec<RouteKey>,
    /// True where no limit holds for these facts.
    pub untimed: bool,
}

/// A step that need not be done, and why.
#[derive(Debug, Clone)]
pub struct Exempt<'p> {
    /// Its catalogue entry.
    pub step: &'p Step,
    /// The reason in Chinese.
    pub reason: String,
    /// The clause that exempts; `None` where the step simply does not arise from the facts.
    pub source: Option<&'p Source>,
}

/// A project's route.
#[derive(Debug, Clone)]
pub struct Route<'p> {
    /// Steps that apply, in the plan's order, counties by code.
    pub steps: Vec<RouteStep<'p>>,
    /// Steps that apply by kind but are exempt under a clause.
    pub exempt: Vec<Exempt<'p>>,
    /// Steps that the facts do not call for.
    pub not_needed: Vec<Exempt<'p>>,
}

/// Facts that no route can be made of.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactsFault {
    /// No county named.
    #[error("a project touches at least one county")]
    NoCounty,
    /// A county twice.
    #[error("county {0} is named twice")]
    CountyTwice(County),
    /// 0 volts.
    #[error("the voltage is zero")]
    NoVoltage,
    /// Scale changes without a blueprint change.
    #[error("a change of scale is declared without a blueprint change")]
    ScaleWithoutChange,
}

/// Chooses the steps for `facts`.
///
/// # Errors
/// Facts that contradict themselves.
pub fn route<'p>(_plan: &'p Plan, _facts: &ProjectFacts) -> Result<Route<'p>, FactsFault> {
    todo!()
}

impl Route<'_> {
    /// The steps that can be filed now: not yet filed, and all they wait for is granted.
    pub fn fileable(&self, _filed: &[RouteKey], _granted: &[RouteKey]) -> Vec<RouteKey> {
        todo!()
    }
}
