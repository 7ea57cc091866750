//! Supervision (督办): what the government's office and a bureau do in a case, and who sees it.
//!
//! # Why
//! - Supervision is between the government and its bureaus: the office, the deputy mayor in charge
//!   and the step's own bureau see it (and the administrator, to help); for the company and for
//!   other bureaus it is not there.
//! - Everything in it is done today: a case has no day that somebody could date back.

mod here;
mod list;
mod notice;
mod staff;
#[cfg(test)]
mod tests;
pub(in crate::office) mod words;

use sha2::{Digest, Sha256};

use super::actor::{Act, permit};
use super::lines::with_county;
use super::model::supervision::SupervisionAct;
use super::paper::code_from;
use super::{
    Actor, FieldFault, Moment, Office, OfficeError, OfficeRule, Supervise, Supervising, card,
};
use crate::statute::supervision::case::{self, Standing};
use crate::statute::supervision::{CaseAct, Recipient};
use crate::store::record::{Filing, Role};
use crate::store::{BureauId, CaseId, NewCase, NewCaseEntry, NewMessage, StoreError, Tx};
pub(in crate::office) use here::supervision_here;
pub(in crate::office) use staff::Staff;

/// The most characters of words.
const WORDS: usize = 500;

/// Whether `actor` sees the supervision of a step that `bureau` decides.
pub(in crate::office) fn supervises(actor: &Actor, bureau: BureauId) -> bool {
    match actor.role {
        Role::GovernmentOffice | Role::DeputyMayor | Role::Administrator => true,
        Role::Officer { bureau: own } => own == bureau,
        Role::Company => false,
    }
}

/// Whose act it is.
fn act_of(act: SupervisionAct, bureau: BureauId) -> Act<'static> {
    match act {
        SupervisionAct::Answer => Act::AnswerSupervision { bureau },
        SupervisionAct::Open
        | SupervisionAct::Notice
        | SupervisionAct::Accept
        | SupervisionAct::SendBack
        | SupervisionAct::Close => Act::Supervise,
    }
}

