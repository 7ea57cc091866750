//! What if the catalogue changed (推演): tried on the stored ledgers, and nothing is stored.
//!
//! # Why
//! - What people did is taken as it was: the same entries on the same days, only reckoned by other
//!   limits. A project keeps its catalogue whatever is supposed here.
//! - Running steps and those of the last twelve months are refolded in batches; counts are exact,
//!   rows are those of a page.
//! - Whole projects are reckoned by limits from the day they were entered, under both catalogues.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Months, NaiveDate};

use super::actor::{Act, permit};
use super::model::whatif::{LastYear, Spans, StepChoice, WhatIf};
use super::moves::{After, Folding, ROWS};
use super::{Actor, FieldFault, Moment, Office, OfficeError};
use crate::statute::plan::{Plan, Step, StepId, parse};
use crate::statute::whatif::{LONGEST, Supposed, SupposedFault, finishes};
use crate::store::{BureauId, LedgerOf, ProjectId};

#[cfg(test)]
mod tests;

/// Months that count as the last year.
const LAST_YEAR: Months = Months::new(12);
/// Projects read at once.
const PROJECTS: u64 = 1_000;
/// Projects that are named.
const MOST: usize = 10;

/// A change as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suppose {
    /// Another limit for a step.
    Limit {
        /// The step.
        step: StepId,
        /// So many working days.
        days: u32,
    },
    /// A step no longer waits for another.
    Parallel {
        /// The step.
        step: StepId,
        /// What it waits for.
        ahead: StepId,
    },
    /// A whole catalogue, as text.
    Catalogue(String),
}

/// Steps decided and in time, as it was and under the change.
#[derive(Default, Clone, Copy)]
struct Decided {
    all: u64,
    on_time: u64,
    then: u64,
}

impl Decided {
    fn add(&mut self, of: &LedgerOf, after: &After) {
        let turning = &of.filing.turning;
        let After::Turning(then) = after else { return };
        // Without a due date under either nothing can be in time or late.
        if turning.due_on.is_none() && then.due_on.is_none() {
            return;
        }
        self.all += 1;
        self.on_time += u64::from(!turning.decided_late);
        self.then += u64::from(!then.decided_late);
    }
}

impl Office {
    /// The steps that a change can be supposed of.
    ///
    /// # Errors
    /// Forbidden to all but the government office.
    pub fn step_choices(&self, actor: &Actor) -> Result<Vec<StepChoice>, OfficeError> {
        let _permit = permit(actor, Act::WhatIf)?;
        let plan = self.plan();
        let name = |id: &StepId| {
            let step = plan.step(id.as_str());
            step.map_or_else(|| id.to_string(), |step| step.name.clone())
        };
        let choice = |step: &Step| StepChoice {
            id: step.id.clone(),
            name: step.name.clone(),
            limit: step.limit().map(|limit| limit.days),
            waits_for: step
                .waits_for
                .iter()
                .map(|wait| (wait.step.clone(), name(&wait.step)))
                .collect(),
        };
        Ok(plan.steps.iter().map(choice).collect())
    }

    /// What the change would do; writes nothing.
    ///
    /// # Errors
    /// Forbidden; Invalid where it cannot be supposed, with every fault of a catalogue by line.
    pub async fn what_if(
        &self,
        actor: &Actor,
        wish: &Suppose,
        page: u32,
        at: Moment,
    ) -> Result<WhatIf, OfficeError> {
        let _permit = permit(actor, Act::WhatIf)?;
        let supposed = self.supposed(wish)?;
        let since = at
            .today
            .checked_sub_months(LAST_YEAR)
            .unwrap_or(NaiveDate::MIN);
        let steps = supposed.clocks().unwrap_or_else(|| {
            let steps = self.plan().steps.iter();
            steps.map(|step| step.id.clone()).collect()
        });
        let reader = self.store.reader();
        let ids = match steps.is_empty() {
            true => Vec::new(),
            false => reader.open_or_decided_since(&steps, since).await?,
        };
        let mut folding = Folding::supposing(self, &supposed);
        let mut decided: BTreeMap<BureauId, Decided> = BTreeMap::new();
        let moves = self
            .moves(&mut folding, &ids, (page, at), |of, after| {
                if of.filing.turning.decided_on.is_some() {
                    decided.entry(of.filing.bureau).or_default().add(of, after);
                }
            })
            .await?;
        Ok(WhatIf {
            said: self.said(&supposed),
            moves,
            last_year: self.last_year(&decided).await?,
            since,
            spans: self.spans(&supposed, since).await?,
            fileable: self.fileable(&supposed, at).await?,
        })
    }

    fn supposed(&self, wish: &Suppose) -> Result<Supposed, OfficeError> {
        let supposed = match wish.clone() {
            Suppose::Limit { step, days } => Supposed::Limit { step, days },
            Suppose::Parallel { step, ahead } => Supposed::Parallel { step, ahead },
            Suppose::Catalogue(text) => {
                let plan = parse::parse("目录", &text).map_err(|error| {
                    let told = error.faults.into_iter().map(|fault| FieldFault {
                        field: "text",
                        message: format!("第{}行：{}", fault.line, fault.message),
                    });
                    OfficeError::Invalid(told.collect())
                })?;
                Supposed::Catalogue(Box::new(plan))
            }
        };
        supposed.fits(self.plan()).map_err(|fault| {
            let (field, message) = match &fault {
                SupposedFault::NoStep(_) => ("step", "请从列表中选择事项".to_owned()),
                SupposedFault::NoLimit(_) => ("days", "这个事项没有时限，无从改变".to_owned()),
                SupposedFault::Days(_) => ("days", format!("时限应为1至{LONGEST}个工作日的整数")),
                SupposedFault::NotWaiting { .. } => (
                    "ahead",
                    "这个事项并不等待所选的前置事项；请从列表中选择".to_owned(),
                ),
            };
            OfficeError::Invalid(vec![FieldFault { field, message }])
        })?;
        Ok(supposed)
    }

