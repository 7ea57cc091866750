use super::super::testing::{World, at, new_project, on, on_new_land};
use super::*;
use crate::statute::plan::BureauKind;
use crate::store::record::Role;

fn by(actor: &Actor) -> Arc<Actor> {
    Arc::new(actor.clone())
}

fn act(actor: &Actor, step: &str, county: Option<County>, kind: EventKind, day: u32) -> PastEvent {
    PastEvent {
        by: by(actor),
        at: at(9, day),
        act: PastAct::Record {
            step: StepId::from(step),
            county,
            kind,
            on: on(9, day),
            note: None,
            details: Details::default(),
        },
    }
}

fn officer(world: &World, county: Option<County>) -> Actor {
    let bureau = world.bureau(BureauKind::NaturalResources, county).id;
    Actor {
        role: Role::Officer { bureau },
        ..world.company.clone()
    }
}

/// The land review of one county from its joint filing to the city's decision.
fn history(world: &World, key: &str) -> PastProject {
    let county = Some(County::Nanfen);
    let (city_officer, county_officer) = (officer(world, None), officer(world, county));
    let mut events = vec![PastEvent {
        by: by(&world.company),
        at: at(9, 2),
        act: PastAct::FileJointly {
            on: on(9, 2),
            note: None,
        },
    }];
    let review = "county-initial-review";
    events.extend([
        act(&county_officer, review, county, EventKind::Accepted, 3),
        act(
            &city_officer,
            "land-pre-review",
            None,
            EventKind::Accepted,
            4,
        ),
        act(&county_officer, review, county, EventKind::Granted, 9),
        act(
            &city_officer,
            "land-pre-review",
            None,
            EventKind::Granted,
            16,
        ),
        act(
            &world.company,
            "land-dossier",
            county,
            EventKind::Submitted,
            17,
        ),
    ]);
    PastProject {
        new: new_project(key, on_new_land(&[County::Nanfen])),
        by: by(&world.company),
        at: at(9, 1),
        events,
    }
}

#[tokio::test]
async fn a_whole_history_leaves_the_rows_that_one_event_after_the_other_leaves() {
    let world = World::new().await;
    let projects = vec![history(&world, "a"), history(&world, "b")];
    let ids = world
        .office
        .record_past(projects, at(11, 23))
        .await
        .expect("made");
    assert_eq!(ids.len(), 2);

    let one = world.project(on_new_land(&[County::Nanfen])).await;
    world.file_jointly(one, on(9, 2)).await.expect("jointly");
    let review = world.filing(one, "county-initial-review").await;
    let city = world.filing(one, "land-pre-review").await;
    world.go(&review, &[(EventKind::Accepted, (9, 3))]).await;
    world.go(&city, &[(EventKind::Accepted, (9, 4))]).await;
    world.go(&review, &[(EventKind::Granted, (9, 9))]).await;
    world.go(&city, &[(EventKind::Granted, (9, 16))]).await;
    let dossier = world.filing(one, "land-dossier").await;
    world.go(&dossier, &[(EventKind::Submitted, (9, 17))]).await;

    let reader = world.office.store.reader();
    let rows = |project| {
        let reader = reader.clone();
        async move {
            let mut rows = reader.filings_of_project(project).await.expect("filings");
            for row in &mut rows {
                row.id = FilingId(0);
                row.project = ProjectId(0);
            }
            rows
        }
    };
    let expected = rows(one).await;
    assert_eq!(rows(ids[0]).await, expected);
    assert_eq!(rows(ids[1]).await, expected);
    assert_eq!(
        world.ledger(city.id).await.len(),
        4,
        "with the county's opinion"
    );
    world.assert_sound().await;
}

#[tokio::test]
async fn a_history_that_breaks_a_rule_is_named_and_nothing_is_written() {
    let world = World::new().await;
    let mut wrong = history(&world, "wrong");
    wrong.events.remove(4);
    let projects = vec![history(&world, "right"), wrong];
    let refused = world.office.record_past(projects, at(11, 23)).await;
    let refused = refused.expect_err("the dossier waits for the pre-review");
    assert_eq!((refused.project, refused.event), (1, Some(4)));
    assert!(matches!(refused.why, OfficeError::Rule(rule) if rule.rule == "waits-for"));

    let mut stranger = history(&world, "stranger");
    stranger.events[1].by = by(&world.company);
    let refused = world.office.record_past(vec![stranger], at(11, 23)).await;
    let refused = refused.expect_err("the company does not accept");
    assert!(matches!(refused.why, OfficeError::Forbidden(_)));

    let early = world
        .office
        .record_past(vec![history(&world, "early")], at(9, 10))
        .await;
    let early = early.expect_err("recorded after today");
    assert_eq!(early.event, Some(4));
    let report = world.office.verify().await.expect("a report");
    assert_eq!(report.filings, 0);
}
