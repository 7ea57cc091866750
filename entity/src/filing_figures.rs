//! What the figures take from one run of one step: made anew from its ledger at any time.

use sea_orm::entity::prelude::*;

/// What the figures take from one run of one step: made anew from its ledger at any time.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "filing_figures")]
pub struct Model {
    /// The filing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub filing_id: i64,
    /// Who decides it.
    pub bureau_id: i64,
    /// The step's identifier.
    pub step: String,
    /// The entries of the ledger that it was made from.
    pub seq: i32,
    /// The day of the first submission.
    pub submitted_on: Option<Date>,
    /// The day of acceptance, real or foreseen.
    pub accepted_on: Option<Date>,
    /// From here on silence has accepted, if nobody acts.
    pub deems_on: Option<Date>,
    /// Silence accepted, or would.
    pub by_silence: bool,
    /// The decision's day.
    pub decided_on: Option<Date>,
    /// How it ended, by the word of the status.
    pub outcome: Option<String>,
    /// Counted working days to the decision; null where no limit ran.
    pub used_days: Option<i32>,
    /// The due date at the decision.
    pub due_on: Option<Date>,
    /// Decided after it.
    pub late: bool,
    /// Working days that stood still.
    pub suspended_days: i32,
    /// Working days from acceptance to the opinion of the county.
    pub waited_days: i32,
}

impl ActiveModelBehavior for ActiveModel {}
