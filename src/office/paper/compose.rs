//! The words of a document, from the ledger up to the entry that made it. Pure.

use chrono::NaiveDate;

use super::super::OfficeError;
use super::super::delegations::signed;
use super::super::desk::chinese;
use super::super::lines::with_county;
use super::super::model::paper::Paper;
use crate::statute::calendar::Calendar;
use crate::statute::clock::{self, Event, EventKind, Reading, Status};
use crate::statute::division::County;
use crate::statute::paper::{PaperKind, deliver_by};
use crate::statute::plan::{Ground, ProjectFacts, Step};
use crate::store::Document;
use crate::store::record::{Bureau, Entry, standing_events};

/// The applicant of every project under the plan (方案第1条).
const APPLICANT: &str = "本溪供电公司";

/// All that a document is made from.
pub(super) struct Source<'a> {
    pub(super) kind: PaperKind,
    pub(super) step: &'a Step,
    pub(super) facts: &'a ProjectFacts,
    pub(super) project: &'a str,
    pub(super) project_code: Option<&'a str>,
    pub(super) county: Option<County>,
    pub(super) bureau: &'a Bureau,
    pub(super) entries: &'a [Entry],
    pub(super) seq: u32,
    pub(super) serial: String,
    pub(super) made_on: NaiveDate,
    pub(super) code: &'a str,
    /// The decision that a delivery receipt is about, with its number in words.
    pub(super) decision: Option<(&'a Document, String)>,
    pub(super) calendar: &'a Calendar,
}

/// A code in groups of four.
pub(in crate::office) fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|g| g.iter().collect()).collect();
    groups.join("-")
}

/// Composes the document.
///
/// # Errors
/// The ledger lacks the entry, or the clock refuses it: the store is damaged.
pub(super) fn compose(source: &Source<'_>) -> Result<Paper, OfficeError> {
    let damaged = |why: &str| {
        OfficeError::Store(format!(
            "document {} of entry {}: {why}",
            source.serial, source.seq
        ))
    };
    let upto = source
        .entries
        .iter()
        .position(|entry| entry.seq == source.seq)
        .ok_or_else(|| damaged("no such entry"))?;
    let before = source.entries.get(..=upto).unwrap_or_default();
    let entry = before.last().ok_or_else(|| damaged("no such entry"))?;
    let events = standing_events(before);
    let reading = clock::read(
        source.step,
        source.facts,
        &events,
        entry.event.on,
        source.calendar,
    )
    .map_err(|refusal| damaged(&refusal.to_string()))?;
    let mut paper = Paper {
        title: source.kind.title(source.step).to_owned(),
        serial: source.serial.clone(),
        to: format!("{APPLICANT}："),
        body: Vec::new(),
        items: Vec::new(),
        after: Vec::new(),
        fields: Vec::new(),
        signed: source.bureau.name.clone(),
        dated: chinese(source.made_on),
        code: grouped(source.code),
    };
    Writer {
        source,
        entry,
        events: &events,
        reading: &reading,
    }
    .write(&mut paper);
    if let Some(by) = entry.details.corrects {
        paper.after.push(format!(
            "本文书更正本事项第{}条登记所作的文书，原文书不再有效。",
            by.entry
        ));
    }
    Ok(paper)
}

struct Writer<'a> {
    source: &'a Source<'a>,
    entry: &'a Entry,
    /// What stood when it was made.
    events: &'a [Event],
    reading: &'a Reading,
}

