//! The one path by which an event enters a ledger.
//!
//! # Why
//! What may happen is decided on the [`Desk`], which is pure; here it is given the project as it
//! stands under the project's lock, and what it entered is stored in the same transaction, with
//! the audit line and the flags of steps that have become ready. A refusal at any point drops the
//! transaction, so nothing is written.

use super::actor::{Act, permit};
use super::desk::{Desk, Laid, Wish};
use super::proceedings::{self, notice_rule};
use super::{Actor, FilingId, Moment, Office, OfficeError, ProjectId, RecordEvent, Recorded};
use super::{card, delegations, figures, paper};
use crate::statute::clock::EventKind;
use crate::statute::plan::{Plan, ProjectFacts};
use crate::statute::proceeding::{notice, parts};
use crate::store::record::{Entry, Filing};
use crate::store::{Details, StoreError, Tx};

impl Office {
    /// Records an event: the one path by which an event enters a ledger.
    ///
    /// # Errors
    /// Forbidden, Refused, Rule, Stale, Invalid; then nothing was written.
    pub async fn record(
        &self,
        actor: &Actor,
        event: RecordEvent,
        at: Moment,
    ) -> Result<Recorded, OfficeError> {
        let missing = || OfficeError::NotFound("filing");
        let reader = self.store.reader();
        let filing = reader.filing(event.filing).await?.ok_or_else(missing)?;
        let act = Act::Record {
            kind: &event.kind,
            bureau: filing.bureau,
        };
        let permit = permit(actor, act)?;

        // Under the project's lock: its facts may have just changed.
        let tx = self.store.begin().await?;
        let project = tx.project(filing.project).await?.ok_or_else(missing)?;
        let plan = self.plan_of(&project.plan_hash).await?;
        let mut desk = self
            .locked_desk(&tx, filing.project, &plan, &project.facts)
            .await?;
        fresh(&desk, event.filing, event.seen)?;
        let mut ledgers = Ledgers::default();
        for id in desk.needs(event.filing, &event.kind)? {
            ledgers.read(&tx, id, &mut desk).await?;
        }
        let there = match event.kind {
            EventKind::Accepted => {
                let mut there = tx.materials_there(event.filing).await?;
                there.extend(tx.letters(event.filing).await?);
                there
            }
            _ => Vec::new(),
        };
        let away = delegations::stands_in_for(&tx, actor, desk.filing(event.filing)?, at).await?;
        let by = delegations::signed(&actor.name, away.as_deref());
        let details = Details {
            stands_in_for: away,
            ..event.details.clone()
        };
        let wish = Wish {
            filing: event.filing,
            kind: &event.kind,
            on: event.on,
            note: event.note.as_deref(),
            details: &details,
            there: &there,
            despite_missing: event.despite_missing,
        };
        let followed = desk.record(&permit, actor, wish, at)?;
        let filing = desk.filing(event.filing)?;
        self.beside_done(&tx, &plan, &project.facts, filing, &event)
            .await?;
        let seq = desk.filing(event.filing)?.seq;
        ledgers.store(&tx, &desk, at).await?;
        let subject = format!("filing {}", event.filing);
        let detail = format!("{} {} {seq}", event.kind.code(), event.on);
        let detail = delegations::audited(detail, actor, &by);
        tx.audit(at.now, Some(actor.id), "record", &subject, &detail)
            .await?;
        tx.commit().await?;
        Ok(Recorded {
            filing: event.filing,
            seq,
            followed,
        })
    }

