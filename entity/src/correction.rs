//! A correction that was asked for; only what became of it is added, once.

use sea_orm::entity::prelude::*;

/// A correction that was asked for; only what became of it is added, once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "correction")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The filing.
    pub filing_id: i64,
    /// Its bureau, whose lead consents.
    pub bureau_id: i64,
    /// The number of the mistaken entry.
    pub entry: i32,
    /// The event that is to take its place, as JSON; empty: it is struck out.
    pub event: Option<String>,
    /// Why.
    pub reason: String,
    /// Who asks.
    pub person_id: i64,
    /// That person's name then.
    pub person_name: String,
    /// The instant of asking.
    pub recorded_at: DateTimeUtc,
    /// consented or refused; empty: open.
    pub outcome: Option<String>,
    /// The lead's words.
    pub outcome_words: Option<String>,
    /// The lead.
    pub outcome_by: Option<i64>,
    /// The lead's name then.
    pub outcome_by_name: Option<String>,
    /// The instant of the outcome.
    pub outcome_at: Option<DateTimeUtc>,
    /// The entry that it became, where the lead consented.
    pub outcome_seq: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
