//! Figures: what each ledger gives to them, in rows that an index can add up.
//!
//! # Why
//! Folding 100,000 ledgers at each look at a page would take seconds. A filing's figures are
//! therefore kept beside its row and written in the same transaction. The database itself notes in
//! `figures_owed` whose row has moved on; writing the figures takes the note away. What a
//! migration, or a path that knows nothing of figures, leaves behind stays noted until it is
//! folded, and the page can say how much that is.

mod owed;
mod sums;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use entity::{figures_owed, filing_figures, filing_suspension};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

pub use sums::{
    AcceptedSum, DecidedSum, FigureFilter, FiledSum, FinishedSum, Grouping, Sums, SuspendedSum,
    TypedLateSum,
};
pub use write::GrantedSpans;

use super::Reader;
use super::error::StoreError;
use super::ids::{BureauId, FilingId};
use super::record::Filing;
use crate::statute::clock::Status;
use crate::statute::figures::{Decided, Measure, Suspension};
use crate::statute::plan::StepId;

/// A filing's figures, with the ledger's length that they were made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRow {
    /// The filing.
    pub filing: FilingId,
    /// Who decides it.
    pub bureau: BureauId,
    /// Which step.
    pub step: StepId,
    /// The entries that they were made from.
    pub seq: u32,
    /// The figures.
    pub measure: Measure,
}

impl FigureRow {
    /// The row for a filing whose whole ledger gives `measure`.
    pub fn of(filing: &Filing, measure: Measure) -> FigureRow {
        FigureRow {
            filing: filing.id,
            bureau: filing.bureau,
            step: filing.step.clone(),
            seq: filing.seq,
            measure,
        }
    }
}

/// Stored figures of a range of filings, and which of them are owed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptFigures {
    /// What is kept.
    pub rows: BTreeMap<FilingId, FigureRow>,
    /// Whose figures have still to be made.
    pub owed: BTreeSet<FilingId>,
}

impl Reader {
    /// The figures of the filings from `first` to `last`, in three statements: for a refold.
    ///
    /// # Errors
    /// The database.
    pub async fn figures_between(
        &self,
        first: FilingId,
        last: FilingId,
    ) -> Result<KeptFigures, StoreError> {
        let owed = figures_owed::Entity::find()
            .filter(figures_owed::Column::FilingId.between(first.0, last.0))
            .all(&self.db)
            .await?;
        let mut suspensions: BTreeMap<i64, Vec<Suspension>> = BTreeMap::new();
        let rows = filing_suspension::Entity::find()
            .filter(filing_suspension::Column::FilingId.between(first.0, last.0))
            .order_by_asc(filing_suspension::Column::FilingId)
            .order_by_asc(filing_suspension::Column::Number)
            .all(&self.db)
            .await?;
        for row in rows {
            suspensions
                .entry(row.filing_id)
                .or_default()
                .push(Suspension {
                    on: row.on_day,
                    left: row.left_days.map(whole),
                    due_on: row.due_on,
                });
        }
        let rows = filing_figures::Entity::find()
            .filter(filing_figures::Column::FilingId.between(first.0, last.0))
            .all(&self.db)
            .await?;
        let rows = rows.into_iter().map(|row| {
            let suspensions = suspensions.remove(&row.filing_id).unwrap_or_default();
            let row = of_row(row, suspensions)?;
            Ok((row.filing, row))
        });
        Ok(KeptFigures {
            rows: rows.collect::<Result<_, StoreError>>()?,
            owed: owed
                .into_iter()
                .map(|row| FilingId(row.filing_id))
                .collect(),
        })
    }
}

fn whole(n: i32) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

fn of_row(
    row: filing_figures::Model,
    suspensions: Vec<Suspension>,
) -> Result<FigureRow, StoreError> {
    let decided = match (row.decided_on, row.outcome.as_deref()) {
        (None, None) => None,
        (Some(on), Some(word)) => Some(Decided {
            on,
            outcome: outcome(row.filing_id, word)?,
            used: row.used_days.map(whole),
            due_on: row.due_on,
            late: row.late,
        }),
        (_, word) => {
            let word = word.unwrap_or("nothing");
            return Err(wrong_outcome(row.filing_id, word));
        }
    };
    Ok(FigureRow {
        filing: FilingId(row.filing_id),
        bureau: BureauId(row.bureau_id),
        step: StepId(row.step),
        seq: whole(row.seq),
        measure: Measure {
            submitted_on: row.submitted_on,
            accepted_on: row.accepted_on,
            deems_on: row.deems_on,
            by_silence: row.by_silence,
            decided,
            suspended_days: whole(row.suspended_days),
            waited_days: whole(row.waited_days),
            suspensions,
        },
    })
}

fn outcome(filing: i64, word: &str) -> Result<Status, StoreError> {
    Status::from_code(word)
        .filter(|status| status.is_decided())
        .ok_or_else(|| wrong_outcome(filing, word))
}

fn wrong_outcome(filing: i64, word: &str) -> StoreError {
    StoreError::Inconsistent {
        table: "filing_figures",
        column: "outcome",
        id: filing,
        found: word.to_owned(),
        expected: "the status of a decision, where there is a day of it",
    }
}
