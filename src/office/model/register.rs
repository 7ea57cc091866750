//! The register (事项台账): one line for each step of each project, as pages and sheets show it.

use chrono::NaiveDate;

use super::Page;
use crate::statute::clock::{Lamp, Status};
use crate::statute::division::County;
use crate::statute::plan::StepId;
use crate::store::record::Bureau;
use crate::store::{FilingId, ProjectId, RegisterFilter};

/// One step of one project. What has no value is `None`, never nought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterLine {
    /// The filing.
    pub filing: FilingId,
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub project_name: String,
    /// Its platform code, where known.
    pub code: Option<String>,
    /// Its voltage in volts.
    pub volts: u32,
    /// The counties that it touches.
    pub counties: Vec<County>,
    /// The plan's clause.
    pub clause: u32,
    /// The step.
    pub step: StepId,
    /// Its name.
    pub step_name: String,
    /// The county, for county steps.
    pub county: Option<County>,
    /// The bureau that decides it.
    pub bureau_name: String,
    /// Where it is on the day.
    pub status: Status,
    /// Its lamp.
    pub lamp: Lamp,
    /// The day of the last submission.
    pub submitted_on: Option<NaiveDate>,
    /// The day of acceptance.
    pub accepted_on: Option<NaiveDate>,
    /// True: silence made the acceptance.
    pub deemed_accepted: bool,
    /// The day from which its clock counts.
    pub started_on: Option<NaiveDate>,
    /// The limit in force, in working days.
    pub limit: Option<u32>,
    /// The last lawful day.
    pub due_on: Option<NaiveDate>,
    /// True: the due date falls in a year without a notice.
    pub provisional: bool,
    /// The last day of the law's own limit.
    pub law_due_on: Option<NaiveDate>,
    /// The day of the decision.
    pub decided_on: Option<NaiveDate>,
    /// Counted working days so far.
    pub used: Option<u32>,
    /// Counted working days past the due date; 0 where a limit runs and is not passed.
    pub overdue_by: Option<u32>,
    /// True: its clock stands still.
    pub suspended: bool,
    /// True: no limit holds for it.
    pub untimed: bool,
    /// Which run of the step it is, from 1.
    pub run: u32,
    /// Who has it in hand.
    pub officer: Option<String>,
    /// The day of the last entry.
    pub last_on: Option<NaiveDate>,
    /// The numbers of its documents.
    pub documents: Vec<String>,
}

/// What a page of the register is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegisterQuery {
    /// What it is narrowed to.
    pub filter: RegisterFilter,
    /// The cursor from the page before, as it was given.
    pub after: Option<String>,
}

/// A page of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The lines: the newest projects first, the steps of each in the order of its route.
    pub page: Page<RegisterLine>,
    /// The bureaus to choose from; none for somebody who sees one bureau's steps only.
    pub bureaus: Vec<Bureau>,
    /// The steps to choose from, with their names.
    pub steps: Vec<(StepId, String)>,
    /// True: this person sees one bureau's steps only.
    pub own: bool,
    /// True: so many lines that their sheet is made as a job.
    pub long: bool,
    /// True: more lines than a view to print holds.
    pub too_long_to_print: bool,
}
