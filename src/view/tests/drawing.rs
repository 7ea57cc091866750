//! The time line's geometry: everything drawn lies inside the drawing, whatever the dates.

use chrono::NaiveDate;
use serde_json::Value;

use super::samples;
use crate::office::model::Timeline;
use crate::office::model::timeline::{Segment, SegmentKind};
use crate::statute::calendar::{Calendar, date};
use crate::view::timeline::chart;

fn drawn(line: &Timeline) -> Value {
    let chart = chart(line, Calendar::official()).expect("there are bars");
    serde_json::to_value(chart).expect("a chart serializes")
}

fn number(value: &Value, name: &str) -> i64 {
    value[name]
        .as_i64()
        .unwrap_or_else(|| panic!("{name} in {value}"))
}

/// Fails where a stretch, a rest day or a mark lies outside the paper.
fn all_is_inside(chart: &Value) {
    let width = number(chart, "width");
    for rest in chart["rests"].as_array().expect("rests") {
        assert!(number(rest, "width") > 0);
        assert!(number(rest, "x") + number(rest, "width") <= width);
    }
    for lane in chart["lanes"].as_array().expect("lanes") {
        for row in lane["rows"].as_array().expect("rows") {
            let mut end = 0;
            for piece in row["pieces"].as_array().expect("pieces") {
                let x = number(piece, "x");
                assert!(x >= end, "stretches do not overlap: {row}");
                end = x + number(piece, "width");
                assert!(end <= width, "a stretch leaves the paper: {row}");
            }
            for mark in ["due_x", "law_x", "decided_x"] {
                assert!(row[mark].as_i64().unwrap_or(0) <= width);
            }
        }
    }
}

#[test]
fn stretches_follow_one_another_inside_the_paper() {
    let line = samples::project_page().timeline;
    let chart = drawn(&line);
    all_is_inside(&chart);
    assert!(number(&chart, "width") > 900, "a half year fills the page");
    let first = date(2026, 8, 29);
    assert_eq!(line.rest_days.first(), Some(&first), "a Saturday");
    assert!(number(&chart["rests"][0], "x") > 0);
}

#[test]
fn days_far_off_are_cut_at_the_papers_edge() {
    let mut line = samples::project_page().timeline;
    line.to = NaiveDate::MAX;
    line.rest_days.clear();
    line.lanes[0].bars[0].segments = vec![Segment {
        from: NaiveDate::MIN,
        to: NaiveDate::MAX,
        kind: SegmentKind::Running,
    }];
    line.lanes[0].bars[0].due_on = Some(NaiveDate::MAX);
    all_is_inside(&drawn(&line));
}

#[test]
fn a_project_without_steps_has_no_drawing() {
    let mut line = samples::project_page().timeline;
    line.lanes.clear();
    assert!(chart(&line, Calendar::official()).is_none());
    let mut backwards = samples::project_page().timeline;
    (backwards.from, backwards.to) = (backwards.to, backwards.from);
    assert!(chart(&backwards, Calendar::official()).is_none());
}
