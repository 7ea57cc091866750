use super::case::{Standing, admit};
use super::*;
use crate::statute::calendar::date;
use crate::statute::clock::{self, Event, EventKind};
use crate::statute::plan::{Plan, ProjectFacts};

fn turned(step: &str, events: &[(NaiveDate, EventKind)]) -> Turning {
    let events: Vec<Event> = events
        .iter()
        .map(|(on, kind)| Event {
            on: *on,
            kind: kind.clone(),
        })
        .collect();
    let step = Plan::built_in().step(step).unwrap();
    let facts = ProjectFacts::default();
    clock::turning(step, &facts, &events, Calendar::official()).unwrap()
}

/// Site selection, accepted so that its twenty working days end on `due`.
fn due_on(due: NaiveDate) -> Turning {
    let calendar = Calendar::official();
    let start = (0..60)
        .filter_map(|back| due.checked_sub_days(chrono::Days::new(back)))
        .find(|start| calendar.add_working_days(*start, 20) == due)
        .unwrap();
    let events = [(start, EventKind::Submitted), (start, EventKind::Accepted)];
    let turning = turned("site-selection", &events);
    assert_eq!(turning.due_on, Some(due));
    turning
}

fn rungs(turning: &Turning, today: NaiveDate) -> Vec<(&'static str, NaiveDate)> {
    reached(
        Ladder::built_in(),
        (turning, None),
        today,
        Calendar::official(),
    )
    .into_iter()
    .map(|one| (one.rung.id.as_str(), one.on))
    .collect()
}

#[test]
fn the_built_in_ladder_loads_and_says_that_its_figures_are_no_plans() {
    let ladder = Ladder::built_in();
    let whens: Vec<When> = ladder.rungs.iter().map(|rung| rung.when).collect();
    let wanted = [
        When::Silence,
        When::Yellow,
        When::Red,
        When::Overdue(1),
        When::Overdue(5),
    ];
    assert_eq!(whens, wanted);
    for rung in &ladder.rungs {
        assert!(
            rung.source.inferred && rung.source.note.is_some(),
            "{}",
            rung.id
        );
        assert_eq!(ladder.rung(&rung.id), Some(rung));
        assert_eq!(rung.opens_case, rung.when == When::Overdue(1));
    }
}

#[test]
fn a_ladder_with_a_fault_does_not_load() {
    let rung = |rest: &str| {
        format!(
            "[[rungs]]\nid = \"a\"\nname = \"甲\"\n{rest}\nsource = {{ cite = \"方案三(二)\" }}\n"
        )
    };
    let good = rung("when = \"red\"\nwho = [\"lead\"]");
    assert!(Ladder::parse(&good).is_ok());
    for wrong in [
        format!("{good}{good}"),
        rung("when = \"red\"\nwho = []"),
        rung("when = \"red\"\ndays = 1\nwho = [\"lead\"]"),
        rung("when = \"overdue\"\nwho = [\"lead\"]"),
        rung("when = \"overdue\"\ndays = 0\nwho = [\"lead\"]"),
        rung("when = \"red\"\nwho = [\"mayor\"]"),
        good.replace("source = { cite = \"方案三(二)\" }", ""),
        good.replace("方案三(二)", " "),
    ] {
        assert!(Ladder::parse(&wrong).is_err(), "{wrong}");
    }
}

/// Rows: due, today, what is reached with its day.
#[test]
fn the_rungs_stand_on_counted_working_days_around_holidays() {
    let national_day = due_on(date(2026, 9, 30));
    // 1 to 7 October are holidays; 10 October is a Saturday that is worked.
    let all = [
        ("warning", national_day.yellow_on.unwrap()),
        ("overdue", date(2026, 10, 1)),
        ("notice", date(2026, 10, 8)),
        ("deputy-mayor", date(2026, 10, 13)),
    ];
    for (today, count) in [
        (date(2026, 9, 30), 1),
        (date(2026, 10, 1), 2),
        (date(2026, 10, 7), 2),
        (date(2026, 10, 8), 3),
        (date(2026, 10, 12), 3),
        (date(2026, 10, 13), 4),
        (date(2026, 12, 31), 4),
    ] {
        assert_eq!(rungs(&national_day, today), all[..count], "{today}");
    }
    let before_a_weekend = due_on(date(2026, 11, 13));
    let told = rungs(&before_a_weekend, date(2026, 11, 30));
    let days: Vec<_> = told.iter().map(|(_, on)| *on).collect();
    assert_eq!(
        days[1..],
        [date(2026, 11, 14), date(2026, 11, 16), date(2026, 11, 20)]
    );
    // Over the new year, whose notice is not out: 1 January is no working day.
    let new_year = rungs(&due_on(date(2026, 12, 31)), date(2027, 1, 31));
    assert_eq!(new_year[2], ("notice", date(2027, 1, 4)));
}

