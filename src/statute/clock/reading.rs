//! What the clock says of a step on a day.

use chrono::NaiveDate;
use serde::Serialize;

/// Where the step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Not yet submitted.
    Draft,
    /// Submitted, not yet accepted.
    Submitted,
    /// The applicant must supplement.
    Correcting,
    /// Accepted, the clock's start is still ahead.
    Waiting,
    /// The clock runs.
    Running,
    /// The clock stands still on a lawful ground.
    Suspended,
    /// Decided: granted.
    Granted,
    /// Decided: denied.
    Denied,
    /// Not accepted.
    Rejected,
    /// Taken back by the applicant.
    Withdrawn,
}

impl Status {
    /// All, in the order of a step's life.
    pub const ALL: [Status; 10] = [
        Status::Draft,
        Status::Submitted,
        Status::Correcting,
        Status::Waiting,
        Status::Running,
        Status::Suspended,
        Status::Granted,
        Status::Denied,
        Status::Rejected,
        Status::Withdrawn,
    ];

    /// The contract's word.
    pub fn code(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Submitted => "submitted",
            Status::Correcting => "correcting",
            Status::Waiting => "waiting",
            Status::Running => "running",
            Status::Suspended => "suspended",
            Status::Granted => "granted",
            Status::Denied => "denied",
            Status::Rejected => "rejected",
            Status::Withdrawn => "withdrawn",
        }
    }

    /// The status that the word names, if any.
    pub fn from_code(code: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Granted, denied, rejected or withdrawn: nothing may follow.
    pub fn is_decided(self) -> bool {
        matches!(
            self,
            Status::Granted | Status::Denied | Status::Rejected | Status::Withdrawn
        )
    }
}

/// The lamp of a step on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lamp {
    /// No clock yet.
    None,
    /// Time enough.
    Green,
    /// Near its due date.
    Yellow,
    /// Past its due date.
    Red,
    /// Suspended.
    Paused,
    /// Running without a limit.
    Untimed,
    /// Ended in time.
    Done,
    /// Ended after its due date.
    Late,
}

impl Lamp {
    /// The contract's word.
    pub fn code(self) -> &'static str {
        match self {
            Lamp::None => "none",
            Lamp::Green => "green",
            Lamp::Yellow => "yellow",
            Lamp::Red => "red",
            Lamp::Paused => "paused",
            Lamp::Untimed => "untimed",
            Lamp::Done => "done",
            Lamp::Late => "late",
        }
    }
}

/// One rule that shaped the due date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Because {
    /// The rule's stable name, kebab-case: `first-day`, `limit`, `suspension`, `extension`,
    /// `announcement`, `last-day`, `start`, `five-day-rule`, `provisional`.
    pub rule: &'static str,
    /// Its legal source in Chinese.
    pub source: String,
    /// The date that it gave, where it gave one.
    pub date: Option<NaiveDate>,
    /// The figure that it used (working or calendar days), where it used one.
    pub days: Option<u32>,
}

/// The law's own limit beside the plan's (法定时限); it runs from acceptance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LawLimit {
    /// Its due date; `None` while suspended or withdrawn out of a suspension.
    pub due_on: Option<NaiveDate>,
    /// Counted working days past it.
    pub overdue_by: u32,
    /// The law's figure with any extension.
    pub days: u32,
    /// Where the law says so.
    pub source: String,
}

/// The clock's whole answer for a step on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Where the step is.
    pub status: Status,
    /// The day of acceptance, deemed or real.
    pub accepted_on: Option<NaiveDate>,
    /// True when silence made the acceptance (行政许可法 第32条).
    pub deemed_accepted: bool,
    /// The day whose morrow is day 1.
    pub started_on: Option<NaiveDate>,
    /// The last lawful day.
    pub due_on: Option<NaiveDate>,
    /// Counted working days so far.
    pub used: Option<u32>,
    /// Counted working days still open.
    pub left: Option<u32>,
    /// The lamp.
    pub lamp: Lamp,
    /// Counted working days past `due_on`.
    pub overdue_by: u32,
    /// True when `due_on` falls in a year without a notice.
    pub provisional: bool,
    /// Every rule that shaped `due_on`, in order.
    pub because: Vec<Because>,
    /// The law's limit, once accepted, where the step has one (also when it is the only one).
    pub law: Option<LawLimit>,
    /// The limit in force with any extension.
    pub limit: Option<u32>,
}

/// The days on which a step's reading changes by itself, as stored columns.
///
/// Between events only a day passing can change a reading, and those days are known when an
/// event is written; so a board on day *t* is an indexed comparison.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Turning {
    /// The status after the last event, without the passing of days.
    pub status: Option<Status>,
    /// From this day on the step counts as accepted by silence, if nobody acts.
    pub deems_on: Option<NaiveDate>,
    /// The acceptance, real or, where `deems_on` is set, the one silence would give.
    pub accepted_on: Option<NaiveDate>,
    /// The day from which the clock has started (also ahead of today, or under `deems_on`).
    pub starts_on: Option<NaiveDate>,
    /// From this day on the lamp is yellow.
    pub yellow_on: Option<NaiveDate>,
    /// From this day on the lamp is red: the day after `due_on`.
    pub red_on: Option<NaiveDate>,
    /// From this day on the law's own limit is passed too. While suspended and after a decision
    /// it stands only where the law's limit was passed by counted days before that event.
    pub law_red_on: Option<NaiveDate>,
    /// The last lawful day; `None` while suspended (and after a withdrawal out of a suspension).
    pub due_on: Option<NaiveDate>,
    /// The decision's day.
    pub decided_on: Option<NaiveDate>,
    /// Decided after the due date.
    pub decided_late: bool,
    /// True while suspended.
    pub suspended: bool,
    /// While suspended, the counted days still open at the suspension.
    pub paused_left: Option<u32>,
    /// While suspended, the counted days by which the limit was already passed; after a decision,
    /// those by which it was late. While running again after a suspension that began past
    /// `due_on`: the working days after `due_on` that stood still, which `overdue_by` leaves out.
    pub over_by: u32,
    /// True when the acceptance behind these days is silence's, made (no longer only foreseen)
    /// before the last event.
    pub deemed_accepted: bool,
    /// True where no limit holds.
    pub untimed: bool,
    /// True when `due_on` falls in a year without a notice.
    pub provisional: bool,
}
