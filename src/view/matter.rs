//! The page of one difficulty: what stands in the way, its meetings, what they decided, its end.

use serde::Serialize;

use super::coordination::{Line, bureau_ticks, when};
use super::date::Day;
use super::form::Retyped;
use super::section::{Forms, Row, Section, Tag, Tone, homeless};
use super::step::Cite;
use crate::office::DecisionStep;
use crate::office::coordination::Standing;
use crate::office::model::coordination::{ActLine, DecisionLine, MatterPage, MeetingLine};
use crate::statute::coordination::without_account;

/// The step that a difficulty concerns.
#[derive(Debug, Serialize)]
struct Concerned {
    filing: i64,
    name: String,
}

/// The page's matter.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    line: Line,
    project: Option<i64>,
    project_name: String,
    words: String,
    raised: String,
    step: Option<Concerned>,
    needs: Vec<String>,
    closed: Option<String>,
    source: Cite,
    acting: Cite,
    sections: Vec<Section>,
}

pub(super) fn page(page: &MatterPage, forms: &Forms<'_>) -> Page {
    let make = Make { page, forms };
    let line = &page.line;
    let raiser = page.raiser.as_ref();
    let raiser = raiser.map_or_else(String::new, |bureau| format!("（{bureau}）"));
    Page {
        project: page.sees_project.then_some(line.project.0),
        project_name: line.project_name.clone(),
        words: page.words.clone(),
        raised: format!(
            "{}由{}{raiser}提出",
            Day::of(line.raised_on).long,
            line.person_name
        ),
        step: page.step.as_ref().map(|(filing, name)| Concerned {
            filing: filing.0,
            name: name.clone(),
        }),
        needs: page.needs.clone(),
        closed: line.closed.as_ref().map(|closed| {
            format!(
                "{}由{}办结：{}",
                Day::of(closed.on).long,
                closed.by_name,
                closed.words
            )
        }),
        source: Cite::of(&page.source),
        acting: Cite::of(&page.acting),
        sections: [
            Some(make.meetings()),
            Some(make.decisions()),
            make.closing(),
        ]
        .into_iter()
        .flatten()
        .collect(),
        line: Line::of(line),
    }
}

/// The trouble of a form, if one was refused, is shown with the form or its section.
struct Make<'a> {
    page: &'a MatterPage,
    forms: &'a Forms<'a>,
}

