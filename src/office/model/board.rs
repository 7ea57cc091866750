//! The board (督查看板): where every open step stands, by every dimension.

use super::Page;
use super::filing::FilingCard;
use crate::store::{Bucket, BureauId, Counts, PersonId, Place, ProjectId};

/// What a list of the board is narrowed to: a lamp, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BoardLamp {
    /// Past the due date.
    Red,
    /// Red, past the law's own limit too.
    Law,
    /// Near the due date.
    Yellow,
    /// In time.
    Green,
    /// Suspended, or with the applicant.
    Paused,
    /// Suspended.
    Suspended,
    /// With the applicant.
    Correcting,
    /// The clock has not started: awaiting acceptance, or the start lies ahead.
    Waiting,
    /// Handed in, neither accepted nor answered.
    Awaiting,
    /// Accepted, the clock's start ahead.
    NotStarted,
    /// Running without a limit.
    Untimed,
}

impl BoardLamp {
    /// The six lamps that share out every open step, what needs a person first ahead.
    pub const SIX: [BoardLamp; 6] = [
        BoardLamp::Red,
        BoardLamp::Yellow,
        BoardLamp::Green,
        BoardLamp::Paused,
        BoardLamp::Waiting,
        BoardLamp::Untimed,
    ];

    /// All of them.
    pub const ALL: [BoardLamp; 11] = [
        BoardLamp::Red,
        BoardLamp::Law,
        BoardLamp::Yellow,
        BoardLamp::Green,
        BoardLamp::Paused,
        BoardLamp::Suspended,
        BoardLamp::Correcting,
        BoardLamp::Waiting,
        BoardLamp::Awaiting,
        BoardLamp::NotStarted,
        BoardLamp::Untimed,
    ];

    /// Its word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            BoardLamp::Red => "red",
            BoardLamp::Law => "law",
            BoardLamp::Yellow => "yellow",
            BoardLamp::Green => "green",
            BoardLamp::Paused => "paused",
            BoardLamp::Suspended => "suspended",
            BoardLamp::Correcting => "correcting",
            BoardLamp::Waiting => "waiting",
            BoardLamp::Awaiting => "awaiting",
            BoardLamp::NotStarted => "not-started",
            BoardLamp::Untimed => "untimed",
        }
    }

    /// The lamp of that word.
    pub fn from_code(code: &str) -> Option<BoardLamp> {
        BoardLamp::ALL.into_iter().find(|lamp| lamp.code() == code)
    }

    /// The buckets that it holds.
    pub fn buckets(self) -> &'static [Bucket] {
        match self {
            BoardLamp::Red => &[Bucket::LawOverdue, Bucket::PlanOverdue],
            BoardLamp::Law => &[Bucket::LawOverdue],
            BoardLamp::Yellow => &[Bucket::NearDue],
            BoardLamp::Green => &[Bucket::InTime],
            BoardLamp::Paused => &[Bucket::Correcting, Bucket::Suspended],
            BoardLamp::Suspended => &[Bucket::Suspended],
            BoardLamp::Correcting => &[Bucket::Correcting],
            BoardLamp::Waiting => &[Bucket::Awaiting, Bucket::NotStarted],
            BoardLamp::Awaiting => &[Bucket::Awaiting],
            BoardLamp::NotStarted => &[Bucket::NotStarted],
            BoardLamp::Untimed => &[Bucket::Untimed],
        }
    }

    /// How many of the counted steps it holds.
    pub fn of(self, counts: &Counts) -> u64 {
        self.buckets().iter().map(|bucket| counts.of(*bucket)).sum()
    }
}

/// By what the board breaks its counts down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Dimension {
    /// Who decides.
    #[default]
    Bureau,
    /// Where it is decided: the city, or a county.
    County,
    /// Which step of the plan.
    Step,
    /// Which of the company's people entered the project.
    Company,
    /// Which project.
    Project,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Dimension; 5] = [
        Dimension::Bureau,
        Dimension::County,
        Dimension::Step,
        Dimension::Company,
        Dimension::Project,
    ];

    /// Its word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Dimension::Bureau => "bureau",
            Dimension::County => "county",
            Dimension::Step => "step",
            Dimension::Company => "company",
            Dimension::Project => "project",
        }
    }

    /// The dimension of that word.
    pub fn from_code(code: &str) -> Option<Dimension> {
        Dimension::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Of what one line of a breakdown speaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupKey {
    /// A bureau.
    Bureau(BureauId),
    /// The city's level, or a county.
    Place(Place),
    /// A step of the plan, by its identifier.
    Step(String),
    /// Who entered the project.
    Company(PersonId),
    /// A project.
    Project(ProjectId),
}

/// One line of a breakdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardGroup {
    /// Of what.
    pub key: GroupKey,
    /// Its name; empty for a place, whose words the view has.
    pub name: String,
    /// How many of its steps stand where.
    pub counts: Counts,
}

/// What a filter can be set to, with how many open steps it would leave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BoardChoices {
    /// Bureaus.
    pub bureaus: Vec<BoardGroup>,
    /// The city's level and counties.
    pub places: Vec<BoardGroup>,
    /// Steps.
    pub steps: Vec<BoardGroup>,
    /// Who entered the projects.
    pub companies: Vec<BoardGroup>,
}

/// The board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// All that passes the filter, whatever lamp is chosen.
    pub counts: Counts,
    /// The same by the chosen dimension, what needs a person first ahead.
    pub groups: Vec<BoardGroup>,
    /// The cursor for more groups; projects only.
    pub groups_next: Option<String>,
    /// What the filters can be set to.
    pub choices: BoardChoices,
    /// The name of the project that is chosen, where it has a step that one may see.
    pub project_name: Option<String>,
    /// The list under filter and lamp, what needs a person first ahead.
    pub page: Page<FilingCard>,
    /// True: an officer's, which holds the own bureau only.
    pub own: bool,
}
