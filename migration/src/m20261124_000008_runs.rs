//! A step may run again (a changed blueprint, a new application after a refusal), and a project's
//! facts may change: what they were stays.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// Runs of a step, and changes of a project's facts.
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
            DbBackend::Postgres => [POSTGRES, POSTGRES_CHANGES, CHANGES_INDEX].concat(),
            _ => [SQLITE, INDEXES, SQLITE_CHANGES, CHANGES_INDEX].concat(),
        };
        for statement in statements {
            database.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

/// SQLite cannot drop a table's own UNIQUE, so the table is drawn anew. The entries that point at
/// its rows are checked when the transaction ends, by when the rows are back under their ids.
const SQLITE: &[&str] = &[
    "PRAGMA defer_foreign_keys = ON",
    r#"CREATE TABLE "filing_before_runs" AS SELECT * FROM "filing""#,
    r#"DROP TABLE "filing""#,
    r#"CREATE TABLE "filing" (
    "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "project_id" integer NOT NULL REFERENCES "project" ("id"),
    "step" text NOT NULL,
    "county" text NOT NULL,
    "bureau_id" integer NOT NULL REFERENCES "bureau" ("id"),
    "seq" integer NOT NULL,
    "last_on" date_text,
    "submitted_on" date_text,
    "ready" boolean NOT NULL,
    "status" text NOT NULL,
    "deems_on" date_text,
    "accepted_on" date_text,
    "starts_on" date_text,
    "yellow_on" date_text,
    "red_on" date_text,
    "law_red_on" date_text,
    "due_on" date_text,
    "decided_on" date_text,
    "decided_late" boolean NOT NULL,
    "suspended" boolean NOT NULL,
    "paused_left" integer,
    "over_by" integer NOT NULL,
    "deemed_accepted" boolean NOT NULL,
    "untimed" boolean NOT NULL,
    "provisional" boolean NOT NULL,
    "run" integer NOT NULL DEFAULT 1,
    "succeeds" integer REFERENCES "filing" ("id"),
    "standing" text NOT NULL DEFAULT 'current',
    "decided_under" text,
    UNIQUE ("project_id", "step", "county", "run")
)"#,
    r#"INSERT INTO "filing" SELECT *, 1, NULL, 'current', NULL FROM "filing_before_runs""#,
    r#"DROP TABLE "filing_before_runs""#,
];

/// Those of the first schema, which went with the table.
const INDEXES: &[&str] = &[
    r#"CREATE INDEX "idx_filing_red" ON "filing"
        ("red_on", "id", "yellow_on", "status", "deems_on", "decided_on", "project_id")
        WHERE "decided_on" IS NULL AND "red_on" IS NOT NULL"#,
    r#"CREATE INDEX "idx_filing_bureau_red" ON "filing"
        ("bureau_id", "red_on", "id", "yellow_on", "starts_on", "law_red_on", "status", "deems_on", "decided_on")
        WHERE "decided_on" IS NULL AND "red_on" IS NOT NULL"#,
    r#"CREATE INDEX "idx_filing_open" ON "filing"
        ("bureau_id", "status", "red_on", "starts_on", "deems_on", "decided_on", "seq")
        WHERE "decided_on" IS NULL AND "seq" > 0"#,
    r#"CREATE INDEX "idx_filing_bureau_project" ON "filing" ("bureau_id", "project_id")"#,
    r#"CREATE INDEX "idx_filing_open_project" ON "filing" ("project_id", "decided_on") WHERE "decided_on" IS NULL"#,
    r#"CREATE INDEX "idx_filing_ready" ON "filing" ("id") WHERE "ready""#,
    r#"CREATE INDEX "idx_filing_correcting" ON "filing" ("last_on", "id") WHERE "status" = 'correcting'"#,
];

const POSTGRES: &[&str] = &[r#"ALTER TABLE "filing"
       ADD COLUMN "run" integer NOT NULL DEFAULT 1,
       ADD COLUMN "succeeds" bigint REFERENCES "filing" ("id"),
       ADD COLUMN "standing" text NOT NULL DEFAULT 'current',
       ADD COLUMN "decided_under" text,
       DROP CONSTRAINT "filing_project_id_step_county_key",
       ADD UNIQUE ("project_id", "step", "county", "run")"#];

const SQLITE_CHANGES: &[&str] = &[
    r#"CREATE TABLE "facts_change" (
    "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "project_id" integer NOT NULL REFERENCES "project" ("id"),
    "before" text NOT NULL,
    "after" text NOT NULL,
    "reason" text NOT NULL,
    "on_day" date_text NOT NULL,
    "person_id" integer NOT NULL REFERENCES "person" ("id"),
    "person_name" text NOT NULL,
    "recorded_at" timestamp_with_timezone_text NOT NULL
)"#,
    r#"CREATE TRIGGER "facts_change_no_update" BEFORE UPDATE ON "facts_change"
       BEGIN SELECT RAISE(ABORT, 'changes of facts are kept'); END"#,
    r#"CREATE TRIGGER "facts_change_no_delete" BEFORE DELETE ON "facts_change"
       BEGIN SELECT RAISE(ABORT, 'changes of facts are kept'); END"#,
    // INSERT OR REPLACE deletes the old row without asking the trigger above.
    r#"CREATE TRIGGER "facts_change_no_replace" BEFORE INSERT ON "facts_change"
       WHEN EXISTS (SELECT 1 FROM "facts_change" WHERE "id" = NEW."id")
       BEGIN SELECT RAISE(ABORT, 'changes of facts are kept'); END"#,
];

const POSTGRES_CHANGES: &[&str] = &[
    r#"CREATE TABLE "facts_change" (
    "id" bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    "project_id" bigint NOT NULL REFERENCES "project" ("id"),
    "before" text NOT NULL,
    "after" text NOT NULL,
    "reason" text NOT NULL,
    "on_day" date NOT NULL,
    "person_id" bigint NOT NULL REFERENCES "person" ("id"),
    "person_name" text NOT NULL,
    "recorded_at" timestamp with time zone NOT NULL
)"#,
    r#"CREATE FUNCTION "refuse_facts_change_change"() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'changes of facts are kept'; END $$"#,
    r#"CREATE TRIGGER "facts_change_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "facts_change"
       FOR EACH STATEMENT EXECUTE FUNCTION "refuse_facts_change_change"()"#,
];

const CHANGES_INDEX: &[&str] =
    &[r#"CREATE INDEX "idx_facts_change_project" ON "facts_change" ("project_id", "id")"#];
