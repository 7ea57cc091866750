//! Read models: what the doors (pages, API) are told. No SQL rows, no HTML.

pub mod board;
pub mod commitments;
pub mod coordination;
pub mod corrections;
pub mod delegations;
pub mod delivery;
pub mod exports;
pub mod facts;
pub mod fees;
pub mod figures;
pub mod filing;
pub mod home;
pub mod late;
pub mod materials;
pub mod monthly;
pub mod moves;
pub mod notices;
pub mod offences;
pub mod paper;
pub mod proceedings;
pub mod project;
pub mod register;
pub mod search;
pub mod sheet;
pub mod supervision;
pub mod timeline;
pub mod whatif;

pub use board::{Board, BoardGroup, BoardLamp, Dimension, GroupKey};
pub use commitments::{CommitmentLine, CommitmentsHere, LetterFor, Standing};
pub use fees::{FeeLine, FeesHere};
pub use filing::{ActForm, FilingCard, LedgerLine, OpenAct, RunsHere, StepPage};
pub use home::{BoardCount, BureauCount, BureauHome, CompanyHome, OfficeHome, Todo, TodoKind};
pub use materials::{FileLine, MaterialLine};
pub use project::{
    JointFiling, OtherFiling, ProjectCard, ProjectPage, RouteLine, RoutePreview, SkippedStep,
};
pub use timeline::{Bar, Lane, Segment, SegmentKind, Timeline};

/// One page of a longer list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Rows in the whole list.
    pub total: u64,
    /// An opaque cursor for the next page; `None`: this is the last.
    pub next: Option<String>,
}
