//! A version of a plan catalogue, kept word for word.

use sea_orm::entity::prelude::*;

/// A version of a plan catalogue, kept word for word.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue")]
pub struct Model {
    /// SHA-256 of the text, hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// `benxi-2020-24`.
    pub plan_id: String,
    /// The file's own version.
    pub version: String,
    /// The TOML text.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// When it was first used.
    pub added_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
