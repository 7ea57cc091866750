//! One's own exports: the list, and one with its progress.

use serde::Serialize;

use super::date::instant;
use super::{Shell, View, ViewError, words};
use crate::office::ExportState;
use crate::office::model::exports::{ExportLine, ExportWhat};

/// One export.
#[derive(Debug, Serialize)]
struct Line {
    id: i64,
    conditions: Vec<String>,
    state: &'static str,
    word: &'static str,
    made: String,
    read: Option<String>,
    done: u64,
    total: Option<u64>,
    percent: Option<u64>,
    far: String,
    open: bool,
    stopping: bool,
    size: Option<String>,
    until: Option<String>,
    gone: bool,
    fault: Option<&'static str>,
}

/// How far an export is, in words.
fn far(line: &ExportLine) -> String {
    match (line.state, line.total) {
        (ExportState::Waiting, _) => "正在排队，服务器空闲时开始".to_owned(),
        (ExportState::Running, None) => "正在统计行数".to_owned(),
        (ExportState::Running, Some(total)) if line.done >= total => {
            format!("{total} 行已全部读出，正在写成文件")
        }
        (ExportState::Running, Some(total)) => format!("已写 {} 行，共 {total} 行", line.done),
        (ExportState::Done, total) => format!("共 {} 行", total.unwrap_or(line.done)),
        (ExportState::Stopped, _) => "已按您的要求停止，没有留下文件".to_owned(),
        (ExportState::Failed, _) => "没有完成".to_owned(),
    }
}

fn percent(line: &ExportLine) -> Option<u64> {
    let total = line.total?;
    Some(
        line.done
            .saturating_mul(100)
            .checked_div(total)
            .unwrap_or(100)
            .min(100),
    )
}

impl Line {
    fn of(line: &ExportLine) -> Line {
        let ExportWhat::Register(filter) = &line.what;
        let conditions = words::register_conditions(
            filter,
            line.bureau_name.as_deref(),
            line.step_name.as_deref(),
        );
        Line {
            id: line.id.0,
            conditions,
            state: line.state.code(),
            word: words::export_state(line.state),
            made: instant(line.made_at),
            read: line.read_at.map(instant),
            done: line.done,
            total: line.total,
            percent: percent(line),
            far: far(line),
            open: !line.state.has_ended(),
            stopping: line.stop_asked && !line.state.has_ended(),
            size: line.bytes.map(words::size),
            until: line.expires_at.map(instant),
            gone: line.state == ExportState::Done && line.bytes.is_none(),
            fault: line.fault.map(words::export_fault),
        }
    }
}

/// How far an export is, as the page's script asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// True: it goes on.
    pub open: bool,
    /// From 0 to 100; `None`: not known yet.
    pub percent: Option<u64>,
    /// The same in words.
    pub far: String,
}

impl Progress {
    /// Of an export.
    pub fn of(line: &ExportLine) -> Progress {
        Progress {
            open: !line.state.has_ended(),
            percent: percent(line),
            far: far(line),
        }
    }
}

#[derive(Debug, Serialize)]
struct Page {
    rows: Vec<Line>,
}

impl View {
    /// One's own exports.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn exports(&self, shell: &Shell<'_>, exports: &[ExportLine]) -> Result<String, ViewError> {
        let rows = exports.iter().map(Line::of).collect();
        self.render(
            "pages/exports.html",
            Some((shell, "/register")),
            "我的导出",
            Page { rows },
        )
    }

    /// One export with its progress.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn export(&self, shell: &Shell<'_>, export: &ExportLine) -> Result<String, ViewError> {
        self.render(
            "pages/export.html",
            Some((shell, "/register")),
            "导出事项台账",
            Line::of(export),
        )
    }
}
