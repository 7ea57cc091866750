//! What the doors ask for: parsed once, before a use case begins.

use chrono::{DateTime, NaiveDate, Utc};

use super::model::board::{BoardLamp, Dimension};
use super::model::supervision::SupervisionAct;
use crate::statute::clock::{Event, EventKind};
use crate::statute::division::County;
use crate::statute::offence::{Entry, OffenceKind};
use crate::statute::paper::DeliveryWay;
use crate::statute::plan::ProjectFacts;
use crate::statute::proceeding::Proceeding;
use crate::statute::supervision::CaseState;
use crate::store::record::Role;
use crate::store::{
    BoardFilter, CommitmentId, CorrectionId, Details, DocumentId, FilingId, OffenceId, PersonId,
    ProjectId,
};

/// Today and now, read once a request at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The Asia/Shanghai calendar day.
    pub today: NaiveDate,
    /// The instant.
    pub now: DateTime<Utc>,
}

/// A new project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProject {
    /// Its name, 2 to 80 characters.
    pub name: String,
    /// Its platform code, if known: `2020-210500-44-02-016343`.
    pub code: Option<String>,
    /// Its facts.
    pub facts: ProjectFacts,
    /// A random key of the form, so that posting twice makes one project.
    pub request_key: String,
}

/// An event to be recorded on one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordEvent {
    /// The step.
    pub filing: FilingId,
    /// What happened.
    pub kind: EventKind,
    /// On which day.
    pub on: NaiveDate,
    /// Words of the person, at most 500 characters.
    pub note: Option<String>,
    /// What the entry says beyond its event.
    pub details: Details,
    /// The number of ledger entries that the form had seen.
    pub seen: u32,
    /// True where an officer accepts although required materials are not there (仍然受理); the
    /// entry then says which.
    pub despite_missing: bool,
}

/// The joint filing of clause 1: the county reviews and the city pre-review at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileJointly {
    /// The project.
    pub project: ProjectId,
    /// On which day.
    pub on: NaiveDate,
    /// Words of the person.
    pub note: Option<String>,
    /// Every filing of the joint action with the entries seen of its ledger.
    pub seen: Vec<(FilingId, u32)>,
}

/// How a decision reached the applicant (送达).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deliver {
    /// The decision's document.
    pub document: DocumentId,
    /// On which day.
    pub on: NaiveDate,
    /// In which way.
    pub way: DeliveryWay,
    /// Who received it.
    pub recipient: String,
}

/// A fee that a bureau asks for on a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskFee {
    /// The step.
    pub filing: FilingId,
    /// What it is called.
    pub name: String,
    /// How much, in fen (0.01 元).
    pub amount_fen: i64,
    /// The law or regulation that it rests on.
    pub basis: String,
    /// On which day it was asked for.
    pub on: NaiveDate,
}

/// A promise of the company on a step (承诺书).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeCommitment {
    /// The step.
    pub filing: FilingId,
    /// The catalogue's material that it stands for; `None`: it stands for none.
    pub material: Option<String>,
    /// What is promised.
    pub promise: String,
    /// The day of the letter.
    pub on: NaiveDate,
    /// The last day on which it can be kept.
    pub due_on: NaiveDate,
}

/// What became of a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettleCommitment {
    /// The step that it was made for.
    pub filing: FilingId,
    /// The promise.
    pub commitment: CommitmentId,
    /// True: it was kept.
    pub kept: bool,
    /// On which day that was found.
    pub on: NaiveDate,
    /// What was found.
    pub words: String,
}

/// A correction of a mistaken entry (更正).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskCorrection {
    /// Whose ledger.
    pub filing: FilingId,
    /// The number of the mistaken entry.
    pub entry: u32,
    /// What is to take its place; `None`: it is struck out.
    pub event: Option<Event>,
    /// Why.
    pub reason: String,
    /// The number of ledger entries that the form had seen.
    pub seen: u32,
}

/// What the bureau's lead says to a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettleCorrection {
    /// Whose ledger.
    pub filing: FilingId,
    /// The correction.
    pub correction: CorrectionId,
    /// True: it enters the ledger.
    pub consent: bool,
    /// The lead's words.
    pub words: String,
}

/// A change of a project's facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeFacts {
    /// The project.
    pub project: ProjectId,
    /// The facts after.
    pub facts: ProjectFacts,
    /// Why.
    pub reason: String,
    /// [`FactsPage::seen`](super::model::facts::FactsPage::seen) of the page that was filled in.
    pub seen: String,
    /// [`FactsPage::previewed`](super::model::facts::FactsPage::previewed) of what was shown.
    pub previewed: String,
}

