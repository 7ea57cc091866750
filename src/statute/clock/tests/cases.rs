use chrono::NaiveDate;

use crate::statute::calendar::{Calendar, date};
use crate::statute::clock::{Event, EventKind, Lamp, Status, Turning, read, turning};
use crate::statute::plan::{Plan, ProjectFacts, Step};

fn step(id: &str) -> &'static Step {
    Plan::built_in().step(id).unwrap()
}

fn on(month: u32, day: u32, kind: EventKind) -> Event {
    Event {
        on: date(2026, month, day),
        kind,
    }
}

fn rules(
    step: &Step,
    events: &[Event],
    as_of: NaiveDate,
) -> Vec<(&'static str, Option<NaiveDate>)> {
    read(
        step,
        &ProjectFacts::default(),
        events,
        as_of,
        Calendar::official(),
    )
    .unwrap()
    .because
    .into_iter()
    .map(|because| (because.rule, because.date))
    .collect()
}

/// 行政许可法 第42条 counts from acceptance on 2 September 2026: 3, 4, 7-11, 14-18, 20-24 and 28-30
/// September are 20 days, while the city's 7 days still wait for the county's opinion.
#[test]
fn the_law_s_clock_runs_from_acceptance_while_the_plan_s_waits() {
    let (step, calendar, facts) = (
        step("land-pre-review"),
        Calendar::official(),
        ProjectFacts::default(),
    );
    let mut events = vec![
        on(9, 1, EventKind::Submitted),
        on(9, 2, EventKind::Accepted),
    ];
    let law_due = date(2026, 9, 30);
    assert_eq!(calendar.working_days_between(date(2026, 9, 2), law_due), 20);

    let waiting = read(step, &facts, &events, date(2026, 10, 9), calendar).unwrap();
    assert_eq!(
        (waiting.status, waiting.lamp),
        (Status::Waiting, Lamp::None)
    );
    assert_eq!(waiting.due_on, None);
    let law = waiting.law.unwrap();
    assert_eq!(
        (law.due_on, law.overdue_by, law.days),
        (Some(law_due), 2, 20)
    );

    events.push(on(9, 25, EventKind::CountyOpinionReceived));
    let running = read(step, &facts, &events, date(2026, 10, 9), calendar).unwrap();
    assert_eq!(
        (running.due_on, running.lamp),
        (Some(date(2026, 10, 12)), Lamp::Yellow)
    );
    assert_eq!(running.law.unwrap().due_on, Some(law_due));
    let columns = turning(step, &facts, &events, calendar).unwrap();
    assert_eq!(columns.law_red_on, Some(date(2026, 10, 1)));
    assert!(columns.glance(date(2026, 10, 1), calendar).law_passed);
}

/// A limit shorter than the five days is past before silence accepts; no lamp burns before it does.
#[test]
fn no_stored_lamp_burns_before_silence_accepts() {
    let mut short = step("site-selection").clone();
    short.law_limit.as_mut().unwrap().days = 3;
    let events = [on(9, 7, EventKind::Submitted)];
    let columns = turning(
        &short,
        &ProjectFacts::default(),
        &events,
        Calendar::official(),
    )
    .unwrap();
    let silence = Some(date(2026, 9, 15));
    assert_eq!(columns.due_on, Some(date(2026, 9, 10)));
    let Turning {
        deems_on,
        yellow_on,
        red_on,
        law_red_on,
        ..
    } = columns;
    assert_eq!([deems_on, yellow_on, red_on, law_red_on], [silence; 4]);
    assert_eq!(
        columns.glance(date(2026, 9, 14), Calendar::official()).lamp,
        Lamp::None
    );
    assert_eq!(
        columns.glance(date(2026, 9, 15), Calendar::official()).lamp,
        Lamp::Red
    );
}

