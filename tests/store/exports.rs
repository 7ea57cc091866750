//! Exports as jobs: one claim each, whatever is asked at once; an end stays an end.

use chrono::{DateTime, TimeDelta, Utc};
use grid_approvals::statute::calendar::date;
use grid_approvals::store::{
    ExportEnd, ExportFault, ExportFile, ExportGoes, ExportId, ExportState, NewExport,
    RegisterFilter, RegisterKey,
};
use sea_orm::{ConnectionTrait, Database};

use crate::on_both;
use crate::world::{World, noon, on};

on_both!(
    two_claimers_never_have_the_same_export,
    an_export_moves_only_under_its_claim_and_ends_once,
    an_export_that_waits_stops_at_once_and_one_that_runs_is_told,
    a_register_is_read_part_by_part_from_one_state,
);

const EVERYTHING: &str = "{\"bureau\":null}";

fn now() -> DateTime<Utc> {
    noon(date(2026, 11, 25))
}

async fn ask(world: &World) -> ExportId {
    let tx = world.store.begin().await.expect("a transaction");
    let new = NewExport {
        person: world.person,
        kind: "register".to_owned(),
        asked: EVERYTHING.to_owned(),
        bureau: None,
        at: now(),
    };
    let id = tx.insert_export(&new).await.expect("asked");
    tx.commit().await.expect("committed");
    id
}

async fn claim(world: &World, claim: &str, at: DateTime<Utc>) -> Option<ExportId> {
    let tx = world.store.begin().await.expect("a transaction");
    let lease = at + TimeDelta::seconds(120);
    let found = tx.claim_export(claim, at, lease).await.expect("asked");
    tx.commit().await.expect("committed");
    found.map(|export| export.id)
}

async fn two_claimers_never_have_the_same_export(world: World) {
    let mut asked = Vec::new();
    for _ in 0..3 {
        asked.push(ask(&world).await);
    }
    let world = std::sync::Arc::new(world);
    let servers: Vec<_> = (0..8)
        .map(|n| {
            let world = std::sync::Arc::clone(&world);
            tokio::spawn(async move { claim(&world, &format!("server {n}"), now()).await })
        })
        .collect();
    let mut claimed = Vec::new();
    for server in servers {
        claimed.extend(server.await.expect("no panic"));
    }
    // Somebody who comes while another looks may go away with nothing; a second look finds it.
    while let Some(id) = claim(&world, "last", now()).await {
        claimed.push(id);
    }
    claimed.sort_unstable();
    assert_eq!(claimed, asked);
}

async fn an_export_moves_only_under_its_claim_and_ends_once(world: World) {
    let id = ask(&world).await;
    assert_eq!(claim(&world, "first", now()).await, Some(id));
    let after = now() + TimeDelta::seconds(121);
    assert_eq!(claim(&world, "second", now()).await, None);
    assert_eq!(claim(&world, "second", after).await, Some(id));
    let tx = world.store.begin().await.expect("a transaction");
    let lease = after + TimeDelta::seconds(120);
    let told = |claim| tx.tell_export(claim, id, (5, 9), after, lease);
    assert_eq!(told("first").await, Ok(ExportGoes::Lost));
    assert_eq!(told("second").await, Ok(ExportGoes::On));
    let end = ExportEnd::Done {
        file: ExportFile {
            key: "exports/1/x".to_owned(),
            bytes: 7,
            sha256: "y".to_owned(),
        },
        expires_at: after + TimeDelta::days(7),
    };
    assert_eq!(tx.end_export("first", id, &end, after).await, Ok(false));
    assert_eq!(tx.end_export("second", id, &end, after).await, Ok(true));
    let failed = ExportEnd::Failed(ExportFault::Broken);
    assert_eq!(tx.end_export("second", id, &failed, after).await, Ok(false));
    tx.commit().await.expect("committed");
    let reader = world.store.reader();
    let export = reader.export(world.person, id).await.expect("read");
    let export = export.expect("the export");
    assert_eq!(export.state, ExportState::Done);
    assert_eq!(
        (export.done, export.total, export.attempts),
        (5, Some(9), 2)
    );
    assert_eq!(export.file.map(|file| file.bytes), Some(7));
    assert_eq!(
        claim(&world, "third", lease + TimeDelta::days(1)).await,
        None
    );
    // Nor by hand.
    let door = Database::connect(&world.url).await.expect("a door");
    for change in [
        "UPDATE export_job SET state = 'waiting', ended_at = NULL, file_key = NULL",
        "UPDATE export_job SET file_key = 'exports/other'",
        "UPDATE export_job SET asked = '{}'",
        "UPDATE export_job SET person_id = person_id + 1",
        "DELETE FROM export_job",
    ] {
        assert!(door.execute_unprepared(change).await.is_err(), "{change}");
    }
    let expired = |at| reader.expired_exports(at, 9);
    assert_eq!(expired(after).await.expect("read"), []);
    let late = after + TimeDelta::days(7);
    assert_eq!(expired(late).await.expect("read").len(), 1);
    let tx = world.store.begin().await.expect("a transaction");
    tx.forget_export_file(id).await.expect("forgotten");
    tx.commit().await.expect("committed");
    assert_eq!(expired(late).await.expect("read"), []);
}

