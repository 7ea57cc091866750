use std::collections::BTreeSet;

use super::super::model::{BoardLamp, FilingCard};
use super::super::seeded::{Seeded, actor, event, moment};
use super::*;
use crate::statute::calendar::date;
use crate::statute::clock::{Event, EventKind, Lamp};
use crate::statute::division::County;
use crate::statute::plan::facts::Volts;
use crate::statute::plan::{BureauKind, ProjectFacts};
use crate::store::{FilingId, NewPersonRow, PersonId, Place};

fn under(lamp: BoardLamp) -> BoardQuery {
    BoardQuery {
        lamp: Some(lamp),
        ..BoardQuery::default()
    }
}

fn accepted(on: chrono::NaiveDate) -> Vec<Event> {
    [EventKind::Submitted, EventKind::Accepted]
        .map(|kind| Event { on, kind })
        .to_vec()
}

/// Sixty projects whose site selections were accepted on successive days from 5 January 2026 on,
/// each with a road crossing accepted the same day.
async fn sixty() -> Seeded {
    let seeded = Seeded::open().await;
    let facts = ProjectFacts {
        counties: vec![County::Pingshan],
        new_land: true,
        crosses_highway: true,
        voltage: Volts(66_000),
        ..ProjectFacts::default()
    };
    for (at, on) in date(2026, 1, 5).iter_days().take(60).enumerate() {
        let told = [
            ("site-selection", None, accepted(on)),
            ("road-crossing", None, accepted(on)),
        ];
        seeded.project(&format!("工程{at}"), &facts, &told).await;
    }
    seeded
}

async fn company(seeded: &Seeded, login: &str) -> PersonId {
    let tx = seeded.office.store.begin().await.unwrap();
    let person = tx
        .insert_person(&NewPersonRow {
            login: login.to_owned(),
            name: "另一位申报人".to_owned(),
            role: Role::Company,
            password_hash: String::new(),
            lead: false,
        })
        .await
        .unwrap();
    tx.commit().await.unwrap();
    person
}

/// Thirty projects of two companies in two counties, whose steps hang in every state on 15 October
/// 2026.
async fn mixed() -> Seeded {
    use EventKind::{Accepted, CountyOpinionReceived, MaterialsRequested, Submitted};
    let mut seeded = Seeded::open().await;
    let filed = |month, day, kinds: &[EventKind]| -> Vec<Event> {
        kinds
            .iter()
            .map(|kind| event(month, day, kind.clone()))
            .collect()
    };
    let hearing = || EventKind::Suspended {
        ground: "hearing".to_owned(),
    };
    let histories = [
        filed(6, 1, &[Submitted, Accepted]),
        filed(8, 26, &[Submitted, Accepted]),
        filed(9, 15, &[Submitted, Accepted]),
        filed(9, 28, &[Submitted, Accepted]),
        filed(10, 12, &[Submitted, Accepted]),
        filed(10, 13, &[Submitted]),
        filed(10, 9, &[Submitted, MaterialsRequested]),
        Vec::new(),
    ];
    // Only a clock that runs can be suspended.
    let suspended = filed(9, 21, &[Submitted, Accepted, hearing()]);
    let second = company(&seeded, "second").await;
    let first = seeded.person;
    for n in 0..30 {
        seeded.person = if n % 3 == 0 { second } else { first };
        let county = [County::Pingshan, County::Huanren][n % 2];
        let facts = ProjectFacts {
            counties: vec![county],
            new_land: true,
            crosses_highway: true,
            voltage: Volts(66_000),
            ..ProjectFacts::default()
        };
        let history = |step: usize| histories[(n + step) % histories.len()].clone();
        let site = if n % 5 == 4 {
            suspended.clone()
        } else {
            history(0)
        };
        let review = if n % 5 == 2 {
            filed(9, 24, &[Submitted, Accepted, CountyOpinionReceived])
        } else {
            history(2)
        };
        let told = [
            ("site-selection", None, site),
            ("road-crossing", None, history(1)),
            ("land-pre-review", None, review),
            ("county-initial-review", Some(county), history(3)),
        ];
        seeded.project(&format!("工程{n:02}"), &facts, &told).await;
    }
    seeded
}

/// Every row of the list, page by page.
async fn walked(
    seeded: &Seeded,
    actor: &Actor,
    query: &BoardQuery,
    at: Moment,
) -> (Board, Vec<FilingCard>) {
    let mut asked = query.clone();
    let mut seen: Vec<FilingCard> = Vec::new();
    loop {
        let board = seeded.office.board(actor, &asked, at).await.unwrap();
        seen.extend(board.page.rows.iter().cloned());
        match &board.page.next {
            Some(next) => asked.after = Some(next.clone()),
            None => return (board, seen),
        }
    }
}

