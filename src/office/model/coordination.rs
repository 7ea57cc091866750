//! Difficulties as the pages show them.

use chrono::NaiveDate;

use super::Page;
use crate::office::coordination::Standing;
use crate::statute::plan::Source;
use crate::store::record::Bureau;
use crate::store::{
    Closed, DecisionId, DecisionStep, DifficultyId, FilingId, MeetingId, ProjectId,
};

/// A difficulty in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterLine {
    /// The difficulty.
    pub id: DifficultyId,
    /// In one line.
    pub title: String,
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub project_name: String,
    /// The day of raising.
    pub raised_on: NaiveDate,
    /// Who raised it.
    pub person_name: String,
    /// How it was closed; `None`: open.
    pub closed: Option<Closed>,
    /// Its decisions.
    pub decisions: u64,
    /// Those confirmed.
    pub confirmed: u64,
    /// Those owed past their day.
    pub overdue: u64,
}

/// The list of difficulties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matters {
    /// The rows, the newest first.
    pub page: Page<MatterLine>,
    /// Open ones that this person sees.
    pub open: u64,
    /// Closed ones that this person sees.
    pub closed: u64,
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MattersQuery {
    /// True: closed ones; false: open ones.
    pub closed: bool,
    /// The cursor from the page before.
    pub after: Option<DifficultyId>,
}

/// The difficulties of one project, on its page and where one is raised.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MattersHere {
    /// Open ones first, the newest first within each (the first 50).
    pub lines: Vec<MatterLine>,
    /// How many there are.
    pub total: u64,
    /// Whether this person may raise one.
    pub may_raise: bool,
}

/// The page where a difficulty is raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaisePage {
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub project_name: String,
    /// The steps that it may concern.
    pub steps: Vec<(FilingId, String)>,
    /// The bureaus that it may need.
    pub bureaus: Vec<Bureau>,
    /// Those raised so far.
    pub here: MattersHere,
}

/// A meeting on the page of its difficulty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingLine {
    /// The meeting.
    pub id: MeetingId,
    /// The day on which it is held.
    pub on: NaiveDate,
    /// Where.
    pub place: String,
    /// Who is called, by name.
    pub called: Vec<String>,
    /// Who called it.
    pub person_name: String,
    /// The minutes, and who wrote them.
    pub minutes: Option<(String, String)>,
    /// Whether this person may write the minutes today.
    pub may_minute: bool,
    /// Whether this person may write a decision of it today.
    pub may_decide: bool,
}

/// What became of a decision, on its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActLine {
    /// What.
    pub step: DecisionStep,
    /// The day.
    pub on: NaiveDate,
    /// In words.
    pub words: String,
    /// Who recorded it.
    pub person_name: String,
}

/// A decision on the page of its difficulty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionLine {
    /// The decision.
    pub id: DecisionId,
    /// The day of its meeting.
    pub meeting_on: NaiveDate,
    /// What is owed.
    pub words: String,
    /// Who owes it, by name.
    pub owner: String,
    /// The last day for it.
    pub due_on: NaiveDate,
    /// Where it stands.
    pub standing: Standing,
    /// What became of it, in the order of recording.
    pub acts: Vec<ActLine>,
    /// Whether this person may report it done.
    pub may_report: bool,
    /// Whether this person may confirm it or send it back.
    pub may_judge: bool,
}

/// The page of one difficulty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterPage {
    /// In a list's terms.
    pub line: MatterLine,
    /// In full.
    pub words: String,
    /// The bureau of the officer who raised it.
    pub raiser: Option<String>,
    /// The step that it concerns.
    pub step: Option<(FilingId, String)>,
    /// The bureaus that it needs, by name.
    pub needs: Vec<String>,
    /// False: this person was brought in and does not see the project.
    pub sees_project: bool,
    /// Its meetings.
    pub meetings: Vec<MeetingLine>,
    /// Its decisions.
    pub decisions: Vec<DecisionLine>,
    /// The bureaus that can be called or owe something.
    pub bureaus: Vec<Bureau>,
    /// Whether this person may call meetings and close it.
    pub may_coordinate: bool,
    /// Whether it may be closed as resolved today.
    pub may_resolve: bool,
    /// The paragraph.
    pub source: Source,
    /// Why the government office's role acts for the leading group's office.
    pub acting: Source,
}

/// A decision that somebody owes, on the home page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionOwed {
    /// The difficulty.
    pub difficulty: DifficultyId,
    /// Its title.
    pub title: String,
    /// The project's name.
    pub project_name: String,
    /// What is owed.
    pub words: String,
    /// The last day for it.
    pub due_on: NaiveDate,
    /// Where it stands.
    pub standing: Standing,
}
