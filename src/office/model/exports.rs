//! Long exports, as their person and the server that writes them know them.

use chrono::{DateTime, Utc};

use crate::store::record::Person;
use crate::store::{ExportFault, ExportId, ExportState, RegisterFilter};

/// What is exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportWhat {
    /// The register (事项台账).
    Register(RegisterFilter),
}

impl ExportWhat {
    /// The word in columns.
    pub fn kind(&self) -> &'static str {
        match self {
            ExportWhat::Register(_) => "register",
        }
    }
}

/// An export as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportLine {
    /// The row.
    pub id: ExportId,
    /// What is exported.
    pub what: ExportWhat,
    /// The name of the bureau that it is narrowed to.
    pub bureau_name: Option<String>,
    /// The name of the step that it is narrowed to.
    pub step_name: Option<String>,
    /// Where it is.
    pub state: ExportState,
    /// True: it was asked to stop.
    pub stop_asked: bool,
    /// Rows written.
    pub done: u64,
    /// Rows to write; `None`: not counted yet.
    pub total: Option<u64>,
    /// When it was asked for.
    pub made_at: DateTime<Utc>,
    /// The instant as of which it read.
    pub read_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Why it failed.
    pub fault: Option<ExportFault>,
    /// The size of its file, where it can be downloaded now.
    pub bytes: Option<u64>,
    /// When the file goes.
    pub expires_at: Option<DateTime<Utc>>,
}

/// An export that this server has claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportClaim {
    /// The row.
    pub id: ExportId,
    /// What this server knows it by.
    pub claim: String,
    /// What is exported.
    pub what: ExportWhat,
    /// Whose it is.
    pub person: Person,
}

/// What a sheet says of how it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetAbout {
    /// The instant as of which everything in it was read.
    pub read_at: DateTime<Utc>,
    /// The day that it is reckoned for.
    pub today: chrono::NaiveDate,
    /// Who asked for it.
    pub person_name: String,
    /// The name of the bureau that it is narrowed to.
    pub bureau_name: Option<String>,
    /// The name of the step that it is narrowed to.
    pub step_name: Option<String>,
    /// What it is narrowed to.
    pub filter: RegisterFilter,
    /// Rows.
    pub total: u64,
}
