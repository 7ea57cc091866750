//! What a meeting decided (议定事项): who owes what by when.

use sea_orm::entity::prelude::*;

/// What a meeting decided (议定事项): who owes what by when.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "coordination_decision")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The difficulty.
    pub difficulty_id: i64,
    /// The meeting.
    pub meeting_id: i64,
    /// The bureau that owes it; null: the company.
    pub owner_bureau: Option<i64>,
    /// What is owed.
    pub words: String,
    /// The last day for it.
    pub due_on: Date,
    /// Who recorded it.
    pub person_id: i64,
    /// That person's name then.
    pub person_name: String,
    /// The instant of recording.
    pub recorded_at: DateTimeUtc,
    /// `open`, `reported` or `confirmed`: what its acts give.
    pub state: String,
}

impl ActiveModelBehavior for ActiveModel {}
