//! The figures reckoned a second way: from the raw ledgers, a day at a time, without the fold.

mod naive;

use chrono::Days;
use naive::{Kept, counted, ledgers};

use super::super::seeded::{Seeded, Told, actor, moment};
use super::super::testing::{World, at, on, on_new_land};
use super::*;
use crate::office::{BureauId, ProjectId};
use crate::statute::calendar::{Calendar, date};
use crate::statute::clock::{self, Event, EventKind};
use crate::statute::division::County;
use crate::statute::figures::Spread;
use crate::statute::plan::route::route;
use crate::statute::plan::{ProjectFacts, Step};
use crate::store::record::Filing;

const TODAY: (i32, u32, u32) = (2026, 7, 15);

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % n
    }
}

/// A lawful history: each thing that is tried enters if the clock lets it.
fn lived(step: &Step, facts: &ProjectFacts, dice: &mut Dice) -> Vec<Event> {
    let calendar = Calendar::official();
    let today = date(TODAY.0, TODAY.1, TODAY.2);
    let mut day = date(2026, 1, 5) + Days::new(dice.below(90));
    let mut events: Vec<Event> = Vec::new();
    let hearing = EventKind::Suspended {
        ground: "hearing".to_owned(),
    };
    for _ in 0..60 {
        let due = clock::turning(step, facts, &events, calendar)
            .unwrap()
            .due_on;
        let kind = match dice.below(40) {
            0..=7 => EventKind::Submitted,
            8..=15 => EventKind::Accepted,
            16 => EventKind::MaterialsRequested,
            17..=19 => EventKind::Resubmitted,
            20 if dice.below(6) == 0 => EventKind::Rejected,
            21..=24 => EventKind::CountyOpinionReceived,
            25 => EventKind::Announced { days: 30 },
            26..=28 => hearing.clone(),
            29..=31 => EventKind::Resumed,
            32 => EventKind::Extended { days: 3 },
            33 if dice.below(6) == 0 => EventKind::Denied,
            34 if dice.below(8) == 0 => EventKind::Withdrawn,
            _ => EventKind::Granted,
        };
        // Now and then on the very last day.
        let aims = matches!(kind, EventKind::Granted | EventKind::Suspended { .. });
        let on = match due.filter(|due| aims && *due >= day && dice.below(3) == 0) {
            Some(due) => due,
            None => day,
        };
        let new = Event { on, kind };
        if on <= today && clock::admit(step, facts, &events, &new, calendar).is_ok() {
            events.push(new);
            day = on;
        }
        day = day + Days::new(dice.below(5));
    }
    events
}

