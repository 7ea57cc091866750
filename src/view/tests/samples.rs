//! Data for every template: one story, on Monday 2026-11-23.

use chrono::{DateTime, NaiveDate, Utc};

use crate::office::model::timeline::{Bar, Lane, Segment, SegmentKind, Timeline};
use crate::office::model::{
    ActForm, BureauCount, BureauHome, CompanyHome, FilingCard, JointFiling, LedgerLine, OfficeHome,
    OpenAct, Page, ProjectCard, ProjectPage, RouteLine, RoutePreview, SkippedStep, StepPage, Todo,
    TodoKind,
};
use crate::office::{Actor, Bureau, BureauId, FilingId, Person, PersonId, ProjectId, Role};
use crate::statute::calendar::{Calendar, date};
use crate::statute::clock::{self, Event, EventKind, Lamp, Status};
use crate::statute::division::County;
use crate::statute::forecast::{forecast, one_after_another};
use crate::statute::plan::facts::{Volts, Works};
use crate::statute::plan::route::{Exempt, Route, RouteStep, route};
use crate::statute::plan::{BureauKind, Ground, Level, Plan, ProjectFacts, Step};

pub(super) fn today() -> NaiveDate {
    date(2026, 11, 23)
}

pub(super) fn bureau(id: i64, kind: BureauKind, county: Option<County>, name: &str) -> Bureau {
    Bureau {
        id: BureauId(id),
        kind,
        level: county.map_or(Level::City, |_| Level::County),
        county,
        name: name.to_owned(),
    }
}

pub(super) fn city_land() -> Bureau {
    bureau(1, BureauKind::NaturalResources, None, "本溪市自然资源局")
}

pub(super) fn bureaus() -> Vec<Bureau> {
    vec![
        city_land(),
        bureau(2, BureauKind::Forestry, None, "本溪市林业和草原局"),
        bureau(3, BureauKind::Transport, None, "本溪市交通运输局"),
        bureau(
            4,
            BureauKind::NaturalResources,
            Some(County::BenxiCounty),
            "本溪满族自治县自然资源局",
        ),
    ]
}

fn actor(id: i64, login: &str, name: &str, role: Role) -> Actor {
    Actor {
        id: PersonId(id),
        login: login.to_owned(),
        name: name.to_owned(),
        bureau: matches!(role, Role::Officer { .. }).then(city_land),
        role,
    }
}

pub(super) fn company() -> Actor {
    actor(1, "gongdian", "王海", Role::Company)
}

pub(super) fn officer() -> Actor {
    let bureau = BureauId(1);
    actor(2, "zrzy", "李敏", Role::Officer { bureau })
}

pub(super) fn watcher() -> Actor {
    actor(3, "zfb", "赵立", Role::GovernmentOffice)
}

pub(super) fn administrator() -> Actor {
    actor(4, "admin", "孙晓", Role::Administrator)
}

pub(super) fn people() -> Vec<(Person, Option<Bureau>)> {
    [
        (administrator(), true),
        (company(), true),
        (officer(), true),
        (watcher(), false),
    ]
    .into_iter()
    .map(|(actor, active)| {
        let person = Person {
            id: actor.id,
            login: actor.login,
            name: actor.name,
            role: actor.role,
            active,
        };
        (person, actor.bureau)
    })
    .collect()
}

pub(super) fn facts() -> ProjectFacts {
    ProjectFacts {
        voltage: Volts(220_000),
        works: Works::SubstationAndLine,
        counties: vec![County::Mingshan, County::BenxiCounty],
        new_land: true,
        forest_land: true,
        fells_trees: true,
        crosses_highway: true,
        ..ProjectFacts::default()
    }
}

fn event(on: NaiveDate, kind: EventKind) -> Event {
    Event { on, kind }
}

/// A step that hangs in every state that lists show, with the ledger that brought it there.
pub(super) struct Told {
    pub(super) step: &'static str,
    pub(super) county: Option<County>,
    pub(super) events: Vec<Event>,
}

