//! Corrections on the page of a step: what was asked, what became of it, and the forms.

use super::date::{Day, instant};
use super::section::{Forms, Row, Section, Tag, Tone, homeless};
use super::words;
use crate::office::model::StepPage;
use crate::statute::clock::Event;
use crate::statute::plan::Ground;
use crate::store::Correcting;

pub(super) fn section(page: &StepPage, forms: &Forms<'_>) -> Option<Section> {
    let here = &page.corrections;
    if here.asked.is_empty() && here.may_ask.is_empty() {
        return None;
    }
    let mut section = Section::new("corrections", "更正");
    section.lead = Some(
        "登记有误的，由后来的一条登记写明更正哪一条、为什么，经部门负责人同意后生效；原登记保留，不删除、不涂改。"
            .to_owned(),
    );
    section.rows = here.asked.iter().map(|one| row(page, one, forms)).collect();
    section.empty = Some("没有更正。");
    if !here.may_ask.is_empty() {
        section.forms.push(ask(page, forms));
    }
    section.trouble = homeless(forms.typed, "correction", &section.forms, &section.rows);
    Some(section)
}

fn told(event: Option<&Event>) -> String {
    match event {
        Some(event) => format!(
            "更正为{}{}",
            Day::of(event.on).long,
            words::event(&event.kind)
        ),
        None => "撤销，不再计入".to_owned(),
    }
}

fn row(page: &StepPage, one: &Correcting, forms: &Forms<'_>) -> Row {
    let filing = page.card.id;
    let was = page.ledger.iter().find(|line| line.seq == one.entry);
    let was = was.map_or_else(String::new, |line| {
        format!("（{}{}）", Day::of(line.on).long, words::event(&line.kind))
    });
    let tag = match &one.outcome {
        None => Tag::new(Tone::Near, "○ 待部门负责人同意"),
        Some(outcome) => match outcome.seq {
            Some(seq) => Tag::new(Tone::There, format!("✓ 已同意，记为第{seq}条")),
            None => Tag::new(Tone::Passed, "✕ 未同意"),
        },
    };
    let mut said = vec![format!("理由：{}", one.reason)];
    if let Some(outcome) = &one.outcome {
        said.push(format!("{}：{}", outcome.by_name, outcome.words));
    }
    let mut row = Row {
        head: format!("第{}条{was}{}", one.entry, told(one.event.as_ref())),
        tags: vec![tag],
        words: said,
        meta: format!("{}提出 · {}", one.person_name, instant(one.at)),
        ..Row::default()
    };
    if page.corrections.may_settle.contains(&one.id) {
        let action = format!("/filings/{filing}/corrections/{}/outcome", one.id);
        let choices = [("consented", "同意更正"), ("refused", "不同意")];
        let choices = choices.map(|(value, word)| (value.to_owned(), word.to_owned()));
        let form = forms
            .form(format!("correction-{}", one.id), action, "处理更正")
            .choice("outcome", "处理结果", choices, false)
            .words("words", "负责人意见", 500, false);
        row.forms.push(form.done());
    }
    row
}

fn ask(page: &StepPage, forms: &Forms<'_>) -> super::section::SmallForm {
    let here = &page.corrections;
    let entries = here.may_ask.iter().map(|one| {
        let name = format!("第{}条 {} {}", one.entry, one.on, words::event(&one.kind));
        (one.entry.to_string(), name)
    });
    let kinds = here
        .kinds
        .iter()
        .map(|kind| (kind.code().to_owned(), words::act(kind).to_owned()))
        .chain([("strike".to_owned(), "撤销这条登记".to_owned())]);
    let grounds = page
        .step
        .grounds
        .iter()
        .copied()
        .map(|ground: Ground| (ground.code().to_owned(), words::ground(ground).to_owned()));
    let action = format!("/filings/{}/corrections", page.card.id);
    let mut form = forms
        .form("correction-new", action, "提出更正")
        .hint("更正以后，其后的每条登记都须仍然成立，期限随之重算；系统先试算，不成立的不收。")
        .choice("entry", "要更正的登记", entries, false)
        .choice("kind", "更正为", kinds, false)
        .day("on", "更正后的日期");
    if !page.step.grounds.is_empty() {
        form = form.choice("ground", "中止事由（更正为中止的填）", grounds, true);
    }
    if here
        .kinds
        .iter()
        .any(|kind| matches!(kind.code(), "extended" | "announced"))
    {
        form = form
            .line("days", "天数（更正为延期、公告的填）", 4, None)
            .optional();
    }
    form.words("reason", "更正理由", 500, false)
        .hidden("seen", page.seq.to_string())
        .done()
}
