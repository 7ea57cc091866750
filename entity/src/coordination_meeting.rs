//! A meeting on a difficulty (会商); its minutes are written once.

use sea_orm::entity::prelude::*;

/// A meeting on a difficulty (会商); its minutes are written once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "coordination_meeting")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The difficulty.
    pub difficulty_id: i64,
    /// The day on which it is held.
    pub on_day: Date,
    /// Where.
    pub place: String,
    /// Who is called, as JSON.
    pub called: String,
    /// Who called it.
    pub person_id: i64,
    /// That person's name then.
    pub person_name: String,
    /// The instant of recording.
    pub recorded_at: DateTimeUtc,
    /// The minutes.
    pub minutes: Option<String>,
    /// Who wrote them.
    pub minutes_by: Option<i64>,
    /// That person's name then.
    pub minutes_by_name: Option<String>,
    /// The instant of recording them.
    pub minutes_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
