//! A change of a project's facts; never changed, never deleted.

use sea_orm::entity::prelude::*;

/// A change of a project's facts; never changed, never deleted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "facts_change")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The project.
    pub project_id: i64,
    /// The facts before, as JSON.
    pub before: String,
    /// The facts after, as JSON.
    pub after: String,
    /// Why.
    pub reason: String,
    /// The day on which it was recorded.
    pub on_day: Date,
    /// Who recorded it.
    pub person_id: i64,
    /// That person's name then.
    pub person_name: String,
    /// The instant of recording.
    pub recorded_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
