//! Who leads a bureau (部门负责人).

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

/// The people's column `lead`.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = r#"ALTER TABLE "person" ADD COLUMN "lead" boolean NOT NULL DEFAULT FALSE"#;
        manager.get_connection().execute_unprepared(text).await?;
        Ok(())
    }
}
