//! Deadlines as an iCalendar (RFC 5545), escaped and folded by the crate `icalendar`.
//!
//! # Why
//! Nothing in it is of the moment: the same deadlines give the same bytes, DTSTAMP is the instant
//! of the last change (as RFC 5545 has it for a calendar without a METHOD), and an event that moves
//! keeps its UID and has a greater SEQUENCE.

use icalendar::{Calendar, Component, Event, EventLike, Property};

use crate::office::model::delivery::{Deadline, Feed};

/// How often a reader is asked to look again.
const EVERY: chrono::TimeDelta = chrono::TimeDelta::hours(6);

/// The calendar's text.
pub fn ics(feed: &Feed) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//grid-approvals//deadlines//ZH"),
        ("CALSCALE", "GREGORIAN"),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    calendar
        .name(&seen(&feed.name))
        .description(&seen(&feed.description))
        .ttl(&EVERY);
    for deadline in &feed.deadlines {
        calendar.push(event(deadline));
    }
    calendar.to_string()
}

fn event(deadline: &Deadline) -> Event {
    let mut event = Event::new();
    event
        .uid(&seen(&deadline.uid))
        .sequence(deadline.sequence)
        .timestamp(deadline.changed)
        .last_modified(deadline.changed)
        .summary(&seen(&deadline.summary))
        .description(&seen(&deadline.description))
        .starts(deadline.on)
        // Nobody is busy for a whole day because something is due.
        .add_property("TRANSP", "TRANSPARENT");
    // The end of a whole day is the next one, which is not in it.
    if let Some(next) = deadline.on.succ_opt() {
        event.ends(next);
    }
    if let Some(link) = &deadline.link {
        event.url(link);
    }
    event.done()
}

/// Text without what no calendar can hold; a new line is kept and escaped.
fn seen(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::calendar::date;
    use icalendar::{CalendarComponent, DatePerhapsTime};

    fn feed(summary: &str, description: &str) -> Feed {
        Feed {
            name: "本溪电网审批 · 审批期限".to_owned(),
            description: "每类最多200项；标“暂定”的日期可能变动。".to_owned(),
            deadlines: vec![Deadline {
                uid: "filing-7-due@sp.example.cn".to_owned(),
                on: date(2026, 12, 31),
                sequence: 3,
                changed: date(2026, 11, 2).and_hms_opt(1, 30, 0).unwrap().and_utc(),
                summary: summary.to_owned(),
                description: description.to_owned(),
                link: Some("https://sp.example.cn/filings/7".to_owned()),
            }],
        }
    }

    fn opened(text: &str) -> Event {
        let calendar: Calendar = text.parse().expect("a calendar");
        let CalendarComponent::Event(event) = calendar.components[0].clone() else {
            panic!("no event: {text}");
        };
        event
    }

    #[test]
    fn a_deadline_is_a_whole_day_that_a_parser_reads_back() {
        let text = ics(&feed(
            "到期（暂定）：选址意见书 · 桥北",
            "办理期限的最后一天。",
        ));
        let event = opened(&text);
        assert_eq!(event.get_uid(), Some("filing-7-due@sp.example.cn"));
        assert_eq!(event.get_sequence(), Some(3));
        assert_eq!(
            event.get_start(),
            Some(DatePerhapsTime::Date(date(2026, 12, 31)))
        );
        assert_eq!(
            event.get_end(),
            Some(DatePerhapsTime::Date(date(2027, 1, 1)))
        );
        assert_eq!(event.get_last_modified(), event.get_timestamp());
        assert_eq!(event.get_url(), Some("https://sp.example.cn/filings/7"));
        assert!(text.contains("DTSTART;VALUE=DATE:20261231\r\n"), "{text}");
        assert_eq!(
            text,
            ics(&feed(
                "到期（暂定）：选址意见书 · 桥北",
                "办理期限的最后一天。"
            ))
        );
    }

    #[test]
    fn what_would_end_a_line_or_a_value_is_escaped_and_long_lines_are_folded() {
        let summary = "到期：甲,乙;丙\\丁\r\nEND:VCALENDAR\u{7}";
        let description = "办理期限的最后一天，".repeat(40);
        let text = ics(&feed(summary, &description));
        for line in text.split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
            assert!(!line.contains(['\r', '\n']), "{line:?}");
        }
        assert_eq!(text.matches("\r\nEND:VCALENDAR").count(), 1);
        let event = opened(&text);
        assert_eq!(
            event.get_summary(),
            Some("到期：甲,乙;丙\\丁\nEND:VCALENDAR")
        );
        assert_eq!(event.get_description(), Some(description.as_str()));
    }

    #[test]
    fn somebody_without_deadlines_has_a_calendar_without_events() {
        let mut feed = feed("", "");
        feed.deadlines.clear();
        let calendar: Calendar = ics(&feed).parse().expect("a calendar");
        assert!(calendar.components.is_empty());
        assert_eq!(calendar.get_name(), Some("本溪电网审批 · 审批期限"));
    }
}
