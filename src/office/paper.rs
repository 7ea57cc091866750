//! Documents (文书): what an entry makes, how it reads, how a decision is delivered.
//!
//! # Why
//! A document is not stored. Its number and its code are given once, in the transaction that
//! writes the entry; its words are composed from the ledger each time, so that the same ledger
//! gives the same document, byte for byte, in every format.

mod compose;
#[cfg(test)]
mod tests;

use sha2::{Digest, Sha256};

use super::actor::{Act, permit};
use super::model::paper::{CheckedPaper, PaperLine, PaperPage};
use super::{
    Actor, Deliver, DocumentId, FieldFault, FilingId, Moment, Office, OfficeError, OfficeRule,
    card, delegations, desk,
};
use crate::statute::paper::{PaperKind, deliver_by};
use crate::statute::plan::Step;
use crate::store::record::{Bureau, Entry, Filing, Role};
use crate::store::{Delivery, Document, NewDocument, StoreError};
pub(super) use compose::grouped;
use compose::{Source, compose};

/// Letters of a code: those that nobody mistakes for another when reading aloud.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters in a code: 80 bits.
const CODE: usize = 16;
/// Characters of a recipient's name.
const RECIPIENT: usize = 40;
const DELIVERED_BEFORE: &str = "这份决定的送达已经登记过了，不重复登记";

/// The code of the document that `entry` makes: from the entry's hash, which covers all that the
/// document says.
fn code_of(entry: &Entry, kind: PaperKind) -> String {
    code_from(&Sha256::digest(
        format!("{}/{}", entry.hash, kind.code()).as_bytes(),
    ))
}

/// The code that a digest gives.
pub(super) fn code_from(digest: &[u8]) -> String {
    digest
        .iter()
        .take(CODE)
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)))
        .map(|letter| char::from(*letter))
        .collect()
}

/// A typed code as it is stored: without groups, and with the letters that were meant.
fn read_code(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .take(CODE + 1)
        .collect()
}

/// The document that an entry of `filing` makes, if any; what enters by rule makes none.
pub(super) fn made_by(filing: &Filing, entry: &Entry, at: Moment) -> Option<NewDocument> {
    entry.actor?;
    if entry.details.corrects.is_some_and(|c| c.strikes) {
        return None;
    }
    let kind = PaperKind::of(&entry.event.kind)?;
    Some(NewDocument {
        filing: filing.id,
        seq: entry.seq,
        kind,
        bureau: filing.bureau,
        code: code_of(entry, kind),
        made_on: at.today,
    })
}

/// A number in words: 本溪市自然资源局〔2026〕第12号.
fn serial(document: &Document, bureau: &Bureau) -> String {
    numbered(&bureau.name, document.year, document.number)
}

/// The same from its parts.
pub(super) fn numbered(bureau: &str, year: i32, number: u32) -> String {
    format!("{bureau}〔{year}〕第{number}号")
}

/// The lines of a step's documents.
pub(super) fn lines(
    actor: &Actor,
    step: &Step,
    bureau: &Bureau,
    documents: Vec<Document>,
    entries: &[Entry],
    calendar: &crate::statute::calendar::Calendar,
) -> Vec<PaperLine> {
    let own = actor.role == Role::Officer { bureau: bureau.id };
    documents
        .into_iter()
        .map(|document| {
            let decided = entries
                .iter()
                .find(|entry| entry.seq == document.seq && document.kind.is_decision());
            let corrected = corrected(entries, document.seq);
            PaperLine {
                id: document.id,
                kind: document.kind,
                title: document.kind.title(step).to_owned(),
                serial: serial(&document, bureau),
                seq: document.seq,
                made_on: document.made_on,
                deliver_by: decided.map(|entry| deliver_by(entry.event.on, calendar)),
                may_deliver: own && decided.is_some() && document.delivery.is_none() && !corrected,
                corrected,
                delivery: document.delivery,
            }
        })
        .collect()
}

/// Whether a later entry has corrected the entry `seq`.
fn corrected(entries: &[Entry], seq: u32) -> bool {
    entries
        .iter()
        .any(|entry| entry.details.corrects.is_some_and(|by| by.entry == seq))
}

impl Office {
    /// A document, for those who may see its step.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it.
    pub async fn paper(&self, actor: &Actor, id: DocumentId) -> Result<PaperPage, OfficeError> {
        let missing = || OfficeError::NotFound("document");
        let reader = self.store.reader();
        let document = reader.document(id).await?.ok_or_else(missing)?;
        let case = self.step_facts(actor, document.filing).await?;
        let changes = reader.facts_changes(case.filing.project).await?;
        let made = case.entries.iter().find(|entry| entry.seq == document.seq);
        // The words of a paper are those of its day: facts that changed later leave it as it was.
        let facts = made
            .and_then(|entry| changes.iter().find(|change| change.at >= entry.recorded_at))
            .map_or(&case.project.facts, |change| &change.before);
        let decision = case
            .documents
            .iter()
            .find(|other| other.seq == document.seq && other.kind.is_decision());
        let step = card::step_of(&case.plan, &case.filing)?;
        let source = Source {
            kind: document.kind,
            step,
            facts,
            project: &case.project.name,
            project_code: case.project.code.as_deref(),
            county: case.filing.county,
            bureau: &case.bureau,
            entries: &case.entries,
            seq: document.seq,
            serial: serial(&document, &case.bureau),
            made_on: document.made_on,
            code: &document.code,
            decision: decision.map(|decision| (decision, serial(decision, &case.bureau))),
            calendar: &self.calendar,
        };
        let paper = compose(&source)?;
        let filing = document.filing;
        let one = vec![document];
        let listed = lines(
            actor,
            step,
            &case.bureau,
            one,
            &case.entries,
            &self.calendar,
        );
        let line = listed.into_iter().next().ok_or_else(missing)?;
        Ok(PaperPage {
            line,
            filing,
            paper,
        })
    }

