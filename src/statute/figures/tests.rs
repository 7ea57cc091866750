use super::*;
use crate::statute::calendar::date;
use crate::statute::plan::Plan;

fn on(month: u32, day: u32) -> NaiveDate {
    date(2026, month, day)
}

fn measured(step: &str, events: &[(EventKind, NaiveDate)]) -> Measure {
    let step = Plan::built_in().step(step).unwrap();
    let events: Vec<Event> = events
        .iter()
        .map(|(kind, on)| Event {
            on: *on,
            kind: kind.clone(),
        })
        .collect();
    let facts = ProjectFacts::default();
    measure(step, &facts, &events, Calendar::official()).unwrap()
}

fn hearing() -> EventKind {
    EventKind::Suspended {
        ground: "hearing".to_owned(),
    }
}

use EventKind::{
    Accepted, CountyOpinionReceived, Denied, Granted, MaterialsRequested, Rejected, Resubmitted,
    Resumed, Submitted, Withdrawn,
};

#[test]
fn filed_is_the_first_submission_and_used_days_are_the_clocks_at_the_decision() {
    let got = measured(
        "site-selection",
        &[
            (Submitted, on(3, 2)),
            (MaterialsRequested, on(3, 3)),
            (Resubmitted, on(3, 9)),
            (Accepted, on(3, 10)),
            (Granted, on(3, 20)),
        ],
    );
    assert_eq!(got.submitted_on, Some(on(3, 2)));
    assert_eq!(got.accepted_on, Some(on(3, 10)));
    let decided = got.decided.unwrap();
    // 11 to 13 and 16 to 20 March are worked; the day of acceptance is not counted.
    assert_eq!((decided.used, decided.late), (Some(8), false));
    assert_eq!(decided.due_on, Some(on(4, 8)));
    assert!(!decided.on_last_day());
}

#[test]
fn a_decision_on_the_due_date_is_in_time_and_on_the_last_day() {
    let until = |day| {
        let events = [
            (Submitted, on(3, 10)),
            (Accepted, on(3, 10)),
            (Denied, on(4, day)),
        ];
        measured("site-selection", &events).decided.unwrap()
    };
    let (last, after) = (until(8), until(9));
    assert!(last.on_last_day() && !last.late);
    assert!(!after.on_last_day() && after.late);
    assert_eq!((last.used, after.used), (Some(20), Some(21)));
    assert_eq!(last.outcome, Status::Denied);
}

#[test]
fn a_suspension_says_what_was_left_and_its_working_days_stand_still() {
    let got = measured(
        "site-selection",
        &[
            (Submitted, on(3, 10)),
            (Accepted, on(3, 10)),
            (hearing(), on(4, 7)),
            (Resumed, on(4, 10)),
            // The due date has moved by three days, from the 8th to the 13th.
            (hearing(), on(4, 13)),
            (Resumed, on(4, 15)),
            (Granted, on(4, 15)),
        ],
    );
    let said: Vec<_> = got
        .suspensions
        .iter()
        .map(|one| (one.left, one.on_last_day(), one.after_due()))
        .collect();
    assert_eq!(
        said,
        [(Some(1), false, false), (Some(0), true, false)],
        "{:?}",
        got.suspensions
    );
    assert_eq!(got.suspended_days, 3 + 2);
    let decided = got.decided.unwrap();
    assert_eq!((decided.used, decided.late), (Some(20), false));
}

#[test]
fn a_suspension_after_the_due_date_is_not_one_on_the_last_day() {
    let got = measured(
        "site-selection",
        &[
            (Submitted, on(3, 10)),
            (Accepted, on(3, 10)),
            (hearing(), on(4, 9)),
            (Withdrawn, on(4, 13)),
        ],
    );
    assert!(got.suspensions[0].after_due() && !got.suspensions[0].on_last_day());
    // It stood still until the company took the step back: the 10th and the 13th.
    assert_eq!(got.suspended_days, 2);
    let decided = got.decided.unwrap();
    assert_eq!((decided.outcome, decided.due_on), (Status::Withdrawn, None));
}

#[test]
fn waiting_on_a_county_is_counted_from_acceptance_to_its_opinion() {
    let waited = |events: &[(EventKind, NaiveDate)]| measured("land-pre-review", events);
    let late = waited(&[
        (Submitted, on(3, 2)),
        (Accepted, on(3, 3)),
        (CountyOpinionReceived, on(3, 13)),
        (Granted, on(3, 20)),
    ]);
    assert_eq!(late.waited_days, 8);
    assert_eq!(late.decided.unwrap().used, Some(5));
    let early = waited(&[
        (Submitted, on(3, 2)),
        (CountyOpinionReceived, on(3, 3)),
        (Accepted, on(3, 4)),
        (Granted, on(3, 9)),
    ]);
    assert_eq!(early.waited_days, 0);
    // Nobody knows yet how long: it is not guessed.
    let open = waited(&[(Submitted, on(3, 2)), (Accepted, on(3, 3))]);
    assert_eq!((open.waited_days, open.decided), (0, None));
}

