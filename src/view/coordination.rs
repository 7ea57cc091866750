//! Difficulties (困难和问题): their list, the page where one is raised, those of a project.

use serde::Serialize;

use super::date::Day;
use super::form::{Retyped, Trouble};
use super::list::query;
use super::section::{Forms, SmallForm};
use super::step::Cite;
use crate::office::Bureau;
use crate::office::coordination::Standing;
use crate::office::model::coordination::{
    DecisionOwed, MatterLine, Matters, MattersHere, MattersQuery, RaisePage,
};
use crate::statute::coordination::{acting_office, source};

/// A difficulty in a list.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub(super) id: i64,
    pub(super) title: String,
    project: i64,
    project_name: String,
    raised: Day,
    who: String,
    open: bool,
    /// Where it is, with its sign.
    pub(super) state: String,
    /// How the state's mark is coloured.
    pub(super) tone: &'static str,
    decisions: u64,
    confirmed: u64,
    /// 逾期n项; nothing where none is.
    overdue: Option<String>,
}

impl Line {
    pub(super) fn of(line: &MatterLine) -> Line {
        let (state, tone) = match (&line.closed, line.decisions, line.overdue) {
            (Some(closed), ..) if closed.resolved => ("✓ 已解决".to_owned(), "there"),
            (Some(_), ..) => ("— 其他原因办结".to_owned(), "plain"),
            (None, 0, _) => ("○ 待会商".to_owned(), "near"),
            (None, ..) => ("◐ 办理中".to_owned(), "near"),
        };
        Line {
            id: line.id.0,
            title: line.title.clone(),
            project: line.project.0,
            project_name: line.project_name.clone(),
            raised: Day::of(line.raised_on),
            who: line.person_name.clone(),
            open: line.closed.is_none(),
            state,
            tone,
            decisions: line.decisions,
            confirmed: line.confirmed,
            overdue: (line.overdue > 0).then(|| format!("■ 逾期{}项", line.overdue)),
        }
    }
}

/// The list.
#[derive(Debug, Serialize)]
pub(super) struct List {
    closed: bool,
    open_total: u64,
    closed_total: u64,
    rows: Vec<Line>,
    total: u64,
    first: Option<String>,
    next: Option<String>,
    source: Cite,
    acting: Cite,
}

pub(super) fn list(asked: MattersQuery, found: &Matters) -> List {
    let state = if asked.closed { "closed" } else { "open" };
    let address = |after: Option<&str>| {
        let mut pairs = vec![("state", state)];
        pairs.extend(after.map(|after| ("after", after)));
        query("/coordination", &pairs)
    };
    List {
        closed: asked.closed,
        open_total: found.open,
        closed_total: found.closed,
        rows: found.page.rows.iter().map(Line::of).collect(),
        total: found.page.total,
        first: asked.after.map(|_| address(None)),
        next: found.page.next.as_deref().map(|after| address(Some(after))),
        source: Cite::of(&source()),
        acting: Cite::of(&acting_office()),
    }
}

/// The difficulties of a project on its page.
#[derive(Debug, Serialize)]
pub(super) struct Here {
    rows: Vec<Line>,
    total: u64,
    may_raise: bool,
}

pub(super) fn here(here: &MattersHere) -> Here {
    Here {
        rows: here.lines.iter().map(Line::of).collect(),
        total: here.total,
        may_raise: here.may_raise,
    }
}

/// The page where one is raised.
#[derive(Debug, Serialize)]
pub(super) struct Raise {
    project: i64,
    project_name: String,
    form: Option<SmallForm>,
    trouble: Option<Trouble>,
    here: Here,
    source: Cite,
    acting: Cite,
}

pub(super) fn raise(page: &RaisePage, refused: Option<&Retyped>, forms: &Forms<'_>) -> Raise {
    let project = page.project;
    let steps = page
        .steps
        .iter()
        .map(|(filing, name)| (filing.to_string(), name.clone()));
    let form = page.here.may_raise.then(|| {
        let action = format!("/projects/{project}/coordination");
        forms
            .form("raise-difficulty", action, "提出困难和问题")
            .hint("提出后不能修改，由领导小组办公室召集有关部门会商。")
            .line("title", "标题", 60, None)
            .words("words", "困难和问题", 500, false)
            .day("on", "提出日期")
            .choice("filing", "所涉事项", steps, true)
            .ticks("needs", "需要哪些部门", bureau_ticks(&page.bureaus))
            .done()
    });
    Raise {
        project: project.0,
        project_name: page.project_name.clone(),
        trouble: refused
            .filter(|_| form.is_none())
            .map(|refused| refused.trouble.clone()),
        form,
        here: here(&page.here),
        source: Cite::of(&source()),
        acting: Cite::of(&acting_office()),
    }
}

/// Bureaus as boxes to tick.
pub(super) fn bureau_ticks(bureaus: &[Bureau]) -> Vec<(String, String)> {
    bureaus
        .iter()
        .map(|bureau| (format!("bureau-{}", bureau.id), bureau.name.clone()))
        .collect()
}

/// A decision that the reader's house owes, on its home page.
#[derive(Debug, Serialize)]
pub(super) struct Owed {
    difficulty: i64,
    words: String,
    title: String,
    project: String,
    due: Day,
    late: bool,
    when: String,
}

impl Owed {
    pub(super) fn of(owed: &DecisionOwed) -> Owed {
        Owed {
            difficulty: owed.difficulty.0,
            words: owed.words.clone(),
            title: owed.title.clone(),
            project: owed.project_name.clone(),
            due: Day::of(owed.due_on),
            late: matches!(owed.standing, Standing::Overdue(_)),
            when: when(owed.standing),
        }
    }
}

/// Where a decision stands, with its sign.
pub(super) fn when(standing: Standing) -> String {
    match standing {
        Standing::Open(0) => "▲ 今天到期".to_owned(),
        Standing::Open(days) => format!("○ 还有{days}天"),
        Standing::Overdue(days) => format!("■ 逾期{days}天"),
        Standing::Reported(0) => "◐ 已报告完成，待确认".to_owned(),
        Standing::Reported(days) => format!("◐ 逾期{days}天报告完成，待确认"),
        Standing::Confirmed(0) => "✓ 已确认完成".to_owned(),
        Standing::Confirmed(days) => format!("✓ 已确认完成（逾期{days}天）"),
        Standing::Dropped => "— 未完成即办结".to_owned(),
    }
}