/// Every line of the breakdown, page by page.
async fn broken_down(
    seeded: &Seeded,
    actor: &Actor,
    query: &BoardQuery,
    at: Moment,
) -> Vec<BoardGroup> {
    let mut asked = query.clone();
    let mut seen = Vec::new();
    loop {
        let board = seeded.office.board(actor, &asked, at).await.unwrap();
        seen.extend(board.groups);
        match board.groups_next {
            Some(next) => asked.groups_after = Some(next),
            None => return seen,
        }
    }
}

fn into_group(query: &BoardQuery, key: &GroupKey) -> BoardQuery {
    let mut inside = query.clone();
    match key {
        GroupKey::Bureau(id) => inside.filter.bureau = Some(*id),
        GroupKey::Place(place) => inside.filter.place = Some(*place),
        GroupKey::Step(id) => inside.filter.step = Some(id.as_str().into()),
        GroupKey::Company(id) => inside.filter.company = Some(*id),
        GroupKey::Project(id) => inside.filter.project = Some(*id),
    }
    inside
}

fn counted(cards: &[FilingCard]) -> Counts {
    let mut counts = Counts::default();
    for card in cards {
        counts.add(Bucket::of(&card.glance).unwrap(), 1);
    }
    counts
}

#[tokio::test]
async fn counts_lists_and_totals_of_every_dimension_agree() {
    let seeded = mixed().await;
    let at = moment(date(2026, 10, 15));
    let overseer = actor(Role::GovernmentOffice);
    let (whole, rows) = walked(&seeded, &overseer, &BoardQuery::default(), at).await;
    assert!(rows.len() > ROWS, "more than one page: {}", rows.len());
    assert_eq!(counted(&rows), whole.counts);
    for bucket in Bucket::ALL.into_iter().filter(|b| *b != Bucket::Untimed) {
        assert!(whole.counts.of(bucket) > 0, "no step is {bucket:?}");
    }
    for by in Dimension::ALL {
        let query = BoardQuery {
            by,
            ..BoardQuery::default()
        };
        let groups = broken_down(&seeded, &overseer, &query, at).await;
        assert!(groups.len() > 1, "{by:?}");
        let keys: BTreeSet<&GroupKey> = groups.iter().map(|group| &group.key).collect();
        assert_eq!(keys.len(), groups.len(), "{by:?}: each once");
        let needs: Vec<_> = groups
            .iter()
            .map(|group| Reverse(Urgency::of(&group.counts)))
            .collect();
        assert!(needs.is_sorted(), "{by:?}: what needs a person first");
        let mut sum = Counts::default();
        for group in &groups {
            sum += group.counts;
            let inside = into_group(&query, &group.key);
            let (board, rows) = walked(&seeded, &overseer, &inside, at).await;
            assert_eq!(board.counts, group.counts, "{:?}", group.key);
            assert_eq!(counted(&rows), group.counts, "{:?}", group.key);
            assert_eq!(board.page.total, rows.len() as u64);
            let own = broken_down(&seeded, &overseer, &inside, at).await;
            assert_eq!(own, std::slice::from_ref(group), "narrowed to itself");
        }
        assert_eq!(sum, whole.counts, "{by:?}");
    }
    for lamp in BoardLamp::ALL {
        let (board, rows) = walked(&seeded, &overseer, &under(lamp), at).await;
        assert_eq!(board.page.total, lamp.of(&whole.counts), "{lamp:?}");
        assert_eq!(rows.len() as u64, board.page.total, "{lamp:?}");
        assert_eq!(board.counts, whole.counts, "a lamp narrows the list only");
        let held = |card: &FilingCard| lamp.buckets().contains(&Bucket::of(&card.glance).unwrap());
        assert!(rows.iter().all(held), "{lamp:?}");
    }
    let six: u64 = BoardLamp::SIX
        .map(|lamp| lamp.of(&whole.counts))
        .iter()
        .sum();
    assert_eq!(six, whole.counts.open());
}

