use chrono::Days;
use proptest::prelude::*;

use super::history::{Chosen, plausible, step, told};
use super::naive;
use crate::statute::calendar::{Calendar, date};
use crate::statute::clock::{self, Event, Reading, Refusal};
use crate::statute::plan::{ProjectFacts, Step};

fn plain(read: Result<Reading, Refusal>) -> Result<naive::Answer, (usize, &'static str)> {
    let reading = read.map_err(|refusal| (refusal.event, refusal.rule.code()))?;
    Ok(naive::Answer {
        status: reading.status.code(),
        accepted_on: reading.accepted_on,
        deemed_accepted: reading.deemed_accepted,
        started_on: reading.started_on,
        due_on: reading.due_on,
        used: reading.used,
        left: reading.left,
        lamp: reading.lamp.code(),
        overdue_by: reading.overdue_by,
        provisional: reading.provisional,
        law: reading.law.map(|law| (law.due_on, law.overdue_by)),
    })
}

fn agree(
    step: &Step,
    facts: &ProjectFacts,
    events: &[Event],
    as_of: chrono::NaiveDate,
) -> Result<(), TestCaseError> {
    let calendar = Calendar::official();
    prop_assert_eq!(
        plain(clock::read(step, facts, events, as_of, calendar)),
        naive::read(step, facts, events, as_of, calendar),
        "{} on {} after {:#?}",
        step.id,
        as_of,
        events
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is told, lawful or not, and whenever one asks.
    #[test]
    fn both_clocks_say_the_same_of_any_history(
        Chosen { step, facts } in step(),
        events in told(),
        later in prop::collection::vec(0_u64..90, 4),
    ) {
        let first = events.first().map_or(date(2026, 1, 5), |event| event.on);
        let last = events.last().map_or(first, |event| event.on);
        agree(step, &facts, &events, last)?;
        for days in later {
            agree(step, &facts, &events, first + Days::new(days))?;
            agree(step, &facts, &events, last + Days::new(days))?;
        }
    }

    /// Only what is admitted enters, so that long lawful histories are reached; every refusal on
    /// the way must be the other clock's too.
    #[test]
    fn both_clocks_admit_the_same_events_and_read_long_ledgers_alike(
        Chosen { step, facts } in step(),
        told in told(),
        more in prop::collection::vec((plausible(), 0_u64..9), 0..25),
    ) {
        let mut on = told.last().map_or(date(2025, 1, 2), |event| event.on);
        let more = more.into_iter().map(|(kind, gap)| {
            on = on + Days::new(gap);
            Event { on, kind }
        });
        let all: Vec<Event> = told.into_iter().chain(more).collect();
        let mut ledger: Vec<Event> = Vec::new();
        for event in all {
            ledger.push(event);
            let day = ledger[ledger.len() - 1].on;
            agree(step, &facts, &ledger, day)?;
            if clock::read(step, &facts, &ledger, day, Calendar::official()).is_err() {
                ledger.pop();
            }
        }
        if let Some(last) = ledger.last().map(|event| event.on) {
            for days in [1, 3, 8, 20, 45] {
                agree(step, &facts, &ledger, last + Days::new(days))?;
            }
        }
    }
}

/// Days are told in order above; here they are not.
#[test]
fn both_clocks_refuse_a_day_before_the_last_one() {
    let (calendar, facts) = (Calendar::official(), ProjectFacts::default());
    let step = crate::statute::plan::Plan::built_in()
        .step("site-selection")
        .unwrap();
    let event = |day, kind| Event {
        on: date(2026, 9, day),
        kind,
    };
    let events = [
        event(7, clock::EventKind::Submitted),
        event(9, clock::EventKind::Accepted),
        event(8, clock::EventKind::Unknown("lost".to_owned())),
    ];
    let read = plain(clock::read(
        step,
        &facts,
        &events,
        date(2026, 9, 30),
        calendar,
    ));
    assert_eq!(read, Err((2, "out-of-order")));
    assert_eq!(
        read,
        naive::read(step, &facts, &events, date(2026, 9, 30), calendar)
    );
}
