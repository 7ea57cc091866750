use chrono::{Days, NaiveDate};
use grid_approvals::statute::calendar::{Calendar, date};
use grid_approvals::statute::clock::{EventKind, Glance, Lamp, Status};
use grid_approvals::store::{Counts, FilingId, ListKind, QueuePart};

use crate::on_both;
use crate::world::{World, on};

on_both!(
    the_buckets_of_the_lists_are_those_of_the_clock,
    a_board_turns_its_pages_without_losing_a_row,
    what_can_be_filed_is_listed_until_it_is_filed,
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

fn expected(glances: &[Glance], law_passed: &[bool]) -> Counts {
    let mut counts = Counts::default();
    for (glance, law) in glances.iter().zip(law_passed) {
        match (glance.status, glance.lamp) {
            (Status::Running, Lamp::Red) => {
                counts.overdue += 1;
                counts.law_overdue += u64::from(*law);
            }
            (Status::Running, Lamp::Yellow) => counts.near_due += 1,
            (Status::Running, Lamp::Untimed) => counts.untimed += 1,
            (Status::Running, _) => counts.in_time += 1,
            (Status::Suspended, _) => counts.suspended += 1,
            (Status::Waiting, _) => counts.waiting += 1,
            (Status::Submitted, _) => counts.awaiting += 1,
            (Status::Correcting, _) => counts.correcting += 1,
            _ => {}
        }
    }
    counts
}

async fn the_buckets_of_the_lists_are_those_of_the_clock(world: World) {
    let ids = fill(&world).await;
    let reader = world.store.reader();
    let mut filings = Vec::new();
    for id in &ids {
        filings.push(reader.filing(*id).await.expect("read").expect("the filing"));
    }
    let mut day = date(2026, 11, 20);
    while day <= date(2027, 2, 10) {
        let glances: Vec<Glance> = filings
            .iter()
            .map(|f| f.turning.glance(day, Calendar::official()))
            .collect();
        let law: Vec<bool> = glances.iter().map(|glance| glance.law_passed).collect();
        let counts = reader.bureau_counts(day, None).await.expect("counts");
        let wanted = expected(&glances, &law);
        assert_eq!(counts, [(world.bureau, wanted)], "{day}");
        assert_eq!(
            reader
                .bureau_counts(day, Some(world.bureau))
                .await
                .expect("counts"),
            counts
        );
        let with = |test: &dyn Fn(&Glance) -> bool| -> Vec<FilingId> {
            let mut found: Vec<FilingId> = filings
                .iter()
                .zip(&glances)
                .filter(|(_, glance)| test(glance))
                .map(|(filing, _)| filing.id)
                .collect();
            found.sort();
            found
        };
        for (kind, lamp) in [
            (ListKind::Overdue, Lamp::Red),
            (ListKind::NearDue, Lamp::Yellow),
        ] {
            let board = reader
                .board(kind, day, None, None, 100)
                .await
                .expect("a board");
            let mut found: Vec<FilingId> = board.iter().map(|row| row.filing.id).collect();
            found.sort();
            assert_eq!(found, with(&|glance| glance.lamp == lamp), "{kind:?} {day}");
            let counted: u64 = reader
                .board_counts(kind, day)
                .await
                .expect("counts")
                .iter()
                .map(|(_, n)| n)
                .sum();
            assert_eq!(counted, found.len() as u64, "{kind:?} {day}");
        }
        for (part, states) in [
            (QueuePart::Awaiting, vec![Status::Submitted]),
            (QueuePart::Running, vec![Status::Running]),
            (
                QueuePart::Paused,
                vec![Status::Suspended, Status::Waiting, Status::Correcting],
            ),
        ] {
            let queue = reader
                .queue(world.bureau, part, day, 100)
                .await
                .expect("a queue");
            let mut found: Vec<FilingId> = queue.iter().map(|row| row.filing.id).collect();
            found.sort();
            assert_eq!(
                found,
                with(&|glance| states.contains(&glance.status)),
                "{part:?} {day}"
            );
        }
        day = day + Days::new(1);
    }
}

async fn a_board_turns_its_pages_without_losing_a_row(world: World) {
    for n in 0..9 {
        let id = world.filing(&format!("工程{n}"), "site-selection").await;
        world
            .append(id, &on(2 + n / 3, EventKind::Submitted))
            .await
            .expect("appended");
        world
            .append(id, &on(5 + n / 3, EventKind::Accepted))
            .await
            .expect("appended");
    }
    let reader = world.store.reader();
    let day = date(2027, 1, 4);
    let mut after: Option<(NaiveDate, FilingId)> = None;
    let mut seen = Vec::new();
    loop {
        let page = reader
            .board(ListKind::Overdue, day, Some(world.bureau), after, 2)
            .await
            .expect("a page");
        let Some(last) = page.last() else { break };
        after = last.filing.turning.red_on.map(|red| (red, last.filing.id));
        seen.extend(
            page.iter()
                .map(|row| (row.filing.turning.red_on, row.filing.id)),
        );
    }
    let mut sorted = seen.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(seen, sorted, "in order, none twice");
    assert_eq!(seen.len(), 9);
}

async fn what_can_be_filed_is_listed_until_it_is_filed(world: World) {
    let id = world.filing("工程", "site-selection").await;
    let reader = world.store.reader();
    assert_eq!(reader.ready(10).await.expect("ready").len(), 1);
    assert_eq!(reader.ready_count().await.expect("count"), 1);
    world
        .append(id, &on(2, EventKind::Submitted))
        .await
        .expect("appended");
    assert_eq!(reader.ready_count().await.expect("count"), 0);
    world
        .append(id, &on(3, EventKind::MaterialsRequested))
        .await
        .expect("appended");
    assert_eq!(reader.correcting(10).await.expect("list")[0].filing.id, id);
    assert_eq!(reader.correcting_count().await.expect("count"), 1);
    let tx = world.store.begin().await.expect("a transaction");
    tx.set_ready(&[(id, true)]).await.expect("set");
    tx.commit().await.expect("committed");
    assert_eq!(reader.ready_count().await.expect("count"), 1);
}
