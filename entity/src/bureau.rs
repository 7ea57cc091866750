//! A bureau that decides steps.

use sea_orm::entity::prelude::*;

/// A bureau that decides steps.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bureau")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// What it decides: `natural-resources` ….
    pub kind: String,
    /// `city` or `county`.
    pub level: String,
    /// The county's code; empty for the city.
    pub county: String,
    /// Its Chinese name.
    pub name: String,
}

impl ActiveModelBehavior for ActiveModel {}
