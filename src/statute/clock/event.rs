//! What can happen to a step.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What happened.
///
/// `Suspended` keeps its ground as text and numbers stay wide, because the contract answers an
/// unlisted ground or a senseless number with a refusal, not with a parse error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum EventKind {
    /// 申请.
    Submitted,
    /// 一次性告知补正.
    MaterialsRequested,
    /// 补正后再次提交.
    Resubmitted,
    /// 受理.
    Accepted,
    /// 不予受理.
    Rejected,
    /// 收到县(区)用地初审意见.
    CountyOpinionReceived,
    /// 拟征收土地公告.
    Announced {
        /// Calendar days that the announcement runs.
        #[serde(default = "thirty")]
        days: i64,
    },
    /// 中止计时.
    Suspended {
        /// The ground's contract word.
        ground: String,
    },
    /// 恢复计时.
    Resumed,
    /// 延期.
    Extended {
        /// Working days added.
        days: i64,
    },
    /// 准予许可.
    Granted,
    /// 不予许可.
    Denied,
    /// 申请人撤回.
    Withdrawn,
    /// A type that the contract does not know.
    #[serde(skip)]
    Unknown(String),
}

fn thirty() -> i64 {
    30
}

impl EventKind {
    /// The contract's word for the kind.
    pub fn code(&self) -> &str {
        match self {
            EventKind::Submitted => "submitted",
            EventKind::MaterialsRequested => "materials-requested",
            EventKind::Resubmitted => "resubmitted",
            EventKind::Accepted => "accepted",
            EventKind::Rejected => "rejected",
            EventKind::CountyOpinionReceived => "county-opinion-received",
            EventKind::Announced { .. } => "announced",
            EventKind::Suspended { .. } => "suspended",
            EventKind::Resumed => "resumed",
            EventKind::Extended { .. } => "extended",
            EventKind::Granted => "granted",
            EventKind::Denied => "denied",
            EventKind::Withdrawn => "withdrawn",
            EventKind::Unknown(word) => word,
        }
    }
}

/// One entry of a step's ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The calendar day, Asia/Shanghai.
    pub on: NaiveDate,
    /// What happened.
    #[serde(flatten)]
    pub kind: EventKind,
}
