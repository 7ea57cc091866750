//! A project's time line as data; the view gives it a shape.

use chrono::NaiveDate;

use crate::statute::clock::{Lamp, Status};
use crate::store::FilingId;

/// What happened, or is foreseen, over a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SegmentKind {
    /// Submitted, not yet accepted.
    Submitted,
    /// With the applicant for supplements.
    Correcting,
    /// Accepted, the clock's start ahead.
    Waiting,
    /// The clock runs.
    Running,
    /// Suspended.
    Suspended,
    /// Past the due date.
    Overdue,
    /// Between today and the due date.
    Ahead,
    /// Not filed yet: the forecast.
    Forecast,
}

/// One stretch of a bar, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// What it is.
    pub kind: SegmentKind,
}

/// One step on the time line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The filing.
    pub filing: FilingId,
    /// A short label.
    pub label: String,
    /// Where it is today.
    pub status: Status,
    /// Its lamp today.
    pub lamp: Lamp,
    /// Its stretches, in order.
    pub segments: Vec<Segment>,
    /// Its due date.
    pub due_on: Option<NaiveDate>,
    /// The law's due date, where it differs.
    pub law_due_on: Option<NaiveDate>,
    /// The decision's day.
    pub decided_on: Option<NaiveDate>,
    /// True where `due_on` is provisional.
    pub provisional: bool,
    /// True: on the longest path.
    pub critical: bool,
    /// True: the step runs without a limit, so a forecast end is not known.
    pub untimed: bool,
}

/// One bureau's lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// The bureau's name.
    pub bureau_name: String,
    /// Its steps.
    pub bars: Vec<Bar>,
}

/// A project's time line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The first day drawn.
    pub from: NaiveDate,
    /// The last day drawn.
    pub to: NaiveDate,
    /// Today.
    pub today: NaiveDate,
    /// Rest days between, in order (weekends and holidays; makeup days are not in it).
    pub rest_days: Vec<NaiveDate>,
    /// One lane a bureau.
    pub lanes: Vec<Lane>,
    /// The earliest finish.
    pub finish: Option<NaiveDate>,
    /// Between these days the project will likely be finished.
    pub band: Option<(NaiveDate, NaiveDate)>,
}
