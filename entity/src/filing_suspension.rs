//! One suspension of a run, with what was left when it was set.

use sea_orm::entity::prelude::*;

/// One suspension of a run, with what was left when it was set.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "filing_suspension")]
pub struct Model {
    /// The filing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub filing_id: i64,
    /// Which suspension of the run, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// Who decides the filing.
    pub bureau_id: i64,
    /// The step's identifier.
    pub step: String,
    /// The day on which it was set.
    pub on_day: Date,
    /// Counted working days still open then; null where no limit ran.
    pub left_days: Option<i32>,
    /// The due date that stood then.
    pub due_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
