//! A correction that was asked for is kept as it was, and settled once.

use grid_approvals::statute::calendar::date;
use grid_approvals::statute::clock::{Event, EventKind};
use grid_approvals::store::{CorrectionOutcome, FilingId, NewCorrection, StoreError};
use sea_orm::{ConnectionTrait, Database};

use crate::on_both;
use crate::world::{World, noon};

on_both!(
    a_correction_is_kept_as_it_was_asked_for_and_settled_once,
    an_entry_has_one_open_correction,
);

async fn new(world: &World, filing: FilingId) -> NewCorrection {
    let reader = world.store.reader();
    let row = reader.filing(filing).await.expect("read").expect("there");
    NewCorrection {
        filing,
        bureau: row.bureau,
        entry: 1,
        event: Some(Event {
            on: date(2026, 11, 3),
            kind: EventKind::Submitted,
        }),
        reason: "看错了日期".to_owned(),
        person: world.person,
        person_name: "李工".to_owned(),
        at: noon(date(2026, 11, 4)),
    }
}

async fn a_correction_is_kept_as_it_was_asked_for_and_settled_once(world: World) {
    let filing = world.filing("桥北", "site-selection").await;
    let asked = new(&world, filing).await;
    let tx = world.store.begin().await.expect("begun");
    let id = tx.insert_correction(&asked).await.expect("asked");
    tx.commit().await.expect("kept");
    let open = world.store.reader().open_corrections(asked.bureau, 9).await;
    let open = open.expect("read");
    assert_eq!(open.len(), 1);
    assert_eq!(
        (open[0].filing, open[0].project_name.as_str()),
        (filing, "桥北")
    );

    let outcome = CorrectionOutcome {
        seq: Some(2),
        words: "情况属实".to_owned(),
        by_name: "王局".to_owned(),
        at: noon(date(2026, 11, 5)),
    };
    let settle = async || {
        let tx = world.store.begin().await.expect("begun");
        let done = tx.settle_correction(id, world.person, &outcome).await;
        tx.commit().await.expect("kept");
        done.expect("the store answers")
    };
    assert!(settle().await);
    assert!(!settle().await);
    let kept = world
        .store
        .reader()
        .corrections(filing)
        .await
        .expect("read");
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].event, asked.event);
    assert_eq!(kept[0].outcome.as_ref(), Some(&outcome));
    let open = world.store.reader().open_corrections(asked.bureau, 9).await;
    assert!(open.expect("read").is_empty());

    let door = Database::connect(&world.url).await.expect("a door");
    for change in [
        "UPDATE correction SET reason = 'x'",
        "UPDATE correction SET outcome = 'refused'",
        "DELETE FROM correction",
    ] {
        assert!(door.execute_unprepared(change).await.is_err(), "{change}");
    }
}

async fn an_entry_has_one_open_correction(world: World) {
    let filing = world.filing("桥北", "site-selection").await;
    let asked = new(&world, filing).await;
    let tx = world.store.begin().await.expect("begun");
    tx.insert_correction(&asked).await.expect("asked");
    tx.commit().await.expect("kept");
    let tx = world.store.begin().await.expect("begun");
    let again = tx.insert_correction(&asked).await;
    assert!(matches!(again, Err(StoreError::Duplicate(_))), "{again:?}");
}