    /// Refuses what waits for something beside the clock: an acceptance on the village's letter
    /// before its notice has ended (第6条), an end of the land dossier with parts open (第4条).
    async fn beside_done(
        &self,
        tx: &Tx,
        plan: &Plan,
        facts: &ProjectFacts,
        filing: &Filing,
        event: &RecordEvent,
    ) -> Result<(), OfficeError> {
        let step = card::step_of(plan, filing)?;
        let rule = notice_rule(step, facts).filter(|_| event.kind == EventKind::Accepted);
        let ends = event.kind == EventKind::Granted && !step.parts.is_empty();
        if rule.is_none() && !ends {
            return Ok(());
        }
        let here = proceedings::of(&tx.proceedings(filing.project).await?, filing);
        if let Some(rule) = rule {
            notice::letter_may_stand(rule, &here, event.on, &self.calendar)?;
        }
        if ends {
            parts::all_done(step, &here, event.on)?;
        }
        Ok(())
    }

    /// A project on the desk, held against other writers.
    pub(super) async fn locked_desk<'p>(
        &'p self,
        tx: &Tx,
        project: ProjectId,
        plan: &'p Plan,
        facts: &'p ProjectFacts,
    ) -> Result<Desk<'p>, OfficeError> {
        tx.project(project)
            .await?
            .ok_or(OfficeError::NotFound("project"))?;
        let filings = tx.filings_of_project(project).await?;
        Desk::new(plan, facts, &self.calendar, filings)
    }
}

/// Refuses what was decided on before somebody else's entry was seen.
pub(super) fn fresh(desk: &Desk<'_>, filing: FilingId, seen: u32) -> Result<(), OfficeError> {
    let now = desk.filing(filing)?.seq;
    if now == seen {
        return Ok(());
    }
    Err(OfficeError::Stale { seen, now })
}

/// The last hash of each ledger that was laid out, by which its next entry is chained.
#[derive(Debug, Default)]
pub(super) struct Ledgers(std::collections::BTreeMap<FilingId, String>);

impl Ledgers {
    /// Lays a stored ledger on the desk.
    pub(super) async fn read(
        &mut self,
        tx: &Tx,
        id: FilingId,
        desk: &mut Desk<'_>,
    ) -> Result<(), OfficeError> {
        let entries = tx.ledger(id).await?;
        self.lay(id, entries, desk);
        Ok(())
    }

    /// Lays a ledger that was read on the desk.
    pub(super) fn lay(&mut self, id: FilingId, entries: Vec<Entry>, desk: &mut Desk<'_>) {
        let last = entries.last().map(|entry| entry.hash.clone());
        self.0.insert(id, last.unwrap_or_default());
        let entries = entries
            .into_iter()
            .map(|entry| (entry.event, entry.details.corrects))
            .collect();
        desk.lay(id, Laid::of(entries));
    }

    /// Stores what the desk has entered, and which steps it has made ready.
    pub(super) async fn store(
        mut self,
        tx: &Tx,
        desk: &Desk<'_>,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let mut documents = Vec::new();
        let mut corrected = std::collections::BTreeSet::new();
        for entered in desk.entered() {
            let id = entered.before.id;
            let prev = self.0.get(&id).map_or("", String::as_str);
            let stored = tx
                .append(
                    &entered.before,
                    prev,
                    &entered.entry,
                    &entered.turning,
                    entered.submitted_on,
                )
                .await;
            let entry = match stored {
                Err(StoreError::Stale) => {
                    let now = tx.filing(id).await?.map_or(0, |filing| filing.seq);
                    let seen = entered.before.seq;
                    return Err(OfficeError::Stale { seen, now });
                }
                other => other?,
            };
            if entry.details.corrects.is_some() {
                corrected.insert(id);
            }
            documents.extend(paper::made_by(&entered.before, &entry, at));
            self.0.insert(id, entry.hash);
        }
        tx.issue_documents(&documents).await?;
        // An ordinary entry is the ledger's last event; a corrected ledger's row is written whole.
        let rows: Vec<Filing> = desk
            .filings()
            .iter()
            .filter(|filing| corrected.contains(&filing.id))
            .cloned()
            .collect();
        tx.project_anew(&rows).await?;
        let changes = desk.ready_changes();
        if !changes.is_empty() {
            tx.set_ready(&changes).await?;
        }
        figures::keep(tx, desk).await
    }
}

#[cfg(test)]
mod tests;
