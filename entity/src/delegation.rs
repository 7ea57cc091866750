//! An officer's queue in a colleague's hands for a time; kept for good, ended once.

use sea_orm::entity::prelude::*;

/// An officer's queue in a colleague's hands for a time; kept for good, ended once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delegation")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The bureau of both.
    pub bureau_id: i64,
    /// Whose queue it is.
    pub giver_id: i64,
    /// That person's name then.
    pub giver_name: String,
    /// Who stands in.
    pub stand_in_id: i64,
    /// That person's name then.
    pub stand_in_name: String,
    /// The first day.
    pub first_on: Date,
    /// The last day; it still counts.
    pub last_on: Date,
    /// Why.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Who made it: the giver, or the bureau's lead.
    pub made_by: i64,
    /// That person's name then.
    pub made_by_name: String,
    /// When.
    pub made_at: DateTimeUtc,
    /// The day on which it was ended early; from that day on it no longer holds.
    pub ended_on: Option<Date>,
    /// Who ended it early.
    pub ended_by: Option<i64>,
    /// That person's name then.
    pub ended_by_name: Option<String>,
    /// When.
    pub ended_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
