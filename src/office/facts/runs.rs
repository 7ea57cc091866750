//! A step runs again: after a refusal or a withdrawal, or because the blueprint has changed.

use super::super::actor::{Act, permit};
use super::super::{Actor, FilingId, Moment, Office, OfficeError};
use crate::statute::clock::Status;
use crate::statute::plan::{Plan, ProjectFacts};
use crate::store::record::{Filing, Standing};
use crate::store::{NewFilingRow, Tx};

impl Office {
    /// Begins another run of a step that was refused or withdrawn; of a joint action, all of it
    /// (第1条). The new run's filing.
    ///
    /// # Errors
    /// Forbidden, NotFound; Rule `run-stands` where a run still goes on or was granted.
    pub async fn file_again(
        &self,
        actor: &Actor,
        id: FilingId,
        at: Moment,
    ) -> Result<FilingId, OfficeError> {
        let _permit = permit(actor, Act::ChangeFacts)?;
        let missing = || OfficeError::NotFound("filing");
        let reader = self.store.reader();
        let filing = reader.filing(id).await?.ok_or_else(missing)?;
        let tx = self.begin().await?;
        let (project, plan) = self.held(&tx, filing.project).await?;
        let desk = self
            .locked_desk(&tx, project.id, &plan, &project.facts)
            .await?;
        let group = desk.again(id)?;
        let rows: Vec<Filing> = group.into_iter().cloned().collect();
        let made = self.run_again(&tx, (&plan, &project.facts), &rows).await?;
        let new = made
            .iter()
            .find(|(old, _)| *old == id)
            .map(|(_, new)| *new)
            .ok_or_else(missing)?;
        self.settle(&tx, project.id, &plan, &project.facts, at)
            .await?;
        let subject = format!("filing {id}");
        tx.audit(
            at.now,
            Some(actor.id),
            "file-again",
            &subject,
            &new.to_string(),
        )
        .await?;
        tx.commit().await?;
        Ok(new)
    }

    /// Puts a new run in the place of each of `old`; pairs of old and new.
    pub(super) async fn run_again(
        &self,
        tx: &Tx,
        (plan, facts): (&Plan, &ProjectFacts),
        old: &[Filing],
    ) -> Result<Vec<(FilingId, FilingId)>, OfficeError> {
        let past: Vec<Filing> = old
            .iter()
            .map(|filing| Filing {
                standing: Standing::Superseded,
                ready: false,
                ..filing.clone()
            })
            .collect();
        tx.project_anew(&past).await?;
        let rows: Vec<NewFilingRow> = old
            .iter()
            .map(|filing| NewFilingRow {
                project: filing.project,
                step: filing.step.clone(),
                county: filing.county,
                bureau: filing.bureau,
                ready: false,
                untimed: plan
                    .step(filing.step.as_str())
                    .is_none_or(|step| step.is_untimed(facts)),
                run: filing.run + 1,
                succeeds: Some(filing.id),
            })
            .collect();
        let made = tx.insert_filings(&rows).await?;
        Ok(old.iter().map(|filing| filing.id).zip(made).collect())
    }
}

/// Whether a run has ended so that another may begin.
pub(in crate::office) fn may_run_again(filing: &Filing) -> bool {
    filing.is_current()
        && matches!(
            filing.turning.status,
            Some(Status::Denied | Status::Rejected | Status::Withdrawn)
        )
}

/// Refuses a second run beside one that stands.
pub(in crate::office) fn stands(name: &str) -> OfficeError {
    OfficeError::rule(
        "run-stands",
        format!("“{name}”正在办理或者已获准,不能重新申请;请在原事项上办理"),
    )
}
