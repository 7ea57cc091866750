//! One run of one step of a project: the projection of its ledger.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

/// One run of one step of a project: the projection of its ledger.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "filing")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The project.
    pub project_id: i64,
    /// The step's identifier.
    pub step: String,
    /// The county's code; empty for city steps.
    pub county: String,
    /// Who decides it.
    pub bureau_id: i64,
    /// Entries in its ledger.
    pub seq: i32,
    /// Day of its last entry.
    pub last_on: Option<Date>,
    /// Day of its last submission.
    pub submitted_on: Option<Date>,
    /// Can be filed now.
    pub ready: bool,
    /// Status after the last entry.
    pub status: String,
    /// From here on silence has accepted.
    pub deems_on: Option<Date>,
    /// Acceptance, real or foreseen.
    pub accepted_on: Option<Date>,
    /// The clock's start.
    pub starts_on: Option<Date>,
    /// From here on yellow.
    pub yellow_on: Option<Date>,
    /// From here on red.
    pub red_on: Option<Date>,
    /// From here on past the law's limit.
    pub law_red_on: Option<Date>,
    /// The last lawful day.
    pub due_on: Option<Date>,
    /// The decision's day.
    pub decided_on: Option<Date>,
    /// Decided after the due date.
    pub decided_late: bool,
    /// Suspended.
    pub suspended: bool,
    /// Counted days open at the suspension.
    pub paused_left: Option<i32>,
    /// See `Turning::over_by`.
    pub over_by: i32,
    /// Silence accepted before the last entry.
    pub deemed_accepted: bool,
    /// No limit holds.
    pub untimed: bool,
    /// The due date rests on no notice yet.
    pub provisional: bool,
    /// Which run of the step, from 1.
    pub run: i32,
    /// The run before, where this is not the first.
    pub succeeds: Option<i64>,
    /// Whether the project still goes by it.
    pub standing: String,
    /// The facts that it was decided under, as JSON, where the project's have changed since.
    pub decided_under: Option<String>,
    /// Who has it in hand: the officer of its bureau who last entered something.
    pub officer_id: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
