//! Why an event is refused.

use serde::Serialize;

/// The rules of the contract by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// An event's day is before the event ahead of it.
    OutOfOrder,
    /// Something after a decision.
    AlreadyDecided,
    /// The step's state does not allow it.
    WrongState,
    /// A second one-time notice.
    OneTimeNotice,
    /// The event belongs to another step.
    NotForThisStep,
    /// Announced for fewer than 30 days.
    AnnouncementTooShort,
    /// Suspended on a ground that the step does not list.
    GroundNotAllowed,
    /// No extension, a second one, or a wrong number of days.
    ExtensionNotAllowed,
    /// Extended after the due date.
    ExtensionTooLate,
    /// Decided before the clock has started.
    ClockNotStarted,
    /// Any other type.
    UnknownEvent,
}

impl Rule {
    /// The contract's name.
    pub fn code(self) -> &'static str {
        match self {
            Rule::OutOfOrder => "out-of-order",
            Rule::AlreadyDecided => "already-decided",
            Rule::WrongState => "wrong-state",
            Rule::OneTimeNotice => "one-time-notice",
            Rule::NotForThisStep => "not-for-this-step",
            Rule::AnnouncementTooShort => "announcement-too-short",
            Rule::GroundNotAllowed => "ground-not-allowed",
            Rule::ExtensionNotAllowed => "extension-not-allowed",
            Rule::ExtensionTooLate => "extension-too-late",
            Rule::ClockNotStarted => "clock-not-started",
            Rule::UnknownEvent => "unknown-event",
        }
    }
}

/// The first event that the rules do not allow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("event {event} is refused by {}: {detail}", rule.code())]
pub struct Refusal {
    /// Its index from 0.
    pub event: usize,
    /// The rule.
    pub rule: Rule,
    /// What was wrong and what would be right, in Chinese, with the legal source.
    pub detail: String,
}
