//! What SQL counts and lists on a day is what the clock says of each row on that day.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use grid_approvals::statute::calendar::{Calendar, date};
use grid_approvals::statute::clock::{Event, EventKind, Glance, Lamp, Status, admit, turning};
use grid_approvals::statute::plan::{Plan, ProjectFacts, StepId};
use grid_approvals::store::record::Filing;
use grid_approvals::store::{
    BoardQuestion, Bucket, BureauId, Counts, FilingId, ListRow, QueuePart, Reader, Urgency,
};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::on_both;
use crate::world::{World, on};

on_both!(
    the_buckets_of_the_lists_are_those_of_the_clock,
    after_random_histories_too,
);

/// One filing in each kind of state that the rules lead to.
async fn fill(world: &World) -> Vec<FilingId> {
    use EventKind::{
        Accepted, CountyOpinionReceived, Extended, Granted, MaterialsRequested, Rejected, Resumed,
        Submitted, Suspended, Withdrawn,
    };
    let hearing = || Suspended {
        ground: "hearing".to_owned(),
    };
    let histories: Vec<(&str, Vec<(u32, EventKind)>)> = vec![
        ("site-selection", vec![]),
        ("site-selection", vec![(2, Submitted)]),
        (
            "site-selection",
            vec![(2, Submitted), (3, MaterialsRequested)],
        ),
        ("site-selection", vec![(2, Submitted), (3, Accepted)]),
        (
            "site-selection",
            vec![(2, Submitted), (3, Accepted), (6, hearing())],
        ),
        (
            "site-selection",
            vec![(2, Submitted), (3, Accepted), (6, hearing()), (16, Resumed)],
        ),
        (
            "planning-permit",
            vec![(2, Submitted), (3, Accepted), (9, Extended { days: 10 })],
        ),
        (
            "planning-permit",
            vec![(2, Submitted), (3, Accepted), (20, Granted)],
        ),
        ("road-crossing", vec![(2, Submitted), (3, Rejected)]),
        (
            "road-crossing",
            vec![(2, Submitted), (3, Accepted), (4, Withdrawn)],
        ),
        ("land-pre-review", vec![(2, Submitted), (3, Accepted)]),
        (
            "land-pre-review",
            vec![(2, Submitted), (2, CountyOpinionReceived)],
        ),
        (
            "land-pre-review",
            vec![(2, Submitted), (3, Accepted), (5, CountyOpinionReceived)],
        ),
        (
            "land-dossier",
            vec![
                (2, Submitted),
                (3, Accepted),
                (4, EventKind::Announced { days: 30 }),
            ],
        ),
        ("blueprint-change", vec![(2, Submitted), (3, Accepted)]),
    ];
    let mut ids = Vec::new();
    for (index, (step, events)) in histories.into_iter().enumerate() {
        let id = world.filing(&format!("工程{index}"), step).await;
        for (day, kind) in events {
            world.append(id, &on(day, kind)).await.expect("appended");
        }
        ids.push(id);
    }
    ids
}

fn count(counts: &mut Counts, glance: &Glance) {
    let slot = match (glance.status, glance.lamp) {
        (Status::Running, Lamp::Red) => {
            counts.law_overdue += u64::from(glance.law_passed);
            &mut counts.overdue
        }
        (Status::Running, Lamp::Yellow) => &mut counts.near_due,
        (Status::Running, Lamp::Untimed) => &mut counts.untimed,
        (Status::Running, _) => &mut counts.in_time,
        (Status::Suspended, _) => &mut counts.suspended,
        (Status::Waiting, _) => &mut counts.waiting,
        (Status::Submitted, _) => &mut counts.awaiting,
        (Status::Correcting, _) => &mut counts.correcting,
        _ => return,
    };
    *slot += 1;
}

/// The ids of the filings, of one bureau or all, whose glance passes the test.
fn ids(
    seen: &[(&Filing, Glance)],
    bureau: Option<BureauId>,
    test: impl Fn(&Glance) -> bool,
) -> Vec<FilingId> {
    let of = |filing: &Filing| bureau.is_none_or(|bureau| filing.bureau == bureau);
    let mut ids: Vec<FilingId> = seen
        .iter()
        .filter(|(filing, glance)| of(filing) && test(glance))
        .map(|(filing, _)| filing.id)
        .collect();
    ids.sort();
    ids
}

