use chrono::TimeDelta;
use grid_approvals::statute::calendar::date;
use grid_approvals::store::record::Role;
use grid_approvals::store::{LiveSession, NewPersonRow, StoreError};

use crate::on_both;
use crate::world::{World, noon};

on_both!(
    a_login_name_is_taken_once,
    a_session_lives_until_its_end_and_no_longer,
    whoever_is_shut_out_has_no_session,
);

fn officer(world: &World, login: &str) -> NewPersonRow {
    NewPersonRow {
        login: login.to_owned(),
        name: "李科长".to_owned(),
        role: Role::Officer {
            bureau: world.bureau,
        },
        password_hash: "hash".to_owned(),
        lead: false,
    }
}

async fn a_login_name_is_taken_once(world: World) {
    let tx = world.store.begin().await.expect("a transaction");
    let id = tx
        .insert_person(&officer(&world, "li"))
        .await
        .expect("a person");
    tx.commit().await.expect("committed");
    let tx = world.store.begin().await.expect("a transaction");
    let again = tx
        .insert_person(&officer(&world, "li"))
        .await
        .expect_err("taken");
    assert!(matches!(again, StoreError::Duplicate(_)), "{again}");
    drop(tx);
    let reader = world.store.reader();
    let (person, hash) = reader
        .person_by_login("li")
        .await
        .expect("read")
        .expect("li");
    assert_eq!((person.id, hash.as_str()), (id, "hash"));
    let people = reader.people().await.expect("people");
    let of_li = people.iter().find(|(p, _)| p.login == "li").expect("li");
    assert_eq!(of_li.1.as_ref().map(|b| b.id), Some(world.bureau));
}

async fn a_session_lives_until_its_end_and_no_longer(world: World) {
    let now = noon(date(2026, 11, 2));
    let tx = world.store.begin().await.expect("a transaction");
    tx.insert_session(
        "token",
        world.person,
        "csrf",
        now,
        now + TimeDelta::hours(1),
    )
    .await
    .expect("a session");
    tx.commit().await.expect("committed");
    let reader = world.store.reader();
    let LiveSession {
        person,
        bureau,
        csrf,
        unread,
        calendar,
    } = reader
        .session("token", now)
        .await
        .expect("read")
        .expect("live");
    assert_eq!(
        (person.id, bureau, csrf.as_str(), unread),
        (world.person, None, "csrf", 0)
    );
    assert_eq!(calendar, 0, "no notice was entered");
    assert!(reader.session("other", now).await.expect("read").is_none());
    let end = now + TimeDelta::hours(1);
    assert!(reader.session("token", end).await.expect("read").is_none());
}

async fn whoever_is_shut_out_has_no_session(world: World) {
    let now = noon(date(2026, 11, 2));
    let tx = world.store.begin().await.expect("a transaction");
    let id = tx
        .insert_person(&officer(&world, "zhao"))
        .await
        .expect("a person");
    for token in ["a", "b"] {
        tx.insert_session(token, id, "csrf", now, now + TimeDelta::hours(1))
            .await
            .expect(token);
    }
    tx.delete_sessions_of(id, Some("b")).await.expect("ended");
    tx.commit().await.expect("committed");
    let reader = world.store.reader();
    assert!(reader.session("a", now).await.expect("read").is_none());
    let kept = reader.session("b", now).await.expect("read").expect("kept");
    let bureau = kept.bureau;
    assert_eq!(bureau.map(|b| b.id), Some(world.bureau));
    let tx = world.store.begin().await.expect("a transaction");
    assert!(tx.set_active(id, false).await.expect("changed"));
    tx.commit().await.expect("committed");
    assert!(reader.session("b", now).await.expect("read").is_none());
}
