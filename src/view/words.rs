//! The one lexicon: codes and enums → the Chinese that people read.
//!
//! Terms are the law's and the plan's own where they have one: 受理, 一次性告知补正, 中止计时 …

mod board;
mod delivery;
mod event;
mod fact;
mod offence;
mod refusal;
mod register;
mod rule;
mod supervision;
mod unfit;

pub use board::{board_lamp, board_shape, dimension, place};
pub use delivery::{mode, shut, way};
pub use event::{act, act_hint, act_of_code, event, event_done};
pub use fact::{FACTS, FactWords, condition, facts};
pub use offence::{offence_kind, offence_outcome, offence_state};
pub use refusal::{facts_fault, refusal, trouble};
pub use register::{export_fault, export_state, register_conditions, register_day, register_state};
pub use rule::{because, rule};
pub use supervision::{case_state, supervision_act, supervision_done};
pub use unfit::{TAKEN, endings, size, unfit};

pub use super::card::counties;
pub use super::date::instant;
use crate::office::Role;
use crate::office::model::TodoKind;
use crate::office::model::home::ProjectState;
use crate::office::model::timeline::SegmentKind;
use crate::statute::calendar::DayKind;
use crate::statute::clock::{Lamp, Status};
use crate::statute::plan::facts::{Volts, Works};
use crate::statute::plan::{BureauKind, Ground, Level, Starter};

/// Where a step is.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Draft => "未申请",
        Status::Submitted => "待受理",
        Status::Correcting => "待补正",
        Status::Waiting => "已受理，待起算",
        Status::Running => "办理中",
        Status::Suspended => "中止计时",
        Status::Granted => "准予许可",
        Status::Denied => "不予许可",
        Status::Rejected => "不予受理",
        Status::Withdrawn => "申请人撤回",
    }
}

/// A lamp's word.
pub fn lamp(lamp: Lamp) -> &'static str {
    match lamp {
        Lamp::None => "未计时",
        Lamp::Green => "正常",
        Lamp::Yellow => "临期",
        Lamp::Red => "超期",
        Lamp::Paused => "中止",
        Lamp::Untimed => "无时限",
        Lamp::Done => "按时办结",
        Lamp::Late => "逾期办结",
    }
}

/// A lamp's shape, so that colour is never alone.
pub fn lamp_shape(lamp: Lamp) -> &'static str {
    match lamp {
        Lamp::None => "○",
        Lamp::Green => "●",
        Lamp::Yellow => "▲",
        Lamp::Red => "■",
        Lamp::Paused => "‖",
        Lamp::Untimed => "∞",
        Lamp::Done => "✓",
        Lamp::Late => "!",
    }
}

/// A ground of 行政许可法 第45条.
pub fn ground(ground: Ground) -> &'static str {
    ground.name()
}

/// A role.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Company => "供电公司",
        Role::Officer { .. } => "审批部门",
        Role::GovernmentOffice => "市政府办公室",
        Role::DeputyMayor => "分管市领导",
        Role::Administrator => "系统管理员",
    }
}

/// What is built.
pub fn works(works: Works) -> &'static str {
    match works {
        Works::Substation => "新建变电站",
        Works::Line => "新建线路",
        Works::SubstationAndLine => "新建变电站及线路",
        Works::Rebuild => "改造",
    }
}

/// At which level a step is decided.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::City => "市级",
        Level::County => "县（区）级",
    }
}

/// Who decides a step.
pub fn bureau_kind(kind: BureauKind) -> &'static str {
    match kind {
        BureauKind::NaturalResources => "自然资源部门",
        BureauKind::Forestry => "林草部门",
        BureauKind::Transport => "交通运输部门",
        BureauKind::Housing => "住房城乡建设部门",
        BureauKind::Police => "公安部门",
    }
}

/// What starts a clock.
pub fn starter(starter: Starter) -> &'static str {
    match starter {
        Starter::Accepted => "受理",
        Starter::CountyOpinionReceived => "收到县(区)用地初审意见",
        Starter::AnnouncementExpired => "拟征收土地公告期满",
    }
}

/// What the company must do.
pub fn todo_kind(kind: TodoKind) -> &'static str {
    match kind {
        TodoKind::FileJointly => "同时申请初审和预审",
        TodoKind::File => "提交申请",
        TodoKind::Supplement => "补正材料",
    }
}

/// What a project list is narrowed to.
pub fn project_state(state: ProjectState) -> &'static str {
    match state {
        ProjectState::Overdue => "有超期事项",
        ProjectState::NearDue => "有临期事项",
        ProjectState::Open => "未办结",
        ProjectState::Finished => "全部办结",
    }
}

/// A kind of day.
pub fn day_kind(kind: DayKind) -> &'static str {
    match kind {
        DayKind::Weekday => "工作日",
        DayKind::Weekend => "周末",
        DayKind::Holiday => "节假日",
        DayKind::Makeup => "调休上班",
    }
}

/// A stretch of a bar on the time line.
pub fn segment(kind: SegmentKind) -> &'static str {
    match kind {
        SegmentKind::Submitted => "已提交，待受理",
        SegmentKind::Correcting => "申请人补正",
        SegmentKind::Waiting => "已受理，待起算",
        SegmentKind::Running => "计时办理",
        SegmentKind::Suspended => "中止计时",
        SegmentKind::Overdue => "超期",
        SegmentKind::Ahead => "剩余时限",
        SegmentKind::Forecast => "预计",
    }
}

/// A voltage: `66千伏`, `0.4千伏`.
pub fn voltage(volts: Volts) -> String {
    format!("{}千伏", kilovolts(volts.0))
}

/// Volts as kilovolts without needless zeros: `0.4`.
pub fn kilovolts(volts: u32) -> String {
    let (whole, part) = (volts / 1000, volts % 1000);
    if part == 0 {
        return whole.to_string();
    }
    let text = format!("{whole}.{part:03}");
    text.trim_end_matches('0').to_owned()
}