async fn agree(reader: &Reader, filings: &[Filing], day: NaiveDate) {
    let seen: Vec<(&Filing, Glance)> = filings
        .iter()
        .map(|filing| (filing, filing.turning.glance(day, Calendar::official())))
        .collect();
    let mut wanted: BTreeMap<BureauId, Counts> = BTreeMap::new();
    for (filing, glance) in &seen {
        count(wanted.entry(filing.bureau).or_default(), glance);
    }
    let bureaus: Vec<BureauId> = wanted.keys().copied().collect();
    wanted.retain(|_, counts| *counts != Counts::default());
    let counted = reader.bureau_counts(day, None).await.expect("counts");
    assert_eq!(counted, wanted.into_iter().collect::<Vec<_>>(), "{day}");

    on_the_board(reader, &seen, &bureaus, day).await;
    for bureau in bureaus {
        let one = reader.bureau_counts(day, Some(bureau)).await.expect("one");
        let of_all = counted.iter().filter(|(of, _)| *of == bureau);
        assert_eq!(one, of_all.copied().collect::<Vec<_>>(), "{day} {bureau}");
        for (part, states) in [
            (QueuePart::Awaiting, &[Status::Submitted][..]),
            (QueuePart::Running, &[Status::Running]),
            (
                QueuePart::Paused,
                &[Status::Suspended, Status::Waiting, Status::Correcting],
            ),
        ] {
            let queue = reader.queue(bureau, part, day, 1000).await;
            let queue = queue.expect("a queue");
            let mut found: Vec<FilingId> = queue.iter().map(|row| row.filing.id).collect();
            found.sort();
            let wanted = ids(&seen, Some(bureau), |g| states.contains(&g.status));
            assert_eq!(found, wanted, "{part:?} {day} {bureau}");
        }
    }
}

/// The board's counts and rows, of one bureau or all, are the clock's.
async fn on_the_board(
    reader: &Reader,
    seen: &[(&Filing, Glance)],
    bureaus: &[BureauId],
    day: NaiveDate,
) {
    for bureau in bureaus.iter().copied().map(Some).chain([None]) {
        let mut asked = BoardQuestion {
            only: bureau,
            limit: 1000,
            projects: Some((1000, None)),
            ..BoardQuestion::default()
        };
        let board = reader.board(&asked, day).await.expect("a board");
        let mut wanted = Counts::default();
        let of = |filing: &Filing| bureau.is_none_or(|bureau| filing.bureau == bureau);
        for (_, glance) in seen.iter().filter(|(filing, _)| of(filing)) {
            count(&mut wanted, glance);
        }
        let mut tallied = Counts::default();
        for tally in &board.tallies {
            tallied += tally.counts;
        }
        assert_eq!(tallied, wanted, "{day} {bureau:?}");
        let mut by_project = Counts::default();
        for project in &board.projects {
            by_project += project.counts;
        }
        assert_eq!(by_project, wanted, "{day} {bureau:?}: by project");
        let needs: Vec<_> = board
            .projects
            .iter()
            .map(|one| (std::cmp::Reverse(Urgency::of(&one.counts)), one.id))
            .collect();
        assert!(needs.is_sorted(), "{day}: projects by need");

        let place = |row: &ListRow| {
            let glance = row.filing.turning.glance(day, Calendar::official());
            let bucket = Bucket::of(&glance).expect("what is listed is open");
            (
                bucket,
                bucket.day(&row.filing).expect("its day"),
                row.filing.id,
            )
        };
        let order: Vec<_> = board.rows.iter().map(place).collect();
        assert!(
            order.is_sorted(),
            "{day} {bureau:?}: what needs a person first"
        );
        for bucket in Bucket::ALL {
            let mut found: Vec<FilingId> = order
                .iter()
                .filter(|(of, _, _)| *of == bucket)
                .map(|(_, _, id)| *id)
                .collect();
            found.sort();
            let wanted = ids(seen, bureau, |glance| Bucket::of(glance) == Some(bucket));
            assert_eq!(found, wanted, "{bucket:?} {day} {bureau:?}");
            asked.listed = vec![bucket];
            let alone = reader.board_rows(&asked, day).await.expect("rows");
            assert_eq!(alone.len(), wanted.len(), "{bucket:?} {day} {bureau:?}");
        }
    }
}

