use proptest::prelude::*;
use serde_json::{Value, json};

use crate::statute::calendar::Calendar;
use crate::statute::clock::scenario::answer_line;
use crate::statute::plan::Plan;

fn answer(line: &[u8]) -> (bool, Value) {
    let mut out = b"before\n".to_vec();
    let valid = answer_line(line, Plan::built_in(), Calendar::official(), &mut out);
    let text = String::from_utf8(out).expect("UTF-8");
    let written = text
        .strip_prefix("before\n")
        .expect("nothing is taken back");
    assert!(written.ends_with('\n'));
    assert_eq!(written.matches('\n').count(), 1, "{written}");
    (valid, serde_json::from_str(written).expect("JSON"))
}

fn scenario(events: Value) -> Vec<u8> {
    let line =
        json!({"id": "a", "step": "site-selection", "as_of": "2026-12-31", "events": events});
    line.to_string().into_bytes()
}

#[test]
fn an_id_comes_back_as_it_was_written() {
    for id in [
        "7",
        "1.50",
        "null",
        "[1, 2]",
        "\"\\u672c\"",
        "{\"a\":1e400}",
    ] {
        let line =
            format!(r#"{{"id":{id},"step":"site-selection","as_of":"2026-10-12","events":[]}}"#);
        let mut out = Vec::new();
        assert!(answer_line(
            line.as_bytes(),
            Plan::built_in(),
            Calendar::official(),
            &mut out
        ));
        let text = String::from_utf8(out).expect("UTF-8");
        assert!(text.starts_with(&format!(r#"{{"id":{id},"#)), "{text}");
    }
}

#[test]
fn an_error_keeps_the_id_that_was_read_before_the_fault() {
    for (line, id) in [
        (&br#"{"id":"a","step":"#[..], json!("a")),
        (&b"{\"id\":\"a\",\"step\":\"\xff\"}"[..], json!("a")),
        (
            &br#"{"step":"no-such","as_of":"2026-10-12","events":[],"id":9}"#[..],
            json!(9),
        ),
        (
            &br#"["a","site-selection",{},"2026-10-12",[]]"#[..],
            Value::Null,
        ),
        (&b"\xff\xfe"[..], Value::Null),
        (&b"{}"[..], Value::Null),
        (&b"null"[..], Value::Null),
    ] {
        let (valid, answer) = answer(line);
        assert!(!valid);
        assert_eq!(answer["id"], id, "{answer}");
        assert!(
            answer["error"].as_str().is_some_and(|e| !e.is_empty()),
            "{answer}"
        );
    }
}

/// A list of a thing's values is not that thing, nor is a date written in another way one.
#[test]
fn only_objects_and_whole_dates_are_read() {
    let lines = [
        json!({"id": "a", "step": "site-selection", "facts": [true], "as_of": "2026-10-12", "events": []}),
        json!({"id": "a", "step": "site-selection", "facts": null, "as_of": "2026-10-12", "events": []}),
        json!({"id": "a", "step": "site-selection", "facts": {}, "as_of": "2026-10-12", "events": [["2026-09-01", "submitted"]]}),
        json!({"id": "a", "step": "site-selection", "as_of": "2026-10-12", "events": [{"on": "2026-9-1", "type": "submitted"}]}),
        json!({"id": "a", "step": "site-selection", "as_of": "2026-02-29", "events": []}),
        json!({"id": "a", "step": "site-selection", "as_of": "+2026-10-1", "events": []}),
        json!({"id": "a", "step": "site-selection", "as_of": 20261012, "events": []}),
        json!({"id": "a", "step": "site-selection", "as_of": "2026-10-12", "events": {}}),
        json!({"id": "a", "step": 3, "as_of": "2026-10-12", "events": []}),
    ];
    for line in lines {
        let (valid, answer) = answer(line.to_string().as_bytes());
        assert!(!valid, "{line} is no scenario, but {answer}");
        assert_eq!(answer["id"], "a");
    }
}

#[test]
fn a_fault_in_an_event_names_the_event() {
    let (valid, answer) = answer(&scenario(json!([
        {"on": "2026-09-01", "type": "submitted"},
        {"on": "2026-09-02", "type": "suspended", "ground": 5},
    ])));
    assert!(!valid);
    assert!(
        answer["error"]
            .as_str()
            .unwrap()
            .contains("event 1: `ground` is 5"),
        "{answer}"
    );
}

/// A whole number is judged by the rules, however large; a fraction, a text or null is no number.
#[test]
fn whole_numbers_are_judged_and_other_kinds_are_errors() {
    let line = |days: &str| {
        format!(
            r#"{{"id":"a","step":"site-selection","as_of":"2026-12-31","events":[
            {{"on":"2026-09-01","type":"submitted"}},{{"on":"2026-09-01","type":"accepted"}},
            {{"on":"2026-09-02","type":"extended","days":{days}}}]}}"#
        )
        .replace('\n', "")
    };
    for days in [
        "0",
        "-1",
        "11",
        "99999999999999999999999999",
        "-99999999999999999999999999",
    ] {
        let (valid, answer) = answer(line(days).as_bytes());
        assert!(valid);
        assert_eq!(answer["refused"]["rule"], "extension-not-allowed", "{days}");
    }
    for days in ["1.0", "1e1", "\"5\"", "null", "true", "[5]"] {
        let (valid, answer) = answer(line(days).as_bytes());
        assert!(!valid, "{days}: {answer}");
    }
    assert!(answer(line("10").as_bytes()).1["due_on"].is_string());
}

#[test]
fn fields_that_an_event_does_not_need_are_left_alone() {
    let (valid, answer) = answer(&scenario(json!([
        {"on": "2026-09-01", "type": "submitted", "days": "many", "ground": null, "by": {"name": []}},
    ])));
    assert!(valid);
    assert_eq!(answer["status"], "running", "deemed accepted: {answer}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_get_one_line_of_json(line in prop::collection::vec(any::<u8>().prop_filter("one line", |b| *b != b'\n'), 0..80)) {
        answer(&line);
    }

    /// A scenario with some of its bytes changed, dropped or doubled.
    #[test]
    fn a_damaged_scenario_gets_one_line_of_json(
        which in 0_usize..47,
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 32_u8..127), 1..4),
    ) {
        let lines = include_str!("../../../../tests/golden/clock.jsonl");
        let mut line = lines.lines().nth(which).expect("a line").as_bytes().to_vec();
        for (from, length, byte) in cuts {
            let from = from.index(line.len());
            let length = length.index(4).min(line.len() - from);
            line.splice(from..from + length, [byte]);
        }
        answer(&line);
    }
}
