//! The likely finish of a project, from what steps of its kind really took. Pure.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::lines::with_county;
use super::super::model::project::LikelyFinish;
use super::case::Case;
use crate::statute::clock::Status;
use crate::statute::forecast::{Took, likely};
use crate::statute::plan::route::RouteKey;
use crate::statute::plan::{Starter, Step, StepId};
use crate::store::record::Filing;
use crate::store::{BureauId, Handled};

/// The steps at the bureaus whose past the page needs.
pub(super) fn pairs(filings: &[Filing]) -> Vec<(BureauId, StepId)> {
    let mut pairs: Vec<(BureauId, StepId)> = filings
        .iter()
        .filter(|filing| filing.is_current() && filing.turning.decided_on.is_none())
        .map(|filing| (filing.bureau, filing.step.clone()))
        .collect();
    pairs.sort();
    pairs.dedup();
    pairs
}

/// The likely finish; the project's own row is the seed, so that a page read twice says the same.
pub(super) fn finish(
    case: &Case<'_>,
    handled: &BTreeMap<(BureauId, StepId), Vec<Handled>>,
) -> Option<LikelyFinish> {
    let took: Vec<Took> = case
        .route
        .steps
        .iter()
        .filter_map(|step| {
            let filing = case.filing(&step.key)?;
            let past = handled.get(&(filing.bureau, filing.step.clone()));
            let days = past.map_or(&[][..], Vec::as_slice).iter();
            let days = days.filter_map(|one| {
                let from = begun(step.step, Some(one.submitted_on), one.starts_on)?;
                let days = case.calendar.working_days_between(from, one.decided_on);
                u32::try_from(days).ok()
            });
            Some(Took {
                key: step.key.clone(),
                days: days.collect(),
                begun_on: under_way(filing, step.step, case.today),
            })
        })
        .collect();
    let seed = u64::try_from(case.project.id.0).unwrap_or_default();
    let known = case.known();
    let found = likely(&case.route, &known, &took, case.today, case.calendar, seed)?;
    let name = |key: &RouteKey| {
        let step = case.plan.step(key.step.as_str());
        let name = step.map_or(key.step.as_str(), |step| &step.name);
        with_county(name, key.county)
    };
    Some(LikelyFinish {
        early: found.early,
        middle: found.middle,
        late: found.late,
        push: found.push.map(|push| (name(&push.key), push.gains)),
        by_limit: found.by_limit.iter().map(name).collect(),
        beyond: found.beyond.iter().map(name).collect(),
        drawn_from: found.drawn_from,
        provisional: found.provisional,
    })
}

/// The day from which a step's days are counted: what it waits for after its submission (a county's
/// opinion, an announcement) is a step or a period of its own in the forecast.
fn begun(
    step: &Step,
    submitted_on: Option<NaiveDate>,
    starts_on: Option<NaiveDate>,
) -> Option<NaiveDate> {
    let alone = step.starts.iter().all(|s| *s == Starter::Accepted);
    if alone { submitted_on } else { starts_on }
}

fn under_way(filing: &Filing, step: &Step, today: NaiveDate) -> Option<NaiveDate> {
    let status = filing.turning.status.unwrap_or(Status::Draft);
    if status == Status::Draft || status.is_decided() {
        return None;
    }
    let from = begun(step, filing.submitted_on, filing.turning.starts_on)?;
    (from <= today).then_some(from)
}
