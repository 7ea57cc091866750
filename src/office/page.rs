//! The pages of one project and of one step.
//!
//! A page is read in a number of statements that does not grow with the project: the project, its
//! filings, the bureaus, and the ledgers in one (a catalogue version met for the first time costs
//! one more, once). The rest is pure.

mod acts;
mod case;
mod likely;
mod project;
mod step;

#[cfg(test)]
mod read_tests;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::card;
use super::commitments::commitments_here;
use super::coordination::matters_here;
use super::corrections::corrections_here;
use super::delegations::case_officer_here;
use super::fees::fees_here;
use super::model::{ProjectPage, StepPage};
use super::proceedings::{beside, consulted};
use super::supervision::supervision_here;
use super::{Actor, FilingId, Moment, Office, OfficeError, ProjectId};
use crate::statute::calendar::Calendar;
use crate::statute::clock::{self, Event, EventKind, Reading};
use crate::statute::plan::route::route;
use crate::statute::plan::{Plan, ProjectFacts, Step};
use crate::store::record::{Bureau, Entry, Filing, Project, Role};
use crate::store::{BureauId, Document};
use case::Case;
pub(super) use project::damaged;

/// A step with all that its documents are made from.
pub(super) struct StepFacts {
    pub(super) plan: Arc<Plan>,
    pub(super) filing: Filing,
    pub(super) project: Project,
    pub(super) bureau: Bureau,
    pub(super) entries: Vec<Entry>,
    pub(super) documents: Vec<Document>,
}

impl Office {
    /// One project's page.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it.
    pub async fn project_page(
        &self,
        actor: &Actor,
        id: ProjectId,
        at: Moment,
    ) -> Result<ProjectPage, OfficeError> {
        let reader = self.store.reader();
        let missing = || OfficeError::NotFound("project");
        let project = reader.project(id).await?.ok_or_else(missing)?;
        let filings = reader.filings_of_project(id).await?;
        if !sees(actor, &filings) {
            return Err(missing());
        }
        let plan = self.plan_of(&project.plan_hash).await?;
        let ledgers = reader.ledgers_of_project(id).await?;
        let bureaus = self.bureaus_by_id().await?;
        let calendar = self.calendar();
        let case = self.case((&plan, &calendar), &project, &filings, at.today)?;
        let changes = reader.facts_changes(id).await?;
        let handled = reader.handled(&likely::pairs(&filings)).await?;
        let likely = likely::finish(&case, &handled);
        let page = project::page(actor, &case, &ledgers, &bureaus, (changes, likely))?;
        Ok(ProjectPage {
            offences: self.offences_of_project(actor, id).await?,
            matters: matters_here(&reader, actor, id, at).await?,
            ..page
        })
    }

    /// One step's page.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it.
    pub async fn step_page(
        &self,
        actor: &Actor,
        id: FilingId,
        at: Moment,
    ) -> Result<StepPage, OfficeError> {
        let reader = self.store.reader();
        let missing = || OfficeError::NotFound("filing");
        let filing = reader.filing(id).await?.ok_or_else(missing)?;
        let filings = reader.filings_of_project(filing.project).await?;
        let proceedings = reader.proceedings(filing.project).await?;
        if !sees(actor, &filings) && !consulted(actor, &proceedings) {
            return Err(missing());
        }
        let project = reader.project(filing.project).await?.ok_or_else(missing)?;
        let plan = self.plan_of(&project.plan_hash).await?;
        let entries = reader.ledger(id).await?;
        let documents = reader.documents(id).await?;
        let bureaus = self.bureaus_by_id().await?;
        let files = reader.material_files(id).await?;
        let calendar = self.calendar();
        let case = self.case((&plan, &calendar), &project, &filings, at.today)?;
        let hand_in = self.may_hand_in(actor, &filing);
        let case_officer = case_officer_here(&reader, &filing, at.today).await?;
        let fees = fees_here(&reader, actor, &filing).await?;
        let facts = filing.facts(&project.facts);
        let entry = card::step_of(&plan, &filing)?;
        let corrections = corrections_here(&reader, actor, entry, &filing, &entries).await?;
        let law = (&*plan, facts);
        let commitments = commitments_here(&reader, actor, law, &filing, at.today).await?;
        let page = step::page(
            actor,
            &case,
            &filing,
            &entries,
            &bureaus,
            (files, documents),
            commitments,
        )?;
        let step = (&*plan, &page.step, facts);
        let steps = (&filing, &*filings);
        let today = (&*calendar, at);
        let beside = beside(actor, step, steps, &proceedings, today);
        let supervision = supervision_here(&reader, actor, &filing, at, &calendar).await?;
        Ok(StepPage {
            beside,
            supervision,
            hand_in,
            fees,
            corrections,
            case_officer,
            ..page
        })
    }

    /// A step with all that its documents are made from.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it.
    pub(super) async fn step_facts(
        &self,
        actor: &Actor,
        id: FilingId,
    ) -> Result<StepFacts, OfficeError> {
        let reader = self.store.reader();
        let missing = || OfficeError::NotFound("filing");
        let filing = reader.filing(id).await?.ok_or_else(missing)?;
        let filings = reader.filings_of_project(filing.project).await?;
        if !sees(actor, &filings) {
            return Err(missing());
        }
        let project = reader.project(filing.project).await?.ok_or_else(missing)?;
        let bureau = self.bureaus_by_id().await?.remove(&filing.bureau);
        Ok(StepFacts {
            plan: self.plan_of(&project.plan_hash).await?,
            bureau: bureau.ok_or_else(missing)?,
            entries: reader.ledger(id).await?,
            documents: reader.documents(id).await?,
            filing,
            project,
        })
    }

    fn case<'a>(
        &'a self,
        (plan, calendar): (&'a Plan, &'a Calendar),
        project: &'a Project,
        filings: &'a [Filing],
        today: NaiveDate,
    ) -> Result<Case<'a>, OfficeError> {
        let route = route(plan, &project.facts)
            .map_err(|fault| OfficeError::Store(format!("project {}: {fault}", project.id)))?;
        Ok(Case {
            plan,
            project,
            route,
            filings,
            today,
            calendar,
        })
    }

    async fn bureaus_by_id(&self) -> Result<HashMap<BureauId, Bureau>, OfficeError> {
        let bureaus = self.store.reader().bureaus().await?;
        Ok(bureaus.into_iter().map(|b| (b.id, b)).collect())
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

/// Whether the project of `filings` may be seen: officers see those with a step at their bureau,
/// so that they also see what it waits for.
pub(in crate::office) fn sees(actor: &Actor, filings: &[Filing]) -> bool {
    match actor.role {
        Role::Company | Role::GovernmentOffice | Role::DeputyMayor | Role::Administrator => true,
        Role::Officer { bureau } => filings.iter().any(|f| f.bureau == bureau),
    }
}
