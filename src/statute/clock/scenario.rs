//! The contract's JSON lines: a scenario in, an answer or a refusal or an error out.

use std::io::Write;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Event, EventKind, Reading, read};
use crate::statute::calendar::Calendar;
use crate::statute::plan::{Plan, ProjectFacts};

#[derive(Deserialize)]
struct RawScenario<'a> {
    #[serde(default, borrow)]
    id: Option<&'a RawValue>,
    step: String,
    #[serde(default)]
    facts: RawFacts,
    as_of: NaiveDate,
    events: Vec<RawEvent>,
}

/// The only fact that the clock itself asks for; others belong to the route and are left alone.
#[derive(Deserialize, Default)]
struct RawFacts {
    #[serde(default)]
    green_hills: bool,
}

#[derive(Deserialize)]
struct RawEvent {
    on: NaiveDate,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default, deserialize_with = "present")]
    days: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    ground: Option<Value>,
}

/// Keeps a written `null` apart from a field that is left out.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(from).map(Some)
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a RawValue,
    #[serde(flatten)]
    reading: Reading,
}

#[derive(Serialize)]
struct Refused<'a> {
    id: &'a RawValue,
    refused: super::Refusal,
}

#[derive(Serialize)]
struct Failed<'a> {
    id: &'a RawValue,
    error: String,
}

/// Answers one line onto `out`, with its line end; false where the line is no valid scenario.
pub fn answer_line(line: &[u8], plan: &Plan, calendar: &Calendar, out: &mut Vec<u8>) -> bool {
    let valid = match parse(line, plan) {
        Ok(scenario) => {
            let read = read(
                scenario.step,
                &scenario.facts,
                &scenario.events,
                scenario.as_of,
                calendar,
            );
            match read {
                Ok(reading) => put(
                    out,
                    &Answer {
                        id: scenario.id,
                        reading,
                    },
                ),
                Err(refused) => put(
                    out,
                    &Refused {
                        id: scenario.id,
                        refused,
                    },
                ),
            }
            true
        }
        Err(error) => {
            let id = id_of(line);
            let id: &RawValue = id.as_deref().unwrap_or(RawValue::NULL);
            put(out, &Failed { id, error });
            false
        }
    };
    out.push(b'\n');
    valid
}

fn put(out: &mut Vec<u8>, answer: &impl Serialize) {
    let from = out.len();
    if serde_json::to_writer(&mut *out, answer).is_err() {
        out.truncate(from);
        let _ = out.write_all(br#"{"id":null,"error":"the answer cannot be written as JSON"}"#);
    }
}

/// The line's `id` where the line is at least a JSON object.
fn id_of(line: &[u8]) -> Option<Box<RawValue>> {
    #[derive(Deserialize)]
    struct OnlyId {
        id: Box<RawValue>,
    }
    serde_json::from_slice::<OnlyId>(line)
        .ok()
        .map(|only| only.id)
}

struct Scenario<'l, 'p> {
    id: &'l RawValue,
    step: &'p crate::statute::plan::Step,
    facts: ProjectFacts,
    as_of: NaiveDate,
    events: Vec<Event>,
}

fn parse<'l, 'p>(line: &'l [u8], plan: &'p Plan) -> Result<Scenario<'l, 'p>, String> {
    let raw: RawScenario<'l> = serde_json::from_slice(line).map_err(|error| {
        format!("not a scenario: {error}; expected id, step, facts, as_of, events")
    })?;
    let step = plan
        .step(&raw.step)
        .ok_or_else(|| format!("unknown step `{}`; the catalogue lists them", raw.step))?;
    let events = raw
        .events
        .into_iter()
        .enumerate()
        .map(|(index, event)| event_of(event).map_err(|error| format!("event {index}: {error}")))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Scenario {
        id: raw.id.unwrap_or(RawValue::NULL),
        step,
        facts: ProjectFacts {
            green_hills: raw.facts.green_hills,
            ..ProjectFacts::default()
        },
        as_of: raw.as_of,
        events,
    })
}

fn event_of(raw: RawEvent) -> Result<Event, String> {
    let days = |value: Option<Value>| match value {
        Some(value) => value
            .as_i64()
            .or_else(|| value.as_u64().map(|_| i64::MAX))
            .ok_or_else(|| format!("`days` is {value}; expected a whole number")),
        None => Err("`days` is missing; expected a whole number".to_owned()),
    };
    let kind = match raw.kind.as_str() {
        "submitted" => EventKind::Submitted,
        "materials-requested" => EventKind::MaterialsRequested,
        "resubmitted" => EventKind::Resubmitted,
        "accepted" => EventKind::Accepted,
        "rejected" => EventKind::Rejected,
        "county-opinion-received" => EventKind::CountyOpinionReceived,
        "announced" => EventKind::Announced {
            days: raw.days.map_or(Ok(30), |value| days(Some(value)))?,
        },
        "suspended" => match raw.ground {
            Some(Value::String(ground)) => EventKind::Suspended { ground },
            Some(other) => return Err(format!("`ground` is {other}; expected a word")),
            None => return Err("`ground` is missing; expected a word".to_owned()),
        },
        "resumed" => EventKind::Resumed,
        "extended" => EventKind::Extended {
            days: days(raw.days)?,
        },
        "granted" => EventKind::Granted,
        "denied" => EventKind::Denied,
        "withdrawn" => EventKind::Withdrawn,
        other => EventKind::Unknown(other.to_owned()),
    };
    Ok(Event { on: raw.on, kind })
}
