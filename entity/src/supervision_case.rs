//! A supervision case on a filing: the projection of its entries.

use sea_orm::entity::prelude::*;

/// A supervision case on a filing: the projection of its entries.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_case")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The filing.
    pub filing_id: i64,
    /// Who decides it.
    pub bureau_id: i64,
    /// The day that it was opened for.
    pub opened_on: Date,
    /// The due date that had passed, where the step had one.
    pub due_on: Option<Date>,
    /// What lists order by: the due date, else the day of opening.
    pub ranks_on: Date,
    /// Where it is.
    pub state: String,
    /// Closed.
    pub closed: bool,
    /// The day of closing.
    pub closed_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
