//! Corrections (更正): asked for by whoever may make such an entry, entered with the consent of the
//! bureau's lead; nothing is deleted.

use super::actor::{Act, Permit, permit};
use super::commitments::words;
use super::desk::Correct;
use super::model::corrections::{Correctable, CorrectionsHere};
use super::record::Ledgers;
use super::{
    Actor, AskCorrection, CorrectionId, FilingId, Moment, Office, OfficeError, SettleCorrection,
};
use crate::statute::clock::EventKind;
use crate::statute::plan::Step;
use crate::store::record::{Entry, Filing, standing};
use crate::store::{CorrectionOutcome, NewCorrection, Reader, StoreError, Tx};

/// The most open corrections on a lead's home page.
pub(super) const OPEN_SHOWN: u64 = 50;

impl Office {
    /// Asks for a correction; what it would do is tried first, so that nobody consents to what
    /// cannot be.
    ///
    /// # Errors
    /// NotFound; Forbidden to those who may not make such entries; Stale; Invalid; Rule.
    pub async fn ask_correction(
        &self,
        actor: &Actor,
        wish: AskCorrection,
        at: Moment,
    ) -> Result<CorrectionId, OfficeError> {
        let reason = words("reason", "更正理由", &wish.reason)?;
        let tx = self.begin().await?;
        let missing = || OfficeError::NotFound("filing");
        let filing = tx.filing(wish.filing).await?.ok_or_else(missing)?;
        let entries = tx.ledger(wish.filing).await?;
        if filing.seq != wish.seen {
            let (seen, now) = (wish.seen, filing.seq);
            return Err(OfficeError::Stale { seen, now });
        }
        let named = entries.iter().find(|entry| entry.seq == wish.entry);
        let named = named.ok_or_else(|| {
            OfficeError::rule(
                "corrected-before",
                "没有这一条登记;请从办理记录中选择要更正的登记",
            )
        })?;
        let bureau = filing.bureau;
        let kind = &named.event.kind;
        let mut leave = permit(actor, Act::Record { kind, bureau })?;
        if let Some(event) = &wish.event {
            let kind = &event.kind;
            leave = permit(actor, Act::Record { kind, bureau })?;
        }
        let asked = Correct {
            filing: filing.id,
            entry: wish.entry,
            event: wish.event.as_ref(),
            reason: &reason,
            said: (named.note.as_deref(), &named.details),
            proposed_by: &actor.name,
        };
        self.correct(&tx, (&leave, actor), (&filing, asked), at, false)
            .await?;
        let new = NewCorrection {
            filing: filing.id,
            bureau,
            entry: wish.entry,
            event: wish.event.clone(),
            reason: reason.clone(),
            person: actor.id,
            person_name: actor.name.clone(),
            at: at.now,
        };
        let id = match tx.insert_correction(&new).await {
            Err(StoreError::Duplicate(_)) => {
                return Err(OfficeError::rule(
                    "correction-open",
                    "这条登记已有待同意的更正;请等部门负责人处理后再提出",
                ));
            }
            other => other?,
        };
        let subject = format!("filing {}", filing.id);
        let detail = format!("entry {} correction {id}", wish.entry);
        tx.audit(at.now, Some(actor.id), "ask-correction", &subject, &detail)
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The lead's consent, by which the correction enters the ledger; or the lead's refusal.
    ///
    /// # Errors
    /// NotFound; Forbidden to all but the bureau's lead; Invalid; Rule where it was settled before
    /// or the ledger has moved on so that it can no longer stand.
    pub async fn settle_correction(
        &self,
        actor: &Actor,
        wish: SettleCorrection,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let missing = || OfficeError::NotFound("correction");
        let tx = self.begin().await?;
        let asked = tx.correction(wish.correction).await?;
        let asked = asked.filter(|one| one.filing == wish.filing);
        let asked = asked.ok_or_else(missing)?;
        let filing = tx.filing(asked.filing).await?.ok_or_else(missing)?;
        let bureau = filing.bureau;
        let leave = permit(actor, Act::ConsentCorrection { bureau })?;
        if let Some(outcome) = &asked.outcome {
            let by = &outcome.by_name;
            return Err(OfficeError::rule(
                "correction-settled",
                format!("{by}已经处理过这项更正,不重复处理"),
            ));
        }
        let said = words("words", "负责人意见", &wish.words)?;
        let seq = if wish.consent {
            let entries = tx.ledger(filing.id).await?;
            let named = entries.iter().find(|entry| entry.seq == asked.entry);
            let named = named.ok_or_else(missing)?;
            let correct = Correct {
                filing: filing.id,
                entry: asked.entry,
                event: asked.event.as_ref(),
                reason: &asked.reason,
                said: (named.note.as_deref(), &named.details),
                proposed_by: &asked.person_name,
            };
            Some(
                self.correct(&tx, (&leave, actor), (&filing, correct), at, true)
                    .await?,
            )
        } else {
            None
        };
        let outcome = CorrectionOutcome {
            seq,
            words: said,
            by_name: actor.name.clone(),
            at: at.now,
        };
        if !tx.settle_correction(asked.id, actor.id, &outcome).await? {
            return Err(missing());
        }
        let subject = format!("filing {}", filing.id);
        let word = if wish.consent { "consented" } else { "refused" };
        let detail = format!("correction {} {word}", asked.id);
        tx.audit(
            at.now,
            Some(actor.id),
            "settle-correction",
            &subject,
            &detail,
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Lays the whole project out and corrects; stores what came of it only where `enter`. The
    /// number that the correction has in its ledger.
    async fn correct(
        &self,
        tx: &Tx,
        (leave, actor): (&Permit, &Actor),
        (filing, wish): (&Filing, Correct<'_>),
        at: Moment,
        enter: bool,
    ) -> Result<u32, OfficeError> {
        let missing = || OfficeError::NotFound("project");
        let project = tx.project(filing.project).await?.ok_or_else(missing)?;
        let plan = self.plan_of(&project.plan_hash).await?;
        let mut desk = self
            .locked_desk(tx, project.id, &plan, &project.facts)
            .await?;
        let mut ledgers = Ledgers::default();
        let mut read = tx.ledgers_of_project(project.id).await?;
        let ids: Vec<FilingId> = desk.filings().iter().map(|one| one.id).collect();
        for id in ids {
            ledgers.lay(id, read.remove(&id).unwrap_or_default(), &mut desk);
        }
        desk.correct(leave, actor, wish, at)?;
        let seq = desk.filing(filing.id)?.seq;
        if enter {
            ledgers.store(self, tx, &desk, at).await?;
        }
        Ok(seq)
    }
}

/// The corrections for the page of `filing`.
///
/// # Errors
/// The store.
pub(super) async fn corrections_here(
    reader: &Reader,
    actor: &Actor,
    step: &Step,
    filing: &Filing,
    entries: &[Entry],
) -> Result<CorrectionsHere, OfficeError> {
    let bureau = filing.bureau;
    let may = |kind: &EventKind| permit(actor, Act::Record { kind, bureau }).is_ok();
    let by_hand = |seq: u32| {
        let entry = entries.iter().find(|entry| entry.seq == seq);
        entry.is_some_and(|entry| entry.actor.is_some())
    };
    let may_ask: Vec<Correctable> = standing(entries)
        .into_iter()
        .filter(|_| filing.is_current())
        .filter(|one| by_hand(one.by) && may(&one.event.kind))
        .map(|one| Correctable {
            entry: one.by,
            kind: one.event.kind,
            on: one.event.on,
        })
        .collect();
    let asked = reader.corrections(filing.id).await?;
    let lead = permit(actor, Act::ConsentCorrection { bureau }).is_ok();
    Ok(CorrectionsHere {
        kinds: match may_ask.is_empty() {
            true => Vec::new(),
            false => kinds(step).into_iter().filter(may).collect(),
        },
        may_settle: asked
            .iter()
            .filter(|one| lead && one.outcome.is_none())
            .map(|one| one.id)
            .collect(),
        asked,
        may_ask,
    })
}

/// What an entry of this step's ledger may say, figures at their least.
fn kinds(step: &Step) -> Vec<EventKind> {
    let ground = step.grounds.first().map(|ground| EventKind::Suspended {
        ground: ground.code().to_owned(),
    });
    let extended = step
        .extension
        .as_ref()
        .map(|extension| EventKind::Extended {
            days: i64::from(extension.max_days),
        });
    let announced = step
        .starts
        .contains(&crate::statute::plan::Starter::AnnouncementExpired)
        .then_some(EventKind::Announced { days: 30 });
    [
        EventKind::Submitted,
        EventKind::MaterialsRequested,
        EventKind::Resubmitted,
        EventKind::Accepted,
        EventKind::Rejected,
    ]
    .into_iter()
    .chain(announced)
    .chain(ground.clone())
    .chain(ground.map(|_| EventKind::Resumed))
    .chain(extended)
    .chain([EventKind::Granted, EventKind::Denied, EventKind::Withdrawn])
    .collect()
}
