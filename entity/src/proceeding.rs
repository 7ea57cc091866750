//! What was done beside a step's clock; never changed, never deleted.

use sea_orm::entity::prelude::*;

/// What was done beside a step's clock; never changed, never deleted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proceeding")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The project.
    pub project_id: i64,
    /// The filing that it stands beside.
    pub filing_id: i64,
    /// What it is, by its word.
    pub kind: String,
    /// The county that it concerns.
    pub county: Option<String>,
    /// The day.
    pub on_day: Date,
    /// The whole of it as JSON.
    pub payload: String,
    /// Who recorded it.
    pub person_id: i64,
    /// That person's name then.
    pub person_name: String,
    /// The instant of recording.
    pub recorded_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
