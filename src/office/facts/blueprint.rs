//! 第9条: the approved blueprint changes. Where neither the land scale nor the building scale does,
//! only the blueprint is changed; where either does, the permit runs again, tied to the old one.

use super::super::actor::{Act, permit};
use super::super::commitments::words;
use super::super::{Actor, ChangeBlueprint, FilingId, Moment, Office, OfficeError};
use super::runs::stands;
use crate::statute::clock::Status;
use crate::statute::plan::{Plan, ProjectFacts, Step};
use crate::store::record::Filing;

impl Office {
    /// Changes the approved blueprint; the filing by which that is done.
    ///
    /// # Errors
    /// Forbidden, NotFound, Invalid; Rule `blueprint-not-approved`, `run-stands`.
    pub async fn change_blueprint(
        &self,
        actor: &Actor,
        wish: ChangeBlueprint,
        at: Moment,
    ) -> Result<FilingId, OfficeError> {
        let _permit = permit(actor, Act::ChangeFacts)?;
        let why = words("reason", "变更内容", &wish.reason)?;
        let missing = || OfficeError::NotFound("filing");
        let reader = self.store.reader();
        let project = reader
            .filing(wish.filing)
            .await?
            .ok_or_else(missing)?
            .project;
        let tx = self.begin().await?;
        let (project, plan) = self.held(&tx, project).await?;
        let before = tx.filings_of_project(project.id).await?;
        let permit = before
            .iter()
            .find(|filing| filing.id == wish.filing)
            .ok_or_else(missing)?;
        let revision = revision_of(&plan, permit).ok_or_else(|| {
            OfficeError::rule(
                "blueprint-not-approved",
                "只有已批准的规划蓝图才可以变更(方案第9条);请从已获准的规划许可事项进入",
            )
        })?;
        let scale = wish.land || wish.building;
        let current = |id| before.iter().find(|f| f.is_current() && f.step == id);
        if let Some(open) = current(revision.id.clone()).filter(|f| f.turning.decided_on.is_none())
            && (open.seq > 0 || !scale)
        {
            return Err(stands(&revision.name));
        }
        let facts = ProjectFacts {
            changes_blueprint: true,
            changes_land_scale: wish.land,
            changes_building_scale: wish.building,
            ..project.facts.clone()
        };
        if facts != project.facts {
            let reason = format!("规划蓝图变更:{why}");
            let law = (&project, &*plan);
            self.put_facts(&tx, (actor, at), law, &facts, &reason)
                .await?;
        }
        let target = if scale { &permit.step } else { &revision.id };
        let now = tx.filings_of_project(project.id).await?;
        let now = now
            .into_iter()
            .find(|filing| filing.is_current() && filing.step == *target)
            .ok_or_else(missing)?;
        let id = if now.turning.decided_on.is_some() {
            let pairs = self.run_again(&tx, (&plan, &facts), &[now]).await?;
            self.settle(&tx, project.id, &plan, &facts, at).await?;
            pairs.first().map(|(_, new)| *new).ok_or_else(missing)?
        } else {
            now.id
        };
        let subject = format!("filing {}", wish.filing);
        tx.audit(at.now, Some(actor.id), "change-blueprint", &subject, &why)
            .await?;
        tx.commit().await?;
        Ok(id)
    }
}

/// The step by which the blueprint of `permit` is changed, where that permit stands.
pub(in crate::office) fn revision_of<'p>(plan: &'p Plan, permit: &Filing) -> Option<&'p Step> {
    let granted = permit.is_current() && permit.turning.status == Some(Status::Granted);
    let revises = |step: &&Step| step.revises.as_ref() == Some(&permit.step);
    plan.steps.iter().find(revises).filter(|_| granted)
}
