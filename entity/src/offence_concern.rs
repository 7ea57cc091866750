//! A bureau that has or had an offence, or is above one that does; never deleted.

use sea_orm::entity::prelude::*;

/// A bureau that has or had an offence, or is above one that does; never deleted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "offence_concern")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The offence.
    pub offence_id: i64,
    /// The bureau.
    pub bureau_id: i64,
}

impl ActiveModelBehavior for ActiveModel {}