fn told(step: &'static str, county: Option<County>, events: Vec<Event>) -> Told {
    Told {
        step,
        county,
        events,
    }
}

/// Overdue past both limits, overdue past the plan's, due today, near, in time, suspended, waiting,
/// decided late, decided in time, untouched.
pub(super) fn ledgers() -> Vec<Told> {
    use EventKind::{Accepted, CountyOpinionReceived, Granted, Submitted};
    let run = |from: NaiveDate| vec![event(from, Submitted), event(from, Accepted)];
    let with = |mut events: Vec<Event>, more: Vec<Event>| {
        events.extend(more);
        events
    };
    vec![
        told("site-selection", None, run(date(2026, 9, 30))),
        told(
            "land-pre-review",
            None,
            with(
                run(date(2026, 11, 4)),
                vec![event(date(2026, 11, 9), CountyOpinionReceived)],
            ),
        ),
        told("tree-felling", None, run(date(2026, 10, 26))),
        told("planning-permit", None, run(date(2026, 10, 30))),
        told("road-crossing", None, run(date(2026, 11, 16))),
        told(
            "road-crossing",
            None,
            with(
                run(date(2026, 10, 28)),
                vec![event(
                    date(2026, 11, 11),
                    EventKind::Suspended {
                        ground: "expert-review".to_owned(),
                    },
                )],
            ),
        ),
        told("land-pre-review", None, run(date(2026, 11, 18))),
        told(
            "county-initial-review",
            Some(County::Mingshan),
            with(
                run(date(2026, 9, 1)),
                vec![event(date(2026, 10, 20), Granted)],
            ),
        ),
        told(
            "county-initial-review",
            Some(County::BenxiCounty),
            with(
                run(date(2026, 11, 2)),
                vec![event(date(2026, 11, 9), Granted)],
            ),
        ),
        told("forestry-dossier", None, vec![]),
        told(
            "site-selection",
            None,
            vec![event(date(2026, 11, 16), Submitted)],
        ),
        told("planning-permit", None, run(date(2026, 12, 18))),
    ]
}

pub(super) fn step(id: &str) -> &'static Step {
    Plan::built_in().step(id).expect("a step of the plan")
}

pub(super) fn card_of(number: i64, told: &Told, on: NaiveDate) -> FilingCard {
    let entry = step(told.step);
    let events: Vec<Event> = told.events.iter().filter(|e| e.on <= on).cloned().collect();
    let turning =
        clock::turning(entry, &facts(), &events, Calendar::official()).expect("a lawful ledger");
    let submitted = events
        .iter()
        .find(|e| e.kind == EventKind::Submitted)
        .map(|e| e.on);
    let waits = turning.status == Some(Status::Submitted);
    FilingCard {
        id: FilingId(number),
        project: ProjectId(1),
        project_name: "桥北220千伏输变电工程".to_owned(),
        step: entry.id.clone(),
        step_name: entry.name.clone(),
        clause: entry.clause,
        county: told.county,
        bureau_name: match told.county {
            Some(county) => format!("{}自然资源局", county.name()),
            None => "本溪市自然资源局".to_owned(),
        },
        submitted_on: submitted,
        answer_by: submitted
            .filter(|_| waits)
            .map(|day| Calendar::official().add_working_days(day, 5)),
        glance: turning.glance(on, Calendar::official()),
    }
}

/// Every told ledger as a list's row.
pub(super) fn cards() -> Vec<FilingCard> {
    ledgers()
        .iter()
        .zip(101..)
        .map(|(told, number)| {
            let mut card = card_of(number, told, today());
            if number % 3 == 0 {
                card.project_name = "偏岭66千伏输变电工程".to_owned();
            }
            card
        })
        .collect()
}

