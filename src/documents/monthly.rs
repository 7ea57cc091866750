//! The monthly report (月报) as tables, and as a workbook of them.

use super::FormatError;
use super::sheet::{Book, Cell, Column, Table};
use crate::office::model::figures::{FigureSet, FiguresKey, FiguresLine};
use crate::office::model::monthly::{Monthly, OverdueLine};
use crate::statute::clock::Status;
use crate::statute::division::County;
use crate::view::{definitions, words};

/// A column of figures: its title, its width, its value.
type FigureColumn = (&'static str, f64, fn(&FigureSet) -> Cell);

const FIGURES: [FigureColumn; 22] = [
    ("收件", 7.0, |set| Cell::Whole(set.filed)),
    ("受理", 7.0, |set| Cell::Whole(set.accepted)),
    ("其中视为受理", 8.0, |set| {
        Cell::Whole(set.accepted_by_silence)
    }),
    ("办结", 7.0, |set| Cell::Whole(set.decided)),
    ("准予", 7.0, |set| Cell::Whole(set.granted)),
    ("不予许可", 7.0, |set| Cell::Whole(set.denied)),
    ("不予受理", 7.0, |set| Cell::Whole(set.rejected)),
    ("撤回", 7.0, |set| Cell::Whole(set.withdrawn)),
    ("按期率", 8.0, |set| {
        Cell::maybe(set.on_time_per_mille(), Cell::PerMille)
    }),
    ("有时限的办结", 8.0, |set| Cell::Whole(set.with_limit)),
    ("按期", 7.0, |set| Cell::Whole(set.on_time)),
    ("超期", 7.0, |set| Cell::Whole(set.late)),
    ("用时中位数（工作日）", 9.0, |set| {
        Cell::maybe(set.used.map(|used| used.median), Cell::Days)
    }),
    ("用时九成不超过（工作日）", 9.0, |set| {
        Cell::maybe(set.used.map(|used| used.p90), Cell::Days)
    }),
    ("中止过的办结", 8.0, |set| Cell::Whole(set.suspended)),
    ("中止工作日", 8.0, |set| {
        Cell::Whole(set.suspended_days)
    }),
    ("等候过的办结", 8.0, |set| Cell::Whole(set.waited)),
    ("等候工作日", 8.0, |set| Cell::Whole(set.waited_days)),
    ("到期当日办结", 8.0, |set| {
        Cell::Whole(set.on_last_day)
    }),
    ("设定中止（次）", 8.0, |set| {
        Cell::Whole(set.suspensions)
    }),
    ("其中到期当日设定", 8.0, |set| {
        Cell::Whole(set.suspensions_on_last_day)
    }),
    ("补录（条）", 7.0, |set| Cell::Whole(set.typed_late)),
];

const OVERDUE: [(&str, f64); 15] = [
    ("项目名称", 34.0),
    ("项目代码", 27.0),
    ("事项", 24.0),
    ("事项所在县（区）", 18.0),
    ("承办部门", 26.0),
    ("经办人", 10.0),
    ("状态", 16.0),
    ("受理日", 11.5),
    ("时限（工作日）", 9.0),
    ("到期日", 11.5),
    ("到期日暂定", 9.0),
    ("法定到期日", 11.5),
    ("办结日", 11.5),
    ("超期（工作日）", 9.0),
    ("督办", 26.0),
];

/// The report's title.
pub fn title(report: &Monthly) -> String {
    let month = report.month;
    let whose = report
        .own
        .as_ref()
        .map_or("", |bureau| bureau.name.as_str());
    format!(
        "{}年{}月电网审批月报{}{whose}",
        month.year,
        month.month,
        if whose.is_empty() { "" } else { "：" }
    )
}

/// What the report covers and as of when, in one line.
pub fn covers(report: &Monthly) -> String {
    let until = if report.running {
        "（今天，本月未完）"
    } else {
        ""
    };
    format!(
        "统计期间 {} 至 {}{until}；{}（北京时间）起读取；期限以工作日计。",
        report.first,
        report.last,
        words::instant(report.read_at)
    )
}

/// The three tables: by bureau, by step, what was overdue.
pub fn tables(report: &Monthly) -> [Table; 3] {
    let above = |what: &str| vec![format!("{}  {what}", title(report)), covers(report)];
    let figures = |name: &str, first: (&str, f64), lines: &[FiguresLine]| Table {
        name: name.to_owned(),
        above: above(name),
        columns: std::iter::once(first)
            .chain(FIGURES.iter().map(|(title, width, _)| (*title, *width)))
            .map(|(title, width)| Column::new(title, width))
            .collect(),
        rows: lines
            .iter()
            .map(|line| numbers(named(&line.key), &line.set))
            .collect(),
        total: Some(numbers("合计".to_owned(), &report.total)),
    };
    [
        figures("按部门", ("部门", 26.0), &report.by_bureau),
        figures("按事项", ("事项", 26.0), &report.by_step),
        Table {
            name: "超期事项".to_owned(),
            above: above("超期事项"),
            columns: OVERDUE
                .iter()
                .map(|(title, width)| Column::new(title, *width))
                .collect(),
            rows: report.overdue.iter().map(overdue).collect(),
            total: None,
        },
    ]
}

fn named(key: &FiguresKey) -> String {
    match key {
        FiguresKey::Month(month) => month.to_string(),
        FiguresKey::Bureau(bureau) => bureau.name.clone(),
        FiguresKey::Step(_, name) => name.clone(),
    }
}

fn numbers(name: String, set: &FigureSet) -> Vec<Cell> {
    let values = FIGURES.iter().map(|(_, _, value)| value(set));
    std::iter::once(Cell::text(name)).chain(values).collect()
}

fn overdue(one: &OverdueLine) -> Vec<Cell> {
    let line = &one.line;
    let supervised = match one.case {
        Some((state, on)) => format!("{}（{on} 立案）", words::case_state(state)),
        None => "未立督办".to_owned(),
    };
    let state = match line.status {
        Status::Running => "未办结".to_owned(),
        other => words::status(other).to_owned(),
    };
    vec![
        Cell::text(line.project_name.clone()),
        Cell::text(line.code.clone().unwrap_or_default()),
        Cell::text(line.step_name.clone()),
        Cell::text(line.county.map_or("", County::name)),
        Cell::text(line.bureau_name.clone()),
        Cell::text(line.officer.clone().unwrap_or_default()),
        Cell::text(state),
        Cell::maybe(line.accepted_on, Cell::Day),
        Cell::maybe(line.limit, Cell::Days),
        Cell::maybe(line.due_on, Cell::Day),
        Cell::mark(line.provisional, "暂定"),
        Cell::maybe(line.law_due_on, Cell::Day),
        Cell::maybe(line.decided_on, Cell::Day),
        Cell::maybe(line.overdue_by, Cell::Days),
        Cell::text(supervised),
    ]
}

/// How the report is to be read: what each figure counts, and how it was read.
pub fn reading(report: &Monthly) -> Vec<(String, String)> {
    let mut lines = vec![
        ("月报".to_owned(), title(report)),
        ("统计期间".to_owned(), covers(report)),
        (
            "数据时点".to_owned(),
            "“按部门”“按事项”两表先后读取，合计核对一致后才成表；“超期事项”随后在一个只读事务中读出。读取期间若有新的登记，超期事项可能比前两表略新。".to_owned(),
        ),
        (
            "超期事项".to_owned(),
            "期末（本月最后一日；本月未完的为今天）已过到期日而未办结的，期末中止而中止前已超期的，以及本月内逾期办结的。各栏是期末当日的情况，按更正以后的台账计；督办和经办人两栏是读取时的。中止的没有到期日。".to_owned(),
        ),
    ];
    lines.push((
        "空单元格".to_owned(),
        "没有可计的数值或者日期（下面写“—”的），不是 0。".to_owned(),
    ));
    if report.owed > 0 {
        lines.push((
            "未计入".to_owned(),
            format!(
                "有 {} 件的台账还没有计入统计，系统会自动补算；前两表暂不完整。",
                report.owed
            ),
        ));
    }
    lines.push(("生成".to_owned(), report.person_name.clone()));
    lines.extend(definitions().map(|(name, words, cite, inferred)| {
        let reading = if inferred { "；推定" } else { "" };
        (name.to_owned(), format!("{words}（{cite}{reading}）"))
    }));
    lines
}

/// The report as a workbook: a sheet for each table, and one that says how to read them.
///
/// # Errors
/// It cannot be packed.
pub fn monthly(report: &Monthly) -> Result<Vec<u8>, FormatError> {
    let mut book = Book::new(&title(report), report.read_at);
    for table in tables(report) {
        book.table(&table)?;
    }
    book.words("口径", &reading(report))?;
    book.bytes()
}

#[cfg(test)]
mod tests;
