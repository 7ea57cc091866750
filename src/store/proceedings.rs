//! Proceedings beside the clocks: appended, never changed.

use chrono::{DateTime, NaiveDate, Utc};
use entity::proceeding;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set,
};

use super::error::StoreError;
use super::ids::{FilingId, PersonId, ProjectId};
use super::{Reader, Tx, sql_with};
use crate::statute::division::County;
use crate::statute::proceeding::{Dated, Proceeding};

/// A proceeding as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Which step it stands beside.
    pub filing: FilingId,
    /// What, and on which day.
    pub dated: Dated,
    /// Who recorded it, by the name of then.
    pub person_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A proceeding to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProceeding {
    /// The project.
    pub project: ProjectId,
    /// The step that it stands beside.
    pub filing: FilingId,
    /// What, and on which day.
    pub dated: Dated,
    /// Who records it.
    pub person: PersonId,
    /// That person's name.
    pub person_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A planning opinion that a county has been asked for and has not given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenConsultation {
    /// The step for which it was asked.
    pub filing: FilingId,
    /// The project's name.
    pub project_name: String,
    /// The day of asking.
    pub asked_on: NaiveDate,
}

async fn of_project(
    db: &impl ConnectionTrait,
    project: ProjectId,
) -> Result<Vec<Recorded>, StoreError> {
    let rows = proceeding::Entity::find()
        .filter(proceeding::Column::ProjectId.eq(project.0))
        .order_by_asc(proceeding::Column::Id)
        .all(db)
        .await?;
    let recorded = |row: proceeding::Model| {
        let what: Proceeding =
            serde_json::from_str(&row.payload).map_err(|_| StoreError::Inconsistent {
                table: "proceeding",
                column: "payload",
                id: row.id,
                found: row.payload.clone(),
                expected: "a proceeding as JSON",
            })?;
        Ok(Recorded {
            filing: FilingId(row.filing_id),
            dated: Dated {
                on: row.on_day,
                what,
            },
            person_name: row.person_name,
            at: row.recorded_at,
        })
    };
    rows.into_iter().map(recorded).collect()
}

impl Reader {
    /// All proceedings of a project, in the order of recording.
    ///
    /// # Errors
    /// The database; a payload that is none.
    pub async fn proceedings(&self, project: ProjectId) -> Result<Vec<Recorded>, StoreError> {
        of_project(&self.db, project).await
    }

    /// The planning opinions that a county still owes, the oldest first.
    ///
    /// # Errors
    /// The database.
    pub async fn open_consultations(
        &self,
        county: County,
        limit: u64,
    ) -> Result<Vec<OpenConsultation>, StoreError> {
        let text = format!(
            "SELECT p.filing_id, p.on_day, j.name FROM proceeding p \
             JOIN project j ON j.id = p.project_id \
             WHERE p.kind = 'consultation-asked' AND p.county = $1 \
             AND NOT EXISTS (SELECT 1 FROM proceeding q WHERE q.kind = 'opinion-given' \
                AND q.county = p.county AND q.filing_id = p.filing_id) \
             ORDER BY p.on_day, p.id LIMIT {limit}"
        );
        let statement = sql_with(&self.db, &text, vec![county.code().into()]);
        let rows = self.db.query_all_raw(statement).await?;
        rows.into_iter()
            .map(|row| {
                Ok(OpenConsultation {
                    filing: FilingId(row.try_get("", "filing_id")?),
                    project_name: row.try_get("", "name")?,
                    asked_on: row.try_get("", "on_day")?,
                })
            })
            .collect()
    }
}

impl Tx {
    /// All proceedings of a project, in the order of recording.
    ///
    /// # Errors
    /// The database; a payload that is none.
    pub async fn proceedings(&self, project: ProjectId) -> Result<Vec<Recorded>, StoreError> {
        of_project(&self.tx, project).await
    }

    /// Records a proceeding.
    ///
    /// # Errors
    /// The database, also where a county was asked twice or has answered twice.
    pub async fn insert_proceeding(&self, new: &NewProceeding) -> Result<(), StoreError> {
        let what = &new.dated.what;
        let payload = serde_json::to_string(what).map_err(|error| StoreError::Inconsistent {
            table: "proceeding",
            column: "payload",
            id: 0,
            found: error.to_string(),
            expected: "a proceeding that can be written as JSON",
        })?;
        let row = proceeding::ActiveModel {
            project_id: Set(new.project.0),
            filing_id: Set(new.filing.0),
            kind: Set(what.code().to_owned()),
            county: Set(what.county().map(|county| county.code().to_owned())),
            on_day: Set(new.dated.on),
            payload: Set(payload),
            person_id: Set(new.person.0),
            person_name: Set(new.person_name.clone()),
            recorded_at: Set(new.at),
            ..<proceeding::ActiveModel as ActiveModelTrait>::default()
        };
        proceeding::Entity::insert(row).exec(&self.tx).await?;
        Ok(())
    }
}