async fn an_export_that_waits_stops_at_once_and_one_that_runs_is_told(world: World) {
    let waits = ask(&world).await;
    let tx = world.store.begin().await.expect("a transaction");
    let stranger = grid_approvals::store::PersonId(world.person.0 + 1);
    let stopped = tx.stop_export(stranger, waits, now()).await;
    assert_eq!(stopped, Ok(None));
    assert_eq!(tx.open_exports(world.person).await, Ok(1));
    let stopped = tx.stop_export(world.person, waits, now()).await;
    assert_eq!(stopped, Ok(Some(ExportState::Stopped)));
    assert_eq!(tx.open_exports(world.person).await, Ok(0));
    tx.commit().await.expect("committed");
    assert_eq!(claim(&world, "server", now()).await, None);
    let runs = ask(&world).await;
    assert_eq!(claim(&world, "server", now()).await, Some(runs));
    let tx = world.store.begin().await.expect("a transaction");
    let stopped = tx.stop_export(world.person, runs, now()).await;
    assert_eq!(stopped, Ok(Some(ExportState::Running)));
    let told = tx.tell_export("server", runs, (1, 2), now(), now()).await;
    assert_eq!(told, Ok(ExportGoes::Stop));
    assert_eq!(tx.hand_back_export("other", runs).await, Ok(false));
    assert_eq!(tx.hand_back_export("server", runs).await, Ok(true));
    tx.commit().await.expect("committed");
    let found = world.store.reader().export(world.person, runs).await;
    let found = found.expect("read").expect("the export");
    assert_eq!((found.state, found.attempts), (ExportState::Waiting, 0));
}

async fn a_register_is_read_part_by_part_from_one_state(world: World) {
    use grid_approvals::statute::clock::EventKind;
    let mut filings = Vec::new();
    for n in 0..5 {
        filings.push(world.filing(&format!("工程{n}"), "road-crossing").await);
    }
    let submitted = on(3, EventKind::Submitted);
    world.append(filings[4], &submitted).await.expect("filed");
    let today = date(2026, 11, 25);
    let filter = RegisterFilter::default();
    let snapshot = world.store.snapshot().await.expect("a snapshot");
    assert_eq!(snapshot.register_count(&filter, today).await, Ok(5));
    // What is written now is not in the state that is being read.
    world.append(filings[0], &submitted).await.expect("filed");
    world.filing("工程5", "road-crossing").await;
    let mut after = None;
    let mut rows = Vec::new();
    loop {
        let part = snapshot.register(&filter, today, after, 2).await;
        let part = part.expect("a part");
        assert!(part.len() <= 2);
        let Some(last) = part.last() else { break };
        after = Some(RegisterKey {
            project: last.filing.project,
            filing: last.filing.id,
        });
        rows.extend(part);
    }
    let ids: Vec<_> = rows.iter().map(|row| row.filing.id).collect();
    let mut newest = filings.clone();
    newest.reverse();
    assert_eq!(ids, newest);
    assert_eq!(rows[0].entries.len(), 1);
    assert!(rows[1..].iter().all(|row| row.entries.is_empty()));
    assert_eq!(rows[0].project.name, "工程4");
    drop(snapshot);
    let fresh = world.store.snapshot().await.expect("a snapshot");
    assert_eq!(fresh.register_count(&filter, today).await, Ok(6));
}
