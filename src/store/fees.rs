//! Fees that bureaus asked for on a step.

use chrono::{DateTime, NaiveDate, Utc};
use entity::fee;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use super::error::StoreError;
use super::ids::{FeeId, FilingId, PersonId};
use super::{Reader, Tx};

/// A fee that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// Row.
    pub id: FeeId,
    /// What it is called.
    pub name: String,
    /// How much, in fen (0.01 元).
    pub amount_fen: i64,
    /// The law or regulation that it rests on, as the officer wrote it.
    pub basis: String,
    /// The day on which it was asked for.
    pub asked_on: NaiveDate,
    /// Who recorded it, by the name of then.
    pub person_name: String,
    /// When it was recorded.
    pub at: DateTime<Utc>,
}

/// A fee to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFee {
    /// The step.
    pub filing: FilingId,
    /// What it is called.
    pub name: String,
    /// How much, in fen.
    pub amount_fen: i64,
    /// What it rests on.
    pub basis: String,
    /// The day on which it was asked for.
    pub asked_on: NaiveDate,
    /// Who records it.
    pub person: PersonId,
    /// That person's name.
    pub person_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Reader {
    /// The fees asked for on a step, in the order of recording.
    ///
    /// # Errors
    /// The database.
    pub async fn fees(&self, filing: FilingId) -> Result<Vec<Fee>, StoreError> {
        let rows = fee::Entity::find()
            .filter(fee::Column::FilingId.eq(filing.0))
            .order_by_asc(fee::Column::Id)
            .all(&self.db)
            .await?;
        let fee = |row: fee::Model| Fee {
            id: FeeId(row.id),
            name: row.name,
            amount_fen: row.amount_fen,
            basis: row.basis,
            asked_on: row.asked_on,
            person_name: row.person_name,
            at: row.recorded_at,
        };
        Ok(rows.into_iter().map(fee).collect())
    }
}

impl Tx {
    /// Enters a fee.
    ///
    /// # Errors
    /// The database.
    pub async fn insert_fee(&self, new: &NewFee) -> Result<FeeId, StoreError> {
        let row = fee::ActiveModel {
            filing_id: Set(new.filing.0),
            name: Set(new.name.clone()),
            amount_fen: Set(new.amount_fen),
            basis: Set(new.basis.clone()),
            asked_on: Set(new.asked_on),
            person_id: Set(new.person.0),
            person_name: Set(new.person_name.clone()),
            recorded_at: Set(new.at),
            ..<fee::ActiveModel as ActiveModelTrait>::default()
        };
        let made = fee::Entity::insert(row).exec(&self.tx).await?;
        Ok(FeeId(made.last_insert_id))
    }
}
