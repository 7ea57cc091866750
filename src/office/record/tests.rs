use super::super::RecordEvent;
use super::super::testing::{World, at, on, on_new_land, rule_of};
use super::*;
use crate::statute::clock::{EventKind, Status};
use crate::statute::division::County;
use crate::store::Details;

const TWO: [County; 2] = [County::Pingshan, County::Nanfen];

async fn everything(world: &World) -> (Vec<crate::store::record::Filing>, usize) {
    let reader = world.office.store.reader();
    let pages = reader
        .ledger_pages(FilingId(0), 1_000)
        .await
        .expect("pages");
    let entries = pages.iter().map(|page| page.entries.len()).sum();
    (pages.into_iter().map(|page| page.filing).collect(), entries)
}

#[tokio::test]
async fn only_the_filings_own_bureau_may_accept() {
    let world = World::new().await;
    let project = world.project(on_new_land(&TWO)).await;
    let filing = world.filing(project, "site-selection").await;
    world.go(&filing, &[(EventKind::Submitted, (9, 21))]).await;
    let county = world
        .filing_in(project, "county-initial-review", Some(County::Nanfen))
        .await;
    let event = RecordEvent {
        filing: filing.id,
        kind: EventKind::Accepted,
        on: on(9, 22),
        note: None,
        details: Details::default(),
        seen: 1,
        despite_missing: true,
    };
    let before = everything(&world).await;
    for stranger in [
        &world.officer(&county),
        &world.company,
        &world.administrator,
    ] {
        let refused = world
            .office
            .record(stranger, event.clone(), at(9, 22))
            .await;
        assert!(
            matches!(refused, Err(OfficeError::Forbidden(_))),
            "{refused:?}"
        );
    }
    assert_eq!(everything(&world).await, before);
    let own = world.officer(&filing);
    let recorded = world.office.record(&own, event, at(9, 22)).await;
    assert_eq!(recorded.expect("its own bureau").seq, 2);
}

#[tokio::test]
async fn a_step_waits_for_what_must_be_granted_first() {
    let world = World::new().await;
    let project = world.project(on_new_land(&TWO)).await;
    let permit = world.filing(project, "planning-permit").await;
    assert!(!permit.ready);
    let refused = world
        .record(&permit, EventKind::Submitted, on(9, 21), at(9, 21))
        .await;
    let Err(OfficeError::Rule(refused)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(refused.rule, "waits-for");
    assert!(
        refused
            .detail
            .contains("市级用地预审(城乡规划法第40条,推定)"),
        "{}",
        refused.detail
    );
    assert!(refused.detail.contains("选址意见书"), "{}", refused.detail);

    let site = world.filing(project, "site-selection").await;
    world.grant(&site, [2, 3, 10]).await;
    let refused = world
        .record(&permit, EventKind::Submitted, on(9, 21), at(9, 21))
        .await;
    assert_eq!(rule_of(refused), "waits-for");

    decide_land(&world, project).await;
    assert!(world.filing(project, "planning-permit").await.ready);
    let early = world
        .record(&permit, EventKind::Submitted, on(9, 17), at(9, 30))
        .await;
    assert_eq!(rule_of(early), "waits-for", "before the day it was granted");
    world.go(&permit, &[(EventKind::Submitted, (9, 30))]).await;
    assert!(!world.filing(project, "planning-permit").await.ready);
    world.assert_sound().await;
}

/// County reviews and city pre-review filed on the 2nd, granted by the 14th and the 18th.
async fn decide_land(world: &World, project: ProjectId) {
    world
        .file_jointly(project, on(9, 2))
        .await
        .expect("jointly");
    let city = world.filing(project, "land-pre-review").await;
    world.go(&city, &[(EventKind::Accepted, (9, 3))]).await;
    for (county, day) in TWO.into_iter().zip([11, 14]) {
        let review = world
            .filing_in(project, "county-initial-review", Some(county))
            .await;
        let steps = [
            (EventKind::Accepted, (9, 4)),
            (EventKind::Granted, (9, day)),
        ];
        world.go(&review, &steps).await;
    }
    world.go(&city, &[(EventKind::Granted, (9, 18))]).await;
}

#[tokio::test]
async fn the_city_hears_by_itself_when_the_only_county_decides() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Huanren])).await;
    world
        .file_jointly(project, on(9, 2))
        .await
        .expect("jointly");
    let city = world.filing(project, "land-pre-review").await;
    let review = world.filing(project, "county-initial-review").await;
    world.go(&city, &[(EventKind::Accepted, (9, 3))]).await;
    world.go(&review, &[(EventKind::Accepted, (9, 3))]).await;
    let recorded = world
        .record(&review, EventKind::Granted, on(9, 9), at(9, 9))
        .await
        .expect("granted");
    assert_eq!(recorded.followed, [city.id]);
    let ledger = world.ledger(city.id).await;
    let last = ledger.last().expect("an entry");
    assert_eq!(last.event.kind, EventKind::CountyOpinionReceived);
    assert_eq!(last.event.on, on(9, 9));
    assert_eq!((last.actor, &*last.actor_name), (None, "系统(方案第1条)"));
    let note = last.note.as_deref().expect("a note");
    assert_eq!(note, "初审意见齐备:桓仁满族自治县2026年9月9日同意");
    let city = world.filing(project, "land-pre-review").await;
    assert_eq!(city.turning.starts_on, Some(on(9, 9)));
    assert_eq!(city.turning.due_on, Some(on(9, 18)), "seven working days");
    world.assert_sound().await;
}

