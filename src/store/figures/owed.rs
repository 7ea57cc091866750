//! Whose figures are still to be made from their ledgers.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::{figures_owed, filing, filing_event, project, project_figures};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

use super::super::error::StoreError;
use super::super::ids::{FilingId, ProjectId};
use super::super::ledger::{LedgerOf, grouped};
use super::super::{Reader, Tx, row, sql, sql_with};
use crate::statute::figures::SideBySide;

impl Reader {
    /// Whether any figures are owed.
    ///
    /// # Errors
    /// The database.
    pub async fn owes_figures(&self) -> Result<bool, StoreError> {
        let one = figures_owed::Entity::find().one(&self.db).await?;
        Ok(one.is_some())
    }

    /// The stored figures of the finished ones of these projects.
    ///
    /// # Errors
    /// The database.
    pub async fn project_figures(
        &self,
        projects: &[ProjectId],
    ) -> Result<BTreeMap<ProjectId, SideBySide>, StoreError> {
        let small = |n: i32| u32::try_from(n).unwrap_or(0);
        let mut kept = BTreeMap::new();
        for chunk in projects.chunks(super::super::filing::CHUNK) {
            let ids = chunk.iter().map(|id| id.0);
            let rows = project_figures::Entity::find()
                .filter(project_figures::Column::ProjectId.is_in(ids))
                .all(&self.db)
                .await?;
            kept.extend(rows.into_iter().map(|row| {
                let figures = SideBySide {
                    finished_on: row.finished_on,
                    steps: small(row.steps),
                    one_after_another: small(row.one_after_another),
                    elapsed: small(row.elapsed),
                    idle: small(row.idle),
                };
                (ProjectId(row.project_id), figures)
            }));
        }
        Ok(kept)
    }
}

impl Tx {
    /// The filings of a project whose figures are owed.
    ///
    /// # Errors
    /// The database.
    pub async fn figures_owed_of(&self, project: ProjectId) -> Result<Vec<FilingId>, StoreError> {
        let rows = figures_owed::Entity::find()
            .filter(figures_owed::Column::ProjectId.eq(project.0))
            .order_by_asc(figures_owed::Column::FilingId)
            .all(&self.tx)
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| FilingId(row.filing_id))
            .collect())
    }

    /// Notes that the figures of every filing that was open on `since`, or moved on since, are
    /// owed: for what changes figures without a row's changing, as another calendar may.
    ///
    /// # Errors
    /// The database.
    pub async fn owe_figures(&self, since: NaiveDate) -> Result<(), StoreError> {
        const TEXT: &str = "INSERT INTO figures_owed (filing_id, project_id) \
            SELECT f.id, f.project_id FROM filing f \
            WHERE f.seq > 0 AND (f.decided_on IS NULL OR f.decided_on >= $1) \
            AND NOT EXISTS (SELECT 1 FROM figures_owed o WHERE o.filing_id = f.id)";
        self.tx
            .execute_raw(sql(&self.tx, TEXT, [since.into()]))
            .await?;
        Ok(())
    }

    /// The next projects behind `after` with owed figures, held against other writers; what
    /// somebody else holds is left to them or to the next time. The last project looked at comes
    /// along; nothing where there is none.
    ///
    /// # Errors
    /// The database.
    pub async fn projects_owing_figures(
        &self,
        after: ProjectId,
        limit: u64,
    ) -> Result<Option<(ProjectId, Vec<ProjectId>)>, StoreError> {
        let text = format!(
            "SELECT DISTINCT project_id FROM figures_owed WHERE project_id > $1 \
             ORDER BY project_id LIMIT {limit}"
        );
        let rows = self
            .tx
            .query_all_raw(sql_with(&self.tx, text, vec![after.0.into()]))
            .await?;
        let mut ids: Vec<i64> = Vec::with_capacity(rows.len());
        for row in rows {
            ids.push(row.try_get("", "project_id")?);
        }
        let Some(last) = ids.last().copied().map(ProjectId) else {
            return Ok(None);
        };
        if self.tx.get_database_backend() == DbBackend::Postgres {
            let places: Vec<String> = (1..=ids.len()).map(|n| format!("${n}")).collect();
            let text = format!(
                "SELECT id FROM project WHERE id IN ({}) ORDER BY id FOR UPDATE SKIP LOCKED",
                places.join(", ")
            );
            let values = ids.iter().map(|id| (*id).into()).collect();
            let rows = self
                .tx
                .query_all_raw(sql_with(&self.tx, text, values))
                .await?;
            ids.clear();
            for row in rows {
                ids.push(row.try_get("", "id")?);
            }
        }
        Ok(Some((last, ids.into_iter().map(ProjectId).collect())))
    }

    /// The owed filings of these projects with facts and ledgers, in three statements.
    ///
    /// # Errors
    /// The database.
    pub async fn owed_ledgers(&self, projects: &[ProjectId]) -> Result<Vec<LedgerOf>, StoreError> {
        let of = || projects.iter().map(|id| id.0);
        let owed = figures_owed::Entity::find()
            .select_only()
            .column(figures_owed::Column::FilingId)
            .filter(figures_owed::Column::ProjectId.is_in(of()))
            .into_query();
        let filings = filing::Entity::find()
            .filter(filing::Column::Id.in_subquery(owed.clone()))
            .order_by_asc(filing::Column::Id)
            .all(&self.tx)
            .await?;
        let projects: BTreeMap<i64, project::Model> = project::Entity::find()
            .filter(project::Column::Id.is_in(of()))
            .all(&self.tx)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let events = filing_event::Entity::find()
            .filter(filing_event::Column::FilingId.in_subquery(owed))
            .order_by_asc(filing_event::Column::FilingId)
            .order_by_asc(filing_event::Column::Seq)
            .all(&self.tx)
            .await?;
        let mut ledgers = grouped(events)?;
        filings
            .into_iter()
            .filter_map(|filing| Some((projects.get(&filing.project_id)?.clone(), filing)))
            .map(|(project, filing)| {
                let (project, filing) = (row::project(project)?, row::filing(filing)?);
                Ok(LedgerOf {
                    entries: ledgers.remove(&filing.id).unwrap_or_default(),
                    filing,
                    facts: project.facts,
                    plan_hash: project.plan_hash,
                })
            })
            .collect()
    }
}
