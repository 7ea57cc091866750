//! Supervision: the section of a step, the list of cases, the notice to print.

use chrono::NaiveDate;
use serde::Serialize;

use super::card::Card;
use super::date::{Day, instant};
use super::list::{Choice, query};
use super::section::{Beside, Forms, Row, Section, SmallForm, Tag, Tone, homeless};
use super::step::Cite;
use super::{Shell, View, ViewError, paper, words};
use crate::office::SupervisionQuery;
use crate::office::model::StepPage;
use crate::office::model::supervision::{
    CaseCounts, CaseHere, CaseLine, CaseRow, NoticePage, RungLine, SupervisionAct, SupervisionHere,
    SupervisionList,
};
use crate::statute::supervision::{CaseAct, CaseState};

/// The prefix of the section's forms.
const FORMS: &str = "supervision-";
/// The most characters of words.
const WORDS: u32 = 500;

/// The section of a step's page; `None`: nothing that this person is shown.
pub(super) fn section(step: &StepPage, forms: &Forms<'_>) -> Option<Section> {
    let Some(here) = &step.supervision else {
        // A refused form of somebody who is shown nothing has no place here either.
        return None;
    };
    let mut section = Section::new("supervisions", "督办");
    section.lead = Some(lead(here));
    section.sources = here
        .rungs
        .iter()
        .rev()
        .find_map(|rung| rung.source.as_ref())
        .map(Cite::of)
        .into_iter()
        .collect();
    section.rows = here.cases.iter().flat_map(case).collect();
    let open: Vec<SmallForm> = here.may.iter().map(|act| form(*act, step, forms)).collect();
    // What can be done next stands with what was done last.
    match section.rows.last_mut() {
        Some(last) => last.forms = open,
        None => section.forms = open,
    }
    section.empty = Some("没有督办件。");
    if !here.rungs.is_empty() {
        section.beside = Some(Beside {
            title: "已发提示",
            rows: here.rungs.iter().map(rung).collect(),
        });
    }
    section.trouble = homeless(forms.typed, FORMS, &section.forms, &section.rows);
    Some(section)
}

fn lead(here: &SupervisionHere) -> String {
    let open = here.cases.iter().find(|c| c.state != CaseState::Closed);
    match (open, here.rungs.is_empty() && here.cases.is_empty()) {
        (Some(case), _) => format!("督办件第{}号，{}。", case.id, case.state.name()),
        (None, true) => "临期、超期时按督办阶梯自动提示；超期后第一个工作日自动立案。".to_owned(),
        (None, false) => "没有未销号的督办件。".to_owned(),
    }
}

fn tone(state: CaseState) -> Tone {
    match state {
        CaseState::Opened | CaseState::SentBack => Tone::Passed,
        CaseState::Noticed | CaseState::Answered | CaseState::Accepted => Tone::Near,
        CaseState::Closed => Tone::There,
    }
}

/// What was done in a case, the newest last; the last row says where the case is.
fn case(case: &CaseHere) -> Vec<Row> {
    let mut rows: Vec<Row> = case.entries.iter().map(entry).collect();
    if let Some(last) = rows.last_mut() {
        let state = Tag::new(tone(case.state), words::case_state(case.state));
        last.tags.insert(0, state);
    }
    rows
}

fn entry(line: &CaseLine) -> Row {
    let long = |day: NaiveDate| Day::of(day).long;
    let (head, said) = match &line.act {
        CaseAct::Opened { words } => ("立案督办".to_owned(), vec![words.clone()]),
        CaseAct::NoticeIssued {
            requirement,
            answer_by,
            responsible,
            ..
        } => (
            match &line.notice {
                Some((_, serial)) => format!("督办通知单 {serial}"),
                None => "督办通知单".to_owned(),
            },
            vec![
                format!("工作要求：{requirement}"),
                format!("责任人：{responsible}；请在{}前答复。", long(*answer_by)),
            ],
        ),
        CaseAct::Answered {
            cause,
            promised_on,
            words,
        } => (
            "部门答复".to_owned(),
            vec![
                format!("超期原因：{cause}"),
                format!("办理措施：{words}"),
                format!("承诺在{}前办结。", long(*promised_on)),
            ],
        ),
        CaseAct::Accepted { words } => ("采纳答复".to_owned(), vec![words.clone()]),
        CaseAct::SentBack { words } => ("退回答复".to_owned(), vec![words.clone()]),
        CaseAct::Closed { words } => ("销号".to_owned(), vec![words.clone()]),
    };
    let link = line.notice.as_ref();
    let mut tags = Vec::new();
    if line.automatic {
        tags.push(Tag::new(Tone::Plain, "自动"));
    }
    Row {
        head,
        link: link.map(|(id, _)| format!("/supervision/notices/{id}")),
        tags,
        words: said,
        meta: format!("{} · {} · {}登记", line.on, line.who, instant(line.at)),
        ..Row::default()
    }
}

fn rung(line: &RungLine) -> Row {
    Row {
        head: line.name.clone(),
        tags: vec![Tag::new(Tone::Plain, Day::of(line.on).long)],
        words: vec![line.told.clone()],
        meta: format!("对应日期 {} · {}发出", line.refers_to, instant(line.at)),
        ..Row::default()
    }
}

