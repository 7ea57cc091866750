//! Supervision in words.

use crate::office::model::supervision::SupervisionAct;
use crate::statute::supervision::CaseState;

/// Where a case is, short enough for a mark.
pub fn case_state(state: CaseState) -> &'static str {
    match state {
        CaseState::Opened => "■ 待发通知单",
        CaseState::Noticed => "▲ 待部门答复",
        CaseState::Answered => "◐ 待审核答复",
        CaseState::SentBack => "↩ 已退回",
        CaseState::Accepted => "◑ 待办结销号",
        CaseState::Closed => "✓ 已销号",
    }
}

/// What a button does.
pub fn supervision_act(act: SupervisionAct) -> &'static str {
    match act {
        SupervisionAct::Open => "立案督办",
        SupervisionAct::Notice => "发出督办通知单",
        SupervisionAct::Answer => "答复督办",
        SupervisionAct::Accept => "采纳答复",
        SupervisionAct::SendBack => "退回答复",
        SupervisionAct::Close => "销号",
    }
}

/// What was just done, for the notice above the page.
pub fn supervision_done(act: SupervisionAct) -> &'static str {
    match act {
        SupervisionAct::Open => "已立案督办。",
        SupervisionAct::Notice => "已发出督办通知单。",
        SupervisionAct::Answer => "已答复，等待市政府办公室审核。",
        SupervisionAct::Accept => "已采纳答复。",
        SupervisionAct::SendBack => "已退回答复。",
        SupervisionAct::Close => "已销号。",
    }
}
