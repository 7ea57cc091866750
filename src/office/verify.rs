//! Refolding every ledger and comparing it with its row.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::desk::Desk;
use super::{FilingId, Office, OfficeError, ProjectId};
use crate::statute::clock::{self, Event, EventKind, Turning};
use crate::statute::division::County;
use crate::statute::plan::{Plan, ProjectFacts, StepId};
use crate::store::record::{Filing, standing};
use crate::store::{LedgerOf, case_officer, chain_hash};

/// Ledgers read at once: three statements a page, however many there are.
const PAGE: u64 = 2_000;

/// What differs between a stored row and its refolded ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The filing.
    pub filing: FilingId,
    /// Its project.
    pub project: ProjectId,
    /// Its step.
    pub step: StepId,
    /// Its county, for county steps.
    pub county: Option<County>,
    /// The column, or `entry N` for a link of the chain.
    pub field: String,
    /// What is stored.
    pub stored: String,
    /// What the ledger gives.
    pub refolded: String,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VerifyReport {
    /// Filings refolded.
    pub filings: u64,
    /// Ledger entries read.
    pub entries: u64,
    /// Filings whose figures are still to be made; not a difference.
    pub figures_owed: u64,
    /// Everything that differs, by filing.
    pub differences: Vec<Difference>,
}

/// A project's filings as their ledgers give them, for the flags that depend on each other.
struct Refolded {
    plan: Arc<Plan>,
    facts: ProjectFacts,
    filings: Vec<Filing>,
}

impl Office {
    /// Refolds every ledger under the catalogue its project began under, follows its chain of
    /// hashes, and compares every stored column.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn verify(&self) -> Result<VerifyReport, OfficeError> {
        let reader = self.store.reader();
        let mut report = VerifyReport::default();
        let mut projects: BTreeMap<ProjectId, Refolded> = BTreeMap::new();
        let mut after = FilingId(i64::MIN);
        loop {
            let page = reader.ledger_pages(after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = last.filing.id;
            let found = &mut report.differences;
            report.figures_owed += self.check_figures(&page, found).await?;
            for ledger in page {
                report.filings += 1;
                report.entries += u64::try_from(ledger.entries.len()).unwrap_or(u64::MAX);
                let plan = match self.plan_of(&ledger.plan_hash).await {
                    Ok(plan) => plan,
                    Err(why) => {
                        let lost = ("plan_hash", ledger.plan_hash, why.to_string());
                        report.differences.push(differs(&ledger.filing, lost));
                        continue;
                    }
                };
                let filing = self.refold(&plan, &ledger, &mut report.differences);
                let project = projects.entry(filing.project).or_insert_with(|| Refolded {
                    plan,
                    facts: ledger.facts,
                    filings: Vec::new(),
                });
                project.filings.push(filing);
            }
        }
        let named = projects
            .iter()
            .filter_map(|(id, project)| Some((*id, project.filings.first()?.clone())))
            .collect();
        self.check_project_figures(&named, &mut report.differences)
            .await?;
        for project in projects.into_values() {
            self.flags(project, &mut report.differences)?;
        }
        report
            .differences
            .sort_by_key(|difference| difference.filing);
        Ok(report)
    }

