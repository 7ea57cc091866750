//! A fee that a bureau asked for on a step; never changed, never deleted.

use sea_orm::entity::prelude::*;

/// A fee that a bureau asked for on a step; never changed, never deleted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fee")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The filing.
    pub filing_id: i64,
    /// What it is called.
    pub name: String,
    /// How much, in fen (0.01 元).
    pub amount_fen: i64,
    /// The law or regulation that it rests on.
    pub basis: String,
    /// The day on which it was asked for.
    pub asked_on: Date,
    /// Who recorded it.
    pub person_id: i64,
    /// That person's name then.
    pub person_name: String,
    /// The instant of recording.
    pub recorded_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
