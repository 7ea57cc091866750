//! What the migrations draw, and that drawing again changes nothing.

use grid_approvals::store::{FilingId, PersonId, ProjectId, Store, case_officer};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Schema, Statement};

use crate::on_both;
use crate::world::World;

on_both!(
    opening_again_changes_nothing,
    many_may_open_a_new_database_at_once,
    the_migrations_draw_the_tables_of_the_entities,
    the_step_to_runs_keeps_what_the_tables_are_filled_with,
    the_step_to_delegations_finds_who_has_a_filing_in_hand,
    the_step_to_deliveries_sends_nothing_that_was_told_before_it,
    the_step_to_notices_finds_what_a_notice_touches,
);

async fn opening_again_changes_nothing(world: World) {
    let before = world.store.reader().people().await.expect("people");
    let again = Store::open(&world.url).await.expect("opens again");
    assert_eq!(again.reader().people().await.expect("people"), before);
}

async fn many_may_open_a_new_database_at_once(world: World) {
    let url = if world.url.starts_with("sqlite") {
        world.url.replace("store.sqlite", "other.sqlite")
    } else {
        crate::postgres::fresh_database()
    };
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move { Store::open(&url).await.map(|_| ()) })
        })
        .collect();
    for task in tasks {
        task.await.expect("no panic").expect("each opens");
    }
}

/// Name, type and whether null may stand there; a text is a text however long it may be.
type Columns = Vec<(String, String, bool)>;

async fn columns(db: &DatabaseConnection, table: &str) -> Columns {
    let text = match db.get_database_backend() {
        DbBackend::Postgres => format!(
            "SELECT column_name::text AS name, data_type::text AS type, \
             CASE is_nullable WHEN 'YES' THEN 1 ELSE 0 END AS nullable \
             FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY 1"
        ),
        _ => format!(
            "SELECT name, type, 1 - \"notnull\" AS nullable FROM pragma_table_info('{table}') \
             ORDER BY 1"
        ),
    };
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), text))
        .await;
    rows.expect("columns")
        .iter()
        .map(|row| {
            let nullable: i32 = row.try_get("", "nullable").expect("nullable");
            let kind: String = row.try_get("", "type").expect("type");
            let kind = match kind.to_lowercase().as_str() {
                "varchar" | "character varying" => "text".to_owned(),
                other => other.to_owned(),
            };
            (row.try_get("", "name").expect("name"), kind, nullable == 1)
        })
        .collect()
}

async fn tables(db: &DatabaseConnection) -> Vec<String> {
    let text = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name::text AS name FROM information_schema.tables \
             WHERE table_schema = 'public' AND table_name <> 'seaql_migrations' ORDER BY 1"
        }
        _ => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
             AND name <> 'seaql_migrations' ORDER BY name"
        }
    };
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), text))
        .await;
    rows.expect("tables")
        .iter()
        .map(|row| row.try_get("", "name").expect("name"))
        .collect()
}

/// The entities and the migrations are written apart; here they meet: the tables that each draws
/// in a database of its own have the same columns.
async fn the_migrations_draw_the_tables_of_the_entities(world: World) {
    let migrated = Database::connect(&world.url).await.expect("a door");
    let other = if world.url.starts_with("sqlite") {
        world.url.replace("store.sqlite", "entities.sqlite")
    } else {
        crate::postgres::fresh_database()
    };
    let drawn = Database::connect(&other).await.expect("a door");
    let schema = Schema::new(drawn.get_database_backend());
    macro_rules! draw {
        ($($table:ident),+) => {
            $(
                let table = schema.create_table_from_entity(entity::$table::Entity);
                drawn.execute(&table).await.expect(stringify!($table));
            )+
        };
    }
    draw!(
        audit,
        bureau,
        calendar_feed,
        catalogue,
        channel,
        commitment,
        correction,
        delegation,
        coordination_decision,
        coordination_meeting,
        decision_act,
        difficulty,
        difficulty_bureau,
        export_job,
        facts_change,
        fee,
        delivery,
        document,
        figures_owed,
        filing,
        filing_event,
        filing_figures,
        filing_suspension,
        holiday_notice,
        holiday_recheck,
        late_entry,
        login_session,
        material_file,
        message,
        offence,
        offence_concern,
        offence_entry,
        offence_file,
        parcel,
        parcel_message,
        person,
        proceeding,
        project,
        project_county,
        project_figures,
        supervision_case,
        supervision_entry,
        supervision_notice,
        supervision_rung,
        turn_mark
    );
    let names = tables(&migrated).await;
    assert_eq!(names, tables(&drawn).await);
    assert_eq!(names.len(), 45);
    for table in names {
        let found = columns(&migrated, &table).await;
        assert_eq!(found, columns(&drawn, &table).await, "{table}");
        assert!(!found.is_empty(), "{table}");
    }
}

