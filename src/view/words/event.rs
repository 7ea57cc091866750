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
        EventKind::Announced { days } => format!("发布拟征收土地公告（{days}日）"),
        EventKind::Suspended { ground } => format!("中止计时（{}）", ground_of(ground)),
        EventKind::Resumed => "恢复计时".to_owned(),
        EventKind::Extended { days } => format!("延期（{days}个工作日）"),
        EventKind::Granted => "准予许可".to_owned(),
        EventKind::Denied => "不予许可".to_owned(),
        EventKind::Withdrawn => "申请人撤回".to_owned(),
        EventKind::Unknown(word) => format!("未知事件（{word}）"),
    }
}

/// What was just recorded, for the notice above the page.
pub fn event_done(kind: &EventKind) -> String {
    format!("已记录：{}", event(kind))
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

/// What a button does, by the contract's word; an unknown word stays as it is.
pub fn act_of_code(code: &str) -> &str {
    let known = [
        EventKind::Submitted,
        EventKind::MaterialsRequested,
        EventKind::Resubmitted,
        EventKind::Accepted,
        EventKind::Rejected,
        EventKind::CountyOpinionReceived,
        EventKind::Announced { days: 30 },
        EventKind::Suspended {
            ground: String::new(),
        },
        EventKind::Resumed,
        EventKind::Extended { days: 1 },
        EventKind::Granted,
        EventKind::Denied,
        EventKind::Withdrawn,
    ];
    known
        .iter()
        .find(|kind| kind.code() == code)
        .map_or(code, |kind| act(kind))
}

/// What a person should know before doing it, with its source.
pub fn act_hint(kind: &EventKind) -> Option<&'static str> {
    Some(match kind {
        EventKind::MaterialsRequested => {
            "须在收到材料后五个工作日内一次告知需要补正的全部内容；只能告知一次（行政许可法 第32条）。不得要求提供方案已经取消的材料。"
        }
        EventKind::Accepted => "材料齐全、符合法定形式的，应当受理（行政许可法 第32条）。",
        EventKind::Rejected => "不予受理须出具书面凭证并说明理由（行政许可法 第32条）。",
        EventKind::Announced { .. } => {
            "公告期不少于三十日（土地管理法 第47条）。公告期满的次日起计算组卷时限。"
        }
        EventKind::Suspended { .. } => {
            "只能以法定事由中止，所需时间须书面告知申请人（行政许可法 第45条）。"
        }
        EventKind::Resumed => "恢复之日的次日起继续计时。",
        EventKind::Extended { .. } => {
            "须在到期前经本行政机关负责人批准，并将理由告知申请人；只能延期一次（行政许可法 第42条）。"
        }
        EventKind::Denied => {
            "须书面说明理由，并告知申请行政复议、提起行政诉讼的权利（行政许可法 第38条）。"
        }
        EventKind::Withdrawn => "撤回之后，本次申请即告终结，不能再登记其他操作。",
        _ => return None,
    })
}

fn ground_of(code: &str) -> &str {
    match Ground::from_code(code) {
        Some(known) => ground(known),
        None => code,
    }
}
