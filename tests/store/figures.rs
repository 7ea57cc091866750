//! Figures: owed from the moment a row moves on, added up the same on both databases.

use grid_approvals::statute::calendar::{Calendar, date};
use grid_approvals::statute::clock::{Event, EventKind, Status};
use grid_approvals::statute::figures::{SideBySide, measure};
use grid_approvals::statute::plan::{Plan, ProjectFacts, StepId};
use grid_approvals::store::record::standing_events;
use grid_approvals::store::{FigureFilter, FigureRow, FilingId, Grouping, ProjectId, Store, Sums};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database};

use crate::on_both;
use crate::world::{World, on};

on_both!(
    a_row_that_moves_on_owes_its_figures_until_they_are_written,
    sums_are_those_of_the_rows_by_month_bureau_and_step,
    a_project_is_finished_when_all_that_it_goes_by_is_granted,
    ledgers_of_before_are_owed,
);

fn filter(by: Grouping) -> FigureFilter {
    FigureFilter {
        first: date(2026, 10, 1),
        last: date(2026, 11, 30),
        today: date(2026, 11, 30),
        bureau: None,
        step: None,
        by,
    }
}

async fn sums(world: &World, filter: &FigureFilter) -> Sums {
    let reader = world.store.reader();
    reader.figure_sums(filter).await.expect("sums")
}

async fn happen(world: &World, id: FilingId, events: &[Event]) {
    for event in events {
        world.append(id, event).await.expect("appended");
    }
}

/// Writes the figures of a filing as the office does.
async fn write(world: &World, id: FilingId) {
    let tx = world.store.begin().await.expect("a transaction");
    let filing = tx.filing(id).await.expect("read").expect("there");
    let events = standing_events(&tx.ledger(id).await.expect("a ledger"));
    let step = Plan::built_in().step(filing.step.as_str()).expect("a step");
    let facts = ProjectFacts::default();
    let made = measure(step, &facts, &events, Calendar::official()).expect("lawful");
    tx.write_figures(&[FigureRow::of(&filing, made)])
        .await
        .expect("written");
    tx.commit().await.expect("committed");
}

async fn owed(store: &Store) -> Vec<ProjectId> {
    let tx = store.begin().await.expect("a transaction");
    let found = tx.projects_owing_figures(ProjectId(0), 10).await;
    found
        .expect("owed")
        .map(|found| found.1)
        .unwrap_or_default()
}

fn hearing() -> EventKind {
    EventKind::Suspended {
        ground: "hearing".to_owned(),
    }
}

async fn a_row_that_moves_on_owes_its_figures_until_they_are_written(world: World) {
    let id = world.filing("桥北", "site-selection").await;
    assert_eq!(owed(&world.store).await, []);
    happen(&world, id, &[on(3, EventKind::Submitted)]).await;
    let project = owed(&world.store).await;
    assert_eq!(project.len(), 1);
    assert_eq!(sums(&world, &filter(Grouping::Month)).await.owed, 1);
    let tx = world.store.begin().await.expect("a transaction");
    assert_eq!(tx.figures_owed_of(project[0]).await.expect("ids"), [id]);
    let ledgers = tx.owed_ledgers(&project).await.expect("ledgers");
    assert_eq!((ledgers.len(), ledgers[0].entries.len()), (1, 1));
    drop(tx);
    write(&world, id).await;
    assert_eq!(owed(&world.store).await, []);
    // What changes nothing that figures follow owes nothing.
    let tx = world.store.begin().await.expect("a transaction");
    tx.set_ready(&[(id, true)]).await.expect("set");
    let filing = tx.filing(id).await.expect("read").expect("there");
    tx.project_anew(std::slice::from_ref(&filing))
        .await
        .expect("the same");
    tx.commit().await.expect("committed");
    assert_eq!(owed(&world.store).await, []);
    // A row that is written anew, without an entry, with another start does.
    let mut moved = filing;
    moved.turning.starts_on = Some(date(2026, 11, 9));
    let tx = world.store.begin().await.expect("a transaction");
    tx.project_anew(&[moved]).await.expect("moved");
    tx.commit().await.expect("committed");
    assert_eq!(owed(&world.store).await, project);
    write(&world, id).await;
    let tx = world.store.begin().await.expect("a transaction");
    tx.owe_figures(date(2026, 1, 1)).await.expect("owed");
    tx.owe_figures(date(2026, 1, 1)).await.expect("owed once");
    tx.commit().await.expect("committed");
    assert_eq!(owed(&world.store).await, project);
}

