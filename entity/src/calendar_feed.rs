//! The secret address of a person's calendar feed; only its hash, revoked once.

use sea_orm::entity::prelude::*;

/// The secret address of a person's calendar feed; only its hash, revoked once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_feed")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Whose deadlines.
    pub person_id: i64,
    /// SHA-256 of the secret, lower-case hex.
    #[sea_orm(unique)]
    pub token_hash: String,
    /// The instant of making.
    pub created_at: DateTimeUtc,
    /// When it was revoked; empty: it is open.
    pub revoked_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
