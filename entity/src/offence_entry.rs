//! What happened to an offence; never changed, never deleted.

use sea_orm::entity::prelude::*;

/// What happened to an offence; never changed, never deleted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "offence_entry")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The offence.
    pub offence_id: i64,
    /// From 1 within the offence, without gaps.
    pub seq: i32,
    /// What it is, by its word.
    pub kind: String,
    /// The day.
    pub on_day: Date,
    /// The whole of it as JSON.
    pub payload: String,
    /// The bureau that has the offence after it.
    pub bureau_id: i64,
    /// Who recorded it.
    pub person_id: i64,
    /// That person's name then.
    pub person_name: String,
    /// The instant of recording.
    pub recorded_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