#[test]
fn silence_is_foreseen_until_an_entry_shows_that_it_has_accepted() {
    let open = measured("site-selection", &[(Submitted, on(3, 2))]);
    assert_eq!(open.accepted_on, Some(on(3, 2)));
    assert_eq!(open.deems_on, Some(on(3, 10)));
    let done = measured(
        "site-selection",
        &[(Submitted, on(3, 2)), (Granted, on(3, 16))],
    );
    assert_eq!((done.accepted_on, done.deems_on), (Some(on(3, 2)), None));
    assert!(done.by_silence);
    let rejected = measured(
        "site-selection",
        &[(Submitted, on(3, 2)), (Rejected, on(3, 4))],
    );
    let decided = rejected.decided.unwrap();
    assert_eq!(
        (rejected.accepted_on, decided.used, decided.due_on),
        (None, None, None)
    );
}

#[test]
fn a_step_without_a_limit_has_no_used_days_and_is_never_late() {
    let got = measured(
        "blueprint-change",
        &[
            (Submitted, on(3, 2)),
            (Accepted, on(3, 2)),
            (Granted, on(9, 1)),
        ],
    );
    let decided = got.decided.unwrap();
    assert_eq!(
        (decided.used, decided.due_on, decided.late),
        (None, None, false)
    );
}

#[test]
fn nothing_happened_gives_nothing() {
    assert_eq!(measured("site-selection", &[]), Measure::default());
}

#[test]
fn side_by_side_saves_the_days_on_which_more_than_one_step_was_in_hand() {
    let reckon = |spans: &[(NaiveDate, NaiveDate)]| {
        let got = side_by_side(spans, Calendar::official()).unwrap();
        (got.one_after_another, got.elapsed, got.idle, got.saved())
    };
    // Monday to Friday, and Tuesday to the next Monday: 4 + 4 days, 5 in all.
    let both = [(on(3, 2), on(3, 6)), (on(3, 3), on(3, 9))];
    assert_eq!(reckon(&both), (8, 5, 0, 3));
    // One after another saves nothing, whether at once or after a pause.
    assert_eq!(
        reckon(&[(on(3, 2), on(3, 6)), (on(3, 6), on(3, 9))]),
        (5, 5, 0, 0)
    );
    assert_eq!(
        reckon(&[(on(3, 16), on(3, 18)), (on(3, 2), on(3, 6))]),
        (6, 12, 6, 0)
    );
    // One step inside another.
    assert_eq!(
        reckon(&[(on(3, 2), on(3, 20)), (on(3, 4), on(3, 6))]),
        (16, 14, 0, 2)
    );
    assert_eq!(side_by_side(&[], Calendar::official()), None);
}

/// Day by day, for every set of small spans: what is reckoned at once is what is counted singly.
#[test]
fn side_by_side_is_what_is_counted_day_by_day() {
    let calendar = Calendar::official();
    let mut state: u32 = 11;
    let mut next = |below: u32| {
        state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        (state >> 16) % below
    };
    for round in 0..200 {
        let spans: Vec<(NaiveDate, NaiveDate)> = (0..=next(5))
            .map(|_| {
                let from = on(4, 20) + chrono::Days::new(next(40).into());
                (from, from + chrono::Days::new(next(25).into()))
            })
            .collect();
        let got = side_by_side(&spans, calendar).unwrap();
        let first = spans.iter().map(|span| span.0).min().unwrap();
        let (mut all, mut elapsed, mut idle) = (0, 0, 0);
        for day in first
            .iter_days()
            .skip(1)
            .take_while(|d| *d <= got.finished_on)
        {
            if !calendar.is_working(day) {
                continue;
            }
            let held = spans.iter().filter(|(a, b)| *a < day && day <= *b).count();
            elapsed += 1;
            all += held;
            idle += usize::from(held == 0);
        }
        let counted = (all, elapsed, idle);
        let given = (got.one_after_another, got.elapsed, got.idle);
        let given = (given.0 as usize, given.1 as usize, given.2 as usize);
        assert_eq!(given, counted, "round {round}: {spans:?}");
    }
}
