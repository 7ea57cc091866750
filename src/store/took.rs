//! What decided steps took, for the forecast.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, Value};

use super::error::StoreError;
use super::ids::BureauId;
use super::{Reader, sql_with};
use crate::statute::plan::StepId;

/// The newest decided runs of a step at a bureau that are read.
const NEWEST: u32 = 200;

/// The days of a decided run between which it was handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handled {
    /// The day of its last submission.
    pub submitted_on: NaiveDate,
    /// The day its clock started, where it did.
    pub starts_on: Option<NaiveDate>,
    /// The day of the decision.
    pub decided_on: NaiveDate,
}

impl Reader {
    /// The newest 200 runs that were granted or denied, of each of these steps at these bureaus;
    /// one statement, each pair served by the index.
    ///
    /// # Errors
    /// The database.
    pub async fn handled(
        &self,
        pairs: &[(BureauId, StepId)],
    ) -> Result<BTreeMap<(BureauId, StepId), Vec<Handled>>, StoreError> {
        let mut handled: BTreeMap<(BureauId, StepId), Vec<Handled>> = BTreeMap::new();
        if pairs.is_empty() {
            return Ok(handled);
        }
        let mut values: Vec<Value> = Vec::with_capacity(pairs.len() * 2);
        let mut parts = Vec::with_capacity(pairs.len());
        for (bureau, step) in pairs {
            values.push(bureau.0.into());
            values.push(step.as_str().into());
            let (bureau, step) = (values.len() - 1, values.len());
            parts.push(format!(
                "SELECT * FROM (SELECT bureau_id, step, submitted_on, starts_on, decided_on \
                 FROM filing WHERE bureau_id = ${bureau} AND step = ${step} \
                 AND decided_on IS NOT NULL AND submitted_on IS NOT NULL \
                 AND status IN ('granted', 'denied') \
                 ORDER BY decided_on DESC, id DESC LIMIT {NEWEST}) AS newest"
            ));
        }
        let text = parts.join(" UNION ALL ");
        let rows = self
            .db
            .query_all_raw(sql_with(&self.db, text, values))
            .await?;
        for row in rows {
            let bureau = BureauId(row.try_get("", "bureau_id")?);
            let step = StepId(row.try_get("", "step")?);
            handled.entry((bureau, step)).or_default().push(Handled {
                submitted_on: row.try_get("", "submitted_on")?,
                starts_on: row.try_get("", "starts_on")?,
                decided_on: row.try_get("", "decided_on")?,
            });
        }
        Ok(handled)
    }
}
