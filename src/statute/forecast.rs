//! When a project can be finished: the longest path by limits.

use chrono::NaiveDate;

use super::calendar::Calendar;
use super::plan::route::{Route, RouteKey};

/// What is already known of a step on the route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Which.
    pub key: RouteKey,
    /// Decided on this day.
    pub ended_on: Option<NaiveDate>,
    /// Due on this day (running), if not decided.
    pub due_on: Option<NaiveDate>,
}

/// One step in the forecast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Which.
    pub key: RouteKey,
    /// The earliest day it can be filed or was.
    pub from: NaiveDate,
    /// The earliest day it ends if every bureau uses its whole limit.
    pub to: NaiveDate,
    /// True: on the longest path.
    pub critical: bool,
    /// True: has no limit, so `to` counts no days for it.
    pub untimed: bool,
}

/// A project's forecast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// Every step of the route, in its order.
    pub steps: Vec<Planned>,
    /// The last `to`; `None` for an empty route.
    pub finish: Option<NaiveDate>,
    /// True where some step on the route has no limit: the finish can only be called "not before".
    pub open_ended: bool,
    /// True where `finish` falls in a year without a notice.
    pub provisional: bool,
}

/// Reckons the forecast on `today`.
pub fn forecast(
    _route: &Route<'_>,
    _known: &[Known],
    _today: NaiveDate,
    _calendar: &Calendar,
) -> Forecast {
    todo!()
}
