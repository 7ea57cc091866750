//! Filings: the projected rows of ledgers.

use entity::filing;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::error::StoreError;
use super::ids::{BureauId, FilingId, ProjectId};
use super::record::{Filing, Standing};
use super::row;
use super::{Reader, Tx};
use crate::statute::clock::{Status, Turning};
use crate::statute::division::County;
use crate::statute::plan::StepId;

/// Rows in one statement, so that their values stay below SQLite's limit of arguments.
pub(super) const CHUNK: usize = 500;

/// A filing to be made: its ledger is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFilingRow {
    /// Its project.
    pub project: ProjectId,
    /// Which step.
    pub step: StepId,
    /// The county, for county steps.
    pub county: Option<County>,
    /// Who decides it.
    pub bureau: BureauId,
    /// True: can be filed now.
    pub ready: bool,
    /// True: no limit holds for the project's facts.
    pub untimed: bool,
    /// Which run of the step it is, from 1.
    pub run: u32,
    /// The run before.
    pub succeeds: Option<FilingId>,
}

pub(super) async fn of_project(
    db: &impl ConnectionTrait,
    project: ProjectId,
) -> Result<Vec<Filing>, StoreError> {
    let rows = filing::Entity::find()
        .filter(filing::Column::ProjectId.eq(project.0))
        .order_by_asc(filing::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(row::filing).collect()
}

impl Reader {
    /// The filing.
    ///
    /// # Errors
    /// The database.
    pub async fn filing(&self, id: FilingId) -> Result<Option<Filing>, StoreError> {
        filing::Entity::find_by_id(id.0)
            .one(&self.db)
            .await?
            .map(row::filing)
            .transpose()
    }

    /// The filings of a project, in the order they were made (the route's).
    ///
    /// # Errors
    /// The database.
    pub async fn filings_of_project(&self, project: ProjectId) -> Result<Vec<Filing>, StoreError> {
        of_project(&self.db, project).await
    }
}

impl Tx {
    /// The filing, held against other writers until the transaction ends.
    ///
    /// # Errors
    /// The database.
    pub async fn filing(&self, id: FilingId) -> Result<Option<Filing>, StoreError> {
        let mut find = filing::Entity::find_by_id(id.0);
        if self.tx.get_database_backend() == DbBackend::Postgres {
            find = find.lock_exclusive();
        }
        find.one(&self.tx).await?.map(row::filing).transpose()
    }

    /// The filings of a project, in the order they were made.
    ///
    /// # Errors
    /// The database.
    pub async fn filings_of_project(&self, project: ProjectId) -> Result<Vec<Filing>, StoreError> {
        of_project(&self.tx, project).await
    }

    /// Makes filings with empty ledgers; their ids in the order given.
    ///
    /// # Errors
    /// Duplicate: the project has that step (in that county) already.
    pub async fn insert_filings(&self, new: &[NewFilingRow]) -> Result<Vec<FilingId>, StoreError> {
        let mut ids = Vec::with_capacity(new.len());
        for chunk in new.chunks(CHUNK) {
            let rows = chunk.iter().map(|new| {
                let mut row = <filing::ActiveModel as sea_orm::ActiveModelTrait>::default();
                row.project_id = Set(new.project.0);
                row.step = Set(new.step.as_str().to_owned());
                row.county = Set(row::county_text(new.county));
                row.bureau_id = Set(new.bureau.0);
                row.seq = Set(0);
                row.last_on = Set(None);
                row.submitted_on = Set(None);
                row.ready = Set(new.ready);
                row.run = Set(i32::try_from(new.run).unwrap_or(i32::MAX));
                row.succeeds = Set(new.succeeds.map(|id| id.0));
                row.standing = Set(Standing::Current.code().to_owned());
                row.decided_under = Set(None);
                row.officer_id = Set(None);
                let turning = Turning {
                    status: Some(Status::Draft),
                    untimed: new.untimed,
                    ..Turning::default()
                };
                row::set_turning(&mut row, &turning);
                row
            });
            let made = filing::Entity::insert_many(rows)
                .exec_with_returning(&self.tx)
                .await?;
            ids.extend(made.into_iter().map(|row| FilingId(row.id)));
        }
        Ok(ids)
    }

    /// Says of each filing whether it can be filed now.
    ///
    /// # Errors
    /// The database.
    pub async fn set_ready(&self, changes: &[(FilingId, bool)]) -> Result<(), StoreError> {
        for ready in [true, false] {
            let ids: Vec<i64> = changes
                .iter()
                .filter(|(_, to)| *to == ready)
                .map(|(id, _)| id.0)
                .collect();
            for chunk in ids.chunks(CHUNK) {
                filing::Entity::update_many()
                    .col_expr(
                        filing::Column::Ready,
                        sea_orm::sea_query::Expr::value(ready),
                    )
                    .filter(filing::Column::Id.is_in(chunk.iter().copied()))
                    .exec(&self.tx)
                    .await?;
            }
        }
        Ok(())
    }
}
