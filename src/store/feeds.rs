//! The secret addresses of calendar feeds, and what a feed tells of a step's last change.

use chrono::{DateTime, Utc};
use entity::calendar_feed;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use super::error::StoreError;
use super::ids::{FilingId, PersonId};
use super::{Reader, Tx, packed, sql_with};

/// When a step's dates last changed, and how often they could have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    /// The step.
    pub filing: FilingId,
    /// Entries of its ledger and changes of its project's facts: grows with every change.
    pub times: u32,
    /// The instant of the last.
    pub at: DateTime<Utc>,
}

impl Reader {
    /// Whose feed has that hash, where it is not revoked.
    ///
    /// # Errors
    /// The database.
    pub async fn feed(&self, token_hash: &str) -> Result<Option<PersonId>, StoreError> {
        let found = calendar_feed::Entity::find()
            .filter(calendar_feed::Column::TokenHash.eq(token_hash))
            .filter(calendar_feed::Column::RevokedAt.is_null())
            .one(&self.db)
            .await?;
        Ok(found.map(|row| PersonId(row.person_id)))
    }

    /// When the person's open feed was made; `None`: there is none.
    ///
    /// # Errors
    /// The database.
    pub async fn feed_since(&self, person: PersonId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let found = calendar_feed::Entity::find()
            .filter(calendar_feed::Column::PersonId.eq(person.0))
            .filter(calendar_feed::Column::RevokedAt.is_null())
            .one(&self.db)
            .await?;
        Ok(found.map(|row| row.created_at))
    }

    /// When the dates of these steps last changed.
    ///
    /// # Errors
    /// The database.
    pub async fn last_changes(&self, filings: &[FilingId]) -> Result<Vec<Changed>, StoreError> {
        let Some((places, values)) = packed::listed(filings) else {
            return Ok(Vec::new());
        };
        let text = format!(
            "SELECT f.id, f.seq, e.recorded_at, COUNT(c.id) AS changes, \
             MAX(c.recorded_at) AS changed_at, \
             (SELECT COUNT(*) FROM holiday_notice) AS notices, \
             (SELECT MAX(h.recorded_at) FROM holiday_notice h) AS noticed_at FROM filing f \
             JOIN filing_event e ON e.filing_id = f.id AND e.seq = f.seq \
             LEFT JOIN facts_change c ON c.project_id = f.project_id \
             WHERE f.id IN ({places}) GROUP BY f.id, f.seq, e.recorded_at"
        );
        let rows = self
            .db
            .query_all_raw(sql_with(&self.db, text, values))
            .await?;
        rows.iter()
            .map(|row| {
                let (seq, changes): (i32, i64) =
                    (row.try_get("", "seq")?, row.try_get("", "changes")?);
                let recorded: DateTime<Utc> = row.try_get("", "recorded_at")?;
                let changed: Option<DateTime<Utc>> = row.try_get("", "changed_at")?;
                // A new holiday notice may move any date without an entry.
                let notices: i64 = row.try_get("", "notices")?;
                let noticed: Option<DateTime<Utc>> = row.try_get("", "noticed_at")?;
                Ok(Changed {
                    filing: FilingId(row.try_get("", "id")?),
                    times: u32::try_from(i64::from(seq) + changes + notices).unwrap_or(u32::MAX),
                    at: [changed, noticed]
                        .into_iter()
                        .flatten()
                        .fold(recorded, DateTime::max),
                })
            })
            .collect()
    }
}

impl Tx {
    /// Opens a feed under the hash of its secret.
    ///
    /// # Errors
    /// Duplicate: the person has an open one.
    pub async fn insert_feed(
        &self,
        person: PersonId,
        token_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let row = calendar_feed::ActiveModel {
            person_id: Set(person.0),
            token_hash: Set(token_hash.to_owned()),
            created_at: Set(now),
            revoked_at: Set(None),
            ..<calendar_feed::ActiveModel as sea_orm::ActiveModelTrait>::default()
        };
        calendar_feed::Entity::insert(row)
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }

    /// Revokes the person's open feed; false where there is none.
    ///
    /// # Errors
    /// The database.
    pub async fn revoke_feed(
        &self,
        person: PersonId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let revoked = calendar_feed::Entity::update_many()
            .col_expr(calendar_feed::Column::RevokedAt, Expr::value(now))
            .filter(calendar_feed::Column::PersonId.eq(person.0))
            .filter(calendar_feed::Column::RevokedAt.is_null())
            .exec(&self.tx)
            .await?;
        Ok(revoked.rows_affected == 1)
    }
}
