use grid_approvals::statute::calendar::date;
use grid_approvals::statute::clock::{EventKind, Status, Turning};
use grid_approvals::store::{FilingId, StoreError, chain_hash};

use crate::on_both;
use crate::world::{World, on};

on_both!(
    an_entry_and_its_row_are_written_together,
    the_chain_covers_every_entry,
    a_ledger_is_never_changed,
    an_event_that_could_not_be_read_back_is_not_written,
    bulk_histories_do_not_touch_a_ledger_that_has_begun,
    what_is_not_committed_was_never_written,
    histories_in_bulk_are_the_rows_that_single_appends_write,
);

async fn an_entry_and_its_row_are_written_together(world: World) {
    let id = world.filing("桥北", "site-selection").await;
    let row = world
        .append(id, &on(2, EventKind::Submitted))
        .await
        .expect("appended");
    assert_eq!((row.seq, row.ready), (1, false));
    assert_eq!(row.submitted_on, Some(date(2026, 11, 2)));
    assert_eq!(row.turning.status, Some(Status::Submitted));
    assert_eq!(row.turning.deems_on, Some(date(2026, 11, 10)));
    let row = world
        .append(id, &on(3, EventKind::Accepted))
        .await
        .expect("appended");
    assert_eq!(row.turning.due_on, Some(date(2026, 12, 1)));
    let reader = world.store.reader();
    let ledger = reader.ledger(id).await.expect("a ledger");
    assert_eq!(ledger.len(), 2);
    assert_eq!(ledger[1].event, on(3, EventKind::Accepted));
    assert_eq!(reader.filing(id).await.expect("read"), Some(row.clone()));
    let all = reader
        .ledgers_of_project(row.project)
        .await
        .expect("ledgers");
    assert_eq!(all.get(&id), Some(&ledger));
    let pages = reader.ledger_pages(FilingId(0), 10).await.expect("pages");
    assert_eq!(pages.len(), 1);
    assert_eq!((&pages[0].filing, &pages[0].entries), (&row, &ledger));
}

async fn the_chain_covers_every_entry(world: World) {
    let id = world.filing("偏岭", "site-selection").await;
    let ground = "hearing".to_owned();
    for event in [
        on(2, EventKind::Submitted),
        on(3, EventKind::Accepted),
        on(6, EventKind::Suspended { ground }),
    ] {
        world.append(id, &event).await.expect("appended");
    }
    let ledger = world.store.reader().ledger(id).await.expect("a ledger");
    let mut prev = String::new();
    for entry in &ledger {
        assert_eq!(
            entry.hash,
            chain_hash(&prev, id, entry),
            "entry {}",
            entry.seq
        );
        let mut other = entry.clone();
        other.event.on = date(2026, 11, 1);
        assert_ne!(
            entry.hash,
            chain_hash(&prev, id, &other),
            "a changed day is seen"
        );
        prev.clone_from(&entry.hash);
    }
}

