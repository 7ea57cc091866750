//! The working days of a finished project, one after another against side by side.

use sea_orm::entity::prelude::*;

/// The working days of a finished project, one after another against side by side.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_figures")]
pub struct Model {
    /// The project.
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: i64,
    /// The day of the last decision.
    pub finished_on: Date,
    /// How many steps.
    pub steps: i32,
    /// The days in hand of all steps, added up.
    pub one_after_another: i32,
    /// From the first submission to the last decision.
    pub elapsed: i32,
    /// Days of these on which nothing was in hand.
    pub idle: i32,
}

impl ActiveModelBehavior for ActiveModel {}
