//! What the passing of days brings about: warnings, the rungs of the ladder, supervision cases.
//!
//! # Why
//! - A deemed acceptance enters no ledger here. It is a turning point, reckoned whenever somebody
//!   looks; the turn only tells of it.
//! - Each rung is kept under its key (filing, rung, the date that it refers to), and only whoever
//!   has put the row there writes its messages, in the same transaction. So a turn may run as often
//!   as it likes, on any number of servers.
//! - After a stop the days are gone through in order, and each rung bears its own day. What the
//!   stop has overtaken is not sent: a step that became late and was decided or suspended meanwhile
//!   is no candidate any more.
//! - The mark only says which days are still to be gone through. Candidates are found by their
//!   turning points, so an entry that is recorded late and puts one into the past is found on the
//!   next turn.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::lines::with_county;
use super::supervision::{Staff, words};
use super::{Moment, Office, OfficeError, card};
use crate::statute::supervision::{CaseAct, Ladder, Rung};
use crate::store::{FilingId, ListRow, Looked, NewCase, NewCaseEntry, NewMessage, RungTold};

/// Steps in one transaction.
const BATCH: u64 = 100;
/// Who an entry by rule is by.
pub(in crate::office) const BY_RULE: &str = "系统按督办规则";

/// What a turn has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Turned {
    /// Rungs that were told.
    pub rungs: usize,
    /// Cases that were opened.
    pub cases: usize,
    /// Messages that were written.
    pub messages: usize,
}

impl Turned {
    fn add(&mut self, more: Turned) {
        self.rungs += more.rungs;
        self.cases += more.cases;
        self.messages += more.messages;
    }
}

/// A step that has reached a rung, in the words of a message.
struct Told {
    rung: RungTold,
    messages: Vec<NewMessage>,
    case: Option<(NewCase, NewCaseEntry)>,
}

impl Office {
    /// Brings about what the days up to today bring about, once.
    ///
    /// # Errors
    /// The store; what was told before stays told, and the next turn goes on.
    pub async fn turn(&self, at: Moment) -> Result<Turned, OfficeError> {
        let mark = self.store.reader().turn_day().await?;
        let first = mark
            .and_then(|day| day.succ_opt())
            .map_or(at.today, |next| next.min(at.today));
        let mut done = Turned::default();
        let mut staff = None;
        let days = first.iter_days().take_while(|day| *day <= at.today);
        for day in days {
            for rung in &Ladder::built_in().rungs {
                done.add(self.tell(rung, day, &mut staff, at).await?);
            }
            if mark.is_none_or(|mark| mark < day) {
                let tx = self.store.begin().await?;
                tx.mark_turn_day(day).await?;
                tx.commit().await?;
            }
        }
        self.catch_up_figures().await?;
        Ok(done)
    }

    /// Tells of one rung to all steps that have reached it by `day`, a batch a transaction.
    async fn tell(
        &self,
        rung: &Rung,
        day: NaiveDate,
        staff: &mut Option<Staff>,
        at: Moment,
    ) -> Result<Turned, OfficeError> {
        let from = rung.reached_from(day, &self.calendar);
        let mut done = Turned::default();
        let mut after: Option<Looked> = None;
        loop {
            let reader = self.store.reader();
            let seen = reader.rung_candidates(rung, from, after, BATCH).await?;
            let Some(last) = seen.last() else {
                return Ok(done);
            };
            let next = Looked::behind(rung, last);
            let full = u64::try_from(seen.len()).is_ok_and(|n| n >= BATCH);
            let reached = |row: &ListRow| {
                let on = rung.day(&row.filing.turning, &self.calendar);
                on.is_some_and(|(_, on)| on <= day)
            };
            if seen.iter().any(reached) {
                let staff = match staff {
                    Some(staff) => &*staff,
                    None => staff.insert(self.staff().await?),
                };
                done.add(self.tell_batch(rung, (day, from), after, staff, at).await?);
            }
            if !full || next.is_none() {
                return Ok(done);
            }
            after = next;
        }
    }

