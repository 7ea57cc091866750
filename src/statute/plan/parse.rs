//! TOML to [`Plan`], with errors that name file, line and what to write instead.

use super::Plan;

/// What is wrong at one place of a catalogue file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFault {
    /// Line from 1.
    pub line: usize,
    /// What is wrong and what to write instead, in Chinese.
    pub message: String,
}

/// A catalogue file that does not load.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {} fault(s)", faults.len())]
pub struct PlanError {
    /// The file's name as the caller gave it.
    pub file: String,
    /// Every fault found, by line.
    pub faults: Vec<PlanFault>,
}

/// Reads a catalogue.
///
/// # Errors
/// All faults of the file at once.
pub fn parse(_file: &str, _text: &str) -> Result<Plan, PlanError> {
    todo!()
}

pub(super) fn built_in() -> &'static Plan {
    todo!()
}
