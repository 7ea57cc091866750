use chrono::NaiveDate;
use grid_approvals::statute::calendar::date;
use grid_approvals::statute::clock::EventKind;
use grid_approvals::store::{FilingId, ListKind};

use crate::on_both;
use crate::world::{World, on};

on_both!(
    a_board_turns_its_pages_without_losing_a_row,
    what_can_be_filed_is_listed_until_it_is_filed,
);

async fn a_board_turns_its_pages_without_losing_a_row(world: World) {
    for n in 0..9 {
        let id = world.filing(&format!("工程{n}"), "site-selection").await;
        world
            .append(id, &on(2 + n / 3, EventKind::Submitted))
            .await
            .expect("appended");
        world
            .append(id, &on(5 + n / 3, EventKind::Accepted))
            .await
            .expect("appended");
    }
    let reader = world.store.reader();
    let day = date(2027, 1, 4);
    let mut after: Option<(NaiveDate, FilingId)> = None;
    let mut seen = Vec::new();
    loop {
        let page = reader
            .board(ListKind::Overdue, day, Some(world.bureau), after, 2)
            .await
            .expect("a page");
        let Some(last) = page.last() else { break };
        after = last.filing.turning.red_on.map(|red| (red, last.filing.id));
        seen.extend(
            page.iter()
                .map(|row| (row.filing.turning.red_on, row.filing.id)),
        );
    }
    let mut sorted = seen.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(seen, sorted, "in order, none twice");
    assert_eq!(seen.len(), 9);
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
