use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::statute::calendar::date;
use crate::statute::clock::{self, Event, EventKind, Reading};
use crate::statute::plan::{Plan, ProjectFacts, Step};

/// What a list shows, from the whole reading.
fn from_reading(reading: &Reading, day: NaiveDate) -> Glance {
    let law_passed = match (reading.status, &reading.law) {
        (_, None) => false,
        (Status::Waiting | Status::Running, Some(law)) => law.due_on.is_some_and(|due| due < day),
        (_, Some(law)) => law.overdue_by > 0,
    };
    Glance {
        status: reading.status,
        lamp: reading.lamp,
        due_on: reading.due_on,
        left: reading.left,
        overdue_by: reading.overdue_by,
        law_passed,
        provisional: reading.provisional,
        deemed_accepted: reading.deemed_accepted,
    }
}

fn assert_agree(step: &Step, facts: &ProjectFacts, events: &[Event], days: u64) {
    let calendar = Calendar::official();
    let turning = clock::turning(step, facts, events, calendar).unwrap();
    let first = events.last().map_or(date(2026, 1, 5), |e| e.on);
    for day in first.iter_days().take(days as usize) {
        let reading = clock::read(step, facts, events, day, calendar).unwrap();
        assert_eq!(
            turning.glance(day, calendar),
            from_reading(&reading, day),
            "{} on {day} after {events:?} with {turning:?}",
            step.id
        );
    }
}

/// Any kind of event; senseless ones are refused and so left out.
fn kind() -> impl Strategy<Value = EventKind> {
    prop_oneof![
        3 => Just(EventKind::Submitted),
        1 => Just(EventKind::MaterialsRequested),
        2 => Just(EventKind::Resubmitted),
        3 => Just(EventKind::Accepted),
        1 => Just(EventKind::Rejected),
        2 => Just(EventKind::CountyOpinionReceived),
        2 => (30_i64..50).prop_map(|days| EventKind::Announced { days }),
        3 => Just(EventKind::Suspended { ground: "hearing".to_owned() }),
        4 => Just(EventKind::Resumed),
        2 => (1_i64..=10).prop_map(|days| EventKind::Extended { days }),
        1 => Just(EventKind::Granted),
        1 => Just(EventKind::Denied),
        1 => Just(EventKind::Withdrawn),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// From the last event on, the columns say every day what the fold says.
    #[test]
    fn the_columns_say_what_the_clock_reads(
        step in 0_usize..64,
        green_hills in any::<bool>(),
        begin in 0_u64..700,
        told in prop::collection::vec((0_u64..25, kind()), 1..25),
    ) {
        let calendar = Calendar::official();
        let plan = Plan::built_in();
        let step = &plan.steps[step % plan.steps.len()];
        let facts = ProjectFacts { green_hills, ..ProjectFacts::default() };
        let mut on = date(2025, 1, 1) + Days::new(begin);
        let mut events: Vec<Event> = Vec::new();
        for (gap, kind) in told {
            let event = Event { on: on + Days::new(gap), kind };
            if clock::admit(step, &facts, &events, &event, calendar).is_ok() {
                on = event.on;
                events.push(event);
                assert_agree(step, &facts, &events, 12);
            }
        }
        assert_agree(step, &facts, &events, 120);
    }
}

#[test]
fn a_ledger_without_entries_is_a_draft() {
    let step = Plan::built_in().step("site-selection").unwrap();
    assert_agree(step, &ProjectFacts::default(), &[], 3);
}

/// Over the Qingming days of 2026: due Monday 30 March, suspended on 1 April with two days past,
/// running again on 8 April: 2, 3, 7 and 8 April stood still.
#[test]
fn days_that_stood_still_past_the_due_date_are_not_overdue() {
    let step = Plan::built_in().step("tree-felling").unwrap();
    let event = |day, month, kind| Event {
        on: date(2026, month, day),
        kind,
    };
    let hearing = EventKind::Suspended {
        ground: "hearing".to_owned(),
    };
    let events = [
        event(2, 3, EventKind::Submitted),
        event(2, 3, EventKind::Accepted),
        event(1, 4, hearing),
        event(8, 4, EventKind::Resumed),
    ];
    let calendar = Calendar::official();
    let facts = ProjectFacts::default();
    let paused = clock::turning(step, &facts, &events[..3], calendar).unwrap();
    let glance = paused.glance(date(2026, 4, 3), calendar);
    assert_eq!(
        (glance.status, glance.lamp),
        (Status::Suspended, Lamp::Paused)
    );
    assert_eq!((glance.left, glance.overdue_by), (Some(0), 2));

    let turning = clock::turning(step, &facts, &events, calendar).unwrap();
    let glance = turning.glance(date(2026, 4, 9), calendar);
    assert_eq!(glance.due_on, Some(date(2026, 3, 30)));
    assert_eq!((glance.lamp, glance.overdue_by), (Lamp::Red, 3));
    assert_agree(step, &facts, &events, 60);
}
