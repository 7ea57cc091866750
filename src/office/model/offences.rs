//! Offences against power facilities as the pages show them (第14条).

use chrono::{DateTime, NaiveDate, Utc};

use super::Page;
use crate::statute::division::County;
use crate::statute::offence::{Entry, OffenceKind, OffenceRule, State};
use crate::statute::plan::BureauKind;
use crate::store::{OffenceFileId, OffenceId, ProjectId};

/// One offence in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffenceCard {
    /// The offence.
    pub id: OffenceId,
    /// What was found.
    pub kind: OffenceKind,
    /// In which county.
    pub county: County,
    /// Where there.
    pub place: String,
    /// When it was found.
    pub found_at: DateTime<Utc>,
    /// The day of the report.
    pub reported_on: NaiveDate,
    /// The bureau that has it.
    pub bureau_name: String,
    /// Where it is.
    pub state: State,
    /// The last entry's day.
    pub last_on: NaiveDate,
}

/// What a list of offences is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OffenceSearch {
    /// Only what is in this state.
    pub state: Option<State>,
    /// The last offence of the page before.
    pub after: Option<OffenceId>,
}

/// The list of offences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffenceList {
    /// The rows, newest first.
    pub page: Page<OffenceCard>,
    /// How many this person may see in each state.
    pub counts: Vec<(State, u64)>,
    /// True: this person may report one.
    pub may_report: bool,
}

/// Some offences beside something else: on a home, on a project's page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OffencesHere {
    /// The newest.
    pub rows: Vec<OffenceCard>,
    /// How many there are.
    pub total: u64,
    /// True: this person may report one.
    pub may_report: bool,
}

/// What the report's form is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffenceFormPage {
    /// The kinds that somebody takes, with who.
    pub rules: Vec<OffenceRule>,
    /// The projects that it may be said to touch, newest first.
    pub projects: Vec<(ProjectId, String)>,
}

/// An entry, as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffenceLine {
    /// The day.
    pub on: NaiveDate,
    /// What.
    pub what: Entry,
    /// The bureau that has the offence after it.
    pub bureau_name: String,
    /// Who recorded it.
    pub person_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffencePicture {
    /// The picture.
    pub id: OffenceFileId,
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

/// The project that an offence touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffenceProject {
    /// The project.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// True: this person may see its page.
    pub open: bool,
}

/// What this person may do with an offence now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OffenceActs {
    /// Take it up.
    pub receive: bool,
    /// Tell of its handling, and close it.
    pub handle: bool,
    /// Send it to one of these.
    pub transfer: Vec<BureauKind>,
    /// Hand in a picture of at most so many bytes.
    pub picture: Option<u64>,
}

/// The page of one offence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffencePage {
    /// The offence in the list's terms.
    pub card: OffenceCard,
    /// What was seen.
    pub words: String,
    /// Whether it lies in the protection zone of large works.
    pub large_works: bool,
    /// Who reported it.
    pub person_name: String,
    /// The project that it touches.
    pub project: Option<OffenceProject>,
    /// Who takes its kind, with the source; `None`: the catalogue says so no longer.
    pub rule: Option<OffenceRule>,
    /// The bureaus that may see it.
    pub seen_by: Vec<String>,
    /// What happened, in order.
    pub entries: Vec<OffenceLine>,
    /// Its pictures, in order.
    pub pictures: Vec<OffencePicture>,
    /// What this person may do now.
    pub acts: OffenceActs,
}
