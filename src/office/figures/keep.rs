//! Figures as they are kept: with the entries that they follow from, and afterwards for what was
//! there before them.

use std::collections::BTreeSet;

use super::super::desk::Desk;
use super::super::{Office, OfficeError, ProjectId};
use crate::statute::calendar::Calendar;
use crate::statute::figures::{measure, side_by_side};
use crate::store::record::standing_events;
use crate::store::{FigureRow, LedgerOf, Tx};

/// Projects in one transaction of the catching up.
const BATCH: u64 = 100;

/// Writes the figures that the desk's project owes, in the transaction of its entries.
pub(in crate::office) async fn keep(tx: &Tx, desk: &Desk<'_>) -> Result<(), OfficeError> {
    let Some(project) = desk.filings().first().map(|filing| filing.project) else {
        return Ok(());
    };
    let mut rows = Vec::new();
    let mut unread = Vec::new();
    for id in tx.figures_owed_of(project).await? {
        match desk.figures(id)? {
            Some(row) => rows.push(row),
            None => unread.push(id),
        }
    }
    if !unread.is_empty() {
        // Facts have changed: the rows moved, the ledgers did not.
        let ledgers = tx.ledgers_of_project(project).await?;
        for id in unread {
            let entries = ledgers.get(&id).map_or(&[][..], Vec::as_slice);
            rows.push(desk.figures_of(id, &standing_events(entries))?);
        }
    }
    tx.write_figures(&rows).await?;
    keep_projects(tx, &[project], desk.calendar()).await
}

/// Writes what projects gained by handling steps side by side, as far as they are finished.
pub(in crate::office) async fn keep_projects(
    tx: &Tx,
    projects: &[ProjectId],
    calendar: &Calendar,
) -> Result<(), OfficeError> {
    let spans = tx.granted_spans(projects).await?;
    let figures: Vec<_> = spans
        .into_iter()
        .map(|(id, days)| (id, days.and_then(|days| side_by_side(&days, calendar))))
        .collect();
    Ok(tx.write_project_figures(&figures).await?)
}

impl Office {
    /// Makes the figures that are owed: what was there before figures were kept, or was written by
    /// a path that knows nothing of them. How many filings' were made.
    ///
    /// A ledger that cannot be folded stays owed; [`Office::verify`] names it.
    ///
    /// # Errors
    /// The store; what was made before stays made.
    pub async fn catch_up_figures(&self) -> Result<u64, OfficeError> {
        if !self.store.reader().owes_figures().await? {
            return Ok(0);
        }
        let mut made = 0;
        let mut after = ProjectId(i64::MIN);
        loop {
            let tx = self.begin().await?;
            let calendar = self.calendar();
            let Some((last, projects)) = tx.projects_owing_figures(after, BATCH).await? else {
                return Ok(made);
            };
            after = last;
            let mut rows = Vec::new();
            let mut touched = BTreeSet::new();
            for ledger in tx.owed_ledgers(&projects).await? {
                touched.insert(ledger.filing.project);
                rows.extend(self.figures_of(&ledger, &calendar).await);
            }
            made += u64::try_from(rows.len()).unwrap_or(0);
            tx.write_figures(&rows).await?;
            let touched: Vec<ProjectId> = touched.into_iter().collect();
            keep_projects(&tx, &touched, &calendar).await?;
            tx.commit().await?;
        }
    }

    /// The figures that a stored ledger gives; nothing where it cannot be folded.
    pub(in crate::office) async fn figures_of(
        &self,
        ledger: &LedgerOf,
        calendar: &Calendar,
    ) -> Option<FigureRow> {
        let plan = self.plan_of(&ledger.plan_hash).await.ok()?;
        let step = plan.step(ledger.filing.step.as_str())?;
        let events = standing_events(&ledger.entries);
        let facts = ledger.filing.facts(&ledger.facts);
        let made = measure(step, facts, &events, calendar).ok()?;
        Some(FigureRow::of(&ledger.filing, made))
    }
}
