//! A document (文书) that an entry of a ledger made.

use sea_orm::entity::prelude::*;

/// A document (文书) that an entry of a ledger made.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Whose ledger.
    pub filing_id: i64,
    /// The entry that made it.
    pub seq: i32,
    /// Which document.
    pub kind: String,
    /// Who issues it.
    pub bureau_id: i64,
    /// The year of its number.
    pub year: i32,
    /// From 1 without gaps, a bureau and a year.
    pub number: i32,
    /// What anybody can check it by.
    #[sea_orm(unique)]
    pub code: String,
    /// The day it was made.
    pub made_on: Date,
}

impl ActiveModelBehavior for ActiveModel {}
