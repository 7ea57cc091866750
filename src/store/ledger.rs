//! Ledgers as they are read.

use std::collections::BTreeMap;

use entity::{filing, filing_event, project};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
};

use super::error::StoreError;
use super::ids::{FilingId, ProjectId};
use super::record::{Entry, Filing};
use super::{Reader, Tx, row};
use crate::statute::plan::ProjectFacts;

/// A filing with all that a refold needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerOf {
    /// The projected row.
    pub filing: Filing,
    /// The project's facts.
    pub facts: ProjectFacts,
    /// The catalogue version that the project began under.
    pub plan_hash: String,
    /// The ledger.
    pub entries: Vec<Entry>,
}

async fn entries(db: &impl ConnectionTrait, filing: FilingId) -> Result<Vec<Entry>, StoreError> {
    let rows = filing_event::Entity::find()
        .filter(filing_event::Column::FilingId.eq(filing.0))
        .order_by_asc(filing_event::Column::Seq)
        .all(db)
        .await?;
    rows.into_iter().map(row::entry).collect()
}

pub(super) fn grouped(
    rows: Vec<filing_event::Model>,
) -> Result<BTreeMap<FilingId, Vec<Entry>>, StoreError> {
    let mut ledgers: BTreeMap<FilingId, Vec<Entry>> = BTreeMap::new();
    for row in rows {
        ledgers
            .entry(FilingId(row.filing_id))
            .or_default()
            .push(row::entry(row)?);
    }
    Ok(ledgers)
}

/// The ledgers of a project's filings that have any entry, in one statement.
async fn of_project(
    db: &impl ConnectionTrait,
    project: ProjectId,
) -> Result<BTreeMap<FilingId, Vec<Entry>>, StoreError> {
    let rows = filing_event::Entity::find()
        .join(
            JoinType::InnerJoin,
            filing_event::Entity::belongs_to(filing::Entity)
                .from(filing_event::Column::FilingId)
                .to(filing::Column::Id)
                .into(),
        )
        .filter(filing::Column::ProjectId.eq(project.0))
        .order_by_asc(filing_event::Column::FilingId)
        .order_by_asc(filing_event::Column::Seq)
        .all(db)
        .await?;
    grouped(rows)
}

impl Reader {
    /// A filing's ledger, oldest first.
    ///
    /// # Errors
    /// The database.
    pub async fn ledger(&self, filing: FilingId) -> Result<Vec<Entry>, StoreError> {
        entries(&self.db, filing).await
    }

    /// The ledgers of a project's filings that have any entry, in one statement.
    ///
    /// # Errors
    /// The database.
    pub async fn ledgers_of_project(
        &self,
        project: ProjectId,
    ) -> Result<BTreeMap<FilingId, Vec<Entry>>, StoreError> {
        of_project(&self.db, project).await
    }

    /// The next filings after `after` with facts and ledgers, in three statements: for a refold of
    /// everything.
    ///
    /// # Errors
    /// The database.
    pub async fn ledger_pages(
        &self,
        after: FilingId,
        limit: u64,
    ) -> Result<Vec<LedgerOf>, StoreError> {
        let filings = filing::Entity::find()
            .filter(filing::Column::Id.gt(after.0))
            .order_by_asc(filing::Column::Id)
            .limit(limit)
            .all(&self.db)
            .await?;
        let (Some(first), Some(last)) = (filings.first(), filings.last()) else {
            return Ok(Vec::new());
        };
        let (first, last) = (first.id, last.id);
        let within = filing::Column::Id.between(first, last);
        let projects: BTreeMap<i64, project::Model> = project::Entity::find()
            .filter(
                project::Column::Id.in_subquery(
                    sea_orm::QuerySelect::query(
                        &mut filing::Entity::find()
                            .select_only()
                            .column(filing::Column::ProjectId)
                            .filter(within),
                    )
                    .to_owned(),
                ),
            )
            .all(&self.db)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let rows = filing_event::Entity::find()
            .filter(filing_event::Column::FilingId.between(first, last))
            .order_by_asc(filing_event::Column::FilingId)
            .order_by_asc(filing_event::Column::Seq)
            .all(&self.db)
            .await?;
        let mut ledgers = grouped(rows)?;
        let mut pages = Vec::with_capacity(filings.len());
        for row in filings {
            let Some(project) = projects.get(&row.project_id).cloned() else {
                return Err(StoreError::Inconsistent {
                    table: "filing",
                    column: "project_id",
                    id: row.id,
                    found: row.project_id.to_string(),
                    expected: "a project's row",
                });
            };
            let project = row::project(project)?;
            let filing = row::filing(row)?;
            pages.push(LedgerOf {
                entries: ledgers.remove(&filing.id).unwrap_or_default(),
                filing,
                facts: project.facts,
                plan_hash: project.plan_hash,
            });
        }
        Ok(pages)
    }
}

impl Tx {
    /// A filing's ledger, oldest first.
    ///
    /// # Errors
    /// The database.
    pub async fn ledger(&self, filing: FilingId) -> Result<Vec<Entry>, StoreError> {
        entries(&self.tx, filing).await
    }

    /// The ledgers of a project's filings that have any entry, in one statement.
    ///
    /// # Errors
    /// The database.
    pub async fn ledgers_of_project(
        &self,
        project: ProjectId,
    ) -> Result<BTreeMap<FilingId, Vec<Entry>>, StoreError> {
        of_project(&self.tx, project).await
    }
}
