//! What the doors ask of coordination.

use chrono::NaiveDate;

use crate::store::{BureauId, Called, DecisionId, FilingId, MeetingId, Owner, ProjectId};

/// A difficulty to be raised (困难和问题).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaiseDifficulty {
    /// The project.
    pub project: ProjectId,
    /// The step that it concerns, if one.
    pub filing: Option<FilingId>,
    /// In one line.
    pub title: String,
    /// In full.
    pub words: String,
    /// The bureaus that it needs.
    pub needs: Vec<BureauId>,
    /// On which day.
    pub on: NaiveDate,
}

/// What is done about a difficulty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coordinate {
    /// The office calls a meeting (会商).
    Call {
        /// The day on which it is held.
        on: NaiveDate,
        /// Where.
        place: String,
        /// Who is called.
        called: Called,
    },
    /// The office writes a meeting's minutes.
    Minute {
        /// The meeting.
        meeting: MeetingId,
        /// In words.
        words: String,
    },
    /// The office writes what a meeting decided (议定事项).
    Decide {
        /// The meeting.
        meeting: MeetingId,
        /// Who owes it; `None`: nobody was named.
        owner: Option<Owner>,
        /// What is owed.
        words: String,
        /// The last day for it.
        due_on: NaiveDate,
    },
    /// The owner reports a decision done.
    Report {
        /// The decision.
        decision: DecisionId,
        /// On which day it was done.
        on: NaiveDate,
        /// What was done.
        words: String,
    },
    /// The office finds a decision done.
    Confirm {
        /// The decision.
        decision: DecisionId,
        /// On which day.
        on: NaiveDate,
        /// What was found.
        words: String,
    },
    /// The office sends a decision back to its owner.
    Return {
        /// The decision.
        decision: DecisionId,
        /// On which day.
        on: NaiveDate,
        /// What is wanting.
        words: String,
    },
    /// The office closes the difficulty.
    Close {
        /// True: every decision was carried out; false: for another reason.
        resolved: bool,
        /// On which day.
        on: NaiveDate,
        /// Why.
        words: String,
    },
}