pub(super) fn project_card(id: i64, name: &str) -> ProjectCard {
    ProjectCard {
        id: ProjectId(id),
        name: name.to_owned(),
        code: (id == 1).then(|| "2020-210500-44-02-016343".to_owned()),
        volts: if id == 1 { 220_000 } else { 66_000 },
        counties: vec![County::Mingshan, County::BenxiCounty],
        created_on: date(2026, 8, 24),
        steps: 9,
        decided: if id == 3 { 9 } else { 2 },
        overdue: u32::from(id == 1) * 2,
        near_due: u32::from(id == 1),
        suspended: u32::from(id < 3),
    }
}

pub(super) fn project_cards() -> Vec<ProjectCard> {
    vec![
        project_card(1, "桥北220千伏输变电工程"),
        project_card(2, "偏岭66千伏输变电工程"),
        project_card(3, "林家66千伏输变电工程"),
        ProjectCard {
            steps: 0,
            decided: 0,
            suspended: 0,
            code: None,
            ..project_card(4, "金岭66千伏变电站出线改造工程(含电缆沟及配套通信光缆)")
        },
    ]
}

pub(super) fn of_lamp(lamp: Lamp) -> Vec<FilingCard> {
    cards()
        .into_iter()
        .filter(|card| card.glance.lamp == lamp)
        .collect()
}

pub(super) fn company_home() -> CompanyHome {
    let cards = cards();
    let find = |step: &str| {
        cards
            .iter()
            .find(|card| card.step.as_str() == step)
            .expect("a told step")
            .clone()
    };
    CompanyHome {
        todos: vec![
            Todo {
                kind: TodoKind::Supplement,
                card: find("tree-felling"),
            },
            Todo {
                kind: TodoKind::FileJointly,
                card: find("land-pre-review"),
            },
            Todo {
                kind: TodoKind::File,
                card: find("forestry-dossier"),
            },
        ],
        todo_total: 61,
        overdue: of_lamp(Lamp::Red),
        projects: project_cards(),
        project_total: 27,
    }
}

pub(super) fn bureau_count(bureau: Bureau, scale: u64) -> BureauCount {
    BureauCount {
        bureau,
        overdue: 2 * scale,
        law_overdue: scale,
        near_due: scale,
        in_time: 3 * scale,
        suspended: 1,
        waiting: 1,
        untimed: 0,
        awaiting: 2,
        correcting: 1,
    }
}

pub(super) fn bureau_home() -> BureauHome {
    let cards = cards();
    let by = |keep: fn(Status) -> bool| -> Vec<FilingCard> {
        cards
            .iter()
            .filter(|card| keep(card.glance.status))
            .cloned()
            .collect()
    };
    BureauHome {
        bureau: city_land(),
        awaiting: by(|status| status == Status::Submitted),
        running: by(|status| status == Status::Running),
        paused: by(|status| matches!(status, Status::Suspended | Status::Waiting)),
        count: bureau_count(city_land(), 1),
    }
}

pub(super) fn office_home() -> OfficeHome {
    OfficeHome {
        by_bureau: bureaus()
            .into_iter()
            .zip([4, 2, 1, 0])
            .map(|(bureau, scale)| bureau_count(bureau, scale))
            .collect(),
        overdue: of_lamp(Lamp::Red),
        near_due: of_lamp(Lamp::Yellow),
    }
}

pub(super) fn page_of<T>(rows: Vec<T>) -> Page<T> {
    Page {
        total: 71,
        next: Some("2026-10-28.77".to_owned()),
        rows,
    }
}

fn line(route: &Route<'_>, step: &RouteStep<'_>, number: i64) -> RouteLine {
    let reckoned = forecast(route, &[], today(), Calendar::official());
    let planned = reckoned
        .steps
        .iter()
        .find(|planned| planned.key == step.key)
        .expect("every step is planned")
        .clone();
    let told = ledgers()
        .into_iter()
        .find(|told| told.step == step.key.step.as_str() && told.county == step.key.county)
        .unwrap_or_else(|| told("blueprint-change", step.key.county, vec![]));
    let mut card = card_of(number, &told, today());
    card.step_name = step.step.name.clone();
    RouteLine {
        step: step.key.step.clone(),
        name: step.step.name.clone(),
        clause: step.step.clause,
        county: step.key.county,
        bureau_name: card.bureau_name.clone(),
        plan_days: step.step.plan_limit.as_ref().map(|limit| limit.days),
        law_days: step.step.law_limit.as_ref().map(|limit| limit.days),
        limit_source: step.step.limit().map(|limit| limit.source.cite.clone()),
        waits_for: step
            .waits_for
            .iter()
            .map(|key| self::step(key.step.as_str()).name.clone())
            .collect(),
        fileable: card.glance.status == Status::Draft && step.waits_for.is_empty(),
        from: Some(planned.from),
        to: Some(planned.to),
        critical: planned.critical,
        untimed: planned.untimed,
        card: Some(card),
    }
}

