//! Figures (效能统计): tiles, pictures, and beneath each picture its table, all from one read model.

mod chart;
mod csv;
mod table;
mod terms;

use serde::Serialize;

use super::date::Day;
use super::list::{Choice, query};
use crate::office::model::figures::{
    FigureSet, Figures, FiguresBy, FiguresKey, FiguresQuery, ProjectFigures,
};
use crate::office::model::late::Month;
use chart::Chart;
use table::Table;
use terms::{TERMS, Term};

pub(super) use csv::csv;
pub use terms::definitions;

/// The months that the filter offers, today's first.
const MONTHS: u32 = 36;

/// A number that is told first.
#[derive(Debug, Serialize)]
struct Tile {
    value: String,
    word: &'static str,
    note: String,
}

/// One picture with its table.
#[derive(Debug, Serialize)]
struct Figure {
    id: &'static str,
    title: &'static str,
    /// What is not in it, and how many.
    note: String,
    chart: Chart,
    table: Table,
}

/// The page's matter.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    own: bool,
    first: Day,
    last: Day,
    to_today: bool,
    from_months: Vec<Choice>,
    to_months: Vec<Choice>,
    bys: Vec<Choice>,
    bureaus: Vec<Choice>,
    steps: Vec<Choice>,
    export: String,
    owed: u64,
    open_overdue: u64,
    tiles: Vec<Tile>,
    figures: Vec<Figure>,
    /// Why there is no picture of days saved.
    no_projects: bool,
    terms: &'static [Term],
}

pub(super) fn page(found: &Figures, today: chrono::NaiveDate) -> Page {
    let asked = &found.asked;
    let total = &found.total;
    Page {
        own: found.own,
        first: Day::of(found.first),
        last: Day::of(found.last),
        to_today: found.last == today,
        from_months: months(today, asked.from),
        to_months: months(today, asked.to),
        bys: FiguresBy::ALL
            .into_iter()
            .map(|by| Choice {
                value: by.code().to_owned(),
                word: by_word(by).to_owned(),
                chosen: by == asked.by,
            })
            .collect(),
        bureaus: found
            .bureaus
            .iter()
            .map(|bureau| Choice {
                value: bureau.id.to_string(),
                word: bureau.name.clone(),
                chosen: asked.bureau == Some(bureau.id),
            })
            .collect(),
        steps: found
            .steps
            .iter()
            .map(|(id, name)| Choice {
                value: id.to_string(),
                word: name.clone(),
                chosen: asked.step.as_ref() == Some(id),
            })
            .collect(),
        export: address("/figures.csv", asked),
        owed: found.owed,
        open_overdue: found.open_overdue,
        tiles: tiles(total),
        figures: figures(found),
        no_projects: total.projects.is_none(),
        terms: TERMS,
    }
}

/// By what figures are grouped, as people say it.
fn by_word(by: FiguresBy) -> &'static str {
    match by {
        FiguresBy::Month => "按月份",
        FiguresBy::Bureau => "按部门",
        FiguresBy::Step => "按事项",
    }
}

fn address(path: &str, asked: &FiguresQuery) -> String {
    let (from, to) = (asked.from.to_string(), asked.to.to_string());
    let bureau = asked.bureau.map(|id| id.to_string());
    let mut given = vec![
        ("from", from.as_str()),
        ("to", to.as_str()),
        ("by", asked.by.code()),
    ];
    given.extend(bureau.as_deref().map(|id| ("bureau", id)));
    given.extend(asked.step.as_ref().map(|id| ("step", id.as_str())));
    query(path, &given)
}

/// Today's month and those before it; another one that is asked for joins them.
fn months(today: chrono::NaiveDate, asked: Month) -> Vec<Choice> {
    let now = Month::of(today);
    let mut months: Vec<Month> = (0..MONTHS).map(|back| now.back(back)).collect();
    if !months.contains(&asked) {
        months.push(asked);
        months.sort_unstable_by(|a, b| b.cmp(a));
    }
    months
        .into_iter()
        .map(|month| Choice {
            value: month.to_string(),
            word: month_word(month),
            chosen: asked == month,
        })
        .collect()
}

fn month_word(month: Month) -> String {
    format!("{}年{}月", month.year, month.month)
}

/// What a group is called.
fn name(key: &FiguresKey) -> String {
    match key {
        FiguresKey::Month(month) => month_word(*month),
        FiguresKey::Bureau(bureau) => bureau.name.clone(),
        FiguresKey::Step(_, name) => name.clone(),
    }
}

