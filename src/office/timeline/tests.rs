use super::*;
use crate::statute::calendar::date;
use crate::statute::clock::{self, Lamp};
use crate::statute::plan::route::RouteKey;
use crate::statute::plan::{Plan, ProjectFacts, StepId};

/// One step's ledger, read and reckoned on a day.
struct Told {
    events: Vec<Event>,
    reading: Reading,
    turning: Turning,
    due_before_pause: Option<NaiveDate>,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Events as `2026-03-02 submitted`.
fn events(lines: &[&str]) -> Vec<Event> {
    lines
        .iter()
        .map(|line| {
            let (on, kind) = line.split_once(' ').unwrap();
            let kind = match kind {
                "submitted" => EventKind::Submitted,
                "materials-requested" => EventKind::MaterialsRequested,
                "resubmitted" => EventKind::Resubmitted,
                "accepted" => EventKind::Accepted,
                "opinion" => EventKind::CountyOpinionReceived,
                "announced" => EventKind::Announced { days: 30 },
                "suspended" => EventKind::Suspended {
                    ground: "hearing".to_owned(),
                },
                "resumed" => EventKind::Resumed,
                "granted" => EventKind::Granted,
                "rejected" => EventKind::Rejected,
                "withdrawn" => EventKind::Withdrawn,
                other => panic!("{other}"),
            };
            Event { on: day(on), kind }
        })
        .collect()
}

fn tell(step: &str, lines: &[&str], today: &str) -> Told {
    let step = Plan::built_in().step(step).unwrap();
    let facts = ProjectFacts::default();
    let calendar = Calendar::official();
    let events = events(lines);
    let reading = clock::read(step, &facts, &events, day(today), calendar).unwrap();
    let turning = clock::turning(step, &facts, &events, calendar).unwrap();
    let due_before_pause =
        crate::office::page::due_before_pause(step, &facts, &events, &reading, calendar);
    Told {
        events,
        reading,
        turning,
        due_before_pause,
    }
}

fn strand<'a>(told: &'a Told, filing: i64, bureau_name: &'a str) -> Strand<'a> {
    Strand {
        filing: FilingId(filing),
        label: String::new(),
        bureau_name,
        events: &told.events,
        reading: &told.reading,
        turning: &told.turning,
        due_before_pause: told.due_before_pause,
        planned: None,
    }
}

fn segments(step: &str, lines: &[&str], today: &str) -> Vec<String> {
    let told = tell(step, lines, today);
    let first = told.events[0].on;
    let line = draw(
        &[strand(&told, 1, "a")],
        first,
        day(today),
        (None, None),
        Calendar::official(),
    );
    line.lanes[0].bars[0]
        .segments
        .iter()
        .map(|s| {
            let span = format!("{}..{}", s.from.format("%m-%d"), s.to.format("%m-%d"));
            format!("{:?} {span}", s.kind).to_lowercase()
        })
        .collect()
}

#[test]
fn a_step_waits_for_the_countys_opinion_then_runs_to_its_due_date() {
    let lines = [
        "2026-09-21 submitted",
        "2026-09-22 accepted",
        "2026-09-25 opinion",
    ];
    assert_eq!(
        segments("land-pre-review", &lines, "2026-09-28"),
        [
            "submitted 09-21..09-21",
            "waiting 09-22..09-24",
            "running 09-25..09-28",
            "ahead 09-29..10-12"
        ]
    );
    assert_eq!(
        segments("land-pre-review", &lines, "2026-10-14"),
        [
            "submitted 09-21..09-21",
            "waiting 09-22..09-24",
            "running 09-25..10-12",
            "overdue 10-13..10-14"
        ]
    );
}

#[test]
fn supplements_lie_with_the_applicant() {
    let lines = [
        "2026-03-02 submitted",
        "2026-03-04 materials-requested",
        "2026-03-09 resubmitted",
        "2026-03-10 accepted",
    ];
    assert_eq!(
        segments("site-selection", &lines, "2026-03-11"),
        [
            "submitted 03-02..03-03",
            "correcting 03-04..03-08",
            "submitted 03-09..03-09",
            "running 03-10..03-11",
            "ahead 03-12..04-08"
        ]
    );
}

#[test]
fn silence_turns_the_days_since_submission_into_running_ones() {
    let lines = ["2026-03-02 submitted"];
    assert_eq!(
        segments("site-selection", &lines, "2026-03-09"),
        ["submitted 03-02..03-09"]
    );
    assert_eq!(
        segments("site-selection", &lines, "2026-03-10"),
        ["running 03-02..03-10", "ahead 03-11..03-30"]
    );
}

#[test]
fn an_announcement_still_running_is_drawn_ahead_of_the_clock() {
    let lines = [
        "2026-03-02 submitted",
        "2026-03-03 accepted",
        "2026-03-04 announced",
    ];
    assert_eq!(
        segments("land-dossier", &lines, "2026-03-10"),
        [
            "submitted 03-02..03-02",
            "waiting 03-03..04-02",
            "ahead 04-03..05-20"
        ]
    );
}

#[test]
fn a_suspension_past_the_due_date_keeps_the_overdue_days_before_it() {
    let lines = [
        "2026-03-02 submitted",
        "2026-03-02 accepted",
        "2026-04-01 suspended",
        "2026-04-08 resumed",
    ];
    assert_eq!(
        segments("tree-felling", &lines[..3], "2026-04-03"),
        [
            "running 03-02..03-30",
            "overdue 03-31..03-31",
            "suspended 04-01..04-03"
        ]
    );
    assert_eq!(
        segments("tree-felling", &lines, "2026-04-09"),
        [
            "running 03-02..03-30",
            "overdue 03-31..03-31",
            "suspended 04-01..04-07",
            "overdue 04-08..04-09"
        ]
    );
}

#[test]
fn a_bar_ends_with_its_decision() {
    assert_eq!(
        segments(
            "site-selection",
            &["2026-03-02 submitted", "2026-03-02 rejected"],
            "2026-05-01"
        ),
        ["submitted 03-02..03-02"]
    );
    let told = tell(
        "site-selection",
        &[
            "2026-03-02 submitted",
            "2026-03-03 accepted",
            "2026-04-02 granted",
        ],
        "2026-05-01",
    );
    let line = draw(
        &[strand(&told, 7, "a")],
        day("2026-03-01"),
        day("2026-05-01"),
        (None, None),
        Calendar::official(),
    );
    let bar = &line.lanes[0].bars[0];
    assert_eq!(bar.decided_on, Some(day("2026-04-02")));
    assert_eq!(bar.due_on, Some(day("2026-03-31")));
    assert_eq!(bar.lamp, Lamp::Late);
    assert_eq!(line.from, day("2026-02-26"), "three days before its entry");
    assert_eq!(line.to, day("2026-04-09"), "seven days after the decision");
}

#[test]
fn each_day_drawn_is_what_the_clock_says_of_that_day() {
    let lines = [
        "2026-09-14 submitted",
        "2026-09-16 materials-requested",
        "2026-09-18 resubmitted",
        "2026-09-21 accepted",
        "2026-09-28 suspended",
        "2026-10-12 resumed",
    ];
    let step = Plan::built_in().step("site-selection").unwrap();
    let today = day("2026-12-01");
    let told = tell("site-selection", &lines, "2026-12-01");
    let drawn = past(&strand(&told, 1, "a"), today);
    for on in day("2026-09-14").iter_days().take_while(|on| *on <= today) {
        let kinds: Vec<SegmentKind> = drawn
            .iter()
            .filter(|s| s.from <= on && on <= s.to)
            .map(|s| s.kind)
            .collect();
        let reading = clock::read(
            step,
            &ProjectFacts::default(),
            &told.events,
            on,
            Calendar::official(),
        )
        .unwrap();
        let expected = match (reading.status, reading.lamp) {
            (Status::Submitted, _) => SegmentKind::Submitted,
            (Status::Correcting, _) => SegmentKind::Correcting,
            (Status::Running, Lamp::Red) => SegmentKind::Overdue,
            (Status::Running, _) => SegmentKind::Running,
            (Status::Suspended, _) => SegmentKind::Suspended,
            other => panic!("{other:?} on {on}"),
        };
        assert_eq!(kinds, [expected], "on {on}");
    }
}

#[test]
fn lanes_are_bureaus_and_rest_days_follow_the_notice() {
    let first = tell("site-selection", &["2026-09-18 submitted"], "2026-09-21");
    let second = tell("road-crossing", &["2026-09-18 submitted"], "2026-09-21");
    let third = tell("planning-permit", &["2026-09-18 submitted"], "2026-09-21");
    let strands = [
        strand(&first, 1, "自然资源"),
        strand(&second, 2, "交通"),
        strand(&third, 3, "自然资源"),
    ];
    let today = day("2026-09-21");
    let line = draw(
        &strands,
        day("2026-09-18"),
        today,
        (None, None),
        Calendar::official(),
    );
    let lanes: Vec<(&str, usize)> = line
        .lanes
        .iter()
        .map(|lane| (lane.bureau_name.as_str(), lane.bars.len()))
        .collect();
    assert_eq!(lanes, [("自然资源", 2), ("交通", 1)]);
    assert_eq!((line.from, line.to), (date(2026, 9, 15), date(2026, 9, 28)));
    let rest: Vec<String> = line.rest_days.iter().map(ToString::to_string).collect();
    assert_eq!(
        rest,
        ["2026-09-19", "2026-09-25", "2026-09-26", "2026-09-27"],
        "Sunday 20 September is worked, the Mid-Autumn days are not"
    );
}

#[test]
fn an_unfiled_step_shows_its_forecast() {
    let calendar = Calendar::official();
    let step = Plan::built_in().step("site-selection").unwrap();
    let facts = ProjectFacts::default();
    let today = day("2026-03-02");
    let reading = clock::read(step, &facts, &[], today, calendar).unwrap();
    let turning = clock::turning(step, &facts, &[], calendar).unwrap();
    let planned = Planned {
        key: RouteKey {
            step: StepId::from("site-selection"),
            county: None,
        },
        from: today,
        to: day("2026-03-30"),
        critical: true,
        untimed: false,
    };
    let strand = Strand {
        filing: FilingId(1),
        label: "选址".to_owned(),
        bureau_name: "a",
        events: &[],
        reading: &reading,
        turning: &turning,
        due_before_pause: None,
        planned: Some(&planned),
    };
    let line = draw(&[strand], today, today, (Some(planned.to), None), calendar);
    let bar = &line.lanes[0].bars[0];
    assert_eq!(
        bar.segments,
        [Segment {
            from: today,
            to: planned.to,
            kind: SegmentKind::Forecast
        }]
    );
    assert!(bar.critical);
    assert_eq!(line.to, day("2026-04-06"));
}

#[test]
fn a_line_of_years_is_cut_around_today() {
    let told = tell(
        "blueprint-change",
        &["2024-01-02 submitted", "2024-01-03 accepted"],
        "2026-11-23",
    );
    let today = day("2026-11-23");
    let line = draw(
        &[strand(&told, 1, "a")],
        day("2024-01-02"),
        today,
        (None, None),
        Calendar::official(),
    );
    assert!(line.from < today && today < line.to);
    assert!((line.to - line.from).num_days() <= 400);
    let bar = &line.lanes[0].bars[0];
    assert_eq!(bar.segments.len(), 1);
    assert_eq!(
        bar.segments[0].from, line.from,
        "cut at the first day drawn"
    );
}
