//! The chain over a ledger: each entry's hash covers the entry and the hash before it.

use std::fmt::Write as _;

use chrono::SecondsFormat;
use sha2::{Digest, Sha256};

use super::ids::FilingId;
use super::record::Entry;

/// The hash that `entry` of `filing` must carry after `prev` (empty for the first).
///
/// Fields are joined by a unit separator, which no field can hold; so nothing can be moved from
/// one field to the next under the same hash.
pub fn chain_hash(prev: &str, filing: FilingId, entry: &Entry) -> String {
    let event = serde_json::to_string(&entry.event).unwrap_or_default();
    let actor = entry
        .actor
        .map_or_else(String::new, |actor| actor.to_string());
    let text = [
        prev,
        &filing.to_string(),
        &entry.seq.to_string(),
        &event,
        entry.note.as_deref().unwrap_or("\u{0}"),
        &actor,
        &entry.actor_name,
        &entry.recorded_at.to_rfc3339_opts(SecondsFormat::Secs, true),
    ]
    .join("\u{1f}");
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
