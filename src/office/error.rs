//! Why a use case did not happen.

use crate::files::{FilesError, Unfit};
use crate::statute::clock::Refusal;
use crate::statute::plan::route::FactsFault;
use crate::store::StoreError;

/// One fault of a typed form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// The form's field.
    pub field: &'static str,
    /// What is wrong and what would be right, in Chinese.
    pub message: String,
}

/// A rule of the office (not of the clock) that refuses an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeRule {
    /// The rule's name, kebab-case: `future-day`, `waits-for`, `joint-filing`, `exempt` …
    pub rule: &'static str,
    /// What was wrong, which clause says so and what is open instead, in Chinese.
    pub detail: String,
}

/// Why a use case did not happen; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// No such project, step or person (404).
    #[error("not found: {0}")]
    NotFound(&'static str),
    /// The role may not (403).
    #[error("forbidden: {0}")]
    Forbidden(String),
    /// Login failed or throttled (401), in Chinese.
    #[error("login refused: {0}")]
    LoginRefused(String),
    /// Typed values are wrong (422).
    #[error("{} field(s) are wrong", .0.len())]
    Invalid(Vec<FieldFault>),
    /// The project's facts contradict themselves (422).
    #[error(transparent)]
    Facts(#[from] FactsFault),
    /// The clock's rules refuse the event (422).
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A rule of the office refuses the act (422).
    #[error("refused by {}: {}", .0.rule, .0.detail)]
    Rule(OfficeRule),
    /// A file cannot be taken (422; 413 where it is too large).
    #[error("the file is not taken: {0}")]
    Unfit(#[from] Unfit),
    /// Somebody recorded something meanwhile (409).
    #[error("the ledger has moved on: {seen} seen, {now} now")]
    Stale {
        /// The entries that the form had seen.
        seen: u32,
        /// The entries there are.
        now: u32,
    },
    /// The same form was posted before (303 to what it made).
    #[error("posted twice; the first made project {0}")]
    AlreadyMade(crate::store::ProjectId),
    /// The store failed (500); the text is for the log, never for the user.
    #[error("store: {0}")]
    Store(String),
}

impl OfficeError {
    /// A refusal by a rule of the office.
    pub(in crate::office) fn rule(rule: &'static str, detail: impl Into<String>) -> OfficeError {
        OfficeError::Rule(OfficeRule {
            rule,
            detail: detail.into(),
        })
    }
}

impl From<StoreError> for OfficeError {
    fn from(error: StoreError) -> Self {
        OfficeError::Store(error.to_string())
    }
}

impl From<FilesError> for OfficeError {
    fn from(error: FilesError) -> Self {
        match error {
            FilesError::Unfit(unfit) => OfficeError::Unfit(unfit),
            other => OfficeError::Store(other.to_string()),
        }
    }
}
