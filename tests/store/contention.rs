//! Many writers at once.

use grid_approvals::statute::clock::{EventKind, Status, Turning};
use grid_approvals::store::{Store, StoreError};
use sea_orm::{ConnectionTrait, Database, TransactionTrait};

use crate::on_both;
use crate::world::{World, on};

on_both!(
    of_many_at_once_one_wins_each_number_and_the_rest_are_stale,
    writers_of_different_ledgers_do_not_hinder_each_other,
    a_lock_that_does_not_come_is_named_so,
);

fn turned() -> Turning {
    Turning {
        status: Some(Status::Submitted),
        ..Turning::default()
    }
}

async fn of_many_at_once_one_wins_each_number_and_the_rest_are_stale(world: World) {
    let id = world.filing("林家", "site-selection").await;
    let reader = world.store.reader();
    for seq in 1..=4 {
        let before = reader.filing(id).await.expect("read").expect("the filing");
        let prev = reader.ledger(id).await.expect("a ledger");
        let prev = prev.last().map_or_else(String::new, |e| e.hash.clone());
        let entry = world.entry(&on(2, EventKind::Submitted));
        let tasks: Vec<_> = (0..64)
            .map(|_| {
                let (store, before, prev) = (world.store.clone(), before.clone(), prev.clone());
                let entry = entry.clone();
                tokio::spawn(async move {
                    let tx = store.begin().await?;
                    tx.append(&before, &prev, &entry, &turned(), None).await?;
                    tx.commit().await
                })
            })
            .collect();
        let (mut won, mut stale) = (0, 0);
        for task in tasks {
            match task.await.expect("no panic") {
                Ok(()) => won += 1,
                Err(StoreError::Stale) => stale += 1,
                Err(other) => panic!("neither won nor stale: {other}"),
            }
        }
        assert_eq!((won, stale), (1, 63), "entry {seq}");
        assert_eq!(reader.ledger(id).await.expect("a ledger").len(), seq);
    }
}

/// Each writer reads, then writes, as the office does: what a deferred transaction loses to BUSY.
async fn writers_of_different_ledgers_do_not_hinder_each_other(world: World) {
    let mut ids = Vec::new();
    for n in 0..64 {
        ids.push(world.filing(&format!("支线{n}"), "site-selection").await);
    }
    let tasks: Vec<_> = ids
        .into_iter()
        .map(|id| {
            let store = world.store.clone();
            let entry = world.entry(&on(2, EventKind::Submitted));
            tokio::spawn(async move {
                let tx = store.begin().await?;
                let before = tx.filing(id).await?.expect("the filing");
                tx.append(&before, "", &entry, &turned(), None).await?;
                tx.commit().await
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no panic").expect("written");
    }
}

/// A second program holds the row (on SQLite the file) for longer than anybody waits.
async fn a_lock_that_does_not_come_is_named_so(world: World) {
    let id = world.filing("南甸", "site-selection").await;
    let holder: Store = world.store.clone();
    let held = holder.begin().await.expect("a transaction");
    held.filing(id).await.expect("read").expect("the filing");
    let db = Database::connect(&world.url).await.expect("a second door");
    let (patience, want) = if world.store.backend_name() == "SQLite" {
        ("PRAGMA busy_timeout = 1", "UPDATE filing SET ready = 0")
    } else {
        (
            "SET LOCAL lock_timeout = '1ms'",
            "UPDATE filing SET ready = false",
        )
    };
    let options = sea_orm::TransactionOptions::default();
    let tx = db.begin_with_options(options).await.expect("a transaction");
    tx.execute_unprepared(patience).await.expect("set");
    let refused = tx.execute_unprepared(want).await.expect_err("held");
    let refused = StoreError::from(refused);
    assert!(matches!(refused, StoreError::Unavailable(_)), "{refused}");
}
