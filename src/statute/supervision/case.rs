//! The life of a supervision case (督办件): opened, asked about, answered, weighed, closed.
//!
//! By rule a case is only opened. It is closed (销号) by the office's hand, with words, and only
//! after the step is decided: that a step has ended does not yet say that the office has heard why
//! it was late.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::statute::proceeding::Refused;

/// What was done in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum CaseAct {
    /// The case was made.
    Opened {
        /// Why.
        words: String,
    },
    /// The office issued the notice (督办通知单): it asks for the cause and for a new date.
    NoticeIssued {
        /// What is asked (工作要求).
        requirement: String,
        /// The last day for the answer (时限要求).
        answer_by: NaiveDate,
        /// Who is responsible in the bureau (责任人), by name then.
        responsible: String,
        /// The ledger's entries then, from which the notice is made.
        ledger: u32,
    },
    /// The bureau answered.
    Answered {
        /// Why the step is late.
        cause: String,
        /// By when it will be decided.
        promised_on: NaiveDate,
        /// What is being done about it.
        words: String,
    },
    /// The office took the answer.
    Accepted {
        /// In which words.
        words: String,
    },
    /// The office sent the answer back.
    SentBack {
        /// Why.
        words: String,
    },
    /// The office closed the case (销号).
    Closed {
        /// In which words.
        words: String,
    },
}

/// Where a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CaseState {
    /// Made; nobody was asked yet.
    Opened,
    /// The bureau was asked and owes an answer.
    Noticed,
    /// The bureau answered; the office weighs it.
    Answered,
    /// The answer was sent back; the bureau owes another.
    SentBack,
    /// The answer was taken.
    Accepted,
    /// Closed.
    Closed,
}

impl CaseState {
    /// All, in the order of a case's life.
    pub const ALL: [CaseState; 6] = [
        CaseState::Opened,
        CaseState::Noticed,
        CaseState::Answered,
        CaseState::SentBack,
        CaseState::Accepted,
        CaseState::Closed,
    ];

    /// The word in rows and addresses.
    pub fn code(self) -> &'static str {
        match self {
            CaseState::Opened => "opened",
            CaseState::Noticed => "noticed",
            CaseState::Answered => "answered",
            CaseState::SentBack => "sent-back",
            CaseState::Accepted => "accepted",
            CaseState::Closed => "closed",
        }
    }

    /// The state of that word.
    pub fn from_code(code: &str) -> Option<CaseState> {
        CaseState::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Its name in Chinese.
    pub fn name(self) -> &'static str {
        match self {
            CaseState::Opened => "已立案，待发督办通知单",
            CaseState::Noticed => "已督办，待部门答复",
            CaseState::Answered => "已答复，待办公室审核",
            CaseState::SentBack => "答复已退回，待重新答复",
            CaseState::Accepted => "答复已采纳，待办结销号",
            CaseState::Closed => "已销号",
        }
    }
}

impl CaseAct {
    /// The word in rows.
    pub fn code(&self) -> &'static str {
        match self {
            CaseAct::Opened { .. } => "opened",
            CaseAct::NoticeIssued { .. } => "notice-issued",
            CaseAct::Answered { .. } => "answered",
            CaseAct::Accepted { .. } => "accepted",
            CaseAct::SentBack { .. } => "sent-back",
            CaseAct::Closed { .. } => "closed",
        }
    }

    /// Where the case is after it.
    pub fn state(&self) -> CaseState {
        match self {
            CaseAct::Opened { .. } => CaseState::Opened,
            CaseAct::NoticeIssued { .. } => CaseState::Noticed,
            CaseAct::Answered { .. } => CaseState::Answered,
            CaseAct::Accepted { .. } => CaseState::Accepted,
            CaseAct::SentBack { .. } => CaseState::SentBack,
            CaseAct::Closed { .. } => CaseState::Closed,
        }
    }
}

/// What is done on which day, and whether the step is decided by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The day.
    pub today: NaiveDate,
    /// Whether the step is decided.
    pub decided: bool,
}

/// Whether the case, being in `state`, may take `act`.
///
/// # Errors
/// The rule that refuses, and what is open instead.
pub fn admit(state: Option<CaseState>, act: &CaseAct, at: Standing) -> Result<(), Refused> {
    let refused = |rule, detail: String| Err(Refused { rule, detail });
    let Some(state) = state else {
        return match act {
            CaseAct::Opened { .. } if at.decided => refused(
                "supervision-decided",
                "本事项已办结,不再立案督办".to_owned(),
            ),
            CaseAct::Opened { .. } => Ok(()),
            _ => refused(
                "supervision-order",
                "本事项没有未销号的督办件;请先由市政府办公室立案督办".to_owned(),
            ),
        };
    };
    if let CaseAct::Opened { .. } = act {
        return refused(
            "supervision-open",
            "本事项已有未销号的督办件,不重复立案;请在原督办件中办理".to_owned(),
        );
    }
    if let CaseAct::Closed { .. } = act {
        return match (state, at.decided) {
            (CaseState::Closed, _) => {
                refused("supervision-order", "这件督办已经销号,不再登记".to_owned())
            }
            (_, false) => refused(
                "supervision-undecided",
                "本事项尚未办结,不能销号;请待承办部门作出决定后再销号".to_owned(),
            ),
            (_, true) => Ok(()),
        };
    }
    if !follows(state, act) {
        return refused("supervision-order", instead(state).to_owned());
    }
    match act {
        CaseAct::NoticeIssued { .. } if at.decided => refused(
            "supervision-decided",
            "本事项已办结,不再发督办通知单;请销号".to_owned(),
        ),
        CaseAct::NoticeIssued { answer_by, .. } if *answer_by < at.today => refused(
            "supervision-deadline",
            format!(
                "答复期限{}已经过去;请填今天或以后的日期",
                chinese(*answer_by)
            ),
        ),
        CaseAct::Answered { promised_on, .. } if *promised_on < at.today && !at.decided => refused(
            "supervision-promise",
            format!(
                "承诺办结日期{}已经过去;请填今天或以后的日期",
                chinese(*promised_on)
            ),
        ),
        _ => Ok(()),
    }
}

/// The order of a case's life. A notice may be issued again once an answer was taken, where what
/// it promised did not come.
fn follows(state: CaseState, act: &CaseAct) -> bool {
    matches!(
        (state, act),
        (
            CaseState::Opened | CaseState::Accepted,
            CaseAct::NoticeIssued { .. }
        ) | (
            CaseState::Noticed | CaseState::SentBack,
            CaseAct::Answered { .. }
        ) | (
            CaseState::Answered,
            CaseAct::Accepted { .. } | CaseAct::SentBack { .. }
        )
    )
}

fn instead(state: CaseState) -> &'static str {
    match state {
        CaseState::Opened => "督办通知单尚未发出;请先由市政府办公室发出督办通知单",
        CaseState::Noticed => "承办部门尚未答复;请待承办部门答复后再办理",
        CaseState::Answered => "答复正待市政府办公室审核;请先采纳或者退回",
        CaseState::SentBack => "答复已退回;请待承办部门重新答复",
        CaseState::Accepted => "答复已经采纳;可以再次发出督办通知单,或者在事项办结后销号",
        CaseState::Closed => "这件督办已经销号,不再登记",
    }
}

fn chinese(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}
