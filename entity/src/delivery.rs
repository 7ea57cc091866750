//! How a decision reached the applicant (送达).

use sea_orm::entity::prelude::*;

/// How a decision reached the applicant (送达).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery")]
pub struct Model {
    /// The decision's document.
    #[sea_orm(primary_key, auto_increment = false)]
    pub document_id: i64,
    /// The day.
    pub on_day: Date,
    /// The way's word.
    pub way: String,
    /// Who received it.
    pub recipient: String,
    /// Who recorded it.
    pub person_id: i64,
    /// That person's name then.
    pub person_name: String,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
