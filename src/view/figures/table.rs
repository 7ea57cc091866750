//! The table beneath each picture: the same numbers, and those that the picture has no room for.

use serde::Serialize;

use super::{dash, or_dash, percent};
use crate::office::model::figures::{FigureSet, ProjectFigures};

/// One row: its name, its numbers.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    name: String,
    values: Vec<String>,
}

/// A table: what its numbers are called, the groups, all together.
#[derive(Debug, Serialize)]
pub(super) struct Table {
    heads: Vec<&'static str>,
    rows: Vec<Line>,
    total: Line,
}

/// A column: its heading, and how its number is found.
type Column<T> = (&'static str, fn(&T) -> String);

fn table<T>(columns: &[Column<T>], rows: &[(String, &T)], total: &T) -> Table {
    let line = |name: &str, one: &T| Line {
        name: name.to_owned(),
        values: columns.iter().map(|(_, value)| value(one)).collect(),
    };
    Table {
        heads: columns.iter().map(|(head, _)| *head).collect(),
        rows: rows.iter().map(|(name, one)| line(name, one)).collect(),
        total: line("合计", total),
    }
}

pub(super) fn flow(rows: &[(String, &FigureSet)], total: &FigureSet) -> Table {
    table(FLOW, rows, total)
}

pub(super) fn on_time(rows: &[(String, &FigureSet)], total: &FigureSet) -> Table {
    table(ON_TIME, rows, total)
}

pub(super) fn used(rows: &[(String, &FigureSet)], total: &FigureSet) -> Table {
    table(USED, rows, total)
}

pub(super) fn stood(rows: &[(String, &FigureSet)], total: &FigureSet) -> Table {
    table(STOOD, rows, total)
}

pub(super) fn last_day(rows: &[(String, &FigureSet)], total: &FigureSet) -> Table {
    table(LAST_DAY, rows, total)
}

pub(super) fn side_by_side(rows: &[(String, ProjectFigures)], total: &ProjectFigures) -> Table {
    let rows: Vec<_> = rows.iter().map(|(name, one)| (name.clone(), one)).collect();
    table(SIDE_BY_SIDE, &rows, total)
}

/// Every column of the figures of a group, in the order of the tables: what is exported.
pub(super) fn all() -> impl Iterator<Item = &'static Column<FigureSet>> {
    [FLOW, ON_TIME, USED, STOOD, LAST_DAY].into_iter().flatten()
}

/// Those of projects.
pub(super) fn all_of_projects() -> impl Iterator<Item = &'static Column<ProjectFigures>> {
    SIDE_BY_SIDE.iter()
}

const FLOW: &[Column<FigureSet>] = &[
    ("收件", |set| set.filed.to_string()),
    ("受理", |set| set.accepted.to_string()),
    ("其中视为受理", |set| {
        set.accepted_by_silence.to_string()
    }),
    ("办结", |set| set.decided.to_string()),
    ("准予", |set| set.granted.to_string()),
    ("不予许可", |set| set.denied.to_string()),
    ("不予受理", |set| set.rejected.to_string()),
    ("撤回", |set| set.withdrawn.to_string()),
];

const ON_TIME: &[Column<FigureSet>] = &[
    ("按期率", |set| percent(set.on_time_per_mille())),
    ("有时限的办结", |set| set.with_limit.to_string()),
    ("按期", |set| set.on_time.to_string()),
    ("超期", |set| set.late.to_string()),
    ("无时限（不计入）", |set| {
        set.without_limit.to_string()
    }),
    ("撤回时已超期（不计入）", |set| {
        set.withdrawn_late.to_string()
    }),
];

const USED: &[Column<FigureSet>] = &[
    ("中位数（工作日）", |set| {
        or_dash(set.used.map(|used| used.median))
    }),
    ("九成不超过（工作日）", |set| {
        or_dash(set.used.map(|used| used.p90))
    }),
    ("件数", |set| {
        set.used.map_or(0, |used| used.n).to_string()
    }),
];

const STOOD: &[Column<FigureSet>] = &[
    ("中止过的办结件", |set| set.suspended.to_string()),
    ("中止工作日", |set| set.suspended_days.to_string()),
    ("等候过的办结件", |set| set.waited.to_string()),
    ("等候工作日", |set| set.waited_days.to_string()),
];

const LAST_DAY: &[Column<FigureSet>] = &[
    ("到期当日办结", |set| set.on_last_day.to_string()),
    ("设定中止（次）", |set| set.suspensions.to_string()),
    ("到期当日设定", |set| {
        set.suspensions_on_last_day.to_string()
    }),
    ("期满后设定", |set| {
        set.suspensions_after_due.to_string()
    }),
    ("补录（条）", |set| set.typed_late.to_string()),
];

const SIDE_BY_SIDE: &[Column<ProjectFigures>] = &[
    ("全部办结的项目", |one| one.finished.to_string()),
    ("逐项累计（工作日）", |one| {
        one.one_after_another.to_string()
    }),
    ("首件至末件（工作日）", |one| {
        one.elapsed.to_string()
    }),
    ("其中无事项在办", |one| one.idle.to_string()),
    ("节省（工作日）", |one| match one.finished {
        0 => dash(),
        _ => one.saved().to_string(),
    }),
];
