//! Which documents (文书) the law wants at which event.

use chrono::NaiveDate;

use super::calendar::Calendar;
use super::clock::EventKind;
use super::plan::Step;

/// A document that an entry of a ledger makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PaperKind {
    /// 申请材料接收凭证.
    ApplicationReceipt,
    /// 补正材料一次性告知书.
    OneTimeNotice,
    /// 受理通知书.
    AcceptanceNotice,
    /// 不予受理决定书.
    RejectionNotice,
    /// 中止计时告知书.
    SuspensionNotice,
    /// 延长办理期限告知书.
    ExtensionNotice,
    /// 准予许可决定书.
    GrantDecision,
    /// 不予许可决定书.
    DenialDecision,
    /// 送达回证.
    DeliveryReceipt,
}

impl PaperKind {
    /// Every kind.
    pub const ALL: [PaperKind; 9] = [
        PaperKind::ApplicationReceipt,
        PaperKind::OneTimeNotice,
        PaperKind::AcceptanceNotice,
        PaperKind::RejectionNotice,
        PaperKind::SuspensionNotice,
        PaperKind::ExtensionNotice,
        PaperKind::GrantDecision,
        PaperKind::DenialDecision,
        PaperKind::DeliveryReceipt,
    ];

    /// The word in stored rows.
    pub fn code(self) -> &'static str {
        match self {
            PaperKind::ApplicationReceipt => "application-receipt",
            PaperKind::OneTimeNotice => "one-time-notice",
            PaperKind::AcceptanceNotice => "acceptance-notice",
            PaperKind::RejectionNotice => "rejection-notice",
            PaperKind::SuspensionNotice => "suspension-notice",
            PaperKind::ExtensionNotice => "extension-notice",
            PaperKind::GrantDecision => "grant-decision",
            PaperKind::DenialDecision => "denial-decision",
            PaperKind::DeliveryReceipt => "delivery-receipt",
        }
    }

    /// The kind of that word.
    pub fn from_code(code: &str) -> Option<PaperKind> {
        PaperKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The document that an event makes, if any. What is recorded by rule makes none, and neither
    /// do a resumption or a withdrawal: the law asks for none.
    pub fn of(event: &EventKind) -> Option<PaperKind> {
        match event {
            EventKind::Submitted | EventKind::Resubmitted => Some(PaperKind::ApplicationReceipt),
            EventKind::MaterialsRequested => Some(PaperKind::OneTimeNotice),
            EventKind::Accepted => Some(PaperKind::AcceptanceNotice),
            EventKind::Rejected => Some(PaperKind::RejectionNotice),
            EventKind::Suspended { .. } => Some(PaperKind::SuspensionNotice),
            EventKind::Extended { .. } => Some(PaperKind::ExtensionNotice),
            EventKind::Granted => Some(PaperKind::GrantDecision),
            EventKind::Denied => Some(PaperKind::DenialDecision),
            EventKind::CountyOpinionReceived
            | EventKind::Announced { .. }
            | EventKind::Resumed
            | EventKind::Withdrawn
            | EventKind::Unknown(_) => None,
        }
    }

    /// Whether the document decides the step, so that it must be delivered.
    pub fn is_decision(self) -> bool {
        matches!(self, PaperKind::GrantDecision | PaperKind::DenialDecision)
    }

    /// The document's title for `step`.
    ///
    /// Only a permit is granted by a permit's decision (行政许可法 第38条); reviews, dossiers and
    /// changes of a blueprint end with a notice of their outcome. The catalogue gives an extension
    /// (第42条) to permits alone, and that tells them apart.
    pub fn title(self, step: &Step) -> &'static str {
        let permit = step.extension.is_some();
        match self {
            PaperKind::ApplicationReceipt => "申请材料接收凭证",
            PaperKind::OneTimeNotice => "补正材料一次性告知书",
            PaperKind::AcceptanceNotice => "受理通知书",
            PaperKind::RejectionNotice => "不予受理决定书",
            PaperKind::SuspensionNotice => "中止计时告知书",
            PaperKind::ExtensionNotice => "延长办理期限告知书",
            PaperKind::GrantDecision if permit => "准予行政许可决定书",
            PaperKind::DenialDecision if permit => "不予行政许可决定书",
            PaperKind::GrantDecision => "办理结果通知书（同意）",
            PaperKind::DenialDecision => "办理结果通知书（不同意）",
            PaperKind::DeliveryReceipt => "送达回证",
        }
    }

    /// Where the law asks for it.
    pub fn source(self) -> &'static str {
        match self {
            PaperKind::ApplicationReceipt
            | PaperKind::OneTimeNotice
            | PaperKind::AcceptanceNotice
            | PaperKind::RejectionNotice => "行政许可法第三十二条",
            PaperKind::SuspensionNotice => "行政许可法第四十五条",
            PaperKind::ExtensionNotice => "行政许可法第四十二条",
            PaperKind::GrantDecision | PaperKind::DenialDecision => "行政许可法第三十八条",
            PaperKind::DeliveryReceipt => "行政许可法第四十四条",
        }
    }
}

