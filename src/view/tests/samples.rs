//! Data for every template: one story, on Monday 2026-11-23.

mod board;
mod delegations;
mod materials;
mod moves;
mod offences;
mod people;
mod project;
mod supervision;

pub(super) use board::{board, empty_board, some_project};
pub(super) use delegations::{delegations, home_with_delegations};
pub(super) use materials::materials;
pub(super) use moves::{notice_form, notice_preview, step_choices, what_if, year_notices};
pub(super) use offences::{offence_form, offence_list, offence_page, offences_here};
pub(super) use people::{
    administrator, bureaus, city_land, company, officer, people, police, watcher,
};
pub(super) use project::{preview, project_page};
pub(super) use supervision::{inbox, notice, supervision_here, supervision_list};

use chrono::{DateTime, NaiveDate, Utc};

use crate::office::Details;
use crate::office::model::corrections::CorrectionsHere;
use crate::office::model::{
    ActForm, BureauCount, BureauHome, CompanyHome, FeesHere, FilingCard, LedgerLine, MaterialLine,
    OfficeHome, OpenAct, Page, ProjectCard, RunsHere, StepPage, Todo, TodoKind,
};
use crate::office::{Bureau, FilingId, ProjectId};
use crate::statute::calendar::{Calendar, date};
use crate::statute::clock::{self, Event, EventKind, Lamp, Status};
use crate::statute::division::County;
use crate::statute::plan::facts::{Volts, Works};
use crate::statute::plan::{Ground, Plan, ProjectFacts, Step};

pub(super) fn today() -> NaiveDate {
    date(2026, 11, 23)
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
        promises: Vec::new(),
        decisions_owed: Vec::new(),
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
        corrections: Vec::new(),
        bureau: city_land(),
        awaiting: by(|status| status == Status::Submitted),
        running: by(|status| status == Status::Running),
        paused: by(|status| matches!(status, Status::Suspended | Status::Waiting)),
        opinions_owed: Vec::new(),
        standing_in: Vec::new(),
        away: None,
        supervision: Default::default(),
        offences: Default::default(),
        decides: true,
        decisions_owed: Vec::new(),
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
        supervision: Default::default(),
    }
}

pub(super) fn page_of<T>(rows: Vec<T>) -> Page<T> {
    Page {
        total: 71,
        next: Some("2026-10-28.77".to_owned()),
        rows,
    }
}

pub(super) fn at(text: &str) -> DateTime<Utc> {
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
            corrected_by: None,
            seq,
            on: event.on,
            kind: event.kind.clone(),
            note: (seq == 1).then(|| "材料共12件,附图4张。".to_owned()),
            details: Details::default(),
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
        corrections: CorrectionsHere::default(),
        card: card_of(101, told, on),
        facts: facts(),
        materials: entry
            .materials
            .iter()
            .map(|material| MaterialLine {
                material: material.clone(),
                listed: true,
                missing: !material.optional,
                by_letter: false,
                files: Vec::new(),
            })
            .collect(),
        runs: RunsHere {
            run: 1,
            needed: true,
            ..RunsHere::default()
        },
        hand_in: Some(50 << 20),
        fees: FeesHere::default(),
        case_officer: None,
        beside: Default::default(),
        supervision: None,
        commitments: None,
        papers: Vec::new(),
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
