//! What the bureau that has an offence records.

use super::super::actor::{Act, permit};
use super::super::{Actor, HandleOffence, Moment, Office, OfficeError};
use super::{WORDS, fit, sees, taken};
use crate::statute::offence::{self, Dated, Entry, OffenceRule, Refused, Standing};
use crate::statute::plan::Plan;
use crate::store::record::Bureau;
use crate::store::{NewOffenceEntry, Offence, OffenceEntry};

impl Office {
    /// Records what happened to an offence.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it; Forbidden to all but the bureau that has it;
    /// Invalid; Rule.
    pub async fn handle_offence(
        &self,
        actor: &Actor,
        wish: HandleOffence,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let missing = || OfficeError::NotFound("offence");
        let tx = self.begin().await?;
        let offence = tx.offence(wish.offence).await?.ok_or_else(missing)?;
        if !sees(actor, &tx.offence_concerns(offence.id).await?) {
            return Err(missing());
        }
        let bureau = offence.bureau;
        let _permit = permit(actor, Act::HandleOffence { bureau })?;
        let new = Dated {
            on: wish.on,
            what: tidy(wish.what)?,
        };
        let bureaus = tx.bureaus().await?;
        let entries = tx.offence_entries(offence.id).await?;
        let standing = standing(&offence, &entries, &bureaus)?;
        let next = offence::admit(standing, &new, &self.plan().offences, at.today)?;
        let (bureau, seen_by) = match &new.what {
            Entry::Transferred { to, .. } => {
                let rule = rule_of(self.plan(), *to).ok_or(Refused::NotAHandler)?;
                let taken = taken(rule, offence.county, &bureaus)?;
                (taken.holder, taken.seen_by)
            }
            _ => (offence.bureau, Vec::new()),
        };
        let subject = format!("offence {}", offence.id);
        let detail = format!("{} {}", new.what.code(), new.on);
        let entry = NewOffenceEntry {
            dated: new,
            bureau,
            seen_by,
            person: actor.id,
            person_name: actor.name.clone(),
            at: at.now,
        };
        tx.insert_offence_entry(&offence, &entry, next).await?;
        tx.audit(at.now, Some(actor.id), "handle-offence", &subject, &detail)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The rule by which a kind of bureau takes offences.
fn rule_of(plan: &Plan, to: crate::statute::plan::BureauKind) -> Option<&OffenceRule> {
    plan.offences.iter().find(|rule| rule.bureau == to)
}

/// Where the offence stands, folded from its entries; the bureau that first took it is the
/// report's.
///
/// # Errors
/// Entries that could not have been made, or a row that does not follow them: the store is damaged.
pub(super) fn standing(
    offence: &Offence,
    entries: &[OffenceEntry],
    bureaus: &[Bureau],
) -> Result<Standing, OfficeError> {
    let damaged = |why: &str| OfficeError::Store(format!("offence {}: {why}", offence.id));
    let first = entries.first().ok_or_else(|| damaged("no report"))?;
    let kind = bureaus
        .iter()
        .find(|bureau| bureau.id == first.bureau)
        .map(|bureau| bureau.kind)
        .ok_or_else(|| damaged("its bureau is not there"))?;
    let dated: Vec<Dated> = entries.iter().map(|entry| entry.dated.clone()).collect();
    let standing = offence::read(kind, &dated).map_err(|refused| damaged(&refused.detail()))?;
    if standing.state != offence.state {
        return Err(damaged("its row does not follow its entries"));
    }
    Ok(standing)
}

/// Words without the blanks around them, of a length that can be read.
fn tidy(what: Entry) -> Result<Entry, OfficeError> {
    let mut faults = Vec::new();
    let mut said = |field, name, text: &str| fit(&mut faults, field, name, text, WORDS);
    let what = match what {
        Entry::Progress { words } => Entry::Progress {
            words: said("words", "处置进展", &words),
        },
        Entry::Transferred { to, reason } => Entry::Transferred {
            to,
            reason: said("reason", "移送理由", &reason),
        },
        Entry::Closed { outcome, words } => Entry::Closed {
            outcome,
            words: said("words", "办结说明", &words),
        },
        Entry::Reported | Entry::Received => what,
    };
    if faults.is_empty() {
        Ok(what)
    } else {
        Err(OfficeError::Invalid(faults))
    }
}