async fn lived_projects(seeded: &Seeded, n: usize) -> Vec<ProjectId> {
    let mut dice = Dice(20);
    let mut projects = Vec::new();
    for number in 0..n {
        let facts = ProjectFacts {
            counties: vec![County::ALL[number % 6]],
            // Few steps, so that some projects end; many, so that some hang.
            new_land: number % 3 != 0,
            fells_trees: number % 2 == 0,
            forest_land: number % 4 == 0,
            green_hills: number % 8 == 0,
            crosses_highway: number % 3 == 1,
            ..ProjectFacts::default()
        };
        let route = route(seeded.office.plan(), &facts).unwrap();
        let told: Vec<Told<'_>> = route
            .steps
            .iter()
            .map(|step| {
                let events = lived(step.step, &facts, &mut dice);
                (step.key.step.as_str(), step.key.county, events)
            })
            .collect();
        let (id, _) = seeded
            .project(&format!("工程{number}"), &facts, &told)
            .await;
        projects.push(id);
    }
    projects
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_are_those_of_the_raw_ledgers_counted_day_by_day() {
    let seeded = Seeded::open().await;
    let office = &seeded.office;
    let at = moment(date(TODAY.0, TODAY.1, TODAY.2));
    let projects = lived_projects(&seeded, 90).await;
    let watcher = actor(Role::GovernmentOffice);
    let before = FiguresQuery::last_year(at.today);
    let before = office.figures(&watcher, &before, at).await.unwrap();
    assert!(
        before.owed > 100 && before.total.is_empty(),
        "nothing is guessed"
    );
    let made = office.catch_up_figures().await.unwrap();
    assert_eq!(made, before.owed);
    assert_eq!(office.catch_up_figures().await.unwrap(), 0);
    assert_eq!(office.verify().await.unwrap().differences, []);

    let ledgers = ledgers(office, &projects, at.today).await;
    let ask = async |query: FiguresQuery| office.figures(&watcher, &query, at).await.unwrap();
    let year = FiguresQuery::last_year(at.today);
    let by_month = ask(year.clone()).await;
    assert_eq!(by_month.owed, 0);
    let days = (date(2025, 8, 1), at.today);
    assert_eq!((by_month.first, by_month.last), days);
    let all = counted(&ledgers, &|_| true, days, true);
    assert_eq!(by_month.total, all);
    // The story tells enough that each figure can be wrong.
    let least = [
        all.accepted_by_silence,
        all.denied,
        all.rejected,
        all.withdrawn,
        all.without_limit,
        all.late,
        all.on_last_day,
        all.waited,
        all.suspensions_on_last_day,
        all.suspensions_after_due,
        all.projects.unwrap().finished,
        all.projects.unwrap().saved(),
        all.projects.unwrap().idle,
    ];
    assert!(least.iter().all(|n| *n > 0), "{all:?}");

    assert_eq!(by_month.lines.len(), 12);
    for line in &by_month.lines {
        let FiguresKey::Month(month) = line.key else {
            panic!("a month");
        };
        let (first, last) = month.days().unwrap();
        let wanted = counted(&ledgers, &|_| true, (first, last.min(at.today)), true);
        assert_eq!(line.set, wanted, "{month}");
    }
    let months = FiguresQuery {
        from: Month::read("2026-03").unwrap(),
        to: Month::read("2026-05").unwrap(),
        ..year
    };
    let days = (date(2026, 3, 1), date(2026, 5, 31));
    let by_bureau = ask(FiguresQuery {
        by: FiguresBy::Bureau,
        ..months.clone()
    })
    .await;
    assert!(by_bureau.lines.len() > 5);
    for line in &by_bureau.lines {
        let FiguresKey::Bureau(bureau) = &line.key else {
            panic!("a bureau");
        };
        let of = |one: &Kept| one.bureau == bureau.id;
        assert_eq!(line.set, counted(&ledgers, &of, days, false));
        let own = actor(Role::Officer { bureau: bureau.id });
        let own = office.figures(&own, &months, at).await.unwrap();
        assert_eq!(own.total, line.set);
        assert!(own.own && own.asked.bureau == Some(bureau.id));
    }
    assert_eq!(by_bureau.total, counted(&ledgers, &|_| true, days, true));
    let by_step = ask(FiguresQuery {
        by: FiguresBy::Step,
        ..months.clone()
    })
    .await;
    for line in &by_step.lines {
        let FiguresKey::Step(step, name) = &line.key else {
            panic!("a step");
        };
        let of = |one: &Kept| one.step == step.as_str();
        assert_eq!(line.set, counted(&ledgers, &of, days, false), "{name}");
        let one = ask(FiguresQuery {
            step: Some(step.clone()),
            ..months.clone()
        })
        .await;
        assert_eq!(one.total, line.set);
    }
    let overdue = reader_overdue(office, at.today).await;
    assert!(by_step.open_overdue > 0 && by_step.open_overdue == overdue);
}

async fn reader_overdue(office: &Office, today: NaiveDate) -> u64 {
    let counts = office.store.reader().bureau_counts(today, None).await;
    counts
        .unwrap()
        .iter()
        .map(|(_, counts)| counts.overdue)
        .sum()
}

fn of_2026(from: &str, to: &str) -> FiguresQuery {
    FiguresQuery {
        from: Month::read(from).unwrap(),
        to: Month::read(to).unwrap(),
        ..FiguresQuery::last_year(on(12, 31))
    }
}

async fn figures(world: &World, now: Moment) -> FigureSet {
    let office = crate::office::Actor {
        role: Role::GovernmentOffice,
        ..world.company.clone()
    };
    let query = of_2026("2026-09", "2026-12");
    let found = world.office.figures(&office, &query, now).await.unwrap();
    assert_eq!(found.owed, 0, "figures are written with their entries");
    found.total
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_written_with_the_entry_that_they_follow_from() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Xihu])).await;
    let site = world.filing(project, "site-selection").await;
    assert!(figures(&world, at(9, 2)).await.is_empty());
    world.go(&site, &[(EventKind::Submitted, (9, 2))]).await;
    let set = figures(&world, at(9, 2)).await;
    assert_eq!((set.filed, set.accepted), (1, 0));
    // Silence accepts when the fifth working day has passed, as of the day of handing in.
    assert_eq!(figures(&world, at(9, 9)).await.accepted, 0);
    let set = figures(&world, at(9, 10)).await;
    assert_eq!((set.accepted, set.accepted_by_silence), (1, 1));
    world.go(&site, &[(EventKind::Granted, (9, 14))]).await;
    let set = figures(&world, at(9, 14)).await;
    let used = Spread {
        n: 1,
        median: 8,
        p90: 8,
    };
    assert_eq!((set.decided, set.used), (1, Some(used)));
    assert_eq!(set.on_time_per_mille(), Some(1000));
    assert_eq!(set.projects.unwrap().finished, 0);
    world.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_typed_late_are_those_of_the_list() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Mingshan])).await;
    world.file_jointly(project, on(9, 28)).await.unwrap();
    let office = world.hire("office", Role::GovernmentOffice).await;
    let query = Default::default();
    let list = world.office.late_entries(&office, &query).await.unwrap();
    let set = figures(&world, at(9, 30)).await;
    assert!(list.page.total > 0);
    assert_eq!(set.typed_late, list.page.total);
    assert_eq!(set.filed, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_see_figures_is_refused_and_a_range_must_be_one() {
    let world = World::new().await;
    let query = of_2026("2026-09", "2026-12");
    let now = at(9, 30);
    let refused = world.office.figures(&world.company, &query, now).await;
    assert!(matches!(refused, Err(OfficeError::Forbidden(_))));
    let keeper = &world.administrator;
    assert!(world.office.figures(keeper, &query, now).await.is_ok());
    let officer = actor(Role::Officer {
        bureau: BureauId(2),
    });
    let other = FiguresQuery {
        bureau: Some(BureauId(1)),
        ..query.clone()
    };
    let hidden = world.office.figures(&officer, &other, now).await;
    assert!(matches!(hidden, Err(OfficeError::NotFound(_))));
    let own = world.office.figures(&officer, &query, now).await.unwrap();
    assert!(own.own && own.bureaus.is_empty());
    // The running month ends today.
    assert_eq!(
        (own.last, own.asked.to.to_string()),
        (on(9, 30), "2026-09".to_owned())
    );
    for (from, to) in [
        ("2026-10", "2026-12"),
        ("2026-09", "2026-08"),
        ("2021-09", "2026-09"),
    ] {
        let wrong = world.office.figures(keeper, &of_2026(from, to), now).await;
        assert!(matches!(wrong, Err(OfficeError::Invalid(_))), "{from} {to}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_that_the_ledger_does_not_give_are_named() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Xihu])).await;
    let site = world.filing(project, "site-selection").await;
    world.grant(&site, [2, 3, 10]).await;
    let filing: Filing = world.filing(project, "site-selection").await;
    let tx = world.office.store.begin().await.unwrap();
    let row = crate::store::FigureRow::of(&filing, Default::default());
    tx.write_figures(&[row]).await.unwrap();
    tx.commit().await.unwrap();
    let report = world.office.verify().await.unwrap();
    let fields: Vec<&str> = report.differences.iter().map(|d| &*d.field).collect();
    assert_eq!(fields, ["figures"]);
    // What is owed is no difference, and is mended.
    let tx = world.office.store.begin().await.unwrap();
    tx.owe_figures(on(9, 1)).await.unwrap();
    tx.commit().await.unwrap();
    let report = world.office.verify().await.unwrap();
    assert_eq!((report.differences.len(), report.figures_owed), (0, 1));
    assert_eq!(world.office.catch_up_figures().await.unwrap(), 1);
    world.assert_sound().await;
    assert_eq!(world.office.verify().await.unwrap().figures_owed, 0);
}
