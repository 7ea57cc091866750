//! What goes out of the house is wrapped with its message, taken by one sender at a time, and kept.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use grid_approvals::statute::calendar::date;
use grid_approvals::store::record::Role;
use grid_approvals::store::{
    Claim, Mode, NewMessage, NewPersonRow, ParcelId, ParcelState, PersonId, Settled, Store,
    StoreError, Way,
};
use sea_orm::{ConnectionTrait, Database};

use crate::on_both;
use crate::world::{World, noon};

on_both!(
    a_parcel_is_there_with_its_message_or_not_at_all,
    senders_at_once_take_each_parcel_once,
    a_parcel_is_taken_again_when_the_lease_has_run_out_and_settled_by_its_last_taker,
    messages_at_once_gather_in_one_digest_and_none_is_lost_when_it_is_closed,
    what_went_out_is_kept_as_it_went,
    dead_parcels_come_the_newest_first_page_by_page,
    a_person_has_one_open_feed,
);

fn start() -> DateTime<Utc> {
    noon(date(2026, 11, 10))
}

fn message(person: PersonId, n: i64) -> NewMessage {
    NewMessage {
        person,
        kind: "warning".to_owned(),
        subject: format!("第{n}条"),
        body: "到期日临近。".to_owned(),
        link: "/filings/1".to_owned(),
        belongs_on: date(2026, 11, 9),
        at: start(),
    }
}

async fn choose(world: &World, way: Way, mode: Mode) {
    let tx = world.store.begin().await.expect("a transaction");
    tx.set_address(world.person, way, "a@example.cn", None, start())
        .await
        .expect("set");
    assert!(
        tx.set_mode(world.person, way, mode, start())
            .await
            .expect("set")
    );
    tx.commit().await.expect("committed");
}

async fn tell(store: &Store, messages: &[NewMessage]) -> Result<(), StoreError> {
    let tx = store.begin().await?;
    tx.insert_messages(messages).await?;
    tx.commit().await
}

async fn claim(store: &Store, now: DateTime<Utc>, limit: u64) -> Result<Vec<Claim>, StoreError> {
    let tx = store.begin().await?;
    let lease = now + TimeDelta::minutes(5);
    let claims = tx.claim(Way::Mail, now, lease, limit).await?;
    tx.commit().await?;
    Ok(claims)
}

async fn settle(store: &Store, claim: Claim, settled: Settled, now: DateTime<Utc>) -> bool {
    let tx = store.begin().await.expect("a transaction");
    let own = tx.settle(claim, &settled, now).await.expect("settled");
    tx.commit().await.expect("committed");
    own
}

async fn counts(world: &World) -> BTreeMap<&'static str, u64> {
    let counted = world.store.reader().parcel_counts().await.expect("counts");
    let mail = counted.into_iter().filter(|(way, _, _)| *way == Way::Mail);
    mail.map(|(_, state, n)| (state.code(), n)).collect()
}

async fn a_parcel_is_there_with_its_message_or_not_at_all(world: World) {
    choose(&world, Way::Mail, Mode::Each).await;
    choose(&world, Way::Webhook, Mode::Digest).await;
    let all: Vec<NewMessage> = (1..=3).map(|n| message(world.person, n)).collect();
    let tx = world.store.begin().await.expect("a transaction");
    tx.insert_messages(&all).await.expect("written");
    drop(tx);
    assert_eq!(counts(&world).await, BTreeMap::new());
    tell(&world.store, &all).await.expect("written");
    assert_eq!(counts(&world).await, BTreeMap::from([("due", 3)]));
    let counted = world.store.reader().parcel_counts().await.expect("counts");
    assert!(counted.contains(&(Way::Webhook, ParcelState::Gathering, 1)));
    // Each parcel has one message, and each message one parcel a way.
    let claims = claim(&world.store, start(), 9).await.expect("claimed");
    let ids: Vec<ParcelId> = claims.iter().map(|one| one.id).collect();
    let reader = world.store.reader();
    let told = reader.messages_of(&ids).await.expect("messages");
    let pairs: Vec<_> = told
        .iter()
        .map(|(id, m)| (*id, m.subject.as_str()))
        .collect();
    let wanted: Vec<_> = ids
        .iter()
        .copied()
        .zip(["第1条", "第2条", "第3条"])
        .collect();
    assert_eq!(pairs, wanted);
    let to_send = reader.to_send(&ids).await.expect("to send");
    assert_eq!(to_send.len(), 3);
    let channel = to_send[0].channel.as_ref().expect("a channel");
    assert_eq!(
        (channel.address.as_str(), channel.mode),
        ("a@example.cn", Mode::Each)
    );
}

