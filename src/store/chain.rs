//! The chain over a ledger: each entry's hash covers the entry and the hash before it.

use std::fmt::Write as _;

use chrono::SecondsFormat;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::details::Details;
use super::ids::FilingId;
use super::record::Entry;
use crate::statute::clock::Event;

/// The hash that `entry` of `filing` must carry after `prev` (empty for the first): SHA-256 in
/// lower-case hex over a JSON array of the hash before, the filing, the number, the event with its
/// details where it has any, the note, the actor, the actor's name and the instant.
///
/// JSON quotes what a note holds, so that nothing can move from one field to the next under the
/// same hash, and tells no note from an empty one.
/// ```text
/// ["",7,1,{"on":"2026-11-02","type":"submitted"},null,3,"王工","2026-11-02T04:00:00Z"]
/// ```
pub fn chain_hash(prev: &str, filing: FilingId, entry: &Entry) -> String {
    let text = serde_json::to_string(&(
        prev,
        filing,
        entry.seq,
        Chained {
            event: &entry.event,
            details: &entry.details,
        },
        &entry.note,
        entry.actor,
        &entry.actor_name,
        entry
            .recorded_at
            .to_rfc3339_opts(SecondsFormat::AutoSi, true),
    ))
    .unwrap_or_default();
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// The event, and the details where there are any: an entry without them hashes as its event alone.
#[derive(Serialize)]
struct Chained<'a> {
    #[serde(flatten)]
    event: &'a Event,
    #[serde(skip_serializing_if = "Details::is_empty")]
    details: &'a Details,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::calendar::date;
    use crate::statute::clock::EventKind;
    use crate::store::PersonId;

    fn entry() -> Entry {
        Entry {
            seq: 1,
            event: Event {
                on: date(2026, 11, 2),
                kind: EventKind::Submitted,
            },
            note: None,
            details: Details::default(),
            actor: Some(PersonId(3)),
            actor_name: "王工".to_owned(),
            recorded_at: date(2026, 11, 2).and_hms_opt(4, 0, 0).unwrap().and_utc(),
            hash: String::new(),
        }
    }

    /// Reckoned by another program (`sha256sum`) over the text that the documentation shows.
    #[test]
    fn the_hash_is_over_the_documented_text() {
        assert_eq!(
            chain_hash("", FilingId(7), &entry()),
            "082dfef3a6e3227ddfdf46959707009c5a0bb60080002e3d2d3d0af73bb86ccb"
        );
    }

    #[test]
    fn every_field_is_covered() {
        let plain = entry();
        let hash = chain_hash("", FilingId(7), &plain);
        assert_ne!(
            hash,
            chain_hash("0", FilingId(7), &plain),
            "the hash before"
        );
        assert_ne!(hash, chain_hash("", FilingId(8), &plain), "the filing");
        type Change = (&'static str, fn(&mut Entry));
        let changes: [Change; 9] = [
            ("seq", |e| e.seq = 2),
            ("day", |e| e.event.on = date(2026, 11, 3)),
            ("kind", |e| e.event.kind = EventKind::Resubmitted),
            ("details", |e| e.details.missing.push("x".to_owned())),
            ("note", |e| e.note = Some(String::new())),
            ("actor", |e| e.actor = None),
            ("name", |e| e.actor_name.push('x')),
            ("second", |e| e.recorded_at += chrono::TimeDelta::seconds(1)),
            ("part of a second", |e| {
                e.recorded_at += chrono::TimeDelta::milliseconds(1);
            }),
        ];
        for (what, change) in changes {
            let mut other = plain.clone();
            change(&mut other);
            assert_ne!(hash, chain_hash("", FilingId(7), &other), "{what}");
        }
    }

    #[test]
    fn nothing_moves_from_one_field_to_the_next() {
        for mark in ["\u{1f}", "\"", ",", "\",7,\""] {
            let mut one = entry();
            one.note = Some("a".to_owned());
            one.actor = Some(PersonId(7));
            one.actor_name = format!("8{mark}b");
            let mut other = one.clone();
            other.note = Some(format!("a{mark}7"));
            other.actor = Some(PersonId(8));
            other.actor_name = "b".to_owned();
            assert_ne!(
                chain_hash("", FilingId(7), &one),
                chain_hash("", FilingId(7), &other),
                "{mark:?}"
            );
        }
    }
}
