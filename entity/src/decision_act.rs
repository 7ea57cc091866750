//! What became of a decision: reported done, sent back, confirmed; never changed.

use sea_orm::entity::prelude::*;

/// What became of a decision: reported done, sent back, confirmed; never changed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision_act")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The decision.
    pub decision_id: i64,
    /// `reported`, `returned` or `confirmed`.
    pub kind: String,
    /// The day.
    pub on_day: Date,
    /// In words.
    pub words: String,
    /// Who recorded it.
    pub person_id: i64,
    /// That person's name then.
    pub person_name: String,
    /// The instant of recording.
    pub recorded_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
