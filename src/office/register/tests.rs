use std::collections::BTreeMap;

use super::super::testing::{World, at, on, on_new_land};
use super::*;
use crate::office::RegisterState;
use crate::office::model::StepPage;
use crate::statute::clock::EventKind;
use crate::statute::division::County;
use crate::statute::plan::StepId;
use crate::store::RegisterDay;

/// Three projects with steps in many states, on 30 September 2026.
async fn world() -> World {
    let world = World::new().await;
    let first = world
        .project(on_new_land(&[County::Mingshan, County::BenxiCounty]))
        .await;
    world.file_jointly(first, on(9, 1)).await.expect("filed");
    let county = |county| world.filing_in(first, "county-initial-review", Some(county));
    world
        .go(
            &county(County::Mingshan).await,
            &[(EventKind::Accepted, (9, 2)), (EventKind::Granted, (9, 9))],
        )
        .await;
    let late = county(County::BenxiCounty).await;
    world.go(&late, &[(EventKind::Accepted, (9, 2))]).await;
    let paused = world.project(on_new_land(&[County::Xihu])).await;
    let step = world.filing(paused, "site-selection").await;
    let hearing = EventKind::Suspended {
        ground: "hearing".to_owned(),
    };
    world
        .go(
            &step,
            &[
                (EventKind::Submitted, (9, 9)),
                (EventKind::Accepted, (9, 10)),
                (hearing, (9, 14)),
            ],
        )
        .await;
    let second = world.project(on_new_land(&[County::Huanren])).await;
    let step = world.filing(second, "site-selection").await;
    world.go(&step, &[(EventKind::Submitted, (9, 21))]).await;
    world
}

async fn all(world: &World, filter: &RegisterFilter, on: Moment) -> Vec<RegisterLine> {
    let found = world
        .office
        .short_register(&world.company, filter, on)
        .await
        .expect("a register");
    assert_eq!(found.0.total, u64::try_from(found.1.len()).unwrap());
    found.1
}

#[tokio::test]
async fn each_line_says_what_the_steps_own_page_says() {
    let world = world().await;
    for day in [at(9, 23), at(9, 30), at(10, 30)] {
        let lines = all(&world, &RegisterFilter::default(), day).await;
        assert!(lines.len() > 10, "{}", lines.len());
        for line in lines {
            let page: StepPage = world
                .office
                .step_page(&world.company, line.filing, day)
                .await
                .expect("the step's page");
            let reading = &page.reading;
            assert_eq!(line.status, reading.status);
            assert_eq!(line.lamp, page.card.glance.lamp);
            assert_eq!(line.due_on, page.card.glance.due_on);
            assert_eq!(line.accepted_on, reading.accepted_on);
            assert_eq!(line.started_on, reading.started_on);
            assert_eq!(line.used, reading.used);
            assert_eq!(line.overdue_by.unwrap_or(0), reading.overdue_by);
            assert_eq!(
                line.law_due_on,
                reading.law.as_ref().and_then(|law| law.due_on)
            );
            assert_eq!(line.submitted_on, page.card.submitted_on);
            assert_eq!(line.step_name, page.card.step_name);
            assert_eq!(line.bureau_name, page.card.bureau_name);
            assert_eq!(line.documents.len(), page.papers.len());
            for (number, paper) in line.documents.iter().zip(&page.papers) {
                assert_eq!(*number, paper.serial);
            }
            if line.used.is_none() {
                assert_eq!(line.overdue_by, None);
            }
        }
    }
}

/// The filter said once more, over the lines instead of the rows.
fn holds(filter: &RegisterFilter, line: &RegisterLine) -> bool {
    let day = filter.day.and_then(|day| match day {
        RegisterDay::Submitted => line.submitted_on,
        RegisterDay::Accepted => line.accepted_on,
        RegisterDay::Due => line.due_on,
        RegisterDay::Decided => line.decided_on,
        RegisterDay::Last => line.last_on,
    });
    let within = (filter.from.is_none() && filter.to.is_none())
        || day.is_some_and(|day| {
            filter.from.is_none_or(|from| from <= day) && filter.to.is_none_or(|to| day <= to)
        });
    let is = filter.state.is_none_or(|state| match state {
        RegisterState::Is(status) => line.status == status,
        RegisterState::Open => line.last_on.is_some() && line.decided_on.is_none(),
        RegisterState::Overdue => line.lamp == Lamp::Red,
        RegisterState::NearDue => line.lamp == Lamp::Yellow,
        RegisterState::Untimed => line.untimed,
    });
    is && within
        && filter
            .county
            .is_none_or(|county| line.counties.contains(&county))
        && filter.step.as_ref().is_none_or(|step| *step == line.step)
}