/// A change of the approved blueprint (第9条).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeBlueprint {
    /// The granted permit that the blueprint belongs to.
    pub filing: FilingId,
    /// Whether the land scale changes (用地规模).
    pub land: bool,
    /// Whether the building scale changes (建筑规模).
    pub building: bool,
    /// What changes, and why.
    pub reason: String,
}

/// What was done beside a step's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proceed {
    /// The step.
    pub filing: FilingId,
    /// On which day.
    pub on: NaiveDate,
    /// What.
    pub what: Proceeding,
}

/// An officer's queue, to be handed to a colleague for a time (代办).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    /// Whose queue; `None`: one's own.
    pub giver: Option<PersonId>,
    /// Who stands in.
    pub stand_in: PersonId,
    /// The first day.
    pub first_on: NaiveDate,
    /// The last day; it still counts.
    pub last_on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Something to be done in the supervision of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervise {
    /// The step.
    pub filing: FilingId,
    /// What.
    pub what: Supervising,
}

/// What is done in a supervision case, in the words of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Supervising {
    /// Open a case by hand.
    Open {
        /// Why.
        words: String,
    },
    /// Issue a notice.
    Notice {
        /// What is asked.
        requirement: String,
        /// The last day for the answer.
        answer_by: NaiveDate,
    },
    /// Answer it.
    Answer {
        /// Why the step is late.
        cause: String,
        /// By when it will be decided.
        promised_on: NaiveDate,
        /// What is being done about it.
        words: String,
    },
    /// Take the answer.
    Accept {
        /// In which words.
        words: String,
    },
    /// Send the answer back.
    SendBack {
        /// Why.
        words: String,
    },
    /// Close the case.
    Close {
        /// In which words.
        words: String,
    },
}

impl Supervising {
    /// Which act it is.
    pub fn act(&self) -> SupervisionAct {
        match self {
            Supervising::Open { .. } => SupervisionAct::Open,
            Supervising::Notice { .. } => SupervisionAct::Notice,
            Supervising::Answer { .. } => SupervisionAct::Answer,
            Supervising::Accept { .. } => SupervisionAct::Accept,
            Supervising::SendBack { .. } => SupervisionAct::SendBack,
            Supervising::Close { .. } => SupervisionAct::Close,
        }
    }
}

/// The list of cases, narrowed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SupervisionQuery {
    /// Only this bureau's.
    pub bureau: Option<crate::store::BureauId>,
    /// Only those in this state.
    pub state: Option<CaseState>,
    /// The cursor from the page before, as it was given.
    pub after: Option<String>,
}

/// An inbox, narrowed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InboxQuery {
    /// Only what is new.
    pub new_only: bool,
    /// The cursor from the page before, as it was given.
    pub after: Option<String>,
}

/// A new person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// The login name: 3 to 32 of `a-z 0-9 . _ -`.
    pub login: String,
    /// The name in Chinese.
    pub name: String,
    /// The role.
    pub role: Role,
    /// True: an officer who leads the bureau.
    pub lead: bool,
    /// The first password, at least 10 characters.
    pub password: String,
}

/// A login that succeeded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// The secret for the cookie; only its hash is stored.
    pub token: String,
    /// The session's CSRF token.
    pub csrf: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// A session found by its cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveSession {
    /// Who.
    pub actor: super::actor::Actor,
    /// The session's CSRF token.
    pub csrf: String,
    /// How many of the person's messages are new; no more than a hundred are counted.
    pub unread: u64,
}

/// What recording an event brought about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The step.
    pub filing: FilingId,
    /// The entries in its ledger now.
    pub seq: u32,
    /// What happened elsewhere by itself (a city ledger that received the county's opinion).
    pub followed: Vec<FilingId>,
}

/// What the board is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BoardQuery {
    /// By what the counts are broken down.
    pub by: Dimension,
    /// Only steps under this lamp are listed; `None`: all.
    pub lamp: Option<BoardLamp>,
    /// What counts and list are narrowed to.
    pub filter: BoardFilter,
    /// The list's cursor from the page before, as it was given.
    pub after: Option<String>,
    /// The projects' cursor from the page before, as it was given.
    pub groups_after: Option<String>,
}

/// An offence against power facilities, as the company reports it (第14条).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportOffence {
    /// What was found.
    pub kind: OffenceKind,
    /// In which county.
    pub county: County,
    /// Where there.
    pub place: String,
    /// When it was found.
    pub found_at: DateTime<Utc>,
    /// What was seen.
    pub words: String,
    /// The project that it touches, if any.
    pub project: Option<ProjectId>,
    /// Whether it lies in the protection zone of large works.
    pub large_works: bool,
    /// A random key of the form, so that posting twice reports one.
    pub request_key: String,
}

/// What the bureau that has an offence records of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandleOffence {
    /// The offence.
    pub offence: OffenceId,
    /// On which day.
    pub on: NaiveDate,
    /// What.
    pub what: Entry,
}
