use super::super::model::{FilingCard, TodoKind};
use super::todo;
use crate::statute::calendar::{Calendar, date};
use crate::statute::clock::{Status, Turning};
use crate::statute::plan::{Plan, StepId};
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
