//! The supervision notice (督办通知单): made from its entry and from the ledger as it then stood, so
//! that it reads the same each time.
//!
//! It is none of the fifteen kinds of official papers and bears no seal drawn by the program; the
//! space for one is left to the office.

use super::super::desk::chinese;
use super::super::lines::with_county;
use super::super::model::paper::{CheckedPaper, Paper};
use super::super::model::supervision::NoticePage;
use super::super::paper::grouped;
use super::super::{Actor, NoticeId, Office, OfficeError, card};
use super::{ISSUER, serial, supervises};
use crate::statute::clock;
use crate::statute::supervision::CaseAct;
use crate::store::Notice;
use crate::store::record::standing_events;

/// Its title.
const TITLE: &str = "督办通知单";

impl Office {
    /// A notice, for those who may see the supervision of its step.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it.
    pub async fn notice(&self, actor: &Actor, id: NoticeId) -> Result<NoticePage, OfficeError> {
        let missing = || OfficeError::NotFound("notice");
        let reader = self.store.reader();
        let notice = reader.notice(id).await?.ok_or_else(missing)?;
        let case = reader.case(notice.case).await?.ok_or_else(missing)?;
        if !supervises(actor, case.bureau) {
            return Err(missing());
        }
        let lost = || OfficeError::Store(format!("notice {id} has lost what it is made from"));
        let filing = reader.filing(case.filing).await?.ok_or_else(lost)?;
        let project = reader.project(filing.project).await?.ok_or_else(lost)?;
        let plan = self.plan_of(&project.plan_hash).await?;
        let step = card::step_of(&plan, &filing)?;
        let bureau = reader.bureau(filing.bureau).await?.ok_or_else(lost)?;
        let entries = reader.case_entries(&[case.id]).await?;
        let entry = entries
            .iter()
            .find(|entry| entry.seq == notice.seq)
            .ok_or_else(lost)?;
        let CaseAct::NoticeIssued {
            requirement,
            answer_by,
            responsible,
            ledger,
        } = &entry.act
        else {
            return Err(lost());
        };
        let mut then = reader.ledger(filing.id).await?;
        then.retain(|line| line.seq <= *ledger);
        let events = standing_events(&then);
        let changes = reader.facts_changes(project.id).await?;
        // The words are those of its day: facts that changed later leave it as it was.
        let facts = changes
            .iter()
            .find(|change| change.at >= entry.at)
            .map_or(filing.facts(&project.facts), |change| &change.before);
        let reading = clock::read(step, facts, &events, entry.on, &self.calendar())
            .map_err(|refusal| OfficeError::Store(format!("notice {id}: {refusal}")))?;
        let step_name = with_county(&step.name, filing.county);
        let matter = format!("{}：{step_name}", project.name);
        let what = match reading.due_on {
            Some(due) if reading.overdue_by > 0 => format!(
                "你单位承办的“{}”{step_name}应于{}办结，截至{}已超期{}个工作日，尚未办结。",
                project.name,
                chinese(due),
                chinese(entry.on),
                reading.overdue_by
            ),
            Some(due) => format!(
                "你单位承办的“{}”{step_name}到期日为{}，截至{}尚未办结。",
                project.name,
                chinese(due),
                chinese(entry.on)
            ),
            None => format!(
                "你单位承办的“{}”{step_name}截至{}尚未办结。",
                project.name,
                chinese(entry.on)
            ),
        };
        let serial = serial(notice.year, notice.number);
        let field = |name: &str, content: &str| (name.to_owned(), content.to_owned());
        let paper = Paper {
            title: TITLE.to_owned(),
            to: format!("{}：", bureau.name),
            body: vec![format!(
                "{what}按照《{}》（{}）三（二）“强化衔接配合”的要求，现予督办。",
                plan.title, plan.number
            )],
            items: Vec::new(),
            after: vec![
                "请在上述时限内书面答复超期原因和新的办结日期；事项办结后，由本办公室销号。"
                    .to_owned(),
            ],
            fields: vec![
                field("编号", &serial),
                field("工作事项", &matter),
                field("工作要求", requirement),
                field("责任单位", &bureau.name),
                field("责任人", responsible),
                (
                    "时限要求".to_owned(),
                    format!("{}前（含当日）答复", chinese(*answer_by)),
                ),
            ],
            signed: ISSUER.to_owned(),
            dated: chinese(notice.made_on),
            code: grouped(&notice.code),
            serial,
        };
        Ok(NoticePage {
            id,
            filing: filing.id,
            paper,
        })
    }

    /// What anybody may learn of a notice by its code.
    ///
    /// # Errors
    /// The store.
    pub(in crate::office) async fn checked_notice(
        &self,
        notice: &Notice,
    ) -> Result<CheckedPaper, OfficeError> {
        let reader = self.store.reader();
        let lost = || OfficeError::Store(format!("notice {} has lost its step", notice.id));
        let case = reader.case(notice.case).await?.ok_or_else(lost)?;
        let filing = reader.filing(case.filing).await?.ok_or_else(lost)?;
        let project = reader.project(filing.project).await?.ok_or_else(lost)?;
        let plan = self.plan_of(&project.plan_hash).await?;
        let step = card::step_of(&plan, &filing)?;
        Ok(CheckedPaper {
            corrected: false,
            title: TITLE.to_owned(),
            serial: serial(notice.year, notice.number),
            project: project.name,
            step: with_county(&step.name, filing.county),
            made_on: notice.made_on,
            code: grouped(&notice.code),
            project_id: filing.project,
        })
    }
}
