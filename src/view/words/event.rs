//! What can happen to a step, in words.

use super::ground;
use crate::statute::clock::EventKind;
use crate::statute::plan::Ground;

/// What happened, for a history.
pub fn event(kind: &EventKind) -> String {
    match kind {
        EventKind::Submitted => "提交申请".to_owned(),
        EventKind::MaterialsRequested => "一次性告知补正".to_owned(),
        EventKind::Resubmitted => "补正后再次提交".to_owned(),
        EventKind::Accepted => "受理".to_owned(),
        EventKind::Rejected => "不予受理".to_owned(),
        EventKind::CountyOpinionReceived => "收到县(区)用地初审意见".to_owned(),
        EventKind::Announced { days } => format!("发布拟征收土地公告({days}日)"),
        EventKind::Suspended { ground } => format!("中止计时({})", ground_of(ground)),
        EventKind::Resumed => "恢复计时".to_owned(),
        EventKind::Extended { days } => format!("延期({days}个工作日)"),
        EventKind::Granted => "准予许可".to_owned(),
        EventKind::Denied => "不予许可".to_owned(),
        EventKind::Withdrawn => "申请人撤回".to_owned(),
        EventKind::Unknown(word) => format!("未知事件({word})"),
    }
}

/// What was just recorded, for the notice above the page.
pub fn event_done(kind: &EventKind) -> String {
    format!("已记录:{}", event(kind))
}

/// What a button does.
pub fn act(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::Submitted => "提交申请",
        EventKind::MaterialsRequested => "一次性告知补正",
        EventKind::Resubmitted => "补正后再次提交",
        EventKind::Accepted => "受理",
        EventKind::Rejected => "不予受理",
        EventKind::CountyOpinionReceived => "登记收到县(区)初审意见",
        EventKind::Announced { .. } => "登记拟征收土地公告",
        EventKind::Suspended { .. } => "中止计时",
        EventKind::Resumed => "恢复计时",
        EventKind::Extended { .. } => "延期",
        EventKind::Granted => "准予许可",
        EventKind::Denied => "不予许可",
        EventKind::Withdrawn => "撤回申请",
        EventKind::Unknown(_) => "未知事件",
    }
}

fn ground_of(code: &str) -> &str {
    match Ground::from_code(code) {
        Some(known) => ground(known),
        None => code,
    }
}
