//! The page of one step, assembled from what was read. Pure.

use std::collections::HashMap;

use super::super::actor::{self, Act, Actor};
use super::super::commitments::standing;
use super::super::delegations::signed;
use super::super::facts::{may_run_again, revision_of};
use super::super::model::corrections::CorrectionsHere;
use super::super::model::proceedings::Beside;
use super::super::model::{CommitmentsHere, FeesHere, LedgerLine, RunsHere, StepPage};
use super::super::{OfficeError, card, materials, paper};
use super::acts;
use super::case::Case;
use super::project::damaged;
use crate::statute::clock::{self, Event, EventKind, Status};
use crate::statute::division::County;
use crate::statute::late::late;
use crate::store::record::{Bureau, Entry, Filing, Standing, standing_events};
use crate::store::{BureauId, Document, MaterialFile};

/// Characters of an entry's hash that a reader is shown.
const HASH_SHOWN: usize = 8;

/// Assembles the page of `filing`.
///
/// # Errors
/// A stored ledger that the clock refuses: the store is damaged.
pub(super) fn page(
    actor: &Actor,
    case: &Case<'_>,
    filing: &Filing,
    entries: &[Entry],
    bureaus: &HashMap<BureauId, Bureau>,
    (files, documents): (Vec<MaterialFile>, Vec<Document>),
    commitments: Option<CommitmentsHere>,
) -> Result<StepPage, OfficeError> {
    let step = card::step_of(case.plan, filing)?;
    let bureau = bureaus.get(&filing.bureau).ok_or_else(|| {
        OfficeError::Store(format!("filing {} names no stored bureau", filing.id))
    })?;
    let facts = filing.facts(&case.project.facts);
    let events = standing_events(entries);
    let reading = clock::read(step, facts, &events, case.today, case.calendar)
        .map_err(|refusal| damaged(filing.id, &refusal))?;

    let waits_for = case.waits_for(filing);
    let joint = case.joint_with(filing);
    let jointly = case
        .joint_filing()
        .is_some_and(|j| j.filings.iter().any(|(id, _)| *id == filing.id));
    let kinds = clock::open_acts(step, facts, &events, case.today, case.calendar)
        .into_iter()
        .filter(|kind| actor::may(actor, kind, filing))
        .filter(|kind| *kind != EventKind::Submitted || (waits_for.is_empty() && !jointly))
        .filter(|kind| *kind != EventKind::Submitted || case.goes_by(filing))
        .collect();
    let named =
        |filings: &[&Filing]| -> Vec<_> { filings.iter().map(|f| (f.id, case.name(f))).collect() };
    let letters = standing(commitments.as_ref());
    Ok(StepPage {
        card: card::card(
            filing.clone(),
            case.project.name.clone(),
            bureau.name.clone(),
            step,
            case.today,
            case.calendar,
        ),
        facts: facts.clone(),
        acts: acts::forms(step, reading.status, kinds),
        waits_for: named(&waits_for),
        joint: named(&joint),
        materials: materials::lines(step, facts, files, &letters),
        fees: FeesHere::default(),
        case_officer: None,
        commitments,
        hand_in: None,
        beside: Beside::default(),
        corrections: CorrectionsHere::default(),
        supervision: None,
        runs: runs(actor, case, filing),
        opinions_missing: opinions_missing(case, filing, &events, reading.status),
        papers: paper::lines(actor, step, bureau, documents, entries, case.calendar),
        ledger: ledger(entries),
        seq: filing.seq,
        step: step.clone(),
        reading,
    })
}

/// The runs of the step that `filing` is one of.
fn runs(actor: &Actor, case: &Case<'_>, filing: &Filing) -> RunsHere {
    let may = actor::permit(actor, Act::ChangeFacts).is_ok();
    let needed = filing.standing == Standing::Superseded || case.route_step(filing).is_some();
    let joint = case.joint_with(filing);
    let ended = joint.iter().all(|other| case.status(other).is_decided());
    let revision = revision_of(case.plan, filing).filter(|_| may);
    let next = |other: &&Filing| other.succeeds == Some(filing.id);
    RunsHere {
        run: filing.run,
        before: filing.succeeds,
        after: case.filings.iter().find(next).map(|f| f.id),
        needed,
        may_run_again: may && needed && ended && may_run_again(filing),
        revision: revision.map(|step| step.name.clone()),
    }
}

/// The counties whose decision the step's clock still waits for.
fn opinions_missing(
    case: &Case<'_>,
    filing: &Filing,
    events: &[Event],
    status: Status,
) -> Vec<County> {
    let received = events
        .iter()
        .any(|e| e.kind == EventKind::CountyOpinionReceived);
    if received || status.is_decided() {
        return Vec::new();
    }
    let feeds = |other: &Filing| {
        let step = case.plan.step(other.step.as_str());
        step.is_some_and(|step| step.opinion_to.as_ref() == Some(&filing.step))
    };
    case.filings
        .iter()
        .filter(|other| case.goes_by(other) && feeds(other))
        .filter(|other| !matches!(case.status(other), Status::Granted | Status::Denied))
        .filter_map(|other| other.county)
        .collect()
}

fn ledger(entries: &[Entry]) -> Vec<LedgerLine> {
    let corrected = |seq: u32| {
        let names = |entry: &&Entry| entry.details.corrects.is_some_and(|c| c.entry == seq);
        entries.iter().rfind(names).map(|entry| entry.seq)
    };
    entries
        .iter()
        .map(|entry| ledger_line(entry, corrected(entry.seq)))
        .collect()
}

fn ledger_line(entry: &Entry, corrected_by: Option<u32>) -> LedgerLine {
    LedgerLine {
        corrected_by,
        seq: entry.seq,
        on: entry.event.on,
        kind: entry.event.kind.clone(),
        note: entry.note.clone(),
        details: entry.details.clone(),
        actor_name: signed(&entry.actor_name, entry.details.stands_in_for.as_deref()),
        recorded_at: entry.recorded_at,
        automatic: entry.actor.is_none(),
        backdated: late(entry.event.on, entry.recorded_at, entry.actor.is_some()).is_some(),
        hash: entry.hash.chars().take(HASH_SHOWN).collect(),
    }
}