/// A percentage with one decimal; a dash of nothing.
fn percent(per_mille: Option<u32>) -> String {
    per_mille.map_or_else(dash, |n| format!("{}.{}%", n / 10, n % 10))
}

fn dash() -> String {
    "—".to_owned()
}

fn or_dash<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(dash, |value| value.to_string())
}

fn tiles(total: &FigureSet) -> Vec<Tile> {
    let tile = |value: String, word, note: String| Tile { value, word, note };
    let mut tiles = vec![
        tile(
            total.filed.to_string(),
            "收件",
            format!("受理 {}", total.accepted),
        ),
        tile(
            total.decided.to_string(),
            "办结",
            format!("准予 {}，不予 {}", total.granted, total.denied),
        ),
        tile(
            percent(total.on_time_per_mille()),
            "按期率",
            format!("有时限的办结 n={}", total.with_limit),
        ),
        tile(
            or_dash(total.used.map(|used| used.median)),
            "用时中位数（工作日）",
            match total.used {
                Some(used) => format!("九成不超过 {}，n={}", used.p90, used.n),
                None => "n=0".to_owned(),
            },
        ),
    ];
    if let Some(projects) = total.projects {
        tiles.push(tile(
            or_dash((projects.finished > 0).then(|| projects.saved())),
            "并联节省（工作日）",
            format!("全部办结的项目 n={}", projects.finished),
        ));
    }
    tiles
}

/// The groups' names with their figures.
fn named(found: &Figures) -> Vec<(String, &FigureSet)> {
    found
        .lines
        .iter()
        .map(|line| (name(&line.key), &line.set))
        .collect()
}

fn figures(found: &Figures) -> Vec<Figure> {
    let rows = named(found);
    let total = &found.total;
    let above = found.asked.by != FiguresBy::Month;
    let draw = chart::Draw { above };
    let mut figures = vec![
        Figure {
            id: "flow",
            title: "收件与办结（件）",
            note: format!(
                "办结不含不予受理 {} 件、撤回 {} 件。",
                total.rejected, total.withdrawn
            ),
            chart: draw.flow(&rows),
            table: table::flow(&rows, total),
        },
        Figure {
            id: "on-time",
            title: "按期率（有时限的办结）",
            note: format!(
                "没有时限的办结 {} 件不计入；撤回 {} 件不计入，其中撤回时已超期 {} 件。",
                total.without_limit, total.withdrawn, total.withdrawn_late
            ),
            chart: draw.on_time(&rows),
            table: table::on_time(&rows, total),
        },
        Figure {
            id: "used",
            title: "用时：中位数至九成（工作日）",
            note: "不含中止的日子；件数很少时，中位数和九成数只说明这几件。".to_owned(),
            chart: draw.used(&rows),
            table: table::used(&rows, total),
        },
        Figure {
            id: "stood",
            title: "中止与等候（办结事项的工作日）",
            note: "等候：已经受理，时限因县（区）初审意见未到而没有起算。".to_owned(),
            chart: draw.stood(&rows),
            table: table::stood(&rows, total),
        },
        Figure {
            id: "last-day",
            title: "最后一日与补录",
            note: "到期当日办结的、到期当日设定中止的、事后补录的，各有多少。".to_owned(),
            chart: draw.last_day(&rows),
            table: table::last_day(&rows, total),
        },
    ];
    if let Some(projects) = total.projects {
        let rows: Vec<(String, ProjectFigures)> = match found.asked.by {
            FiguresBy::Month => rows
                .iter()
                .map(|(name, set)| (name.clone(), set.projects.unwrap_or_default()))
                .collect(),
            // A project belongs to many bureaus and steps: it is counted whole or not at all.
            FiguresBy::Bureau | FiguresBy::Step => Vec::new(),
        };
        let drawn = match rows.is_empty() {
            true => vec![("合计".to_owned(), projects)],
            false => rows.clone(),
        };
        figures.push(Figure {
            id: "side-by-side",
            title: "并联办理节省的工作日",
            note: "只计所有手续都已准予的项目，计入最后一项办结的月份。".to_owned(),
            chart: draw.side_by_side(&drawn),
            table: table::side_by_side(&rows, &projects),
        });
    }
    figures
}

/// The name of the exported file, without its ending.
pub(super) fn file_name(found: &Figures) -> String {
    format!("figures-{}-{}", found.first, found.last)
}
