//! The pages of one project and of one step.

mod acts;
mod case;
mod project;
mod step;

use chrono::NaiveDate;

use super::model::{ProjectPage, StepPage};
use super::{Actor, FilingId, Moment, Office, OfficeError, ProjectId};
use crate::statute::calendar::Calendar;
use crate::statute::clock::{self, Event, EventKind, Reading};
use crate::statute::plan::{ProjectFacts, Step};
use crate::store::record::{Filing, Role};

#[expect(
    clippy::unused_async,
    clippy::todo,
    reason = "signatures stand before their bodies"
)]
impl Office {
    /// One project's page.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it.
    pub async fn project_page(
        &self,
        _actor: &Actor,
        _id: ProjectId,
        _at: Moment,
    ) -> Result<ProjectPage, OfficeError> {
        todo!()
    }
    /// One step's page.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it.
    pub async fn step_page(
        &self,
        _actor: &Actor,
        _id: FilingId,
        _at: Moment,
    ) -> Result<StepPage, OfficeError> {
        todo!()
    }
}

/// The due date that stood when the present suspension began, or that a withdrawal out of a
/// suspension left behind: the reading has none then.
pub(super) fn due_before_pause(
    step: &Step,
    facts: &ProjectFacts,
    events: &[Event],
    reading: &Reading,
    calendar: &Calendar,
) -> Option<NaiveDate> {
    if reading.due_on.is_some() {
        return None;
    }
    let at = events
        .iter()
        .rposition(|e| matches!(e.kind, EventKind::Suspended { .. } | EventKind::Resumed))?;
    let (before, after) = events.split_at_checked(at)?;
    let suspended = after.first().filter(|e| e.kind != EventKind::Resumed)?;
    let reading = clock::read(step, facts, before, suspended.on, calendar).ok()?;
    reading.due_on
}

fn may(actor: &Actor, kind: &EventKind, filing: &Filing) -> bool {
    let _ = kind;
    sees(actor, std::slice::from_ref(filing))
}

/// Whether the project of `filings` may be seen: officers see those with a step at their bureau,
/// so that they also see what it waits for.
fn sees(actor: &Actor, filings: &[Filing]) -> bool {
    match actor.role {
        Role::Company | Role::GovernmentOffice | Role::Administrator => true,
        Role::Officer { bureau } => filings.iter().any(|f| f.bureau == bureau),
    }
}

#[cfg(test)]
mod tests;
