//! A supervision notice (督办通知单) that the government's office issued.

use sea_orm::entity::prelude::*;

/// A supervision notice (督办通知单) that the government's office issued.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_notice")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The case.
    pub case_id: i64,
    /// The entry that made it.
    pub seq: i32,
    /// The year of its number.
    pub year: i32,
    /// From 1 without gaps a year.
    pub number: i32,
    /// What anybody can check it by.
    #[sea_orm(unique)]
    pub code: String,
    /// The day it was made.
    pub made_on: Date,
}

impl ActiveModelBehavior for ActiveModel {}