    /// The change in a sentence.
    fn said(&self, supposed: &Supposed) -> String {
        let plan = self.plan();
        let of = |id: &StepId| plan.step(id.as_str());
        let name = |id: &StepId| of(id).map_or("", |step| step.name.as_str());
        match supposed {
            Supposed::Limit { step, days } => {
                let now = of(step).and_then(Step::limit).map_or(0, |limit| limit.days);
                format!("“{}”的时限由{now}个工作日改为{days}个工作日", name(step))
            }
            Supposed::Parallel { step, ahead } => {
                format!("“{}”不再等待“{}”，并联办理", name(step), name(ahead))
            }
            Supposed::Catalogue(new) => {
                let changed = different(plan, new);
                format!(
                    "换用粘贴的方案目录（版本 {}），有{changed}个事项与现行目录不同",
                    new.version
                )
            }
        }
    }

    async fn last_year(
        &self,
        decided: &BTreeMap<BureauId, Decided>,
    ) -> Result<Vec<LastYear>, OfficeError> {
        let line = |bureau, name: &str, counts: Decided| LastYear {
            bureau,
            name: name.to_owned(),
            decided: counts.all,
            on_time: counts.on_time,
            then: counts.then,
        };
        let all = decided
            .values()
            .fold(Decided::default(), |sum, one| Decided {
                all: sum.all + one.all,
                on_time: sum.on_time + one.on_time,
                then: sum.then + one.then,
            });
        let mut lines = vec![line(None, "全市", all)];
        for bureau in self.store.reader().bureaus().await? {
            if let Some(counts) = decided.get(&bureau.id).filter(|counts| counts.all > 0) {
                lines.push(line(Some(bureau.id), &bureau.name, *counts));
            }
        }
        Ok(lines)
    }

    /// Whole projects of the last year, by limits from the day they were entered.
    async fn spans(&self, supposed: &Supposed, since: NaiveDate) -> Result<Spans, OfficeError> {
        let calendar = self.calendar();
        let reader = self.store.reader();
        let mut folding = Folding::supposing(self, supposed);
        let mut spans = Spans::default();
        let mut most: Vec<(ProjectId, String, i64)> = Vec::new();
        let mut after = None;
        loop {
            let projects = reader.projects_since(since, after, PROJECTS).await?;
            let Some(last) = projects.last() else { break };
            after = Some((last.created_on, last.id));
            for project in projects {
                let own = self.plan_of(&project.plan_hash).await?;
                let then: Arc<Plan> = folding.plan(&project.plan_hash).await?;
                let plans = (&*own, &*then);
                let found = finishes(plans, &project.facts, project.created_on, &calendar)?;
                let Some((now, then)) = found else { continue };
                let saved = calendar.working_days_between(then, now);
                spans.projects += 1;
                spans.shorter += u64::from(saved > 0);
                spans.longer += u64::from(saved < 0);
                spans.saved += saved;
                if saved != 0 {
                    most.push((project.id, project.name, saved));
                    if most.len() > MOST * 20 {
                        keep_most(&mut most);
                    }
                }
            }
        }
        keep_most(&mut most);
        spans.most = most;
        Ok(spans)
    }

    /// The steps that could be filed today if they did not wait for the one ahead.
    async fn fileable(
        &self,
        supposed: &Supposed,
        at: Moment,
    ) -> Result<Option<(u64, Vec<super::model::FilingCard>)>, OfficeError> {
        let Supposed::Parallel { step, ahead } = supposed else {
            return Ok(None);
        };
        let waits = self.plan().step(step.as_str()).map(|step| &step.waits_for);
        let left: Vec<StepId> = waits
            .into_iter()
            .flatten()
            .map(|wait| wait.step.clone())
            .filter(|wait| wait != ahead)
            .collect();
        let ids = self.store.reader().could_be_filed(step, &left).await?;
        let count = u64::try_from(ids.len()).unwrap_or(u64::MAX);
        let shown: Vec<_> = ids.into_iter().take(ROWS).collect();
        let mut cards = self.cards_by_id(&shown, at).await?;
        let cards = shown.iter().filter_map(|id| cards.remove(id)).collect();
        Ok(Some((count, cards)))
    }
}

/// Those that gain or lose the most stay.
fn keep_most(most: &mut Vec<(ProjectId, String, i64)>) {
    most.sort_by_key(|(id, _, saved)| (std::cmp::Reverse(saved.abs()), *id));
    most.truncate(MOST);
}

/// How many steps of two catalogues are not the same.
fn different(old: &Plan, new: &Plan) -> usize {
    let changed = new
        .steps
        .iter()
        .filter(|step| old.step(step.id.as_str()) != Some(*step));
    let gone = old
        .steps
        .iter()
        .filter(|step| new.step(step.id.as_str()).is_none());
    changed.count() + gone.count()
}
