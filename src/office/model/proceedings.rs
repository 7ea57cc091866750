//! What stands beside a step's clock, as the pages show it.

use chrono::NaiveDate;

use crate::statute::division::County;
use crate::statute::plan::{NoticeRule, Part, Source};
use crate::statute::proceeding::consultation::Asked;
use crate::statute::proceeding::notice::Posted;

/// What stands beside a step's clock.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Beside {
    /// The ownership notice, where a material of the step waits for one.
    pub notice: Option<NoticeHere>,
    /// The counties' planning opinions, where the bureau asks for them itself.
    pub opinions: Option<OpinionsHere>,
    /// The parts of the step's work.
    pub parts: Option<PartsHere>,
    /// Construction that may begin on submission.
    pub construction: Option<ConstructionHere>,
}

/// The ownership notice (方案第6条).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeHere {
    /// How long it runs.
    pub rule: NoticeRule,
    /// All of them, the newest last.
    pub posted: Vec<Posted>,
    /// Whether the letter may stand for the certificate today; else why not, in Chinese.
    pub letter: Result<(), String>,
    /// Whether this person may post and record objections.
    pub may_record: bool,
}

/// The counties' planning opinions (方案第3条).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionsHere {
    /// Where it is written.
    pub source: Source,
    /// What was asked.
    pub asked: Vec<Asked>,
    /// Counties that this person may ask now.
    pub may_ask: Vec<County>,
    /// Counties for which this person may answer now.
    pub may_give: Vec<County>,
}

/// The parts of a step's work (方案第4条).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartsHere {
    /// Each part.
    pub parts: Vec<PartHere>,
    /// Whether this person may record.
    pub may_record: bool,
}

/// One part, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartHere {
    /// The catalogue's entry.
    pub part: Part,
    /// Who has it, since when.
    pub officer: Option<(String, NaiveDate)>,
    /// The day on which it was finished.
    pub done: Option<NaiveDate>,
}

/// Construction that may begin on submission (方案第15条).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConstructionHere {
    /// Where it is written.
    pub source: Source,
    /// The day, the permits that ran then, and who recorded it.
    pub started: Option<(NaiveDate, Vec<String>, String)>,
    /// Whether this person may record it now.
    pub may_start: bool,
    /// Why it may not begin today, in Chinese.
    pub closed: Option<String>,
}

/// A planning opinion that a county's bureau owes the city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionOwed {
    /// The step.
    pub filing: crate::store::FilingId,
    /// The project's name.
    pub project_name: String,
    /// The day of asking.
    pub asked_on: NaiveDate,
}
