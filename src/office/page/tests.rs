use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::super::Actor;
use super::super::model::{ActForm, StepPage};
use super::case::Case;
use super::step;
use crate::statute::calendar::{Calendar, date};
use crate::statute::clock::{self, Event, EventKind, Status};
use crate::statute::division::County;
use crate::statute::plan::facts::Volts;
use crate::statute::plan::route::{RouteKey, route};
use crate::statute::plan::{BureauKind, Level, Plan, ProjectFacts};
use crate::store::Details;
use crate::store::record::{Bureau, Entry, Filing, Project, Role, Standing};
use crate::store::{BureauId, FilingId, PersonId, ProjectId};

/// A 220 kV line over two counties with its ledgers, as the store would give them.
struct Sample {
    project: Project,
    filings: Vec<Filing>,
    ledgers: BTreeMap<FilingId, Vec<Entry>>,
    bureaus: HashMap<BureauId, Bureau>,
}

type Told<'t> = (&'t str, Option<County>, Vec<Event>);

fn event(month: u32, day: u32, kind: EventKind) -> Event {
    Event {
        on: date(2026, month, day),
        kind,
    }
}

fn entry(seq: u32, event: Event, recorded_at: &str, actor: Option<PersonId>) -> Entry {
    Entry {
        seq,
        event,
        note: None,
        details: Details::default(),
        actor,
        actor_name: "某人".to_owned(),
        recorded_at: recorded_at.parse().unwrap(),
        hash: "0123456789abcdef".to_owned(),
    }
}

fn sample(told: &[Told<'_>]) -> Sample {
    let facts = ProjectFacts {
        voltage: Volts(220_000),
        counties: vec![County::Mingshan, County::BenxiCounty],
        new_land: true,
        ..ProjectFacts::default()
    };
    let plan = Plan::built_in();
    let mut sample = Sample {
        project: Project {
            id: ProjectId(1),
            name: "桥北220千伏输变电工程".to_owned(),
            code: None,
            facts: facts.clone(),
            plan_hash: plan.hash.clone(),
            created_by: PersonId(1),
            created_on: date(2026, 3, 2),
        },
        filings: Vec::new(),
        ledgers: BTreeMap::new(),
        bureaus: HashMap::new(),
    };
    for (at, step) in route(plan, &facts).unwrap().steps.iter().enumerate() {
        let id = FilingId(at as i64 + 1);
        let events = told
            .iter()
            .find(|(name, county, _)| *name == step.key.step.as_str() && *county == step.key.county)
            .map_or(Vec::new(), |(_, _, events)| events.clone());
        let bureau = BureauId(step.key.county.map_or(100, |c| 101 + c as i64));
        sample.bureaus.entry(bureau).or_insert_with(|| Bureau {
            id: bureau,
            kind: BureauKind::NaturalResources,
            level: step.key.county.map_or(Level::City, |_| Level::County),
            county: step.key.county,
            name: format!("自然资源局{bureau}"),
        });
        sample.filings.push(Filing {
            id,
            project: ProjectId(1),
            step: step.key.step.clone(),
            county: step.key.county,
            bureau,
            seq: events.len() as u32,
            last_on: events.last().map(|e| e.on),
            submitted_on: events.first().map(|e| e.on),
            turning: clock::turning(step.step, &facts, &events, Calendar::official()).unwrap(),
            ready: false,
            run: 1,
            succeeds: None,
            standing: Standing::Current,
            decided_under: None,
            officer: None,
        });
        let entries = events
            .into_iter()
            .zip(1..)
            .map(|(e, seq)| entry(seq, e, "2026-03-02T01:00:00Z", Some(PersonId(1))))
            .collect();
        sample.ledgers.insert(id, entries);
    }
    sample
}

fn case(sample: &Sample, today: NaiveDate) -> Case<'_> {
    let plan = Plan::built_in();
    Case {
        plan,
        project: &sample.project,
        route: route(plan, &sample.project.facts).unwrap(),
        filings: &sample.filings,
        today,
        calendar: Calendar::official(),
    }
}

