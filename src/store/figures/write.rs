//! Figures as they are written: a filing's with its row, a project's when its last step is granted.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::{figures_owed, filing_figures, filing_suspension, project_figures};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, Iterable, QueryFilter, Set};

use super::super::error::StoreError;
use super::super::filing::CHUNK;
use super::super::ids::ProjectId;
use super::super::row::small;
use super::super::{Reader, Tx, sql_with};
use super::FigureRow;
use crate::statute::figures::SideBySide;

/// The days of a project's steps, where all that it goes by are granted.
pub type GrantedSpans = BTreeMap<ProjectId, Option<Vec<(NaiveDate, NaiveDate)>>>;

fn active(row: &FigureRow) -> filing_figures::ActiveModel {
    let measure = &row.measure;
    let decided = measure.decided.as_ref();
    filing_figures::ActiveModel {
        filing_id: Set(row.filing.0),
        bureau_id: Set(row.bureau.0),
        step: Set(row.step.as_str().to_owned()),
        seq: Set(small(row.seq)),
        submitted_on: Set(measure.submitted_on),
        accepted_on: Set(measure.accepted_on),
        deems_on: Set(measure.deems_on),
        by_silence: Set(measure.by_silence),
        decided_on: Set(decided.map(|decided| decided.on)),
        outcome: Set(decided.map(|decided| decided.outcome.code().to_owned())),
        used_days: Set(decided.and_then(|decided| decided.used).map(small)),
        due_on: Set(decided.and_then(|decided| decided.due_on)),
        late: Set(decided.is_some_and(|decided| decided.late)),
        suspended_days: Set(small(measure.suspended_days)),
        waited_days: Set(small(measure.waited_days)),
    }
}

fn suspensions(row: &FigureRow) -> impl Iterator<Item = filing_suspension::ActiveModel> {
    let all = row.measure.suspensions.iter().zip(1..);
    all.map(|(one, number)| filing_suspension::ActiveModel {
        filing_id: Set(row.filing.0),
        number: Set(number),
        bureau_id: Set(row.bureau.0),
        step: Set(row.step.as_str().to_owned()),
        on_day: Set(one.on),
        left_days: Set(one.left.map(small)),
        due_on: Set(one.due_on),
    })
}

/// The days of the projects' steps, or nothing of one with a step that is not granted, or whose
/// figures are not made of its whole ledger.
async fn granted_spans(
    db: &impl ConnectionTrait,
    projects: &[ProjectId],
) -> Result<GrantedSpans, StoreError> {
    let mut spans: GrantedSpans = BTreeMap::new();
    for chunk in projects.chunks(CHUNK) {
        let places: Vec<String> = (1..=chunk.len()).map(|n| format!("${n}")).collect();
        let text = format!(
            "SELECT f.project_id, g.submitted_on, g.decided_on, g.outcome, \
             CASE WHEN g.seq = f.seq THEN 1 ELSE 0 END AS fresh \
             FROM filing f LEFT JOIN filing_figures g ON g.filing_id = f.id \
             WHERE f.standing = 'current' AND f.project_id IN ({})",
            places.join(", ")
        );
        let values = chunk.iter().map(|id| id.0.into()).collect();
        for row in db.query_all_raw(sql_with(db, text, values)).await? {
            let days = spans
                .entry(ProjectId(row.try_get("", "project_id")?))
                .or_insert_with(|| Some(Vec::new()));
            let outcome: Option<String> = row.try_get("", "outcome")?;
            let fresh: i32 = row.try_get("", "fresh")?;
            let from: Option<NaiveDate> = row.try_get("", "submitted_on")?;
            let to: Option<NaiveDate> = row.try_get("", "decided_on")?;
            let granted = fresh == 1 && outcome.as_deref() == Some("granted");
            match (days.as_mut(), from.zip(to).filter(|_| granted)) {
                (Some(days), Some(span)) => days.push(span),
                _ => *days = None,
            }
        }
    }
    Ok(spans)
}

impl Reader {
    /// See [`Tx::granted_spans`].
    ///
    /// # Errors
    /// The database.
    pub async fn granted_spans(&self, projects: &[ProjectId]) -> Result<GrantedSpans, StoreError> {
        granted_spans(&self.db, projects).await
    }
}

impl Tx {
    /// First submission and decision of each step that the projects go by; nothing of a project
    /// with a step that is not granted, or whose figures are still owed.
    ///
    /// # Errors
    /// The database.
    pub async fn granted_spans(&self, projects: &[ProjectId]) -> Result<GrantedSpans, StoreError> {
        granted_spans(&self.tx, projects).await
    }

    /// Writes the figures of filings, over those that are there, and takes their notes away.
    ///
    /// # Errors
    /// The database.
    pub async fn write_figures(&self, rows: &[FigureRow]) -> Result<(), StoreError> {
        for chunk in rows.chunks(CHUNK) {
            let ids = || chunk.iter().map(|row| row.filing.0);
            filing_figures::Entity::insert_many(chunk.iter().map(active))
                .on_conflict(
                    OnConflict::column(filing_figures::Column::FilingId)
                        .update_columns(
                            filing_figures::Column::iter()
                                .filter(|c| !matches!(c, filing_figures::Column::FilingId)),
                        )
                        .to_owned(),
                )
                .exec_without_returning(&self.tx)
                .await?;
            filing_suspension::Entity::delete_many()
                .filter(filing_suspension::Column::FilingId.is_in(ids()))
                .exec(&self.tx)
                .await?;
            let suspended: Vec<_> = chunk.iter().flat_map(suspensions).collect();
            if !suspended.is_empty() {
                filing_suspension::Entity::insert_many(suspended)
                    .exec_without_returning(&self.tx)
                    .await?;
            }
            figures_owed::Entity::delete_many()
                .filter(figures_owed::Column::FilingId.is_in(ids()))
                .exec(&self.tx)
                .await?;
        }
        Ok(())
    }

    /// Writes the figures of projects: those of finished ones, and none of the others.
    ///
    /// # Errors
    /// The database.
    pub async fn write_project_figures(
        &self,
        projects: &[(ProjectId, Option<SideBySide>)],
    ) -> Result<(), StoreError> {
        for chunk in projects.chunks(CHUNK) {
            let (done, open): (Vec<_>, Vec<_>) = chunk.iter().partition(|(_, one)| one.is_some());
            if !open.is_empty() {
                project_figures::Entity::delete_many()
                    .filter(
                        project_figures::Column::ProjectId.is_in(open.iter().map(|(id, _)| id.0)),
                    )
                    .exec(&self.tx)
                    .await?;
            }
            let rows: Vec<_> = done
                .into_iter()
                .filter_map(|(id, one)| {
                    let one = one.as_ref()?;
                    Some(project_figures::ActiveModel {
                        project_id: Set(id.0),
                        finished_on: Set(one.finished_on),
                        steps: Set(small(one.steps)),
                        one_after_another: Set(small(one.one_after_another)),
                        elapsed: Set(small(one.elapsed)),
                        idle: Set(small(one.idle)),
                    })
                })
                .collect();
            if rows.is_empty() {
                continue;
            }
            project_figures::Entity::insert_many(rows)
                .on_conflict(
                    OnConflict::column(project_figures::Column::ProjectId)
                        .update_columns(
                            project_figures::Column::iter()
                                .filter(|c| !matches!(c, project_figures::Column::ProjectId)),
                        )
                        .to_owned(),
                )
                .exec_without_returning(&self.tx)
                .await?;
        }
        Ok(())
    }
}
