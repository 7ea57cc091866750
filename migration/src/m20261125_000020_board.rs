//! The index that the board counts by: every column that its buckets and dimensions compare, over
//! open filings only.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

/// The index over open filings.
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
                r#"CREATE INDEX "idx_filing_tally" ON "filing"
                   ("bureau_id", "step", "county", "project_id", "status", "red_on", "yellow_on",
                    "law_red_on", "starts_on", "deems_on", "last_on", "decided_on", "seq")
                   WHERE "decided_on" IS NULL AND "seq" > 0"#,
            )
            .await?;
        Ok(())
    }
}
