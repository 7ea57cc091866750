//! Proceedings are appended and kept; a county is asked once and answers once.

use chrono::NaiveDate;
use grid_approvals::statute::calendar::date;
use grid_approvals::statute::division::County;
use grid_approvals::statute::proceeding::{Dated, Proceeding};
use grid_approvals::store::{FilingId, NewProceeding, ProjectId, StoreError};
use sea_orm::{ConnectionTrait, Database};

use crate::on_both;
use crate::world::{World, noon};

on_both!(
    a_proceeding_is_kept_as_it_was_recorded,
    a_county_is_asked_once_and_answers_once,
    what_a_county_owes_is_the_oldest_first_and_open_only,
);

fn asked(county: County) -> Proceeding {
    Proceeding::ConsultationAsked { county }
}

fn given(county: County) -> Proceeding {
    Proceeding::OpinionGiven {
        county,
        words: "同意选址".to_owned(),
    }
}

async fn step(world: &World, name: &str) -> (ProjectId, FilingId) {
    let filing = world.filing(name, "site-selection").await;
    let reader = world.store.reader();
    let row = reader.filing(filing).await.expect("read").expect("there");
    (row.project, filing)
}

async fn record(
    world: &World,
    (project, filing): (ProjectId, FilingId),
    on: NaiveDate,
    what: Proceeding,
) -> Result<(), StoreError> {
    let new = NewProceeding {
        project,
        filing,
        dated: Dated { on, what },
        person: world.person,
        person_name: "李工".to_owned(),
        at: noon(on),
    };
    let tx = world.store.begin().await?;
    tx.insert_proceeding(&new).await?;
    tx.commit().await
}

fn day(day: u32) -> NaiveDate {
    date(2026, 11, day)
}

async fn a_proceeding_is_kept_as_it_was_recorded(world: World) {
    let here = step(&world, "桥北").await;
    let posted = Proceeding::NoticePosted {
        place: "村委会公告栏".to_owned(),
        by: "王工".to_owned(),
        settled: None,
    };
    for (on, what) in [(day(3), posted.clone()), (day(5), asked(County::Mingshan))] {
        record(&world, here, on, what).await.expect("recorded");
    }
    let door = Database::connect(&world.url).await.expect("a door");
    for statement in [
        "UPDATE proceeding SET payload = '{}'",
        "UPDATE proceeding SET on_day = '2026-01-01'",
        "DELETE FROM proceeding",
    ] {
        let refused = door.execute_unprepared(statement).await;
        let words = refused.expect_err(statement).to_string();
        assert!(
            words.contains("proceedings are kept"),
            "{statement}: {words}"
        );
    }
    if world.url.starts_with("sqlite") {
        let replace = "INSERT OR REPLACE INTO proceeding SELECT * FROM proceeding";
        assert!(door.execute_unprepared(replace).await.is_err());
    }
    let kept = world
        .store
        .reader()
        .proceedings(here.0)
        .await
        .expect("read");
    let read: Vec<_> = kept
        .iter()
        .map(|row| (row.filing, row.dated.on, &row.dated.what))
        .collect();
    let asked = asked(County::Mingshan);
    assert_eq!(read, [(here.1, day(3), &posted), (here.1, day(5), &asked)]);
    assert_eq!(kept[0].person_name, "李工");
    assert_eq!(kept[0].at, noon(day(3)));
    let other = step(&world, "偏岭").await;
    let none = world.store.reader().proceedings(other.0).await;
    assert_eq!(none.expect("read"), []);
}

async fn a_county_is_asked_once_and_answers_once(world: World) {
    let here = step(&world, "桥北").await;
    let mingshan = County::Mingshan;
    assert_eq!(record(&world, here, day(3), asked(mingshan)).await, Ok(()));
    assert!(record(&world, here, day(4), asked(mingshan)).await.is_err());
    assert_eq!(record(&world, here, day(4), given(mingshan)).await, Ok(()));
    assert!(record(&world, here, day(5), given(mingshan)).await.is_err());
    assert_eq!(
        record(&world, here, day(5), asked(County::Pingshan)).await,
        Ok(())
    );
    let there = step(&world, "偏岭").await;
    assert_eq!(record(&world, there, day(5), asked(mingshan)).await, Ok(()));
}

async fn what_a_county_owes_is_the_oldest_first_and_open_only(world: World) {
    let mut steps = Vec::new();
    for (name, on) in [("后征求", 9), ("先征求", 4), ("已回复", 3), ("别县", 2)] {
        let here = step(&world, name).await;
        let county = match name {
            "别县" => County::Pingshan,
            _ => County::Mingshan,
        };
        record(&world, here, day(on), asked(county))
            .await
            .expect("asked");
        steps.push(here);
    }
    record(&world, steps[2], day(6), given(County::Mingshan))
        .await
        .expect("answered");
    // Another county's answer is not this one's.
    record(&world, steps[0], day(10), given(County::Pingshan))
        .await
        .expect("answered");
    let reader = world.store.reader();
    let owed = reader
        .open_consultations(County::Mingshan, 50)
        .await
        .expect("read");
    let names: Vec<_> = owed
        .iter()
        .map(|row| (row.project_name.as_str(), row.asked_on))
        .collect();
    assert_eq!(names, [("先征求", day(4)), ("后征求", day(9))]);
    let one = reader
        .open_consultations(County::Mingshan, 1)
        .await
        .expect("read");
    assert_eq!(one.len(), 1);
}