/// Rows as the schema knew them before a step could run again.
const FILLED: &[&str] = &[
    "INSERT INTO person (id, login, name, role, password_hash, active) \
     VALUES (1, 'gongdian', '王工', 'company', 'x', TRUE)",
    "INSERT INTO catalogue (hash, plan_id, version, text, added_at) \
     VALUES ('h', 'benxi-2020-24', '2026.11', 'text', '2026-11-02T04:00:00+00:00')",
    "INSERT INTO bureau (id, kind, level, county, name) \
     VALUES (1, 'forestry', 'city', '', '本溪市林草局')",
    "INSERT INTO project (id, name, facts, volts, plan_hash, created_by, created_on, created_at, \
     request_key) VALUES (1, '桥北', '{}', 66000, 'h', 1, '2026-11-02', \
     '2026-11-02T04:00:00+00:00', 'key')",
    "INSERT INTO filing (id, project_id, step, county, bureau_id, seq, last_on, submitted_on, ready, \
     status, decided_late, suspended, over_by, deemed_accepted, untimed, provisional) \
     VALUES (7, 1, 'forestry-dossier', '', 1, 1, '2026-11-03', '2026-11-03', FALSE, 'submitted', \
     FALSE, FALSE, 0, FALSE, FALSE, FALSE)",
    "INSERT INTO filing_event (filing_id, seq, on_day, kind, payload, actor_id, actor_name, \
     recorded_at, prev_hash, hash) VALUES (7, 1, '2026-11-03', 'submitted', \
     '{\"type\":\"submitted\"}', 1, '王工', '2026-11-03T04:00:00+00:00', '', 'hash')",
];

/// A database of that day before the migration `step`, filled with `rows`.
async fn filled(world: &World, step: &str, rows: &[&[&str]]) -> String {
    let url = if world.url.starts_with("sqlite") {
        world.url.replace("store.sqlite", "filled.sqlite")
    } else {
        crate::postgres::fresh_database()
    };
    let old = Database::connect(&url).await.expect("a door");
    let steps = Migrator::migrations();
    let at = steps.iter().position(|one| one.name() == step);
    let before = at.and_then(|at| u32::try_from(at).ok()).expect(step);
    Migrator::up(&old, Some(before)).await.expect("drawn");
    for statement in rows.iter().copied().flatten() {
        old.execute_unprepared(statement).await.expect(statement);
    }
    old.close().await.expect("closed");
    url
}

async fn the_step_to_runs_keeps_what_the_tables_are_filled_with(world: World) {
    let url = filled(&world, "m20261124_000008_runs", &[FILLED]).await;
    let store = Store::open(&url).await.expect("opens, and takes the rest");
    let reader = store.reader();
    let filings = reader.filings_of_project(ProjectId(1)).await.expect("read");
    assert_eq!(filings.len(), 1);
    assert_eq!((filings[0].id, filings[0].run), (FilingId(7), 1));
    assert!(filings[0].is_current());
    assert_eq!(reader.ledger(FilingId(7)).await.expect("read").len(), 1);
    let door = Database::connect(&url).await.expect("a door");
    // The rows still hold each other: a filing with a ledger cannot go.
    let gone = "DELETE FROM filing WHERE id = 7";
    assert!(door.execute_unprepared(gone).await.is_err());
    // A second run may stand beside the first, a second first run may not.
    let run = |run: u32| {
        format!(
            "INSERT INTO filing (project_id, step, county, bureau_id, seq, ready, status, \
             decided_late, suspended, over_by, deemed_accepted, untimed, provisional, run, \
             standing) SELECT project_id, step, county, bureau_id, 0, FALSE, 'draft', FALSE, \
             FALSE, 0, FALSE, FALSE, FALSE, {run}, 'current' FROM filing WHERE id = 7"
        )
    };
    assert!(door.execute_unprepared(&run(1)).await.is_err());
    door.execute_unprepared(&run(2))
        .await
        .expect("a second run");
}

