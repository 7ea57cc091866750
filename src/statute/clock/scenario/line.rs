//! Reading one line: JSON objects where the contract writes objects, dates as `YYYY-MM-DD`, and
//! an error that says which event is at fault.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use chrono::NaiveDate;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::statute::calendar::parse_date;
use crate::statute::clock::{Event, EventKind};

/// A scenario as read; its step is not yet looked up.
pub(super) struct Scenario<'l> {
    pub(super) id: &'l RawValue,
    pub(super) step: Cow<'l, str>,
    pub(super) green_hills: bool,
    pub(super) as_of: NaiveDate,
    pub(super) events: Vec<Event>,
}

#[derive(serde::Deserialize)]
struct RawScenario<'l> {
    #[serde(default, borrow)]
    id: Option<&'l RawValue>,
    #[serde(borrow)]
    step: Text<'l>,
    #[serde(default)]
    facts: Object<RawFacts>,
    as_of: Day,
    events: Events,
}

/// The only fact that the clock itself asks for; others belong to the route and are left alone.
#[derive(serde::Deserialize, Default)]
struct RawFacts {
    #[serde(default)]
    green_hills: bool,
}

#[derive(serde::Deserialize)]
struct RawEvent<'l> {
    on: Day,
    #[serde(rename = "type", borrow)]
    kind: Text<'l>,
    #[serde(default, borrow, deserialize_with = "present")]
    days: Option<&'l RawValue>,
    #[serde(default, borrow, deserialize_with = "present")]
    ground: Option<&'l RawValue>,
}

/// Reads a line.
pub(super) fn parse(line: &[u8]) -> Result<Scenario<'_>, String> {
    let text = std::str::from_utf8(line).map_err(|_| "not a scenario: not UTF-8".to_owned())?;
    let Object(raw): Object<RawScenario<'_>> = serde_json::from_str(text).map_err(|error| {
        format!("not a scenario: {error}; expected id, step, facts, as_of, events")
    })?;
    Ok(Scenario {
        id: raw.id.unwrap_or(RawValue::NULL),
        step: raw.step.0,
        green_hills: raw.facts.0.green_hills,
        as_of: raw.as_of.0,
        events: raw.events.0,
    })
}

/// The `id` of a line that is no scenario, as far as it can be read.
pub(super) fn id_of(line: &[u8]) -> Option<&RawValue> {
    struct Ids<'a, 'l>(&'a mut Option<&'l RawValue>);
    impl<'l> Visitor<'l> for Ids<'_, 'l> {
        type Value = ();
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'l>>(self, mut map: A) -> Result<(), A::Error> {
            while let Some(Text(key)) = map.next_key()? {
                if key == "id" {
                    *self.0 = Some(map.next_value()?);
                } else {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            Ok(())
        }
    }
    let mut id = None;
    // What follows the id may be broken; the id that was read before it still stands.
    let _ = serde_json::Deserializer::from_slice(line).deserialize_map(Ids(&mut id));
    id
}

fn event_of(raw: RawEvent<'_>) -> Result<Event, String> {
    let kind = match raw.kind.0.as_ref() {
        "submitted" => EventKind::Submitted,
        "materials-requested" => EventKind::MaterialsRequested,
        "resubmitted" => EventKind::Resubmitted,
        "accepted" => EventKind::Accepted,
        "rejected" => EventKind::Rejected,
        "county-opinion-received" => EventKind::CountyOpinionReceived,
        "announced" => EventKind::Announced {
            days: raw.days.map_or(Ok(30), days)?,
        },
        "suspended" => EventKind::Suspended {
            ground: ground(raw.ground.ok_or("`ground` is missing; expected a word")?)?,
        },
        "resumed" => EventKind::Resumed,
        "extended" => EventKind::Extended {
            days: days(
                raw.days
                    .ok_or("`days` is missing; expected a whole number")?,
            )?,
        },
        "granted" => EventKind::Granted,
        "denied" => EventKind::Denied,
        "withdrawn" => EventKind::Withdrawn,
        other => EventKind::Unknown(other.to_owned()),
    };
    Ok(Event { on: raw.on.0, kind })
}

/// A whole number of any size; one too wide for the clock becomes its widest, which the rules
/// then judge.
fn days(raw: &RawValue) -> Result<i64, String> {
    let text = raw.get();
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("`days` is {text}; expected a whole number"));
    }
    let widest = if digits.len() < text.len() {
        i64::MIN
    } else {
        i64::MAX
    };
    Ok(text.parse().unwrap_or(widest))
}

fn ground(raw: &RawValue) -> Result<String, String> {
    serde_json::from_str(raw.get())
        .map_err(|_| format!("`ground` is {}; expected a word", raw.get()))
}

/// Keeps a written `null` apart from a field that is left out.
fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(from).map(Some)
}

/// Text, borrowed where it holds no escapes.
#[derive(serde::Deserialize)]
struct Text<'l>(#[serde(borrow)] Cow<'l, str>);

/// A `T` written as an object: a list of its fields' values, which serde would take too, is none.
#[derive(Default)]
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = T;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map))
            }
        }
        from.deserialize_map(Fields(PhantomData)).map(Object)
    }
}

struct Day(NaiveDate);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Written;
        impl Visitor<'_> for Written {
            type Value = Day;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date as YYYY-MM-DD")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Day, E> {
                parse_date(text)
                    .map(Day)
                    .ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
            }
        }
        from.deserialize_str(Written)
    }
}

/// The events; an error names the one at fault by its index from 0.
struct Events(Vec<Event>);

impl<'de> Deserialize<'de> for Events {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = Vec<Event>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of events")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<Event>, A::Error> {
                let mut events = Vec::with_capacity(8);
                loop {
                    let fault = |error: &dyn fmt::Display| {
                        A::Error::custom(format_args!("event {}: {error}", events.len()))
                    };
                    match seq.next_element::<Object<RawEvent<'de>>>() {
                        Ok(Some(Object(raw))) => {
                            let event = event_of(raw).map_err(|error| fault(&error))?;
                            events.push(event);
                        }
                        Ok(None) => return Ok(events),
                        Err(error) => return Err(fault(&error)),
                    }
                }
            }
        }
        from.deserialize_seq(List).map(Events)
    }
}
