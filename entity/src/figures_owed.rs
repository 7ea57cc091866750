//! A filing whose figures are still to be made from its ledger.

use sea_orm::entity::prelude::*;

/// A filing whose figures are still to be made from its ledger.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "figures_owed")]
pub struct Model {
    /// The filing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub filing_id: i64,
    /// Its project.
    pub project_id: i64,
}

impl ActiveModelBehavior for ActiveModel {}
