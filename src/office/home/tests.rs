use chrono::NaiveDate;

use super::super::model::{FilingCard, TodoKind};
use super::sort;
use crate::statute::calendar::{Calendar, date};
use crate::statute::clock::{Status, Turning};
use crate::statute::plan::{BureauKind, Level, Plan, StepId};
use crate::store::record::Bureau;
use crate::store::{BureauId, FilingId, ProjectId};

fn bureau() -> Bureau {
    Bureau {
        id: BureauId(1),
        kind: BureauKind::NaturalResources,
        level: Level::City,
        county: None,
        name: "本溪市自然资源局".to_owned(),
    }
}

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

fn running(due: NaiveDate, yellow: NaiveDate) -> Turning {
    Turning {
        status: Some(Status::Running),
        starts_on: Some(date(2026, 9, 1)),
        due_on: Some(due),
        red_on: due.succ_opt(),
        yellow_on: Some(yellow),
        ..Turning::default()
    }
}

fn submitted(deems_on: NaiveDate) -> Turning {
    Turning {
        status: Some(Status::Submitted),
        deems_on: Some(deems_on),
        starts_on: Some(date(2026, 9, 28)),
        due_on: Some(date(2026, 10, 30)),
        red_on: Some(date(2026, 10, 31)),
        yellow_on: Some(date(2026, 10, 23)),
        ..Turning::default()
    }
}

fn plain(status: Status) -> Turning {
    Turning {
        status: Some(status),
        ..Turning::default()
    }
}

#[test]
fn a_bureaus_queues_are_sorted_by_what_presses_most() {
    let suspended = Turning {
        status: Some(Status::Suspended),
        paused_left: Some(4),
        ..Turning::default()
    };
    let step = "site-selection";
    let cards = vec![
        card(1, 1, step, running(date(2026, 10, 30), date(2026, 10, 23))),
        card(2, 1, step, running(date(2026, 10, 13), date(2026, 10, 9))),
        card(3, 1, step, running(date(2026, 9, 30), date(2026, 9, 23))),
        card(4, 1, step, running(date(2026, 10, 16), date(2026, 10, 12))),
        card(
            5,
            1,
            step,
            Turning {
                untimed: true,
                due_on: None,
                red_on: None,
                ..running(date(2026, 9, 2), date(2026, 9, 2))
            },
        ),
        card(6, 1, step, submitted(date(2026, 10, 20))),
        card(7, 1, step, submitted(date(2026, 10, 17))),
        card(8, 1, step, submitted(date(2026, 10, 15))),
        card(9, 1, step, plain(Status::Correcting)),
        card(10, 1, step, suspended),
        card(11, 1, step, plain(Status::Waiting)),
    ];
    let home = sort::bureau_home(bureau(), cards);
    let ids = |cards: &[FilingCard]| cards.iter().map(|c| c.id.0).collect::<Vec<_>>();
    assert_eq!(ids(&home.awaiting), [7, 6], "by the last day to answer");
    assert_eq!(
        ids(&home.running),
        [3, 2, 4, 1, 8, 5],
        "longest overdue ahead; silence made 8 a running one; no limit last"
    );
    assert_eq!(ids(&home.paused), [10, 9, 11]);
    let count = home.count;
    assert_eq!(
        (count.overdue, count.near_due, count.in_time, count.untimed),
        (2, 1, 2, 1)
    );
    assert_eq!(
        (
            count.suspended,
            count.waiting,
            count.awaiting,
            count.correcting
        ),
        (1, 1, 2, 1)
    );
    assert_eq!(count.law_overdue, 0);
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
    let todos = sort::todos(Plan::built_in(), correcting, ready);
    let shown: Vec<(TodoKind, i64)> = todos.iter().map(|t| (t.kind, t.card.id.0)).collect();
    assert_eq!(
        shown,
        [
            (TodoKind::Supplement, 6),
            (TodoKind::FileJointly, 3),
            (TodoKind::File, 5),
            (TodoKind::File, 4)
        ]
    );
}
