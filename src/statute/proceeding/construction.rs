//! Construction that begins once the permits are applied for (方案第15条): only for what the clause
//! names, while those permits run, and recorded as such.

use chrono::NaiveDate;

use super::{Refused, chinese, refused};

/// A step of the project as construction sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    /// Its name, with its county.
    pub name: String,
    /// Whether clause 15 lets construction begin on its submission.
    pub early: bool,
    /// The day of the standing application.
    pub submitted_on: Option<NaiveDate>,
    /// The day of the grant.
    pub granted_on: Option<NaiveDate>,
}

/// The permits that still run when construction begins on `on`.
///
/// # Errors
/// The clause does not reach the project, a permit is not applied for, or a step that the clause
/// does not name is not granted.
pub fn may_start(steps: &[Ahead], on: NaiveDate) -> Result<Vec<String>, Refused> {
    let by = |day: Option<NaiveDate>| day.is_some_and(|day| day <= on);
    let names = |found: Vec<&Ahead>| -> Vec<String> {
        found.into_iter().map(|step| step.name.clone()).collect()
    };
    let (early, others): (Vec<&Ahead>, Vec<&Ahead>) = steps.iter().partition(|step| step.early);
    if early.is_empty() {
        return refused(
            "early-start",
            "方案第15条只允许为满足用户用电需求的10千伏以下公共电网新建(改造),在递交占用绿化用地、挖掘城市道路申请后同时开始施工;其他项目请在取得许可后开工"
                .to_owned(),
        );
    }
    let unfiled: Vec<&Ahead> = early
        .iter()
        .copied()
        .filter(|step| !by(step.submitted_on))
        .collect();
    if !unfiled.is_empty() {
        return refused(
            "early-start",
            format!(
                "{}前尚未递交:{}。递交申请后即可同时开始施工(方案第15条)",
                chinese(on),
                names(unfiled).join("、")
            ),
        );
    }
    let open: Vec<&Ahead> = others
        .into_iter()
        .filter(|step| !by(step.granted_on))
        .collect();
    if !open.is_empty() {
        return refused(
            "early-start",
            format!(
                "方案第15条只就占用绿化用地、挖掘城市道路两项允许边办边建;以下事项须先办结:{}",
                names(open).join("、")
            ),
        );
    }
    let running = early.into_iter().filter(|step| !by(step.granted_on));
    Ok(names(running.collect()))
}