#[tokio::test]
async fn filters_narrow_together_and_their_choices_say_what_they_would_leave() {
    let seeded = mixed().await;
    let at = moment(date(2026, 10, 15));
    let overseer = actor(Role::GovernmentOffice);
    let mut query = under(BoardLamp::Red);
    query.filter.place = Some(Place::City);
    query.filter.company = Some(seeded.person);
    let (board, rows) = walked(&seeded, &overseer, &query, at).await;
    assert!(!rows.is_empty());
    assert!(
        rows.iter()
            .all(|card| card.county.is_none() && card.glance.lamp == Lamp::Red)
    );
    assert_eq!(
        board.choices.companies.len(),
        2,
        "the other one may be chosen"
    );
    assert_eq!(board.choices.places.len(), 3);
    for choice in &board.choices.bureaus {
        let narrowed = into_group(&query, &choice.key);
        let (board, _) = walked(&seeded, &overseer, &narrowed, at).await;
        assert_eq!(board.counts, choice.counts, "{:?}", choice.key);
    }
    for choice in &board.choices.places {
        let other = into_group(&query, &choice.key);
        let (board, _) = walked(&seeded, &overseer, &other, at).await;
        assert_eq!(board.counts, choice.counts, "{:?}", choice.key);
    }
}

#[tokio::test]
async fn the_home_of_the_government_office_counts_what_the_board_counts() {
    let seeded = mixed().await;
    let at = moment(date(2026, 10, 15));
    let overseer = actor(Role::GovernmentOffice);
    let home = seeded.office.office_home(&overseer, at).await.unwrap();
    let query = BoardQuery::default();
    let board = seeded.office.board(&overseer, &query, at).await.unwrap();
    assert_eq!(home.by_bureau.len(), board.groups.len());
    for row in &home.by_bureau {
        let key = GroupKey::Bureau(row.bureau.id);
        let group = board.groups.iter().find(|group| group.key == key).unwrap();
        assert_eq!(group.name, row.bureau.name);
        let counts = Counts {
            overdue: row.overdue,
            law_overdue: row.law_overdue,
            near_due: row.near_due,
            in_time: row.in_time,
            suspended: row.suspended,
            waiting: row.waiting,
            untimed: row.untimed,
            awaiting: row.awaiting,
            correcting: row.correcting,
        };
        assert_eq!(group.counts, counts, "{}", group.name);
    }
    for (rows, lamp) in [
        (&home.overdue, BoardLamp::Red),
        (&home.near_due, BoardLamp::Yellow),
    ] {
        let (_, all) = walked(&seeded, &overseer, &under(lamp), at).await;
        assert!(!rows.is_empty() && all.starts_with(rows), "{lamp:?}");
    }
}

#[tokio::test]
async fn what_needs_a_person_comes_first() {
    let seeded = mixed().await;
    let at = moment(date(2026, 10, 15));
    let overseer = actor(Role::GovernmentOffice);
    let (_, rows) = walked(&seeded, &overseer, &BoardQuery::default(), at).await;
    let buckets: Vec<Bucket> = rows
        .iter()
        .map(|card| Bucket::of(&card.glance).unwrap())
        .collect();
    assert!(buckets.is_sorted());
    let timed: Vec<_> = rows
        .iter()
        .filter_map(|card| Some((Bucket::of(&card.glance)?, card.glance.due_on?)))
        .collect();
    assert!(timed.is_sorted(), "longest overdue, then least time left");
    let ids: BTreeSet<FilingId> = rows.iter().map(|card| card.id).collect();
    assert_eq!(ids.len(), rows.len(), "each row once");
}

#[tokio::test]
async fn a_list_pages_by_key_and_agrees_with_its_counts() {
    let seeded = sixty().await;
    let at = moment(date(2026, 6, 1));
    let overseer = actor(Role::GovernmentOffice);
    let mut asked = under(BoardLamp::Red);
    let mut seen: Vec<FilingCard> = Vec::new();
    let mut pages = Vec::new();
    loop {
        let board = seeded.office.board(&overseer, &asked, at).await.unwrap();
        assert_eq!(board.page.total, 120, "the same on every page");
        pages.push(board.page.rows.len());
        seen.extend(board.page.rows);
        let sum: u64 = board.groups.iter().map(|group| group.counts.overdue).sum();
        assert_eq!((board.groups.len(), sum), (2, 120));
        match board.page.next {
            Some(next) => asked.after = Some(next),
            None => break,
        }
    }
    assert_eq!(pages, [50, 50, 20]);
    let ids: BTreeSet<FilingId> = seen.iter().map(|card| card.id).collect();
    assert_eq!(ids.len(), 120, "each row once");
    assert!(seen.iter().all(|card| card.glance.lamp == Lamp::Red));

    let query = BoardQuery {
        by: Dimension::Project,
        ..BoardQuery::default()
    };
    let projects = broken_down(&seeded, &overseer, &query, at).await;
    assert_eq!(projects.len(), 60, "over three pages");
}