/// A second filing beside those of [`FILLED`], which an officer has accepted and another suspended.
const IN_HAND: &[&str] = &[
    "INSERT INTO person (id, login, name, role, bureau_id, password_hash, active) VALUES \
     (2, 'wang', '王某', 'officer', 1, 'x', TRUE), (3, 'li', '李某', 'officer', 1, 'x', TRUE)",
    "INSERT INTO filing (id, project_id, step, county, bureau_id, seq, last_on, submitted_on, ready, \
     status, decided_late, suspended, over_by, deemed_accepted, untimed, provisional) \
     VALUES (8, 1, 'tree-felling', '', 1, 5, '2026-11-06', '2026-11-03', FALSE, 'withdrawn', \
     FALSE, FALSE, 0, FALSE, FALSE, FALSE)",
    "INSERT INTO filing_event (filing_id, seq, on_day, kind, payload, actor_id, actor_name, \
     recorded_at, prev_hash, hash) VALUES \
     (8, 1, '2026-11-03', 'submitted', '{\"type\":\"submitted\"}', 1, '王工', \
      '2026-11-03T04:00:00+00:00', '', 'h1'), \
     (8, 2, '2026-11-04', 'accepted', '{\"type\":\"accepted\"}', 2, '王某', \
      '2026-11-04T04:00:00+00:00', 'h1', 'h2'), \
     (8, 3, '2026-11-05', 'resumed', '{\"type\":\"resumed\"}', 3, '李某', \
      '2026-11-05T04:00:00+00:00', 'h2', 'h3'), \
     (8, 4, '2026-11-05', 'county-opinion-received', '{\"type\":\"county-opinion-received\"}', NULL, \
      '系统', '2026-11-05T04:00:00+00:00', 'h3', 'h4'), \
     (8, 5, '2026-11-06', 'withdrawn', '{\"type\":\"withdrawn\"}', 1, '王工', \
      '2026-11-06T04:00:00+00:00', 'h4', 'h5')",
];

async fn the_step_to_delegations_finds_who_has_a_filing_in_hand(world: World) {
    let url = filled(&world, "m20261125_000013_delegations", &[FILLED, IN_HAND]).await;
    let store = Store::open(&url).await.expect("opens, and takes the rest");
    let reader = store.reader();
    let filings = reader.filings_of_project(ProjectId(1)).await.expect("read");
    let officers: Vec<_> = filings.iter().map(|f| (f.id, f.officer)).collect();
    let li = Some(PersonId(3));
    assert_eq!(officers, [(FilingId(7), None), (FilingId(8), li)]);
    // The column is what the ledger gives, as `verify` will reckon it.
    for filing in &filings {
        let ledger = reader.ledger(filing.id).await.expect("read");
        let given = ledger.iter().fold(None, |officer, entry| {
            case_officer(officer, &entry.event.kind, entry.actor, &entry.details)
        });
        assert_eq!(filing.officer, given);
    }
    let people = reader.people().await.expect("read");
    assert!(people.iter().all(|(person, _)| !person.lead));
}

/// Somebody, as the schema knows people since bureaus have leads.
const FILLED_LATER: &[&str] = &[
    "INSERT INTO person (id, login, name, role, password_hash, active, lead) \
     VALUES (1, 'gongdian', '王工', 'company', 'x', TRUE, FALSE)",
];

/// A message from before there was a way out of the house.
const TOLD: &[&str] = &[
    "INSERT INTO message (person_id, kind, subject, body, link, belongs_on, created_at) VALUES \
     (1, 'warning', '临期', '…', '/filings/7', '2026-11-04', '2026-11-04T04:00:00+00:00')",
];

async fn the_step_to_deliveries_sends_nothing_that_was_told_before_it(world: World) {
    let url = filled(&world, "m20261125_000021_delivery", &[FILLED_LATER, TOLD]).await;
    let store = Store::open(&url).await.expect("opens, and takes the rest");
    let reader = store.reader();
    assert_eq!(
        reader.inbox_counts(PersonId(1)).await.expect("read"),
        (1, 1)
    );
    assert_eq!(reader.parcel_counts().await.expect("read"), []);
    assert_eq!(reader.channels(PersonId(1)).await.expect("read"), []);
}

async fn the_step_to_notices_finds_what_a_notice_touches(world: World) {
    let url = filled(&world, "m20261125_000024_notices", &[FILLED]).await;
    let store = Store::open(&url).await.expect("opens, and takes the rest");
    let reader = store.reader();
    assert_eq!(reader.calendar_version().await.expect("read"), 0);
    let touched = async |first: u32, last: u32| {
        let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 11, day).expect("a day");
        let span = (day(first), day(last));
        reader.touched(span, FilingId(0)).await.expect("read")
    };
    assert_eq!(touched(3, 3).await, [FilingId(7)]);
    assert_eq!(
        touched(4, 30).await,
        [],
        "nothing of it lies on the fourth or later"
    );
    assert_eq!(touched(1, 2).await, [], "it begins on the third");
}
