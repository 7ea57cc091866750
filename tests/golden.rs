//! The law cases of `tests/golden`: each named history answers as expected, whole lines through
//! the same function that `grid-approvals clock` calls.

#![expect(clippy::expect_used, reason = "a test that cannot read its data fails")]

use std::collections::BTreeMap;

use grid_approvals::statute::calendar::Calendar;
use grid_approvals::statute::clock::scenario::answer_line;
use grid_approvals::statute::plan::Plan;
use serde_json::Value;

fn answers(lines: &str) -> BTreeMap<String, Value> {
    lines
        .lines()
        .map(|line| {
            let value: Value = serde_json::from_str(line).expect("a JSON line");
            (value["id"].as_str().expect("an id").to_owned(), value)
        })
        .collect()
}

#[test]
fn every_golden_history_answers_as_the_contract_promises() {
    let mut out = Vec::new();
    for line in include_str!("golden/clock.jsonl").lines() {
        assert!(
            answer_line(
                line.as_bytes(),
                Plan::built_in(),
                Calendar::official(),
                &mut out
            ),
            "{line}"
        );
    }
    let got = answers(&String::from_utf8(out).expect("UTF-8"));
    let expected = answers(include_str!("golden/clock-expected.jsonl"));
    assert_eq!(got.len(), expected.len());
    assert!(expected.len() >= 47);
    let mut wrong = Vec::new();
    for (id, expected) in &expected {
        for (key, value) in expected.as_object().expect("an object") {
            let got = &got[id][key];
            let same = match key.as_str() {
                "refused" => got["event"] == value["event"] && got["rule"] == value["rule"],
                _ => got == value,
            };
            if !same {
                wrong.push(format!("{id}: {key} is {got}, expected {value}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_line_that_is_no_scenario_answers_an_error_and_keeps_its_id() {
    for (line, says) in [
        (
            r#"{"id":"a","step":"no-such","facts":{},"as_of":"2026-10-12","events":[]}"#,
            "no-such",
        ),
        (
            r#"{"id":"a","step":"land-pre-review","facts":{},"as_of":"2026-13-12","events":[]}"#,
            "as_of",
        ),
        (
            r#"{"id":"a","step":"site-selection","facts":{},"as_of":"2026-11-12","events":[{"on":"2026-11-02","type":"extended"}]}"#,
            "days",
        ),
        (
            r#"{"id":"a","step":"site-selection","facts":{},"as_of":"2026-11-12","events":[{"on":"2026-11-02","type":"extended","days":"5"}]}"#,
            "days",
        ),
        (
            r#"{"id":"a","step":"site-selection","facts":{},"as_of":"2026-11-12","events":[{"on":"2026-11-02","type":"suspended"}]}"#,
            "ground",
        ),
        (
            r#"{"id":"a","step":"land-dossier","facts":{},"as_of":"2026-11-12","events":[{"on":"2026-11-02","type":"announced","days":null}]}"#,
            "days",
        ),
        (
            r#"{"id":"a","step":"land-dossier","facts":{"green_hills":"yes"},"as_of":"2026-11-12","events":[]}"#,
            "green_hills",
        ),
        (r#"{"id":"a"}"#, "step"),
    ] {
        let mut out = Vec::new();
        assert!(
            !answer_line(
                line.as_bytes(),
                Plan::built_in(),
                Calendar::official(),
                &mut out
            ),
            "{line}"
        );
        let value: Value = serde_json::from_slice(&out).expect("JSON");
        assert_eq!(value["id"], "a", "{line}");
        assert!(
            value["error"].as_str().is_some_and(|text| !text.is_empty()),
            "{line} {says}"
        );
    }
    let mut out = Vec::new();
    assert!(!answer_line(
        b"\xff{",
        Plan::built_in(),
        Calendar::official(),
        &mut out
    ));
    assert_eq!(
        serde_json::from_slice::<Value>(&out).expect("JSON")["id"],
        Value::Null
    );
}
