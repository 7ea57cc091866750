//! Promises as the pages show them.

use chrono::NaiveDate;

use super::super::actor::{Act, permit};
use super::super::card;
use super::super::materials::still_open;
use super::super::model::commitments::{
    CommitmentLine, CommitmentsHere, LetterFor, Standing, StandsFor,
};
use super::super::{Actor, OfficeError};
use crate::statute::plan::{Plan, ProjectFacts, listed_materials};
use crate::store::record::Filing;
use crate::store::{CommitmentRow, Reader};

/// The newest broken promises that stand beside a new one.
const BROKEN: u64 = 20;

/// The promises for the page of `filing`; `None` where its step lets none be made.
///
/// # Errors
/// The store.
pub(in crate::office) async fn commitments_here(
    reader: &Reader,
    actor: &Actor,
    (plan, facts): (&Plan, &ProjectFacts),
    filing: &Filing,
    today: NaiveDate,
) -> Result<Option<CommitmentsHere>, OfficeError> {
    let step = card::step_of(plan, filing)?;
    let letters: Vec<LetterFor> = listed_materials(step, facts)
        .filter_map(|material| {
            Some(LetterFor {
                material: material.id.clone(),
                name: material.name.clone(),
                source: material.letter.clone()?,
            })
        })
        .collect();
    if letters.is_empty() && step.commitment.is_none() {
        return Ok(None);
    }
    let rows = reader.commitments_beside_broken(filing.id, BROKEN).await?;
    let (own, broken) = rows
        .into_iter()
        .map(|row| line(plan, row, today))
        .partition(|line| line.filing == filing.id);
    let bureau = filing.bureau;
    Ok(Some(CommitmentsHere {
        source: step.commitment.clone(),
        letters,
        own,
        broken,
        may_make: permit(actor, Act::Commit).is_ok() && still_open(filing).is_ok(),
        may_settle: permit(actor, Act::Settle { bureau }).is_ok(),
    }))
}

/// The materials for which a letter stands: one whose promise was not broken.
pub(in crate::office) fn standing(here: Option<&CommitmentsHere>) -> Vec<String> {
    let own = here.map_or(&[][..], |here| &here.own);
    own.iter()
        .filter(|line| !matches!(&line.standing, Standing::Settled(found) if !found.kept))
        .filter_map(|line| line.material.as_ref())
        .map(|material| material.id.clone())
        .collect()
}

pub(super) fn line(plan: &Plan, row: CommitmentRow, today: NaiveDate) -> CommitmentLine {
    let step = plan.step(row.step.as_str());
    let promise = row.commitment;
    let named = |id: String| {
        let material = step.and_then(|step| step.materials.iter().find(|m| m.id == id));
        let name = material.map_or_else(|| id.clone(), |material| material.name.clone());
        StandsFor { id, name }
    };
    let left = (promise.due_on - today).num_days();
    let days = |n: i64| u32::try_from(n).unwrap_or_default();
    CommitmentLine {
        id: promise.id,
        filing: promise.filing,
        step_name: step.map_or_else(|| row.step.to_string(), |step| step.name.clone()),
        county: row.county,
        project: row.project,
        project_name: row.project_name,
        material: promise.material.map(named),
        promise: promise.promise,
        made_on: promise.made_on,
        due_on: promise.due_on,
        person_name: promise.person_name,
        at: promise.at,
        standing: match promise.outcome {
            Some(outcome) => Standing::Settled(outcome),
            None if left < 0 => Standing::Overdue(days(-left)),
            None => Standing::Open(days(left)),
        },
    }
}