fn key(step: &str, county: Option<County>) -> RouteKey {
    RouteKey {
        step: step.into(),
        county,
    }
}

fn actor(role: Role) -> Actor {
    Actor {
        id: PersonId(1),
        login: "a".to_owned(),
        name: "a".to_owned(),
        role,
        bureau: None,
        lead: false,
    }
}

fn step_page(
    sample: &Sample,
    role: Role,
    step: &str,
    county: Option<County>,
    today: NaiveDate,
) -> StepPage {
    let case = case(sample, today);
    let filing = case.filing(&key(step, county)).unwrap();
    let entries = &sample.ledgers[&filing.id];
    step::page(
        &actor(role),
        &case,
        filing,
        entries,
        &sample.bureaus,
        (Vec::new(), Vec::new()),
        None,
    )
    .unwrap()
}

fn codes(page: &StepPage) -> Vec<(&str, bool)> {
    page.acts
        .iter()
        .map(|act| (act.kind.code(), act.primary))
        .collect()
}

/// Granted within March 2026 after the county's opinion.
fn pre_review_granted() -> Vec<Told<'static>> {
    let review = |county| {
        let events = vec![
            event(3, 2, EventKind::Submitted),
            event(3, 3, EventKind::Accepted),
            event(3, 10, EventKind::Granted),
        ];
        ("county-initial-review", Some(county), events)
    };
    vec![
        review(County::Mingshan),
        review(County::BenxiCounty),
        (
            "land-pre-review",
            None,
            vec![
                event(3, 2, EventKind::Submitted),
                event(3, 3, EventKind::Accepted),
                event(3, 10, EventKind::CountyOpinionReceived),
                event(3, 12, EventKind::Granted),
            ],
        ),
    ]
}

#[test]
fn the_joint_filing_takes_every_county_and_the_city_while_all_are_drafts() {
    let fresh = sample(&[]);
    let joint = case(&fresh, date(2026, 3, 2)).joint_filing().unwrap();
    assert_eq!(
        joint.names,
        [
            "县(区)用地初审（明山区）",
            "县(区)用地初审（本溪满族自治县）",
            "市级用地预审"
        ]
    );
    assert!(joint.filings.iter().all(|(_, seen)| *seen == 0));

    let one_filed = sample(&[(
        "county-initial-review",
        Some(County::Mingshan),
        vec![event(3, 2, EventKind::Submitted)],
    )]);
    assert_eq!(case(&one_filed, date(2026, 3, 2)).joint_filing(), None);
}

#[test]
fn a_step_of_the_joint_filing_is_not_filed_alone() {
    let fresh = sample(&[]);
    let today = date(2026, 3, 2);
    let page = step_page(&fresh, Role::Company, "land-pre-review", None, today);
    assert!(codes(&page).iter().all(|(code, _)| *code != "submitted"));
    assert_eq!(page.joint.len(), 2);
    assert_eq!(
        page.opinions_missing,
        [County::Mingshan, County::BenxiCounty]
    );
    let page = step_page(&fresh, Role::Company, "site-selection", None, today);
    assert!(codes(&page).contains(&("submitted", true)));
    assert!(page.joint.is_empty() && page.opinions_missing.is_empty());
    assert_eq!(page.materials.len(), 4, "第3条 names four materials");
}

#[test]
fn a_step_waits_until_the_steps_ahead_are_granted() {
    let today = date(2026, 3, 20);
    let fresh = sample(&[]);
    let county = Some(County::Mingshan);
    let page = step_page(&fresh, Role::Company, "land-dossier", county, today);
    let names: Vec<&str> = page.waits_for.iter().map(|(_, n)| n.as_str()).collect();
    assert_eq!(names, ["市级用地预审"]);
    assert!(codes(&page).iter().all(|(code, _)| *code != "submitted"));

    let granted = sample(&pre_review_granted());
    let page = step_page(&granted, Role::Company, "land-dossier", county, today);
    assert!(page.waits_for.is_empty());
    assert!(codes(&page).contains(&("submitted", true)));
    let city = step_page(&granted, Role::Company, "land-pre-review", None, today);
    assert!(city.acts.is_empty(), "nothing follows a decision");
    assert!(city.opinions_missing.is_empty());
}

