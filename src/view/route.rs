//! A route: its steps with limits and forecast, what is exempt, what is not called for.

use chrono::NaiveDate;
use serde::Serialize;

use super::card::Card;
use super::date::Day;
use crate::office::model::{RouteLine, RoutePreview, SkippedStep};
use crate::statute::calendar::Calendar;
use crate::statute::division::County;
use crate::statute::forecast::Forecast;

/// One step of a route.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    card: Option<Card>,
    name: String,
    clause: u32,
    county: Option<&'static str>,
    bureau: String,
    plan_days: Option<u32>,
    law_days: Option<u32>,
    source: Option<String>,
    waits_for: Vec<String>,
    fileable: bool,
    from: Option<Day>,
    to: Option<Day>,
    critical: bool,
    untimed: bool,
    /// True: nothing is foreseen of it any more.
    decided: bool,
}

/// A step that need not be done.
#[derive(Debug, Serialize)]
pub(super) struct Skipped {
    name: String,
    clause: u32,
    reason: String,
    source: Option<String>,
}

/// When a route can be finished.
#[derive(Debug, Serialize)]
pub(super) struct Finish {
    on: Option<Day>,
    open_ended: bool,
    provisional: bool,
}

/// The preview of a route.
#[derive(Debug, Serialize)]
pub(super) struct Preview {
    lines: Vec<Line>,
    exempt: Vec<Skipped>,
    not_needed: Vec<Skipped>,
    finish: Finish,
    one_after_another: Option<Day>,
}

pub(super) fn lines(lines: &[RouteLine], today: NaiveDate, calendar: &Calendar) -> Vec<Line> {
    let reckoned = |day| Day::reckoned(day, calendar);
    lines
        .iter()
        .map(|line| Line {
            card: line.card.as_ref().map(|card| Card::of(card, today)),
            name: line.name.clone(),
            clause: line.clause,
            county: line.county.map(County::name),
            bureau: line.bureau_name.clone(),
            plan_days: line.plan_days,
            law_days: line.law_days,
            source: line.limit_source.clone(),
            waits_for: line.waits_for.clone(),
            fileable: line.fileable,
            from: line.from.map(reckoned),
            to: line.to.map(reckoned),
            critical: line.critical,
            untimed: line.untimed,
            decided: line
                .card
                .as_ref()
                .is_some_and(|card| card.glance.status.is_decided()),
        })
        .collect()
}

pub(super) fn skipped(steps: &[SkippedStep]) -> Vec<Skipped> {
    steps
        .iter()
        .map(|step| Skipped {
            name: step.name.clone(),
            clause: step.clause,
            reason: step.reason.clone(),
            source: step.source.clone(),
        })
        .collect()
}

pub(super) fn finish(forecast: &Forecast) -> Finish {
    Finish {
        on: forecast.finish.map(Day::of),
        open_ended: forecast.open_ended,
        provisional: forecast.provisional,
    }
}

/// A preview has no filings, so no lamp depends on the day.
pub(super) fn preview(route: &RoutePreview, calendar: &Calendar) -> Preview {
    Preview {
        lines: lines(&route.lines, NaiveDate::default(), calendar),
        exempt: skipped(&route.exempt),
        not_needed: skipped(&route.not_needed),
        finish: finish(&route.forecast),
        one_after_another: route
            .one_after_another
            .map(|day| Day::reckoned(day, calendar)),
    }
}
