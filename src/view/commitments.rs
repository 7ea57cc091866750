//! Letters of commitment and fees on the page of a step; promises that end soon, on the home page.

use serde::Serialize;

use super::date::{Day, instant};
use super::section::{Beside, Forms, Row, Section, Tag, Tone, homeless};
use super::step::Cite;
use crate::office::FilingId;
use crate::office::model::{
    CommitmentLine, CommitmentsHere, FeeLine, FeesHere, Standing, StepPage,
};

/// A promise on the company's home page.
#[derive(Debug, Serialize)]
pub(super) struct Promise {
    filing: i64,
    promise: String,
    step: String,
    project: String,
    due: Day,
    late: bool,
    when: String,
}

impl Promise {
    pub(super) fn of(line: &CommitmentLine) -> Promise {
        Promise {
            filing: line.filing.0,
            promise: line.promise.clone(),
            step: step_name(line),
            project: line.project_name.clone(),
            due: Day::of(line.due_on),
            late: matches!(line.standing, Standing::Overdue(_)),
            when: when(&line.standing),
        }
    }
}

fn step_name(line: &CommitmentLine) -> String {
    match line.county {
        Some(county) => format!("{}（{}）", line.step_name, county.name()),
        None => line.step_name.clone(),
    }
}

fn when(standing: &Standing) -> String {
    match standing {
        Standing::Open(0) => "今天到期".to_owned(),
        Standing::Open(days) => format!("还有{days}天"),
        Standing::Overdue(days) => format!("过期{days}天，尚未登记兑现"),
        Standing::Settled(found) if found.kept => "已兑现".to_owned(),
        Standing::Settled(_) => "未兑现".to_owned(),
    }
}

fn tone(standing: &Standing) -> Tone {
    match standing {
        Standing::Open(days) if *days <= 7 => Tone::Near,
        Standing::Open(_) => Tone::Plain,
        Standing::Settled(found) if found.kept => Tone::There,
        Standing::Overdue(_) | Standing::Settled(_) => Tone::Passed,
    }
}

pub(super) fn section(page: &StepPage, here: &CommitmentsHere, forms: &Forms<'_>) -> Section {
    let filing = page.card.id;
    let mut section = Section::new("commitments", "承诺");
    section.lead =
        Some("方案或法律允许的，承诺书可以顶替材料；未兑现的记录会一直显示。".to_owned());
    section.sources = here
        .source
        .iter()
        .chain(here.letters.iter().map(|letter| &letter.source))
        .map(Cite::of)
        .collect();
    section.sources.dedup_by(|a, b| a.cite == b.cite);
    section.rows = here
        .own
        .iter()
        .map(|line| {
            let mut row = row(line);
            if here.may_settle && !matches!(line.standing, Standing::Settled(_)) {
                row.forms.push(settle(filing, line, forms));
            }
            row
        })
        .collect();
    if !here.broken.is_empty() {
        let broken = here.broken.iter().map(|line| Row {
            link: Some(format!("/filings/{}#commitments", line.filing)),
            head: format!("{} {}", line.project_name, step_name(line)),
            ..row(line)
        });
        section.beside = Some(Beside {
            title: "供电公司以往未兑现的承诺",
            rows: broken.collect(),
        });
    }
    if here.may_make {
        let letters = here
            .letters
            .iter()
            .map(|letter| (letter.material.clone(), letter.name.clone()));
        let form = forms
            .form(
                "commitment-new",
                format!("/filings/{filing}/commitments"),
                "作出承诺",
            )
            .hint("写明承诺什么、何时兑现；提交后不能修改，到期由承办部门核查登记。")
            .choice("material", "代替的材料", letters, here.source.is_some())
            .day("on", "承诺日期")
            .day_ahead("due_on", "兑现期限", None)
            .words("promise", "承诺事项", 500, false);
        section.forms.push(form.done());
    }
    section.trouble = homeless(forms.typed, "commitment", &section.forms, &section.rows);
    section.empty = Some("还没有承诺。");
    section
}

fn row(line: &CommitmentLine) -> Row {
    let mut words = vec![line.promise.clone()];
    if let Standing::Settled(found) = &line.standing {
        words.push(format!(
            "{}：{}（{}登记，{}）",
            Day::of(found.on).iso,
            found.words,
            found.by_name,
            when(&line.standing)
        ));
    }
    Row {
        head: match &line.material {
            Some(material) => format!("承诺书，代替“{}”", material.name),
            None => "承诺书".to_owned(),
        },
        tags: vec![Tag::new(tone(&line.standing), when(&line.standing))],
        words,
        meta: format!(
            "{}于{}承诺 · {}前兑现 · {}登记",
            line.person_name,
            line.made_on,
            line.due_on,
            instant(line.at)
        ),
        ..Row::default()
    }
}

fn settle(filing: FilingId, line: &CommitmentLine, forms: &Forms<'_>) -> super::section::SmallForm {
    let outcomes = [("kept", "已兑现"), ("broken", "未兑现")];
    let outcomes = outcomes.map(|(value, word)| (value.to_owned(), word.to_owned()));
    forms
        .form(
            format!("commitment-{}", line.id),
            format!("/filings/{filing}/commitments/{}/outcome", line.id),
            "登记是否兑现",
        )
        .choice("outcome", "结果", outcomes, false)
        .day("on", "核查日期")
        .words("words", "核查情况", 500, false)
        .done()
}

pub(super) fn fees(page: &StepPage, here: &FeesHere, forms: &Forms<'_>) -> Option<Section> {
    if here.lines.is_empty() && !here.may_ask {
        return None;
    }
    let mut section = Section::new("fees", "收费");
    section.lead = Some(
        "实施行政许可不得收取任何费用，法律、行政法规另有规定的除外（行政许可法第58条）。"
            .to_owned(),
    );
    section.rows = here.lines.iter().map(fee).collect();
    section.empty = Some("没有收费。");
    if here.may_ask {
        let filing = page.card.id;
        let form = forms
            .form("fee-new", format!("/filings/{filing}/fees"), "登记收费")
            .hint("每笔都须写明所依据的法律、行政法规；方案已取消的费用不能登记。")
            .day("on", "要求缴纳日期")
            .number("amount", "金额（元）", String::new())
            .line("name", "费用名称", 40, None)
            .line("basis", "收费依据", 120, Some("如 城市道路管理条例第37条"));
        section.forms.push(form.done());
    }
    section.trouble = homeless(forms.typed, "fee", &section.forms, &section.rows);
    Some(section)
}

fn fee(line: &FeeLine) -> Row {
    let (yuan, fen) = (line.amount_fen / 100, line.amount_fen % 100);
    Row {
        head: format!("{} {yuan}.{fen:02}元", line.name),
        words: vec![format!("依据：{}", line.basis)],
        meta: format!(
            "{}要求缴纳 · {} · {}登记",
            line.asked_on,
            line.person_name,
            instant(line.at)
        ),
        ..Row::default()
    }
}
