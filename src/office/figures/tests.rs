//! The figures reckoned a second way: from the raw ledgers, a day at a time, without the fold.

use chrono::Days;

use super::super::seeded::{Seeded, Told, actor, moment};
use super::super::testing::{World, at, on, on_new_land};
use super::*;
use crate::office::{BureauId, ProjectId};
use crate::statute::calendar::{Calendar, date};
use crate::statute::clock::{self, Event, EventKind};
use crate::statute::division::County;
use crate::statute::figures::Spread;
use crate::statute::plan::route::route;
use crate::statute::plan::{ProjectFacts, Starter, Step};
use crate::store::record::{Filing, standing_events};

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

/// What one ledger gives, counted day by day.
#[derive(Debug, Default)]
struct Naive {
    filed: Option<NaiveDate>,
    accepted: Option<(NaiveDate, bool)>,
    ended: Option<(NaiveDate, Status)>,
    used: Option<u32>,
    late: bool,
    last_day: bool,
    suspended_days: u64,
    waited_days: u64,
    /// Day, on the due date, after it.
    suspensions: Vec<(NaiveDate, bool, bool)>,
}

fn working(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let days = from.iter_days().skip(1).take_while(move |day| *day <= to);
    days.filter(|day| Calendar::official().is_working(*day))
}

/// The fifth working day after `on` is the last on which an answer is in time.
fn answer_by(on: NaiveDate) -> NaiveDate {
    working(on, on + Days::new(60)).nth(4).unwrap()
}

impl Naive {
    fn of(step: &Step, facts: &ProjectFacts, events: &[Event], today: NaiveDate) -> Naive {
        let mut naive = Naive::default();
        let (mut pending, mut opinion, mut announced) = (None, None, None);
        let mut pauses: Vec<(NaiveDate, NaiveDate)> = Vec::new();
        let (mut paused, mut limit) = (None, None);
        if !step.is_untimed(facts) {
            limit = step.limit().map(|limit| limit.days);
        }
        let end = Event {
            on: today,
            kind: EventKind::Unknown("end".to_owned()),
        };
        for event in events.iter().chain([&end]) {
            if let Some(day) = pending.filter(|day| event.on > answer_by(*day)) {
                naive.accepted = Some((day, true));
                pending = None;
            }
            match &event.kind {
                EventKind::Submitted => {
                    naive.filed = Some(event.on);
                    pending = Some(event.on);
                }
                EventKind::Resubmitted => pending = Some(event.on),
                EventKind::MaterialsRequested => pending = None,
                EventKind::Accepted => {
                    naive.accepted = Some((event.on, false));
                    pending = None;
                }
                EventKind::CountyOpinionReceived => opinion = Some(event.on),
                EventKind::Announced { .. } => {
                    let expires = event.on + Days::new(30);
                    let open = |day: &NaiveDate| Calendar::official().is_working(*day);
                    announced = expires.iter_days().find(open);
                }
                EventKind::Suspended { .. } => {
                    paused = Some(event.on);
                    let start = naive.start(step, opinion, announced).unwrap();
                    let due = limit.map(|limit| due(start, limit, &pauses));
                    let said = (due == Some(event.on), due < Some(event.on) && due.is_some());
                    naive.suspensions.push((event.on, said.0, said.1));
                }
                EventKind::Resumed => pauses.push((paused.take().unwrap(), event.on)),
                EventKind::Extended { days } => {
                    limit = limit.map(|limit| limit + u32::try_from(*days).unwrap());
                }
                EventKind::Granted => naive.ended = Some((event.on, Status::Granted)),
                EventKind::Denied => naive.ended = Some((event.on, Status::Denied)),
                EventKind::Rejected => {
                    naive.ended = Some((event.on, Status::Rejected));
                    pending = None;
                }
                EventKind::Withdrawn => {
                    naive.ended = Some((event.on, Status::Withdrawn));
                    pending = None;
                }
                EventKind::Unknown(_) => {}
            }
            if naive.ended.is_some() {
                break;
            }
        }
        naive.suspended_days = pauses
            .iter()
            .map(|(from, to)| working(*from, *to).count() as u64)
            .sum();
        if step.starts.contains(&Starter::CountyOpinionReceived)
            && let (Some((accepted, _)), Some(opinion)) = (naive.accepted, opinion)
        {
            naive.waited_days = working(accepted, opinion).count() as u64;
        }
        let Some((ended, _)) = naive.ended else {
            return naive;
        };
        let start = naive.start(step, opinion, announced);
        if let (Some(start), Some(limit)) = (start.filter(|day| *day <= ended), limit) {
            let until = paused.unwrap_or(ended);
            let used = working(start, until).filter(|day| counts(*day, &pauses));
            naive.used = u32::try_from(used.count()).ok();
            if paused.is_none() {
                let due = due(start, limit, &pauses);
                naive.last_day = due == ended;
                naive.late = working(due, ended).any(|day| counts(day, &pauses));
            }
        }
        naive
    }

    fn start(
        &self,
        step: &Step,
        opinion: Option<NaiveDate>,
        announced: Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        let mut latest = self.accepted?.0;
        if step.starts.contains(&Starter::CountyOpinionReceived) {
            latest = latest.max(opinion?);
        }
        if step.starts.contains(&Starter::AnnouncementExpired) {
            latest = latest.max(announced?);
        }
        Some(latest)
    }
}

