//! A project's filings on the desk: every rule by which an event enters a ledger. Pure.
//!
//! # Why
//! Recording, the joint filing and the making of large data sets all lay their events on this
//! desk and then store what it entered, so no row can be written around the rules.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::actor::{Actor, Permit};
use super::{FilingId, Moment, OfficeError};
use crate::statute::calendar::Calendar;
use crate::statute::clock::{self, Event, EventKind, Status, Turning};
use crate::statute::plan::route::{Route, RouteStep, route};
use crate::statute::plan::{Plan, ProjectFacts, Step};
use crate::store::record::Filing;
use crate::store::{Details, NewEntry, case_officer};

mod asking;
mod correction;
mod figures;
mod laid;
mod opinion;
mod rules;

pub(in crate::office) use correction::Correct;
pub(in crate::office) use laid::Laid;
pub(in crate::office) use rules::{chinese, day, ready};

/// One entry that the rules have let in, with the row before and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::office) struct Entered {
    pub(in crate::office) before: Filing,
    pub(in crate::office) entry: NewEntry,
    pub(in crate::office) turning: Turning,
    pub(in crate::office) submitted_on: Option<NaiveDate>,
}

/// What a person asks to enter.
#[derive(Debug, Clone, Copy)]
pub(in crate::office) struct Wish<'a> {
    pub(in crate::office) filing: FilingId,
    pub(in crate::office) kind: &'a EventKind,
    pub(in crate::office) on: NaiveDate,
    pub(in crate::office) note: Option<&'a str>,
    pub(in crate::office) details: &'a Details,
    /// The materials that are there, by identifier.
    pub(in crate::office) there: &'a [String],
    /// See [`crate::office::RecordEvent::despite_missing`].
    pub(in crate::office) despite_missing: bool,
}

/// A project whose ledgers are being written.
#[derive(Debug)]
pub(in crate::office) struct Desk<'p> {
    plan: &'p Plan,
    facts: &'p ProjectFacts,
    calendar: &'p Calendar,
    route: Route<'p>,
    filings: Vec<Filing>,
    ledgers: BTreeMap<FilingId, Laid>,
    entered: Vec<Entered>,
}

