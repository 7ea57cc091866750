//! The home page of each role.

use super::commitments::CommitmentLine;
use super::coordination::DecisionOwed;
use super::delegations::{Away, StandingIn};
use super::filing::FilingCard;
use super::offences::OffencesHere;
use super::proceedings::OpinionOwed;
use super::project::ProjectCard;
use super::supervision::CaseCounts;
use crate::store::record::Bureau;
use crate::store::{OpenCorrection, ProjectId};

/// What the company must do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TodoKind {
    /// File the county initial review and the city pre-review together (第1条).
    FileJointly,
    /// File a step.
    File,
    /// Supplement materials after the one-time notice.
    Supplement,
}

/// One thing that the company can do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    /// What.
    pub kind: TodoKind,
    /// On which step (for a joint filing: the city's).
    pub card: FilingCard,
}

/// The company's home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyHome {
    /// What to do now, supplements first.
    pub todos: Vec<Todo>,
    /// How many there are in all (the list is cut at 50).
    pub todo_total: u64,
    /// Steps of the company's projects that are overdue at a bureau.
    pub overdue: Vec<FilingCard>,
    /// Open promises that end within a week or have ended, the most pressing first (the first 20).
    pub promises: Vec<CommitmentLine>,
    /// Decisions of meetings that the company owes, the most pressing first (the first 20).
    pub decisions_owed: Vec<DecisionOwed>,
    /// The newest projects.
    pub projects: Vec<ProjectCard>,
    /// All projects.
    pub project_total: u64,
}

/// A bureau's home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BureauHome {
    /// The bureau.
    pub bureau: Bureau,
    /// Submitted or resubmitted, neither accepted nor answered: by the five-day rule's last day.
    pub awaiting: Vec<FilingCard>,
    /// The clock runs: least time left first, overdue ones ahead.
    pub running: Vec<FilingCard>,
    /// Suspended, waiting for a start, or with the applicant.
    pub paused: Vec<FilingCard>,
    /// Corrections that wait for this person's consent, for the bureau's lead.
    pub corrections: Vec<OpenCorrection>,
    /// Planning opinions that the city has asked this county for, the oldest first.
    pub opinions_owed: Vec<OpinionOwed>,
    /// The colleagues for whom this officer stands in today.
    pub standing_in: Vec<StandingIn>,
    /// Who stands in for this officer today.
    pub away: Option<Away>,
    /// Its supervision cases by state.
    pub supervision: CaseCounts,
    /// Open offences against power facilities that this bureau has; for a city's bureau, that the
    /// bureaus of its kind have (第14条).
    pub offences: OffencesHere,
    /// False: bureaus of its kind decide no step, so that its queue is always empty.
    pub decides: bool,
    /// Decisions of meetings that the bureau owes, the most pressing first (the first 20).
    pub decisions_owed: Vec<DecisionOwed>,
    /// Counts of the whole queue.
    pub count: BureauCount,
}

/// Counts of one bureau's queue on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BureauCount {
    /// The bureau.
    pub bureau: Bureau,
    /// Red.
    pub overdue: u64,
    /// Red and past the law's own limit too.
    pub law_overdue: u64,
    /// Yellow.
    pub near_due: u64,
    /// Green.
    pub in_time: u64,
    /// Suspended.
    pub suspended: u64,
    /// Waiting for the clock's start.
    pub waiting: u64,
    /// Running without a limit.
    pub untimed: u64,
    /// Awaiting acceptance.
    pub awaiting: u64,
    /// With the applicant for supplements.
    pub correcting: u64,
}

/// The government office's home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHome {
    /// One row a bureau that has anything open, most overdue first.
    pub by_bureau: Vec<BureauCount>,
    /// Overdue, longest first (the first 20).
    pub overdue: Vec<FilingCard>,
    /// Yellow, least time left first (the first 20).
    pub near_due: Vec<FilingCard>,
    /// Supervision cases by state.
    pub supervision: CaseCounts,
}

/// How many steps of one bureau are on a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardCount {
    /// The bureau.
    pub bureau: Bureau,
    /// Its steps on the list.
    pub steps: u64,
}

/// The filter of the project list, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProjectSearch {
    /// Part of a name or a code.
    pub text: String,
    /// Only projects that touch this county.
    pub county: Option<crate::statute::division::County>,
    /// Only projects of this voltage, in volts.
    pub volts: Option<u32>,
    /// Only projects with a step in this lamp's state: `red`, `yellow`, or open ones.
    pub state: Option<ProjectState>,
    /// The cursor from the page before.
    pub after: Option<ProjectId>,
}

/// What a project's list can be narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProjectState {
    /// Has an overdue step.
    Overdue,
    /// Has a step near its due date.
    NearDue,
    /// Has an undecided step.
    Open,
    /// All steps decided.
    Finished,
}
