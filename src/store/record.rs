//! The domain values that the store takes in and gives out.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::details::Details;
use super::ids::{BureauId, FilingId, PersonId, ProjectId};
use crate::statute::clock::{Event, Turning};
use crate::statute::division::County;
use crate::statute::plan::{BureauKind, Level, ProjectFacts, StepId};

/// A bureau that decides steps: one kind, one level, one county where it is the county's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bureau {
    /// Its row.
    pub id: BureauId,
    /// What it decides.
    pub kind: BureauKind,
    /// City or county.
    pub level: Level,
    /// The county, for county bureaus.
    pub county: Option<County>,
    /// Its name in Chinese.
    pub name: String,
}

/// What a person may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "kebab-case")]
pub enum Role {
    /// 供电公司: files projects.
    Company,
    /// An officer of one bureau (so of one level and county).
    Officer {
        /// The bureau.
        bureau: BureauId,
    },
    /// 市政府办公室: watches and supervises.
    GovernmentOffice,
    /// 分管市领导: sees what the government office sees, and writes nothing.
    DeputyMayor,
    /// Keeps people and bureaus.
    Administrator,
}

/// A person who can log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The row.
    pub id: PersonId,
    /// The login name, lower case, unique.
    pub login: String,
    /// The name in Chinese.
    pub name: String,
    /// What the person may be.
    pub role: Role,
    /// False: cannot log in any more.
    pub active: bool,
    /// True: an officer who leads the bureau (部门负责人).
    pub lead: bool,
}

/// A project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// The row.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// The 24-character code of the national platform (投资项目代码), where known.
    pub code: Option<String>,
    /// Its facts.
    pub facts: ProjectFacts,
    /// The hash of the catalogue version that it began under.
    pub plan_hash: String,
    /// Who made it.
    pub created_by: PersonId,
    /// The day it was entered.
    pub created_on: NaiveDate,
}

/// One run of one step of a project, without its ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// The row.
    pub id: FilingId,
    /// Its project.
    pub project: ProjectId,
    /// Which step.
    pub step: StepId,
    /// The county, for county steps.
    pub county: Option<County>,
    /// The bureau that decides it.
    pub bureau: BureauId,
    /// The number of entries in its ledger (the last entry's `seq`; 0: empty).
    pub seq: u32,
    /// The day of its last entry.
    pub last_on: Option<NaiveDate>,
    /// The day it was (last) submitted.
    pub submitted_on: Option<NaiveDate>,
    /// The turning points after its last entry.
    pub turning: Turning,
    /// True: not submitted yet and every step that it waits for is granted, so it can be filed.
    pub ready: bool,
    /// Which run of the step it is, from 1.
    pub run: u32,
    /// The run before, where this is not the first.
    pub succeeds: Option<FilingId>,
    /// Whether the project still goes by it.
    pub standing: Standing,
    /// The facts that it was decided under, where the project's have changed since.
    pub decided_under: Option<Box<ProjectFacts>>,
}

impl Filing {
    /// The facts that its clock goes by: those it was decided under, else the project's of today.
    pub fn facts<'a>(&'a self, today: &'a ProjectFacts) -> &'a ProjectFacts {
        self.decided_under.as_deref().unwrap_or(today)
    }

    /// Whether the project goes by it.
    pub fn is_current(&self) -> bool {
        self.standing == Standing::Current
    }
}

/// Whether a project goes by a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It does.
    Current,
    /// A later run of the same step has taken its place.
    Superseded,
    /// Never filed, and the project's facts no longer call for it.
    Dropped,
}

impl Standing {
    /// All of them.
    pub const ALL: [Standing; 3] = [Standing::Current, Standing::Superseded, Standing::Dropped];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Standing::Current => "current",
            Standing::Superseded => "superseded",
            Standing::Dropped => "dropped",
        }
    }

    /// The standing of that word.
    pub fn from_code(code: &str) -> Option<Standing> {
        Standing::ALL
            .into_iter()
            .find(|standing| standing.code() == code)
    }
}

/// One entry of a filing's ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// From 1, without gaps.
    pub seq: u32,
    /// What happened, on which day.
    pub event: Event,
    /// Words of the person who recorded it.
    pub note: Option<String>,
    /// What the entry says beyond its event.
    pub details: Details,
    /// Who recorded it; `None`: the program itself, by rule.
    pub actor: Option<PersonId>,
    /// That person's name at the time, or the rule's words.
    pub actor_name: String,
    /// The instant of recording.
    pub recorded_at: DateTime<Utc>,
    /// SHA-256 over the entry and the hash before it, lower-case hex.
    pub hash: String,
}
