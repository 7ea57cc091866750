//! Whole histories at once, for made-up data sets: the same permits and the same desk as for one
//! event, but few statements for many.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::actor::{Act, permit};
use super::desk::{Desk, Laid, Wish};
use super::{
    Actor, FilingId, Moment, NewProject, Office, OfficeError, OfficeRule, ProjectId, figures,
    project,
};
use crate::statute::clock::{self, EventKind, Turning};
use crate::statute::division::County;
use crate::statute::plan::StepId;
use crate::statute::plan::route::route;
use crate::store::Details;
use crate::store::record::{Filing, Standing};
use crate::store::{NewEntry, NewFilingRow, Tx};

/// What somebody did in the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PastAct {
    /// Recorded an event on one step.
    Record {
        /// The step.
        step: StepId,
        /// The county, for county steps.
        county: Option<County>,
        /// What happened.
        kind: EventKind,
        /// On which day.
        on: NaiveDate,
        /// Words of the person.
        note: Option<String>,
        /// What the entry says beyond its event.
        details: Details,
    },
    /// Filed the joint action of clause 1.
    FileJointly {
        /// On which day.
        on: NaiveDate,
        /// Words of the person.
        note: Option<String>,
    },
}

/// One act with who did it and when it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastEvent {
    /// Who.
    pub by: Arc<Actor>,
    /// The moment of recording.
    pub at: Moment,
    /// What.
    pub act: PastAct,
}

/// A project with everything that happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastProject {
    /// The project.
    pub new: NewProject,
    /// Who entered it.
    pub by: Arc<Actor>,
    /// The moment of entering.
    pub at: Moment,
    /// What happened, in the order of recording.
    pub events: Vec<PastEvent>,
}

/// Why a history did not happen; nothing of the whole call was written.
#[derive(Debug, thiserror::Error)]
#[error("project {project}, event {event:?}: {why}")]
pub struct PastRefused {
    /// The project's index in the call.
    pub project: usize,
    /// The event's index in the project; `None`: the project itself.
    pub event: Option<usize>,
    /// Why.
    #[source]
    pub why: OfficeError,
}

/// A filing's whole history, as the store takes it.
type History = (Filing, Vec<NewEntry>, Turning, Option<NaiveDate>);

impl Office {
    /// Makes projects with their histories in one transaction; their ids in the order given.
    ///
    /// Each event passes the permit of its actor and the rules that [`Office::record`] keeps, at
    /// the moment it names; nothing may be recorded after `at`.
    ///
    /// # Errors
    /// The first project and event that the rules do not allow; then nothing was written.
    pub async fn record_past(
        &self,
        projects: Vec<PastProject>,
        at: Moment,
    ) -> Result<Vec<ProjectId>, PastRefused> {
        let whole = |why: OfficeError| PastRefused {
            project: 0,
            event: None,
            why,
        };
        let tx = self.store.begin().await.map_err(|e| whole(e.into()))?;
        let ids = self.past(&tx, projects, at).await?;
        let act = format!("{} projects", ids.len());
        tx.audit(at.now, None, "record-past", &act, "")
            .await
            .map_err(|e| whole(e.into()))?;
        tx.commit().await.map_err(|e| whole(e.into()))?;
        Ok(ids)
    }