impl Office {
    /// Does something in the supervision of a step.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it; Forbidden; Invalid; Rule where the case's life
    /// does not allow it. Then nothing was written.
    pub async fn supervise(
        &self,
        actor: &Actor,
        wish: Supervise,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let missing = || OfficeError::NotFound("filing");
        let reader = self.store.reader();
        let filing = reader.filing(wish.filing).await?.ok_or_else(missing)?;
        if !supervises(actor, filing.bureau) {
            return Err(missing());
        }
        let _permit = permit(actor, act_of(wish.what.act(), filing.bureau))?;
        let bureau = reader.bureau(filing.bureau).await?.ok_or_else(missing)?;
        let staff = self.staff().await?;
        let tx = self.begin().await?;
        let filing = tx.filing(wish.filing).await?.ok_or_else(missing)?;
        let project = tx.project(filing.project).await?.ok_or_else(missing)?;
        let plan = self.plan_of(&project.plan_hash).await?;
        let step = card::step_of(&plan, &filing)?;
        let open = tx.open_case(filing.id).await?;
        let what = tidy(wish.what)?;
        let new = NewCaseEntry {
            act: case_act(what, &filing, &staff),
            on: at.today,
            person: Some(actor.id),
            person_name: actor.name.clone(),
            at: at.now,
        };
        let glance = filing.turning.glance(at.today, &self.calendar());
        if filing.seq == 0 {
            return Err(OfficeError::Rule(OfficeRule {
                rule: "supervision-unfiled",
                detail: "本事项还没有提交申请,不能督办承办部门;请待提交申请后再立案".to_owned(),
            }));
        }
        let standing = Standing {
            today: at.today,
            decided: glance.status.is_decided(),
        };
        case::admit(
            open.as_ref().map(|(case, _)| case.state),
            &new.act,
            standing,
        )?;
        let kept = kept(&tx, &filing, open.map(|(case, last)| (case.id, last)), &new);
        let (id, seq) = kept.await?.ok_or_else(already)?;
        if let CaseAct::NoticeIssued { .. } = new.act {
            let ledger = tx.ledger(filing.id).await?;
            let code = notice_code(id, seq, &new, ledger.last().map(|e| e.hash.as_str()))?;
            tx.issue_notice(id, seq, &code, at.today).await?;
        }
        let about = words::About {
            project: &project.name,
            step: with_county(&step.name, filing.county),
            bureau: &bureau.name,
        };
        let messages = messages(&new, actor, &filing, &about, &staff);
        tx.insert_messages(&messages).await?;
        let subject = format!("filing {}", filing.id);
        let detail = format!("case {id} {} {seq}", new.act.code());
        tx.audit(at.now, Some(actor.id), "supervise", &subject, &detail)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Keeps the entry, in a new case where it opens one; `None`: somebody else opened one meanwhile.
async fn kept(
    tx: &Tx,
    filing: &Filing,
    open: Option<(CaseId, u32)>,
    new: &NewCaseEntry,
) -> Result<Option<(CaseId, u32)>, OfficeError> {
    let Some((id, last)) = open else {
        let case = NewCase {
            filing: filing.id,
            bureau: filing.bureau,
            opened_on: new.on,
            due_on: filing.turning.due_on.filter(|due| *due < new.on),
        };
        let opened = tx.open_cases(&[(case, new.clone())]).await?;
        return Ok(opened.first().map(|(_, id)| (*id, 1)));
    };
    match tx.add_to_case(id, last + 1, new).await {
        Err(StoreError::Duplicate(_)) => Ok(None),
        other => {
            other?;
            Ok(Some((id, last + 1)))
        }
    }
}

fn already() -> OfficeError {
    OfficeError::Rule(OfficeRule {
        rule: "supervision-order",
        detail: "有人刚刚在这件督办中作了登记;请查看现在的状态后再办理".to_owned(),
    })
}

/// What is recorded of a wish.
fn case_act(what: Supervising, filing: &Filing, staff: &Staff) -> CaseAct {
    match what {
        Supervising::Open { words } => CaseAct::Opened { words },
        Supervising::Notice {
            requirement,
            answer_by,
        } => CaseAct::NoticeIssued {
            requirement,
            answer_by,
            responsible: staff.leads(filing.bureau),
            ledger: filing.seq,
        },
        Supervising::Answer {
            cause,
            promised_on,
            words,
        } => CaseAct::Answered {
            cause,
            promised_on,
            words,
        },
        Supervising::Accept { words } => CaseAct::Accepted { words },
        Supervising::SendBack { words } => CaseAct::SentBack { words },
        Supervising::Close { words } => CaseAct::Closed { words },
    }
}

/// Words without the blanks around them, of a length that can be read.
fn tidy(mut what: Supervising) -> Result<Supervising, OfficeError> {
    let mut faults = Vec::new();
    let mut fit = |field: &'static str, name: &str, text: &mut String| {
        *text = text.trim().to_owned();
        let length = text.chars().count();
        if !(2..=WORDS).contains(&length) {
            faults.push(FieldFault {
                field,
                message: format!("{name}应为2至{WORDS}字,现为{length}字。"),
            });
        }
    };
    match &mut what {
        Supervising::Open { words } => fit("words", "立案理由", words),
        Supervising::Notice { requirement, .. } => fit("requirement", "工作要求", requirement),
        Supervising::Answer { cause, words, .. } => {
            fit("cause", "超期原因", cause);
            fit("words", "办理措施", words);
        }
        Supervising::Accept { words } => fit("words", "审核意见", words),
        Supervising::SendBack { words } => fit("words", "退回理由", words),
        Supervising::Close { words } => fit("words", "销号说明", words),
    }
    if faults.is_empty() {
        Ok(what)
    } else {
        Err(OfficeError::Invalid(faults))
    }
}

/// Who hears of what was done: the other side.
fn messages(
    new: &NewCaseEntry,
    actor: &Actor,
    filing: &Filing,
    about: &words::About<'_>,
    staff: &Staff,
) -> Vec<NewMessage> {
    let office = "市政府办公室";
    let bureau = [Recipient::Officers, Recipient::Lead];
    let (to, who, what, said): (&[Recipient], &str, &str, String) = match &new.act {
        CaseAct::Opened { words } => (&bureau, office, "立案督办", format!("理由：{words}")),
        CaseAct::NoticeIssued {
            requirement,
            answer_by,
            ..
        } => (
            &bureau,
            office,
            "发出督办通知单",
            format!(
                "要求：{requirement} 请在{}前（含当日）答复超期原因和新的办结日期。",
                super::desk::chinese(*answer_by)
            ),
        ),
        CaseAct::Answered {
            cause, promised_on, ..
        } => (
            &[Recipient::Office],
            about.bureau,
            "答复督办",
            format!(
                "原因：{cause} 承诺在{}前办结。",
                super::desk::chinese(*promised_on)
            ),
        ),
        CaseAct::Accepted { words } => (&bureau, office, "采纳督办答复", format!("意见：{words}")),
        CaseAct::SentBack { words } => (&bureau, office, "退回督办答复", format!("理由：{words}")),
        CaseAct::Closed { words } => (&bureau, office, "督办销号", format!("说明：{words}")),
    };
    let (subject, body) = words::of_act(what, about, who, &said);
    staff
        .all_of(to, filing.bureau)
        .into_iter()
        .filter(|person| *person != actor.id)
        .map(|person| NewMessage {
            person,
            kind: format!("case-{}", new.act.code()),
            subject: subject.clone(),
            body: body.clone(),
            link: format!("/filings/{}#supervisions", filing.id),
            belongs_on: new.on,
            at: new.at,
        })
        .collect()
}

/// The code of a notice: from its entry and from the hash of the ledger that it is made from.
fn notice_code(
    case: CaseId,
    seq: u32,
    new: &NewCaseEntry,
    ledger: Option<&str>,
) -> Result<String, OfficeError> {
    let act = serde_json::to_string(&new.act)
        .map_err(|error| OfficeError::Store(format!("an act without words: {error}")))?;
    let ledger = ledger.unwrap_or_default();
    let at = new.at.timestamp();
    let text = format!("supervision/{case}/{seq}/{at}/{ledger}/{act}");
    Ok(code_from(&Sha256::digest(text.as_bytes())))
}

/// The number of a notice in words, in the government office's own series.
pub(in crate::office) fn serial(year: i32, number: u32) -> String {
    format!("{ISSUER}督办〔{year}〕第{number}号")
}

/// Who issues notices.
pub(in crate::office) const ISSUER: &str = "本溪市人民政府办公室";
