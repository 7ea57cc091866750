//! A letter of commitment on a step; only its outcome is added, once.

use sea_orm::entity::prelude::*;

/// A letter of commitment on a step; only its outcome is added, once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "commitment")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The filing.
    pub filing_id: i64,
    /// The catalogue's material that it stands for.
    pub material: Option<String>,
    /// What is promised.
    pub promise: String,
    /// The day of the letter.
    pub made_on: Date,
    /// The last day on which it can be kept.
    pub due_on: Date,
    /// Who promises for the company.
    pub person_id: i64,
    /// That person's name then.
    pub person_name: String,
    /// The instant of recording.
    pub recorded_at: DateTimeUtc,
    /// kept or broken; empty: open.
    pub outcome: Option<String>,
    /// The day on which that was found.
    pub outcome_on: Option<Date>,
    /// What was found, in words.
    pub outcome_words: Option<String>,
    /// The officer who recorded it.
    pub outcome_by: Option<i64>,
    /// That officer's name then.
    pub outcome_by_name: Option<String>,
    /// The instant of recording it.
    pub outcome_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
