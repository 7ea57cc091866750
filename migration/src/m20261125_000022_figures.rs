//! What each ledger gives to the figures (效能统计), in rows that an index can add up.
//!
//! The rows are a projection: they can be made again from the ledgers at any time. A migration
//! cannot fold a ledger, so it notes whose figures are owed; the program folds those. A filing's
//! row that changes in a way that its figures follow is noted by the database itself, so no path
//! of writing can leave figures behind unseen.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// The tables of figures.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let database = manager.get_connection();
        let backend = manager.get_database_backend();
        let (bigint, date) = match backend {
            DbBackend::Postgres => ("bigint", "date"),
            _ => ("integer", "date_text"),
        };
        for table in TABLES {
            let table = table.replace("{bigint}", bigint).replace("{date}", date);
            database.execute_unprepared(&table).await?;
        }
        let owing = match backend {
            DbBackend::Postgres => POSTGRES_OWING,
            _ => SQLITE_OWING,
        };
        for statement in [INDEXES, owing].concat() {
            database.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

const TABLES: &[&str] = &[
    r#"CREATE TABLE "filing_figures" (
    "filing_id" {bigint} NOT NULL PRIMARY KEY REFERENCES "filing" ("id"),
    "bureau_id" {bigint} NOT NULL REFERENCES "bureau" ("id"),
    "step" text NOT NULL,
    "seq" integer NOT NULL,
    "submitted_on" {date},
    "accepted_on" {date},
    "deems_on" {date},
    "by_silence" boolean NOT NULL,
    "decided_on" {date},
    "outcome" text,
    "used_days" integer,
    "due_on" {date},
    "late" boolean NOT NULL,
    "suspended_days" integer NOT NULL,
    "waited_days" integer NOT NULL
)"#,
    r#"CREATE TABLE "filing_suspension" (
    "filing_id" {bigint} NOT NULL REFERENCES "filing" ("id"),
    "number" integer NOT NULL,
    "bureau_id" {bigint} NOT NULL REFERENCES "bureau" ("id"),
    "step" text NOT NULL,
    "on_day" {date} NOT NULL,
    "left_days" integer,
    "due_on" {date},
    PRIMARY KEY ("filing_id", "number")
)"#,
    r#"CREATE TABLE "project_figures" (
    "project_id" {bigint} NOT NULL PRIMARY KEY REFERENCES "project" ("id"),
    "finished_on" {date} NOT NULL,
    "steps" integer NOT NULL,
    "one_after_another" integer NOT NULL,
    "elapsed" integer NOT NULL,
    "idle" integer NOT NULL
)"#,
    r#"CREATE TABLE "figures_owed" (
    "filing_id" {bigint} NOT NULL PRIMARY KEY REFERENCES "filing" ("id"),
    "project_id" {bigint} NOT NULL REFERENCES "project" ("id")
)"#,
];

const INDEXES: &[&str] = &[
    r#"CREATE INDEX "idx_filing_figures_submitted" ON "filing_figures" ("submitted_on", "bureau_id", "step")"#,
    r#"CREATE INDEX "idx_filing_figures_accepted" ON "filing_figures" ("accepted_on", "bureau_id", "step", "deems_on", "by_silence")"#,
    r#"CREATE INDEX "idx_filing_figures_decided" ON "filing_figures" ("decided_on", "bureau_id", "step", "outcome", "used_days", "due_on", "late", "suspended_days", "waited_days") WHERE "decided_on" IS NOT NULL"#,
    r#"CREATE INDEX "idx_filing_suspension_day" ON "filing_suspension" ("on_day", "bureau_id", "step", "due_on")"#,
    r#"CREATE INDEX "idx_project_figures_finished" ON "project_figures" ("finished_on")"#,
    r#"CREATE INDEX "idx_figures_owed_project" ON "figures_owed" ("project_id", "filing_id")"#,
    r#"INSERT INTO "figures_owed" SELECT "id", "project_id" FROM "filing" WHERE "seq" > 0"#,
];

const SQLITE_OWING: &[&str] = &[
    r#"CREATE TRIGGER "filing_owes_figures" AFTER UPDATE ON "filing"
       WHEN NEW."seq" IS NOT OLD."seq" OR NEW."status" IS NOT OLD."status"
         OR NEW."submitted_on" IS NOT OLD."submitted_on"
         OR NEW."accepted_on" IS NOT OLD."accepted_on" OR NEW."deems_on" IS NOT OLD."deems_on"
         OR NEW."starts_on" IS NOT OLD."starts_on" OR NEW."due_on" IS NOT OLD."due_on"
         OR NEW."decided_on" IS NOT OLD."decided_on" OR NEW."decided_late" IS NOT OLD."decided_late"
         OR NEW."over_by" IS NOT OLD."over_by" OR NEW."untimed" IS NOT OLD."untimed"
       BEGIN INSERT INTO "figures_owed" ("filing_id", "project_id")
             SELECT NEW."id", NEW."project_id"
             WHERE NOT EXISTS (SELECT 1 FROM "figures_owed" WHERE "filing_id" = NEW."id"); END"#,
];

const POSTGRES_OWING: &[&str] = &[
    r#"CREATE FUNCTION "owe_filing_figures"() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN
         INSERT INTO "figures_owed" ("filing_id", "project_id")
         VALUES (NEW."id", NEW."project_id") ON CONFLICT DO NOTHING;
         RETURN NULL;
       END $$"#,
    r#"CREATE TRIGGER "filing_owes_figures" AFTER UPDATE ON "filing"
       FOR EACH ROW WHEN (
         (NEW."seq", NEW."status", NEW."submitted_on", NEW."accepted_on", NEW."deems_on",
          NEW."starts_on", NEW."due_on", NEW."decided_on", NEW."decided_late", NEW."over_by",
          NEW."untimed")
         IS DISTINCT FROM
         (OLD."seq", OLD."status", OLD."submitted_on", OLD."accepted_on", OLD."deems_on",
          OLD."starts_on", OLD."due_on", OLD."decided_on", OLD."decided_late", OLD."over_by",
          OLD."untimed"))
       EXECUTE FUNCTION "owe_filing_figures"()"#,
];
