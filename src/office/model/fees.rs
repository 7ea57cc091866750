//! Fees that were asked for on a step.

use chrono::{DateTime, NaiveDate, Utc};

/// One fee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeLine {
    /// What it is called.
    pub name: String,
    /// How much, in fen (0.01 元).
    pub amount_fen: i64,
    /// The law or regulation that it rests on, as the officer wrote it.
    pub basis: String,
    /// The day on which it was asked for.
    pub asked_on: NaiveDate,
    /// Who recorded it.
    pub person_name: String,
    /// When it was recorded.
    pub at: DateTime<Utc>,
}

/// The fees of a step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeesHere {
    /// In the order of recording.
    pub lines: Vec<FeeLine>,
    /// Whether this person may record one now.
    pub may_ask: bool,
}
