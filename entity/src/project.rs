//! A power-grid project.

use sea_orm::entity::prelude::*;

/// A power-grid project.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The national platform's code.
    pub code: Option<String>,
    /// Its facts as JSON.
    #[sea_orm(column_type = "Text")]
    pub facts: String,
    /// Nominal voltage in volts.
    pub volts: i32,
    /// The catalogue version it began under.
    pub plan_hash: String,
    /// Who entered it.
    pub created_by: i64,
    /// The day it was entered.
    pub created_on: Date,
    /// The instant.
    pub created_at: DateTimeUtc,
    /// The form's key: posting twice makes one project.
    #[sea_orm(unique)]
    pub request_key: String,
}

impl ActiveModelBehavior for ActiveModel {}
