//! What lists cost over 100,000 steps of 10,000 projects.
//!
//! `cargo bench --bench store` in a SQLite file of its own, or in the empty database that
//! `BENCH_DATABASE_URL` names. Beside each time, the CPU that the whole process took for it: the
//! driver's threads work while the caller waits, so the time alone says too little.

#![expect(
    clippy::expect_used,
    reason = "a bench whose preparation fails has failed"
)]
#![expect(
    missing_docs,
    reason = "criterion's macros write undocumented functions"
)]

use std::hint::black_box;
use std::time::Instant;

use chrono::{Days, NaiveDate};
use criterion::{Criterion, criterion_group, criterion_main};
use grid_approvals::statute::calendar::date;
use grid_approvals::statute::clock::{Event, EventKind, Status, Turning};
use grid_approvals::statute::division::County;
use grid_approvals::statute::plan::{BureauKind, Level, ProjectFacts, StepId};
use grid_approvals::store::Details;
use grid_approvals::store::record::{Filing, Role, Standing};
use grid_approvals::store::{
    BoardQuestion, BureauId, FilingId, ListKind, NewEntry, NewFilingRow, NewPersonRow,
    NewProjectRow, PersonId, ProjectFilter, QueuePart, Reader, Store,
};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

const PROJECTS: usize = 10_000;
const STEPS: usize = 10;
const PAGE: u64 = 50;

fn today() -> NaiveDate {
    date(2026, 11, 23)
}

fn ago(days: u64) -> NaiveDate {
    today() - Days::new(days)
}

fn ahead(days: u64) -> NaiveDate {
    today() + Days::new(days)
}

/// Of 100 steps 10 are drafts, 4 overdue, 2 near their due date, 9 in time, 2 suspended, 1.5 wait
/// and 1.5 are handed in; the rest are granted. `None`: a draft.
fn state(random: &mut StdRng) -> Option<Turning> {
    let running = |red_on: NaiveDate| Turning {
        status: Some(Status::Running),
        accepted_on: Some(ago(70)),
        starts_on: Some(ago(70)),
        yellow_on: Some(red_on - Days::new(7)),
        red_on: Some(red_on),
        law_red_on: Some(red_on),
        due_on: Some(red_on - Days::new(1)),
        ..Turning::default()
    };
    let only = |status| Turning {
        status: Some(status),
        accepted_on: Some(ago(70)),
        ..Turning::default()
    };
    Some(match random.random_range(0..200) {
        0..20 => return None,
        20..28 => running(ago(random.random_range(0..60))),
        28..32 => running(ahead(random.random_range(1..8))),
        32..50 => running(ahead(random.random_range(8..31))),
        50..54 => Turning {
            suspended: true,
            paused_left: Some(9),
            ..only(Status::Suspended)
        },
        54..57 => only(Status::Waiting),
        57..60 => Turning {
            deems_on: Some(ahead(random.random_range(0..7))),
            ..Turning {
                status: Some(Status::Submitted),
                ..running(ahead(30))
            }
        },
        _ => Turning {
            decided_on: Some(ago(10)),
            ..only(Status::Granted)
        },
    })
}

async fn bureaus(store: &Store) -> (Vec<BureauId>, PersonId) {
    let places = std::iter::once((Level::City, None))
        .chain(County::ALL.map(|county| (Level::County, Some(county))));
    let new: Vec<_> = places
        .flat_map(|(level, county)| {
            BureauKind::ALL.map(|kind| (kind, level, county, format!("{}局", kind.code())))
        })
        .collect();
    let tx = store.begin().await.expect("a transaction");
    tx.insert_bureaus(&new).await.expect("bureaus");
    let now = today().and_hms_opt(4, 0, 0).expect("noon").and_utc();
    tx.save_catalogue("h", "plan", "1", "text", now)
        .await
        .expect("a catalogue");
    let person = tx
        .insert_person(&NewPersonRow {
            login: "gongdian".to_owned(),
            name: "王工".to_owned(),
            role: Role::Company,
            password_hash: "x".to_owned(),
            lead: false,
        })
        .await
        .expect("a person");
    let ids = tx.bureaus().await.expect("bureaus");
    tx.commit().await.expect("committed");
    (ids.into_iter().map(|bureau| bureau.id).collect(), person)
}