/// Working days in which a decision must reach the applicant (行政许可法 第44条, counted as 第82条 says).
const DELIVERY_DAYS: u32 = 10;

/// The last day on which a decision of `decided_on` may be delivered.
///
/// ```
/// # use grid_approvals::statute::{calendar::{Calendar, date}, paper::deliver_by};
/// // Over National Day 2026: 28, 29, 30 September; 8 to 10 (a Saturday worked) and 12 to 15 October.
/// let last = deliver_by(date(2026, 9, 25), Calendar::official());
/// assert_eq!(last, date(2026, 10, 15));
/// ```
pub fn deliver_by(decided_on: NaiveDate, calendar: &Calendar) -> NaiveDate {
    calendar.add_working_days(decided_on, DELIVERY_DAYS)
}

/// How a decision reached the applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryWay {
    /// 直接送达.
    InPerson,
    /// 邮寄送达.
    Post,
    /// 电子送达.
    Electronic,
}

impl DeliveryWay {
    /// Every way.
    pub const ALL: [DeliveryWay; 3] = [
        DeliveryWay::InPerson,
        DeliveryWay::Post,
        DeliveryWay::Electronic,
    ];

    /// The word in forms and rows.
    pub fn code(self) -> &'static str {
        match self {
            DeliveryWay::InPerson => "in-person",
            DeliveryWay::Post => "post",
            DeliveryWay::Electronic => "electronic",
        }
    }

    /// The way of that word.
    pub fn from_code(code: &str) -> Option<DeliveryWay> {
        DeliveryWay::ALL.into_iter().find(|way| way.code() == code)
    }

    /// Its name in Chinese.
    pub fn name(self) -> &'static str {
        match self {
            DeliveryWay::InPerson => "直接送达",
            DeliveryWay::Post => "邮寄送达",
            DeliveryWay::Electronic => "电子送达",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::plan::Plan;

    #[test]
    fn words_and_kinds_are_the_same_both_ways() {
        for kind in PaperKind::ALL {
            assert_eq!(PaperKind::from_code(kind.code()), Some(kind));
        }
        for way in DeliveryWay::ALL {
            assert_eq!(DeliveryWay::from_code(way.code()), Some(way));
        }
        assert_eq!(PaperKind::from_code("letter"), None);
        assert_eq!(DeliveryWay::from_code("pigeon"), None);
    }

    #[test]
    fn only_a_permit_is_granted_as_one() {
        let plan = Plan::built_in();
        let title = |step: &str| PaperKind::GrantDecision.title(plan.step(step).unwrap());
        for permit in [
            "tree-felling",
            "planning-permit",
            "road-crossing",
            "site-selection",
        ] {
            assert_eq!(title(permit), "准予行政许可决定书", "{permit}");
        }
        for other in ["county-initial-review", "land-dossier", "blueprint-change"] {
            assert_eq!(title(other), "办理结果通知书（同意）", "{other}");
        }
    }
}
