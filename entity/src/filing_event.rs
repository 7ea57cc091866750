//! One entry of a filing's ledger; never changed, never deleted.

use sea_orm::entity::prelude::*;

/// One entry of a filing's ledger; never changed, never deleted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "filing_event")]
pub struct Model {
    /// The filing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub filing_id: i64,
    /// From 1 without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    /// The day of the event.
    pub on_day: Date,
    /// The contract's word.
    pub kind: String,
    /// The event as JSON.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// The recorder's words.
    #[sea_orm(column_type = "Text")]
    pub note: Option<String>,
    /// Who recorded it; null: by rule.
    pub actor_id: Option<i64>,
    /// That person's name then, or the rule's words.
    pub actor_name: String,
    /// The instant.
    pub recorded_at: DateTimeUtc,
    /// The chain's hash before.
    pub prev_hash: String,
    /// The chain's hash with this entry.
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}
