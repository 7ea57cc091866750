//! What the pages tell of holiday notices.

use chrono::{DateTime, Utc};

use super::moves::Moves;
use crate::statute::calendar::announce::{Announced, Changes};

/// A notice that is looked at before it is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticePreview {
    /// What was read.
    pub announced: Announced,
    /// What it changes in the calendar.
    pub changes: Changes,
    /// Where the official notice was read that it would correct; empty: the year has none.
    pub corrects: Vec<String>,
    /// The version of the calendar that it was held against.
    pub seen: String,
    /// What moves.
    pub moves: Moves,
}

/// One notice that was entered for a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeEntered {
    /// Which notice of the year, from 1.
    pub version: u32,
    /// Its number, its day and its address, in a line.
    pub source: String,
    /// Its address.
    pub url: Option<String>,
    /// Why it corrects an official one.
    pub reason: Option<String>,
    /// Who entered it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Its days.
    pub days: usize,
    /// The text as it was pasted.
    pub text: String,
    /// Steps reckoned again so far.
    pub looked: u64,
    /// Steps whose row was rewritten.
    pub moved: u64,
    /// Steps whose ledger it does not allow.
    pub refused: u64,
    /// True: all steps are reckoned again.
    pub done: bool,
}

/// What is known of a year beside its days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct YearNotices {
    /// The notices that were entered, the newest first.
    pub entered: Vec<NoticeEntered>,
    /// True: the program's own file says otherwise; what was entered holds.
    pub disputed: bool,
    /// True: this person may enter a notice.
    pub may_enter: bool,
}

/// The form for a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeForm {
    /// The years that can be chosen, with whether each has an official notice.
    pub years: Vec<(i32, bool)>,
    /// The days that hold in the asked year, one a line, where it has an official notice.
    pub lines: String,
}
