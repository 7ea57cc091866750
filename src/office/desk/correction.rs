//! Corrections (更正): a later entry takes the place of a mistaken one, or strikes it out, and
//! everything that follows from it is reckoned anew.
//!
//! # Why
//! A corrected ledger must read as if the mistake had never been made: every later entry still has
//! to stand, steps that were filed on the strength of a decision still need it, and the county's
//! opinion in the city's ledger (第1条) follows the county's own corrected decision.

use super::opinion::{all_said, by_rule, has_opinion};
use super::{Desk, Entered, Permit, is_draft, rules, status, step_of};
use crate::office::lines::with_county;
use crate::office::{Actor, FilingId, Moment, OfficeError};
use crate::statute::clock::{self, Correction, Event, EventKind, Status};
use crate::store::record::Filing;
use crate::store::{Details, NewEntry};

/// A correction that somebody asks for.
#[derive(Debug, Clone, Copy)]
pub(in crate::office) struct Correct<'a> {
    /// Whose ledger.
    pub(in crate::office) filing: FilingId,
    /// The entry that is mistaken.
    pub(in crate::office) entry: u32,
    /// What takes its place; `None`: it is struck out.
    pub(in crate::office) event: Option<&'a Event>,
    /// Why.
    pub(in crate::office) reason: &'a str,
    /// What the mistaken entry says beside its event; a corrected day or figure leaves it.
    pub(in crate::office) said: (Option<&'a str>, &'a Details),
    /// Who asked for it.
    pub(in crate::office) proposed_by: &'a str,
}

