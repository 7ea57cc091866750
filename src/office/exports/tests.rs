use std::path::Path;

use chrono::TimeDelta;

use super::super::testing::{World, at, on_new_land};
use super::*;
use crate::files::Files;
use crate::office::{RegisterFilter, Role};
use crate::statute::division::County;

const EVERYTHING: ExportWhat = ExportWhat::Register(RegisterFilter {
    bureau: None,
    county: None,
    step: None,
    state: None,
    day: None,
    from: None,
    to: None,
});

struct Desk {
    world: World,
    folder: tempfile::TempDir,
}

impl Desk {
    async fn new() -> Desk {
        let mut world = World::new().await;
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::local(folder.path(), 10).expect("files");
        world.office = world.office.clone().with_files(files);
        world.project(on_new_land(&[County::Mingshan])).await;
        Desk { world, folder }
    }

    fn office(&self) -> &Office {
        &self.world.office
    }

    fn files(&self) -> usize {
        fn count(folder: &Path) -> usize {
            let entries = std::fs::read_dir(folder).expect("a folder").flatten();
            entries
                .map(|entry| match entry.path() {
                    path if path.is_dir() => count(&path),
                    _ => 1,
                })
                .sum()
        }
        count(self.folder.path())
    }

    async fn ask(&self, at: Moment) -> ExportId {
        let asked = self
            .office()
            .ask_export(&self.world.company, &EVERYTHING, at);
        asked.await.expect("asked")
    }

    async fn line(&self, id: ExportId, at: Moment) -> ExportLine {
        let line = self.office().export(&self.world.company, id, at);
        line.await.expect("one's own export")
    }

    /// A file of a few bytes as a server would hand it over.
    fn received(&self) -> Received {
        let draft = self.office().draft_export().expect("a place");
        std::fs::write(draft.path(), "a workbook, more than an upload may have").expect("written");
        draft.finish().expect("received")
    }
}

fn later(at: Moment, seconds: i64) -> Moment {
    Moment {
        now: at.now + TimeDelta::seconds(seconds),
        ..at
    }
}

#[tokio::test]
async fn an_export_is_claimed_once_told_of_and_kept_for_its_days() {
    let desk = Desk::new().await;
    let (office, company, now) = (desk.office(), &desk.world.company, at(9, 30));
    let id = desk.ask(now).await;
    assert_eq!(desk.line(id, now).await.state, ExportState::Waiting);
    let claim = office.claim_export(now).await.unwrap().expect("a claim");
    assert_eq!((claim.id, &claim.what), (id, &EVERYTHING));
    assert_eq!(office.claim_export(now).await.unwrap(), None);
    let mut reading = office.read_export(&claim, now).await.unwrap();
    let lines = office.next_of_register(&mut reading).await.unwrap();
    let total = u64::try_from(lines.len()).unwrap();
    let goes = office.tell_export(&claim, &reading, 3, now).await.unwrap();
    assert_eq!(goes, ExportGoes::On);
    let line = desk.line(id, now).await;
    assert_eq!((line.done, line.total), (3, Some(total)));
    drop(reading);
    assert!(
        office
            .keep_export(&claim, &desk.received(), now)
            .await
            .unwrap()
    );
    let line = desk.line(id, now).await;
    assert_eq!(line.state, ExportState::Done);
    assert_eq!((line.bytes, desk.files()), (Some(40), 1));
    let file = office.download_export(company, id, now).await.unwrap();
    assert_eq!(file.name, "事项台账-2026-09-30.xlsx");
    drop(file);
    // Its days over, it is downloaded no more, though its file still lies there; then that goes.
    let after = later(now, 7 * 24 * 3600);
    let gone = office.download_export(company, id, after).await;
    assert!(matches!(gone, Err(OfficeError::NotFound(_))));
    assert_eq!(office.expire_exports(now).await.unwrap(), 0);
    assert_eq!(office.expire_exports(after).await.unwrap(), 1);
    assert_eq!(desk.files(), 0);
    let line = desk.line(id, after).await;
    assert_eq!((line.state, line.bytes), (ExportState::Done, None));
    assert_eq!(office.expire_exports(after).await.unwrap(), 0);
}

#[tokio::test]
async fn a_dead_servers_export_is_taken_up_and_the_dead_one_keeps_nothing() {
    let desk = Desk::new().await;
    let (office, now) = (desk.office(), at(9, 30));
    let id = desk.ask(now).await;
    let dead = office.claim_export(now).await.unwrap().expect("a claim");
    let reading = office.read_export(&dead, now).await.unwrap();
    assert_eq!(office.claim_export(later(now, 119)).await.unwrap(), None);
    // A sign of life holds it for two minutes more.
    let told = office.tell_export(&dead, &reading, 1, later(now, 100));
    assert_eq!(told.await.unwrap(), ExportGoes::On);
    assert_eq!(office.claim_export(later(now, 200)).await.unwrap(), None);
    let then = later(now, 221);
    let alive = office.claim_export(then).await.unwrap().expect("taken up");
    assert_eq!(alive.id, id);
    assert_ne!(alive.claim, dead.claim);
    let told = office.tell_export(&dead, &reading, 2, then).await.unwrap();
    assert_eq!(told, ExportGoes::Lost);
    assert!(
        !office
            .keep_export(&dead, &desk.received(), then)
            .await
            .unwrap()
    );
    assert_eq!(desk.files(), 0);
    assert!(!office.hand_back_export(&dead, then).await.unwrap());
    assert!(!office.drop_export(&dead, None, then).await.unwrap());
    assert!(
        office
            .keep_export(&alive, &desk.received(), then)
            .await
            .unwrap()
    );
    assert_eq!(desk.line(id, then).await.state, ExportState::Done);
}

