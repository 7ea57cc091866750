use std::collections::BTreeSet;

use super::*;
use crate::office::model::figures::FiguresQuery;
use crate::office::{BoardKind, BoardQuery, Files, PasswordCost};
use crate::statute::calendar::{Calendar, date};
use crate::statute::clock::{Lamp, Status};
use crate::statute::plan::parse::{BUILT_IN_NAME, BUILT_IN_TEXT};
use crate::store::Store;

async fn demonstration(today: NaiveDate) -> (tempfile::TempDir, Office, Cast) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/demo.sqlite?mode=rwc", folder.path().display());
    let store = Store::open(&url).await.unwrap();
    let calendar = Calendar::official().clone();
    let office = Office::new(store, (BUILT_IN_NAME, BUILT_IN_TEXT), calendar)
        .unwrap()
        .with_password_cost(PasswordCost::Least)
        .with_files(Files::local(&folder.path().join("materials"), 1 << 20).unwrap());
    let cast = fill(&office, instant(today, 300))
        .await
        .expect("the story happens");
    (folder, office, cast)
}

/// Every lamp and every feature of the issue, on a Monday, a Saturday, in National Day, before
/// and after the new year.
async fn shows_everything_on(today: NaiveDate) {
    let (_folder, office, cast) = demonstration(today).await;
    let at = instant(today, 301);
    let list = office
        .projects(&cast.company, &Default::default(), at)
        .await
        .unwrap();
    assert!(list.total >= 15, "{} projects", list.total);
    let mut lamps = BTreeSet::new();
    let mut statuses = BTreeSet::new();
    let (mut deemed, mut exempt, mut counties, mut provisional) = (false, false, false, false);
    for card in &list.rows {
        let page = office
            .project_page(&cast.company, card.id, at)
            .await
            .unwrap();
        exempt |= !page.exempt.is_empty();
        counties |= page.facts.counties.len() > 1;
        for line in page.lines.iter().filter_map(|line| line.card.as_ref()) {
            lamps.insert(line.glance.lamp.code());
            statuses.insert(line.glance.status.code());
            deemed |= line.glance.deemed_accepted;
            provisional |= line.glance.provisional;
        }
    }
    for lamp in [
        Lamp::None,
        Lamp::Green,
        Lamp::Yellow,
        Lamp::Red,
        Lamp::Paused,
        Lamp::Untimed,
        Lamp::Done,
        Lamp::Late,
    ] {
        assert!(
            lamps.contains(lamp.code()),
            "{today}: no lamp {}",
            lamp.code()
        );
    }
    for status in [
        Status::Draft,
        Status::Submitted,
        Status::Correcting,
        Status::Waiting,
        Status::Running,
        Status::Suspended,
        Status::Granted,
        Status::Rejected,
        Status::Withdrawn,
    ] {
        assert!(
            statuses.contains(status.code()),
            "{today}: no step {}",
            status.code()
        );
    }
    assert!(deemed, "{today}: nothing was accepted by silence");
    assert!(exempt, "{today}: no exempt step");
    assert!(counties, "{today}: no line over several counties");
    // The thirty working days of a land dossier reach into a year without a notice from here on.
    if today >= date(2026, 11, 20) {
        assert!(provisional, "{today}: no provisional date");
    }
    let overdue = BoardQuery {
        kind: BoardKind::Overdue,
        bureau: None,
        after: None,
    };
    let board = office.board(&cast.company, &overdue, at).await.unwrap();
    let bureaus: BTreeSet<&str> = board
        .page
        .rows
        .iter()
        .map(|row| row.bureau_name.as_str())
        .collect();
    assert!(bureaus.len() >= 2, "{today}: overdue at {bureaus:?}");
    let home = office.company_home(&cast.company, at).await.unwrap();
    assert!(
        home.todos.len() >= 3,
        "{today}: {} to-dos",
        home.todos.len()
    );
    let watcher = cast.watcher().unwrap();
    let query = crate::office::SupervisionQuery::default();
    let cases = office.supervision(watcher, &query, at).await.unwrap();
    let open = cases.counts.open();
    assert!(open >= 2, "{today}: {open} supervision cases");
    let query = FiguresQuery::last_year(today);
    let figures = office.figures(watcher, &query, at).await.unwrap();
    let decided = figures.total.decided;
    assert!(decided > 5, "{today}: {decided} decided in the figures");
    assert_eq!(figures.owed, 0, "{today}: figures are owed");
    let inbox = office.inbox(watcher, &Default::default()).await.unwrap();
    assert!(
        inbox.fresh > 0,
        "{today}: the government office was told nothing"
    );
    for officer in cast
        .officers()
        .iter()
        .filter(|officer| officer.bureau.is_some())
    {
        office.bureau_home(officer, at).await.unwrap();
    }
    let away = cast.officer_of("本溪市自然资源局").unwrap();
    let home = office.bureau_home(away, at).await.unwrap();
    assert!(home.away.is_some(), "{today}: nobody stands in");
    let stand_in = cast.colleagues_of(away).next().unwrap();
    let home = office.bureau_home(stand_in, at).await.unwrap();
    let steps: usize = home.standing_in.iter().map(|one| one.steps.len()).sum();
    assert!(steps >= 3, "{today}: {steps} steps stood in for");
}

