//! The schema, one forward step a file; names are strings, so a step never changes with the code.

pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m20261123_000001_first_schema;
mod m20261124_000001_material_files;
mod m20261124_000002_fees_and_commitments;
mod m20261124_000003_proceedings;
mod m20261124_000007_documents;
mod m20261124_000008_runs;
mod m20261125_000010_offences;
mod m20261125_000011_coordination;
mod m20261125_000012_late_entries;
mod m20261125_000013_delegations;
mod m20261125_000013_leads;
mod m20261125_000014_corrections;
mod m20261125_000015_supervision;
mod m20261125_000016_messages;
mod m20261125_000017_took;
mod m20261125_000020_board;
mod m20261125_000021_delivery;
mod m20261125_000022_figures;
mod m20261125_000023_exports;
mod m20261125_000024_notices;

/// Every step, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_first_schema::Migration),
            Box::new(m20261124_000001_material_files::Migration),
            Box::new(m20261124_000002_fees_and_commitments::Migration),
            Box::new(m20261124_000003_proceedings::Migration),
            Box::new(m20261124_000007_documents::Migration),
            Box::new(m20261124_000008_runs::Migration),
            Box::new(m20261125_000010_offences::Migration),
            Box::new(m20261125_000011_coordination::Migration),
            Box::new(m20261125_000012_late_entries::Migration),
            Box::new(m20261125_000013_leads::Migration),
            Box::new(m20261125_000013_delegations::Migration),
            Box::new(m20261125_000014_corrections::Migration),
            Box::new(m20261125_000015_supervision::Migration),
            Box::new(m20261125_000016_messages::Migration),
            Box::new(m20261125_000017_took::Migration),
            Box::new(m20261125_000020_board::Migration),
            Box::new(m20261125_000021_delivery::Migration),
            Box::new(m20261125_000022_figures::Migration),
            Box::new(m20261125_000023_exports::Migration),
            Box::new(m20261125_000024_notices::Migration),
        ]
    }
}