#[tokio::test]
async fn an_export_over_which_three_servers_died_fails_and_says_so() {
    let desk = Desk::new().await;
    let (office, mut now) = (desk.office(), at(9, 30));
    let id = desk.ask(now).await;
    // One that is given back at a shutdown has not died.
    let claim = office.claim_export(now).await.unwrap().expect("a claim");
    assert!(office.hand_back_export(&claim, now).await.unwrap());
    for _ in 0..3 {
        let claim = office.claim_export(now).await.unwrap();
        assert_eq!(claim.expect("a claim").id, id);
        now = later(now, 121);
    }
    assert_eq!(office.claim_export(now).await.unwrap(), None);
    let line = desk.line(id, now).await;
    assert_eq!(line.state, ExportState::Failed);
    assert_eq!(line.fault, Some(ExportFault::Abandoned));
}

#[tokio::test]
async fn a_stop_is_taken_at_once_where_it_waits_and_at_the_next_batch_where_it_runs() {
    let desk = Desk::new().await;
    let (office, company, now) = (desk.office(), &desk.world.company, at(9, 30));
    let waits = desk.ask(now).await;
    office.stop_export(company, waits, now).await.unwrap();
    assert_eq!(desk.line(waits, now).await.state, ExportState::Stopped);
    assert_eq!(office.claim_export(now).await.unwrap(), None);
    let runs = desk.ask(now).await;
    let claim = office.claim_export(now).await.unwrap().expect("a claim");
    office.stop_export(company, runs, now).await.unwrap();
    let line = desk.line(runs, now).await;
    assert_eq!((line.state, line.stop_asked), (ExportState::Running, true));
    let reading = office.read_export(&claim, now).await.unwrap();
    let goes = office.tell_export(&claim, &reading, 1, now).await.unwrap();
    assert_eq!(goes, ExportGoes::Stop);
    drop(reading);
    assert!(office.drop_export(&claim, None, now).await.unwrap());
    assert_eq!(desk.line(runs, now).await.state, ExportState::Stopped);
    assert_eq!(desk.files(), 0);
    let again = office.stop_export(company, runs, now).await;
    assert!(matches!(again, Err(OfficeError::Rule(rule)) if rule.rule == "export-ended"));
}

#[tokio::test]
async fn an_export_is_its_own_persons_in_the_role_that_asked() {
    let desk = Desk::new().await;
    let (office, now) = (desk.office(), at(9, 30));
    let other = desk.world.hire("other", Role::Company).await;
    let id = desk.ask(now).await;
    let missing = |refused: Result<(), OfficeError>| {
        assert!(matches!(refused, Err(OfficeError::NotFound("export"))));
    };
    missing(office.export(&other, id, now).await.map(|_| ()));
    missing(office.stop_export(&other, id, now).await);
    missing(office.download_export(&other, id, now).await.map(|_| ()));
    assert_eq!(office.exports(&other, now).await.unwrap(), []);
    assert_eq!(
        office
            .exports(&desk.world.company, now)
            .await
            .unwrap()
            .len(),
        1
    );
    // The same person in a bureau sees its steps only, so the export of all is hidden.
    let reader = office.store.reader();
    let filings = reader.filings_of_project(crate::office::ProjectId(1)).await;
    let officer = desk.world.officer(&filings.unwrap()[0]);
    assert_eq!(officer.id, desk.world.company.id);
    missing(office.export(&officer, id, now).await.map(|_| ()));
    assert_eq!(office.exports(&officer, now).await.unwrap(), []);
    let refused = office
        .ask_export(&desk.world.administrator, &EVERYTHING, now)
        .await;
    assert!(matches!(refused, Err(OfficeError::Forbidden(_))));
}

#[tokio::test]
async fn who_cannot_log_in_any_more_gets_no_export_and_nobody_fills_the_queue() {
    let desk = Desk::new().await;
    let (office, now) = (desk.office(), at(9, 30));
    let first = desk.ask(now).await;
    desk.ask(now).await;
    desk.ask(now).await;
    let fourth = office
        .ask_export(&desk.world.company, &EVERYTHING, now)
        .await;
    assert!(matches!(fourth, Err(OfficeError::Rule(rule)) if rule.rule == "exports-open"));
    let tx = office.store.begin().await.unwrap();
    tx.set_active(desk.world.company.id, false).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(office.claim_export(now).await.unwrap(), None);
    let line = desk.line(first, now).await;
    assert_eq!(line.fault, Some(ExportFault::NotAllowed));
}
