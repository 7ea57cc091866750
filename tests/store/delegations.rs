//! Delegations are kept as they were made and ended once; who has a filing in hand follows from
//! its ledger.

use chrono::NaiveDate;
use grid_approvals::statute::calendar::date;
use grid_approvals::statute::clock::{Event, EventKind, Turning};
use grid_approvals::store::record::Role;
use grid_approvals::store::{
    DelegationId, Details, EndedEarly, FilingId, NewDelegation, NewEntry, NewPersonRow, PersonId,
    StoreError,
};
use sea_orm::{ConnectionTrait, Database};

use crate::on_both;
use crate::world::{World, noon};

on_both!(
    a_delegation_holds_from_its_first_to_its_last_day_until_it_is_ended,
    a_delegation_is_kept_as_it_was_made_and_ended_once,
    whoever_stands_in_leaves_the_filing_with_the_one_who_is_away,
    a_stand_in_sees_the_open_steps_of_the_one_who_is_away,
);

fn day(day: u32) -> NaiveDate {
    date(2026, 11, day)
}

async fn officer(world: &World, login: &str) -> PersonId {
    let tx = world.store.begin().await.expect("a transaction");
    let new = NewPersonRow {
        login: login.to_owned(),
        name: login.to_owned(),
        role: Role::Officer {
            bureau: world.bureau,
        },
        password_hash: "hash".to_owned(),
        lead: false,
    };
    let id = tx.insert_person(&new).await.expect("a person");
    tx.commit().await.expect("committed");
    id
}

async fn hand_over(world: &World, from: PersonId, to: PersonId, span: (u32, u32)) -> DelegationId {
    let new = NewDelegation {
        bureau: world.bureau,
        giver: (from, "wang".to_owned()),
        stand_in: (to, "li".to_owned()),
        first_on: day(span.0),
        last_on: day(span.1),
        reason: "年休假".to_owned(),
        made_by: (from, "wang".to_owned()),
        at: noon(day(2)),
    };
    let tx = world.store.begin().await.expect("a transaction");
    let id = tx.insert_delegation(&new).await.expect("a delegation");
    tx.commit().await.expect("committed");
    id
}

async fn end(world: &World, id: DelegationId, by: PersonId, on: u32) -> Result<bool, StoreError> {
    let ended = EndedEarly {
        on: day(on),
        by,
        by_name: "wang".to_owned(),
        at: noon(day(on)),
    };
    let tx = world.store.begin().await?;
    let done = tx.end_delegation(id, &ended).await?;
    tx.commit().await?;
    Ok(done)
}

async fn a_delegation_holds_from_its_first_to_its_last_day_until_it_is_ended(world: World) {
    let (wang, li) = (officer(&world, "wang").await, officer(&world, "li").await);
    let id = hand_over(&world, wang, li, (10, 20)).await;
    let holds = async |on: u32| {
        let tx = world.store.begin().await.expect("a transaction");
        let found = tx.stands_in(li, wang, day(on)).await.expect("read");
        let other = tx.stands_in(wang, li, day(on)).await.expect("read");
        assert_eq!(other, None, "not the other way round");
        drop(tx);
        let reader = world.store.reader();
        for person in [wang, li] {
            let listed = reader.delegations_in_force(person, day(on)).await;
            assert_eq!(listed.expect("read").len(), usize::from(found.is_some()));
        }
        let (_, away) = reader
            .officer_on(wang, day(on))
            .await
            .expect("read")
            .expect("wang");
        assert_eq!(away, found);
        assert!(found.as_ref().is_none_or(|one| one.in_force(day(on))));
        found.is_some()
    };
    for (on, expected) in [(9, false), (10, true), (20, true), (21, false)] {
        assert_eq!(holds(on).await, expected, "day {on}");
    }
    assert_eq!(end(&world, id, li, 15).await, Ok(true));
    for (on, expected) in [(14, true), (15, false), (20, false)] {
        assert_eq!(holds(on).await, expected, "day {on}, ended on the 15th");
    }
}

