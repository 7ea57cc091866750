//! Why something did not happen, for the person who tried.

use super::{rule, unfit};
use crate::office::OfficeError;
use crate::statute::clock::Refusal;
use crate::statute::plan::route::FactsFault;
use crate::view::form::Trouble;

/// The clock's refusal.
pub fn refusal(refusal: &Refusal) -> Trouble {
    Trouble {
        title: "未记录：不符合办理规则".to_owned(),
        detail: refusal.detail.clone(),
        rule: rule(refusal.rule.code()).map(str::to_owned),
    }
}

/// Facts that contradict themselves.
pub fn facts_fault(fault: &FactsFault) -> String {
    match fault {
        FactsFault::NoCounty => "请至少选择一个所涉县(区)。".to_owned(),
        FactsFault::CountyTwice(county) => {
            format!("{}选择了两次，请只保留一次。", county.name())
        }
        FactsFault::NoVoltage => "电压等级应大于 0，如 0.4、10、66、220。".to_owned(),
        FactsFault::ScaleWithoutChange => {
            "勾选了用地规模或建筑规模变化，但未勾选“变更已批准的规划蓝图”。规模变化只在变更蓝图时填写（方案第9条）。"
                .to_owned()
        }
    }
}

/// What a page says of an office's error. A store's own words are for the log and never shown.
pub fn trouble(error: &OfficeError) -> Trouble {
    let plain = |title: &str, detail: String| Trouble {
        title: title.to_owned(),
        detail,
        rule: None,
    };
    match error {
        OfficeError::NotFound(_) => plain(
            "没有找到",
            "这里没有您可以查看的内容：网址可能写错了，或不属于您的部门。请从首页进入。".to_owned(),
        ),
        OfficeError::Forbidden(detail) => plain("没有权限", detail.clone()),
        OfficeError::LoginRefused(detail) => plain("登录未成功", detail.clone()),
        OfficeError::Invalid(faults) => plain(
            "填写有误，尚未保存",
            faults.iter().map(|fault| fault.message.as_str()).collect(),
        ),
        OfficeError::Facts(fault) => plain("项目情况前后不一致", facts_fault(fault)),
        OfficeError::Refused(refused) => refusal(refused),
        OfficeError::Rule(refused) => Trouble {
            title: "未记录：不符合办理规则".to_owned(),
            detail: refused.detail.clone(),
            rule: rule(refused.rule).map(str::to_owned),
        },
        OfficeError::Unfit(why) => plain("文件没有收下", unfit(why)),
        OfficeError::Stale { seen, now } => plain(
            "未记录：其他人刚刚作了登记",
            format!(
                "您打开页面时有{seen}条记录，现在已有{now}条。下面是最新情况，您填写的内容已保留；请核对后再提交。"
            ),
        ),
        OfficeError::AlreadyMade(_) => plain(
            "这个项目已经建立",
            "同一张表单提交了两次，只建立了一个项目。".to_owned(),
        ),
        OfficeError::Store(_) => plain(
            "系统暂时无法处理",
            "内容没有保存。请稍后重试；如仍不成功，请联系系统管理员。".to_owned(),
        ),
    }
}
