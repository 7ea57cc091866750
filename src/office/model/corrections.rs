//! Corrections as the page of a step shows them.

use crate::statute::clock::EventKind;
use crate::store::{Correcting, CorrectionId};

/// An entry that this person may ask to have corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correctable {
    /// Its number.
    pub entry: u32,
    /// What it says now.
    pub kind: EventKind,
    /// On which day.
    pub on: chrono::NaiveDate,
}

/// The corrections of a step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CorrectionsHere {
    /// Those that were asked for, the newest first.
    pub asked: Vec<Correcting>,
    /// What this person may ask to have corrected.
    pub may_ask: Vec<Correctable>,
    /// What may take the place of one of these.
    pub kinds: Vec<EventKind>,
    /// The open ones to which this person may consent.
    pub may_settle: Vec<CorrectionId>,
}
