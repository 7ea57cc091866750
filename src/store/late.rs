//! Entries that were typed late (补录): written with the entry itself, never changed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::late_entry;
use sea_orm::{ConnectionTrait, QueryResult, Set, Value};

use super::error::StoreError;
use super::ids::{BureauId, FilingId, ProjectId};
use super::record::{Entry, Filing};
use super::{Reader, row, sql_with};
use crate::statute::division::County;
use crate::statute::late::late;
use crate::statute::plan::StepId;

/// One late entry, with the step and the project that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateRow {
    /// The filing.
    pub filing: FilingId,
    /// The entry's number in its ledger.
    pub seq: u32,
    /// The event's contract word.
    pub kind: String,
    /// The day of the event.
    pub on: NaiveDate,
    /// The day of typing.
    pub recorded_on: NaiveDate,
    /// Who typed it, by the name of then.
    pub actor_name: String,
    /// Which step.
    pub step: StepId,
    /// The county, for county steps.
    pub county: Option<County>,
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub project_name: String,
    /// The hash of the catalogue version that it began under.
    pub plan_hash: String,
    /// The name of the bureau that decides the step.
    pub bureau_name: String,
}

/// Where a page of late entries ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateKey {
    /// The day of typing.
    pub recorded_on: NaiveDate,
    /// The filing.
    pub filing: FilingId,
    /// The entry's number.
    pub seq: u32,
}

/// What a list of late entries is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LateFilter {
    /// Only steps that this bureau decides.
    pub bureau: Option<BureauId>,
    /// Only entries that were typed on these days, the first and the last.
    pub typed: Option<(NaiveDate, NaiveDate)>,
}

/// The row for an entry, where it was typed late.
pub(super) fn row_of(filing: &Filing, entry: &Entry) -> Option<late_entry::ActiveModel> {
    let recorded_on = late(entry.event.on, entry.recorded_at, entry.actor.is_some())?;
    Some(late_entry::ActiveModel {
        filing_id: Set(filing.id.0),
        seq: Set(i32::try_from(entry.seq).unwrap_or(i32::MAX)),
        bureau_id: Set(filing.bureau.0),
        on_day: Set(entry.event.on),
        recorded_on: Set(recorded_on),
        kind: Set(entry.event.kind.code().to_owned()),
        actor_name: Set(entry.actor_name.clone()),
    })
}

/// The filter as SQL over `l`: list and counts rest on the same words.
fn condition(filter: &LateFilter) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = Vec::new();
    let mut terms = vec!["1 = 1".to_owned()];
    let mut bind = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    if let Some(bureau) = filter.bureau {
        terms.push(format!("l.bureau_id = {}", bind(bureau.0.into())));
    }
    if let Some((first, last)) = filter.typed {
        terms.push(format!("l.recorded_on >= {}", bind(first.into())));
        terms.push(format!("l.recorded_on <= {}", bind(last.into())));
    }
    (terms.join(" AND "), values)
}

fn read(result: &QueryResult) -> Result<LateRow, StoreError> {
    let filing: i64 = result.try_get("", "filing_id")?;
    let county: String = result.try_get("", "county")?;
    let seq: i32 = result.try_get("", "seq")?;
    Ok(LateRow {
        filing: FilingId(filing),
        seq: u32::try_from(seq).unwrap_or_default(),
        kind: result.try_get("", "kind")?,
        on: result.try_get("", "on_day")?,
        recorded_on: result.try_get("", "recorded_on")?,
        actor_name: result.try_get("", "actor_name")?,
        step: StepId(result.try_get("", "step")?),
        county: row::county("filing", filing, &county)?,
        project: ProjectId(result.try_get("", "project_id")?),
        project_name: result.try_get("", "project_name")?,
        plan_hash: result.try_get("", "plan_hash")?,
        bureau_name: result.try_get("", "bureau_name")?,
    })
}

impl Reader {
    /// Late entries, the newest typed first, behind the keyset `after`.
    ///
    /// # Errors
    /// The database.
    pub async fn late_entries(
        &self,
        filter: &LateFilter,
        after: Option<LateKey>,
        limit: u64,
    ) -> Result<Vec<LateRow>, StoreError> {
        let (mut condition, mut values) = condition(filter);
        if let Some(key) = after {
            let from = values.len();
            values.push(key.recorded_on.into());
            values.push(key.filing.0.into());
            values.push(i32::try_from(key.seq).unwrap_or(i32::MAX).into());
            condition.push_str(&format!(
                " AND (l.recorded_on, l.filing_id, l.seq) < (${}, ${}, ${})",
                from + 1,
                from + 2,
                from + 3
            ));
        }
        let text = format!(
            "SELECT l.*, f.step, f.county, f.project_id, p.name AS project_name, p.plan_hash, \
             b.name AS bureau_name FROM late_entry l JOIN filing f ON f.id = l.filing_id \
             JOIN project p ON p.id = f.project_id JOIN bureau b ON b.id = l.bureau_id \
             WHERE {condition} \
             ORDER BY l.recorded_on DESC, l.filing_id DESC, l.seq DESC LIMIT {limit}"
        );
        let rows = self
            .db
            .query_all_raw(sql_with(&self.db, text, values))
            .await?;
        rows.iter().map(read).collect()
    }

    /// How many late entries each bureau's steps have under the same filter.
    ///
    /// # Errors
    /// The database.
    pub async fn late_counts(
        &self,
        filter: &LateFilter,
    ) -> Result<BTreeMap<BureauId, u64>, StoreError> {
        let (condition, values) = condition(filter);
        let text = format!(
            "SELECT l.bureau_id, COUNT(*) AS n FROM late_entry l WHERE {condition} \
             GROUP BY l.bureau_id"
        );
        let rows = self
            .db
            .query_all_raw(sql_with(&self.db, text, values))
            .await?;
        rows.iter()
            .map(|row| {
                let n: i64 = row.try_get("", "n")?;
                let bureau = BureauId(row.try_get("", "bureau_id")?);
                Ok((bureau, u64::try_from(n).unwrap_or(0)))
            })
            .collect()
    }
}
