//! Who is asking, and what each role may do.
//!
//! # Why
//! One pure table answers for every door, and what it does not name is refused. A [`Permit`] can
//! only be had here, and nothing is written without one.

use super::OfficeError;
use crate::statute::clock::EventKind;
use crate::statute::division::County;
use crate::statute::plan::BureauKind;
use crate::store::record::{Bureau, Filing, Role};
use crate::store::{BureauId, Owner, PersonId};

/// The person behind a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub id: PersonId,
    /// The login name.
    pub login: String,
    /// The name in Chinese.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The bureau, for officers.
    pub bureau: Option<Bureau>,
    /// True: an officer who leads the bureau (部门负责人).
    pub lead: bool,
}

/// What somebody asks to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act<'a> {
    /// Enter an event into the ledger of a filing that this bureau decides.
    Record {
        /// What happened.
        kind: &'a EventKind,
        /// The filing's bureau.
        bureau: BureauId,
    },
    /// Make a project.
    CreateProject,
    /// File the county reviews and the city pre-review together (第1条).
    FileJointly,
    /// Record how a decision of this bureau reached the applicant.
    Deliver {
        /// The deciding bureau.
        bureau: BureauId,
    },
    /// See and change who can log in.
    KeepPeople,
    /// See what could not be sent, and try it again or give it up.
    MindParcels,
    /// Have a calendar of one's own deadlines.
    OpenFeed,
    /// Hand in a file for a step's material.
    HandIn,
    /// Record a fee asked for on a step that this bureau decides.
    AskFee {
        /// The filing's bureau.
        bureau: BureauId,
    },
    /// Make a promise on a step (承诺书).
    Commit,
    /// Record what became of a promise on a step that this bureau decides.
    Settle {
        /// The filing's bureau.
        bureau: BureauId,
    },
    /// Post an ownership notice beside a step that this bureau decides, or record an objection.
    Notice {
        /// The filing's bureau.
        bureau: BureauId,
    },
    /// Ask a county for its opinion, or keep the parts of a step that this bureau decides.
    Proceed {
        /// The filing's bureau.
        bureau: BureauId,
    },
    /// Give a county's planning opinion.
    GiveOpinion {
        /// The county that was asked.
        county: County,
    },
    /// Record that construction has begun (第15条).
    StartConstruction,
    /// Consent to the correction of an entry in the ledger of a filing that this bureau decides.
    ConsentCorrection {
        /// The filing's bureau.
        bureau: BureauId,
    },
    /// Hand an officer's queue to a colleague of this bureau (代办).
    HandOver {
        /// The bureau of both.
        bureau: BureauId,
        /// Whose queue it is.
        giver: PersonId,
    },
    /// End a delegation of this bureau before its last day.
    EndDelegation {
        /// The bureau of both.
        bureau: BureauId,
        /// Whose queue it is, and who stands in.
        between: [PersonId; 2],
    },
    /// Change a project's facts, or its approved blueprint (第9条), or file a step again.
    ChangeFacts,
    /// Open, ask, weigh and close in supervision (督办).
    Supervise,
    /// Answer a supervision notice on a step that this bureau decides.
    AnswerSupervision {
        /// The filing's bureau.
        bureau: BureauId,
    },
    /// Report an offence against power facilities, with its pictures (第14条).
    ReportOffence,
    /// Record what happened to an offence that this bureau has.
    HandleOffence {
        /// The bureau that has it.
        bureau: BureauId,
    },
    /// Read the register of steps, on a page or as a sheet (事项台账).
    ReadRegister,
    /// Raise a difficulty on a project that one sees (方案三(二)).
    RaiseDifficulty,
    /// Act for the leading group's office: call meetings, write decisions, close a difficulty.
    Coordinate,
    /// See the figures (效能统计): of one bureau, or of all.
    SeeFigures {
        /// The bureau; `None`: all.
        bureau: Option<BureauId>,
    },
    /// Enter a year's holiday notice.
    EnterNotice,
    /// Try a supposed catalogue on what is stored (推演).
    WhatIf,
    /// Report a meeting's decision done.
    ReportDecision {
        /// Who owes it.
        owner: Owner,
    },
}

/// Leave for one act.
#[derive(Debug, PartialEq, Eq)]
#[must_use]
pub struct Permit(());

