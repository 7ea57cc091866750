//! Figures (效能统计) as their page, its export and a monthly report show them: plain numbers.

use chrono::NaiveDate;

use super::late::Month;
use crate::statute::figures::{Spread, per_mille};
use crate::statute::plan::StepId;
use crate::store::record::Bureau;
use crate::store::{BureauId, Grouping};

/// By what figures are set side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum FiguresBy {
    /// The month of the day that counts.
    #[default]
    Month,
    /// The bureau that decides.
    Bureau,
    /// The step.
    Step,
}

impl FiguresBy {
    /// All, in the order in which a page offers them.
    pub const ALL: [FiguresBy; 3] = [FiguresBy::Month, FiguresBy::Bureau, FiguresBy::Step];

    /// The word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            FiguresBy::Month => "month",
            FiguresBy::Bureau => "bureau",
            FiguresBy::Step => "step",
        }
    }

    /// What the word names, if anything.
    pub fn from_code(code: &str) -> Option<FiguresBy> {
        FiguresBy::ALL.into_iter().find(|by| by.code() == code)
    }

    pub(in crate::office) fn grouping(self) -> Grouping {
        match self {
            FiguresBy::Month => Grouping::Month,
            FiguresBy::Bureau => Grouping::Bureau,
            FiguresBy::Step => Grouping::Step,
        }
    }
}

/// Which figures are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiguresQuery {
    /// The first month.
    pub from: Month,
    /// The last month; the running one is counted up to today.
    pub to: Month,
    /// Only steps that this bureau decides.
    pub bureau: Option<BureauId>,
    /// Only this step.
    pub step: Option<StepId>,
    /// By what they are set side by side.
    pub by: FiguresBy,
}

impl FiguresQuery {
    /// The twelve months that end with today's, by month.
    pub fn last_year(today: NaiveDate) -> FiguresQuery {
        let to = Month::of(today);
        FiguresQuery {
            from: to.back(11),
            to,
            bureau: None,
            step: None,
            by: FiguresBy::Month,
        }
    }
}

/// What a row of figures is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FiguresKey {
    /// A month.
    Month(Month),
    /// A bureau.
    Bureau(Bureau),
    /// A step, with its name in the present catalogue, or its identifier where that has none.
    Step(StepId, String),
}

/// What a finished project's steps took side by side, added up over projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProjectFigures {
    /// Projects whose last step was granted.
    pub finished: u64,
    /// Working days of all their steps, added up.
    pub one_after_another: u64,
    /// Working days from first submission to last decision, added up.
    pub elapsed: u64,
    /// Those of them on which no step of the project was in hand.
    pub idle: u64,
}

impl ProjectFigures {
    /// Working days on which at least one step was in hand.
    pub fn in_hand(&self) -> u64 {
        self.elapsed.saturating_sub(self.idle)
    }

    /// Working days saved by handling side by side: `one_after_another` less `in_hand`.
    pub fn saved(&self) -> u64 {
        self.one_after_another.saturating_sub(self.in_hand())
    }
}

/// The figures of one group. Each is defined in `docs/figures.md`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FigureSet {
    /// Handed in (收件), by the day of the first submission.
    pub filed: u64,
    /// Accepted (受理), by the day of acceptance.
    pub accepted: u64,
    /// Those of them that silence accepted.
    pub accepted_by_silence: u64,
    /// Decided (办结): granted and denied, by the decision's day.
    pub decided: u64,
    /// Granted.
    pub granted: u64,
    /// Denied.
    pub denied: u64,
    /// Not accepted (不予受理): not in `decided`.
    pub rejected: u64,
    /// Taken back (撤回): not in `decided`.
    pub withdrawn: u64,
    /// Those of them that were past their due date by then.
    pub withdrawn_late: u64,
    /// Of `decided`, those with a limit: what `on_time` is of.
    pub with_limit: u64,
    /// Of `decided`, those without a limit.
    pub without_limit: u64,
    /// Of `with_limit`, decided by the due date.
    pub on_time: u64,
    /// Of `with_limit`, decided after it.
    pub late: u64,
    /// Of `with_limit`, decided on the due date itself.
    pub on_last_day: u64,
    /// Used working days of `with_limit`; `None`: there is none.
    pub used: Option<Spread>,
    /// Of `decided`, those that stood still at all.
    pub suspended: u64,
    /// Working days that they stood still.
    pub suspended_days: u64,
    /// Of `decided`, those that waited for a county's opinion.
    pub waited: u64,
    /// Working days that they waited.
    pub waited_days: u64,
    /// Suspensions that were set, by the day of each.
    pub suspensions: u64,
    /// Those of them that were set on the due date.
    pub suspensions_on_last_day: u64,
    /// Those of them that were set after it.
    pub suspensions_after_due: u64,
    /// Entries typed late (补录), by the day of typing.
    pub typed_late: u64,
    /// Finished projects; `None` where the group is no whole of projects.
    pub projects: Option<ProjectFigures>,
}

impl FigureSet {
    /// On time in tenths of a percent; nothing where nothing had a limit.
    pub fn on_time_per_mille(&self) -> Option<u32> {
        per_mille(self.on_time, self.with_limit)
    }

    /// Whether every count is zero.
    pub fn is_empty(&self) -> bool {
        let projects = self.projects.filter(|one| one.finished > 0);
        *self
            == FigureSet {
                projects: self.projects,
                ..FigureSet::default()
            }
            && projects.is_none()
    }
}

/// One group with its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiguresLine {
    /// What it is about.
    pub key: FiguresKey,
    /// Its figures.
    pub set: FigureSet,
}

/// The page of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// What was asked, with the bureau that an officer is held to.
    pub asked: FiguresQuery,
    /// The first day that counts.
    pub first: NaiveDate,
    /// The last day that counts: not after today.
    pub last: NaiveDate,
    /// The groups: every month of the range, or the bureaus or steps with any figure.
    pub lines: Vec<FiguresLine>,
    /// All of it together.
    pub total: FigureSet,
    /// Steps that are overdue today and not decided: in no figure yet.
    pub open_overdue: u64,
    /// Filings whose figures are still to be made from their ledgers: in no figure yet.
    pub owed: u64,
    /// True: this person sees one bureau's only.
    pub own: bool,
    /// The bureaus to choose from.
    pub bureaus: Vec<Bureau>,
    /// The steps to choose from, in the plan's order.
    pub steps: Vec<(StepId, String)>,
}
