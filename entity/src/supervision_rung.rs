//! A rung of the ladder that was told; never changed, never deleted.

use sea_orm::entity::prelude::*;

/// A rung of the ladder that was told; never changed, never deleted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_rung")]
pub struct Model {
    /// The filing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub filing_id: i64,
    /// Which rung, by its word.
    #[sea_orm(primary_key, auto_increment = false)]
    pub rung: String,
    /// The date that it refers to: the due date.
    #[sea_orm(primary_key, auto_increment = false)]
    pub refers_to: Date,
    /// The day that it belongs to.
    pub belongs_on: Date,
    /// Who was told, in words.
    pub told: String,
    /// The instant of sending.
    pub recorded_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
