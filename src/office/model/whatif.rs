//! What the page of suppositions tells.

use chrono::NaiveDate;

use super::FilingCard;
use super::moves::Moves;
use crate::statute::plan::StepId;
use crate::store::{BureauId, ProjectId};

/// How a bureau's decided steps would have counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastYear {
    /// The bureau; `None`: all of them.
    pub bureau: Option<BureauId>,
    /// Its name.
    pub name: String,
    /// Steps decided that have a due date.
    pub decided: u64,
    /// Decided in time as it was.
    pub on_time: u64,
    /// Decided in time under the change.
    pub then: u64,
}

/// What a change does to whole projects, reckoned by limits from the day they were entered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spans {
    /// Projects that were reckoned.
    pub projects: u64,
    /// How many would end earlier.
    pub shorter: u64,
    /// How many would end later.
    pub longer: u64,
    /// The working days that all of them would end earlier, together; negative: later.
    pub saved: i64,
    /// Those for which it makes the most, with the working days saved.
    pub most: Vec<(ProjectId, String, i64)>,
}

/// A step that can be chosen for a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepChoice {
    /// Its identifier.
    pub id: StepId,
    /// Its name.
    pub name: String,
    /// The limit that holds; `None`: it has none.
    pub limit: Option<u32>,
    /// What it waits for, by identifier and name.
    pub waits_for: Vec<(StepId, String)>,
}

/// What a change of the catalogue would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// What is supposed, in Chinese.
    pub said: String,
    /// Which running deadlines move.
    pub moves: Moves,
    /// How the last year would have looked: all, then by bureau.
    pub last_year: Vec<LastYear>,
    /// The first day of that year.
    pub since: NaiveDate,
    /// Whole projects.
    pub spans: Spans,
    /// Steps that could be filed today if they did not wait; `None`: the change is no such one.
    pub fileable: Option<(u64, Vec<FilingCard>)>,
}