/// Announced on 20 January 2026 for 30 days: 19 February is Spring Festival, so 24 February; 30
/// working days end on 7 April (facts.md 2.2).
#[test]
fn an_announcement_s_expiry_and_its_roll_are_told_with_their_articles() {
    let events = [
        on(1, 16, EventKind::Submitted),
        on(1, 19, EventKind::Accepted),
        on(1, 20, EventKind::Announced { days: 30 }),
    ];
    let step = step("land-dossier");
    let told = rules(step, &events, date(2026, 3, 2));
    assert_eq!(
        told,
        [
            ("announcement", Some(date(2026, 2, 19))),
            ("last-day", Some(date(2026, 2, 24))),
            ("start", Some(date(2026, 2, 24))),
            ("first-day", Some(date(2026, 2, 25))),
            ("limit", Some(date(2026, 4, 7))),
        ]
    );
    let waiting = read(
        step,
        &ProjectFacts::default(),
        &events,
        date(2026, 2, 23),
        Calendar::official(),
    );
    assert_eq!(waiting.unwrap().status, Status::Waiting);
}

/// Accepted by silence on 7 September 2026; five days at a hearing, then five more by the head.
#[test]
fn silence_suspension_and_extension_are_told_in_the_order_they_came() {
    let hearing = EventKind::Suspended {
        ground: "hearing".to_owned(),
    };
    let events = [
        on(9, 7, EventKind::Submitted),
        on(9, 16, hearing),
        on(9, 23, EventKind::Resumed),
        on(9, 28, EventKind::Extended { days: 5 }),
    ];
    let told = rules(step("road-crossing"), &events, date(2026, 9, 29));
    let names: Vec<&str> = told.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(
        names,
        [
            "five-day-rule",
            "first-day",
            "limit",
            "suspension",
            "extension"
        ]
    );
    assert_eq!(told[0].1, Some(date(2026, 9, 7)));
    // 8-11, 14-18, 20-24, 28-30 September, 8-10 October.
    assert_eq!(told[2].1, Some(date(2026, 10, 10)));
    // 17, 18, 20, 21, 22, 23 September stood still: 12-16 and 19 October.
    assert_eq!(told[3].1, Some(date(2026, 10, 19)));
    assert_eq!(told[4].1, Some(date(2026, 10, 26)));
}

/// A suspension that begins past the due date shapes nothing, and is not told as if it had.
#[test]
fn what_did_not_move_the_date_is_no_reason() {
    let hearing = EventKind::Suspended {
        ground: "hearing".to_owned(),
    };
    let events = [
        on(3, 2, EventKind::Submitted),
        on(3, 2, EventKind::Accepted),
        on(4, 1, hearing),
        on(4, 8, EventKind::Resumed),
    ];
    let told = rules(step("tree-felling"), &events, date(2026, 4, 9));
    assert_eq!(told.last(), Some(&("limit", Some(date(2026, 3, 30)))));
}

#[test]
fn a_due_date_in_a_year_without_a_notice_says_so() {
    let events = [
        on(12, 18, EventKind::Submitted),
        on(12, 18, EventKind::Accepted),
    ];
    let reading = read(
        step("planning-permit"),
        &ProjectFacts::default(),
        &events,
        date(2026, 12, 21),
        Calendar::official(),
    )
    .unwrap();
    assert!(reading.provisional);
    let last = reading.because.last().unwrap();
    assert_eq!((last.rule, last.date), ("provisional", reading.due_on));
}

#[test]
fn a_step_without_a_limit_for_the_facts_names_the_clause_that_says_so() {
    let facts = ProjectFacts {
        green_hills: true,
        ..ProjectFacts::default()
    };
    let events = [
        on(9, 7, EventKind::Submitted),
        on(9, 8, EventKind::Accepted),
    ];
    let reading = read(
        step("forestry-dossier"),
        &facts,
        &events,
        date(2026, 12, 1),
        Calendar::official(),
    );
    let reading = reading.unwrap();
    assert_eq!(
        (reading.lamp, reading.due_on, reading.limit),
        (Lamp::Untimed, None, None)
    );
    assert!(
        reading
            .because
            .iter()
            .any(|b| b.rule == "untimed" && b.source.contains("第6条"))
    );
}