#[test]
fn the_form_of_an_act_carries_the_steps_own_figures() {
    let running = sample(&[(
        "site-selection",
        None,
        vec![
            event(3, 2, EventKind::Submitted),
            event(3, 3, EventKind::Accepted),
        ],
    )]);
    let bureau = Role::Officer {
        bureau: BureauId(100),
    };
    let page = step_page(&running, bureau, "site-selection", None, date(2026, 3, 4));
    assert_eq!(page.reading.status, Status::Running);
    assert_eq!(
        page.acts[0].kind,
        EventKind::Granted,
        "the natural act first"
    );
    assert!(page.acts[0].primary);
    assert_eq!(page.acts.iter().filter(|act| act.primary).count(), 1);
    let form = |code: &str| {
        let act = page.acts.iter().find(|act| act.kind.code() == code);
        act.unwrap_or_else(|| panic!("{code} is open")).form.clone()
    };
    assert_eq!(
        form("extended"),
        ActForm::Days {
            min: 1,
            max: Some(10),
            proposed: 10
        }
    );
    assert!(matches!(form("suspended"), ActForm::Ground(grounds) if grounds.len() == 8));
    assert_eq!(form("denied"), ActForm::Plain);
}

#[test]
fn what_is_known_counts_a_passed_due_date_as_today() {
    let overdue = sample(&[
        (
            "site-selection",
            None,
            vec![
                event(3, 2, EventKind::Submitted),
                event(3, 3, EventKind::Accepted),
            ],
        ),
        pre_review_granted().swap_remove(0),
    ]);
    let case = case(&overdue, date(2026, 4, 15));
    let known = case.known();
    assert_eq!(known.len(), 2);
    let site = known
        .iter()
        .find(|k| k.key == key("site-selection", None))
        .unwrap();
    assert_eq!(
        (site.ended_on, site.due_on),
        (None, Some(date(2026, 4, 15)))
    );
    let review = known.iter().find(|k| k.key.county.is_some()).unwrap();
    assert_eq!(
        (review.ended_on, review.due_on),
        (Some(date(2026, 3, 10)), None)
    );
}

#[test]
fn an_entry_written_down_more_than_a_day_later_is_marked() {
    let on = date(2026, 3, 2);
    let mut late = sample(&[(
        "site-selection",
        None,
        vec![event(3, 2, EventKind::Submitted)],
    )]);
    let id = case(&late, on)
        .filing(&key("site-selection", None))
        .unwrap()
        .id;
    // 3 March 17:00 UTC is 4 March 01:00 in Benxi.
    let typed = "2026-03-03T17:00:00Z";
    let submitted = event(3, 2, EventKind::Submitted);
    for (person, marked) in [(Some(PersonId(1)), true), (None, false)] {
        let entries = vec![entry(1, submitted.clone(), typed, person)];
        late.ledgers.insert(id, entries);
        let page = step_page(
            &late,
            Role::Company,
            "site-selection",
            None,
            date(2026, 3, 4),
        );
        let line = &page.ledger[0];
        // What the program enters by rule is nobody's late entry.
        assert_eq!((line.backdated, line.automatic), (marked, !marked));
        assert_eq!(line.hash, "01234567");
    }
}

#[test]
fn officers_see_projects_with_a_step_at_their_bureau() {
    let sample = sample(&[]);
    let sees = |role| super::sees(&actor(role), &sample.filings);
    assert!(
        sees(Role::Company)
            && sees(Role::GovernmentOffice)
            && sees(Role::DeputyMayor)
            && sees(Role::Administrator)
    );
    let officer = |bureau| Role::Officer {
        bureau: BureauId(bureau),
    };
    assert!(sees(officer(100)));
    assert!(!sees(officer(999)));
}
