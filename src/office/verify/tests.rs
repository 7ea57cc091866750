use super::super::testing::{World, at, on, on_new_land};
use super::*;
use crate::store::Details;
use crate::store::NewEntry;

/// Writes past the office, as a faulty program would.
async fn append(world: &World, filing: &Filing, prev: &str, turning: &Turning) {
    let entry = NewEntry {
        event: Event {
            on: on(9, 21),
            kind: EventKind::Submitted,
        },
        note: None,
        details: Details::default(),
        actor: Some(world.company.id),
        actor_name: world.company.name.clone(),
        recorded_at: at(9, 21).now,
    };
    let tx = world.office.store.begin().await.expect("a transaction");
    tx.append(filing, prev, &entry, turning, Some(on(9, 21)))
        .await
        .expect("appended");
    tx.commit().await.expect("committed");
}

fn found(report: &VerifyReport) -> Vec<(FilingId, &str, &str, &str)> {
    let differences = report.differences.iter();
    differences
        .map(|d| (d.filing, &*d.field, &*d.stored, &*d.refolded))
        .collect()
}

#[tokio::test]
async fn a_sound_store_is_refolded_without_a_difference() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Xihu])).await;
    let site = world.filing(project, "site-selection").await;
    world.grant(&site, [2, 3, 10]).await;
    let report = world.office.verify().await.expect("a report");
    assert_eq!((report.filings, report.entries), (5, 3));
    assert_eq!(report.differences, []);
}

#[tokio::test]
async fn a_column_that_the_ledger_does_not_give_is_named_with_both_values() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Xihu])).await;
    let site = world.filing(project, "site-selection").await;
    append(&world, &site, "", &site.turning).await;
    let report = world.office.verify().await.expect("a report");
    let fields: Vec<(FilingId, &str, &str, &str)> = found(&report);
    assert!(
        fields.contains(&(site.id, "status", "draft", "submitted")),
        "{fields:?}"
    );
    assert!(
        fields.contains(&(site.id, "deems_on", "-", "2026-09-30")),
        "{fields:?}"
    );
    assert!(
        report
            .differences
            .iter()
            .all(|d| d.step == site.step && d.project == project)
    );
}

#[tokio::test]
async fn a_filing_said_to_be_in_other_hands_than_its_ledgers_is_named() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Xihu])).await;
    let site = world.filing(project, "site-selection").await;
    let mut wrong = site.clone();
    wrong.officer = Some(world.company.id);
    append(&world, &wrong, "", &site.turning).await;
    let report = world.office.verify().await.expect("a report");
    let company = world.company.id.to_string();
    assert!(found(&report).contains(&(site.id, "officer_id", &*company, "-")));
}

#[tokio::test]
async fn a_broken_chain_is_named_by_its_entry() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Xihu])).await;
    let site = world.filing(project, "site-selection").await;
    let step = Plan::built_in().step("site-selection").expect("the step");
    let submitted = [Event {
        on: on(9, 21),
        kind: EventKind::Submitted,
    }];
    let facts = on_new_land(&[County::Xihu]);
    let turning = clock::turning(step, &facts, &submitted, &world.office.calendar());
    append(&world, &site, "another chain", &turning.expect("lawful")).await;
    let report = world.office.verify().await.expect("a report");
    let fields: Vec<&str> = report.differences.iter().map(|d| &*d.field).collect();
    assert_eq!(fields, ["entry 1"]);
}

#[tokio::test]
async fn a_step_that_is_said_to_be_ready_and_is_not_is_named() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Xihu])).await;
    let permit = world.filing(project, "planning-permit").await;
    let tx = world.office.store.begin().await.expect("a transaction");
    tx.set_ready(&[(permit.id, true)]).await.expect("set");
    tx.commit().await.expect("committed");
    let report = world.office.verify().await.expect("a report");
    assert_eq!(found(&report), [(permit.id, "ready", "true", "false")]);
}

#[tokio::test]
async fn a_ledger_that_the_clock_refuses_is_named_by_its_entry() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Xihu])).await;
    let site = world.filing(project, "site-selection").await;
    world.go(&site, &[(EventKind::Submitted, (9, 21))]).await;
    let site = world.filing(project, "site-selection").await;
    let prev = world.ledger(site.id).await[0].hash.clone();
    append(&world, &site, &prev, &site.turning).await;
    let report = world.office.verify().await.expect("a report");
    let [difference] = &report.differences[..] else {
        panic!("{report:?}")
    };
    assert_eq!(difference.field, "entry 2");
    assert!(
        difference.refolded.contains("wrong-state"),
        "{}",
        difference.refolded
    );
}
