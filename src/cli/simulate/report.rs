//! What the simulated year came to: the same figures that the page 效能统计 shows.

use std::io::Write;

use chrono::NaiveDate;

use super::super::Trouble;
use super::super::demo::instant;
use super::cast::Cast;
use crate::office::Office;
use crate::office::model::figures::{FigureSet, FiguresBy, FiguresKey, FiguresQuery};
use crate::office::model::late::Month;

/// Prints the year's figures by month, and all together.
///
/// # Errors
/// The office does not answer, or nothing can be written.
pub(super) async fn figures(
    office: &Office,
    cast: &Cast,
    (first, last): (NaiveDate, NaiveDate),
    out: &mut impl Write,
) -> Result<(), Trouble> {
    let query = FiguresQuery {
        from: Month::of(first),
        to: Month::of(last),
        bureau: None,
        step: None,
        by: FiguresBy::Month,
    };
    let said = office
        .figures(&cast.watcher, &query, instant(last, 0))
        .await?;
    if said.owed > 0 {
        writeln!(out, "另有 {} 个事项的统计尚待补算", said.owed)?;
    }
    for line in &said.lines {
        if let FiguresKey::Month(month) = &line.key {
            writeln!(out, "{month}：{}", words(&line.set))?;
        }
    }
    writeln!(out, "全年：{}", words(&said.total))?;
    let set = &said.total;
    writeln!(
        out,
        "中止 {} 次（到期当日设定 {} 次），停 {} 个工作日；等候初审意见 {} 个工作日；到期当日办结 {} 件；补录 {} 条",
        set.suspensions,
        set.suspensions_on_last_day,
        set.suspended_days,
        set.waited_days,
        set.on_last_day,
        set.typed_late
    )?;
    if let Some(projects) = set.projects {
        writeln!(
            out,
            "全部办结的项目 {} 个，并联办理节省 {} 个工作日",
            projects.finished,
            projects.saved()
        )?;
    }
    Ok(())
}

/// One group in a line.
fn words(set: &FigureSet) -> String {
    let on_time = match set.on_time_per_mille() {
        Some(n) => format!("{}.{}%", n / 10, n % 10),
        None => "—".to_owned(),
    };
    let used = match set.used {
        Some(used) => format!(
            "用时中位数 {}、九成不超过 {} 个工作日",
            used.median, used.p90
        ),
        None => "用时 —".to_owned(),
    };
    format!(
        "收件 {}，办结 {}，按期 {on_time}（{} 件有时限），{used}",
        set.filed, set.decided, set.with_limit
    )
}
