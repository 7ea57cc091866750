//! Supervision and the inbox as the pages show them.

use chrono::{DateTime, NaiveDate, Utc};

use super::Page;
use super::filing::FilingCard;
use super::paper::Paper;
use crate::statute::plan::Source;
use crate::statute::supervision::{CaseAct, CaseState};
use crate::store::record::Bureau;
use crate::store::{CaseId, FilingId, MessageId, NoticeId};

/// What a step's page tells of its supervision, to those who may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupervisionHere {
    /// The rungs that were told, the earliest first.
    pub rungs: Vec<RungLine>,
    /// Its cases, the newest first.
    pub cases: Vec<CaseHere>,
    /// What this person may do now.
    pub may: Vec<SupervisionAct>,
}

/// What can be done in supervision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SupervisionAct {
    /// Open a case by hand (立案督办).
    Open,
    /// Issue a notice (督办通知单).
    Notice,
    /// Answer it (答复).
    Answer,
    /// Take the answer (采纳).
    Accept,
    /// Send the answer back (退回).
    SendBack,
    /// Close the case (销号).
    Close,
}

impl SupervisionAct {
    /// All, in the order of a case's life.
    pub const ALL: [SupervisionAct; 6] = [
        SupervisionAct::Open,
        SupervisionAct::Notice,
        SupervisionAct::Answer,
        SupervisionAct::Accept,
        SupervisionAct::SendBack,
        SupervisionAct::Close,
    ];

    /// The word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            SupervisionAct::Open => "open",
            SupervisionAct::Notice => "notice",
            SupervisionAct::Answer => "answer",
            SupervisionAct::Accept => "accept",
            SupervisionAct::SendBack => "send-back",
            SupervisionAct::Close => "close",
        }
    }

    /// The act of that word.
    pub fn from_code(code: &str) -> Option<SupervisionAct> {
        SupervisionAct::ALL.into_iter().find(|a| a.code() == code)
    }
}

/// A rung that was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RungLine {
    /// The rung's name.
    pub name: String,
    /// The day that it belongs to.
    pub on: NaiveDate,
    /// The date that it refers to.
    pub refers_to: NaiveDate,
    /// Who was told, in words.
    pub told: String,
    /// When it was sent.
    pub at: DateTime<Utc>,
    /// What it rests on.
    pub source: Option<Source>,
}

/// A case on its step's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseHere {
    /// The case.
    pub id: CaseId,
    /// Where it is.
    pub state: CaseState,
    /// The day that it was opened for.
    pub opened_on: NaiveDate,
    /// What was done in it, in order.
    pub entries: Vec<CaseLine>,
}

/// What was done in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLine {
    /// What.
    pub act: CaseAct,
    /// The day.
    pub on: NaiveDate,
    /// Who.
    pub who: String,
    /// True where it was done by rule.
    pub automatic: bool,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// The notice that it made, with its number in words.
    pub notice: Option<(NoticeId, String)>,
}

/// A case in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// The case.
    pub id: CaseId,
    /// Where it is.
    pub state: CaseState,
    /// The day that it was opened for.
    pub opened_on: NaiveDate,
    /// The day of closing.
    pub closed_on: Option<NaiveDate>,
    /// Its step today.
    pub card: FilingCard,
    /// The last day for the answer that is owed.
    pub answer_by: Option<NaiveDate>,
    /// The day that the bureau last promised.
    pub promised_on: Option<NaiveDate>,
}

/// How many cases are in each state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseCounts(pub Vec<(CaseState, u64)>);

impl CaseCounts {
    /// Those in one state.
    pub fn of(&self, state: CaseState) -> u64 {
        let mine = self.0.iter().filter(|(one, _)| *one == state);
        mine.map(|(_, n)| n).sum()
    }

    /// Those that are not closed.
    pub fn open(&self) -> u64 {
        let open = self.0.iter().filter(|(one, _)| *one != CaseState::Closed);
        open.map(|(_, n)| n).sum()
    }

    /// All.
    pub fn all(&self) -> u64 {
        self.0.iter().map(|(_, n)| n).sum()
    }
}

/// The list of cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupervisionList {
    /// The rows, open ones first, the longest overdue first.
    pub page: Page<CaseRow>,
    /// How many there are in each state, of the bureau that is asked for.
    pub counts: CaseCounts,
    /// The bureaus with cases, and how many of them are open.
    pub bureaus: Vec<(Bureau, u64)>,
}

/// A notice with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticePage {
    /// The notice.
    pub id: NoticeId,
    /// The step that it is about.
    pub filing: FilingId,
    /// Its words.
    pub paper: Paper,
}

/// A message in an inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageLine {
    /// The message.
    pub id: MessageId,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub body: String,
    /// The day that it belongs to.
    pub belongs_on: NaiveDate,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// True until it is read.
    pub fresh: bool,
}

/// An inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbox {
    /// The messages, the newest first; the total is of the list that is asked for.
    pub page: Page<MessageLine>,
    /// How many are new.
    pub fresh: u64,
}