macro_rules! on {
    ($($name:ident: $year:literal $month:literal $day:literal),+ $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                shows_everything_on(date($year, $month, $day)).await;
            }
        )+
    };
}

on! {
    the_story_is_whole_on_a_monday: 2026 11 23,
    the_story_is_whole_on_a_saturday: 2026 11 28,
    the_story_is_whole_in_national_day: 2026 10 5,
    the_story_is_whole_before_the_new_year: 2026 12 28,
    the_story_is_whole_in_spring_festival: 2027 2 7,
    the_story_is_whole_in_june: 2027 6 15,
}

#[tokio::test(flavor = "multi_thread")]
async fn materials_are_handed_in_and_what_came_on_paper_is_said() {
    let (_folder, office, cast) = demonstration(date(2026, 11, 23)).await;
    let at = instant(date(2026, 11, 23), 301);
    let list = office
        .projects(&cast.company, &Default::default(), at)
        .await
        .unwrap();
    let (mut versions, mut without) = (0, Vec::new());
    for project in &list.rows {
        let page = office.project_page(&cast.company, project.id, at);
        for card in page
            .await
            .unwrap()
            .lines
            .iter()
            .filter_map(|l| l.card.as_ref())
        {
            let step = office.step_page(&cast.company, card.id, at).await.unwrap();
            let most = step.materials.iter().map(|line| line.files.len()).max();
            versions = versions.max(most.unwrap_or(0));
            for line in step.ledger.iter().filter(|l| !l.details.missing.is_empty()) {
                without.push((project.name.clone(), line.details.missing.clone()));
            }
        }
    }
    assert_eq!(versions, 2);
    let paper = (
        "偏岭66千伏输变电工程".to_owned(),
        vec!["approval-basis".to_owned()],
    );
    assert_eq!(without, [paper]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_difficulty_is_met_on_with_a_late_decision_and_one_entry_is_typed_late() {
    let (_folder, office, cast) = demonstration(date(2026, 11, 23)).await;
    let at = instant(date(2026, 11, 23), 301);
    let host = cast.watcher().unwrap();
    let list = office.matters(host, Default::default(), at).await.unwrap();
    let overdue: Vec<u64> = list.page.rows.iter().map(|row| row.overdue).collect();
    assert_eq!((list.open, overdue), (2, vec![0, 1]));
    let late = office
        .late_entries(host, &Default::default())
        .await
        .unwrap();
    assert_eq!(late.page.rows.len(), 1);
    assert!(late.page.rows[0].days > 1);
    let forestry = cast.officer_of("本溪市林草局").unwrap();
    let home = office.bureau_home(forestry, at).await.unwrap();
    assert_eq!(home.decisions_owed.len(), 1);
    let home = office.company_home(&cast.company, at).await.unwrap();
    assert_eq!(home.decisions_owed.len(), 1);
}
