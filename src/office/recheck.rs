//! Carrying a notice through the stored turning points.
//!
//! # Why
//! The stored days rest on a calendar. When a notice changes it, every row that a refold would give
//! otherwise is rewritten, decided ones included: whether a step was late is what its ledger gives
//! under the calendar that holds, and `verify` must agree. This is done in batches, each a
//! transaction of its own in which nobody else reckons; the mark says how far it has come, so that
//! a stop is caught up by whichever server turns next. Between the notice and the last batch an
//! entry is reckoned by the new calendar already, and the daily turn tells of nothing.
//!
//! A ledger that the new calendar does not allow keeps its row: somebody has to correct the entry,
//! and `verify` names it until then.

use std::sync::Arc;

use super::moves::{After, Folding};
use super::{FilingId, Moment, Office, OfficeError};
use crate::store::{BATCH, Recheck};

#[cfg(test)]
mod tests;

/// What a recheck has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rechecked {
    /// Filings refolded.
    pub looked: u64,
    /// Filings whose row was rewritten.
    pub moved: u64,
    /// Filings whose ledger the new calendar does not allow.
    pub refused: u64,
}

impl Office {
    /// Brings every open recheck to its end; says what the last one has done in all.
    ///
    /// # Errors
    /// The store; what was done stays done, and the next call goes on from there.
    pub async fn recheck(&self, at: Moment) -> Result<Rechecked, OfficeError> {
        let mut done = Rechecked::default();
        while let Some(open) = self.store.reader().open_recheck().await? {
            let ids = match open.span {
                Some(span) => self.store.reader().touched(span, open.after).await?,
                None => Vec::new(),
            };
            let mut batches = ids.chunks(BATCH).peekable();
            loop {
                let batch = batches.next().unwrap_or_default();
                let last = batches.peek().is_none();
                let Some(now) = self.recheck_batch(&open, batch, last, at).await? else {
                    // Another server was quicker; look anew at what is left.
                    break;
                };
                done = Rechecked {
                    looked: now.looked,
                    moved: now.moved,
                    refused: now.refused,
                };
                if last {
                    break;
                }
            }
        }
        Ok(done)
    }

    /// One batch, if nobody else has done it; `None`: somebody has.
    async fn recheck_batch(
        &self,
        open: &Recheck,
        batch: &[FilingId],
        last: bool,
        at: Moment,
    ) -> Result<Option<Recheck>, OfficeError> {
        let tx = self.begin_alone().await?;
        let Some(mut now) = tx.open_recheck().await? else {
            return Ok(None);
        };
        let behind = batch.first().is_some_and(|first| *first <= now.after);
        if now.notice != open.notice || behind {
            return Ok(None);
        }
        let mut folding = Folding::by(self, Arc::clone(&self.calendar()));
        let mut rows = Vec::new();
        for of in tx.ledgers_of(batch).await? {
            now.looked += 1;
            match folding.fold(&of).await? {
                After::Turning(turning) if turning != of.filing.turning => {
                    now.moved += 1;
                    rows.push((of.filing, turning));
                }
                After::Turning(_) | After::LeftOut => {}
                After::Refused(_) => now.refused += 1,
            }
        }
        tx.set_turnings(&rows).await?;
        now.after = batch.last().copied().unwrap_or(now.after);
        now.done_at = last.then_some(at.now);
        tx.mark_recheck(&now).await?;
        let subject = format!("holiday notice {}", now.notice);
        let detail = format!(
            "{} step(s) rewritten of {}, up to filing {}{}",
            rows.len(),
            batch.len(),
            now.after,
            if last { ", done" } else { "" }
        );
        tx.audit(at.now, None, "recheck", &subject, &detail).await?;
        tx.commit().await?;
        Ok(Some(now))
    }
}
