use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::super::seeded::{Seeded, actor, moment};
use super::super::testing::{World, at, notice_2027, on, on_new_land};
use super::*;
use crate::office::{ConfirmNotice, Difference, EnterNotice, RecordEvent, Role, VerifyReport};
use crate::statute::calendar::{Calendar, date};
use crate::statute::clock::{self, Event, EventKind};
use crate::statute::division::County;
use crate::statute::plan::parse::{BUILT_IN_NAME, BUILT_IN_TEXT};
use crate::statute::plan::{Plan, ProjectFacts, Step};
use crate::statute::random::Random;
use crate::store::Details;

fn watcher() -> super::super::Actor {
    actor(Role::GovernmentOffice)
}

async fn confirm(office: &Office, notice: EnterNotice, at: Moment) -> Rechecked {
    let confirmed = ConfirmNotice {
        notice,
        seen: office.calendar().version().to_owned(),
        correct: true,
        reason: "国务院办公厅发布了第二份通知".to_owned(),
    };
    office
        .enter_notice(&watcher(), &confirmed, at)
        .await
        .expect("entered")
}

/// Another server on the same database.
fn second(office: &Office) -> Office {
    let text = (BUILT_IN_NAME, BUILT_IN_TEXT);
    Office::new(office.store.clone(), text, Calendar::official().clone()).expect("a catalogue")
}

/// A lawful walk through a step's life from `from` on.
fn walk(step: &Step, facts: &ProjectFacts, from: NaiveDate, random: &mut Random) -> Vec<Event> {
    let calendar = Calendar::official();
    let mut events: Vec<Event> = Vec::new();
    let mut on = from;
    for _ in 0..random.within(1, 8) {
        let open = clock::open_acts(step, facts, &events, on, calendar);
        let Some(kind) = random.one_of(&open).cloned() else {
            break;
        };
        events.push(Event { on, kind });
        on = on + Days::new(u64::from(random.within(0, 9)));
    }
    events
}

/// Projects whose steps were handled around the turn of the year, at random.
async fn around_new_year(seeded: &Seeded, projects: u32, seed: u64) {
    let facts = ProjectFacts {
        forest_land: true,
        crosses_highway: true,
        ..on_new_land(&[County::Mingshan, County::Xihu])
    };
    let plan = Plan::built_in();
    let route = crate::statute::plan::route::route(plan, &facts).expect("a route");
    let mut random = Random::new(seed);
    for n in 0..projects {
        let told: Vec<_> = route
            .steps
            .iter()
            .map(|step| {
                let from = date(2026, 11, 20) + Days::new(u64::from(random.within(0, 100)));
                let events = walk(step.step, &facts, from, &mut random);
                (step.step.id.as_str(), step.key.county, events)
            })
            .collect();
        seeded.project(&format!("项目{n}"), &facts, &told).await;
    }
}

/// The filings whose clock differs; whether a made-up step can be filed is not the walk's matter.
fn clocks(report: &VerifyReport) -> BTreeSet<FilingId> {
    let differences = report.differences.iter().filter(|d| d.field != "ready");
    differences.map(|d| d.filing).collect()
}

#[tokio::test]
async fn after_a_recheck_verify_differs_only_where_a_ledger_is_no_longer_allowed() {
    let (mut moved, mut refused) = (0, 0);
    for seed in 0..6 {
        let seeded = Seeded::open().await;
        around_new_year(&seeded, 12, seed).await;
        let at = moment(date(2027, 3, 8));
        let preview = seeded
            .office
            .preview_notice(&watcher(), &notice_2027(), 1, at)
            .await
            .expect("a preview");
        let before = seeded.office.verify().await.expect("a report");
        assert!(clocks(&before).is_empty());

        let done = confirm(&seeded.office, notice_2027(), at).await;
        let shown = &preview.moves;
        assert_eq!(
            (done.looked, done.moved, done.refused),
            (shown.looked, shown.moved, shown.refused),
            "what was shown is what was done"
        );
        moved += done.moved;
        refused += done.refused;
        let after = seeded.office.verify().await.expect("a report");
        assert_eq!(
            u64::try_from(clocks(&after).len()),
            Ok(done.refused),
            "{:?}",
            after.differences
        );
        let told = |d: &Difference| d.field == "ready" || d.field.starts_with("entry ");
        assert!(after.differences.iter().all(told));

        // Doing it again finds nothing left.
        let again = seeded.office.recheck(at).await.expect("nothing is open");
        assert_eq!(again, Rechecked::default());
    }
    assert!(
        moved > 100 && refused > 0,
        "moved {moved}, refused {refused}"
    );
}

