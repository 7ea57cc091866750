//! The contract's JSON lines: a scenario in, an answer or a refusal or an error out.

mod line;

use std::io::Write;

use serde::Serialize;
use serde_json::value::RawValue;

use super::{Reading, Refusal, read};
use crate::statute::calendar::Calendar;
use crate::statute::plan::{Plan, ProjectFacts};

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a RawValue,
    #[serde(flatten)]
    reading: Reading,
}

#[derive(Serialize)]
struct Refused<'a> {
    id: &'a RawValue,
    refused: Refusal,
}

#[derive(Serialize)]
struct Failed<'a> {
    id: &'a RawValue,
    error: String,
}

/// Answers one line onto `out`, with its line end; false where the line is no valid scenario.
///
/// A line's `id` comes back as it was written, also with an error, as far as it could be read.
pub fn answer_line(line: &[u8], plan: &Plan, calendar: &Calendar, out: &mut Vec<u8>) -> bool {
    let answered = answer(line, plan, calendar, out);
    if let Err(error) = &answered {
        let id = line::id_of(line).unwrap_or(RawValue::NULL);
        let error = error.clone();
        put(out, &Failed { id, error });
    }
    out.push(b'\n');
    answered.is_ok()
}

fn answer(line: &[u8], plan: &Plan, calendar: &Calendar, out: &mut Vec<u8>) -> Result<(), String> {
    let scenario = line::parse(line)?;
    let step = plan
        .step(&scenario.step)
        .ok_or_else(|| format!("unknown step `{}`; the catalogue lists them", scenario.step))?;
    let facts = ProjectFacts {
        green_hills: scenario.green_hills,
        ..ProjectFacts::default()
    };
    let id = scenario.id;
    match read(step, &facts, &scenario.events, scenario.as_of, calendar) {
        Ok(reading) => put(out, &Answer { id, reading }),
        Err(refused) => put(out, &Refused { id, refused }),
    }
    Ok(())
}

fn put(out: &mut Vec<u8>, answer: &impl Serialize) {
    let from = out.len();
    if serde_json::to_writer(&mut *out, answer).is_err() {
        out.truncate(from);
        let _ = out.write_all(br#"{"id":null,"error":"the answer cannot be written as JSON"}"#);
    }
}
