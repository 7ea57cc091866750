//! Letters of commitment as the pages show them.

use chrono::{DateTime, NaiveDate, Utc};

use crate::statute::division::County;
use crate::statute::plan::Source;
use crate::store::{CommitmentId, FilingId, Outcome, ProjectId};

/// Where a promise stands today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Open, so many calendar days before its last day; 0: today is the last.
    Open(u32),
    /// Open, so many calendar days after its last day.
    Overdue(u32),
    /// An officer has found that it was kept or broken.
    Settled(Outcome),
}

/// The material that a letter stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandsFor {
    /// The catalogue's material.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// One promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitmentLine {
    /// The promise.
    pub id: CommitmentId,
    /// The step that it was made for.
    pub filing: FilingId,
    /// The step's name in Chinese.
    pub step_name: String,
    /// The county, for county steps.
    pub county: Option<County>,
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub project_name: String,
    /// The material that it stands for.
    pub material: Option<StandsFor>,
    /// What is promised.
    pub promise: String,
    /// The day of the letter.
    pub made_on: NaiveDate,
    /// The last day on which it can be kept.
    pub due_on: NaiveDate,
    /// Who promises for the company.
    pub person_name: String,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// Where it stands.
    pub standing: Standing,
}

/// A material that a letter may stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterFor {
    /// The catalogue's material.
    pub material: String,
    /// Its name.
    pub name: String,
    /// Where that is written.
    pub source: Source,
}

/// The promises of a step whose catalogue entry lets them be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitmentsHere {
    /// Where it is written that the step is handled on the applicant's commitment.
    pub source: Option<Source>,
    /// What a letter may stand for, on the project's facts.
    pub letters: Vec<LetterFor>,
    /// The step's promises, newest first.
    pub own: Vec<CommitmentLine>,
    /// The company's newest broken promises on other steps.
    pub broken: Vec<CommitmentLine>,
    /// Whether this person may make one now.
    pub may_make: bool,
    /// Whether this person may record what became of one.
    pub may_settle: bool,
}