async fn a_ledger_is_never_changed(world: World) {
    use sea_orm::{ConnectionTrait, Database};
    let id = world.filing("盘岭", "site-selection").await;
    world
        .append(id, &on(2, EventKind::Submitted))
        .await
        .expect("appended");
    let raw = Database::connect(&world.url).await.expect("a second door");
    let replace = if world.store.backend_name() == "SQLite" {
        "INSERT OR REPLACE INTO filing_event SELECT * FROM filing_event"
    } else {
        "INSERT INTO filing_event SELECT * FROM filing_event \
         ON CONFLICT (filing_id, seq) DO UPDATE SET note = 'x'"
    };
    let mut statements = vec![
        "UPDATE filing_event SET note = 'x'",
        "DELETE FROM filing_event",
        replace,
    ];
    if world.store.backend_name() == "PostgreSQL" {
        statements.push("TRUNCATE filing_event");
    }
    for statement in statements {
        let refused = raw
            .execute_unprepared(statement)
            .await
            .expect_err(statement);
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
    assert_eq!(
        world
            .store
            .reader()
            .ledger(id)
            .await
            .expect("a ledger")
            .len(),
        1
    );
}

async fn what_is_not_committed_was_never_written(world: World) {
    let id = world.filing("金岭", "site-selection").await;
    let before = world
        .store
        .reader()
        .filing(id)
        .await
        .expect("read")
        .expect("the filing");
    let tx = world.store.begin().await.expect("a transaction");
    let turned = Turning {
        status: Some(Status::Submitted),
        ..Turning::default()
    };
    tx.append(
        &before,
        "",
        &world.entry(&on(2, EventKind::Submitted)),
        &turned,
        None,
    )
    .await
    .expect("appended");
    drop(tx);
    world
        .append(id, &on(2, EventKind::Submitted))
        .await
        .expect("the writer is free again");
    assert_eq!(
        world
            .store
            .reader()
            .ledger(id)
            .await
            .expect("a ledger")
            .len(),
        1
    );
}

async fn histories_in_bulk_are_the_rows_that_single_appends_write(world: World) {
    let single = world.filing("一", "site-selection").await;
    let events = [on(2, EventKind::Submitted), on(3, EventKind::Accepted)];
    let mut row = None;
    for event in &events {
        row = Some(world.append(single, event).await.expect("appended"));
    }
    let row = row.expect("a row");
    let bulk = world.filing("二", "site-selection").await;
    let before = world
        .store
        .reader()
        .filing(bulk)
        .await
        .expect("read")
        .expect("the filing");
    let entries: Vec<_> = events.iter().map(|event| world.entry(event)).collect();
    let tx = world.store.begin().await.expect("a transaction");
    tx.append_histories(&[(before, entries, row.turning.clone(), row.submitted_on)])
        .await
        .expect("appended");
    tx.commit().await.expect("committed");
    let reader = world.store.reader();
    let other = reader
        .filing(bulk)
        .await
        .expect("read")
        .expect("the filing");
    assert_eq!(
        (other.seq, other.turning, other.last_on),
        (row.seq, row.turning, row.last_on)
    );
    let (a, b) = (
        reader.ledger(single).await.expect("a"),
        reader.ledger(bulk).await.expect("b"),
    );
    for (a, b) in a.iter().zip(&b) {
        assert_eq!(
            (a.seq, &a.event, &a.actor_name, a.recorded_at),
            (b.seq, &b.event, &b.actor_name, b.recorded_at)
        );
    }
    assert_eq!(b[1].hash, chain_hash(&b[0].hash, bulk, &b[1]));
}

async fn an_event_that_could_not_be_read_back_is_not_written(world: World) {
    let id = world.filing("高台", "site-selection").await;
    let before = world.store.reader().filing(id).await.expect("read");
    let before = before.expect("the filing");
    let unknown = world.entry(&on(2, EventKind::Unknown("misread".to_owned())));
    let tx = world.store.begin().await.expect("a transaction");
    let refused = tx
        .append(&before, "", &unknown, &before.turning, None)
        .await
        .expect_err("no such event");
    assert!(matches!(refused, StoreError::Db(_)), "{refused}");
    tx.commit().await.expect("nothing to commit");
    let reader = world.store.reader();
    assert_eq!(reader.filing(id).await.expect("read"), Some(before));
    assert_eq!(reader.ledger(id).await.expect("a ledger"), []);
}

async fn bulk_histories_do_not_touch_a_ledger_that_has_begun(world: World) {
    let id = world.filing("连山关", "site-selection").await;
    let before = world.store.reader().filing(id).await.expect("read");
    let before = before.expect("the filing");
    let after = world
        .append(id, &on(2, EventKind::Submitted))
        .await
        .expect("appended");
    let entries = vec![world.entry(&on(3, EventKind::Submitted))];
    let tx = world.store.begin().await.expect("a transaction");
    let refused = tx
        .append_histories(&[(before, entries, Turning::default(), None)])
        .await
        .expect_err("it has begun");
    assert_eq!(refused, StoreError::Stale);
    drop(tx);
    let reader = world.store.reader();
    assert_eq!(reader.filing(id).await.expect("read"), Some(after));
}