impl<'p> Desk<'p> {
    /// Lays a project out: all its filings, and no ledger yet but the empty ones.
    ///
    /// # Errors
    /// Stored facts that contradict themselves: the store is damaged.
    pub(in crate::office) fn new(
        plan: &'p Plan,
        facts: &'p ProjectFacts,
        calendar: &'p Calendar,
        filings: Vec<Filing>,
    ) -> Result<Desk<'p>, OfficeError> {
        Ok(Desk {
            plan,
            facts,
            calendar,
            route: route(plan, facts)?,
            filings,
            ledgers: BTreeMap::new(),
            entered: Vec::new(),
        })
    }

    /// The filing as it now stands.
    ///
    /// # Errors
    /// Not one of this project.
    pub(in crate::office) fn filing(&self, id: FilingId) -> Result<&Filing, OfficeError> {
        self.filings
            .iter()
            .find(|filing| filing.id == id)
            .ok_or(OfficeError::NotFound("filing"))
    }

    /// The filing of that step, in that county where it is the county's.
    pub(in crate::office) fn find(
        &self,
        step: &crate::statute::plan::StepId,
        county: Option<crate::statute::division::County>,
    ) -> Option<&Filing> {
        self.filings
            .iter()
            .find(|f| f.is_current() && f.step == *step && f.county == county)
    }

    /// The ledgers that must be laid out before an event of that kind may enter `id`'s.
    ///
    /// # Errors
    /// Not one of this project.
    pub(in crate::office) fn needs(
        &self,
        id: FilingId,
        kind: &EventKind,
    ) -> Result<Vec<FilingId>, OfficeError> {
        let filing = self.filing(id)?;
        let mut needed = vec![id];
        if matches!(kind, EventKind::Granted | EventKind::Denied) {
            needed.extend(self.receiver(filing)?.map(|city| city.id));
        }
        Ok(needed)
    }

    /// Lays out a stored ledger.
    pub(in crate::office) fn lay(&mut self, id: FilingId, ledger: Laid) {
        self.ledgers.insert(id, ledger);
    }

    /// Everything that was entered, in order.
    pub(in crate::office) fn entered(&self) -> &[Entered] {
        &self.entered
    }

    /// All filings as they now stand.
    pub(in crate::office) fn filings(&self) -> &[Filing] {
        &self.filings
    }

    /// Enters one event and what follows from it by itself; the filings where something followed.
    ///
    /// # Errors
    /// Invalid, Rule, Refused; then the desk must be thrown away.
    pub(in crate::office) fn record(
        &mut self,
        _permit: &Permit,
        actor: &Actor,
        wish: Wish<'_>,
        at: Moment,
    ) -> Result<Vec<FilingId>, OfficeError> {
        let filing = self.filing(wish.filing)?;
        let note = rules::note(wish.note)?;
        rules::day(wish.on, at.today, self.calendar)?;
        if *wish.kind == EventKind::Submitted && is_draft(filing) {
            self.needed(filing)?;
            self.not_alone(filing)?;
            self.waits_over(filing, wish.on)?;
        }
        let mut details = wish.details.clone();
        details.requested = self.requested(&wish)?;
        details.missing = match wish.kind {
            EventKind::Accepted => self.missing(&wish)?,
            _ => Vec::new(),
        };
        let wish = Wish {
            details: &details,
            ..wish
        };
        self.enter(actor, wish, note, at)?;
        // What the clock refuses is refused for that reason first, whatever is asked for.
        self.asks_fairly(actor, &wish)?;
        self.opinion_after(wish.filing, at)
    }

    /// Files every draft of the joint action that `ids` are, on one day (第1条).
    ///
    /// # Errors
    /// As [`Desk::record`], and where `ids` are not the whole of it.
    pub(in crate::office) fn file_jointly(
        &mut self,
        _permit: &Permit,
        actor: &Actor,
        ids: &[FilingId],
        wish: (NaiveDate, Option<&str>),
        at: Moment,
    ) -> Result<(), OfficeError> {
        let (on, typed) = wish;
        let note = rules::note(typed)?;
        rules::day(on, at.today, self.calendar)?;
        for id in self.whole_joint(ids)? {
            let filing = self.filing(id)?;
            if is_draft(filing) {
                self.waits_over(filing, on)?;
            }
            let wish = Wish {
                filing: id,
                kind: &EventKind::Submitted,
                on,
                note: None,
                details: &Details::default(),
                there: &[],
                despite_missing: false,
            };
            self.enter(actor, wish, note.clone(), at)?;
        }
        Ok(())
    }

    fn enter(
        &mut self,
        actor: &Actor,
        wish: Wish<'_>,
        note: Option<String>,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let entry = NewEntry {
            event: Event {
                on: wish.on,
                kind: wish.kind.clone(),
            },
            note,
            details: wish.details.clone(),
            actor: Some(actor.id),
            actor_name: actor.name.clone(),
            recorded_at: at.now,
        };
        self.admit(wish.filing, entry)
    }

    /// The clock's word on one more entry, and the row after it.
    fn admit(&mut self, id: FilingId, entry: NewEntry) -> Result<(), OfficeError> {
        let (plan, facts, calendar) = (self.plan, self.facts, self.calendar);
        let filing = self
            .filings
            .iter_mut()
            .find(|filing| filing.id == id)
            .ok_or(OfficeError::NotFound("filing"))?;
        let step = step_of(plan, filing)?;
        let laid = self.ledgers.entry(id).or_default();
        laid.whole(filing)?;
        let events = laid.events();
        let turning = clock::admit(step, filing.facts(facts), events, &entry.event, calendar)?;
        let before = filing.clone();
        let event = entry.event.clone();
        if matches!(event.kind, EventKind::Submitted | EventKind::Resubmitted) {
            filing.submitted_on = Some(event.on);
        }
        filing.seq += 1;
        filing.last_on = Some(event.on);
        filing.turning = turning.clone();
        filing.ready = false;
        filing.officer = case_officer(
            filing.officer,
            &entry.event.kind,
            entry.actor,
            &entry.details,
        );
        let submitted_on = filing.submitted_on;
        laid.push(event, None);
        self.entered.push(Entered {
            before,
            entry,
            turning,
            submitted_on,
        });
        Ok(())
    }

    /// Whether the project goes by `filing`, and its facts call for it.
    fn is_on_route(&self, filing: &Filing) -> bool {
        filing.is_current() && self.route_step(filing).is_some()
    }

    fn route_step(&self, filing: &Filing) -> Option<&RouteStep<'p>> {
        self.route
            .steps
            .iter()
            .find(|step| step.key.step == filing.step && step.key.county == filing.county)
    }

    /// The filings whose flag must change so that it says whether they can be filed.
    pub(in crate::office) fn ready_changes(&self) -> Vec<(FilingId, bool)> {
        self.filings
            .iter()
            .filter_map(|filing| {
                let step = self.route_step(filing).filter(|_| filing.is_current());
                let now = step.is_some_and(|step| {
                    is_draft(filing)
                        && step.waits_for.iter().all(|key| {
                            self.find(&key.step, key.county)
                                .is_some_and(|ahead| status(ahead) == Status::Granted)
                        })
                });
                (now != filing.ready).then_some((filing.id, now))
            })
            .collect()
    }
}

/// The stored status: what the last entry made of the filing.
fn status(filing: &Filing) -> Status {
    filing.turning.status.unwrap_or(Status::Draft)
}

fn is_draft(filing: &Filing) -> bool {
    status(filing) == Status::Draft
}

fn step_of<'p>(plan: &'p Plan, filing: &Filing) -> Result<&'p Step, OfficeError> {
    plan.step(filing.step.as_str()).ok_or_else(|| {
        OfficeError::Store(format!("step {} is not in {}", filing.step, plan.version))
    })
}

#[cfg(test)]
mod tests;