#[tokio::test]
async fn every_filter_keeps_exactly_the_lines_that_say_so() {
    let world = world().await;
    let mut filters: Vec<RegisterFilter> = RegisterState::all()
        .into_iter()
        .map(|state| RegisterFilter {
            state: Some(state),
            ..RegisterFilter::default()
        })
        .collect();
    for county in County::ALL {
        filters.push(RegisterFilter {
            county: Some(county),
            ..RegisterFilter::default()
        });
    }
    for step in ["land-pre-review", "site-selection", "no-such-step"] {
        filters.push(RegisterFilter {
            step: Some(StepId::from(step)),
            ..RegisterFilter::default()
        });
    }
    let spans = [
        (None, Some(on(9, 4))),
        (Some(on(9, 5)), None),
        (Some(on(9, 2)), Some(on(9, 21))),
        (Some(on(9, 22)), Some(on(12, 31))),
    ];
    for day in RegisterDay::ALL {
        for (from, to) in spans {
            filters.push(RegisterFilter {
                day: Some(day),
                from,
                to,
                ..RegisterFilter::default()
            });
        }
    }
    let mut kept = BTreeMap::new();
    for day in [at(9, 23), at(9, 30), at(10, 30)] {
        let everything = all(&world, &RegisterFilter::default(), day).await;
        for filter in &filters {
            let expected: Vec<FilingId> = everything
                .iter()
                .filter(|line| holds(filter, line))
                .map(|line| line.filing)
                .collect();
            let found = all(&world, filter, day).await;
            let found: Vec<FilingId> = found.iter().map(|line| line.filing).collect();
            assert_eq!(found, expected, "{filter:?} on {}", day.today);
            *kept
                .entry(format!("{:?}{:?}", filter.state, filter.day))
                .or_insert(0) += found.len();
        }
    }
    // Most filters had something to keep, so that the comparison says something.
    let empty = kept.values().filter(|n| **n == 0).count();
    assert!(empty < kept.len() / 2, "{kept:?}");
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_and_an_officer_sees_the_own_bureau() {
    let world = world().await;
    for _ in 0..5 {
        world
            .project(on_new_land(&[County::Mingshan, County::Huanren]))
            .await;
    }
    let day = at(9, 30);
    let everything = all(&world, &RegisterFilter::default(), day).await;
    assert!(everything.len() > ROWS, "{} lines", everything.len());
    let mut query = RegisterQuery::default();
    let mut paged = Vec::new();
    loop {
        let found = world
            .office
            .register(&world.company, &query, day)
            .await
            .expect("a page");
        assert_eq!(found.page.total, u64::try_from(everything.len()).unwrap());
        paged.extend(found.page.rows);
        query.after = found.page.next;
        if query.after.is_none() {
            break;
        }
    }
    assert_eq!(paged, everything);
    for wrong in ["x", "1", "0:1", "1:-1", "1:2:3"] {
        query.after = Some(wrong.to_owned());
        let refused = world.office.register(&world.company, &query, day).await;
        assert!(matches!(refused, Err(OfficeError::Invalid(_))), "{wrong}");
    }
    let filing = world
        .office
        .store
        .reader()
        .filing(everything[0].filing)
        .await
        .unwrap()
        .unwrap();
    let officer = world.officer(&filing);
    let other = RegisterFilter {
        bureau: Some(BureauId(filing.bureau.0 + 1)),
        ..RegisterFilter::default()
    };
    let found = world.office.short_register(&officer, &other, day).await;
    let found = found.expect("the own bureau's, whatever was asked").1;
    let expected: Vec<_> = everything
        .iter()
        .filter(|line| line.bureau_name == everything[0].bureau_name)
        .cloned()
        .collect();
    assert_eq!(found, expected);
    let refused = world
        .office
        .register(&world.administrator, &RegisterQuery::default(), day)
        .await;
    assert!(matches!(refused, Err(OfficeError::Forbidden(_))));
}

#[tokio::test]
async fn all_lines_are_of_one_instant_though_steps_are_decided_meanwhile() {
    let world = world().await;
    let day = at(9, 30);
    let before = all(&world, &RegisterFilter::default(), day).await;
    let mut reading = world
        .office
        .read_register(&world.company, &RegisterFilter::default(), day)
        .await
        .expect("begun");
    let first = world
        .office
        .register_part(&mut reading, 3)
        .await
        .expect("a part");
    let open = before
        .iter()
        .find(|line| line.status == Status::Suspended)
        .expect("a suspended step");
    assert!(first.iter().all(|line| line.filing != open.filing));
    let filing = world.office.store.reader().filing(open.filing).await;
    let filing = filing.unwrap().unwrap();
    world.go(&filing, &[(EventKind::Resumed, (9, 30))]).await;
    let rest = world
        .office
        .next_of_register(&mut reading)
        .await
        .expect("the rest");
    drop(reading);
    assert_eq!([first, rest].concat(), before);
    assert_ne!(all(&world, &RegisterFilter::default(), day).await, before);
}