async fn sums_are_those_of_the_rows_by_month_bureau_and_step(world: World) {
    let october = |day, kind| Event {
        on: date(2026, 10, day),
        kind,
    };
    let first = world.filing("一", "site-selection").await;
    let second = world.filing("二", "site-selection").await;
    let third = world.filing("三", "road-crossing").await;
    let history = [
        october(12, EventKind::Submitted),
        october(13, EventKind::Accepted),
        october(20, hearing()),
        october(23, EventKind::Resumed),
        on(6, EventKind::Granted),
    ];
    happen(&world, first, &history).await;
    let history = [on(2, EventKind::Submitted), on(3, EventKind::Rejected)];
    happen(&world, second, &history).await;
    happen(&world, third, &[on(25, EventKind::Submitted)]).await;
    for id in [first, second, third] {
        write(&world, id).await;
    }
    let all = sums(&world, &filter(Grouping::Month)).await;
    let mut filed: Vec<_> = all.filed.iter().map(|s| (s.key.as_str(), s.n)).collect();
    filed.sort_unstable();
    assert_eq!(filed, [("2026-10", 1), ("2026-11", 2)]);
    // On the 30th silence has not yet accepted what was handed in on the 25th.
    let accepted: Vec<_> = all.accepted.iter().map(|s| (&*s.key, s.n)).collect();
    assert_eq!(accepted, [("2026-10", 1)]);
    let later = FigureFilter {
        today: date(2026, 12, 3),
        ..filter(Grouping::Step)
    };
    let silent: u64 = sums(&world, &later)
        .await
        .accepted
        .iter()
        .map(|s| s.by_silence)
        .sum();
    assert_eq!(silent, 1);
    let granted = all.decided.iter().find(|s| s.outcome == Status::Granted);
    let granted = granted.expect("one granted");
    assert_eq!(
        (granted.key.as_str(), granted.n, granted.with_due),
        ("2026-11", 1, 1)
    );
    assert_eq!((granted.used, granted.suspended_days), (Some(15), 3));
    let rejected = all.decided.iter().find(|s| s.outcome == Status::Rejected);
    assert_eq!(rejected.map(|s| (s.n, s.used)), Some((1, None)));
    assert_eq!(all.suspended.len(), 1);
    assert_eq!((all.suspended[0].n, all.suspended[0].on_last_day), (1, 0));
    assert_eq!((all.owed, all.open_overdue), (0, 0));

    let by_bureau = sums(&world, &filter(Grouping::Bureau)).await;
    let key = world.bureau.to_string();
    assert!(by_bureau.filed.iter().all(|s| s.key == key && s.n == 3));
    let crossing = FigureFilter {
        step: Some(StepId::from("road-crossing")),
        bureau: Some(world.bureau),
        ..filter(Grouping::Step)
    };
    let crossing = sums(&world, &crossing).await;
    assert_eq!(crossing.filed.len(), 1);
    assert_eq!(crossing.filed[0].key, "road-crossing");
    assert_eq!((crossing.filed[0].n, crossing.decided.len()), (1, 0));
    let reader = world.store.reader();
    let kept = reader.figures_between(first, third).await.expect("rows");
    assert_eq!(kept.rows.len(), 3);
    let suspensions = &kept.rows[&first].measure.suspensions;
    assert_eq!((suspensions.len(), suspensions[0].left), (1, Some(15)));
}