async fn a_delegation_is_kept_as_it_was_made_and_ended_once(world: World) {
    let (wang, li) = (officer(&world, "wang").await, officer(&world, "li").await);
    let id = hand_over(&world, wang, li, (10, 20)).await;
    let door = Database::connect(&world.url).await.expect("a door");
    let mut statements = vec![
        "UPDATE delegation SET last_on = '2027-01-01'",
        "UPDATE delegation SET stand_in_id = giver_id, giver_id = stand_in_id",
        "UPDATE delegation SET reason = 'x'",
        "UPDATE delegation SET made_by_name = 'x'",
        "DELETE FROM delegation",
    ];
    if world.store.backend_name() == "PostgreSQL" {
        statements.push("TRUNCATE delegation");
    } else {
        statements.push("INSERT OR REPLACE INTO delegation SELECT * FROM delegation");
    }
    for statement in statements {
        let refused = door.execute_unprepared(statement).await;
        let words = refused.expect_err(statement).to_string();
        assert!(
            words.contains("kept as it was made"),
            "{statement}: {words}"
        );
    }
    // Half an end is none.
    let half = "UPDATE delegation SET ended_on = '2026-11-12'";
    assert!(door.execute_unprepared(half).await.is_err());
    assert_eq!(end(&world, id, wang, 12).await, Ok(true));
    assert_eq!(end(&world, id, li, 13).await, Ok(false));
    let back = "UPDATE delegation SET ended_on = NULL, ended_by = NULL, ended_by_name = NULL, \
                ended_at = NULL";
    assert!(door.execute_unprepared(back).await.is_err());
    let tx = world.store.begin().await.expect("a transaction");
    let stored = tx.delegation(id).await.expect("read").expect("there");
    assert_eq!(stored.ended.map(|ended| ended.on), Some(day(12)));
    let standing = tx.delegations_from([wang, li], day(12)).await;
    assert_eq!(standing.expect("read"), [], "what was ended stands no more");
}

/// An entry of `actor` on `id`, through both ways in.
async fn enter(
    world: &World,
    id: FilingId,
    kind: EventKind,
    actor: PersonId,
    away: Option<&str>,
) -> Option<PersonId> {
    let entry = NewEntry {
        details: Details {
            stands_in_for: away.map(str::to_owned),
            ..Details::default()
        },
        actor: Some(actor),
        ..world.entry(&Event { on: day(3), kind })
    };
    let tx = world.store.begin().await.expect("a transaction");
    let before = tx.filing(id).await.expect("read").expect("the filing");
    let ledger = tx.ledger(id).await.expect("read");
    let prev = ledger.last().map_or("", |entry| entry.hash.as_str());
    tx.append(&before, prev, &entry, &Turning::default(), None)
        .await
        .expect("appended");
    let after = tx.filing(id).await.expect("read").expect("the filing");
    tx.commit().await.expect("committed");
    after.officer
}

async fn whoever_stands_in_leaves_the_filing_with_the_one_who_is_away(world: World) {
    let (wang, li) = (officer(&world, "wang").await, officer(&world, "li").await);
    let id = world.filing("桥北", "site-selection").await;
    let company = world.person;
    let steps = [
        (EventKind::Submitted, company, None, None),
        (EventKind::MaterialsRequested, wang, None, Some(wang)),
        (EventKind::Resubmitted, company, None, Some(wang)),
        (EventKind::Accepted, li, Some("wang"), Some(wang)),
        (EventKind::Granted, li, None, Some(li)),
    ];
    let mut entries = Vec::new();
    for (kind, actor, away, expected) in steps {
        let after = enter(&world, id, kind.clone(), actor, away).await;
        assert_eq!(after, expected, "{kind:?}");
        entries.push(NewEntry {
            details: Details {
                stands_in_for: away.map(str::to_owned),
                ..Details::default()
            },
            actor: Some(actor),
            ..world.entry(&Event { on: day(3), kind })
        });
    }
    // Whole histories are projected as if they were entered one by one.
    let other = world.filing("偏岭", "site-selection").await;
    let tx = world.store.begin().await.expect("a transaction");
    let before = tx.filing(other).await.expect("read").expect("the filing");
    entries.pop();
    let history = (before, entries, Turning::default(), None);
    tx.append_histories(&[history]).await.expect("appended");
    let after = tx.filing(other).await.expect("read").expect("the filing");
    assert_eq!(after.officer, Some(wang));
    let ledger = tx.ledger(other).await.expect("read");
    let last = ledger.last().expect("an entry");
    assert_eq!(last.details.stands_in_for.as_deref(), Some("wang"));
}

async fn a_stand_in_sees_the_open_steps_of_the_one_who_is_away(world: World) {
    let (wang, li) = (officer(&world, "wang").await, officer(&world, "li").await);
    let zhao = officer(&world, "zhao").await;
    for (project, actor) in [("桥北", wang), ("偏岭", zhao), ("盘岭", li)] {
        let id = world.filing(project, "site-selection").await;
        enter(&world, id, EventKind::Accepted, actor, None).await;
    }
    world.filing("金岭", "site-selection").await;
    hand_over(&world, wang, li, (10, 20)).await;
    let reader = world.store.reader();
    let names = async |person, on| {
        let rows = reader.stood_in_steps(person, day(on), 50).await;
        let rows = rows.expect("steps");
        rows.into_iter()
            .map(|row| row.project_name)
            .collect::<Vec<_>>()
    };
    assert_eq!(names(li, 10).await, ["桥北"]);
    assert_eq!(names(li, 20).await, ["桥北"]);
    assert_eq!(names(li, 21).await, [""; 0]);
    assert_eq!(names(wang, 10).await, [""; 0]);
    hand_over(&world, zhao, li, (20, 22)).await;
    assert_eq!(names(li, 20).await, ["桥北", "偏岭"]);
    assert_eq!(names(li, 22).await, ["偏岭"]);
}
