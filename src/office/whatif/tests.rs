use super::super::seeded::{Seeded, actor, event, moment};
use super::super::testing::on_new_land;
use super::*;
use crate::office::Role;
use crate::statute::calendar::{Calendar, date};
use crate::statute::clock::{Event, EventKind};
use crate::statute::division::County;
use crate::statute::whatif::Effect;

fn watcher() -> Actor {
    actor(Role::GovernmentOffice)
}

fn limit(step: &str, days: u32) -> Suppose {
    let step = StepId::from(step);
    Suppose::Limit { step, days }
}

fn run(month: u32, day: u32) -> Vec<Event> {
    vec![
        event(month, day, EventKind::Submitted),
        event(month, day, EventKind::Accepted),
    ]
}

fn granted(month: u32, day: u32, on: (u32, u32)) -> Vec<Event> {
    let mut events = run(month, day);
    events.push(event(on.0, on.1, EventKind::Granted));
    events
}

fn now_of(seeded: &Seeded, step: &str) -> u32 {
    let step = seeded.office.plan().step(step).and_then(Step::limit);
    step.expect("a limit").days
}

/// Two projects: one whose site selection runs, one in which it was decided with a day to spare.
async fn two() -> Seeded {
    let seeded = Seeded::open().await;
    let facts = on_new_land(&[County::Xihu]);
    let told = [("site-selection", None, run(9, 21))];
    seeded.project("在办", &facts, &told).await;
    let days = now_of(&seeded, "site-selection");
    let last = Calendar::official().add_working_days(date(2026, 9, 1), days - 1);
    use chrono::Datelike;
    let done = granted(9, 1, (last.month(), last.day()));
    seeded
        .project("办结", &facts, &[("site-selection", None, done)])
        .await;
    seeded
}

#[tokio::test]
async fn a_limit_that_stays_as_it_is_moves_nothing() {
    let seeded = two().await;
    let days = now_of(&seeded, "site-selection");
    let at = moment(date(2026, 9, 28));
    let found = seeded
        .office
        .what_if(&watcher(), &limit("site-selection", days), 1, at)
        .await
        .expect("tried");
    assert_eq!((found.moves.looked, found.moves.moved), (2, 0));
    assert_eq!(found.last_year[0].on_time, 1);
    assert_eq!(found.last_year[0].then, 1);
    assert_eq!(
        (found.spans.projects, found.spans.shorter, found.spans.saved),
        (2, 0, 0)
    );
}

#[tokio::test]
async fn a_shorter_limit_moves_running_deadlines_and_last_year_by_what_the_clock_says() {
    let seeded = two().await;
    let days = now_of(&seeded, "site-selection");
    let at = moment(date(2026, 9, 28));
    let found = seeded
        .office
        .what_if(&watcher(), &limit("site-selection", days - 2), 1, at)
        .await
        .expect("tried");
    assert_eq!((found.moves.looked, found.moves.moved), (2, 2));
    let due = Calendar::official().add_working_days(date(2026, 9, 21), days - 2);
    let running = found
        .moves
        .rows
        .iter()
        .find(|row| row.card.project_name == "在办");
    assert_eq!(running.expect("runs").shift.after.due_on, Some(due));
    // The decided one kept its limit with one day to spare, and would have missed a shorter one.
    assert_eq!(found.moves.of(Effect::TurnsLate), 1);
    let all = &found.last_year[0];
    assert_eq!((all.decided, all.on_time, all.then), (1, 1, 0));
    assert_eq!(found.last_year[1].decided, 1, "of one bureau");
    // Nothing was stored.
    let report = seeded.office.verify().await.expect("a report");
    assert_eq!(report.differences, []);
}

#[tokio::test]
async fn what_was_decided_more_than_a_year_ago_is_not_looked_at() {
    let seeded = two().await;
    let at = moment(date(2027, 10, 20));
    let found = seeded
        .office
        .what_if(&watcher(), &limit("site-selection", 1), 1, at)
        .await
        .expect("tried");
    assert_eq!(found.moves.looked, 1, "only the one that still runs");
    assert_eq!(found.last_year[0].decided, 0);
    assert_eq!(found.spans.projects, 0);
}

#[tokio::test]
async fn a_step_made_parallel_moves_no_deadline_and_could_be_filed_at_once() {
    let seeded = two().await;
    let plan = seeded.office.plan();
    let facts = on_new_land(&[County::Xihu]);
    let own = crate::statute::plan::route::route(plan, &facts).expect("a route");
    let waiting = own.steps.iter().find(|step| step.waits_for.len() == 1);
    let waiting = waiting.expect("a step that waits for one other");
    let wish = Suppose::Parallel {
        step: waiting.key.step.clone(),
        ahead: waiting.waits_for[0].step.clone(),
    };
    let at = moment(date(2026, 9, 28));
    let found = seeded
        .office
        .what_if(&watcher(), &wish, 1, at)
        .await
        .expect("tried");
    assert_eq!((found.moves.looked, found.moves.moved), (0, 0));
    let (count, cards) = found.fileable.expect("a parallel step");
    let not_ready = |granted: bool| if granted { 1 } else { 2 };
    let opened = waiting.waits_for[0].step.as_str() == "site-selection";
    assert_eq!(count, not_ready(opened));
    assert_eq!(u64::try_from(cards.len()), Ok(count));
    assert_eq!(found.spans.longer, 0);
    assert_eq!(found.spans.projects, 2);
}

#[tokio::test]
async fn a_pasted_catalogue_is_refused_by_line_and_the_same_one_moves_nothing() {
    let seeded = two().await;
    let at = moment(date(2026, 9, 28));
    let text = include_str!("../../statute/plan/benxi-2020-24.toml");
    let same = Suppose::Catalogue(text.to_owned());
    let found = seeded
        .office
        .what_if(&watcher(), &same, 1, at)
        .await
        .expect("tried");
    assert_eq!((found.moves.looked, found.moves.moved), (2, 0));
    let broken = Suppose::Catalogue(text.replacen("clause = ", "clause = x", 1));
    let refused = seeded.office.what_if(&watcher(), &broken, 1, at).await;
    let Err(OfficeError::Invalid(faults)) = refused else {
        panic!("expected faults, got {refused:?}");
    };
    assert!(
        faults.iter().all(|fault| fault.message.starts_with('第')),
        "{faults:?}"
    );
}

#[tokio::test]
async fn only_the_government_office_supposes() {
    let seeded = two().await;
    let at = moment(date(2026, 9, 28));
    for role in [Role::Company, Role::Administrator, Role::DeputyMayor] {
        let wish = limit("site-selection", 5);
        let refused = seeded.office.what_if(&actor(role), &wish, 1, at).await;
        assert!(
            matches!(refused, Err(OfficeError::Forbidden(_))),
            "{role:?}"
        );
    }
}
