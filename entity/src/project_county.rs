//! A county that a project touches.

use sea_orm::entity::prelude::*;

/// A county that a project touches.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_county")]
pub struct Model {
    /// The project.
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: i64,
    /// The county's code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub county: String,
}

impl ActiveModelBehavior for ActiveModel {}
