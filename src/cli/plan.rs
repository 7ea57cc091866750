//! `grid-approvals plan check`: a catalogue file's faults, each with its line.

use std::io::Write;
use std::path::Path;

use super::Trouble;
use crate::statute::plan::{Plan, PlanError, parse};

/// Reads a catalogue file.
///
/// # Errors
/// The file cannot be read, or holds faults: all of them, a line each.
pub(super) fn read(file: &Path) -> Result<Plan, Trouble> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| format!("{name}:无法读取:{error}"))?;
    Ok(parse::parse(&name, &text).map_err(|error| in_lines(&error))?)
}

/// A catalogue's faults, a line each, as `file:line: message`.
pub(super) fn in_lines(error: &PlanError) -> String {
    let lines: Vec<String> = error
        .faults
        .iter()
        .map(|fault| format!("{}:{}: {}", error.file, fault.line, fault.message))
        .collect();
    lines.join("\n")
}

/// Checks a catalogue file and says what it holds.
///
/// # Errors
/// As [`read`].
pub(super) fn check(file: &Path, mut out: impl Write) -> Result<bool, Trouble> {
    let plan = read(file)?;
    let missing: Vec<String> = plan
        .clauses
        .iter()
        .filter(|clause| clause.text.is_none())
        .map(|clause| clause.number.to_string())
        .collect();
    writeln!(out, "{} {} 版本 {}", plan.number, plan.title, plan.version)?;
    writeln!(out, "内容哈希 {}", plan.hash)?;
    writeln!(
        out,
        "条款 {} 条(原文缺失:{}),步骤 {} 个,均可载入",
        plan.clauses.len(),
        if missing.is_empty() {
            "无".to_owned()
        } else {
            missing.join("、")
        },
        plan.steps.len()
    )?;
    Ok(true)
}