impl Desk<'_> {
    /// Enters a correction and what follows from it by itself. All ledgers of the project must be
    /// laid out.
    ///
    /// # Errors
    /// Rule: `corrected-before`, `nothing-corrected`, `run-superseded`, `correction-against-ledger`
    /// and those of days; then the desk must be thrown away.
    pub(in crate::office) fn correct(
        &mut self,
        _permit: &Permit,
        actor: &Actor,
        wish: Correct<'_>,
        at: Moment,
    ) -> Result<Vec<FilingId>, OfficeError> {
        let filing = self.filing(wish.filing)?;
        if !filing.is_current() {
            return refused(
                "run-superseded",
                "本事项已经重新申请或不再需要,原来的登记不再更正".to_owned(),
            );
        }
        let laid = self.ledgers.get(&wish.filing);
        let stands = laid.map(super::Laid::standing).unwrap_or_default();
        let Some(named) = stands.iter().find(|one| one.by == wish.entry) else {
            return refused(
                "corrected-before",
                format!(
                    "第{}条登记不存在,或者已经更正过;请选择现在有效的登记",
                    wish.entry
                ),
            );
        };
        if let Some(event) = wish.event {
            rules::day(event.on, at.today, &self.calendar)?;
            if *event == named.event {
                return refused(
                    "nothing-corrected",
                    format!(
                        "更正后的内容与第{}条登记相同;请改正日期或内容,或者选择撤销",
                        wish.entry
                    ),
                );
            }
        }
        let same_kind = wish
            .event
            .is_none_or(|event| event.kind.code() == named.event.kind.code());
        let nothing = Details::default();
        let (note, said) = wish.said;
        let said = if same_kind { said } else { &nothing };
        let entry = NewEntry {
            event: wish.event.unwrap_or(&named.event).clone(),
            note: note.filter(|_| same_kind).map(str::to_owned),
            details: Details {
                requested: said.requested.clone(),
                missing: said.missing.clone(),
                stands_in_for: None,
                corrects: Some(Correction {
                    entry: wish.entry,
                    strikes: wish.event.is_none(),
                }),
                reason: Some(wish.reason.to_owned()),
                proposed_by: Some(wish.proposed_by.to_owned()),
            },
            actor: Some(actor.id),
            actor_name: actor.name.clone(),
            recorded_at: at.now,
        };
        self.put(wish.filing, entry)?;
        self.dependents_stand(wish.filing)?;
        self.opinion_corrected(wish.filing, at)
    }

    /// Puts a correction into a ledger, if the whole of it stands then.
    fn put(&mut self, id: FilingId, entry: NewEntry) -> Result<(), OfficeError> {
        let (plan, facts, calendar) = (self.plan, self.facts, &self.calendar);
        let filing = self
            .filings
            .iter_mut()
            .find(|filing| filing.id == id)
            .ok_or(OfficeError::NotFound("filing"))?;
        let step = step_of(plan, filing)?;
        let laid = self.ledgers.entry(id).or_default();
        laid.whole(filing)?;
        laid.push(entry.event.clone(), entry.details.corrects);
        let stands = laid.standing();
        let events = laid.events();
        let decided = |kind: &EventKind| {
            matches!(
                kind,
                EventKind::Granted | EventKind::Denied | EventKind::Rejected | EventKind::Withdrawn
            )
        };
        let before = filing.clone();
        if !events.iter().any(|event| decided(&event.kind)) {
            // An open step goes by the project's facts of today.
            filing.decided_under = None;
        }
        let turning = clock::turning(step, filing.facts(facts), events, calendar);
        let turning = turning.map_err(|refusal| {
            let by = stands.get(refusal.event).map_or(0, |one| one.by);
            let which = if by > before.seq {
                "更正后的这条登记".to_owned()
            } else {
                format!("第{by}条登记")
            };
            against(format!(
                "更正以后,“{}”的{which}不能成立:{};请先更正有关的登记",
                with_county(&step.name, before.county),
                refusal.detail
            ))
        })?;
        filing.seq += 1;
        filing.last_on = events.last().map(|event| event.on);
        filing.submitted_on = events
            .iter()
            .rfind(|e| matches!(e.kind, EventKind::Submitted | EventKind::Resubmitted))
            .map(|event| event.on);
        filing.turning = turning.clone();
        filing.ready = false;
        let submitted_on = filing.submitted_on;
        self.entered.push(Entered {
            before,
            entry,
            turning,
            submitted_on,
        });
        Ok(())
    }

    /// Refuses to take away the decision on which later steps were filed.
    fn dependents_stand(&self, id: FilingId) -> Result<(), OfficeError> {
        let ahead = self.filing(id)?;
        let granted = ahead
            .turning
            .decided_on
            .filter(|_| status(ahead) == Status::Granted);
        for filing in self.filings.iter().filter(|f| self.is_on_route(f)) {
            let waits = self.route_step(filing).is_some_and(|step| {
                step.waits_for
                    .iter()
                    .any(|key| key.step == ahead.step && key.county == ahead.county)
            });
            let given_up = matches!(status(filing), Status::Rejected | Status::Withdrawn);
            if !waits || is_draft(filing) || given_up {
                continue;
            }
            let laid = self.ledgers.get(&filing.id);
            let filed = laid.and_then(|laid| {
                let events = laid.events().iter();
                let submitted = events.filter(|e| e.kind == EventKind::Submitted);
                submitted.map(|event| event.on).next()
            });
            if granted.is_some() && granted <= filed {
                continue;
            }
            return Err(against(format!(
                "“{}”已经据此提交申请;请先更正或撤回该事项",
                self.name_of(filing)
            )));
        }
        Ok(())
    }

    fn name_of(&self, filing: &Filing) -> String {
        let step = self.plan.step(filing.step.as_str());
        let name = step.map_or(filing.step.as_str(), |step| &step.name);
        with_county(name, filing.county)
    }

    /// The opinion in the city's ledger follows the county's corrected decision.
    fn opinion_corrected(
        &mut self,
        decided: FilingId,
        at: Moment,
    ) -> Result<Vec<FilingId>, OfficeError> {
        let Some(city) = self.receiver(self.filing(decided)?)? else {
            return Ok(Vec::new());
        };
        let laid = self.ledgers.get(&city.id);
        let stands = laid.map(super::Laid::standing).unwrap_or_default();
        let received = stands
            .iter()
            .position(|one| one.event.kind == EventKind::CountyOpinionReceived);
        let Some(index) = received else {
            return self.opinion_after(decided, at);
        };
        let givers = self.givers(city);
        let complete = givers.iter().all(|giver| has_opinion(giver));
        let ahead = index.checked_sub(1).and_then(|n| stands.get(n));
        let days = givers.iter().filter_map(|giver| giver.turning.decided_on);
        let on = days.chain(ahead.map(|one| one.event.on)).max();
        let Some(named) = stands.get(index) else {
            return Ok(Vec::new());
        };
        let (event, strikes, words) = match on.filter(|_| complete) {
            Some(on) => {
                let kind = EventKind::CountyOpinionReceived;
                (Event { on, kind }, false, all_said(&givers))
            }
            None => {
                let words = "县(区)初审决定已更正,初审意见不再齐备".to_owned();
                (named.event.clone(), true, words)
            }
        };
        if !strikes && event == named.event {
            return Ok(Vec::new());
        }
        let clause = step_of(self.plan, city)?.clause;
        let entry = NewEntry {
            event,
            note: Some(words),
            details: Details {
                reason: Some("县(区)初审决定已更正".to_owned()),
                corrects: Some(Correction {
                    entry: named.by,
                    strikes,
                }),
                ..Details::default()
            },
            actor: None,
            actor_name: by_rule(clause),
            recorded_at: at.now,
        };
        let city = city.id;
        self.put(city, entry)?;
        self.dependents_stand(city)?;
        Ok(vec![city])
    }
}

fn against(detail: String) -> OfficeError {
    OfficeError::rule("correction-against-ledger", detail)
}

fn refused<T>(rule: &'static str, detail: String) -> Result<T, OfficeError> {
    Err(OfficeError::rule(rule, detail))
}
