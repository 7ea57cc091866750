//! Conditions over a project's facts, as the catalogue writes them.
//!
//! A condition is a list of terms that must all hold: `new_land`, `!green_hills`,
//! `voltage_kv <= 10`. The empty list always holds.

use serde::{Deserialize, Serialize};

use super::facts::ProjectFacts;

/// All terms must hold; none: always.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Condition {
    /// The terms.
    pub all: Vec<Term>,
}

/// One term. (Its shape belongs to this file; other rooms only call [`Condition::holds`].)
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {}

impl Condition {
    /// Whether every term holds for `facts`.
    pub fn holds(&self, _facts: &ProjectFacts) -> bool {
        todo!()
    }
}
