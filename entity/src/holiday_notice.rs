//! A year's holiday notice that was entered by hand; never changed, never deleted.

use sea_orm::entity::prelude::*;

/// A year's holiday notice that was entered by hand; never changed, never deleted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "holiday_notice")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The year that it is about.
    pub year: i32,
    /// Which notice of that year, from 1; the newest holds.
    pub version: i32,
    /// The text as it was pasted.
    pub text: String,
    /// Its days, as JSON.
    pub days: String,
    /// Its document number.
    pub number: String,
    /// The day it was published.
    pub published_on: Date,
    /// Where it can be read.
    pub url: Option<String>,
    /// Why an official notice is corrected; nothing where there was none.
    pub reason: Option<String>,
    /// Who entered it.
    pub person_id: i64,
    /// That person's name then.
    pub person_name: String,
    /// The instant of entering.
    pub recorded_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
