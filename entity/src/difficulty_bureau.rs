//! A bureau that a difficulty has brought in: needed, called to a meeting, or owing a decision.

use sea_orm::entity::prelude::*;

/// A bureau that a difficulty has brought in: needed, called to a meeting, or owing a decision.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "difficulty_bureau")]
pub struct Model {
    /// The difficulty.
    #[sea_orm(primary_key, auto_increment = false)]
    pub difficulty_id: i64,
    /// The bureau.
    #[sea_orm(primary_key, auto_increment = false)]
    pub bureau_id: i64,
}

impl ActiveModelBehavior for ActiveModel {}
