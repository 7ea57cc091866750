//! Offences against power facilities (涉电违法, 方案第14条): what the grid company reports, which
//! bureau has it, and what may follow what until it is closed.
//!
//! # Why
//! The clause names the kinds and the bodies and gives no time limit, so there is no clock here
//! and no lamp: an offence is a short ledger whose days never go back. Which bureau takes which
//! kind is data with its source ([`OffenceRule`]).

mod refused;
mod standing;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::plan::{BureauKind, Level, Source};
pub use refused::Refused;
pub use standing::{Standing, admit, read};

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OffenceKind {
    /// 树线矛盾.
    TreeLine,
    /// 线路下方违建.
    BuildingUnderLine,
    /// 电力设施被盗.
    FacilityTheft,
}

impl OffenceKind {
    /// All kinds, in the order of the clause.
    pub const ALL: [OffenceKind; 3] = [
        OffenceKind::TreeLine,
        OffenceKind::BuildingUnderLine,
        OffenceKind::FacilityTheft,
    ];

    /// The word used in data, columns and forms.
    pub fn code(self) -> &'static str {
        match self {
            OffenceKind::TreeLine => "tree-line",
            OffenceKind::BuildingUnderLine => "building-under-line",
            OffenceKind::FacilityTheft => "facility-theft",
        }
    }

    /// The kind that the word names, if any.
    pub fn from_code(code: &str) -> Option<OffenceKind> {
        OffenceKind::ALL
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// The kinds of bureau that clause 14 makes responsible beside the company and the counties.
pub const HANDLERS: [BureauKind; 3] = [
    BureauKind::Police,
    BureauKind::Forestry,
    BureauKind::Housing,
];

/// Which bureau takes a kind of offence, as the catalogue has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffenceRule {
    /// The kind of offence.
    pub kind: OffenceKind,
    /// The kind of bureau that takes it.
    pub bureau: BureauKind,
    /// At which level: the city's bureau, or that of the county where it happened.
    pub level: Level,
    /// Where that is written.
    pub source: Source,
}

/// How an offence ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// 已处置.
    Settled,
    /// 查无实据.
    Unfounded,
    /// 移送司法.
    ToJustice,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Outcome; 3] = [Outcome::Settled, Outcome::Unfounded, Outcome::ToJustice];

    /// The word used in data and forms.
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Settled => "settled",
            Outcome::Unfounded => "unfounded",
            Outcome::ToJustice => "to-justice",
        }
    }

    /// The outcome that the word names, if any.
    pub fn from_code(code: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// One thing that happened to an offence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Entry {
    /// The company reported it.
    Reported,
    /// The bureau that has it took it up (受理).
    Received,
    /// A step of its handling (处置进展).
    Progress {
        /// In words.
        words: String,
    },
    /// It went to another kind of bureau (移送), whose it then is.
    Transferred {
        /// To which kind.
        to: BureauKind,
        /// Why.
        reason: String,
    },
    /// It ended.
    Closed {
        /// How.
        outcome: Outcome,
        /// In words.
        words: String,
    },
}

impl Entry {
    /// The word used in columns and addresses.
    pub fn code(&self) -> &'static str {
        match self {
            Entry::Reported => "reported",
            Entry::Received => "received",
            Entry::Progress { .. } => "progress",
            Entry::Transferred { .. } => "transferred",
            Entry::Closed { .. } => "closed",
        }
    }
}

/// An entry with its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The Asia/Shanghai day.
    pub on: NaiveDate,
    /// What.
    pub what: Entry,
}

/// Where an offence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Reported, not yet taken up.
    Reported,
    /// Sent on to another bureau, which has not yet taken it up.
    Transferred,
    /// Taken up.
    Received,
    /// Ended.
    Closed,
}

impl State {
    /// All states, in the order in which they are passed.
    pub const ALL: [State; 4] = [
        State::Reported,
        State::Transferred,
        State::Received,
        State::Closed,
    ];

    /// The word used in columns and addresses.
    pub fn code(self) -> &'static str {
        match self {
            State::Reported => "reported",
            State::Transferred => "transferred",
            State::Received => "received",
            State::Closed => "closed",
        }
    }

    /// The state that the word names, if any.
    pub fn from_code(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether a bureau has still to do something.
    pub fn is_open(self) -> bool {
        self != State::Closed
    }
}

#[cfg(test)]
mod tests;
