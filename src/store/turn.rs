//! What the daily turn looks for, and how far it has come.
//!
//! The candidates are found by the turning points' own indexes, without what was told before: not
//! by the mark alone, for an entry that is recorded late can put a turning point into the past.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, Value};

use super::error::StoreError;
use super::ids::FilingId;
use super::list::ListRow;
use super::packed::{self, Page};
use super::{Reader, Tx, sql, sql_with};
use crate::statute::supervision::{Rung, When};

/// The mark's row.
const MARK: &str = "daily-turn";

/// Where a look goes on: behind this row of its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    /// The turning point by which the rows are ordered.
    pub on: NaiveDate,
    /// The filing, which decides between equal days.
    pub id: FilingId,
}

impl Looked {
    /// Behind `row` in the look for `rung`.
    pub fn behind(rung: &Rung, row: &ListRow) -> Option<Looked> {
        let turning = &row.filing.turning;
        let on = match rung.when {
            When::Silence => turning.deems_on,
            When::Yellow => turning.yellow_on,
            When::Red | When::Overdue(_) => turning.red_on,
        };
        on.map(|on| Looked {
            on,
            id: row.filing.id,
        })
    }
}

async fn candidates(
    db: &impl ConnectionTrait,
    rung: &Rung,
    from: NaiveDate,
    after: Option<Looked>,
    limit: u64,
) -> Result<Vec<ListRow>, StoreError> {
    // The conditions are those of the partial indexes, written as they are.
    let (open, turn, refers_to, order): (&str, &str, &str, [&str; 2]) = match rung.when {
        When::Silence => (
            "f.status = 'submitted'",
            "f.deems_on",
            "f.deems_on",
            ["f.deems_on", "f.id"],
        ),
        When::Yellow => (
            "f.decided_on IS NULL AND f.yellow_on IS NOT NULL",
            "f.yellow_on",
            "f.due_on",
            ["f.yellow_on", "f.id"],
        ),
        When::Red | When::Overdue(_) => (
            "f.decided_on IS NULL AND f.red_on IS NOT NULL",
            "f.red_on",
            "f.due_on",
            ["f.red_on", "f.id"],
        ),
    };
    let mut values: Vec<Value> = vec![from.into(), rung.id.as_str().into()];
    let mut condition = format!(
        "{open} AND {turn} <= $1 AND NOT EXISTS (SELECT 1 FROM supervision_rung r \
         WHERE r.filing_id = f.id AND r.rung = $2 AND r.refers_to = {refers_to})"
    );
    if let Some(after) = after {
        values.push(after.on.into());
        values.push(after.id.0.into());
        condition.push_str(&format!(" AND {turn} >= $3 AND ({turn} > $3 OR f.id > $4)"));
    }
    let page = Page {
        condition: &condition,
        order: &order,
        limit,
    };
    packed::rows(db, &page, values).await
}

impl Reader {
    /// Steps for which `rung` has not been told and whose turning point lies by `from`, the
    /// earliest first; see [`Rung::reached_from`].
    ///
    /// # Errors
    /// The database.
    pub async fn rung_candidates(
        &self,
        rung: &Rung,
        from: NaiveDate,
        after: Option<Looked>,
        limit: u64,
    ) -> Result<Vec<ListRow>, StoreError> {
        candidates(&self.db, rung, from, after, limit).await
    }

    /// The last day that the turn has seen through.
    ///
    /// # Errors
    /// The database.
    pub async fn turn_day(&self) -> Result<Option<NaiveDate>, StoreError> {
        let statement = sql(
            &self.db,
            "SELECT day FROM turn_mark WHERE name = $1",
            [MARK.into()],
        );
        let row = self.db.query_one_raw(statement).await?;
        Ok(row.map(|row| row.try_get("", "day")).transpose()?)
    }
}

impl Tx {
    /// The same as [`Reader::rung_candidates`], as this transaction sees them.
    ///
    /// # Errors
    /// The database.
    pub async fn rung_candidates(
        &self,
        rung: &Rung,
        from: NaiveDate,
        after: Option<Looked>,
        limit: u64,
    ) -> Result<Vec<ListRow>, StoreError> {
        candidates(&self.tx, rung, from, after, limit).await
    }

    /// These filings as lists show them, in no order.
    ///
    /// # Errors
    /// The database.
    pub async fn rows_of(&self, filings: &[FilingId]) -> Result<Vec<ListRow>, StoreError> {
        packed::rows_of(&self.tx, filings).await
    }

    /// The rungs that were told of these filings, with the date that each refers to.
    ///
    /// # Errors
    /// The database.
    pub async fn rungs_known(
        &self,
        filings: &[FilingId],
    ) -> Result<BTreeSet<(FilingId, String, NaiveDate)>, StoreError> {
        let Some((places, values)) = packed::listed(filings) else {
            return Ok(BTreeSet::new());
        };
        let text = format!(
            "SELECT filing_id, rung, refers_to FROM supervision_rung WHERE filing_id IN ({places})"
        );
        let rows = self.tx.query_all_raw(sql_with(&self.tx, text, values));
        rows.await?
            .into_iter()
            .map(|row| {
                let filing = FilingId(row.try_get("", "filing_id")?);
                Ok((
                    filing,
                    row.try_get("", "rung")?,
                    row.try_get("", "refers_to")?,
                ))
            })
            .collect()
    }

    /// The instant at which each of these filings' last entry was typed.
    ///
    /// # Errors
    /// The database.
    pub async fn last_recorded(
        &self,
        filings: &[FilingId],
    ) -> Result<Vec<(FilingId, DateTime<Utc>)>, StoreError> {
        let Some((places, values)) = packed::listed(filings) else {
            return Ok(Vec::new());
        };
        let text = format!(
            "SELECT e.filing_id, e.recorded_at FROM filing f JOIN filing_event e \
             ON e.filing_id = f.id AND e.seq = f.seq WHERE f.id IN ({places})"
        );
        let rows = self.tx.query_all_raw(sql_with(&self.tx, text, values));
        rows.await?
            .into_iter()
            .map(|row| {
                let filing = FilingId(row.try_get("", "filing_id")?);
                Ok((filing, row.try_get("", "recorded_at")?))
            })
            .collect()
    }

    /// Moves the mark on to `day`, never back.
    ///
    /// # Errors
    /// The database.
    pub async fn mark_turn_day(&self, day: NaiveDate) -> Result<(), StoreError> {
        const TEXT: &str = "INSERT INTO turn_mark (name, day) VALUES ($1, $2) \
            ON CONFLICT (name) DO UPDATE SET day = excluded.day \
            WHERE turn_mark.day < excluded.day";
        let statement = sql(&self.tx, TEXT, [MARK.into(), day.into()]);
        self.tx.execute_raw(statement).await?;
        Ok(())
    }
}