async fn senders_at_once_take_each_parcel_once(world: World) {
    choose(&world, Way::Mail, Mode::Each).await;
    let all: Vec<NewMessage> = (1..=60).map(|n| message(world.person, n)).collect();
    tell(&world.store, &all).await.expect("written");
    // Two programs, each with its own doors to the database, and several tasks in each.
    let other = Store::open(&world.url).await.expect("a second server");
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            let store = if n % 2 == 0 { &world.store } else { &other };
            let store = store.clone();
            tokio::spawn(async move {
                let mut taken = Vec::new();
                loop {
                    let claims = claim(&store, start(), 4).await.expect("claimed");
                    if claims.is_empty() {
                        return taken;
                    }
                    for claim in claims {
                        assert!(settle(&store, claim, Settled::Sent, start()).await);
                        taken.push(claim.id);
                    }
                }
            })
        })
        .collect();
    let mut taken = Vec::new();
    for task in tasks {
        taken.extend(task.await.expect("no panic"));
    }
    assert_eq!(taken.len(), 60);
    assert_eq!(taken.into_iter().collect::<BTreeSet<_>>().len(), 60);
    assert_eq!(counts(&world).await, BTreeMap::new());
}

async fn a_parcel_is_taken_again_when_the_lease_has_run_out_and_settled_by_its_last_taker(
    world: World,
) {
    choose(&world, Way::Mail, Mode::Each).await;
    tell(&world.store, &[message(world.person, 1)])
        .await
        .expect("written");
    let first = claim(&world.store, start(), 9).await.expect("claimed");
    let within = start() + TimeDelta::seconds(299);
    assert_eq!(claim(&world.store, within, 9).await.expect("none"), []);
    let after = start() + TimeDelta::minutes(5);
    let second = claim(&world.store, after, 9).await.expect("claimed");
    let of = |claims: &[Claim]| (claims.len(), claims[0].id, claims[0].attempt);
    assert_eq!(of(&first), (1, first[0].id, 1));
    assert_eq!(of(&second), (1, first[0].id, 2));
    let dead = Settled::Dead {
        why: "550".to_owned(),
    };
    assert!(
        !settle(&world.store, first[0], dead, after).await,
        "no longer its own"
    );
    let again = Settled::Again {
        at: after + TimeDelta::minutes(5),
        why: "451".to_owned(),
    };
    assert!(settle(&world.store, second[0], again, after).await);
    assert_eq!(claim(&world.store, after, 9).await.expect("none"), []);
    let third = claim(&world.store, after + TimeDelta::minutes(5), 9).await;
    let third = third.expect("claimed");
    assert!(settle(&world.store, third[0], Settled::Sent, after).await);
    assert!(
        !settle(&world.store, third[0], Settled::Sent, after).await,
        "once"
    );
}

async fn messages_at_once_gather_in_one_digest_and_none_is_lost_when_it_is_closed(world: World) {
    choose(&world, Way::Mail, Mode::Digest).await;
    let (person, later) = (world.person, start() + TimeDelta::hours(1));
    let writers: Vec<_> = (0..12)
        .map(|n| {
            let store = world.store.clone();
            tokio::spawn(async move { tell(&store, &[message(person, n)]).await })
        })
        .collect();
    // Somebody closes the digest again and again meanwhile.
    let closer = {
        let store = world.store.clone();
        tokio::spawn(async move {
            for _ in 0..6 {
                let tx = store.begin().await.expect("a transaction");
                tx.close_digests(Way::Mail, later).await.expect("closed");
                tx.commit().await.expect("committed");
                tokio::task::yield_now().await;
            }
        })
    };
    for writer in writers {
        writer.await.expect("no panic").expect("written");
    }
    closer.await.expect("no panic");
    let tx = world.store.begin().await.expect("a transaction");
    tx.close_digests(Way::Mail, later).await.expect("closed");
    tx.commit().await.expect("committed");
    let claims = claim(&world.store, later, 99).await.expect("claimed");
    let ids: Vec<ParcelId> = claims.iter().map(|one| one.id).collect();
    let told = world.store.reader().messages_of(&ids).await.expect("read");
    let subjects: BTreeSet<_> = told.iter().map(|(_, m)| m.subject.clone()).collect();
    assert_eq!((told.len(), subjects.len()), (12, 12), "each in one digest");
    assert_eq!(counts(&world).await.get("gathering"), None);
}

