//! From facts to steps: which apply, which are exempt and why, what waits for what.

use crate::statute::division::County;

use super::{Level, Plan, ProjectFacts, Source, Step, StepId};

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
/// A step of county level comes once for each county; a wait for a step that is not on the route
/// drops out.
///
/// # Errors
/// Facts that contradict themselves.
pub fn route<'p>(plan: &'p Plan, facts: &ProjectFacts) -> Result<Route<'p>, FactsFault> {
    check(facts)?;
    let mut counties = facts.counties.clone();
    counties.sort();
    let mut route = Route {
        steps: Vec::new(),
        exempt: Vec::new(),
        not_needed: Vec::new(),
    };
    for step in &plan.steps {
        if !step.applies.holds(facts) {
            let reason = step.applies_reason.clone();
            route.not_needed.push(Exempt {
                step,
                reason,
                source: None,
            });
        } else if let Some(exemption) = step.exemptions.iter().find(|e| e.when.holds(facts)) {
            let reason = exemption.reason.clone();
            route.exempt.push(Exempt {
                step,
                reason,
                source: Some(&exemption.source),
            });
        } else {
            let places: Vec<Option<County>> = match step.level {
                Level::City => vec![None],
                Level::County => counties.iter().copied().map(Some).collect(),
            };
            let untimed = step.is_untimed(facts);
            route
                .steps
                .extend(places.into_iter().map(|county| RouteStep {
                    key: RouteKey {
                        step: step.id.clone(),
                        county,
                    },
                    step,
                    waits_for: Vec::new(),
                    untimed,
                }));
        }
    }
    let keys: Vec<RouteKey> = route.steps.iter().map(|step| step.key.clone()).collect();
    for step in &mut route.steps {
        step.waits_for = keys
            .iter()
            .filter(|key| step.step.waits_for.iter().any(|wait| wait.step == key.step))
            .cloned()
            .collect();
    }
    Ok(route)
}

fn check(facts: &ProjectFacts) -> Result<(), FactsFault> {
    if facts.voltage.0 == 0 {
        return Err(FactsFault::NoVoltage);
    }
    if facts.counties.is_empty() {
        return Err(FactsFault::NoCounty);
    }
    let mut counties = facts.counties.clone();
    counties.sort();
    if let Some([county, _]) = counties.array_windows().find(|[a, b]| a == b) {
        return Err(FactsFault::CountyTwice(*county));
    }
    if !facts.changes_blueprint && (facts.changes_land_scale || facts.changes_building_scale) {
        return Err(FactsFault::ScaleWithoutChange);
    }
    Ok(())
}

impl Route<'_> {
    /// The steps that can be filed now: not yet filed, and all they wait for is granted.
    pub fn fileable(&self, filed: &[RouteKey], granted: &[RouteKey]) -> Vec<RouteKey> {
        self.steps
            .iter()
            .filter(|step| !filed.contains(&step.key))
            .filter(|step| step.waits_for.iter().all(|ahead| granted.contains(ahead)))
            .map(|step| step.key.clone())
            .collect()
    }
}

#[cfg(test)]
mod tests;
