//! Entries that were typed late (补录), in a table of their own: the ledger is append-only, and
//! its days cannot be compared through an index. What is there already is taken over.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// The table of late entries.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let database = manager.get_connection();
        let statements = match manager.get_database_backend() {
            DbBackend::Postgres => [POSTGRES, INDEXES, POSTGRES_GUARDS].concat(),
            _ => [SQLITE, INDEXES, SQLITE_GUARDS].concat(),
        };
        for statement in statements {
            database.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

/// The table, and the rows that the ledgers of before give it: those of people, typed more than
/// one day after their day by Benxi's calendar.
const SQLITE: &[&str] = &[
    r#"CREATE TABLE "late_entry" (
    "filing_id" integer NOT NULL REFERENCES "filing" ("id"),
    "seq" integer NOT NULL,
    "bureau_id" integer NOT NULL REFERENCES "bureau" ("id"),
    "on_day" date_text NOT NULL,
    "recorded_on" date_text NOT NULL,
    "kind" text NOT NULL,
    "actor_name" text NOT NULL,
    PRIMARY KEY ("filing_id", "seq")
)"#,
    r#"INSERT INTO "late_entry"
       SELECT e."filing_id", e."seq", f."bureau_id", e."on_day",
              date(e."recorded_at", '+8 hours'), e."kind", e."actor_name"
       FROM "filing_event" e JOIN "filing" f ON f."id" = e."filing_id"
       WHERE e."actor_id" IS NOT NULL
         AND date(e."recorded_at", '+8 hours') > date(e."on_day", '+1 day')"#,
];

const POSTGRES: &[&str] = &[
    r#"CREATE TABLE "late_entry" (
    "filing_id" bigint NOT NULL REFERENCES "filing" ("id"),
    "seq" integer NOT NULL,
    "bureau_id" bigint NOT NULL REFERENCES "bureau" ("id"),
    "on_day" date NOT NULL,
    "recorded_on" date NOT NULL,
    "kind" text NOT NULL,
    "actor_name" text NOT NULL,
    PRIMARY KEY ("filing_id", "seq")
)"#,
    r#"INSERT INTO "late_entry"
       SELECT e."filing_id", e."seq", f."bureau_id", e."on_day",
              (e."recorded_at" AT TIME ZONE 'Asia/Shanghai')::date, e."kind", e."actor_name"
       FROM "filing_event" e JOIN "filing" f ON f."id" = e."filing_id"
       WHERE e."actor_id" IS NOT NULL
         AND (e."recorded_at" AT TIME ZONE 'Asia/Shanghai')::date > e."on_day" + 1"#,
];

const INDEXES: &[&str] = &[
    r#"CREATE INDEX "idx_late_entry_newest" ON "late_entry" ("recorded_on", "filing_id", "seq")"#,
    r#"CREATE INDEX "idx_late_entry_bureau" ON "late_entry" ("bureau_id", "recorded_on", "filing_id", "seq")"#,
];

const SQLITE_GUARDS: &[&str] = &[
    r#"CREATE TRIGGER "late_entry_no_update" BEFORE UPDATE ON "late_entry"
       BEGIN SELECT RAISE(ABORT, 'late entries are kept'); END"#,
    r#"CREATE TRIGGER "late_entry_no_delete" BEFORE DELETE ON "late_entry"
       BEGIN SELECT RAISE(ABORT, 'late entries are kept'); END"#,
    // INSERT OR REPLACE deletes the old row without asking the trigger above.
    r#"CREATE TRIGGER "late_entry_no_replace" BEFORE INSERT ON "late_entry"
       WHEN EXISTS (SELECT 1 FROM "late_entry"
                    WHERE "filing_id" = NEW."filing_id" AND "seq" = NEW."seq")
       BEGIN SELECT RAISE(ABORT, 'late entries are kept'); END"#,
];

const POSTGRES_GUARDS: &[&str] = &[
    r#"CREATE FUNCTION "refuse_late_entry_change"() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'late entries are kept'; END $$"#,
    r#"CREATE TRIGGER "late_entry_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "late_entry"
       FOR EACH STATEMENT EXECUTE FUNCTION "refuse_late_entry_change"()"#,
];
