use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::history::{Chosen, any_day, hostile, step, told};
use crate::statute::calendar::{Calendar, date};
use crate::statute::clock::{Event, EventKind, Rule, Status, admit, open_acts, read, turning};
use crate::statute::plan::Plan;

/// The part of a history that the rules allow.
fn lawful(
    step: &crate::statute::plan::Step,
    facts: &crate::statute::plan::ProjectFacts,
    told: Vec<Event>,
) -> Vec<Event> {
    let mut ledger: Vec<Event> = Vec::new();
    for event in told {
        if admit(step, facts, &ledger, &event, Calendar::official()).is_ok() {
            ledger.push(event);
        }
    }
    ledger
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any order of any events with any numbers is answered.
    #[test]
    fn no_order_of_events_panics(
        Chosen { step, facts } in step(),
        events in prop::collection::vec((any_day(), hostile()), 0..12),
        sorted in any::<bool>(),
        as_of in prop_oneof![4 => any_day(), 1 => Just(NaiveDate::MAX), 1 => Just(NaiveDate::MIN)],
    ) {
        let calendar = Calendar::official();
        let mut events: Vec<Event> =
            events.into_iter().map(|(on, kind)| Event { on, kind }).collect();
        if sorted {
            events.sort_by_key(|event| event.on);
        }
        let _ = read(step, &facts, &events, as_of, calendar);
        open_acts(step, &facts, &events, as_of, calendar);
        if let Ok(turning) = turning(step, &facts, &events, calendar) {
            turning.glance(as_of, calendar);
        }
    }

    /// The same at the very ends of what a date can be, for ledgers that are lawful so far.
    #[test]
    fn the_ends_of_time_are_answered(
        Chosen { step, facts } in step(),
        kinds in prop::collection::vec(hostile(), 0..10),
        back in 0_u64..40,
    ) {
        let calendar = Calendar::official();
        let mut on = NaiveDate::MAX - Days::new(back);
        let mut ledger: Vec<Event> = Vec::new();
        for kind in [EventKind::Submitted, EventKind::Accepted].into_iter().chain(kinds) {
            let event = Event { on, kind };
            if let Ok(turning) = admit(step, &facts, &ledger, &event, calendar) {
                turning.glance(NaiveDate::MAX, calendar);
                ledger.push(event);
                on = on.checked_add_days(Days::new(3)).unwrap_or(NaiveDate::MAX);
            }
            let _ = read(step, &facts, &ledger, NaiveDate::MAX, calendar);
        }
    }

    /// Standing still for a while never brings the due date nearer, and moves it by just the
    /// working days that stood still.
    #[test]
    fn a_suspension_never_shortens_a_period(
        begin in 0_u64..1_000,
        after in 0_u64..40,
        still in 0_u64..60,
    ) {
        let calendar = Calendar::official();
        let step = Plan::built_in().step("planning-permit").unwrap();
        let facts = Default::default();
        let from = date(2024, 1, 2) + Days::new(begin);
        let (stop, go) = (from + Days::new(after), from + Days::new(after + still));
        let event = |on, kind| Event { on, kind };
        let mut events = vec![
            event(from, EventKind::Submitted),
            event(from, EventKind::Accepted),
        ];
        let without = read(step, &facts, &events, go, calendar).unwrap();
        events.push(event(stop, EventKind::Suspended { ground: "appraisal".to_owned() }));
        events.push(event(go, EventKind::Resumed));
        let with = read(step, &facts, &events, go, calendar).unwrap();
        let (due, moved) = (without.due_on.unwrap(), with.due_on.unwrap());
        prop_assert!(moved >= due);
        let stood = calendar.working_days_between(stop, go);
        let expected = if stop < due { stood } else { 0 };
        prop_assert_eq!(calendar.working_days_between(due, moved), expected);
        prop_assert!(with.overdue_by <= without.overdue_by);
        prop_assert_eq!(i64::from(without.used.unwrap() - with.used.unwrap()), stood);
    }

    /// With nothing recorded, days only use time up: `used` and `overdue_by` never fall, `left`
    /// never rises, the due date stays; and used and left add up to the limit until it is past.
    #[test]
    fn days_alone_only_use_time_up(Chosen { step, facts } in step(), told in told()) {
        let calendar = Calendar::official();
        let ledger = lawful(step, &facts, told);
        let first = ledger.last().map_or(date(2026, 1, 5), |event| event.on);
        let mut before = None;
        for day in first.iter_days().take(70) {
            let now = read(step, &facts, &ledger, day, calendar).unwrap();
            if now.status == Status::Running && now.due_on.is_some() {
                let (used, left) = (now.used.unwrap(), now.left.unwrap());
                prop_assert_eq!(used + left, now.limit.unwrap() + now.overdue_by);
                if let Some((due_on, was_used, was_left, was_over)) = before {
                    prop_assert_eq!(now.due_on, due_on);
                    prop_assert!(used >= was_used && left <= was_left);
                    prop_assert!(now.overdue_by >= was_over);
                }
                before = Some((now.due_on, used, left, now.overdue_by));
            }
        }
    }

    /// Reading stops at the first record later than the day asked about: neither it nor anything
    /// behind it reaches back, be it ever so senseless or dated before.
    #[test]
    fn nothing_from_the_first_later_record_on_changes_a_reading(
        Chosen { step, facts } in step(),
        told in told(),
        later in prop::collection::vec((hostile(), 0_u64..60), 1..5),
        days in 0_u64..30,
    ) {
        let calendar = Calendar::official();
        let mut ledger = lawful(step, &facts, told);
        let as_of = ledger.last().map_or(date(2026, 1, 5), |e| e.on) + Days::new(days);
        let before = read(step, &facts, &ledger, as_of, calendar);
        let mut on = as_of + Days::new(1);
        for (kind, back) in later {
            ledger.push(Event { on, kind });
            on = as_of + Days::new(1) - Days::new(back);
        }
        prop_assert_eq!(read(step, &facts, &ledger, as_of, calendar), before);
    }

    /// What a page offers is what would be admitted.
    #[test]
    fn the_open_acts_are_those_that_are_admitted(Chosen { step, facts } in step(), told in told(), days in 0_u64..20) {
        let calendar = Calendar::official();
        let ledger = lawful(step, &facts, told);
        let on = ledger.last().map_or(date(2026, 1, 5), |e| e.on) + Days::new(days);
        let open = open_acts(step, &facts, &ledger, on, calendar);
        for kind in &open {
            let event = Event { on, kind: kind.clone() };
            prop_assert!(admit(step, &facts, &ledger, &event, calendar).is_ok(), "{:?}", kind);
        }
        for kind in [EventKind::Submitted, EventKind::Accepted, EventKind::Resumed, EventKind::Granted, EventKind::Withdrawn] {
            let event = Event { on, kind: kind.clone() };
            let admitted = admit(step, &facts, &ledger, &event, calendar);
            prop_assert_eq!(open.contains(&kind), admitted.is_ok());
        }
    }

    /// Every running or ended clock with a due date says why, and its last dated reason that
    /// reckons is that date.
    #[test]
    fn the_reasons_end_at_the_due_date(Chosen { step, facts } in step(), told in told(), days in 0_u64..60) {
        let calendar = Calendar::official();
        let ledger = lawful(step, &facts, told);
        let as_of = ledger.last().map_or(date(2026, 1, 5), |e| e.on) + Days::new(days);
        let reading = read(step, &facts, &ledger, as_of, calendar).unwrap();
        prop_assert!(reading.because.iter().all(|b| !b.source.is_empty()));
        if let Some(due) = reading.due_on {
            let reckoned = ["limit", "extension", "suspension"];
            let last = reading.because.iter().rfind(|b| reckoned.contains(&b.rule));
            prop_assert_eq!(last.and_then(|b| b.date), Some(due));
        }
    }
}

#[test]
fn a_refusal_of_the_new_event_names_its_place_in_the_ledger() {
    let step = Plan::built_in().step("site-selection").unwrap();
    let (facts, calendar) = (Default::default(), Calendar::official());
    let on = date(2026, 9, 7);
    let ledger = [Event {
        on,
        kind: EventKind::Submitted,
    }];
    let again = Event {
        on,
        kind: EventKind::Submitted,
    };
    let refusal = admit(step, &facts, &ledger, &again, calendar).unwrap_err();
    assert_eq!((refusal.event, refusal.rule), (1, Rule::WrongState));
    assert!(!refusal.detail.is_empty());
}
