//! Projects as the pages show them.

use chrono::NaiveDate;

use super::coordination::MattersHere;
use super::facts::FactsChanged;
use super::filing::FilingCard;
use super::offences::OffencesHere;
use super::timeline::Timeline;
use crate::statute::division::County;
use crate::statute::forecast::Forecast;
use crate::statute::plan::{ProjectFacts, StepId};
use crate::store::{FilingId, ProjectId};

/// One project in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectCard {
    /// The project.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// Its platform code, where known.
    pub code: Option<String>,
    /// Its voltage in volts.
    pub volts: u32,
    /// The counties that it touches.
    pub counties: Vec<County>,
    /// The day it was entered.
    pub created_on: NaiveDate,
    /// Steps on its route.
    pub steps: u32,
    /// Steps decided.
    pub decided: u32,
    /// Steps overdue today.
    pub overdue: u32,
    /// Steps yellow today.
    pub near_due: u32,
    /// Steps suspended today.
    pub suspended: u32,
}

/// One step of a route on the project page or in the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteLine {
    /// The filing; `None` in a preview.
    pub card: Option<FilingCard>,
    /// The step.
    pub step: StepId,
    /// Its name.
    pub name: String,
    /// The plan's clause.
    pub clause: u32,
    /// The county, for county steps.
    pub county: Option<County>,
    /// Who decides it, in Chinese.
    pub bureau_name: String,
    /// The plan's limit in working days.
    pub plan_days: Option<u32>,
    /// The law's limit in working days.
    pub law_days: Option<u32>,
    /// The source of the limit that the clock follows.
    pub limit_source: Option<String>,
    /// Names of the steps that must be granted first.
    pub waits_for: Vec<String>,
    /// True: can be filed today, by itself or in the [`JointFiling`].
    pub fileable: bool,
    /// The forecast's day for filing.
    pub from: Option<NaiveDate>,
    /// The forecast's day for the end.
    pub to: Option<NaiveDate>,
    /// True: on the longest path.
    pub critical: bool,
    /// True: no limit holds for these facts.
    pub untimed: bool,
}

/// A step that need not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedStep {
    /// Its name.
    pub name: String,
    /// The plan's clause that the step belongs to.
    pub clause: u32,
    /// Why not, in Chinese.
    pub reason: String,
    /// The clause that exempts; `None`: the facts do not call for it.
    pub source: Option<String>,
}

/// The route as the new project's facts are typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutePreview {
    /// Steps that apply.
    pub lines: Vec<RouteLine>,
    /// Steps that are exempt under a clause.
    pub exempt: Vec<SkippedStep>,
    /// Steps that the facts do not call for.
    pub not_needed: Vec<SkippedStep>,
    /// When it can be finished.
    pub forecast: Forecast,
    /// When it would be finished one after another.
    pub one_after_another: Option<NaiveDate>,
}

/// When a project will likely be finished, from what steps of its kind really took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikelyFinish {
    /// One draw in ten finishes by then.
    pub early: NaiveDate,
    /// Half of the draws finish by then.
    pub middle: NaiveDate,
    /// Nine draws in ten finish by then.
    pub late: NaiveDate,
    /// The step to push, by name, and the working days that it gains.
    pub push: Option<(String, u32)>,
    /// Steps without any past at their bureau, taken at their limit.
    pub by_limit: Vec<String>,
    /// Steps that have lasted longer than any decided one at their bureau.
    pub beyond: Vec<String>,
    /// Decided steps that the draws come from.
    pub drawn_from: usize,
    /// True where a day of it falls in a year without a notice.
    pub provisional: bool,
}

/// The joint filing that is open (第1条).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointFiling {
    /// The filings that one action files, with what is seen of each ledger.
    pub filings: Vec<(FilingId, u32)>,
    /// Their names in Chinese.
    pub names: Vec<String>,
}

/// The page of one project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectPage {
    /// The project in the list's terms.
    pub card: ProjectCard,
    /// Its facts.
    pub facts: ProjectFacts,
    /// The catalogue version that it began under.
    pub plan_version: String,
    /// The first characters of that version's hash.
    pub plan_hash: String,
    /// Its steps.
    pub lines: Vec<RouteLine>,
    /// Steps that are exempt under a clause.
    pub exempt: Vec<SkippedStep>,
    /// Steps that the facts do not call for.
    pub not_needed: Vec<SkippedStep>,
    /// Filings that are not on the route: runs that others have followed, and steps that are no
    /// longer needed.
    pub others: Vec<OtherFiling>,
    /// Changes of the facts, the newest first.
    pub changes: Vec<FactsChanged>,
    /// Offences against power facilities that touch it, as far as this person may see them.
    pub offences: OffencesHere,
    /// Its difficulties, open ones first.
    pub matters: MattersHere,
    /// The joint filing that this person may make today.
    pub joint: Option<JointFiling>,
    /// True: this person may file steps.
    pub may_file: bool,
    /// When it can be finished.
    pub forecast: Forecast,
    /// When it will likely be finished; `None`: finished, or a step has neither a past nor a limit.
    pub likely: Option<LikelyFinish>,
    /// The drawn time line's data.
    pub timeline: Timeline,
}

/// A filing that is not on its project's route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherFiling {
    /// The filing.
    pub card: FilingCard,
    /// Which run of its step.
    pub run: u32,
    /// True: a later run has taken its place; else the facts no longer call for it.
    pub superseded: bool,
}
