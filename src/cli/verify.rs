//! `grid-approvals verify`: every ledger refolded and compared with its row.

use std::io::Write;

use super::{Settings, Trouble, opening, runtime};

/// Verifies the database and says what differs; false where something does.
///
/// # Errors
/// The database cannot be read.
pub(super) fn run(settings: &Settings, mut out: impl Write) -> Result<bool, Trouble> {
    let config = opening::config(settings)?;
    runtime(None)?.block_on(async {
        let office = opening::office(&config).await?;
        let report = office.verify().await?;
        for difference in &report.differences {
            writeln!(
                out,
                "事项 {}(项目 {},{}):{} 存为 {},重算为 {}",
                difference.filing,
                difference.project,
                difference.step,
                difference.field,
                difference.stored,
                difference.refolded
            )?;
        }
        writeln!(
            out,
            "已重算 {} 个事项、{} 条台账记录,不一致 {} 处",
            report.filings,
            report.entries,
            report.differences.len()
        )?;
        if report.figures_owed > 0 {
            let owed = report.figures_owed;
            writeln!(out, "尚未计入效能统计的事项 {owed} 个,启动服务后自动补算")?;
        }
        Ok(report.differences.is_empty())
    })
}
