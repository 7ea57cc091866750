//! The lines of a route, in a preview and on a project's page.

use super::model::{RouteLine, SkippedStep};
use crate::statute::division::County;
use crate::statute::forecast::{Forecast, Planned};
use crate::statute::plan::route::{Exempt, Route, RouteKey, RouteStep};

/// The line of one step of `route`, without what only a filing knows.
pub(super) fn line(
    route: &Route<'_>,
    step: &RouteStep<'_>,
    forecast: &Forecast,
    bureau_name: String,
) -> RouteLine {
    let planned = planned(forecast, &step.key);
    let limits = |limit: Option<&crate::statute::plan::Limit>| {
        limit.filter(|_| !step.untimed).map(|limit| limit.days)
    };
    RouteLine {
        card: None,
        step: step.key.step.clone(),
        name: step.step.name.clone(),
        clause: step.step.clause,
        county: step.key.county,
        bureau_name,
        plan_days: limits(step.step.plan_limit.as_ref()),
        law_days: limits(step.step.law_limit.as_ref()),
        limit_source: step
            .step
            .limit()
            .filter(|_| !step.untimed)
            .map(|limit| limit.source.cite.clone()),
        waits_for: step
            .waits_for
            .iter()
            .filter_map(|key| name_of(route, key))
            .collect(),
        fileable: false,
        from: planned.map(|p| p.from),
        to: planned.map(|p| p.to),
        critical: planned.is_some_and(|p| p.critical),
        untimed: step.untimed,
    }
}

/// What the forecast says of `key`.
pub(super) fn planned<'f>(forecast: &'f Forecast, key: &RouteKey) -> Option<&'f Planned> {
    forecast.steps.iter().find(|p| p.key == *key)
}

fn name_of(route: &Route<'_>, key: &RouteKey) -> Option<String> {
    let ahead = route.steps.iter().find(|s| s.key == *key)?;
    Some(with_county(&ahead.step.name, key.county))
}

/// A step's name with its county in brackets, where it has one.
pub(super) fn with_county(name: &str, county: Option<County>) -> String {
    match county {
        Some(county) => format!("{name}（{}）", county.name()),
        None => name.to_owned(),
    }
}

/// Steps that need not be done, in words for the reader.
pub(super) fn skipped(steps: &[Exempt<'_>]) -> Vec<SkippedStep> {
    steps
        .iter()
        .map(|skipped| SkippedStep {
            name: skipped.step.name.clone(),
            clause: skipped.step.clause,
            reason: skipped.reason.clone(),
            source: skipped.source.map(|source| source.cite.clone()),
        })
        .collect()
}