fn skipped(steps: &[Exempt<'_>]) -> Vec<SkippedStep> {
    steps
        .iter()
        .map(|exempt| SkippedStep {
            name: exempt.step.name.clone(),
            clause: exempt.step.clause,
            reason: exempt.reason.clone(),
            source: exempt.source.map(|source| source.cite.clone()),
        })
        .collect()
}

pub(super) fn preview(facts: &ProjectFacts) -> RoutePreview {
    let route = route(Plan::built_in(), facts).expect("facts that hold together");
    RoutePreview {
        lines: route
            .steps
            .iter()
            .map(|step| RouteLine {
                card: None,
                ..line(&route, step, 0)
            })
            .collect(),
        exempt: skipped(&route.exempt),
        not_needed: skipped(&route.not_needed),
        forecast: forecast(&route, &[], today(), Calendar::official()),
        one_after_another: one_after_another(&route, today(), Calendar::official()),
    }
}

fn segment(from: NaiveDate, to: NaiveDate, kind: SegmentKind) -> Segment {
    Segment { from, to, kind }
}

fn bars(line: &RouteLine) -> Bar {
    use SegmentKind::{
        Ahead, Correcting, Forecast, Overdue, Running, Submitted, Suspended, Waiting,
    };
    let card = line.card.as_ref().expect("a project's line has a filing");
    let glance = card.glance;
    let begun = card.submitted_on;
    let segments = match (begun, glance.lamp, glance.due_on) {
        (Some(from), Lamp::Red, Some(due)) => vec![
            segment(from, due, Running),
            segment(due.succ_opt().unwrap_or(due), today(), Overdue),
        ],
        (Some(from), Lamp::Paused, _) => vec![
            segment(from, date(2026, 11, 10), Running),
            segment(date(2026, 11, 11), today(), Suspended),
        ],
        (Some(from), Lamp::Done | Lamp::Late, _) => {
            vec![segment(from, date(2026, 11, 9), Running)]
        }
        (Some(from), _, Some(due)) => vec![
            segment(from, date(2026, 11, 6), Submitted),
            segment(date(2026, 11, 7), date(2026, 11, 10), Waiting),
            segment(date(2026, 11, 11), today(), Running),
            segment(date(2026, 11, 24), due.max(date(2026, 11, 27)), Ahead),
        ],
        (Some(from), _, None) => vec![segment(from, today(), Correcting)],
        (None, _, _) => vec![segment(
            line.from.expect("a forecast"),
            line.to.expect("a forecast"),
            Forecast,
        )],
    };
    Bar {
        filing: card.id,
        label: match line.county {
            Some(county) => format!(
                "{}（{}）",
                step(line.step.as_str()).short_name,
                county.name()
            ),
            None => step(line.step.as_str()).short_name.clone(),
        },
        status: glance.status,
        lamp: glance.lamp,
        segments,
        due_on: glance.due_on,
        law_due_on: (line.step.as_str() == "land-pre-review").then(|| date(2026, 12, 7)),
        decided_on: glance.status.is_decided().then(|| date(2026, 11, 9)),
        provisional: glance.provisional,
        critical: line.critical,
        untimed: line.untimed,
    }
}

pub(super) fn project_page() -> ProjectPage {
    let facts = facts();
    let route = route(Plan::built_in(), &facts).expect("facts that hold together");
    let lines: Vec<RouteLine> = route
        .steps
        .iter()
        .zip(101..)
        .map(|(step, number)| line(&route, step, number))
        .collect();
    let reckoned = forecast(&route, &[], today(), Calendar::official());
    let (from, to) = (date(2026, 8, 28), date(2027, 3, 20));
    let mut lanes: Vec<Lane> = Vec::new();
    for line in &lines {
        let bar = bars(line);
        match lanes
            .iter_mut()
            .find(|lane| lane.bureau_name == line.bureau_name)
        {
            Some(lane) => lane.bars.push(bar),
            None => lanes.push(Lane {
                bureau_name: line.bureau_name.clone(),
                bars: vec![bar],
            }),
        }
    }
    ProjectPage {
        card: project_card(1, "桥北220千伏输变电工程"),
        plan_version: Plan::built_in().version.clone(),
        plan_hash: Plan::built_in().hash.chars().take(12).collect(),
        exempt: vec![SkippedStep {
            name: "建设工程规划许可".to_owned(),
            clause: 7,
            reason: "10千伏以下的公共电网建设,为满足用户用电需求".to_owned(),
            source: Some("方案第15条".to_owned()),
        }],
        not_needed: skipped(&route.not_needed),
        joint: Some(JointFiling {
            filings: vec![(FilingId(101), 0), (FilingId(102), 0), (FilingId(103), 0)],
            names: vec![
                "县(区)用地初审(明山区)".to_owned(),
                "县(区)用地初审(本溪满族自治县)".to_owned(),
                "市级用地预审".to_owned(),
            ],
        }),
        may_file: true,
        timeline: Timeline {
            from,
            to,
            today: today(),
            rest_days: from
                .iter_days()
                .take_while(|day| *day <= to)
                .filter(|day| !Calendar::official().is_working(*day))
                .collect(),
            lanes,
            finish: reckoned.finish,
        },
        forecast: reckoned,
        lines,
        facts,
    }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// The page of a told step, with acts of every form.
pub(super) fn step_page(index: usize, on: NaiveDate) -> StepPage {
    let told = &ledgers()[index];
    let entry = step(told.step).clone();
    let reading = clock::read(&entry, &facts(), &told.events, on, Calendar::official())
        .expect("a lawful ledger");
    let mut ledger: Vec<LedgerLine> = told
        .events
        .iter()
        .zip(1..)
        .map(|(event, seq)| LedgerLine {
            seq,
            on: event.on,
            kind: event.kind.clone(),
            note: (seq == 1).then(|| "材料共12件,附图4张。".to_owned()),
            actor_name: "王海".to_owned(),
            recorded_at: at("2026-11-05T01:30:00Z"),
            automatic: event.kind == EventKind::CountyOpinionReceived,
            backdated: seq == 2,
            hash: "9f86d081884c".to_owned(),
        })
        .collect();
    if let Some(line) = ledger.last_mut().filter(|line| line.automatic) {
        line.actor_name = "按规则登记(方案第1条)".to_owned();
    }
    let act = |kind, form, primary| OpenAct {
        kind,
        form,
        primary,
    };
    StepPage {
        card: card_of(101, told, on),
        facts: facts(),
        materials: entry
            .materials
            .iter()
            .map(|material| material.name.clone())
            .collect(),
        seq: u32::try_from(ledger.len()).expect("a short ledger"),
        acts: vec![
            act(EventKind::Granted, ActForm::Plain, true),
            act(EventKind::Denied, ActForm::Plain, false),
            act(
                EventKind::Suspended {
                    ground: "hearing".to_owned(),
                },
                ActForm::Ground(Ground::ALL.to_vec()),
                false,
            ),
            act(
                EventKind::Extended { days: 10 },
                ActForm::Days {
                    min: 1,
                    max: Some(10),
                    proposed: 10,
                },
                false,
            ),
        ],
        step: entry,
        reading,
        ledger,
        waits_for: Vec::new(),
        joint: Vec::new(),
        opinions_missing: Vec::new(),
    }
}
