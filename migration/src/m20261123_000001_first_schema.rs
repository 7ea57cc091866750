//! The first schema: bureaus, people, catalogues, projects, filings and their ledgers.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// The first schema.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let database = manager.get_connection();
        let dialect = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        for statement in TABLES.iter().chain(INDEXES) {
            database
                .execute_unprepared(&dialect.spell(statement))
                .await?;
        }
        for statement in dialect.append_only {
            database.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

const TABLES: &[&str] = &[
    r#"CREATE TABLE "bureau" (
    "id" {id},
    "kind" {text} NOT NULL,
    "level" {text} NOT NULL,
    "county" {text} NOT NULL,
    "name" {text} NOT NULL,
    UNIQUE ("kind", "level", "county")
)"#,
    r#"CREATE TABLE "person" (
    "id" {id},
    "login" {text} NOT NULL UNIQUE,
    "name" {text} NOT NULL,
    "role" {text} NOT NULL,
    "bureau_id" {bigint} REFERENCES "bureau" ("id"),
    "password_hash" {text} NOT NULL,
    "active" {bool} NOT NULL
)"#,
    r#"CREATE TABLE "login_session" (
    "token_hash" {text} NOT NULL PRIMARY KEY,
    "person_id" {bigint} NOT NULL REFERENCES "person" ("id"),
    "csrf" {text} NOT NULL,
    "expires_at" {instant} NOT NULL
)"#,
    r#"CREATE TABLE "catalogue" (
    "hash" {text} NOT NULL PRIMARY KEY,
    "plan_id" {text} NOT NULL,
    "version" {text} NOT NULL,
    "text" {text} NOT NULL,
    "added_at" {instant} NOT NULL
)"#,
    r#"CREATE TABLE "project" (
    "id" {id},
    "name" {text} NOT NULL,
    "code" {text},
    "facts" {text} NOT NULL,
    "volts" {int} NOT NULL,
    "plan_hash" {text} NOT NULL REFERENCES "catalogue" ("hash"),
    "created_by" {bigint} NOT NULL REFERENCES "person" ("id"),
    "created_on" {date} NOT NULL,
    "created_at" {instant} NOT NULL,
    "request_key" {text} NOT NULL UNIQUE
)"#,
    r#"CREATE TABLE "project_county" (
    "project_id" {bigint} NOT NULL REFERENCES "project" ("id"),
    "county" {text} NOT NULL,
    PRIMARY KEY ("project_id", "county")
)"#,
    r#"CREATE TABLE "filing" (
    "id" {id},
    "project_id" {bigint} NOT NULL REFERENCES "project" ("id"),
    "step" {text} NOT NULL,
    "county" {text} NOT NULL,
    "bureau_id" {bigint} NOT NULL REFERENCES "bureau" ("id"),
    "seq" {int} NOT NULL,
    "last_on" {date},
    "submitted_on" {date},
    "ready" {bool} NOT NULL,
    "status" {text} NOT NULL,
    "deems_on" {date},
    "accepted_on" {date},
    "starts_on" {date},
    "yellow_on" {date},
    "red_on" {date},
    "law_red_on" {date},
    "due_on" {date},
    "decided_on" {date},
    "decided_late" {bool} NOT NULL,
    "suspended" {bool} NOT NULL,
    "paused_left" {int},
    "over_by" {int} NOT NULL,
    "deemed_accepted" {bool} NOT NULL,
    "untimed" {bool} NOT NULL,
    "provisional" {bool} NOT NULL,
    UNIQUE ("project_id", "step", "county")
)"#,
    r#"CREATE TABLE "filing_event" (
    "filing_id" {bigint} NOT NULL REFERENCES "filing" ("id"),
    "seq" {int} NOT NULL,
    "on_day" {date} NOT NULL,
    "kind" {text} NOT NULL,
    "payload" {text} NOT NULL,
    "note" {text},
    "actor_id" {bigint} REFERENCES "person" ("id"),
    "actor_name" {text} NOT NULL,
    "recorded_at" {instant} NOT NULL,
    "prev_hash" {text} NOT NULL,
    "hash" {text} NOT NULL,
    PRIMARY KEY ("filing_id", "seq")
)"#,
    r#"CREATE TABLE "audit" (
    "id" {id},
    "at" {instant} NOT NULL,
    "actor_id" {bigint} REFERENCES "person" ("id"),
    "act" {text} NOT NULL,
    "subject" {text} NOT NULL,
    "detail" {text} NOT NULL
)"#,
];

/// Lists read through these; the partial ones hold open filings only.
///
/// They carry every column that the counts compare, and those of their own condition too: SQLite
/// answers from an index alone only where the condition's columns are in it.
const INDEXES: &[&str] = &[
    r#"CREATE INDEX "idx_login_session_person_id" ON "login_session" ("person_id")"#,
    r#"CREATE INDEX "idx_project_volts_id" ON "project" ("volts", "id")"#,
    r#"CREATE INDEX "idx_project_county_county_project_id" ON "project_county" ("county", "project_id")"#,
    r#"CREATE INDEX "idx_audit_at" ON "audit" ("at")"#,
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

/// How one database spells the types, and how it guards the ledgers.
struct Dialect {
    words: [(&'static str, &'static str); 7],
    append_only: &'static [&'static str],
}

impl Dialect {
    fn spell(&self, statement: &str) -> String {
        self.words
            .iter()
            .fold(statement.to_owned(), |text, (mark, word)| {
                text.replace(mark, word)
            })
    }
}

const SQLITE: Dialect = Dialect {
    words: [
        ("{id}", "integer NOT NULL PRIMARY KEY AUTOINCREMENT"),
        ("{bigint}", "integer"),
        ("{int}", "integer"),
        ("{text}", "text"),
        ("{bool}", "boolean"),
        ("{date}", "date_text"),
        ("{instant}", "timestamp_with_timezone_text"),
    ],
    append_only: &[
        r#"CREATE TRIGGER "filing_event_no_update" BEFORE UPDATE ON "filing_event"
           BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"#,
        r#"CREATE TRIGGER "filing_event_no_delete" BEFORE DELETE ON "filing_event"
           BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"#,
        // INSERT OR REPLACE deletes the old row without asking the trigger above.
        r#"CREATE TRIGGER "filing_event_no_replace" BEFORE INSERT ON "filing_event"
           WHEN EXISTS (SELECT 1 FROM "filing_event"
                        WHERE "filing_id" = NEW."filing_id" AND "seq" = NEW."seq")
           BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"#,
    ],
};

const POSTGRES: Dialect = Dialect {
    words: [
        (
            "{id}",
            "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
        ),
        ("{bigint}", "bigint"),
        ("{int}", "integer"),
        ("{text}", "text"),
        ("{bool}", "boolean"),
        ("{date}", "date"),
        ("{instant}", "timestamp with time zone"),
    ],
    append_only: &[
        r#"CREATE FUNCTION "refuse_ledger_change"() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"#,
        r#"CREATE TRIGGER "filing_event_append_only"
           BEFORE UPDATE OR DELETE OR TRUNCATE ON "filing_event"
           FOR EACH STATEMENT EXECUTE FUNCTION "refuse_ledger_change"()"#,
    ],
};