#[tokio::test]
async fn the_citys_clock_waits_for_every_county_and_a_refusal_is_an_opinion_too() {
    let world = World::new().await;
    let project = world.project(on_new_land(&TWO)).await;
    world
        .file_jointly(project, on(9, 2))
        .await
        .expect("jointly");
    let city = world.filing(project, "land-pre-review").await;
    world.go(&city, &[(EventKind::Accepted, (9, 3))]).await;
    let [first, second] = [
        world
            .filing_in(project, "county-initial-review", Some(TWO[0]))
            .await,
        world
            .filing_in(project, "county-initial-review", Some(TWO[1]))
            .await,
    ];
    let decide = [(EventKind::Accepted, (9, 3)), (EventKind::Denied, (9, 15))];
    world.go(&first, &decide).await;
    assert_eq!(
        world.ledger(city.id).await.len(),
        2,
        "one county is missing"
    );
    // The other county's earlier decision is recorded late: the opinions were whole on the 15th.
    world.go(&second, &[(EventKind::Accepted, (9, 3))]).await;
    let recorded = world
        .record(&second, EventKind::Granted, on(9, 10), at(9, 16))
        .await
        .expect("granted");
    assert_eq!(recorded.followed, [city.id]);
    let ledger = world.ledger(city.id).await;
    let last = ledger.last().expect("an entry");
    assert_eq!(last.event.on, on(9, 15));
    let note = last.note.as_deref().expect("a note");
    assert!(note.contains("平山区2026年9月15日不同意"), "{note}");
    assert!(note.contains("南芬区2026年9月10日同意"), "{note}");
    world.assert_sound().await;
}

#[tokio::test]
async fn an_opinion_never_goes_back_behind_the_citys_last_entry() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Xihu])).await;
    world
        .file_jointly(project, on(9, 2))
        .await
        .expect("jointly");
    let review = world.filing(project, "county-initial-review").await;
    let city = world.filing(project, "land-pre-review").await;
    let asked = (EventKind::MaterialsRequested, (9, 4));
    world
        .go(&city, &[asked, (EventKind::Resubmitted, (9, 15))])
        .await;
    world.go(&review, &[(EventKind::Accepted, (9, 3))]).await;
    world
        .record(&review, EventKind::Granted, on(9, 9), at(9, 16))
        .await
        .expect("granted");
    let ledger = world.ledger(city.id).await;
    assert_eq!(ledger.last().map(|entry| entry.event.on), Some(on(9, 15)));
    // Accepted after the opinion: the clock starts at the later of the two.
    world.go(&city, &[(EventKind::Accepted, (9, 17))]).await;
    let city = world.filing(project, "land-pre-review").await;
    assert_eq!(city.turning.starts_on, Some(on(9, 17)));
    world.assert_sound().await;
}

#[tokio::test]
async fn a_city_review_that_was_withdrawn_hears_nothing() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Xihu])).await;
    world
        .file_jointly(project, on(9, 2))
        .await
        .expect("jointly");
    let city = world.filing(project, "land-pre-review").await;
    let review = world.filing(project, "county-initial-review").await;
    world.go(&city, &[(EventKind::Withdrawn, (9, 4))]).await;
    world.go(&review, &[(EventKind::Accepted, (9, 3))]).await;
    let recorded = world
        .record(&review, EventKind::Granted, on(9, 9), at(9, 9))
        .await
        .expect("granted");
    assert_eq!(recorded.followed, []);
    assert_eq!(world.ledger(city.id).await.len(), 2);
    world.assert_sound().await;
}