    /// What anybody may learn of the document of that code; `None`: there is none.
    ///
    /// # Errors
    /// The store.
    pub async fn check_paper(&self, typed: &str) -> Result<Option<CheckedPaper>, OfficeError> {
        let code = read_code(typed);
        if code.len() != CODE {
            return Ok(None);
        }
        let reader = self.store.reader();
        let Some(document) = reader.document_by_code(&code).await? else {
            return match reader.notice_by_code(&code).await? {
                Some(notice) => Ok(Some(self.checked_notice(&notice).await?)),
                None => Ok(None),
            };
        };
        let lost = || OfficeError::Store(format!("document {} has lost its step", document.id));
        let filing = reader.filing(document.filing).await?.ok_or_else(lost)?;
        let project = reader.project(filing.project).await?.ok_or_else(lost)?;
        let plan = self.plan_of(&project.plan_hash).await?;
        let step = card::step_of(&plan, &filing)?;
        let bureaus = reader.bureaus().await?;
        let bureau = bureaus
            .iter()
            .find(|bureau| bureau.id == document.bureau)
            .ok_or_else(lost)?;
        Ok(Some(CheckedPaper {
            title: document.kind.title(step).to_owned(),
            serial: serial(&document, bureau),
            project: project.name,
            step: super::lines::with_county(&step.name, filing.county),
            made_on: document.made_on,
            code: compose::grouped(&document.code),
            project_id: filing.project,
            corrected: corrected(&reader.ledger(filing.id).await?, document.seq),
        }))
    }

    /// Records how a decision reached the applicant, and makes the delivery receipt (送达回证).
    ///
    /// # Errors
    /// NotFound, Forbidden, Invalid; Rule where it is no decision, was delivered before, or the
    /// day does not fit. Then nothing was written.
    pub async fn deliver(
        &self,
        actor: &Actor,
        wish: Deliver,
        at: Moment,
    ) -> Result<FilingId, OfficeError> {
        let missing = || OfficeError::NotFound("document");
        let found = self.store.reader().document(wish.document).await?;
        let document = found.ok_or_else(missing)?;
        let _permit = permit(
            actor,
            Act::Deliver {
                bureau: document.bureau,
            },
        )?;
        let recipient = wish.recipient.trim();
        if recipient.is_empty() || recipient.chars().count() > RECIPIENT {
            return Err(OfficeError::Invalid(vec![FieldFault {
                field: "recipient",
                message: format!("请填写收件人，最多{RECIPIENT}字"),
            }]));
        }
        let refused = |rule, detail: &str| {
            let detail = detail.to_owned();
            Err(OfficeError::Rule(OfficeRule { rule, detail }))
        };
        if !document.kind.is_decision() {
            return refused(
                "not-a-decision",
                "只有准予或不予许可的决定需要登记送达（行政许可法第四十四条）；请在决定书一行登记",
            );
        }
        desk::day(wish.on, at.today, &self.calendar)?;

        let tx = self.store.begin().await?;
        let filing = tx.filing(document.filing).await?.ok_or_else(missing)?;
        let document = tx.document(wish.document).await?.ok_or_else(missing)?;
        if document.delivery.is_some() {
            return refused("delivered-before", DELIVERED_BEFORE);
        }
        let entries = tx.ledger(filing.id).await?;
        let entry = entries
            .iter()
            .find(|entry| entry.seq == document.seq)
            .ok_or_else(|| OfficeError::Store(format!("document {} has no entry", document.id)))?;
        if corrected(&entries, entry.seq) {
            return refused(
                "entry-corrected",
                "这份决定已经更正，不再有效；请送达更正后的决定",
            );
        }
        if wish.on < entry.event.on {
            return refused(
                "delivered-before-decided",
                "送达日期早于作出决定的日期；请核对送达日期",
            );
        }
        let by = delegations::signature(&tx, actor, &filing, at).await?;
        let delivery = Delivery {
            on: wish.on,
            way: wish.way,
            recipient: recipient.to_owned(),
            person: actor.id,
            person_name: by,
            recorded_at: at.now,
        };
        match tx.insert_delivery(document.id, &delivery).await {
            Err(StoreError::Duplicate(_)) => return refused("delivered-before", DELIVERED_BEFORE),
            other => other?,
        }
        let receipt = NewDocument {
            filing: filing.id,
            seq: entry.seq,
            kind: PaperKind::DeliveryReceipt,
            bureau: document.bureau,
            code: code_of(entry, PaperKind::DeliveryReceipt),
            made_on: at.today,
        };
        tx.issue_documents(&[receipt]).await?;
        let subject = format!("document {}", document.id);
        let detail = format!("{} {}", wish.way.code(), wish.on);
        let detail = delegations::audited(detail, actor, &delivery.person_name);
        tx.audit(at.now, Some(actor.id), "deliver", &subject, &detail)
            .await?;
        tx.commit().await?;
        Ok(filing.id)
    }
}