fn counts(day: NaiveDate, pauses: &[(NaiveDate, NaiveDate)]) -> bool {
    !pauses.iter().any(|(from, to)| *from < day && day <= *to)
}

fn due(start: NaiveDate, limit: u32, pauses: &[(NaiveDate, NaiveDate)]) -> NaiveDate {
    working(start, start + Days::new(900))
        .filter(|day| counts(*day, pauses))
        .nth(limit as usize - 1)
        .unwrap()
}

/// One ledger with where it belongs.
struct Kept {
    project: ProjectId,
    bureau: BureauId,
    step: String,
    naive: Naive,
    current: bool,
}

async fn ledgers(office: &Office, projects: &[ProjectId], today: NaiveDate) -> Vec<Kept> {
    let reader = office.store.reader();
    let mut kept = Vec::new();
    for project in projects {
        let facts = reader.project(*project).await.unwrap().unwrap().facts;
        let mut ledgers = reader.ledgers_of_project(*project).await.unwrap();
        for filing in reader.filings_of_project(*project).await.unwrap() {
            let entries = ledgers.remove(&filing.id).unwrap_or_default();
            let step = office.plan().step(filing.step.as_str()).unwrap();
            let events = standing_events(&entries);
            kept.push(Kept {
                project: *project,
                bureau: filing.bureau,
                step: filing.step.to_string(),
                current: filing.is_current(),
                naive: Naive::of(step, filing.facts(&facts), &events, today),
            });
        }
    }
    kept
}

/// Projects whose steps are all granted, as (finished, one after another, elapsed, idle).
fn finished(ledgers: &[Kept]) -> Vec<(NaiveDate, u64, u64, u64)> {
    let mut ids: Vec<ProjectId> = ledgers.iter().map(|one| one.project).collect();
    ids.dedup();
    let mut all = Vec::new();
    for id in ids {
        let of = ledgers
            .iter()
            .filter(|one| one.project == id && one.current);
        let spans: Option<Vec<(NaiveDate, NaiveDate)>> = of
            .map(|one| {
                let granted = one.naive.ended.filter(|ended| ended.1 == Status::Granted);
                Some((one.naive.filed?, granted?.0))
            })
            .collect();
        let Some(spans) = spans.filter(|spans| !spans.is_empty()) else {
            continue;
        };
        let first = spans.iter().map(|span| span.0).min().unwrap();
        let last = spans.iter().map(|span| span.1).max().unwrap();
        let in_hand = |day: NaiveDate| spans.iter().filter(|(a, b)| *a < day && day <= *b).count();
        let held: Vec<u64> = working(first, last)
            .map(|day| in_hand(day) as u64)
            .collect();
        let idle = held.iter().filter(|n| **n == 0).count() as u64;
        all.push((last, held.iter().sum(), held.len() as u64, idle));
    }
    all
}

/// The figures of the ledgers that `keep` lets through, on the days from `first` to `last`.
fn counted(
    ledgers: &[Kept],
    keep: &dyn Fn(&Kept) -> bool,
    (first, last): (NaiveDate, NaiveDate),
    whole: bool,
) -> FigureSet {
    let within = |day: NaiveDate| (first..=last).contains(&day);
    let mut set = FigureSet::default();
    let mut used = Vec::new();
    for one in ledgers.iter().filter(|one| keep(one)) {
        let naive = &one.naive;
        set.filed += u64::from(naive.filed.is_some_and(within));
        if let Some((_, silent)) = naive.accepted.filter(|(day, _)| within(*day)) {
            set.accepted += 1;
            set.accepted_by_silence += u64::from(silent);
        }
        for (_, on_due, after) in naive.suspensions.iter().filter(|one| within(one.0)) {
            set.suspensions += 1;
            set.suspensions_on_last_day += u64::from(*on_due);
            set.suspensions_after_due += u64::from(*after);
        }
        let Some((_, outcome)) = naive.ended.filter(|(day, _)| within(*day)) else {
            continue;
        };
        match outcome {
            Status::Granted => set.granted += 1,
            Status::Denied => set.denied += 1,
            Status::Withdrawn => {
                set.withdrawn += 1;
                set.withdrawn_late += u64::from(naive.late);
                continue;
            }
            _ => {
                set.rejected += 1;
                continue;
            }
        }
        set.decided += 1;
        set.suspended += u64::from(naive.suspended_days > 0);
        set.suspended_days += naive.suspended_days;
        set.waited += u64::from(naive.waited_days > 0);
        set.waited_days += naive.waited_days;
        match naive.used {
            None => set.without_limit += 1,
            Some(days) => {
                used.push(days);
                set.with_limit += 1;
                set.late += u64::from(naive.late);
                set.on_time += u64::from(!naive.late);
                set.on_last_day += u64::from(naive.last_day);
            }
        }
    }
    used.sort_unstable();
    let rank = |percent: usize| used[(used.len() * percent).div_ceil(100) - 1];
    set.used = (!used.is_empty()).then(|| Spread {
        n: used.len() as u64,
        median: rank(50),
        p90: rank(90),
    });
    set.projects = whole.then(|| {
        let mut projects = ProjectFigures::default();
        for (day, all, elapsed, idle) in finished(ledgers) {
            if within(day) {
                projects.finished += 1;
                projects.one_after_another += all;
                projects.elapsed += elapsed;
                projects.idle += idle;
            }
        }
        projects
    });
    set
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