    /// The row as the ledger gives it; what differs goes to `found`.
    fn refold(&self, plan: &Plan, ledger: &LedgerOf, found: &mut Vec<Difference>) -> Filing {
        let stored = &ledger.filing;
        chain(ledger, found);
        let stands = standing(&ledger.entries);
        let events: Vec<Event> = stands.iter().map(|one| one.event.clone()).collect();
        let mut filing = stored.clone();
        filing.seq = u32::try_from(ledger.entries.len()).unwrap_or(u32::MAX);
        filing.last_on = events.last().map(|event| event.on);
        filing.submitted_on = events
            .iter()
            .rfind(|e| matches!(e.kind, EventKind::Submitted | EventKind::Resubmitted))
            .map(|event| event.on);
        filing.officer = ledger.entries.iter().fold(None, |officer, entry| {
            case_officer(officer, &entry.event.kind, entry.actor, &entry.details)
        });
        let Some(step) = plan.step(stored.step.as_str()) else {
            let lost = ("step", stored.step.to_string(), plan.version.clone());
            found.push(differs(stored, lost));
            return filing;
        };
        match clock::turning(step, stored.facts(&ledger.facts), &events, &self.calendar) {
            Ok(turning) => filing.turning = turning,
            Err(refusal) => {
                let said_by = stands.get(refusal.event).map_or(0, |one| one.by);
                let entry = format!("entry {said_by}");
                found.push(differs(
                    stored,
                    (&entry, String::new(), refusal.to_string()),
                ));
            }
        }
        if filing != *stored {
            let pairs = columns(stored).into_iter().zip(columns(&filing));
            for ((field, stored_value), (_, refolded)) in pairs {
                if stored_value != refolded {
                    found.push(differs(stored, (field, stored_value, refolded)));
                }
            }
        }
        filing
    }

    /// The flags that say what can be filed.
    fn flags(&self, project: Refolded, found: &mut Vec<Difference>) -> Result<(), OfficeError> {
        let Refolded {
            plan,
            facts,
            filings,
        } = project;
        let desk = Desk::new(&plan, &facts, &self.calendar, filings)?;
        for (id, ready) in desk.ready_changes() {
            let filing = desk.filing(id)?;
            let values = ("ready", filing.ready.to_string(), ready.to_string());
            found.push(differs(filing, values));
        }
        Ok(())
    }
}

/// Follows the chain of hashes and the numbers of the entries.
fn chain(ledger: &LedgerOf, found: &mut Vec<Difference>) {
    let mut prev = "";
    for (index, entry) in ledger.entries.iter().enumerate() {
        let field = || format!("entry {}", index + 1);
        if u32::try_from(index + 1) != Ok(entry.seq) {
            let values = (&*field(), entry.seq.to_string(), (index + 1).to_string());
            found.push(differs(&ledger.filing, values));
        }
        let hash = chain_hash(prev, ledger.filing.id, entry);
        if hash != entry.hash {
            let values = (&*field(), entry.hash.clone(), hash);
            found.push(differs(&ledger.filing, values));
        }
        prev = &entry.hash;
    }
}

pub(super) fn differs(filing: &Filing, values: (&str, String, String)) -> Difference {
    let (field, stored, refolded) = values;
    Difference {
        filing: filing.id,
        project: filing.project,
        step: filing.step.clone(),
        county: filing.county,
        field: field.to_owned(),
        stored,
        refolded,
    }
}

/// Every column that a ledger gives, by its name in the database.
fn columns(filing: &Filing) -> [(&'static str, String); 20] {
    fn shown<T: std::fmt::Display>(value: Option<T>) -> String {
        value.map_or_else(|| "-".to_owned(), |value| value.to_string())
    }
    let turning: &Turning = &filing.turning;
    [
        ("seq", filing.seq.to_string()),
        ("last_on", shown(filing.last_on)),
        ("submitted_on", shown(filing.submitted_on)),
        ("status", shown(turning.status.map(clock::Status::code))),
        ("deems_on", shown(turning.deems_on)),
        ("accepted_on", shown(turning.accepted_on)),
        ("starts_on", shown(turning.starts_on)),
        ("yellow_on", shown(turning.yellow_on)),
        ("red_on", shown(turning.red_on)),
        ("law_red_on", shown(turning.law_red_on)),
        ("due_on", shown(turning.due_on)),
        ("decided_on", shown(turning.decided_on)),
        ("decided_late", turning.decided_late.to_string()),
        ("suspended", turning.suspended.to_string()),
        ("paused_left", shown(turning.paused_left)),
        ("over_by", turning.over_by.to_string()),
        ("deemed_accepted", turning.deemed_accepted.to_string()),
        ("untimed", turning.untimed.to_string()),
        ("provisional", turning.provisional.to_string()),
        ("officer_id", shown(filing.officer)),
    ]
}

#[cfg(test)]
mod tests;
