//! What was done in a supervision case; never changed, never deleted.

use sea_orm::entity::prelude::*;

/// What was done in a supervision case; never changed, never deleted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_entry")]
pub struct Model {
    /// The case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: i64,
    /// From 1 without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    /// What it is, by its word.
    pub kind: String,
    /// The day.
    pub on_day: Date,
    /// The whole of it as JSON.
    pub payload: String,
    /// Who did it; empty: by rule.
    pub person_id: Option<i64>,
    /// That person's name then, or the rule's words.
    pub person_name: String,
    /// The instant of recording.
    pub recorded_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