async fn a_project_is_finished_when_all_that_it_goes_by_is_granted(world: World) {
    let id = world.filing("一", "site-selection").await;
    let reader = world.store.reader();
    let project = reader
        .filing(id)
        .await
        .expect("read")
        .expect("there")
        .project;
    let history = [
        on(2, EventKind::Submitted),
        on(3, EventKind::Accepted),
        on(6, EventKind::Granted),
    ];
    happen(&world, id, &history).await;
    let spans = async || {
        let spans = world.store.reader().granted_spans(&[project]).await;
        spans.expect("spans").remove(&project).expect("the project")
    };
    assert_eq!(spans().await, None, "its figures are owed");
    write(&world, id).await;
    let days = vec![(date(2026, 11, 2), date(2026, 11, 6))];
    assert_eq!(spans().await, Some(days));
    let figures = SideBySide {
        finished_on: date(2026, 11, 6),
        steps: 1,
        one_after_another: 4,
        elapsed: 4,
        idle: 0,
    };
    let put = async |one: Option<SideBySide>| {
        let tx = world.store.begin().await.expect("a transaction");
        let written = tx.write_project_figures(&[(project, one)]).await;
        written.expect("written");
        tx.commit().await.expect("committed");
        sums(&world, &filter(Grouping::Month)).await.finished
    };
    let finished = put(Some(figures)).await;
    assert_eq!((finished[0].key.as_str(), finished[0].n), ("2026-11", 1));
    assert_eq!(put(Some(figures)).await.len(), 1);
    let whole = sums(&world, &filter(Grouping::Bureau)).await.finished;
    assert_eq!((whole.len(), whole[0].elapsed), (1, 4));
    let tx = world.store.begin().await.expect("a transaction");
    let more = world.new_filing(project, "road-crossing");
    tx.insert_filings(&[more]).await.expect("a filing");
    tx.commit().await.expect("committed");
    assert_eq!(spans().await, None, "a step is open");
    assert_eq!(put(None).await, []);
}

/// Rows as the schema knew them before figures were kept.
const FILLED: &[&str] = &[
    "INSERT INTO person (id, login, name, role, password_hash, active, lead) \
     VALUES (1, 'gongdian', '王工', 'company', 'x', TRUE, FALSE)",
    "INSERT INTO catalogue (hash, plan_id, version, text, added_at) \
     VALUES ('h', 'benxi-2020-24', '2026.11', 'text', '2026-11-02T04:00:00+00:00')",
    "INSERT INTO bureau (id, kind, level, county, name) \
     VALUES (1, 'forestry', 'city', '', '本溪市林草局')",
    "INSERT INTO project (id, name, facts, volts, plan_hash, created_by, created_on, created_at, \
     request_key) VALUES (1, '桥北', '{}', 66000, 'h', 1, '2026-11-02', \
     '2026-11-02T04:00:00+00:00', 'key')",
    "INSERT INTO filing (id, project_id, step, county, bureau_id, seq, ready, status, \
     decided_late, suspended, over_by, deemed_accepted, untimed, provisional, run, standing) \
     VALUES (7, 1, 'forestry-dossier', '', 1, 1, FALSE, 'submitted', FALSE, FALSE, 0, FALSE, \
     FALSE, FALSE, 1, 'current'), \
     (8, 1, 'tree-felling', '', 1, 0, FALSE, 'draft', FALSE, FALSE, 0, FALSE, FALSE, FALSE, 1, \
     'current')",
];

async fn ledgers_of_before_are_owed(world: World) {
    let url = if world.url.starts_with("sqlite") {
        world.url.replace("store.sqlite", "filled.sqlite")
    } else {
        crate::postgres::fresh_database()
    };
    let old = Database::connect(&url).await.expect("a door");
    let steps = Migrator::migrations();
    let at = steps
        .iter()
        .position(|step| step.name() == "m20261125_000022_figures");
    let before = at.and_then(|at| u32::try_from(at).ok()).expect("the step");
    Migrator::up(&old, Some(before)).await.expect("drawn");
    for statement in FILLED {
        old.execute_unprepared(statement).await.expect(statement);
    }
    old.close().await.expect("closed");
    let store = Store::open(&url).await.expect("opens, and takes the rest");
    assert_eq!(owed(&store).await, [ProjectId(1)]);
    let tx = store.begin().await.expect("a transaction");
    let ids = tx.figures_owed_of(ProjectId(1)).await.expect("ids");
    assert_eq!(ids, [FilingId(7)], "an empty ledger owes nothing");
}
