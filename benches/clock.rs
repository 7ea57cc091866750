//! How fast the calendar and the clock are: `cargo bench --bench clock`.

use std::hint::black_box;

use chrono::{Days, NaiveDate};
use criterion::{Criterion, Throughput};
use grid_approvals::statute::calendar::{Calendar, date};
use grid_approvals::statute::clock::scenario::answer_line;
use grid_approvals::statute::clock::{Event, EventKind, read, turning};
use grid_approvals::statute::division::County;
use grid_approvals::statute::forecast::{Took, likely};
use grid_approvals::statute::plan::facts::Volts;
use grid_approvals::statute::plan::route::route;
use grid_approvals::statute::plan::{Plan, ProjectFacts, Step};

/// Days from 2012 to 2028 in an order that no cache foresees, and a number of days for each.
fn asked() -> Vec<(NaiveDate, u32)> {
    let mut state = 2_020_u32;
    (0..4_096)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let day = date(2012, 1, 1) + Days::new(u64::from(state >> 16) % 6_000);
            (day, (state >> 8) % 60)
        })
        .collect()
}

fn calendar(c: &mut Criterion) {
    let calendar = Calendar::official();
    let asked = asked();
    let mut group = c.benchmark_group("workday");
    group.throughput(Throughput::Elements(asked.len() as u64));
    group.bench_function("add", |b| {
        b.iter(|| {
            for (day, n) in &asked {
                black_box(calendar.add_working_days(black_box(*day), *n));
            }
        });
    });
    group.bench_function("between", |b| {
        b.iter(|| {
            for pair in asked.windows(2) {
                if let [(from, _), (to, _)] = pair {
                    black_box(calendar.working_days_between(black_box(*from), *to));
                }
            }
        });
    });
    group.finish();
}

fn step() -> &'static Step {
    let plan = Plan::built_in();
    plan.step("planning-permit").unwrap_or(&plan.steps[0])
}

/// A ledger from submission on: plain, or with a one-time notice, two suspensions, an extension.
fn ledger(from: NaiveDate, eventful: bool) -> Vec<Event> {
    let hearing = || EventKind::Suspended {
        ground: "hearing".to_owned(),
    };
    let told = if eventful {
        vec![
            (0, EventKind::Submitted),
            (3, EventKind::MaterialsRequested),
            (10, EventKind::Resubmitted),
            (12, EventKind::Accepted),
            (17, hearing()),
            (24, EventKind::Resumed),
            (26, EventKind::Extended { days: 5 }),
            (30, hearing()),
            (41, EventKind::Resumed),
        ]
    } else {
        vec![(0, EventKind::Submitted), (2, EventKind::Accepted)]
    };
    told.into_iter()
        .map(|(after, kind)| Event {
            on: from + Days::new(after),
            kind,
        })
        .collect()
}

fn clock(c: &mut Criterion) {
    let (calendar, step, facts) = (Calendar::official(), step(), ProjectFacts::default());
    let mut group = c.benchmark_group("clock");
    group.throughput(Throughput::Elements(1));
    for (name, eventful) in [("read, 2 events", false), ("read, 9 events", true)] {
        let events = ledger(date(2026, 8, 3), eventful);
        let as_of = date(2026, 10, 12);
        assert!(read(step, &facts, &events, as_of, calendar).is_ok());
        group.bench_function(name, |b| {
            b.iter(|| read(step, &facts, black_box(&events), as_of, calendar));
        });
    }
    group.finish();

    let ledgers: Vec<Vec<Event>> = (0..100_000)
        .map(|index| ledger(date(2020, 1, 2) + Days::new(index % 2_500), index % 4 == 0))
        .collect();
    let mut group = c.benchmark_group("refold");
    group.sample_size(20);
    group.throughput(Throughput::Elements(ledgers.len() as u64));
    group.bench_function("100,000 ledgers", |b| {
        b.iter(|| {
            for events in &ledgers {
                black_box(turning(step, &facts, events, calendar)).ok();
            }
        });
    });
    group.finish();
}

fn scenario(c: &mut Criterion) {
    let (plan, calendar) = (Plan::built_in(), Calendar::official());
    let lines: Vec<&str> = include_str!("../tests/golden/clock.jsonl")
        .lines()
        .collect();
    let mut out = Vec::new();
    let mut group = c.benchmark_group("scenario");
    group.throughput(Throughput::Elements(lines.len() as u64));
    group.bench_function("line", |b| {
        b.iter(|| {
            out.clear();
            for line in &lines {
                answer_line(line.as_bytes(), plan, calendar, &mut out);
            }
            black_box(&out);
        });
    });
    group.finish();
}

/// The likely finish of the longest route that there is, each step with a past of 200 decisions.
fn forecast(c: &mut Criterion) {
    let facts = ProjectFacts {
        voltage: Volts(220_000),
        counties: County::ALL.to_vec(),
        new_land: true,
        forest_land: true,
        fells_trees: true,
        crosses_highway: true,
        opens_city_road: true,
        occupies_green: true,
        ..ProjectFacts::default()
    };
    let Ok(route) = route(Plan::built_in(), &facts) else {
        return;
    };
    let took: Vec<Took> = route
        .steps
        .iter()
        .map(|step| Took {
            key: step.key.clone(),
            days: (0..200).map(|n| 2 + n * 7 % 31).collect(),
            begun_on: None,
        })
        .collect();
    let today = date(2026, 3, 2);
    let calendar = Calendar::official();
    c.bench_function("forecast/likely", |b| {
        b.iter(|| black_box(likely(&route, &[], black_box(&took), today, calendar, 1)));
    });
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    calendar(&mut criterion);
    clock(&mut criterion);
    scenario(&mut criterion);
    forecast(&mut criterion);
    criterion.final_summary();
}