impl Writer<'_> {
    fn write(&self, paper: &mut Paper) {
        let law = self.source.kind.source();
        match self.source.kind {
            PaperKind::ApplicationReceipt => self.receipt(paper),
            PaperKind::OneTimeNotice => self.one_time_notice(paper, law),
            PaperKind::AcceptanceNotice => self.acceptance(paper, law),
            PaperKind::RejectionNotice => {
                paper.body.push(format!(
                    "{}经审查，依照{law}，本机关决定不予受理。",
                    self.application()
                ));
                paper.body.push(format!("理由：{}", self.note()));
                paper.after.push(REMEDIES.to_owned());
            }
            PaperKind::SuspensionNotice => self.suspension(paper, law),
            PaperKind::ExtensionNotice => self.extension(paper, law),
            PaperKind::GrantDecision => {
                paper.body.push(format!(
                    "{}经审查，符合规定的条件，依照{law}，本机关决定准予（同意）。",
                    self.application()
                ));
                paper.body.extend(self.words());
            }
            PaperKind::DenialDecision => {
                paper.body.push(format!(
                    "{}经审查，依照{law}，本机关决定不予（不同意）。",
                    self.application()
                ));
                paper.body.push(format!("理由：{}", self.note()));
                paper.after.push(REMEDIES.to_owned());
            }
            PaperKind::DeliveryReceipt => self.delivery(paper),
        }
        if let Some(away) = self.entry.details.stands_in_for.as_deref() {
            let both = signed(&self.entry.actor_name, Some(away));
            paper.after.push(format!("经办人：{both}"));
        }
    }

    /// What was asked for, and when it was handed in.
    fn application(&self) -> String {
        let handed_in = self
            .events
            .iter()
            .filter(|event| event.on <= self.entry.event.on)
            .rfind(|event| matches!(event.kind, EventKind::Submitted | EventKind::Resubmitted));
        let day = handed_in.map_or_else(String::new, |e| format!("于{}", chinese(e.on)));
        format!(
            "你单位就“{}”{day}提交的{}申请，",
            self.source.project,
            self.step_name()
        )
    }

    fn step_name(&self) -> String {
        with_county(&self.source.step.name, self.source.county)
    }

    fn words(&self) -> Option<String> {
        self.entry.note.as_ref().map(|note| format!("说明：{note}"))
    }

    fn note(&self) -> &str {
        self.entry.note.as_deref().unwrap_or("（经办人未填写）")
    }

    fn receipt(&self, paper: &mut Paper) {
        paper.body.push("现收到你单位提交的下列申请：".to_owned());
        let again = self.entry.event.kind == EventKind::Resubmitted;
        let code = self.source.project_code.unwrap_or("（未填写）");
        paper.fields = vec![
            ("申请人".to_owned(), APPLICANT.to_owned()),
            ("项目名称".to_owned(), self.source.project.to_owned()),
            ("项目代码".to_owned(), code.to_owned()),
            ("申请事项".to_owned(), self.step_name()),
            (
                "接收情况".to_owned(),
                if again {
                    "补正后再次提交"
                } else {
                    "首次提交"
                }
                .to_owned(),
            ),
            ("接收日期".to_owned(), chinese(self.entry.event.on)),
            ("提交人".to_owned(), self.entry.actor_name.clone()),
        ];
        let last = self
            .source
            .calendar
            .add_working_days(self.entry.event.on, 5);
        paper.after.push(format!(
            "申请材料不齐全或者不符合法定形式的，本机关将于{}前（含当日，五个工作日内）一次告知需要补正的全部内容；逾期不告知的，自收到申请材料之日起即为受理（行政许可法第三十二条）。",
            chinese(last)
        ));
    }

    fn one_time_notice(&self, paper: &mut Paper, law: &str) {
        paper.body.push(format!(
            "{}申请材料不齐全或者不符合法定形式。依照{law}，现一次告知需要补正的全部内容：",
            self.application()
        ));
        paper.items = self
            .entry
            .details
            .requested
            .iter()
            .map(|item| item.name.clone())
            .collect();
        if paper.items.is_empty() {
            paper.items.push(self.note().to_owned());
        } else {
            paper.after.extend(self.words());
        }
        paper.after.push(
            "请补正后重新提交。本告知以外的材料，本机关不再要求补正；方案规定不再要求的材料和费用，不得索要。"
                .to_owned(),
        );
    }

    fn acceptance(&self, paper: &mut Paper, law: &str) {
        paper.body.push(format!(
            "{}依照{law}，本机关自{}起受理。",
            self.application(),
            chinese(self.entry.event.on)
        ));
        paper.body.push(self.period());
        if !self.entry.details.missing.is_empty() {
            paper
                .body
                .push("受理时以下材料尚未收到，请尽快提交：".to_owned());
            let name = |id: &String| {
                let listed = self.source.step.materials.iter().find(|m| m.id == *id);
                listed.map_or_else(|| id.clone(), |material| material.name.clone())
            };
            paper.items = self.entry.details.missing.iter().map(name).collect();
        }
        paper.after.extend(self.words());
    }

    /// The period for the decision as it stands on the entry's day.
    fn period(&self) -> String {
        let Some(days) = self.reading.limit else {
            return "方案和法律均未规定本事项的办理期限。".to_owned();
        };
        let basis = self
            .source
            .step
            .limit()
            .map_or_else(String::new, |limit| format!("（{}）", limit.source.cite));
        match (self.reading.status, self.reading.due_on) {
            (Status::Running, Some(due)) => {
                let provisional = if self.reading.provisional {
                    "该年度节假日安排尚未公布，此日期为暂定。"
                } else {
                    ""
                };
                format!(
                    "办理期限为{days}个工作日{basis}，至{}届满。{provisional}",
                    chinese(due)
                )
            }
            _ => format!("办理期限为{days}个工作日{basis}，起算条件具备后起算。"),
        }
    }

    fn suspension(&self, paper: &mut Paper, law: &str) {
        let ground = match &self.entry.event.kind {
            EventKind::Suspended { ground } => Ground::from_code(ground).map(Ground::name),
            _ => None,
        };
        paper.body.push(format!(
            "{}因依法需要进行{}，依照{law}，所需时间不计算在办理期限内，自{}起中止计时。",
            self.application(),
            ground.unwrap_or("（事由缺失）"),
            chinese(self.entry.event.on)
        ));
        paper.body.push(format!("所需时间及说明：{}", self.note()));
        if let (Some(used), Some(left)) = (self.reading.used, self.reading.left) {
            paper.body.push(format!(
                "至中止之日已计{used}个工作日，尚余{left}个工作日。"
            ));
        }
    }

    fn extension(&self, paper: &mut Paper, law: &str) {
        let days = match self.entry.event.kind {
            EventKind::Extended { days } => days,
            _ => 0,
        };
        paper.body.push(format!(
            "{}不能在规定期限内作出决定，依照{law}，经本机关负责人批准，延长{days}个工作日。",
            self.application()
        ));
        paper.body.push(format!("理由：{}", self.note()));
        paper.body.push(self.period());
    }

    fn delivery(&self, paper: &mut Paper) {
        let Some((decision, serial)) = &self.source.decision else {
            return;
        };
        let last = deliver_by(self.entry.event.on, self.source.calendar);
        let titled = format!("{}（{serial}）", decision.kind.title(self.source.step));
        paper.fields = vec![
            ("送达文书".to_owned(), titled),
            ("事项".to_owned(), self.step_name()),
            ("项目名称".to_owned(), self.source.project.to_owned()),
            ("受送达人".to_owned(), APPLICANT.to_owned()),
            ("作出决定日期".to_owned(), chinese(self.entry.event.on)),
            (
                "送达期限".to_owned(),
                format!("{}（十个工作日，行政许可法第四十四条）", chinese(last)),
            ),
        ];
        if let Some(delivery) = &decision.delivery {
            let late = if delivery.on > last {
                "（超过送达期限）"
            } else {
                ""
            };
            paper.fields.extend([
                (
                    "送达日期".to_owned(),
                    format!("{}{late}", chinese(delivery.on)),
                ),
                ("送达方式".to_owned(), delivery.way.name().to_owned()),
                ("收件人".to_owned(), delivery.recipient.clone()),
                ("送达登记人".to_owned(), delivery.person_name.clone()),
            ]);
        }
        paper
            .fields
            .push(("收件人签名或者盖章".to_owned(), String::new()));
    }
}

/// Where somebody refused may turn (行政许可法 第38条; 行政复议法 第20条; 行政诉讼法 第46条).
const REMEDIES: &str = "如不服本决定，可以自知道之日起六十日内依法申请行政复议，或者自知道之日起六个月内依法向人民法院提起行政诉讼。";
