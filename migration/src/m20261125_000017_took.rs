//! What decided steps took is drawn from by the forecast: the newest of a step at a bureau first.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

/// The index over decided filings.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared(
                r#"CREATE INDEX "idx_filing_took" ON "filing" ("bureau_id", "step", "decided_on", "id")
                   WHERE "decided_on" IS NOT NULL"#,
            )
            .await?;
        Ok(())
    }
}