#[tokio::test]
async fn a_step_that_the_notice_cannot_reach_is_not_looked_at() {
    let seeded = Seeded::open().await;
    let facts = on_new_land(&[County::Xihu]);
    let run = |month, day| {
        [EventKind::Submitted, EventKind::Accepted]
            .map(|kind| Event {
                on: date(2026, month, day),
                kind,
            })
            .to_vec()
    };
    let told = [("site-selection", None, run(9, 1))];
    seeded.project("甲", &facts, &told).await;
    let done = confirm(&seeded.office, notice_2027(), moment(date(2026, 12, 31))).await;
    assert_eq!(done.looked, 0, "all its days lie in 2026");
    let told = [
        ("site-selection", None, run(12, 30)),
        ("land-pre-review", None, run(12, 30)),
    ];
    seeded.project("乙", &facts, &told).await;
    // A corrected notice touches what now reaches into its days.
    let later = notice_2027().text.replace(
        "5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班",
        "5月1日（周六）至3日（周一）放假，共3天",
    );
    let corrected = EnterNotice {
        text: later,
        number: "国办发明电〔2027〕1号".to_owned(),
        ..notice_2027()
    };
    let done = confirm(&seeded.office, corrected, moment(date(2026, 12, 31))).await;
    assert_eq!(done.looked, 0, "April and May lie behind every due date");
}

#[tokio::test]
async fn an_entry_on_one_server_is_reckoned_by_the_notice_that_another_took() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Xihu])).await;
    let site = world.filing(project, "site-selection").await;
    let other = second(&world.office);
    let wish = |kind, seen, day| RecordEvent {
        filing: site.id,
        kind,
        on: day,
        note: None,
        details: Details::default(),
        seen,
        despite_missing: true,
    };
    let (first, next) = (at(12, 29), at(12, 30));
    let submitted = wish(EventKind::Submitted, 0, on(12, 29));
    other
        .record(&world.company, submitted, first)
        .await
        .expect("submitted");
    confirm(&world.office, notice_2027(), first).await;
    let holds = world.office.calendar();
    assert_ne!(
        holds.version(),
        other.calendar().version(),
        "nobody has told the other yet"
    );

    let accepted = wish(EventKind::Accepted, 1, on(12, 30));
    let officer = world.officer(&site);
    other
        .record(&officer, accepted, next)
        .await
        .expect("accepted");
    assert_eq!(other.calendar().version(), holds.version());
    let row = world.filing(project, "site-selection").await;
    assert!(!row.turning.provisional);
    let limit = Plan::built_in()
        .step("site-selection")
        .and_then(Step::limit);
    let days = limit.expect("a limit").days;
    assert_eq!(
        row.turning.due_on,
        Some(holds.add_working_days(on(12, 30), days))
    );
    world.assert_sound().await;
}

#[tokio::test]
async fn a_reader_on_another_server_sees_the_notice_with_its_next_request() {
    let world = World::new().await;
    let other = second(&world.office);
    let here = ("company", crate::office::testing::PASSWORD);
    let session = other
        .login(here.0, here.1, at(12, 1))
        .await
        .expect("logged in");
    confirm(&world.office, notice_2027(), at(12, 1)).await;
    assert!(other.calendar().is_provisional(date(2027, 3, 1)));
    other
        .session(&session.token, at(12, 1))
        .await
        .expect("read")
        .expect("live");
    assert!(!other.calendar().is_provisional(date(2027, 3, 1)));
}

#[tokio::test]
async fn a_recheck_that_was_broken_off_is_ended_by_the_next_turn_of_any_server() {
    let seeded = Seeded::open().await;
    around_new_year(&seeded, 8, 3).await;
    let today = moment(date(2027, 3, 8));
    let office = &seeded.office;
    let shown = office
        .preview_notice(&watcher(), &notice_2027(), 1, today)
        .await
        .expect("a preview");
    // The notice is stored, and the server stops before the first batch.
    let announced = &shown.announced;
    let entered = crate::store::NewHolidayNotice {
        year: 2027,
        text: notice_2027().text,
        days: announced.days.clone(),
        number: notice_2027().number,
        published_on: date(2026, 11, 5),
        url: None,
        reason: None,
        person: watcher().id,
        person_name: watcher().name,
        at: today.now,
    };
    let tx = office.begin_alone().await.expect("begun");
    tx.insert_holiday_notice(&entered, shown.changes.span)
        .await
        .expect("stored");
    tx.commit().await.expect("committed");
    let other = second(office);
    assert!(!clocks(&other.verify().await.expect("a report")).is_empty());

    other.turn(today).await.expect("turned");
    let report = other.verify().await.expect("a report");
    let open = other.store.reader().open_recheck().await.expect("read");
    assert_eq!(open, None);
    assert_eq!(
        u64::try_from(clocks(&report).len()),
        Ok(shown.moves.refused)
    );
}
