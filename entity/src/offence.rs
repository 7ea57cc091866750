//! An offence against power facilities: the report, and where it stands after its entries.

use sea_orm::entity::prelude::*;

/// An offence against power facilities: the report, and where it stands after its entries.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "offence")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// What was found.
    pub kind: String,
    /// The county's code.
    pub county: String,
    /// Where.
    pub place: String,
    /// When it was found.
    pub found_at: DateTimeUtc,
    /// What was seen.
    pub words: String,
    /// The project that it touches.
    pub project_id: Option<i64>,
    /// Whether it lies in the protection zone of large works.
    pub large_works: bool,
    /// The day of the report.
    pub reported_on: Date,
    /// Who reported it.
    pub person_id: i64,
    /// That person's name then.
    pub person_name: String,
    /// The form's random key.
    #[sea_orm(unique)]
    pub request_key: String,
    /// Which bureau has it.
    pub bureau_id: i64,
    /// Where it is.
    pub state: String,
    /// Its entries.
    pub seq: i32,
    /// The last entry's day.
    pub last_on: Date,
}

impl ActiveModelBehavior for ActiveModel {}
