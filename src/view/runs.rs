//! The runs of a step: the one before, the one after, and how another begins.

use super::section::{Forms, Row, Section, Tag, Tone, homeless};
use super::step::Cite;
use crate::office::model::StepPage;

/// The section; `None` where there is nothing to tell or to do.
pub(super) fn section(step: &StepPage, forms: &Forms<'_>) -> Option<Section> {
    let runs = &step.runs;
    let mut section = Section::new("runs", "办理轮次");
    let link = |id: crate::office::FilingId| Some(format!("/filings/{id}"));
    if let Some(before) = runs.before {
        section.rows.push(Row {
            head: format!("上一轮（第{}轮）", runs.run.saturating_sub(1)),
            link: link(before),
            ..Row::default()
        });
    }
    if let Some(after) = runs.after {
        section.rows.push(Row {
            head: format!("下一轮（第{}轮）", runs.run + 1),
            link: link(after),
            tags: vec![Tag::new(Tone::Near, "本轮已由下一轮接替")],
            ..Row::default()
        });
    }
    if !runs.needed {
        section.lead = Some(
            "按项目现在的情况，不再需要这一事项；已提交的由供电公司撤回，未撤回的仍须按期办结。"
                .to_owned(),
        );
    }
    let action = |path: &str| format!("/filings/{}/{path}", step.card.id);
    if runs.may_run_again {
        let form = forms.form("run-again", action("runs"), "重新申请");
        let form = form.hint("新开一轮办理；本轮的记录原样保留。同时申请的事项一并重新申请。");
        section.forms.push(form.done());
    }
    if let Some(revision) = &runs.revision {
        let yes_no = || {
            [("no", "不改变"), ("yes", "改变")]
                .map(|(code, word)| (code.to_owned(), word.to_owned()))
        };
        let form = forms
            .form("run-blueprint", action("blueprint"), "变更规划蓝图")
            .hint(format!(
                "用地规模、建筑规模都不改变的，只办理“{revision}”；有一项改变的，重新办理规划证书。"
            ))
            .choice("land", "用地规模", yes_no(), false)
            .choice("building", "建筑规模", yes_no(), false)
            .words("reason", "变更内容", 500, false);
        section.forms.push(form.done());
        section.lead = Some("已批准的规划蓝图可以变更。".to_owned());
        section.sources = vec![Cite::written("方案第9条")];
    }
    section.trouble = homeless(forms.typed, "run-", &section.forms, &section.rows);
    let empty = section.rows.is_empty()
        && section.forms.is_empty()
        && section.trouble.is_none()
        && section.lead.is_none();
    (!empty).then_some(section)
}
