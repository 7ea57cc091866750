use super::super::OfficeError;
use super::super::model::{FilingCard, TodoKind};
use super::super::seeded::{Seeded, actor, event, moment};
use super::todo;
use crate::statute::calendar::{Calendar, date};
use crate::statute::clock::{Event, EventKind, Status, Turning};
use crate::statute::division::County;
use crate::statute::plan::{BureauKind, Plan, ProjectFacts, StepId};
use crate::store::record::Role;
use crate::store::{FilingId, ProjectId};

/// A card on Thursday 15 October 2026.
fn card(id: i64, project: i64, step: &str, turning: Turning) -> FilingCard {
    let glance = turning.glance(date(2026, 10, 15), Calendar::official());
    FilingCard {
        id: FilingId(id),
        project: ProjectId(project),
        project_name: String::new(),
        step: StepId::from(step),
        step_name: String::new(),
        clause: 3,
        county: None,
        bureau_name: String::new(),
        submitted_on: None,
        answer_by: turning.deems_on.and_then(|on| on.pred_opt()),
        glance,
    }
}

fn plain(status: Status) -> Turning {
    Turning {
        status: Some(status),
        ..Turning::default()
    }
}

#[test]
fn the_filings_of_a_joint_action_are_one_todo() {
    let draft = || plain(Status::Draft);
    let ready = vec![
        card(1, 7, "county-initial-review", draft()),
        card(2, 7, "county-initial-review", draft()),
        card(3, 7, "land-pre-review", draft()),
        card(4, 7, "site-selection", draft()),
        card(5, 8, "land-pre-review", draft()),
    ];
    let correcting = vec![card(6, 9, "tree-felling", plain(Status::Correcting))];
    let todos = todo::todos(Plan::built_in(), correcting, ready);
    let shown: Vec<(TodoKind, i64)> = todos.iter().map(|t| (t.kind, t.card.id.0)).collect();
    assert_eq!(
        shown,
        [
            (TodoKind::Supplement, 6),
            (TodoKind::FileJointly, 3),
            (TodoKind::File, 4),
            (TodoKind::File, 5)
        ]
    );
}

/// One county, with the histories that fill each part of the city bureau's queue on 15 October 2026.
async fn seeded() -> Seeded {
    let seeded = Seeded::open().await;
    let facts = ProjectFacts {
        counties: vec![County::Mingshan],
        new_land: true,
        ..ProjectFacts::default()
    };
    let filed = |month, day| vec![event(month, day, EventKind::Submitted)];
    let with = |mut events: Vec<Event>, more: &[Event]| {
        events.extend_from_slice(more);
        events
    };
    let hearing = EventKind::Suspended {
        ground: "hearing".to_owned(),
    };
    let histories = [
        ("overdue", filed(9, 1)),
        ("silence", filed(9, 28)),
        ("awaiting", filed(10, 12)),
        ("awaiting sooner", filed(10, 9)),
        (
            "suspended",
            with(
                filed(10, 9),
                &[event(10, 10, EventKind::Accepted), event(10, 13, hearing)],
            ),
        ),
        (
            "correcting",
            with(
                filed(10, 9),
                &[event(10, 12, EventKind::MaterialsRequested)],
            ),
        ),
        ("untouched", Vec::new()),
    ];
    for (name, events) in histories {
        let told = [("site-selection", None, events)];
        seeded.project(name, &facts, &told).await;
    }
    seeded
}

#[tokio::test]
async fn a_bureaus_queue_is_parted_sorted_and_counted_alike() {
    let seeded = seeded().await;
    let city = seeded.bureau(BureauKind::NaturalResources, None);
    let officer = actor(Role::Officer { bureau: city });
    let at = moment(date(2026, 10, 15));
    let home = seeded.office.bureau_home(&officer, at).await.unwrap();
    let names = |cards: &[FilingCard]| -> Vec<String> {
        cards.iter().map(|c| c.project_name.clone()).collect()
    };
    assert_eq!(names(&home.awaiting), ["awaiting sooner", "awaiting"]);
    // Five working days after 9 October: 10 (made a working day), 12, 13, 14, 15.
    assert_eq!(home.awaiting[0].answer_by, Some(date(2026, 10, 15)));
    assert_eq!(names(&home.running), ["overdue", "silence"]);
    assert!(home.running[1].glance.deemed_accepted);
    assert_eq!(names(&home.paused), ["correcting", "suspended"]);
    let count = &home.count;
    assert_eq!(
        (
            count.overdue,
            count.near_due + count.in_time,
            count.awaiting
        ),
        (1, 1, 2)
    );
    assert_eq!((count.suspended, count.correcting), (1, 1));

    let county = seeded.bureau(BureauKind::NaturalResources, Some(County::Mingshan));
    let idle = actor(Role::Officer { bureau: county });
    let home = seeded.office.bureau_home(&idle, at).await.unwrap();
    assert_eq!(home.bureau.id, county);
    assert!(home.awaiting.is_empty() && home.running.is_empty());
}

#[tokio::test]
async fn the_company_is_told_supplements_first_and_joint_filings_once() {
    let seeded = seeded().await;
    let at = moment(date(2026, 10, 15));
    let company = actor(Role::Company);
    let home = seeded.office.company_home(&company, at).await.unwrap();
    let of = |kind| home.todos.iter().filter(move |t| t.kind == kind).count();
    assert_eq!(home.todos[0].kind, TodoKind::Supplement);
    assert_eq!(of(TodoKind::Supplement), 1);
    assert_eq!(of(TodoKind::FileJointly), 7, "one for each project");
    assert_eq!(of(TodoKind::File), 1, "the untouched site selection");
    assert_eq!(home.todo_total, home.todos.len() as u64);
    assert!(
        home.todos
            .iter()
            .filter(|t| t.kind == TodoKind::FileJointly)
            .all(|t| t.card.step.as_str() == "land-pre-review")
    );
    let late: Vec<&str> = home
        .overdue
        .iter()
        .map(|c| c.project_name.as_str())
        .collect();
    assert_eq!(late, ["overdue"]);
    assert_eq!((home.projects.len(), home.project_total), (7, 7));
    assert_eq!(home.projects[0].name, "untouched", "newest first");
}

#[tokio::test]
async fn a_home_is_for_its_own_role() {
    let seeded = Seeded::open().await;
    let at = moment(date(2026, 10, 15));
    let office = &seeded.office;
    let overseer = actor(Role::GovernmentOffice);
    let company = actor(Role::Company);
    assert!(office.office_home(&overseer, at).await.is_ok());
    let refused = |answer: Option<OfficeError>| matches!(answer, Some(OfficeError::Forbidden(_)));
    assert!(refused(office.company_home(&overseer, at).await.err()));
    assert!(refused(office.bureau_home(&company, at).await.err()));
    assert!(refused(office.office_home(&company, at).await.err()));
}

#[tokio::test]
async fn the_government_office_sees_the_most_overdue_bureau_first() {
    let seeded = seeded().await;
    let overseer = actor(Role::GovernmentOffice);
    let at = moment(date(2026, 10, 15));
    let home = seeded.office.office_home(&overseer, at).await.unwrap();
    assert_eq!(
        home.by_bureau.len(),
        1,
        "bureaus with nothing open are left out"
    );
    let row = &home.by_bureau[0];
    assert_eq!((row.overdue, row.law_overdue), (1, 1));
    assert_eq!(home.overdue.len() as u64, row.overdue);
    assert_eq!(home.near_due.len() as u64, row.near_due);
}