#[test]
fn the_day_of_a_rung_is_the_first_on_which_the_reading_is_so_many_days_over() {
    let calendar = Calendar::official();
    let events = [
        (date(2026, 8, 31), EventKind::Submitted),
        (date(2026, 8, 31), EventKind::Accepted),
        (
            date(2026, 9, 30),
            EventKind::Suspended {
                ground: "hearing".to_owned(),
            },
        ),
        (date(2026, 10, 15), EventKind::Resumed),
    ];
    for turning in [due_on(date(2026, 9, 30)), turned("site-selection", &events)] {
        for rung in &Ladder::built_in().rungs {
            let When::Overdue(days) = rung.when else {
                continue;
            };
            let (due, on) = rung.day(&turning, None, calendar).unwrap();
            assert_eq!(Some(due), turning.due_on);
            let over = |day| turning.glance(day, calendar).overdue_by;
            assert_eq!(over(on), days, "{} on {on}", rung.id);
            assert!(over(on.pred_opt().unwrap()) < days);
        }
    }
}

#[test]
fn no_rung_for_what_is_untimed_waiting_suspended_or_decided() {
    let far = date(2027, 12, 31);
    let begun = [
        (date(2026, 9, 1), EventKind::Submitted),
        (date(2026, 9, 1), EventKind::Accepted),
    ];
    let with = |step: &str, more: &[(NaiveDate, EventKind)]| {
        let mut events = begun.to_vec();
        events.extend_from_slice(more);
        turned(step, &events)
    };
    let suspended = EventKind::Suspended {
        ground: "hearing".to_owned(),
    };
    let late = date(2026, 11, 2);
    let none: [(&str, Turning); 5] = [
        ("draft", turned("site-selection", &[])),
        // Its clock waits for the county's opinion.
        ("waiting", with("land-pre-review", &[])),
        ("suspended", with("site-selection", &[(late, suspended)])),
        (
            "decided",
            with("site-selection", &[(late, EventKind::Granted)]),
        ),
        (
            "withdrawn",
            with("site-selection", &[(late, EventKind::Withdrawn)]),
        ),
    ];
    for (name, turning) in none {
        assert_eq!(rungs(&turning, far), [], "{name}");
    }
    let untimed = Turning {
        untimed: true,
        due_on: None,
        yellow_on: None,
        red_on: None,
        ..with("site-selection", &[])
    };
    assert_eq!(rungs(&untimed, far), []);
}

#[test]
fn silence_is_told_on_its_day_and_no_lamp_before_it() {
    let handed_in = turned(
        "site-selection",
        &[(date(2026, 9, 1), EventKind::Submitted)],
    );
    let silence = date(2026, 9, 9);
    assert_eq!(handed_in.deems_on, Some(silence));
    assert_eq!(rungs(&handed_in, date(2026, 9, 8)), []);
    assert_eq!(rungs(&handed_in, silence), [("deemed-acceptance", silence)]);
    for (_, on) in rungs(&handed_in, date(2027, 12, 31)) {
        assert!(on >= silence);
    }
}

#[test]
fn candidates_by_the_first_red_day_are_those_that_have_reached_the_rung() {
    let calendar = Calendar::official();
    let days: Vec<NaiveDate> = date(2026, 9, 1).iter_days().take(140).collect();
    for rung in &Ladder::built_in().rungs {
        let When::Overdue(_) = rung.when else {
            continue;
        };
        for today in &days {
            let from = rung.reached_from(*today, calendar);
            for due in &days {
                let turning = Turning {
                    due_on: Some(*due),
                    red_on: due.succ_opt(),
                    ..Turning::default()
                };
                let (_, on) = rung.day(&turning, None, calendar).unwrap();
                assert_eq!(
                    on <= *today,
                    due.succ_opt().unwrap() <= from,
                    "{due} {today}"
                );
            }
        }
    }
}

