//! What was done outside the ledgers, and by whom.

use sea_orm::entity::prelude::*;

/// What was done outside the ledgers, and by whom.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The instant.
    pub at: DateTimeUtc,
    /// Who; null: nobody logged in.
    pub actor_id: Option<i64>,
    /// What, kebab-case.
    pub act: String,
    /// On what: `project 7`.
    pub subject: String,
    /// More, for a reader.
    #[sea_orm(column_type = "Text")]
    pub detail: String,
}

impl ActiveModelBehavior for ActiveModel {}
