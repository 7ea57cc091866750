//! Late entries: written with the entry, kept, taken over from ledgers that were there before.

use chrono::{DateTime, NaiveDate, Utc};
use grid_approvals::statute::calendar::{Calendar, date};
use grid_approvals::statute::clock::{Event, EventKind, turning};
use grid_approvals::statute::plan::{Plan, ProjectFacts};
use grid_approvals::store::{FilingId, LateFilter, LateKey, NewEntry, Store};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database};

use crate::on_both;
use crate::world::{World, on};

on_both!(
    an_entry_typed_two_days_later_is_written_with_it_and_kept,
    whole_histories_leave_the_same_rows_as_entries_one_by_one,
    pages_follow_one_another_without_gap_or_repeat,
    ledgers_of_before_are_taken_over,
);

fn day(day: u32) -> NaiveDate {
    date(2026, 11, day)
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// Submitted on 3 November, typed at that instant.
fn submitted(world: &World, typed: &str) -> NewEntry {
    NewEntry {
        recorded_at: at(typed),
        ..world.entry(&on(3, EventKind::Submitted))
    }
}

fn turned(events: &[Event]) -> grid_approvals::statute::clock::Turning {
    let step = Plan::built_in().step("site-selection").expect("a step");
    let facts = ProjectFacts::default();
    turning(step, &facts, events, Calendar::official()).expect("a lawful ledger")
}

async fn append(world: &World, name: &str, entry: NewEntry) -> FilingId {
    let id = world.filing(name, "site-selection").await;
    let tx = world.store.begin().await.expect("a transaction");
    let before = tx.filing(id).await.expect("read").expect("there");
    let turned = turned(std::slice::from_ref(&entry.event));
    tx.append(&before, "", &entry, &turned, Some(entry.event.on))
        .await
        .expect("appended");
    tx.commit().await.expect("committed");
    id
}

async fn all(store: &Store) -> Vec<(FilingId, u32, NaiveDate, NaiveDate)> {
    let reader = store.reader();
    let rows = reader.late_entries(&LateFilter::default(), None, 100).await;
    rows.expect("late entries")
        .iter()
        .map(|row| (row.filing, row.seq, row.on, row.recorded_on))
        .collect()
}

async fn an_entry_typed_two_days_later_is_written_with_it_and_kept(world: World) {
    // 4 November in Benxi ends at 16:00 UTC.
    append(&world, "次日", submitted(&world, "2026-11-04T15:59:59Z")).await;
    let late = append(&world, "隔日", submitted(&world, "2026-11-04T16:00:00Z")).await;
    let by_rule = NewEntry {
        actor: None,
        ..submitted(&world, "2026-11-09T04:00:00Z")
    };
    append(&world, "按规则", by_rule).await;
    assert_eq!(all(&world.store).await, [(late, 1, day(3), day(5))]);
    let counts = world
        .store
        .reader()
        .late_counts(&LateFilter::default())
        .await;
    let counts: Vec<_> = counts.expect("counts").into_iter().collect();
    assert_eq!(counts, [(world.bureau, 1)]);

    let door = Database::connect(&world.url).await.expect("a door");
    for statement in [
        "UPDATE late_entry SET recorded_on = '2026-11-03'",
        "DELETE FROM late_entry",
    ] {
        let refused = door.execute_unprepared(statement).await;
        let words = refused.expect_err(statement).to_string();
        assert!(
            words.contains("late entries are kept"),
            "{statement}: {words}"
        );
    }
    if world.url.starts_with("sqlite") {
        let replace = "INSERT OR REPLACE INTO late_entry SELECT * FROM late_entry";
        assert!(door.execute_unprepared(replace).await.is_err());
    }
}

async fn whole_histories_leave_the_same_rows_as_entries_one_by_one(world: World) {
    let id = world.filing("整段", "site-selection").await;
    let tx = world.store.begin().await.expect("a transaction");
    let before = tx.filing(id).await.expect("read").expect("there");
    let accepted = NewEntry {
        recorded_at: at("2026-11-06T04:00:00Z"),
        ..world.entry(&on(5, EventKind::Accepted))
    };
    let entries = vec![submitted(&world, "2026-11-06T04:00:00Z"), accepted];
    let events: Vec<Event> = entries.iter().map(|entry| entry.event.clone()).collect();
    let history = (before, entries, turned(&events), Some(day(3)));
    tx.append_histories(&[history]).await.expect("appended");
    tx.commit().await.expect("committed");
    assert_eq!(all(&world.store).await, [(id, 1, day(3), day(6))]);
}

async fn pages_follow_one_another_without_gap_or_repeat(world: World) {
    for (name, typed) in [("一", 7), ("二", 9), ("三", 7), ("四", 8), ("五", 9)] {
        let typed = format!("2026-11-{typed:02}T04:00:00Z");
        append(&world, name, submitted(&world, &typed)).await;
    }
    let whole = all(&world.store).await;
    let days: Vec<NaiveDate> = whole.iter().map(|row| row.3).collect();
    assert_eq!(days, [day(9), day(9), day(8), day(7), day(7)]);
    let reader = world.store.reader();
    let mut paged = Vec::new();
    let mut after = None;
    for _ in 0..whole.len() {
        let filter = LateFilter::default();
        let page = reader
            .late_entries(&filter, after, 2)
            .await
            .expect("a page");
        let Some(last) = page.last() else { break };
        after = Some(LateKey {
            recorded_on: last.recorded_on,
            filing: last.filing,
            seq: last.seq,
        });
        paged.extend(page.iter().map(|row| row.filing));
    }
    let ids: Vec<FilingId> = whole.iter().map(|row| row.0).collect();
    assert_eq!(paged, ids);
    let eighth = LateFilter {
        typed: Some((day(8), day(8))),
        bureau: Some(world.bureau),
    };
    let found = reader.late_entries(&eighth, None, 10).await.expect("rows");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].project_name, "四");
}