#[tokio::test]
async fn a_day_that_has_not_come_and_a_day_before_the_calendar_are_refused() {
    let world = World::new().await;
    let project = world.project(on_new_land(&TWO)).await;
    let filing = world.filing(project, "site-selection").await;
    let before = everything(&world).await;
    let future = world
        .record(&filing, EventKind::Submitted, on(9, 22), at(9, 21))
        .await;
    assert_eq!(rule_of(future), "future-day");
    let slip = chrono::NaiveDate::from_ymd_opt(226, 9, 21).expect("a day");
    let slip = world
        .record(&filing, EventKind::Submitted, slip, at(9, 21))
        .await;
    assert_eq!(rule_of(slip), "before-calendar");
    let late = world
        .record(&filing, EventKind::Accepted, on(9, 21), at(9, 21))
        .await;
    assert_eq!(rule_of(late), "wrong-state", "the clock's own rule");
    assert_eq!(everything(&world).await, before, "nothing was written");
}

#[tokio::test]
async fn a_note_is_trimmed_and_never_longer_than_500_characters() {
    let world = World::new().await;
    let project = world.project(on_new_land(&TWO)).await;
    let filing = world.filing(project, "site-selection").await;
    let event = |note: String| RecordEvent {
        filing: filing.id,
        kind: EventKind::Submitted,
        on: on(9, 21),
        note: Some(note),
        details: Details::default(),
        seen: 0,
        despite_missing: true,
    };
    let long = event("图".repeat(501));
    let refused = world.office.record(&world.company, long, at(9, 21)).await;
    assert!(matches!(&refused, Err(OfficeError::Invalid(f)) if f[0].field == "note"));
    let whole = event(format!(" {} ", "图".repeat(500)));
    let recorded = world.office.record(&world.company, whole, at(9, 21)).await;
    recorded.expect("500 are enough");
    let ledger = world.ledger(filing.id).await;
    let note = ledger[0].note.as_deref().expect("a note");
    assert_eq!(note.chars().count(), 500);
}

#[tokio::test]
async fn who_has_not_seen_the_last_entry_is_told_so() {
    let world = World::new().await;
    let project = world.project(on_new_land(&TWO)).await;
    let filing = world.filing(project, "site-selection").await;
    world.go(&filing, &[(EventKind::Submitted, (9, 21))]).await;
    let event = RecordEvent {
        filing: filing.id,
        kind: EventKind::Withdrawn,
        on: on(9, 21),
        note: None,
        details: Details::default(),
        seen: 0,
        despite_missing: true,
    };
    let refused = world.office.record(&world.company, event, at(9, 21)).await;
    assert!(
        matches!(refused, Err(OfficeError::Stale { seen: 0, now: 1 })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn of_two_at_once_one_wins_and_the_other_is_told() {
    let world = World::new().await;
    let project = world.project(on_new_land(&TWO)).await;
    let filing = world.filing(project, "site-selection").await;
    world.go(&filing, &[(EventKind::Submitted, (9, 21))]).await;
    // Both have the page open as it was after the submission, whoever comes first.
    let officer = world.officer(&filing);
    let record = async |kind: EventKind| {
        let event = RecordEvent {
            filing: filing.id,
            kind,
            on: on(9, 22),
            note: None,
            details: Details::default(),
            seen: 1,
            despite_missing: true,
        };
        world.office.record(&officer, event, at(9, 22)).await
    };
    let (accept, reject) = tokio::join!(record(EventKind::Accepted), record(EventKind::Rejected));
    let mut answers = [accept, reject];
    answers.sort_by_key(Result::is_err);
    assert!(answers[0].is_ok(), "{answers:?}");
    assert!(
        matches!(answers[1], Err(OfficeError::Stale { seen: 1, now: 2 })),
        "{answers:?}"
    );
    assert_eq!(world.ledger(filing.id).await.len(), 2);
    world.assert_sound().await;
}

#[tokio::test]
async fn an_unknown_word_is_refused_by_the_clocks_rule() {
    let world = World::new().await;
    let project = world.project(on_new_land(&TWO)).await;
    let filing = world.filing(project, "site-selection").await;
    let event = RecordEvent {
        filing: filing.id,
        kind: EventKind::Unknown("guessed".to_owned()),
        on: on(9, 21),
        note: None,
        details: Details::default(),
        seen: 0,
        despite_missing: true,
    };
    let refused = world.office.record(&world.company, event, at(9, 21)).await;
    assert_eq!(rule_of(refused), "unknown-event");
}

#[tokio::test]
async fn nobody_types_the_countys_opinion() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Xihu])).await;
    world
        .file_jointly(project, on(9, 2))
        .await
        .expect("jointly");
    let city = world.filing(project, "land-pre-review").await;
    let typed = world
        .record(&city, EventKind::CountyOpinionReceived, on(9, 3), at(9, 3))
        .await;
    assert!(matches!(typed, Err(OfficeError::Forbidden(_))));
    assert_eq!(city.turning.status, Some(Status::Submitted));
}
