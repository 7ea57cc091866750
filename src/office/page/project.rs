//! The page of one project, assembled from what was read. Pure.

use std::collections::{BTreeMap, HashMap};

use super::super::actor::Actor;
use super::super::model::facts::FactsChanged;
use super::super::model::offences::OffencesHere;
use super::super::model::project::LikelyFinish;
use super::super::model::{OtherFiling, ProjectCard, ProjectPage, RouteLine};
use super::super::{OfficeError, card, lines, timeline};
use super::case::Case;
use super::due_before_pause;
use crate::statute::clock::{self, Event, Lamp, Reading, Status};
use crate::statute::forecast::{Forecast, forecast};
use crate::statute::plan::Step;
use crate::store::record::{Bureau, Entry, Filing, Role, standing_events};
use crate::store::{BureauId, FactsChange, FilingId};

/// Characters of a catalogue's hash that a reader is shown.
const HASH_SHOWN: usize = 12;

/// Assembles the page.
///
/// # Errors
/// A stored ledger that the clock refuses, or a filing without a bureau: the store is damaged.
pub(super) fn page(
    actor: &Actor,
    case: &Case<'_>,
    ledgers: &BTreeMap<FilingId, Vec<Entry>>,
    bureaus: &HashMap<BureauId, Bureau>,
    (changes, likely): (Vec<FactsChange>, Option<LikelyFinish>),
) -> Result<ProjectPage, OfficeError> {
    let forecast = forecast(&case.route, &case.known(), case.today, case.calendar);
    let mut lines = Vec::with_capacity(case.route.steps.len());
    let mut told = Vec::with_capacity(case.filings.len());
    for step in &case.route.steps {
        let Some(filing) = case.filing(&step.key) else {
            continue;
        };
        let bureau = bureaus.get(&filing.bureau).ok_or_else(|| {
            OfficeError::Store(format!("filing {} names no stored bureau", filing.id))
        })?;
        let entries = ledgers.get(&filing.id).map_or(&[][..], Vec::as_slice);
        told.push(Told::read(case, filing, step.step, entries)?);
        lines.push(RouteLine {
            card: Some(card::card(
                filing.clone(),
                case.project.name.clone(),
                bureau.name.clone(),
                step.step,
                case.today,
                case.calendar,
            )),
            fileable: filing.ready,
            ..lines::line(&case.route, step, &forecast, bureau.name.clone())
        });
    }
    let strands: Vec<timeline::Strand<'_>> = told
        .iter()
        .zip(&lines)
        .map(|(told, line)| told.strand(&forecast, &line.bureau_name))
        .collect();
    let timeline = timeline::draw(
        &strands,
        case.project.created_on,
        case.today,
        (forecast.finish, likely.as_ref().map(|l| (l.early, l.late))),
        case.calendar,
    );
    let may_file = actor.role == Role::Company;
    Ok(ProjectPage {
        card: card_of(case),
        facts: case.project.facts.clone(),
        plan_version: case.plan.version.clone(),
        plan_hash: case.plan.hash.chars().take(HASH_SHOWN).collect(),
        exempt: lines::skipped(&case.route.exempt),
        not_needed: lines::skipped(&case.route.not_needed),
        others: others(case, bureaus)?,
        changes: changes.into_iter().rev().map(changed).collect(),
        offences: OffencesHere::default(),
        // Read beside the page; they have no part in the route.
        matters: Default::default(),
        joint: case.joint_filing().filter(|_| may_file),
        may_file,
        lines,
        forecast,
        likely,
        timeline,
    })
}

fn changed(change: FactsChange) -> FactsChanged {
    FactsChanged {
        before: change.before,
        after: change.after,
        reason: change.reason,
        on: change.on,
        person_name: change.person_name,
    }
}

/// What has a ledger and is not on the route.
fn others(
    case: &Case<'_>,
    bureaus: &HashMap<BureauId, Bureau>,
) -> Result<Vec<OtherFiling>, OfficeError> {
    let aside = |f: &&Filing| f.seq > 0 && !case.goes_by(f);
    let other = |filing: &Filing| {
        let step = card::step_of(case.plan, filing)?;
        let bureau = bureaus.get(&filing.bureau).map(|b| b.name.clone());
        let name = case.project.name.clone();
        Ok(OtherFiling {
            run: filing.run,
            superseded: !filing.is_current(),
            card: card::card(
                filing.clone(),
                name,
                bureau.unwrap_or_default(),
                step,
                case.today,
                case.calendar,
            ),
        })
    };
    case.filings.iter().filter(aside).map(other).collect()
}

/// The project in a list's terms.
fn card_of(case: &Case<'_>) -> ProjectCard {
    let glances = || {
        case.filings
            .iter()
            .filter(|f| f.is_current())
            .map(|f| f.turning.glance(case.today, case.calendar))
    };
    let count = |which: &dyn Fn(Status, Lamp) -> bool| {
        let n = glances().filter(|g| which(g.status, g.lamp)).count();
        u32::try_from(n).unwrap_or(u32::MAX)
    };
    let project = case.project;
    ProjectCard {
        id: project.id,
        name: project.name.clone(),
        code: project.code.clone(),
        volts: project.facts.voltage.0,
        counties: project.facts.counties.clone(),
        created_on: project.created_on,
        steps: count(&|_, _| true),
        decided: count(&|status, _| status.is_decided()),
        overdue: count(&|_, lamp| lamp == Lamp::Red),
        near_due: count(&|_, lamp| lamp == Lamp::Yellow),
        suspended: count(&|status, _| status == Status::Suspended),
    }
}

/// A filing with its ledger read.
struct Told<'a> {
    filing: &'a Filing,
    label: String,
    key: &'a crate::statute::plan::route::RouteKey,
    events: Vec<Event>,
    reading: Reading,
    due_before_pause: Option<chrono::NaiveDate>,
}

impl<'a> Told<'a> {
    fn read(
        case: &'a Case<'_>,
        filing: &'a Filing,
        step: &Step,
        entries: &[Entry],
    ) -> Result<Told<'a>, OfficeError> {
        let events = standing_events(entries);
        let facts = filing.facts(&case.project.facts);
        let reading = clock::read(step, facts, &events, case.today, case.calendar)
            .map_err(|refusal| damaged(filing.id, &refusal))?;
        let due_before_pause = due_before_pause(step, facts, &events, &reading, case.calendar);
        let key = case.route_step(filing).map(|s| &s.key).ok_or_else(|| {
            OfficeError::Store(format!("filing {} is not on its route", filing.id))
        })?;
        Ok(Told {
            filing,
            label: lines::with_county(&step.short_name, filing.county),
            key,
            events,
            reading,
            due_before_pause,
        })
    }

    fn strand<'s>(&'s self, forecast: &'s Forecast, bureau_name: &'s str) -> timeline::Strand<'s> {
        timeline::Strand {
            filing: self.filing.id,
            label: self.label.clone(),
            bureau_name,
            events: &self.events,
            reading: &self.reading,
            turning: &self.filing.turning,
            due_before_pause: self.due_before_pause,
            planned: lines::planned(forecast, self.key),
        }
    }
}

/// A stored ledger that the clock refuses: nothing a user did wrong.
pub(in crate::office) fn damaged(filing: FilingId, refusal: &clock::Refusal) -> OfficeError {
    OfficeError::Store(format!("ledger of filing {filing}: {refusal}"))
}
