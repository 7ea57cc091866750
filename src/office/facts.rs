//! A project's facts change: what moves is shown before it is saved, and what was decided stays.
//!
//! # Why
//! Every limit rests on the facts. A change refolds each running ledger under the new ones; a
//! decided step keeps the facts that it was decided under, so nobody's decision becomes late, or
//! in time, afterwards.

mod blueprint;
mod change;
mod runs;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::actor::{Act, permit};
use super::commitments::words;
use super::model::facts::{FactsPage, FactsPreview};
use super::project::filings;
use super::record::Ledgers;
use super::{Actor, ChangeFacts, FilingId, Moment, Office, OfficeError, ProjectId};
use crate::statute::clock::Event;
use crate::statute::plan::{Plan, ProjectFacts};
use crate::store::record::{Filing, Project, standing_events};
use crate::store::{FactsChange, Tx};
pub(super) use blueprint::revision_of;
use change::{Before, Change};
pub(super) use runs::{may_run_again, stands};

/// Characters of a digest that a form carries.
const WORD: usize = 16;

impl Office {
    /// The page on which a project's facts are changed; with typed facts, what they would do.
    ///
    /// # Errors
    /// Forbidden, NotFound, Facts, Rule.
    pub async fn facts_page(
        &self,
        actor: &Actor,
        id: ProjectId,
        typed: Option<&ProjectFacts>,
    ) -> Result<FactsPage, OfficeError> {
        let _permit = permit(actor, Act::ChangeFacts)?;
        let reader = self.store.reader();
        let missing = || OfficeError::NotFound("project");
        let project = reader.project(id).await?.ok_or_else(missing)?;
        let mut page = FactsPage {
            seen: word(&project.facts, None),
            name: project.name,
            facts: project.facts,
            preview: None,
            previewed: None,
        };
        let Some(typed) = typed else {
            return Ok(page);
        };
        let plan = self.plan_of(&project.plan_hash).await?;
        let calendar = self.calendar();
        let filings = reader.filings_of_project(id).await?;
        let ledgers = reader.ledgers_of_project(id).await?;
        let ledgers = events(ledgers);
        let before = Before {
            plan: &plan,
            facts: &page.facts,
            filings: &filings,
            ledgers: &ledgers,
            calendar: &calendar,
        };
        let typed = sorted(typed);
        let told = before.change(&typed)?.told;
        page.previewed = Some(word(&typed, Some(&told)));
        page.preview = Some(told);
        Ok(page)
    }

    /// Changes a project's facts.
    ///
    /// # Errors
    /// Forbidden, NotFound, Facts, Invalid; Rule `facts-unchanged`, `facts-moved` (somebody changed
    /// them meanwhile), `facts-not-previewed` (what moves was not shown, or is not what was shown),
    /// `facts-against-ledger`. Then nothing was written.
    pub async fn change_facts(
        &self,
        actor: &Actor,
        wish: ChangeFacts,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let _permit = permit(actor, Act::ChangeFacts)?;
        let reason = words("reason", "变更原因", &wish.reason)?;
        let after = sorted(&wish.facts);
        let tx = self.begin().await?;
        let (project, plan) = self.held(&tx, wish.project).await?;
        if word(&project.facts, None) != wish.seen {
            return Err(OfficeError::rule(
                "facts-moved",
                "项目情况刚被他人变更;请核对最新情况后重新填写",
            ));
        }
        if after == project.facts {
            return Err(OfficeError::rule(
                "facts-unchanged",
                "没有变更任何一项情况;无须保存",
            ));
        }
        let made = self
            .put_facts(&tx, (actor, at), (&project, &plan), &after, &reason)
            .await?;
        if wish.previewed != word(&after, Some(&made)) {
            return Err(OfficeError::rule(
                "facts-not-previewed",
                "保存之前须先看过会变动的事项;请核对下列变动后再保存",
            ));
        }
        tx.audit(
            at.now,
            Some(actor.id),
            "change-facts",
            &format!("project {}", project.id),
            &reason,
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The project, held against other writers, and its catalogue.
    async fn held(
        &self,
        tx: &Tx,
        id: ProjectId,
    ) -> Result<(Project, std::sync::Arc<Plan>), OfficeError> {
        let missing = || OfficeError::NotFound("project");
        let project = tx.project(id).await?.ok_or_else(missing)?;
        let plan = self.plan_of(&project.plan_hash).await?;
        Ok((project, plan))
    }

    /// Writes the change and everything that follows from it; what it did.
    async fn put_facts(
        &self,
        tx: &Tx,
        (actor, at): (&Actor, Moment),
        (project, plan): (&Project, &Plan),
        after: &ProjectFacts,
        reason: &str,
    ) -> Result<FactsPreview, OfficeError> {
        let calendar = self.calendar();
        let standing = tx.filings_of_project(project.id).await?;
        let ledgers = events(tx.ledgers_of_project(project.id).await?);
        let before = Before {
            plan,
            facts: &project.facts,
            filings: &standing,
            ledgers: &ledgers,
            calendar: &calendar,
        };
        let Change { route, rows, told } = before.change(after)?;
        let change = FactsChange {
            before: project.facts.clone(),
            after: after.clone(),
            reason: reason.to_owned(),
            on: at.today,
            person: actor.id,
            person_name: actor.name.clone(),
            at: at.now,
        };
        tx.change_facts(project.id, &change).await?;
        let all: Vec<&Filing> = standing.iter().collect();
        self.tell_first(tx, &all, at).await?;
        tx.project_anew(&rows).await?;
        let mut new = filings(project.id, &route, &tx.bureaus().await?)?;
        new.retain(|new| {
            !standing
                .iter()
                .any(|old| old.step == new.step && old.county == new.county)
        });
        tx.insert_filings(&new).await?;
        self.settle(tx, project.id, plan, after, at).await?;
        Ok(told)
    }

    /// What follows from facts and runs by itself: which steps can be filed, and the counties'
    /// opinion where the last one that was waited for has dropped out.
    async fn settle(
        &self,
        tx: &Tx,
        project: ProjectId,
        plan: &Plan,
        facts: &ProjectFacts,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let mut desk = self.locked_desk(tx, project, plan, facts).await?;
        let mut ledgers = Ledgers::default();
        if let Some((giver, city)) = desk.opinion_due()? {
            ledgers.read(tx, city, &mut desk).await?;
            desk.opinion_after(giver, at)?;
        }
        ledgers.store(self, tx, &desk, at).await
    }
}

/// The events of ledgers.
fn events(
    ledgers: BTreeMap<FilingId, Vec<crate::store::record::Entry>>,
) -> BTreeMap<FilingId, Vec<Event>> {
    ledgers
        .into_iter()
        .map(|(id, entries)| (id, standing_events(&entries)))
        .collect()
}

/// The facts with their counties in the order in which they are kept.
fn sorted(facts: &ProjectFacts) -> ProjectFacts {
    let mut facts = facts.clone();
    facts.counties.sort();
    facts
}

/// A word for exactly these facts, and for what they do where that was shown.
fn word(facts: &ProjectFacts, told: Option<&FactsPreview>) -> String {
    let hash = Sha256::digest(format!("{facts:?} {told:?}"));
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    hex.chars().take(WORD).collect()
}
