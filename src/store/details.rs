//! What an entry says beyond its event, kept in the entry's payload and covered by its hash.

use serde::{Deserialize, Serialize};

use crate::statute::clock::Correction;

/// One thing that a one-time notice (一次性告知) asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requested {
    /// The catalogue's material, where it is one of the step's list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub material: Option<String>,
    /// Its name in Chinese, as the notice prints it.
    pub name: String,
}

/// What an entry says beyond its event.
///
/// An entry without any is written as it was before there were details, so that old hashes hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Details {
    /// What a one-time notice asks for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requested: Vec<Requested>,
    /// The catalogue's materials that were not there when the officer accepted all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// The colleague whose queue it was, where the one who acts stands in (代办).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_in_for: Option<String>,
    /// Which entry this one corrects (更正).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Correction>,
    /// Why it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who asked for the correction; who recorded it consented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed_by: Option<String>,
}

impl Details {
    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        *self == Details::default()
    }
}