    async fn past(
        &self,
        tx: &Tx,
        projects: Vec<PastProject>,
        at: Moment,
    ) -> Result<Vec<ProjectId>, PastRefused> {
        let refused = |project, event, why| PastRefused {
            project,
            event,
            why,
        };
        let whole = |why: OfficeError| refused(0, None, why);
        self.save_catalogue(tx, at).await.map_err(whole)?;
        let plan = self.plans.current();
        let calendar = self.calendar();
        let bureaus = tx.bureaus().await.map_err(|e| whole(e.into()))?;

        let mut ids = Vec::with_capacity(projects.len());
        let mut rows: Vec<NewFilingRow> = Vec::new();
        let mut kept = Vec::with_capacity(projects.len());
        for (index, past) in projects.into_iter().enumerate() {
            let fail = |why| refused(index, None, why);
            let _permit = permit(&past.by, Act::CreateProject).map_err(fail)?;
            not_after(past.at, at).map_err(fail)?;
            let new = project::checked(past.new).map_err(fail)?;
            let steps = route(plan, &new.facts).map_err(|e| fail(e.into()))?;
            let row = project::row(new, &past.by, &plan.hash, past.at);
            // Two statements a project: a project's filings and events are the bulk.
            let id = tx.insert_project(&row).await.map_err(|e| fail(e.into()))?;
            let filings = project::filings(id, &steps, &bureaus).map_err(fail)?;
            ids.push(id);
            kept.push((row.facts, past.events, filings.len()));
            rows.extend(filings);
        }
        let made = tx
            .insert_filings(&rows)
            .await
            .map_err(|e| whole(e.into()))?;
        let mut drafts = made.into_iter().zip(rows);

        let mut histories: Vec<History> = Vec::new();
        let mut ready: Vec<(FilingId, bool)> = Vec::new();
        let mut measured = Vec::new();
        for (index, (facts, events, steps)) in kept.into_iter().enumerate() {
            let fail = |why| refused(index, None, why);
            let filings = drafts
                .by_ref()
                .take(steps)
                .map(|(id, row)| draft(id, row))
                .collect();
            let mut desk = Desk::new(plan, &facts, &self.calendar, filings).map_err(fail)?;
            for filing in desk.filings().to_vec() {
                desk.lay(filing.id, Laid::default());
            }
            for (number, event) in events.iter().enumerate() {
                not_after(event.at, at)
                    .and_then(|()| replay(&mut desk, event))
                    .map_err(|why| refused(index, Some(number), why))?;
            }
            histories.extend(histories_of(&desk));
            ready.extend(desk.ready_changes());
            for filing in desk.filings().iter().filter(|filing| filing.seq > 0) {
                let row = desk.figures(filing.id).map_err(fail)?;
                measured.extend(row);
            }
        }
        tx.append_histories(&histories)
            .await
            .map_err(|e| whole(e.into()))?;
        tx.set_ready(&ready).await.map_err(|e| whole(e.into()))?;
        let kept = tx.write_figures(&measured).await;
        kept.map_err(|e| whole(e.into()))?;
        let kept = figures::keep_projects(tx, &ids, calendar).await;
        kept.map_err(whole)?;
        Ok(ids)
    }
}

fn not_after(past: Moment, at: Moment) -> Result<(), OfficeError> {
    if past.today <= at.today && past.now <= at.now {
        return Ok(());
    }
    Err(OfficeError::Rule(OfficeRule {
        rule: "future-day",
        detail: format!("登记时间{}在今天({})之后", past.today, at.today),
    }))
}

/// The filing that the store has just made of `row`.
fn draft(id: FilingId, row: NewFilingRow) -> Filing {
    Filing {
        id,
        project: row.project,
        step: row.step,
        county: row.county,
        bureau: row.bureau,
        seq: 0,
        last_on: None,
        submitted_on: None,
        turning: Turning {
            status: Some(clock::Status::Draft),
            untimed: row.untimed,
            ..Turning::default()
        },
        ready: row.ready,
        run: row.run,
        succeeds: row.succeeds,
        standing: Standing::Current,
        decided_under: None,
        officer: None,
    }
}

/// Does on the desk what was done.
fn replay(desk: &mut Desk<'_>, event: &PastEvent) -> Result<(), OfficeError> {
    match &event.act {
        PastAct::Record {
            step,
            county,
            kind,
            on,
            note,
            details,
        } => {
            let filing = desk
                .find(step, *county)
                .ok_or(OfficeError::NotFound("filing"))?;
            let (filing, bureau) = (filing.id, filing.bureau);
            let permit = permit(&event.by, Act::Record { kind, bureau })?;
            let wish = Wish {
                filing,
                kind,
                on: *on,
                note: note.as_deref(),
                details,
                // What is told in bulk was handed in on paper: the entries say so.
                there: &[],
                despite_missing: true,
            };
            desk.record(&permit, &event.by, wish, event.at)?;
        }
        PastAct::FileJointly { on, note } => {
            let permit = permit(&event.by, Act::FileJointly)?;
            let ids = desk.joint()?;
            let wish = (*on, note.as_deref());
            desk.file_jointly(&permit, &event.by, &ids, wish, event.at)?;
        }
    }
    Ok(())
}

/// What the desk has entered, ledger by ledger.
fn histories_of(desk: &Desk<'_>) -> Vec<History> {
    let mut histories: BTreeMap<FilingId, History> = BTreeMap::new();
    for entered in desk.entered() {
        let history = histories.entry(entered.before.id).or_insert_with(|| {
            let before = entered.before.clone();
            (before, Vec::new(), entered.turning.clone(), None)
        });
        history.1.push(entered.entry.clone());
        history.2 = entered.turning.clone();
        history.3 = entered.submitted_on;
    }
    histories.into_values().collect()
}

#[cfg(test)]
mod tests;
