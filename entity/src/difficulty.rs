//! A difficulty that a project's approvals have met (困难和问题); closed once.

use sea_orm::entity::prelude::*;

/// A difficulty that a project's approvals have met (困难和问题); closed once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "difficulty")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The project.
    pub project_id: i64,
    /// The step that it concerns, if one.
    pub filing_id: Option<i64>,
    /// The bureau of the officer who raised it; null: raised by somebody else.
    pub bureau_id: Option<i64>,
    /// In one line.
    pub title: String,
    /// In full.
    pub words: String,
    /// The bureaus that it needs, as a JSON array of rows.
    pub needs: String,
    /// The day of raising.
    pub raised_on: Date,
    /// Who raised it.
    pub person_id: i64,
    /// That person's name then.
    pub person_name: String,
    /// The instant of recording.
    pub recorded_at: DateTimeUtc,
    /// `resolved` or `without`; null: open.
    pub closed: Option<String>,
    /// The day of closing.
    pub closed_on: Option<Date>,
    /// Why it is closed.
    pub closed_words: Option<String>,
    /// Who closed it.
    pub closed_by: Option<i64>,
    /// That person's name then.
    pub closed_by_name: Option<String>,
    /// The instant of closing.
    pub closed_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
