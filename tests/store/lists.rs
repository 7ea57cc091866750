use std::collections::BTreeSet;

use chrono::NaiveDate;
use grid_approvals::statute::calendar::{Calendar, date};
use grid_approvals::statute::clock::EventKind;
use grid_approvals::store::{BoardKey, BoardQuestion, Bucket, ProjectKey, Reader, Urgency};

use crate::on_both;
use crate::world::{World, noon, on};

on_both!(
    a_board_turns_its_pages_without_losing_a_row,
    the_number_of_changes_grows_with_every_change,
    what_can_be_filed_is_listed_until_it_is_filed,
);

/// Nine projects whose steps hang in four states, three of them equally old.
async fn a_board_turns_its_pages_without_losing_a_row(world: World) {
    for n in 0..9 {
        let id = world.filing(&format!("工程{n}"), "site-selection").await;
        let mut events = vec![on(2 + n / 3, EventKind::Submitted)];
        if n % 3 != 2 {
            events.push(on(5 + n / 3, EventKind::Accepted));
        }
        if n % 3 == 1 {
            let ground = "hearing".to_owned();
            events.push(on(9, EventKind::Suspended { ground }));
        }
        for event in events {
            world.append(id, &event).await.expect("appended");
        }
    }
    let reader = world.store.reader();
    // In time, suspended, accepted by silence; later all that runs is red.
    for day in [date(2026, 11, 10), date(2026, 11, 30), date(2027, 1, 4)] {
        for limit in [1, 2, 4, 9] {
            rows_by(&reader, day, limit).await;
            projects_by(&reader, day, limit).await;
        }
    }
}

async fn rows_by(reader: &Reader, day: NaiveDate, limit: u64) {
    let mut asked = BoardQuestion {
        limit,
        ..BoardQuestion::default()
    };
    let mut seen: Vec<BoardKey> = Vec::new();
    loop {
        let page = reader.board(&asked, day).await.expect("a page").rows;
        for row in &page {
            let glance = row.filing.turning.glance(day, Calendar::official());
            let bucket = Bucket::of(&glance).expect("open");
            seen.push(BoardKey {
                bucket,
                on: bucket.day(&row.filing).expect("its day"),
                id: row.filing.id,
            });
        }
        if page.is_empty() {
            break;
        }
        asked.after = seen.last().copied();
    }
    let order: Vec<_> = seen
        .iter()
        .map(|key| (key.bucket, key.on, key.id))
        .collect();
    let mut sorted = order.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(order, sorted, "{day} by {limit}: in order, none twice");
    assert_eq!(order.len(), 9, "{day} by {limit}");
}

async fn projects_by(reader: &Reader, day: NaiveDate, limit: u64) {
    let mut after: Option<ProjectKey> = None;
    let mut seen = Vec::new();
    loop {
        let asked = BoardQuestion {
            projects: Some((limit, after)),
            ..BoardQuestion::default()
        };
        let page = reader.board(&asked, day).await.expect("a page").projects;
        let Some(last) = page.last() else { break };
        after = Some(ProjectKey {
            urgency: Urgency::of(&last.counts),
            id: last.id,
        });
        seen.extend(page.iter().map(|one| one.id));
    }
    let once: BTreeSet<_> = seen.iter().collect();
    assert_eq!((seen.len(), once.len()), (9, 9), "{day} by {limit}");
}

/// A line of the audit may commit after a later one (PostgreSQL): that is a change too.
async fn the_number_of_changes_grows_with_every_change(world: World) {
    let reader = world.store.reader();
    let now = noon(date(2026, 11, 2));
    let empty = reader.changes().await.expect("a number");
    let write = async |act: &str| {
        let tx = world.store.begin().await.expect("a transaction");
        tx.audit(now, None, act, "project 1", "")
            .await
            .expect("a line");
        tx.commit().await.expect("committed");
        reader.changes().await.expect("a number")
    };
    let first = write("record").await;
    let second = write("record").await;
    assert!(empty < first && first < second, "{empty} {first} {second}");
    for silent in ["login", "read", "change-password"] {
        assert_eq!(write(silent).await, second, "{silent} changes no page");
    }
    if world.url.starts_with("sqlite") {
        return;
    }
    let late = world.store.begin().await.expect("a transaction");
    late.audit(now, None, "record", "project 1", "")
        .await
        .expect("a line");
    let third = write("record").await;
    late.commit().await.expect("committed");
    let fourth = reader.changes().await.expect("a number");
    assert!(
        second < third && third < fourth,
        "{second} {third} {fourth}"
    );
}

async fn what_can_be_filed_is_listed_until_it_is_filed(world: World) {
    let id = world.filing("工程", "site-selection").await;
    let reader = world.store.reader();
    assert_eq!(reader.ready(10).await.expect("ready").len(), 1);
    assert_eq!(reader.ready_count().await.expect("count"), 1);
    world
        .append(id, &on(2, EventKind::Submitted))
        .await
        .expect("appended");
    assert_eq!(reader.ready_count().await.expect("count"), 0);
    world
        .append(id, &on(3, EventKind::MaterialsRequested))
        .await
        .expect("appended");
    assert_eq!(reader.correcting(10).await.expect("list")[0].filing.id, id);
    assert_eq!(reader.correcting_count().await.expect("count"), 1);
    let tx = world.store.begin().await.expect("a transaction");
    tx.set_ready(&[(id, true)]).await.expect("set");
    tx.commit().await.expect("committed");
    assert_eq!(reader.ready_count().await.expect("count"), 1);
}