    async fn tell_batch(
        &self,
        rung: &Rung,
        (day, from): (NaiveDate, NaiveDate),
        after: Option<Looked>,
        staff: &Staff,
        at: Moment,
    ) -> Result<Turned, OfficeError> {
        let tx = self.store.begin().await?;
        let rows = tx.rung_candidates(rung, from, after, BATCH).await?;
        let mut all = Vec::with_capacity(rows.len());
        for row in &rows {
            all.extend(self.told(rung, row, day, staff, at).await?);
        }
        let rungs: Vec<RungTold> = all.iter().map(|one| one.rung.clone()).collect();
        let fresh: BTreeSet<FilingId> = tx
            .tell_rungs(&rungs)
            .await?
            .into_iter()
            .map(|(filing, _, _)| filing)
            .collect();
        if fresh.is_empty() {
            return Ok(Turned::default());
        }
        all.retain(|one| fresh.contains(&one.rung.filing));
        let cases: Vec<_> = all.iter().filter_map(|one| one.case.clone()).collect();
        let opened = tx.open_cases(&cases).await?;
        let messages: Vec<NewMessage> = all.into_iter().flat_map(|one| one.messages).collect();
        tx.insert_messages(&messages).await?;
        let done = Turned {
            rungs: fresh.len(),
            cases: opened.len(),
            messages: messages.len(),
        };
        let subject = format!("rung {}", rung.id);
        let detail = format!("{} step(s) by {day}", done.rungs);
        tx.audit(at.now, None, "turn", &subject, &detail).await?;
        tx.commit().await?;
        Ok(done)
    }

    /// What is told of a step; nothing where the rung lies ahead.
    async fn told(
        &self,
        rung: &Rung,
        row: &ListRow,
        day: NaiveDate,
        staff: &Staff,
        at: Moment,
    ) -> Result<Option<Told>, OfficeError> {
        let filing = &row.filing;
        let reached = rung.day(&filing.turning, &self.calendar);
        let Some((refers_to, on)) = reached.filter(|(_, on)| *on <= day) else {
            return Ok(None);
        };
        let plan = self.plan_of(&row.plan_hash).await?;
        let step = card::step_of(&plan, filing)?;
        let about = words::About {
            project: &row.project_name,
            step: with_county(&step.name, filing.county),
            bureau: &row.bureau_name,
        };
        let (subject, body) = words::of_rung(rung, &about, refers_to, on);
        let messages = staff
            .all_of(&rung.who, filing.bureau)
            .into_iter()
            .map(|person| NewMessage {
                person,
                kind: rung.id.clone(),
                subject: subject.clone(),
                body: body.clone(),
                link: format!("/filings/{}", filing.id),
                belongs_on: on,
                at: at.now,
            })
            .collect();
        let case = rung.opens_case.then(|| {
            (
                NewCase {
                    filing: filing.id,
                    bureau: filing.bureau,
                    opened_on: on,
                    due_on: filing.turning.due_on,
                },
                NewCaseEntry {
                    act: CaseAct::Opened {
                        words: words::opened_by_rule(refers_to),
                    },
                    on,
                    person: None,
                    person_name: BY_RULE.to_owned(),
                    at: at.now,
                },
            )
        });
        Ok(Some(Told {
            rung: RungTold {
                filing: filing.id,
                rung: rung.id.clone(),
                refers_to,
                on,
                told: staff.in_words(&rung.who, filing.bureau),
                at: at.now,
            },
            messages,
            case,
        }))
    }

    /// Everybody who can log in.
    pub(in crate::office) async fn staff(&self) -> Result<Staff, OfficeError> {
        let people = self.store.reader().people().await?;
        Ok(Staff::new(people.into_iter().map(|(person, _)| person)))
    }
}

#[cfg(test)]
mod tests;