#[tokio::test]
async fn an_officers_board_holds_the_own_bureau_only() {
    let seeded = sixty().await;
    let at = moment(date(2026, 6, 1));
    let transport = seeded.bureau(BureauKind::Transport, None);
    let other = seeded.bureau(BureauKind::NaturalResources, None);
    let officer = actor(Role::Officer { bureau: transport });
    let overseer = actor(Role::GovernmentOffice);
    let mut asked = under(BoardLamp::Red);
    asked.filter.bureau = Some(other);
    let board = seeded.office.board(&officer, &asked, at).await.unwrap();
    assert_eq!((board.page.total, board.own), (60, true));
    let own = |card: &FilingCard| card.bureau_name == "本溪市交通运输局";
    assert!(board.page.rows.iter().all(own));
    assert_eq!(board.groups.len(), 1);
    assert_eq!(board.groups[0].key, GroupKey::Bureau(transport));
    assert_eq!(board.choices.bureaus.len(), 1, "others are no choice");
    for by in Dimension::ALL {
        let query = BoardQuery {
            by,
            ..BoardQuery::default()
        };
        let groups = broken_down(&seeded, &officer, &query, at).await;
        let steps: u64 = groups.iter().map(|group| group.counts.open()).sum();
        assert_eq!(steps, 60, "{by:?}");
    }

    let board = seeded.office.board(&overseer, &asked, at).await.unwrap();
    assert_eq!((board.page.total, board.own), (60, false));
    assert_eq!(
        board.groups.len(),
        1,
        "a chosen bureau narrows the breakdown"
    );
    assert_eq!(
        board.choices.bureaus.len(),
        2,
        "and leaves the others to choose"
    );
}

/// A project on which the bureau has no step is not even named.
#[tokio::test]
async fn a_project_that_one_does_not_see_has_no_name() {
    let seeded = Seeded::open().await;
    let facts = ProjectFacts {
        counties: vec![County::Pingshan],
        new_land: true,
        ..ProjectFacts::default()
    };
    let told = [("site-selection", None, accepted(date(2026, 3, 2)))];
    let (project, _) = seeded.project("不可见的工程", &facts, &told).await;
    let at = moment(date(2026, 6, 1));
    let mut asked = BoardQuery::default();
    asked.filter.project = Some(project);
    let overseer = actor(Role::GovernmentOffice);
    let seen = seeded.office.board(&overseer, &asked, at).await.unwrap();
    assert_eq!(seen.project_name.as_deref(), Some("不可见的工程"));
    let transport = seeded.bureau(BureauKind::Transport, None);
    let officer = actor(Role::Officer { bureau: transport });
    let seen = seeded.office.board(&officer, &asked, at).await.unwrap();
    assert_eq!((seen.project_name, seen.counts.open()), (None, 0));
    assert!(seen.page.rows.is_empty() && seen.groups.is_empty());
}

/// Due on 30 March after acceptance on 2 March: yellow at five days left, red from the 31st.
#[tokio::test]
async fn a_step_moves_from_lamp_to_lamp_on_its_own_days() {
    let seeded = Seeded::open().await;
    let facts = ProjectFacts {
        counties: vec![County::Pingshan],
        new_land: true,
        ..ProjectFacts::default()
    };
    let told = [(
        "site-selection",
        None,
        vec![event(3, 2, EventKind::Submitted)],
    )];
    seeded.project("工程", &facts, &told).await;
    let overseer = actor(Role::GovernmentOffice);
    for (day, lamp) in [
        ((3, 4), BoardLamp::Awaiting),
        ((3, 20), BoardLamp::Green),
        ((3, 23), BoardLamp::Yellow),
        ((3, 30), BoardLamp::Yellow),
        ((3, 31), BoardLamp::Red),
    ] {
        let at = moment(date(2026, day.0, day.1));
        let board = seeded.office.board(&overseer, &under(lamp), at).await;
        let board = board.unwrap();
        assert_eq!(board.page.rows.len(), 1, "on {day:?}");
        assert_eq!(
            (board.page.total, board.counts.open()),
            (1, 1),
            "on {day:?}"
        );
    }
}

#[tokio::test]
async fn a_strange_cursor_is_refused_before_anything_is_read() {
    let seeded = Seeded::open().await;
    let overseer = actor(Role::GovernmentOffice);
    let at = moment(date(2026, 6, 1));
    for asked in [
        BoardQuery {
            after: Some("elsewhere".to_owned()),
            ..BoardQuery::default()
        },
        BoardQuery {
            groups_after: Some("elsewhere".to_owned()),
            ..BoardQuery::default()
        },
    ] {
        let refused = seeded.office.board(&overseer, &asked, at).await;
        assert!(matches!(refused, Err(OfficeError::Invalid(_))));
    }
}
