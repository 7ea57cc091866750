//! When a project can be finished: the longest path by limits.
//!
//! # Basis
//! Every bureau is taken to use its whole limit, every step to be filed and accepted on the first
//! day it can be, and a land announcement to run its least thirty days from the filing. A step
//! without a limit counts no days and makes the forecast open-ended: it can only be called "not
//! before".

mod likely;

pub use likely::{Likely, Push, Took, likely};

use chrono::{Days, NaiveDate};

use super::calendar::Calendar;
use super::plan::Starter;
use super::plan::route::{Route, RouteKey, RouteStep};

/// The least days of a land announcement (土地管理法 第47条).
const ANNOUNCEMENT: Days = Days::new(30);

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
    /// True where some undecided step on the route has no limit: the finish can only be called
    /// "not before".
    pub open_ended: bool,
    /// True where `finish` falls in a year without a notice.
    pub provisional: bool,
}

/// Reckons the forecast on `today`.
pub fn forecast(
    route: &Route<'_>,
    known: &[Known],
    today: NaiveDate,
    calendar: &Calendar,
) -> Forecast {
    let count = route.steps.len();
    let mut spans: Vec<Option<(NaiveDate, NaiveDate)>> = vec![None; count];
    // A step is reckoned once all ahead of it are; each round settles at least one, because a
    // catalogue with a circle does not load.
    for _ in 0..count {
        for (at, step) in route.steps.iter().enumerate() {
            if spans.get(at).is_some_and(Option::is_some) {
                continue;
            }
            let ends = |keys: &[RouteKey]| -> Option<NaiveDate> {
                let mut latest = today;
                for key in keys {
                    let ahead = position(route, key)?;
                    latest = latest.max(spans.get(ahead).copied().flatten()?.1);
                }
                Some(latest)
            };
            let (Some(from), Some(opinions)) = (ends(&step.waits_for), ends(&feeders(route, step)))
            else {
                continue;
            };
            let what = known.iter().find(|known| known.key == step.key);
            let span = span_of(step, what, from, opinions, today, calendar);
            if let Some(slot) = spans.get_mut(at) {
                *slot = Some(span);
            }
        }
    }
    let spans: Vec<(NaiveDate, NaiveDate)> = spans
        .into_iter()
        .map(|span| span.unwrap_or((today, today)))
        .collect();
    let critical = longest(route, &spans);
    let finish = spans.iter().map(|(_, to)| *to).max();
    let decided = |key: &RouteKey| known.iter().any(|k| k.key == *key && k.ended_on.is_some());
    let steps: Vec<Planned> = route
        .steps
        .iter()
        .zip(&spans)
        .zip(&critical)
        .map(|((step, (from, to)), critical)| Planned {
            key: step.key.clone(),
            from: *from,
            to: *to,
            critical: *critical,
            untimed: step.untimed,
        })
        .collect();
    Forecast {
        open_ended: steps.iter().any(|step| step.untimed && !decided(&step.key)),
        steps,
        finish,
        provisional: finish.is_some_and(|finish| calendar.is_provisional(finish)),
    }
}

/// The finish if every step of the route were handled after the one before it, from `today`.
pub fn one_after_another(
    route: &Route<'_>,
    today: NaiveDate,
    calendar: &Calendar,
) -> Option<NaiveDate> {
    (!route.steps.is_empty()).then(|| {
        route.steps.iter().fold(today, |from, step| {
            span_of(step, None, from, from, from, calendar).1
        })
    })
}

fn position(route: &Route<'_>, key: &RouteKey) -> Option<usize> {
    route.steps.iter().position(|step| step.key == *key)
}

/// The steps whose opinion starts this one's clock (第1条).
fn feeders(route: &Route<'_>, step: &RouteStep<'_>) -> Vec<RouteKey> {
    if !step.step.starts.contains(&Starter::CountyOpinionReceived) {
        return Vec::new();
    }
    route
        .steps
        .iter()
        .filter(|other| other.step.opinion_to.as_ref() == Some(&step.key.step))
        .map(|other| other.key.clone())
        .collect()
}

fn span_of(
    step: &RouteStep<'_>,
    known: Option<&Known>,
    from: NaiveDate,
    opinions: NaiveDate,
    today: NaiveDate,
    calendar: &Calendar,
) -> (NaiveDate, NaiveDate) {
    if let Some(ended) = known.and_then(|known| known.ended_on) {
        return (ended, ended);
    }
    if let Some(due) = known.and_then(|known| known.due_on) {
        return (today, due.max(today));
    }
    let mut start = from.max(opinions);
    if step.step.starts.contains(&Starter::AnnouncementExpired) {
        let ends = start
            .checked_add_days(ANNOUNCEMENT)
            .unwrap_or(NaiveDate::MAX);
        start = calendar.roll_forward(ends);
    }
    let limit = step.step.limit().filter(|_| !step.untimed);
    (
        from,
        limit.map_or(start, |limit| calendar.add_working_days(start, limit.days)),
    )
}

