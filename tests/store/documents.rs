//! Documents: numbered without gaps a bureau and a year, delivered once.

use grid_approvals::statute::calendar::date;
use grid_approvals::statute::paper::{DeliveryWay, PaperKind};
use grid_approvals::store::{Delivery, Document, FilingId, NewDocument, StoreError};

use crate::on_both;
use crate::world::{World, noon};

on_both!(
    numbers_begin_anew_each_year_and_leave_no_gap,
    two_writers_at_once_get_two_numbers,
    what_was_rolled_back_leaves_no_gap,
    a_decision_is_delivered_once,
);

async fn new(world: &World, filing: FilingId, seq: u32, year: i32) -> NewDocument {
    let row = world
        .store
        .reader()
        .filing(filing)
        .await
        .expect("the store");
    NewDocument {
        filing,
        seq,
        kind: PaperKind::AcceptanceNotice,
        bureau: row.expect("the filing").bureau,
        code: format!("CODE{filing}{seq}"),
        made_on: date(year, 11, 2),
    }
}

async fn issue(world: &World, new: &[NewDocument]) -> Result<(), StoreError> {
    let tx = world.store.begin().await?;
    tx.issue_documents(new).await?;
    tx.commit().await
}

async fn numbers(world: &World, filing: FilingId) -> Vec<(i32, u32)> {
    let made = world
        .store
        .reader()
        .documents(filing)
        .await
        .expect("documents");
    made.iter().map(|d: &Document| (d.year, d.number)).collect()
}

async fn numbers_begin_anew_each_year_and_leave_no_gap(world: World) {
    let filing = world.filing("桥北", "site-selection").await;
    let first = [
        new(&world, filing, 1, 2026).await,
        new(&world, filing, 2, 2026).await,
    ];
    issue(&world, &first).await.expect("two");
    issue(&world, &[new(&world, filing, 3, 2027).await])
        .await
        .expect("next year's");
    issue(&world, &[new(&world, filing, 4, 2026).await])
        .await
        .expect("this year's");
    let found = numbers(&world, filing).await;
    assert_eq!(found, [(2026, 1), (2026, 2), (2027, 1), (2026, 3)]);
    let twice = issue(&world, &[new(&world, filing, 4, 2026).await]).await;
    assert!(matches!(twice, Err(StoreError::Duplicate(_))), "{twice:?}");
}

async fn two_writers_at_once_get_two_numbers(world: World) {
    let filing = world.filing("桥北", "site-selection").await;
    let mut all = Vec::new();
    for seq in 1..=8 {
        all.push(new(&world, filing, seq, 2026).await);
    }
    let tasks: Vec<_> = all
        .into_iter()
        .map(|one| {
            let store = world.store.clone();
            tokio::spawn(async move {
                let tx = store.begin().await?;
                tx.issue_documents(&[one]).await?;
                tx.commit().await
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("it ends").expect("each gets a number");
    }
    let mut found: Vec<u32> = numbers(&world, filing).await.iter().map(|n| n.1).collect();
    found.sort_unstable();
    assert_eq!(found, [1, 2, 3, 4, 5, 6, 7, 8]);
}

async fn what_was_rolled_back_leaves_no_gap(world: World) {
    let filing = world.filing("桥北", "site-selection").await;
    let one = new(&world, filing, 1, 2026).await;
    let tx = world.store.begin().await.expect("a transaction");
    tx.issue_documents(std::slice::from_ref(&one))
        .await
        .expect("numbered");
    drop(tx);
    issue(&world, &[one]).await.expect("numbered again");
    assert_eq!(numbers(&world, filing).await, [(2026, 1)]);
}

async fn a_decision_is_delivered_once(world: World) {
    let filing = world.filing("桥北", "site-selection").await;
    issue(&world, &[new(&world, filing, 1, 2026).await])
        .await
        .expect("one");
    let reader = world.store.reader();
    let found = reader
        .document_by_code(&format!("CODE{filing}1"))
        .await
        .expect("the store");
    let document = found.expect("the document");
    assert_eq!(document.delivery, None);
    let delivery = Delivery {
        on: date(2026, 11, 3),
        way: DeliveryWay::InPerson,
        recipient: "王工".to_owned(),
        person: world.person,
        person_name: "李四".to_owned(),
        recorded_at: noon(date(2026, 11, 3)),
    };
    let tx = world.store.begin().await.expect("a transaction");
    tx.insert_delivery(document.id, &delivery)
        .await
        .expect("once");
    tx.commit().await.expect("kept");
    let tx = world.store.begin().await.expect("a transaction");
    let twice = tx.insert_delivery(document.id, &delivery).await;
    assert!(matches!(twice, Err(StoreError::Duplicate(_))), "{twice:?}");
    drop(tx);
    let found = reader
        .document(document.id)
        .await
        .expect("the store")
        .expect("it");
    assert_eq!(found.delivery, Some(delivery));
}
