use super::*;
use crate::statute::calendar::date;
use crate::statute::clock::{Event, EventKind, turning};
use crate::statute::division::County;
use crate::statute::plan::facts::{Volts, Works};

fn limit(step: &str, days: u32) -> Supposed {
    let step = StepId::from(step);
    Supposed::Limit { step, days }
}

fn accepted(on: NaiveDate) -> Vec<Event> {
    [EventKind::Submitted, EventKind::Accepted]
        .map(|kind| Event { on, kind })
        .to_vec()
}

fn read(plan: &Plan, step: &str, events: &[Event]) -> Turning {
    let step = plan.step(step).expect("a step");
    turning(step, &ProjectFacts::default(), events, Calendar::official()).expect("lawful")
}

#[test]
fn an_unchanged_limit_moves_nothing() {
    let plan = Plan::built_in();
    let events = accepted(date(2026, 9, 21));
    for step in plan.steps.iter().filter(|step| step.plan_limit.is_some()) {
        let days = step.limit().map_or(0, |limit| limit.days);
        let same = limit(step.id.as_str(), days);
        same.fits(plan).expect("fits");
        let id = step.id.as_str();
        let (before, after) = (
            read(plan, id, &events),
            read(&same.made_to(plan), id, &events),
        );
        let calendars = (Calendar::official(), Calendar::official());
        assert_eq!(
            shift(&before, &after, date(2026, 9, 28), calendars),
            None,
            "{id}"
        );
    }
}

#[test]
fn a_shorter_limit_moves_a_deadline_by_what_the_clock_says() {
    let plan = Plan::built_in();
    let calendar = Calendar::official();
    let events = accepted(date(2026, 9, 21));
    let days = plan
        .step("road-crossing")
        .and_then(Step::limit)
        .expect("a limit")
        .days;
    let shorter = limit("road-crossing", days - 2).made_to(plan);
    let (before, after) = (
        read(plan, "road-crossing", &events),
        read(&shorter, "road-crossing", &events),
    );
    let due = calendar.add_working_days(date(2026, 9, 21), days - 2);
    assert_eq!(after.due_on, Some(due));
    // On the day between the two it is late under the one and in time under the other.
    let today = before.due_on.expect("a due date");
    let moved = shift(&before, &after, today, (calendar, calendar)).expect("moves");
    assert_eq!(moved.effect, Effect::TurnsRed);
    assert_eq!((moved.now.lamp, moved.then.lamp), (Lamp::Yellow, Lamp::Red));
    let back = shift(&after, &before, today, (calendar, calendar)).expect("moves");
    assert_eq!(back.effect, Effect::LeavesRed);

    let granted = Event {
        on: today,
        kind: EventKind::Granted,
    };
    let events = [accepted(date(2026, 9, 21)), vec![granted]].concat();
    let (before, after) = (
        read(plan, "road-crossing", &events),
        read(&shorter, "road-crossing", &events),
    );
    let moved = shift(&before, &after, today, (calendar, calendar)).expect("moves");
    assert_eq!(moved.effect, Effect::TurnsLate);
}

#[test]
fn what_cannot_be_supposed_says_why() {
    let plan = Plan::built_in();
    let step = StepId::from("nowhere");
    assert_eq!(
        limit("nowhere", 5).fits(plan),
        Err(SupposedFault::NoStep(step))
    );
    assert_eq!(
        limit("road-crossing", 0).fits(plan),
        Err(SupposedFault::Days(0))
    );
    assert_eq!(
        limit("road-crossing", 366).fits(plan),
        Err(SupposedFault::Days(366))
    );
    let (step, ahead) = (StepId::from("road-crossing"), StepId::from("nowhere"));
    let parallel = Supposed::Parallel { step, ahead };
    assert!(matches!(
        parallel.fits(plan),
        Err(SupposedFault::NotWaiting { .. })
    ));
}

#[test]
fn a_step_made_parallel_waits_no_longer_and_never_ends_a_project_later() {
    let plan = Plan::built_in();
    let facts = ProjectFacts {
        voltage: Volts(220_000),
        works: Works::SubstationAndLine,
        counties: vec![County::Mingshan, County::BenxiCounty],
        new_land: true,
        forest_land: true,
        fells_trees: true,
        crosses_highway: true,
        ..ProjectFacts::default()
    };
    let mut shorter = 0;
    for step in &plan.steps {
        for wait in &step.waits_for {
            let supposed = Supposed::Parallel {
                step: step.id.clone(),
                ahead: wait.step.clone(),
            };
            supposed.fits(plan).expect("fits");
            let after = supposed.made_to(plan);
            let calendar = Calendar::official();
            let (now, then) = finishes((plan, &after), &facts, date(2026, 3, 2), calendar)
                .expect("a route")
                .expect("steps");
            assert!(then <= now, "{} without {}", step.id, wait.step);
            shorter += usize::from(then < now);
        }
    }
    assert!(shorter > 0, "some wait lies on the longest path");
}
