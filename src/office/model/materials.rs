//! What must be handed in for a step, with what is there.

use chrono::{DateTime, Utc};

use crate::statute::plan::Material;
use crate::store::MaterialFileId;

/// One version of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLine {
    /// The file.
    pub id: MaterialFileId,
    /// From 1.
    pub version: u32,
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 in hex.
    pub sha256: String,
    /// Who handed it in.
    pub person_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// One material of a step's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaterialLine {
    /// The catalogue's entry.
    pub material: Material,
    /// False: handed in earlier, but no longer on the list for the project's facts.
    pub listed: bool,
    /// True: must be handed in, and nothing is there.
    pub missing: bool,
    /// True: a letter of commitment stands for it.
    pub by_letter: bool,
    /// What was handed in, newest first.
    pub files: Vec<FileLine>,
}
