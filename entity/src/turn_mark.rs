//! How far what happens by the passing of days has come.

use sea_orm::entity::prelude::*;

/// How far what happens by the passing of days has come.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "turn_mark")]
pub struct Model {
    /// What.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The last day that was seen through.
    pub day: Date,
}

impl ActiveModelBehavior for ActiveModel {}