#[test]
fn looking_every_day_finds_what_looking_once_at_the_end_finds() {
    let calendar = Calendar::official();
    let ladder = Ladder::built_in();
    for due in date(2026, 9, 18).iter_days().take(60) {
        if !calendar.is_working(due) {
            continue;
        }
        let turning = due_on(due);
        let end = date(2027, 2, 1);
        let mut sent: Vec<(String, NaiveDate, NaiveDate)> = Vec::new();
        for day in date(2026, 9, 1).iter_days().take_while(|day| *day <= end) {
            for one in reached(ladder, (&turning, None), day, calendar) {
                let key = (one.rung.id.clone(), one.refers_to, one.on);
                if !sent
                    .iter()
                    .any(|(id, refers, _)| (id, refers) == (&key.0, &key.1))
                {
                    assert_eq!(one.on, day, "sent on its own day");
                    sent.push(key);
                }
            }
        }
        let once: Vec<_> = reached(ladder, (&turning, None), end, calendar)
            .iter()
            .map(|one| (one.rung.id.clone(), one.refers_to, one.on))
            .collect();
        assert_eq!(sent, once, "{due}");
    }
}

fn words() -> String {
    "请说明原因".to_owned()
}

fn acts(today: NaiveDate) -> [CaseAct; 6] {
    [
        CaseAct::Opened { words: words() },
        CaseAct::NoticeIssued {
            requirement: words(),
            answer_by: today,
            responsible: "周林草".to_owned(),
            ledger: 2,
        },
        CaseAct::Answered {
            cause: words(),
            promised_on: today,
            words: words(),
        },
        CaseAct::Accepted { words: words() },
        CaseAct::SentBack { words: words() },
        CaseAct::Closed { words: words() },
    ]
}

#[test]
fn a_case_takes_its_acts_in_order_and_closes_only_after_the_decision() {
    let today = date(2026, 10, 8);
    let table = |decided: bool| -> Vec<String> {
        let at = Standing { today, decided };
        let states = std::iter::once(None).chain(CaseState::ALL.into_iter().map(Some));
        states
            .map(|state| {
                let may: Vec<&str> = acts(today)
                    .iter()
                    .filter(|act| admit(state, act, at).is_ok())
                    .map(CaseAct::code)
                    .collect();
                format!("{}: {}", state.map_or("-", CaseState::code), may.join(" "))
            })
            .collect()
    };
    assert_eq!(
        table(false),
        [
            "-: opened",
            "opened: notice-issued",
            "noticed: answered",
            "answered: accepted sent-back",
            "sent-back: answered",
            "accepted: notice-issued",
            "closed: ",
        ]
    );
    assert_eq!(
        table(true),
        [
            "-: ",
            "opened: closed",
            "noticed: answered closed",
            "answered: accepted sent-back closed",
            "sent-back: answered closed",
            "accepted: closed",
            "closed: ",
        ]
    );
}

#[test]
fn a_refusal_names_its_rule() {
    let today = date(2026, 10, 8);
    let at = |decided| Standing { today, decided };
    let rule = |state, act: &CaseAct, decided| admit(state, act, at(decided)).unwrap_err().rule;
    let [open, notice, answer, _, _, close] = acts(today);
    let [_, late_notice, late_answer, ..] = acts(date(2026, 10, 7));
    assert_eq!(rule(None, &open, true), "supervision-decided");
    assert_eq!(rule(None, &close, true), "supervision-order");
    assert_eq!(
        rule(Some(CaseState::Noticed), &open, false),
        "supervision-open"
    );
    assert_eq!(
        rule(Some(CaseState::Opened), &notice, true),
        "supervision-decided"
    );
    assert_eq!(
        rule(Some(CaseState::Opened), &answer, false),
        "supervision-order"
    );
    assert_eq!(
        rule(Some(CaseState::Opened), &late_notice, false),
        "supervision-deadline"
    );
    assert_eq!(
        rule(Some(CaseState::Noticed), &late_answer, false),
        "supervision-promise"
    );
    assert_eq!(
        rule(Some(CaseState::Accepted), &close, false),
        "supervision-undecided"
    );
}

#[test]
fn an_act_is_told_by_its_word_and_leads_to_a_state_with_a_name() {
    for act in acts(date(2026, 10, 8)) {
        let text = serde_json::to_string(&act).unwrap();
        assert!(
            text.contains(&format!("\"kind\":\"{}\"", act.code())),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<CaseAct>(&text).unwrap(), act);
        assert!(!act.state().name().is_empty());
    }
    for state in CaseState::ALL {
        assert_eq!(CaseState::from_code(state.code()), Some(state));
    }
    assert_eq!(CaseState::from_code("lost"), None);
}
