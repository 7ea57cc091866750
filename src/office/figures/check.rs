//! Figures compared with what the ledgers give, for `verify`.

use std::collections::{BTreeMap, BTreeSet};

use super::super::verify::{Difference, differs};
use super::super::{FilingId, Office, OfficeError, ProjectId};
use crate::statute::figures::side_by_side;
use crate::store::record::Filing;
use crate::store::{FigureRow, KeptFigures, LedgerOf};

/// Projects asked for at once.
const CHUNK: usize = 500;

impl Office {
    /// Compares the kept figures of a page of ledgers; what is owed is not a difference.
    pub(in crate::office) async fn check_figures(
        &self,
        page: &[LedgerOf],
        found: &mut Vec<Difference>,
    ) -> Result<u64, OfficeError> {
        let ids: Vec<FilingId> = page.iter().map(|ledger| ledger.filing.id).collect();
        let (Some(first), Some(last)) = (ids.first(), ids.last()) else {
            return Ok(0);
        };
        let calendar = self.calendar();
        let kept = self.store.reader().figures_between(*first, *last).await?;
        for ledger in page.iter().filter(|l| !l.entries.is_empty()) {
            if kept.owed.contains(&ledger.filing.id) {
                continue;
            }
            let made = self.figures_of(ledger, calendar).await;
            compare(&ledger.filing, &kept, made.as_ref(), found);
        }
        Ok(u64::try_from(kept.owed.len()).unwrap_or(u64::MAX))
    }

    /// Compares what is kept of finished projects with the figures of their filings, each named
    /// by one of its filings.
    pub(in crate::office) async fn check_project_figures(
        &self,
        projects: &BTreeMap<ProjectId, Filing>,
        found: &mut Vec<Difference>,
    ) -> Result<(), OfficeError> {
        let calendar = self.calendar();
        let reader = self.store.reader();
        let ids: Vec<ProjectId> = projects.keys().copied().collect();
        for chunk in ids.chunks(CHUNK) {
            let kept = reader.project_figures(chunk).await?;
            let spans = reader.granted_spans(chunk).await?;
            let named: BTreeSet<ProjectId> = kept.keys().chain(spans.keys()).copied().collect();
            for id in named {
                let days = spans.get(&id).cloned().flatten();
                let made = days.and_then(|days| side_by_side(&days, calendar));
                let stored = kept.get(&id).copied();
                if let Some(filing) = projects.get(&id).filter(|_| made != stored) {
                    let words = |one| format!("{one:?}");
                    let values = ("project_figures", words(stored), words(made));
                    found.push(differs(filing, values));
                }
            }
        }
        Ok(())
    }
}

fn compare(
    filing: &Filing,
    kept: &KeptFigures,
    made: Option<&FigureRow>,
    found: &mut Vec<Difference>,
) {
    let stored = kept.rows.get(&filing.id);
    if stored == made {
        return;
    }
    let words = |row: Option<&FigureRow>| match row {
        Some(row) => format!("{row:?}"),
        None => "-".to_owned(),
    };
    found.push(differs(filing, ("figures", words(stored), words(made))));
}
