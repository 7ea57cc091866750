//! Promises and fees are kept as they were made; what became of a promise is written once.

use chrono::NaiveDate;
use grid_approvals::statute::calendar::date;
use grid_approvals::store::{
    CommitmentId, FilingId, NewCommitment, NewFee, NewOutcome, StoreError,
};
use sea_orm::{ConnectionTrait, Database};

use crate::on_both;
use crate::world::{World, noon};

on_both!(
    a_letter_stands_until_its_promise_is_broken,
    an_outcome_is_written_once,
    a_promise_and_a_fee_are_kept_as_they_were_made,
    what_is_due_is_the_most_pressing_first_and_open_only,
    the_newest_broken_promises_stand_beside_a_steps_own,
);

fn day(day: u32) -> NaiveDate {
    date(2026, 11, day)
}

async fn promise(world: &World, filing: FilingId, words: &str, due: u32) -> CommitmentId {
    let new = NewCommitment {
        filing,
        material: Some("commitment".to_owned()),
        promise: words.to_owned(),
        made_on: day(2),
        due_on: day(due),
        person: world.person,
        person_name: "王工".to_owned(),
        at: noon(day(2)),
    };
    let tx = world.store.begin().await.expect("a transaction");
    let id = tx.insert_commitment(&new).await.expect("a promise");
    tx.commit().await.expect("committed");
    id
}

async fn settle(world: &World, id: CommitmentId, kept: bool, on: u32) -> Result<bool, StoreError> {
    let outcome = NewOutcome {
        kept,
        on: day(on),
        words: "现场核查".to_owned(),
        person: world.person,
        person_name: "李工".to_owned(),
        at: noon(day(on)),
    };
    let tx = world.store.begin().await?;
    let done = tx.settle_commitment(id, &outcome).await?;
    tx.commit().await?;
    Ok(done)
}

async fn a_letter_stands_until_its_promise_is_broken(world: World) {
    let filing = world.filing("桥北", "road-crossing").await;
    let letters = async || {
        let reader = world.store.reader();
        reader.letters(filing).await.expect("letters")
    };
    assert_eq!(letters().await, Vec::<String>::new());
    let first = promise(&world, filing, "按标准施工", 20).await;
    assert_eq!(letters().await, ["commitment"]);
    assert_eq!(settle(&world, first, false, 10).await, Ok(true));
    assert_eq!(letters().await, Vec::<String>::new());
    let second = promise(&world, filing, "恢复路基", 20).await;
    assert_eq!(settle(&world, second, true, 12).await, Ok(true));
    assert_eq!(letters().await, ["commitment"]);
    let other = world.filing("偏岭", "road-crossing").await;
    let reader = world.store.reader();
    let none = reader.letters(other).await.expect("letters");
    assert_eq!(none, Vec::<String>::new());
}

async fn an_outcome_is_written_once(world: World) {
    let filing = world.filing("桥北", "road-crossing").await;
    let id = promise(&world, filing, "按标准施工", 20).await;
    assert_eq!(settle(&world, id, false, 10).await, Ok(true));
    assert_eq!(settle(&world, id, true, 11).await, Ok(false));
    let tx = world.store.begin().await.expect("a transaction");
    let stored = tx.commitment(id).await.expect("read").expect("there");
    let outcome = stored.outcome.expect("settled");
    assert!(!outcome.kept);
    assert_eq!((outcome.on, outcome.by_name.as_str()), (day(10), "李工"));
    let nobody = tx.commitment(CommitmentId(999)).await.expect("read");
    assert_eq!(nobody, None);
}

async fn a_promise_and_a_fee_are_kept_as_they_were_made(world: World) {
    let filing = world.filing("桥北", "road-crossing").await;
    let id = promise(&world, filing, "按标准施工", 20).await;
    let tx = world.store.begin().await.expect("a transaction");
    let fee = NewFee {
        filing,
        name: "挖掘修复费".to_owned(),
        amount_fen: 1_250_050,
        basis: "城市道路管理条例第37条".to_owned(),
        asked_on: day(3),
        person: world.person,
        person_name: "李工".to_owned(),
        at: noon(day(3)),
    };
    tx.insert_fee(&fee).await.expect("a fee");
    tx.commit().await.expect("committed");
    let door = Database::connect(&world.url).await.expect("a door");
    for (statement, says) in [
        ("UPDATE fee SET amount_fen = 1", "fees asked for are kept"),
        ("DELETE FROM fee", "fees asked for are kept"),
        ("UPDATE commitment SET promise = 'x'", "kept as it was made"),
        (
            "UPDATE commitment SET due_on = '2027-01-01'",
            "kept as it was made",
        ),
        ("DELETE FROM commitment", "kept as it was made"),
    ] {
        let refused = door.execute_unprepared(statement).await;
        let words = refused.expect_err(statement).to_string();
        assert!(words.contains(says), "{statement}: {words}");
    }
    // Half an outcome is none, and an outcome that stands is not taken back.
    let half = "UPDATE commitment SET outcome = 'kept'";
    assert!(door.execute_unprepared(half).await.is_err());
    assert_eq!(settle(&world, id, true, 5).await, Ok(true));
    let back = "UPDATE commitment SET outcome = 'broken'";
    assert!(door.execute_unprepared(back).await.is_err());
    if world.url.starts_with("sqlite") {
        for table in ["fee", "commitment"] {
            let replace = format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}");
            assert!(door.execute_unprepared(&replace).await.is_err(), "{table}");
        }
    }
    let fees = world.store.reader().fees(filing).await.expect("fees");
    assert_eq!(fees.len(), 1);
    assert_eq!(fees[0].amount_fen, 1_250_050);
    assert_eq!(fees[0].basis, fee.basis);
}

async fn what_is_due_is_the_most_pressing_first_and_open_only(world: World) {
    let filing = world.filing("桥北", "road-crossing").await;
    promise(&world, filing, "后到期", 12).await;
    promise(&world, filing, "先到期", 9).await;
    promise(&world, filing, "尚远", 28).await;
    let kept = promise(&world, filing, "已兑现", 8).await;
    assert_eq!(settle(&world, kept, true, 7).await, Ok(true));
    let reader = world.store.reader();
    let due = reader.commitments_due(day(15), 50).await.expect("due");
    let words: Vec<&str> = due
        .iter()
        .map(|row| row.commitment.promise.as_str())
        .collect();
    assert_eq!(words, ["先到期", "后到期"]);
    assert_eq!(due[0].project_name, "桥北");
    assert_eq!(due[0].step.as_str(), "road-crossing");
    let one = reader.commitments_due(day(15), 1).await.expect("due");
    assert_eq!(one.len(), 1);
}

async fn the_newest_broken_promises_stand_beside_a_steps_own(world: World) {
    let here = world.filing("桥北", "road-crossing").await;
    let there = world.filing("偏岭", "road-crossing").await;
    for (words, on) in [("旧的失信", 10), ("新的失信", 12)] {
        let id = promise(&world, there, words, 9).await;
        assert_eq!(settle(&world, id, false, on).await, Ok(true));
    }
    promise(&world, there, "别处未到期", 20).await;
    promise(&world, here, "本事项", 20).await;
    let read = async |broken| {
        let reader = world.store.reader();
        let rows = reader.commitments_beside_broken(here, broken).await;
        let rows = rows.expect("promises");
        rows.into_iter()
            .map(|row| row.commitment.promise)
            .collect::<Vec<_>>()
    };
    assert_eq!(read(20).await, ["本事项", "新的失信", "旧的失信"]);
    assert_eq!(read(1).await, ["本事项", "新的失信"]);
}