impl Make<'_> {
    fn action(&self, rest: &str) -> String {
        format!("/coordination/{}/{rest}", self.page.line.id)
    }

    fn typed(&self) -> Option<&Retyped> {
        self.forms.typed
    }

    fn meetings(&self) -> Section {
        let mut section = Section::new("meetings", "会商");
        section.rows = self
            .page
            .meetings
            .iter()
            .map(|one| self.meeting(one))
            .collect();
        section.empty = Some("还没有召集会商。");
        if self.page.may_coordinate {
            let bodies =
                without_account().map(|body| (format!("body-{}", body.code), body.name.to_owned()));
            let company = [("company".to_owned(), "供电公司".to_owned())];
            let called: Vec<(String, String)> = bureau_ticks(&self.page.bureaus)
                .into_iter()
                .chain(bodies)
                .chain(company)
                .collect();
            let form = self
                .forms
                .form("meeting-call", self.action("call"), "召集会商")
                .hint("方案所列的市发展改革委、市水务局、市通信管理办公室在本系统没有账号，请另行通知。")
                .any_day("on", "会商日期", None)
                .line("place", "会商地点", 60, None)
                .ticks("called", "参加单位", called)
                .done();
            section.forms.push(form);
        }
        section.trouble = homeless(self.typed(), "meeting-", &section.forms, &section.rows);
        section
    }

    fn meeting(&self, one: &MeetingLine) -> Row {
        let id = one.id;
        let ahead = one.on > self.forms.today;
        let tag = match (&one.minutes, ahead) {
            (Some(_), _) => Tag::new(Tone::There, "✓ 已有纪要"),
            (None, true) => Tag::new(Tone::Plain, "○ 将召开"),
            (None, false) => Tag::new(Tone::Near, "◐ 纪要待登记"),
        };
        let mut words = vec![format!("参加：{}", one.called.join("、"))];
        if let Some((minutes, by)) = &one.minutes {
            words.push(format!("纪要：{minutes}（{by}登记）"));
        }
        let mut row = Row {
            head: format!("{} {}", Day::of(one.on).long, one.place),
            tags: vec![tag],
            words,
            meta: format!("{}召集", one.person_name),
            ..Row::default()
        };
        if one.may_minute {
            let form = self
                .forms
                .form(
                    format!("meeting-minute-{id}"),
                    self.action(&format!("minute/{id}")),
                    "登记纪要",
                )
                .words("words", "会商纪要", 500, false);
            row.forms.push(form.done());
        }
        if one.may_decide {
            let bureaus = self.page.bureaus.iter();
            let owners = bureaus
                .map(|bureau| (bureau.id.to_string(), bureau.name.clone()))
                .chain([("company".to_owned(), "供电公司".to_owned())]);
            let form = self
                .forms
                .form(
                    format!("meeting-decide-{id}"),
                    self.action(&format!("decide/{id}")),
                    "登记议定事项",
                )
                .hint("每项写明由谁、在哪一天以前、做什么。")
                .words("words", "议定事项", 500, false)
                .any_day("due_on", "完成期限", None)
                .choice("owner", "承办单位", owners, false);
            row.forms.push(form.done());
        }
        row
    }

    fn decisions(&self) -> Section {
        let mut section = Section::new("decisions", "议定事项");
        let decisions = &self.page.decisions;
        section.rows = decisions.iter().map(|one| self.decision(one)).collect();
        section.empty = Some("还没有议定事项。");
        section.trouble = homeless(self.typed(), "decision-", &section.forms, &section.rows);
        section
    }

    fn decision(&self, one: &DecisionLine) -> Row {
        let id = one.id;
        let mut row = Row {
            head: one.words.clone(),
            tags: vec![
                Tag::new(tone(one.standing), when(one.standing)),
                Tag::new(Tone::Plain, one.owner.clone()),
            ],
            words: one.acts.iter().map(told).collect(),
            meta: format!("{}会商议定 · 完成期限{}", one.meeting_on, one.due_on),
            ..Row::default()
        };
        let form = |kind: &str, word, label| {
            self.forms
                .form(
                    format!("decision-{kind}-{id}"),
                    self.action(&format!("{kind}/{id}")),
                    word,
                )
                .day("on", "日期")
                .words("words", label, 500, false)
                .done()
        };
        if one.may_report {
            row.forms.push(form("report", "报告完成", "完成情况"));
        }
        if one.may_judge {
            row.forms.push(form("confirm", "确认完成", "确认意见"));
            row.forms.push(form("return", "退回", "退回理由"));
        }
        row
    }

    /// The way to its end; after the end only what a form that came too late is told.
    fn closing(&self) -> Option<Section> {
        let mut section = Section::new("closings", "办结");
        section.lead = Some(
            "议定事项全部确认完成后按“已解决”办结；没有议定或者未完成的，须选“其他原因”并写明理由。"
                .to_owned(),
        );
        let ways = [
            ("resolved", "已解决", self.page.may_resolve),
            ("without", "其他原因", true),
        ];
        // A way that is not open today is not offered, unless it was just asked for.
        let asked = self.typed().and_then(|typed| typed.values.get("how"));
        let ways = ways
            .into_iter()
            .filter(|(value, _, open)| *open || asked.is_some_and(|asked| asked == value))
            .map(|(value, word, _)| (value.to_owned(), word.to_owned()));
        let form = self
            .forms
            .form("closing-new", self.action("close"), "办结这项困难和问题")
            .day("on", "办结日期")
            .choice("how", "办结方式", ways, false)
            .words("words", "办结说明", 500, false);
        if self.page.may_coordinate {
            section.forms.push(form.done());
        }
        section.trouble = homeless(self.typed(), "closing-", &section.forms, &section.rows);
        (!section.forms.is_empty() || section.trouble.is_some()).then_some(section)
    }
}

fn told(act: &ActLine) -> String {
    let what = match act.step {
        DecisionStep::Reported => "报告完成",
        DecisionStep::Returned => "退回",
        DecisionStep::Confirmed => "确认完成",
    };
    format!("{} {}{what}：{}", act.on, act.person_name, act.words)
}

fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Overdue(_) => Tone::Passed,
        Standing::Open(days) if days <= 3 => Tone::Near,
        Standing::Reported(_) => Tone::Near,
        Standing::Confirmed(_) => Tone::There,
        Standing::Open(_) | Standing::Dropped => Tone::Plain,
    }
}
