//! The route as a new project's facts are typed. Pure: nothing is read, nothing is written.

use chrono::NaiveDate;

use super::model::{RouteLine, RoutePreview};
use super::{Moment, Office, OfficeError, lines, setup};
use crate::statute::calendar::Calendar;
use crate::statute::forecast::{forecast, one_after_another};
use crate::statute::plan::route::{FactsFault, RouteStep, route};
use crate::statute::plan::{Plan, ProjectFacts};

impl Office {
    /// The route as facts are typed; writes nothing.
    ///
    /// # Errors
    /// [`OfficeError::Facts`].
    pub fn preview(&self, facts: &ProjectFacts, at: Moment) -> Result<RoutePreview, OfficeError> {
        let preview = preview(self.plan(), facts, at.today, &self.calendar(), |step| {
            setup::bureau_name(step.step.bureau, step.step.level, step.key.county)
        })?;
        Ok(preview)
    }
}

/// The route for `facts`, when it could be finished, and when one step after another.
///
/// `bureau_name` names who decides a step.
///
/// # Errors
/// Facts that contradict themselves.
pub(super) fn preview(
    plan: &Plan,
    facts: &ProjectFacts,
    today: NaiveDate,
    calendar: &Calendar,
    bureau_name: impl Fn(&RouteStep<'_>) -> String,
) -> Result<RoutePreview, FactsFault> {
    let route = route(plan, facts)?;
    let forecast = forecast(&route, &[], today, calendar);
    let lines = route
        .steps
        .iter()
        .map(|step| lines::line(&route, step, &forecast, bureau_name(step)))
        .map(|line| {
            let fileable = line.waits_for.is_empty();
            RouteLine { fileable, ..line }
        })
        .collect();
    Ok(RoutePreview {
        lines,
        exempt: lines::skipped(&route.exempt),
        not_needed: lines::skipped(&route.not_needed),
        one_after_another: one_after_another(&route, today, calendar),
        forecast,
    })
}

#[cfg(test)]
mod tests;
