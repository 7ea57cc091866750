//! The monthly report (月报): a month's figures by bureau and by step, and what was overdue in it.

use chrono::{DateTime, NaiveDate, Utc};

use super::figures::{FigureSet, FiguresLine};
use super::late::Month;
use super::register::RegisterLine;
use crate::statute::supervision::CaseState;
use crate::store::record::Bureau;

/// A step that was overdue in the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverdueLine {
    /// What it was on the month's last day, or on the day it was decided if that came before; who
    /// has it in hand is as of the reading, and its documents are left out.
    pub line: RegisterLine,
    /// The state of its latest supervision case now, and the day that case began.
    pub case: Option<(CaseState, NaiveDate)>,
}

/// A month's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Monthly {
    /// The month.
    pub month: Month,
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day, or today where it is not over.
    pub last: NaiveDate,
    /// True: the month is not over.
    pub running: bool,
    /// When its reading began.
    pub read_at: DateTime<Utc>,
    /// Who asked for it.
    pub person_name: String,
    /// The bureau that it is confined to.
    pub own: Option<Bureau>,
    /// The figures of each bureau.
    pub by_bureau: Vec<FiguresLine>,
    /// The figures of each step.
    pub by_step: Vec<FiguresLine>,
    /// All together.
    pub total: FigureSet,
    /// Filings whose figures are still to be made: in no figure yet.
    pub owed: u64,
    /// The steps that were overdue, the longest overdue first.
    pub overdue: Vec<OverdueLine>,
}