/// Which steps lie on the longest path: those that end last, and what each of them waited for.
fn longest(route: &Route<'_>, spans: &[(NaiveDate, NaiveDate)]) -> Vec<bool> {
    let finish = spans.iter().map(|(_, to)| *to).max();
    let mut critical: Vec<bool> = spans.iter().map(|(_, to)| Some(*to) == finish).collect();
    for _ in 0..critical.len() {
        for (at, step) in route.steps.iter().enumerate() {
            if critical.get(at) != Some(&true) {
                continue;
            }
            let feeders = feeders(route, step);
            let ahead: Vec<usize> = step
                .waits_for
                .iter()
                .chain(&feeders)
                .filter_map(|key| position(route, key))
                .collect();
            let latest = ahead
                .iter()
                .filter_map(|at| spans.get(*at))
                .map(|(_, to)| *to)
                .max();
            let from = spans.get(at).map(|(from, _)| *from);
            for other in ahead {
                let end = spans.get(other).map(|(_, to)| *to);
                // An end before the step's own first day held nothing up.
                if end == latest
                    && end >= from
                    && let Some(slot) = critical.get_mut(other)
                {
                    *slot = true;
                }
            }
        }
    }
    critical
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::calendar::date;
    use crate::statute::division::County;
    use crate::statute::plan::facts::Volts;
    use crate::statute::plan::route::route;
    use crate::statute::plan::{Plan, ProjectFacts};

    fn two_counties() -> ProjectFacts {
        ProjectFacts {
            voltage: Volts(220_000),
            counties: vec![County::Mingshan, County::Xihu],
            new_land: true,
            ..ProjectFacts::default()
        }
    }

    fn of(forecast: &Forecast, step: &str) -> Planned {
        forecast
            .steps
            .iter()
            .find(|s| s.key.step.as_str() == step)
            .expect(step)
            .clone()
    }

    /// 2026-03-02 is a Monday. County review: 20 working days to 03-30 by the calendar; then the
    /// city's 7 to 04-09 (Tomb Sweeping 04-04 to 04-06); the announcement's 30 days to 05-09, a
    /// make-up Saturday; the dossier's 30 working days to 06-22 (Dragon Boat 06-19 to 06-21).
    #[test]
    fn the_longest_path_goes_over_the_county_the_city_and_the_dossier() {
        let facts = two_counties();
        let route = route(Plan::built_in(), &facts).expect("a route");
        let calendar = Calendar::official();
        let forecast = forecast(&route, &[], date(2026, 3, 2), calendar);
        assert_eq!(of(&forecast, "county-initial-review").to, date(2026, 3, 30));
        assert_eq!(of(&forecast, "land-pre-review").to, date(2026, 4, 9));
        assert_eq!(of(&forecast, "land-dossier").from, date(2026, 4, 9));
        assert_eq!(of(&forecast, "land-dossier").to, date(2026, 6, 22));
        assert_eq!(forecast.finish, Some(date(2026, 6, 22)));
        for step in ["county-initial-review", "land-pre-review", "land-dossier"] {
            assert!(of(&forecast, step).critical, "{step}");
        }
        assert!(!of(&forecast, "site-selection").critical);
        assert!(!forecast.open_ended && !forecast.provisional);
        let serial = one_after_another(&route, date(2026, 3, 2), calendar).expect("steps");
        assert!(serial > date(2026, 6, 22), "{serial}");
    }

    #[test]
    fn what_is_known_replaces_what_is_reckoned() {
        let facts = two_counties();
        let route = route(Plan::built_in(), &facts).expect("a route");
        let known: Vec<Known> = route
            .steps
            .iter()
            .filter(|step| step.key.step.as_str() != "land-dossier")
            .map(|step| Known {
                key: step.key.clone(),
                ended_on: Some(date(2026, 3, 2)),
                due_on: None,
            })
            .collect();
        let forecast = forecast(&route, &known, date(2026, 3, 2), Calendar::official());
        assert_eq!(of(&forecast, "land-dossier").from, date(2026, 3, 2));
    }

    #[test]
    fn a_step_without_a_limit_leaves_the_end_open() {
        let facts = ProjectFacts {
            forest_land: true,
            green_hills: true,
            ..two_counties()
        };
        let route = route(Plan::built_in(), &facts).expect("a route");
        assert!(forecast(&route, &[], date(2026, 3, 2), Calendar::official()).open_ended);
    }
}