async fn seed(url: &str) -> Store {
    let store = Store::open(url).await.expect("the store opens");
    let (bureaus, person) = bureaus(&store).await;
    let mut random = StdRng::seed_from_u64(24);
    let noon = |day: NaiveDate| day.and_hms_opt(4, 0, 0).expect("noon").and_utc();
    let entry = |on: NaiveDate, kind| NewEntry {
        event: Event { on, kind },
        note: None,
        details: Details::default(),
        actor: Some(person),
        actor_name: "王工".to_owned(),
        recorded_at: noon(on),
    };
    let tx = store.begin().await.expect("a transaction");
    let mut filings = Vec::with_capacity(PROJECTS * STEPS);
    for n in 0..PROJECTS {
        let new = NewProjectRow {
            name: format!("本溪66千伏线路工程{n}"),
            code: None,
            facts: ProjectFacts {
                counties: vec![County::ALL[n % County::ALL.len()]],
                ..ProjectFacts::default()
            },
            plan_hash: "h".to_owned(),
            created_by: person,
            created_on: ago(80),
            created_at: noon(ago(80)),
            request_key: n.to_string(),
        };
        let project = tx.insert_project(&new).await.expect("a project");
        filings.extend((0..STEPS).map(|step| NewFilingRow {
            project,
            step: StepId(format!("step-{step}")),
            county: None,
            bureau: bureaus[random.random_range(0..bureaus.len())],
            ready: random.random_ratio(1, 50),
            untimed: false,
            run: 1,
            succeeds: None,
        }));
    }
    let ids = tx.insert_filings(&filings).await.expect("filings");
    let histories: Vec<_> = ids
        .into_iter()
        .zip(filings)
        .filter_map(|(id, row)| {
            let turning = state(&mut random)?;
            let filing = Filing {
                id,
                project: row.project,
                step: row.step,
                county: None,
                bureau: row.bureau,
                seq: 0,
                last_on: None,
                submitted_on: None,
                turning: Turning::default(),
                ready: false,
                run: 1,
                succeeds: None,
                standing: Standing::Current,
                decided_under: None,
                officer: None,
            };
            let entries = vec![
                entry(ago(75), EventKind::Submitted),
                entry(ago(70), EventKind::Accepted),
            ];
            Some((filing, entries, turning, Some(ago(75))))
        })
        .collect();
    tx.append_histories(&histories).await.expect("histories");
    tx.commit().await.expect("committed");
    store
}

/// Seconds of CPU that this process has taken, where the system tells (Linux).
fn cpu() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |n: usize| fields.get(n)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

fn measure(c: &mut Criterion, rt: &tokio::runtime::Runtime, name: &str, work: impl AsyncFn()) {
    rt.block_on(work());
    let (before, rounds) = (cpu(), 400);
    rt.block_on(async {
        for _ in 0..rounds {
            work().await;
        }
    });
    if let (Some(before), Some(after)) = (before, cpu()) {
        let each = (after - before) * 1000.0 / f64::from(rounds);
        println!("{name}: {each:.3} ms CPU each");
    }
    c.bench_function(name, |b| b.iter(|| rt.block_on(work())));
}

async fn board(reader: &Reader, asked: &BoardQuestion) {
    let found = reader.board(asked, today()).await.expect("a board");
    assert_eq!(found.rows.len() as u64, asked.limit);
    black_box(found);
}

fn lists(c: &mut Criterion) {
    let folder = std::env::temp_dir().join(format!("grid-approvals-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let rt = tokio::runtime::Runtime::new().expect("a runtime");
    let begun = Instant::now();
    let url = std::env::var("BENCH_DATABASE_URL")
        .unwrap_or_else(|_| format!("sqlite://{}/store.sqlite?mode=rwc", folder.display()));
    let store = rt.block_on(seed(&url));
    println!("seeded in {:.1} s", begun.elapsed().as_secs_f64());
    let reader = store.reader();
    let bureau = BureauId(1);
    let whole = BoardQuestion {
        limit: PAGE + 1,
        ..BoardQuestion::default()
    };
    measure(c, &rt, "board: 50 rows and all counts", async || {
        board(&reader, &whole).await;
    });
    let own = BoardQuestion {
        only: Some(bureau),
        ..whole.clone()
    };
    measure(c, &rt, "one bureau's board", async || {
        board(&reader, &own).await;
    });
    let projects = BoardQuestion {
        projects: Some((21, None)),
        ..whole.clone()
    };
    measure(c, &rt, "board by project", async || {
        board(&reader, &projects).await;
    });
    measure(c, &rt, "how far things have come", async || {
        black_box(reader.changes().await.expect("a number"));
    });
    measure(c, &rt, "every bureau's nine counts", async || {
        black_box(reader.bureau_counts(today(), None).await.expect("counts"));
    });
    measure(c, &rt, "one bureau's nine counts", async || {
        let counts = reader.bureau_counts(today(), Some(bureau)).await;
        black_box(counts.expect("counts"));
    });
    for part in [QueuePart::Awaiting, QueuePart::Running, QueuePart::Paused] {
        measure(c, &rt, &format!("queue {part:?}"), async || {
            let rows = reader.queue(bureau, part, today(), PAGE).await;
            black_box(rows.expect("a queue"));
        });
    }
    for (name, filter) in [
        ("projects, all", ProjectFilter::default()),
        (
            "projects of a bureau",
            ProjectFilter {
                bureau: Some(bureau),
                ..ProjectFilter::default()
            },
        ),
        (
            "projects overdue",
            ProjectFilter {
                on_board: Some(ListKind::Overdue),
                ..ProjectFilter::default()
            },
        ),
    ] {
        let filter = ProjectFilter {
            limit: 20,
            ..filter
        };
        measure(c, &rt, name, async || {
            black_box(reader.projects(&filter, today()).await.expect("a page"));
        });
    }
    measure(c, &rt, "1000 ledgers for a refold", async || {
        let page = reader.ledger_pages(FilingId(50_000), 1000).await;
        black_box(page.expect("ledgers"));
    });
    drop((reader, store));
    let _ = std::fs::remove_dir_all(&folder);
}

criterion_group! {
    name = store;
    config = Criterion::default().sample_size(20);
    targets = lists
}
criterion_main!(store);