async fn what_went_out_is_kept_as_it_went(world: World) {
    choose(&world, Way::Mail, Mode::Each).await;
    tell(&world.store, &[message(world.person, 1)])
        .await
        .expect("written");
    let claims = claim(&world.store, start(), 9).await.expect("claimed");
    assert!(settle(&world.store, claims[0], Settled::Sent, start()).await);
    let tx = world.store.begin().await.expect("a transaction");
    tx.insert_feed(world.person, "hash", start())
        .await
        .expect("a feed");
    assert!(
        tx.revoke_feed(world.person, start())
            .await
            .expect("revoked")
    );
    tx.commit().await.expect("committed");
    let door = Database::connect(&world.url).await.expect("a door");
    for statement in [
        "UPDATE parcel SET state = 'due'",
        "UPDATE parcel SET person_id = person_id + 1",
        "DELETE FROM parcel",
        "UPDATE parcel_message SET parcel_id = parcel_id + 1",
        "DELETE FROM parcel_message",
        "UPDATE calendar_feed SET revoked_at = NULL",
        "UPDATE calendar_feed SET token_hash = 'x'",
        "DELETE FROM calendar_feed",
    ] {
        let refused = door.execute_unprepared(statement).await;
        let words = refused.expect_err(statement).to_string();
        assert!(words.contains("kept"), "{statement}: {words}");
    }
}

async fn dead_parcels_come_the_newest_first_page_by_page(world: World) {
    choose(&world, Way::Mail, Mode::Each).await;
    let all: Vec<NewMessage> = (1..=5).map(|n| message(world.person, n)).collect();
    tell(&world.store, &all).await.expect("written");
    let claims = claim(&world.store, start(), 9).await.expect("claimed");
    // Two of them at the same instant.
    for (claim, second) in claims.iter().zip([3, 1, 4, 1, 5]) {
        let dead = Settled::Dead {
            why: format!("{second}"),
        };
        let at = start() + TimeDelta::seconds(second);
        assert!(settle(&world.store, *claim, dead, at).await);
    }
    let reader = world.store.reader();
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = reader.dead_parcels(after, 2).await.expect("a page");
        let Some(last) = page.last() else {
            break;
        };
        after = Some((last.settled_at, last.id));
        seen.extend(
            page.iter()
                .map(|row| (row.error.clone(), row.subject.clone())),
        );
    }
    let told = [
        ("5", "第5条"),
        ("4", "第3条"),
        ("3", "第1条"),
        ("1", "第4条"),
        ("1", "第2条"),
    ];
    let told = told.map(|(why, subject)| (why.to_owned(), subject.to_owned()));
    assert_eq!(seen, told);
    assert_eq!(counts(&world).await, BTreeMap::from([("dead", 5)]));
    let tx = world.store.begin().await.expect("a transaction");
    let id = claims[0].id;
    let revived = tx.revive(id, start()).await.expect("revived");
    assert_eq!(revived, Some(world.person));
    assert_eq!(tx.give_up(id, start()).await.expect("not dead"), None);
    tx.commit().await.expect("committed");
    let again = claim(&world.store, start(), 9).await.expect("claimed");
    assert_eq!(again, [Claim { id, attempt: 2 }]);
}

async fn a_person_has_one_open_feed(world: World) {
    let tx = world.store.begin().await.expect("a transaction");
    let other = tx
        .insert_person(&NewPersonRow {
            login: "ducha".to_owned(),
            name: "王督查".to_owned(),
            role: Role::GovernmentOffice,
            password_hash: "x".to_owned(),
            lead: false,
        })
        .await
        .expect("a person");
    tx.insert_feed(world.person, "one", start())
        .await
        .expect("a feed");
    tx.insert_feed(other, "two", start()).await.expect("a feed");
    tx.commit().await.expect("committed");
    let tx = world.store.begin().await.expect("a transaction");
    let twice = tx.insert_feed(other, "three", start()).await;
    assert!(matches!(twice, Err(StoreError::Duplicate(_))), "{twice:?}");
    drop(tx);
    let reader = world.store.reader();
    assert_eq!(reader.feed("two").await.expect("read"), Some(other));
    assert_eq!(reader.feed("three").await.expect("read"), None);
    let tx = world.store.begin().await.expect("a transaction");
    assert!(tx.revoke_feed(other, start()).await.expect("revoked"));
    tx.insert_feed(other, "three", start()).await.expect("anew");
    tx.commit().await.expect("committed");
    assert_eq!(reader.feed("two").await.expect("read"), None);
    assert_eq!(reader.feed("three").await.expect("read"), Some(other));
    assert_eq!(reader.feed("one").await.expect("read"), Some(world.person));
    assert_eq!(reader.feed_since(other).await.expect("read"), Some(start()));
}