/// Rows as the schema knew them before late entries had a table.
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
     status, decided_late, suspended, over_by, deemed_accepted, untimed, provisional, run, standing) \
     VALUES (7, 1, 'forestry-dossier', '', 1, 4, '2026-11-03', '2026-11-03', FALSE, 'submitted', \
     FALSE, FALSE, 0, FALSE, FALSE, FALSE, 1, 'current')",
];

/// An entry of 3 November, typed by somebody or by rule.
fn old_entry(seq: u32, typed: &str, actor: &str) -> String {
    format!(
        "INSERT INTO filing_event (filing_id, seq, on_day, kind, payload, actor_id, actor_name, \
         recorded_at, prev_hash, hash) VALUES (7, {seq}, '2026-11-03', 'submitted', \
         '{{\"type\":\"submitted\"}}', {actor}, '王工', '{typed}', '', 'hash{seq}')"
    )
}

async fn ledgers_of_before_are_taken_over(world: World) {
    let url = if world.url.starts_with("sqlite") {
        world.url.replace("store.sqlite", "filled.sqlite")
    } else {
        crate::postgres::fresh_database()
    };
    let old = Database::connect(&url).await.expect("a door");
    let steps = Migrator::migrations();
    let late = steps
        .iter()
        .position(|step| step.name() == "m20261125_000012_late_entries");
    let before = late
        .and_then(|at| u32::try_from(at).ok())
        .expect("the step to late entries");
    Migrator::up(&old, Some(before)).await.expect("drawn");
    let entries = [
        old_entry(1, "2026-11-03T04:00:00+00:00", "1"),
        old_entry(2, "2026-11-04T15:59:59+00:00", "1"),
        old_entry(3, "2026-11-04T16:00:00+00:00", "1"),
        old_entry(4, "2026-11-20T04:00:00+00:00", "NULL"),
    ];
    let rows = FILLED.iter().map(|row| (*row).to_owned()).chain(entries);
    for statement in rows {
        old.execute_unprepared(&statement).await.expect(&statement);
    }
    old.close().await.expect("closed");
    let store = Store::open(&url).await.expect("opens, and takes the rest");
    assert_eq!(all(&store).await, [(FilingId(7), 3, day(3), day(5))]);
    let reader = store.reader();
    let rows = reader.late_entries(&LateFilter::default(), None, 10).await;
    let rows = rows.expect("rows");
    assert_eq!(rows[0].actor_name, "王工");
    assert_eq!(rows[0].bureau_name, "本溪市林草局");
}