/// Whether `actor` may do `act`, whatever the clock says.
///
/// The company files, supplements and withdraws; the filing's own bureau does the rest. The
/// county's opinion is received by itself when the county decides (第1条), so nobody types it. The
/// government office and the deputy mayor in charge watch; the administrator keeps people and stays out of the ledgers. A word
/// that the contract does not know passes for whoever may record anything on the filing, because
/// the clock refuses it with its rule.
///
/// # Errors
/// [`OfficeError::Forbidden`] with who may instead.
pub fn permit(actor: &Actor, act: Act<'_>) -> Result<Permit, OfficeError> {
    let refused = match (act, actor.role) {
        (Act::CreateProject | Act::FileJointly | Act::HandIn | Act::Commit, Role::Company)
        | (Act::KeepPeople, Role::Administrator) => return Ok(Permit(())),
        (Act::MindParcels, Role::Administrator) => return Ok(Permit(())),
        (Act::MindParcels, _) => "未送达的消息由系统管理员处理",
        (Act::OpenFeed, role) if role != Role::Administrator => return Ok(Permit(())),
        (Act::OpenFeed, _) => "系统管理员不办理事项，没有期限日历",
        (Act::CreateProject | Act::FileJointly, _) => "只有供电公司可以建立项目和提交申请",
        (Act::ChangeFacts, Role::Company) => return Ok(Permit(())),
        (Act::ChangeFacts, _) => "项目情况由供电公司变更;您可以查看",
        (Act::HandIn, _) => "材料由供电公司提交;您可以查看和下载",
        (Act::Commit, _) => "承诺由供电公司作出;您可以查看",
        (Act::StartConstruction | Act::Notice { .. }, Role::Company) => return Ok(Permit(())),
        (Act::StartConstruction, _) => "开工由供电公司登记;您可以查看",
        (Act::GiveOpinion { county }, Role::Officer { .. }) if plans_for(actor, county) => {
            return Ok(Permit(()));
        }
        (Act::GiveOpinion { .. }, _) => "规划意见由被征求的县(区)自然资源局回复",
        (Act::Notice { bureau } | Act::Proceed { bureau }, role)
            if role == (Role::Officer { bureau }) =>
        {
            return Ok(Permit(()));
        }
        (Act::Notice { .. }, _) => "林木权属公示由供电公司或者承办部门登记",
        (Act::Proceed { .. }, _) => "只有承办本事项的部门可以登记",
        (Act::AskFee { bureau } | Act::Settle { bureau }, role)
            if role == (Role::Officer { bureau }) =>
        {
            return Ok(Permit(()));
        }
        (Act::AskFee { .. }, _) => "只有承办本事项的部门可以登记收费",
        (Act::Settle { .. }, _) => "只有承办本事项的部门可以登记承诺是否兑现",
        (Act::ConsentCorrection { bureau }, role)
            if role == (Role::Officer { bureau }) && actor.lead =>
        {
            return Ok(Permit(()));
        }
        (Act::ConsentCorrection { .. }, _) => "更正须由承办部门负责人同意",
        (Act::HandOver { bureau, giver }, role)
            if role == (Role::Officer { bureau }) && (actor.lead || giver == actor.id) =>
        {
            return Ok(Permit(()));
        }
        (Act::HandOver { .. }, _) => "只有经办人本人或者本部门负责人可以交办",
        (Act::EndDelegation { bureau, between }, role)
            if role == (Role::Officer { bureau })
                && (actor.lead || between.contains(&actor.id)) =>
        {
            return Ok(Permit(()));
        }
        (Act::EndDelegation { .. }, _) => "只有代办的双方或者本部门负责人可以结束代办",
        (Act::ReportOffence, Role::Company) => return Ok(Permit(())),
        (Act::ReportOffence, _) => "涉电违法由供电公司报告并上传图片(方案第14条);您可以查看",
        (Act::HandleOffence { bureau }, role) if role == (Role::Officer { bureau }) => {
            return Ok(Permit(()));
        }
        (Act::HandleOffence { .. }, _) => "只有现在承办这一件的部门可以登记(方案第14条);您可以查看",
        (Act::Deliver { bureau }, role) if role == Role::Officer { bureau } => {
            return Ok(Permit(()));
        }
        (Act::Supervise, Role::GovernmentOffice) => return Ok(Permit(())),
        (Act::Supervise, _) => "督办由市政府办公室办理;您可以查看",
        (Act::AnswerSupervision { bureau }, role) if role == (Role::Officer { bureau }) => {
            return Ok(Permit(()));
        }
        (Act::AnswerSupervision { .. }, _) => "督办由承办本事项的部门答复",
        (Act::Deliver { .. }, _) => "只有作出决定的部门可以登记送达",
        (
            Act::ReadRegister,
            Role::Company | Role::Officer { .. } | Role::GovernmentOffice | Role::DeputyMayor,
        ) => return Ok(Permit(())),
        (Act::ReadRegister, _) => {
            "事项台账由供电公司、审批部门、市政府办公室和分管市领导查看和导出"
        }
        (Act::RaiseDifficulty, Role::Company | Role::Officer { .. } | Role::GovernmentOffice)
        | (Act::Coordinate, Role::GovernmentOffice) => return Ok(Permit(())),
        (Act::RaiseDifficulty, _) => "困难和问题由供电公司、承办部门或者市政府办公室提出",
        (Act::Coordinate, _) => {
            "会商、议定和办结由领导小组办公室(由市政府办公室代行)登记(方案三(二));您可以查看"
        }
        (
            Act::SeeFigures { .. },
            Role::GovernmentOffice | Role::DeputyMayor | Role::Administrator,
        ) => return Ok(Permit(())),
        (
            Act::SeeFigures {
                bureau: Some(bureau),
            },
            role,
        ) if role == (Role::Officer { bureau }) => {
            return Ok(Permit(()));
        }
        (Act::SeeFigures { .. }, _) => {
            "效能统计由市政府办公室、分管市领导和系统管理员查看,审批部门查看本部门的"
        }
        (Act::ReportDecision { owner }, role) if owes(role, owner) => return Ok(Permit(())),
        (Act::ReportDecision { .. }, _) => "议定事项由承办单位自己报告完成",
        (Act::EnterNotice, Role::GovernmentOffice | Role::Administrator)
        | (Act::WhatIf, Role::GovernmentOffice) => return Ok(Permit(())),
        (Act::EnterNotice, _) => "放假通知由市政府办公室或者系统管理员录入；您可以查看日历",
        (Act::WhatIf, _) => "推演由市政府办公室使用",
        (Act::KeepPeople, _) => "只有系统管理员可以管理人员",
        (Act::Record { kind, bureau }, role) => {
            let own = role == Role::Officer { bureau };
            match kind {
                EventKind::Submitted | EventKind::Resubmitted | EventKind::Withdrawn => {
                    if role == Role::Company {
                        return Ok(Permit(()));
                    }
                    "申请、补正和撤回由供电公司提交"
                }
                EventKind::MaterialsRequested
                | EventKind::Accepted
                | EventKind::Rejected
                | EventKind::Announced { .. }
                | EventKind::Suspended { .. }
                | EventKind::Resumed
                | EventKind::Extended { .. }
                | EventKind::Granted
                | EventKind::Denied => {
                    if own {
                        return Ok(Permit(()));
                    }
                    "只有承办本事项的部门可以作此登记"
                }
                EventKind::CountyOpinionReceived => {
                    "县(区)初审意见在县(区)作出决定时自动送达,不由人工登记(方案第1条)"
                }
                EventKind::Unknown(_) => {
                    if own || role == Role::Company {
                        return Ok(Permit(()));
                    }
                    "您的角色只能查看,不能登记"
                }
            }
        }
    };
    Err(OfficeError::Forbidden(refused.to_owned()))
}

/// Whether `actor` may record an event of that kind on `filing`, whatever the clock says.
pub fn may(actor: &Actor, kind: &EventKind, filing: &Filing) -> bool {
    let bureau = filing.bureau;
    permit(actor, Act::Record { kind, bureau }).is_ok()
}

/// Whether a decision is that role's to carry out.
fn owes(role: Role, owner: Owner) -> bool {
    match owner {
        Owner::Company => role == Role::Company,
        Owner::Bureau(bureau) => role == Role::Officer { bureau },
    }
}

/// Whether `actor` sits in that county's planning office.
fn plans_for(actor: &Actor, county: County) -> bool {
    actor.bureau.as_ref().is_some_and(|bureau| {
        bureau.kind == BureauKind::NaturalResources && bureau.county == Some(county)
    })
}

#[cfg(test)]
mod tests;
