//! The words of the register (事项台账) and of its exports.

use crate::office::{ExportFault, ExportState, RegisterDay, RegisterFilter, RegisterState};

/// What a step must be on the day.
pub fn register_state(state: RegisterState) -> &'static str {
    match state {
        RegisterState::Is(status) => super::status(status),
        RegisterState::Open => "在办（已申请、未办结）",
        RegisterState::Overdue => "超期",
        RegisterState::NearDue => "临期",
        RegisterState::Untimed => "无时限",
    }
}

/// Which day a range is of.
pub fn register_day(day: RegisterDay) -> &'static str {
    match day {
        RegisterDay::Submitted => "提交日",
        RegisterDay::Accepted => "受理日",
        RegisterDay::Due => "到期日",
        RegisterDay::Decided => "办结日",
        RegisterDay::Last => "最近登记日",
    }
}

/// What a register is narrowed to, each condition in words; none: everything.
pub fn register_conditions(
    filter: &RegisterFilter,
    bureau: Option<&str>,
    step: Option<&str>,
) -> Vec<String> {
    let mut words = Vec::new();
    words.extend(bureau.map(|name| format!("部门：{name}")));
    words.extend(
        filter
            .county
            .map(|county| format!("项目所涉县（区）：{}", county.name())),
    );
    words.extend(step.map(|name| format!("事项：{name}")));
    words.extend(
        filter
            .state
            .map(|state| format!("状态：{}", register_state(state))),
    );
    let range = match (filter.from, filter.to) {
        (Some(from), Some(to)) => Some(format!("{from} 至 {to}")),
        (Some(from), None) => Some(format!("{from} 及以后")),
        (None, Some(to)) => Some(format!("{to} 及以前")),
        (None, None) => None,
    };
    if let (Some(day), Some(range)) = (filter.day, range) {
        words.push(format!("{}：{range}", register_day(day)));
    }
    words
}

/// Where an export is.
pub fn export_state(state: ExportState) -> &'static str {
    match state {
        ExportState::Waiting => "排队等待",
        ExportState::Running => "正在生成",
        ExportState::Done => "已完成",
        ExportState::Stopped => "已停止",
        ExportState::Failed => "未完成",
    }
}

/// Why an export failed, and what to do.
pub fn export_fault(fault: ExportFault) -> &'static str {
    match fault {
        ExportFault::Broken => {
            "生成时服务器出错，已记入服务器日志，没有留下文件。可以重新导出；若仍出错，请联系系统管理员。"
        }
        ExportFault::Abandoned => {
            "生成期间服务器多次中断，没有留下文件。可以重新导出；若仍中断，请联系系统管理员。"
        }
        ExportFault::NotAllowed => {
            "轮到生成时，您的账号已不能查看这些内容，没有留下文件。请按现在的角色重新导出。"
        }
    }
}