fn form(act: SupervisionAct, step: &StepPage, forms: &Forms<'_>) -> SmallForm {
    let code = act.code();
    let action = format!("/filings/{}/supervision/{code}", step.card.id);
    let form = forms.form(
        format!("{FORMS}{code}"),
        action,
        words::supervision_act(act),
    );
    match act {
        SupervisionAct::Open => form
            .hint("超期后第一个工作日系统自动立案；需要提前督办的，可以先行立案。")
            .words("words", "立案理由", WORDS, false),
        SupervisionAct::Notice => form
            .hint("通知单请承办部门答复超期原因和新的办结日期；编号自动生成，可打印、下载。")
            .words("requirement", "工作要求", WORDS, false)
            .day_ahead("answer_by", "答复期限", None),
        SupervisionAct::Answer => form
            .words("cause", "超期原因", WORDS, false)
            .words("words", "办理措施", WORDS, false)
            .day_ahead("promised_on", "承诺办结日期", None),
        SupervisionAct::Accept => form.words("words", "审核意见", WORDS, false),
        SupervisionAct::SendBack => form.words("words", "退回理由", WORDS, false),
        SupervisionAct::Close => form
            .hint("事项已办结，可以销号；销号后这件督办不再登记。")
            .words("words", "销号说明", WORDS, false),
    }
    .done()
}

/// One case in the list.
#[derive(Debug, Serialize)]
struct Line {
    card: Card,
    state: &'static str,
    tone: Tone,
    opened: Day,
    closed: Option<Day>,
    answer_by: Option<Day>,
    answer_late: bool,
    promised: Option<Day>,
    promise_broken: bool,
    decided: bool,
}

impl Line {
    fn of(row: &CaseRow, today: NaiveDate) -> Line {
        let decided = row.card.glance.status.is_decided();
        Line {
            state: words::case_state(row.state),
            tone: tone(row.state),
            opened: Day::of(row.opened_on),
            closed: row.closed_on.map(Day::of),
            answer_by: row.answer_by.map(Day::of),
            answer_late: row.answer_by.is_some_and(|by| by < today),
            promised: row.promised_on.map(Day::of),
            promise_broken: !decided && row.promised_on.is_some_and(|on| on < today),
            decided,
            card: Card::of(&row.card, today),
        }
    }
}

/// A number on a tile, with the list that it counts.
#[derive(Debug, Serialize)]
pub(super) struct Tile {
    word: &'static str,
    n: u64,
    href: String,
}

/// The tiles of the open states.
pub(super) fn tiles(counts: &CaseCounts) -> Vec<Tile> {
    let states = [
        CaseState::Opened,
        CaseState::Noticed,
        CaseState::Answered,
        CaseState::SentBack,
        CaseState::Accepted,
    ];
    states
        .into_iter()
        .map(|state| Tile {
            word: words::case_state(state),
            n: counts.of(state),
            href: query("/supervision", &[("state", state.code())]),
        })
        .collect()
}

/// The list.
#[derive(Debug, Serialize)]
pub(super) struct List {
    bureaus: Vec<Choice>,
    states: Vec<Choice>,
    tiles: Vec<Tile>,
    open: u64,
    rows: Vec<Line>,
    total: u64,
    first: Option<String>,
    next: Option<String>,
}

pub(super) fn list(asked: &SupervisionQuery, list: &SupervisionList, today: NaiveDate) -> List {
    let bureau = asked.bureau.map(|id| id.to_string());
    let address = |after: Option<&str>| {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        pairs.extend(bureau.as_deref().map(|id| ("bureau", id)));
        pairs.extend(asked.state.map(|state| ("state", state.code())));
        pairs.extend(after.map(|after| ("after", after)));
        query("/supervision", &pairs)
    };
    List {
        bureaus: list
            .bureaus
            .iter()
            .map(|(one, open)| Choice {
                value: one.id.to_string(),
                word: format!("{}（{open}）", one.name),
                chosen: asked.bureau == Some(one.id),
            })
            .collect(),
        states: CaseState::ALL
            .into_iter()
            .map(|state| Choice {
                value: state.code().to_owned(),
                word: format!("{}（{}）", words::case_state(state), list.counts.of(state)),
                chosen: asked.state == Some(state),
            })
            .collect(),
        tiles: tiles(&list.counts),
        open: list.counts.open(),
        rows: list
            .page
            .rows
            .iter()
            .map(|row| Line::of(row, today))
            .collect(),
        total: list.page.total,
        first: asked.after.as_ref().map(|_| address(None)),
        next: list.page.next.as_deref().map(|after| address(Some(after))),
    }
}

impl View {
    /// The list of supervision cases.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn supervision(
        &self,
        shell: &Shell<'_>,
        query: &SupervisionQuery,
        found: &SupervisionList,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/supervision.html",
            Some((shell, "/supervision")),
            "督办",
            list(query, found, shell.today),
        )
    }

    /// A supervision notice, to print.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn notice(&self, shell: &Shell<'_>, page: &NoticePage) -> Result<String, ViewError> {
        self.render(
            "print/paper.html",
            Some((shell, "")),
            &page.paper.title,
            paper::notice(page),
        )
    }
}
