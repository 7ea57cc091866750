//! A change of a project's facts, before and after it is made.

use chrono::NaiveDate;

use crate::statute::plan::ProjectFacts;
use crate::store::FilingId;

/// What a change of facts will do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FactsPreview {
    /// Running steps whose clock moves.
    pub moved: Vec<Moved>,
    /// Steps that come to the route.
    pub added: Vec<String>,
    /// Steps that were not filed and drop out.
    pub dropped: Vec<String>,
    /// Filed steps that are no longer needed: the company may withdraw them.
    pub not_needed: Vec<String>,
    /// Decided steps, which stay as they were decided.
    pub decided: u32,
}

/// A step whose clock moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The step.
    pub filing: FilingId,
    /// Its name.
    pub name: String,
    /// When it is due as things are.
    pub before: When,
    /// When it will be.
    pub after: When,
}

/// When a step is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The due date, where it is known.
    pub due_on: Option<NaiveDate>,
    /// True: no limit holds.
    pub untimed: bool,
    /// True: the due date rests on no notice yet.
    pub provisional: bool,
}

/// The page on which facts are changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactsPage {
    /// The project's name.
    pub name: String,
    /// The facts as they are.
    pub facts: ProjectFacts,
    /// A word for exactly these facts: what is sent back must have been built on them.
    pub seen: String,
    /// What the typed facts would do, once they were shown.
    pub preview: Option<FactsPreview>,
    /// A word for exactly the previewed facts and what they do.
    pub previewed: Option<String>,
}

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactsChanged {
    /// The facts before.
    pub before: ProjectFacts,
    /// The facts after.
    pub after: ProjectFacts,
    /// Why.
    pub reason: String,
    /// The day on which it was recorded.
    pub on: NaiveDate,
    /// Who recorded it.
    pub person_name: String,
}