async fn read_all(world: &World) -> Vec<Filing> {
    let pages = world.store.reader().ledger_pages(FilingId(0), 10_000).await;
    let pages = pages.expect("all ledgers");
    pages.into_iter().map(|page| page.filing).collect()
}

async fn the_buckets_of_the_lists_are_those_of_the_clock(world: World) {
    fill(&world).await;
    let filings = read_all(&world).await;
    let mut day = date(2026, 11, 20);
    while day <= date(2027, 2, 10) {
        agree(&world.store.reader(), &filings, day).await;
        day = day + Days::new(1);
    }
}

/// A lawful history that ends by `end`: random events on random days, those that the rules allow.
fn history(random: &mut StdRng, step: &StepId, end: NaiveDate) -> Vec<Event> {
    let step = Plan::built_in().step(step.as_str()).expect("a step");
    let mut events: Vec<Event> = Vec::new();
    let mut day = end - Days::new(random.random_range(0..80));
    for _ in 0..random.random_range(0..14) {
        let kind = match random.random_range(0..17) {
            0..=2 => EventKind::Submitted,
            3 => EventKind::MaterialsRequested,
            4 => EventKind::Resubmitted,
            5..=6 => EventKind::Accepted,
            7 => EventKind::CountyOpinionReceived,
            8 => EventKind::Announced { days: 30 },
            9..=10 => EventKind::Suspended {
                ground: "hearing".to_owned(),
            },
            11 => EventKind::Resumed,
            12 => EventKind::Extended { days: 5 },
            13 => EventKind::Granted,
            14 => EventKind::Rejected,
            15 => EventKind::Denied,
            _ => EventKind::Withdrawn,
        };
        let new = Event { on: day, kind };
        let facts = ProjectFacts::default();
        if admit(step, &facts, &events, &new, Calendar::official()).is_ok() {
            events.push(new);
            day = day + Days::new(random.random_range(0..9));
        }
        if day > end {
            break;
        }
    }
    events
}

async fn after_random_histories_too(world: World) {
    let mut random = StdRng::seed_from_u64(24);
    let end = date(2026, 9, 10);
    let steps = &Plan::built_in().steps;
    let bureaus = world.store.reader().bureaus().await.expect("bureaus");
    let tx = world.store.begin().await.expect("a transaction");
    let mut histories = Vec::new();
    for n in 0..300 {
        let step = steps[random.random_range(0..steps.len())].id.clone();
        let name = format!("工程{n}");
        let new = world.new_project(&name, &name);
        let project = tx.insert_project(&new).await.expect("a project");
        let mut new = world.new_filing(project, step.as_str());
        new.bureau = bureaus[random.random_range(0..bureaus.len())].id;
        let id = tx.insert_filings(&[new]).await.expect("a filing")[0];
        let before = tx.filing(id).await.expect("read").expect("the filing");
        let events = history(&mut random, &step, end);
        let facts = ProjectFacts::default();
        let step = Plan::built_in().step(step.as_str()).expect("a step");
        let after = turning(step, &facts, &events, Calendar::official()).expect("lawful");
        if !events.is_empty() {
            let entries = events.iter().map(|event| world.entry(event)).collect();
            histories.push((before, entries, after, events.first().map(|e| e.on)));
        }
    }
    tx.append_histories(&histories).await.expect("appended");
    tx.commit().await.expect("committed");
    let filings = read_all(&world).await;
    let states = |status| {
        let with = |filing: &&Filing| filing.turning.status == Some(status);
        filings.iter().filter(with).count()
    };
    for status in Status::ALL {
        assert!(states(status) > 0, "no history ends {}", status.code());
    }
    for after in 0..70 {
        agree(&world.store.reader(), &filings, end + Days::new(after)).await;
    }
}
