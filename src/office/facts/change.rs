//! What a change of facts does to a project's filings. Pure.

use std::collections::BTreeMap;

use super::super::lines::with_county;
use super::super::model::facts::{FactsPreview, Moved, When};
use super::super::{FilingId, OfficeError, OfficeRule, card};
use crate::statute::calendar::Calendar;
use crate::statute::clock::{self, Event, Status};
use crate::statute::plan::route::{Route, route};
use crate::statute::plan::{Plan, ProjectFacts};
use crate::store::record::{Filing, Standing};

/// A project as it stands, and the facts that it is to have.
pub(in crate::office) struct Before<'a> {
    pub(in crate::office) plan: &'a Plan,
    pub(in crate::office) facts: &'a ProjectFacts,
    pub(in crate::office) filings: &'a [Filing],
    pub(in crate::office) ledgers: &'a BTreeMap<FilingId, Vec<Event>>,
    pub(in crate::office) calendar: &'a Calendar,
}

/// The rows that change, and what a person is told of it.
pub(in crate::office) struct Change<'a> {
    pub(in crate::office) route: Route<'a>,
    pub(in crate::office) rows: Vec<Filing>,
    pub(in crate::office) told: FactsPreview,
}

impl Before<'_> {
    /// What `after` does: clocks that run follow the new facts, what is decided stays as it was
    /// decided, drafts that are no longer called for drop out.
    ///
    /// # Errors
    /// Facts that contradict themselves, or that an entry of a ledger cannot stand under.
    pub(in crate::office) fn change<'a>(
        &'a self,
        after: &ProjectFacts,
    ) -> Result<Change<'a>, OfficeError> {
        let route = route(self.plan, after)?;
        let mut rows = Vec::new();
        let mut told = FactsPreview::default();
        for filing in self.filings {
            if filing.standing == Standing::Superseded {
                continue;
            }
            let now = self.under(filing, after, &route, &mut told)?;
            if now != *filing {
                rows.push(now);
            }
        }
        for step in &route.steps {
            let key = &step.key;
            let known = |f: &&Filing| {
                f.standing != Standing::Superseded && f.step == key.step && f.county == key.county
            };
            let filing = self.filings.iter().find(known);
            if filing.is_none_or(|f| f.standing == Standing::Dropped) {
                told.added.push(with_county(&step.step.name, key.county));
            }
        }
        Ok(Change { route, rows, told })
    }

    fn under(
        &self,
        filing: &Filing,
        after: &ProjectFacts,
        route: &Route<'_>,
        told: &mut FactsPreview,
    ) -> Result<Filing, OfficeError> {
        let step = card::step_of(self.plan, filing)?;
        let name = with_county(&step.name, filing.county);
        let mut now = filing.clone();
        if filing.turning.decided_on.is_some() {
            if filing.decided_under.is_none() {
                now.decided_under = Some(Box::new(self.facts.clone()));
            }
            told.decided += 1;
            return Ok(now);
        }
        let on_route = route
            .steps
            .iter()
            .find(|s| s.key.step == filing.step && s.key.county == filing.county);
        if filing.seq == 0 {
            now.standing = match on_route {
                Some(_) => Standing::Current,
                None => Standing::Dropped,
            };
            if let Some(step) = on_route {
                now.turning.untimed = step.untimed;
            }
            if filing.standing == Standing::Current && now.standing == Standing::Dropped {
                told.dropped.push(name);
            }
            return Ok(now);
        }
        let events = self.ledgers.get(&filing.id).map_or(&[][..], Vec::as_slice);
        now.turning = clock::turning(step, after, events, self.calendar)
            .map_err(|refusal| cannot(&name, &refusal))?;
        if on_route.is_none() && filing.turning.status != Some(Status::Draft) {
            told.not_needed.push(name.clone());
        }
        if now.turning != filing.turning {
            let when = |filing: &Filing| When {
                due_on: filing.turning.due_on,
                untimed: filing.turning.untimed,
                provisional: filing.turning.provisional,
            };
            told.moved.push(Moved {
                filing: filing.id,
                name,
                before: when(filing),
                after: when(&now),
            });
        }
        Ok(now)
    }
}

/// An entry that does not stand under the new facts.
fn cannot(name: &str, refusal: &clock::Refusal) -> OfficeError {
    OfficeError::Rule(OfficeRule {
        rule: "facts-against-ledger",
        detail: format!(
            "按新的情况,“{name}”有效登记的第{}条不能成立;请先由承办部门更正该条登记",
            refusal.event + 1
        ),
    })
}
