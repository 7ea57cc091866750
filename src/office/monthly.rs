//! The monthly report (月报).
//!
//! # Why
//! Its figures are those of the page of figures, asked for twice, by bureau and by step; both must
//! come to the same total, or somebody has entered something between them and they are read anew.
//! Its overdue steps are told by their ledgers, folded on the month's last day: so a report of a
//! past month says what was then, also where a step was decided or suspended since.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::model::figures::{Figures, FiguresBy, FiguresQuery};
use super::model::late::Month;
use super::model::monthly::{Monthly, OverdueLine};
use super::model::register::RegisterLine;
use super::register::line;
use super::{Actor, BureauId, FilingId, Moment, Office, OfficeError};
use crate::statute::clock::Lamp;
use crate::statute::plan::Plan;
use crate::store::record::Role;
use crate::store::{RegisterRow, Snapshot};

/// How often figures that do not agree are read anew.
const TRIES: u32 = 3;
/// Ledgers read at once.
const BATCH: u64 = 1_000;
/// The most overdue steps of a report.
const MOST: usize = 10_000;

impl Office {
    /// A month's report; an officer's is of the own bureau.
    ///
    /// # Errors
    /// As the figures: Forbidden to the company, Invalid for a month that has not begun; a rule
    /// where more steps were overdue than a report lists.
    pub async fn monthly(
        &self,
        actor: &Actor,
        month: Month,
        at: Moment,
    ) -> Result<Monthly, OfficeError> {
        let (by_bureau, by_step) = self.agreeing(actor, month, at).await?;
        let own = match actor.role {
            Role::Officer { bureau } => Some(bureau),
            _ => None,
        };
        let days = (by_bureau.first, by_bureau.last);
        let overdue = self.overdue_in(days, own).await?;
        Ok(Monthly {
            month,
            first: days.0,
            last: days.1,
            running: month == Month::of(at.today),
            read_at: at.now,
            person_name: actor.name.clone(),
            own: actor.bureau.clone().filter(|_| own.is_some()),
            by_bureau: by_bureau.lines,
            by_step: by_step.lines,
            total: by_bureau.total,
            owed: by_bureau.owed.max(by_step.owed),
            overdue,
        })
    }

    /// The figures by bureau and by step, of one total.
    async fn agreeing(
        &self,
        actor: &Actor,
        month: Month,
        at: Moment,
    ) -> Result<(Figures, Figures), OfficeError> {
        let query = |by| FiguresQuery {
            from: month,
            to: month,
            bureau: None,
            step: None,
            by,
        };
        let mut tries = 0;
        loop {
            let by_bureau = self.figures(actor, &query(FiguresBy::Bureau), at).await?;
            let by_step = self.figures(actor, &query(FiguresBy::Step), at).await?;
            if by_bureau.total == by_step.total {
                return Ok((by_bureau, by_step));
            }
            tries += 1;
            if tries == TRIES {
                let detail = "生成月报期间有人在登记,各表合计没有对上。请稍后再生成";
                return Err(OfficeError::rule("report-moving", detail));
            }
        }
    }

    /// The steps that were past their due date on the last of these days, or were decided past it
    /// on one of them; the longest overdue first.
    async fn overdue_in(
        &self,
        (first, last): (NaiveDate, NaiveDate),
        bureau: Option<BureauId>,
    ) -> Result<Vec<OverdueLine>, OfficeError> {
        let bureaus = self.store.reader().bureaus().await?;
        let bureaus: HashMap<BureauId, String> =
            bureaus.into_iter().map(|b| (b.id, b.name)).collect();
        let snapshot = self.store.snapshot().await?;
        let mut overdue = Vec::new();
        let mut after = FilingId(0);
        loop {
            let rows = snapshot
                .maybe_overdue((first, last), bureau, after, BATCH)
                .await?;
            let Some(end) = rows.last() else { break };
            after = end.filing.id;
            let found = self.overdue_of(rows, &bureaus, (first, last)).await?;
            overdue.extend(with_cases(&snapshot, found).await?);
            if overdue.len() > MOST {
                let detail = format!(
                    "本月超期的事项超过{MOST}件,月报不能全部列出。请在事项台账按“超期”筛选后导出"
                );
                return Err(OfficeError::rule("report-too-long", detail));
            }
        }
        overdue.sort_by_key(|one| (Reverse(one.line.overdue_by), one.line.filing));
        Ok(overdue)
    }

    /// Those of `rows` that were overdue, as they were on the last day.
    async fn overdue_of(
        &self,
        rows: Vec<RegisterRow>,
        bureaus: &HashMap<BureauId, String>,
        (first, last): (NaiveDate, NaiveDate),
    ) -> Result<Vec<RegisterLine>, OfficeError> {
        let calendar = self.calendar();
        let mut plan: Arc<Plan> = Arc::clone(self.plans.current());
        let mut lines = Vec::new();
        for row in rows {
            if row.project.plan_hash != plan.hash {
                plan = self.plan_of(&row.project.plan_hash).await?;
            }
            let line = line(row, &plan, bureaus, last, &calendar)?;
            let decided_late = line.lamp == Lamp::Late && line.decided_on >= Some(first);
            let suspended_late = line.lamp == Lamp::Paused && line.overdue_by > Some(0);
            if decided_late || line.lamp == Lamp::Red || suspended_late {
                // The report does not list documents, and those of later days were not there then.
                lines.push(RegisterLine {
                    documents: Vec::new(),
                    ..line
                });
            }
        }
        Ok(lines)
    }
}

async fn with_cases(
    snapshot: &Snapshot,
    lines: Vec<RegisterLine>,
) -> Result<Vec<OverdueLine>, OfficeError> {
    let filings: Vec<FilingId> = lines.iter().map(|line| line.filing).collect();
    let mut cases = snapshot.latest_cases(&filings).await?;
    Ok(lines
        .into_iter()
        .map(|line| OverdueLine {
            case: cases.remove(&line.filing),
            line,
        })
        .collect())
}

#[cfg(test)]
mod tests;
