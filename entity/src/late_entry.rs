//! An entry of a ledger that a person typed more than one day after its day; never changed.

use sea_orm::entity::prelude::*;

/// An entry of a ledger that a person typed more than one day after its day; never changed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "late_entry")]
pub struct Model {
    /// The filing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub filing_id: i64,
    /// The entry's number in its ledger.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    /// The bureau that decides the filing.
    pub bureau_id: i64,
    /// The day of the event.
    pub on_day: Date,
    /// The Asia/Shanghai day of typing.
    pub recorded_on: Date,
    /// The contract's word.
    pub kind: String,
    /// Who typed it, by the name of then.
    pub actor_name: String,
}

impl ActiveModelBehavior for ActiveModel {}
