//! What the passing of days brings about: warnings, the rungs of the ladder, supervision cases.
//!
//! # Why
//! - A deemed acceptance enters no ledger here. It is a turning point, reckoned whenever somebody
//!   looks; the turn only tells of it.
//! - Each rung is kept under its key (filing, rung, the date that it refers to), and only whoever
//!   has put the row there writes its messages, in the same transaction. So a turn may run as often
//!   as it likes, on any number of servers.
//! - After a stop the days are gone through in order, and each rung bears its own day.
//! - Nothing overtakes a rung: whatever is about to change a step first tells what the days had
//!   brought upon it ([`Office::tell_first`]), in the same transaction. So what is told depends on
//!   the ledgers alone, and not on when a server ran.
//! - An entry that is typed late can put turning points into the past. They are told from the day
//!   after it was typed ([`tellable`]): whoever types a week's entries one after another is not
//!   told between two of them that the step is overdue.
//! - The mark only says which days are still to be gone through; candidates are found by their
//!   turning points.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::lines::with_county;
use super::moves::{After, Folding};
use super::supervision::{Staff, words};
use super::{Moment, Office, OfficeError, card};
use crate::statute::clock::Turning;
use crate::statute::late::shanghai_day;
use crate::statute::supervision::{CaseAct, Ladder, Rung, reached};
use crate::store::record::Filing;
use crate::store::{FilingId, ListRow, Looked, NewCase, NewCaseEntry, NewMessage, RungTold, Tx};

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
    /// Adds what another turn has done.
    pub fn add(&mut self, more: Turned) {
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
        self.refresh_calendar().await?;
        // Nothing is told of days that a notice has moved and that are not yet rewritten.
        self.recheck(at).await?;
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
                let tx = self.begin().await?;
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
        let calendar = self.calendar();
        let from = rung.reached_from(day, &calendar);
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
                let on = rung.day(&row.filing.turning, row.filing.last_on, &calendar);
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
        let tx = self.begin().await?;
        if tx.open_recheck().await?.is_some() {
            // Another server has entered a notice since; the next turn tells by it.
            return Ok(Turned::default());
        }
        let rows = tx.rung_candidates(rung, from, after, BATCH).await?;
        let typed = typed_on(&tx, &rows).await?;
        let mut all = Vec::with_capacity(rows.len());
        for row in &rows {
            let typed = typed.get(&row.filing.id).copied();
            all.extend(self.told(rung, row, (day, typed), staff, at).await?);
        }
        let done = put(&tx, all).await?;
        if done.rungs == 0 {
            return Ok(done);
        }
        let subject = format!("rung {}", rung.id);
        let detail = format!("{} step(s) by {day}", done.rungs);
        tx.audit(at.now, None, "turn", &subject, &detail).await?;
        tx.commit().await?;
        Ok(done)
    }

    /// Tells what the days up to today have brought upon these steps and nobody has told yet,
    /// before something changes them. `filings` are the rows as they stand in the database.
    ///
    /// # Errors
    /// The store.
    pub(in crate::office) async fn tell_first(
        &self,
        tx: &Tx,
        filings: &[&Filing],
        at: Moment,
    ) -> Result<(), OfficeError> {
        let (ladder, calendar) = (Ladder::built_in(), self.calendar());
        let moved = self.not_yet_rewritten(tx, filings).await?;
        let due: Vec<FilingId> = filings
            .iter()
            .filter(|filing| {
                let turning = moved.get(&filing.id).unwrap_or(&filing.turning);
                let stands = (turning, filing.last_on);
                !reached(ladder, stands, at.today, &calendar).is_empty()
            })
            .map(|filing| filing.id)
            .collect();
        if due.is_empty() {
            return Ok(());
        }
        let known = tx.rungs_known(&due).await?;
        let mut rows = tx.rows_of(&due).await?;
        for row in &mut rows {
            if let Some(turning) = moved.get(&row.filing.id) {
                row.filing.turning = turning.clone();
            }
        }
        let typed = typed_on(tx, &rows).await?;
        let mut staff = None;
        let mut all = Vec::new();
        for row in &rows {
            let filing = row.filing.id;
            let stands = (&row.filing.turning, row.filing.last_on);
            for one in reached(ladder, stands, at.today, &calendar) {
                if known.contains(&(filing, one.rung.id.clone(), one.refers_to)) {
                    continue;
                }
                let staff = match &mut staff {
                    Some(staff) => &*staff,
                    None => staff.insert(self.staff().await?),
                };
                let days = (at.today, typed.get(&filing).copied());
                all.extend(self.told(one.rung, row, days, staff, at).await?);
            }
        }
        let done = put(tx, all).await?;
        if done.rungs > 0 {
            let detail = format!("{} rung(s) before an entry", done.rungs);
            tx.audit(at.now, None, "turn", "rungs", &detail).await?;
        }
        Ok(())
    }

    /// The turning points of those filings whose rows a new holiday notice has still to rewrite:
    /// none but while a recheck is under way.
    async fn not_yet_rewritten(
        &self,
        tx: &Tx,
        filings: &[&Filing],
    ) -> Result<BTreeMap<FilingId, Turning>, OfficeError> {
        let mut moved = BTreeMap::new();
        if tx.open_recheck().await?.is_none() {
            return Ok(moved);
        }
        let ids: Vec<FilingId> = filings.iter().map(|filing| filing.id).collect();
        let mut folding = Folding::by(self, self.calendar());
        for of in tx.ledgers_of(&ids).await? {
            if let After::Turning(turning) = folding.fold(&of).await? {
                moved.insert(of.filing.id, turning);
            }
        }
        Ok(moved)
    }

    /// What is told of a step by `day`, whose last entry was typed on `typed`; nothing where the
    /// rung lies ahead.
    async fn told(
        &self,
        rung: &Rung,
        row: &ListRow,
        (day, typed): (NaiveDate, Option<NaiveDate>),
        staff: &Staff,
        at: Moment,
    ) -> Result<Option<Told>, OfficeError> {
        let filing = &row.filing;
        let reached = rung.day(&filing.turning, filing.last_on, &self.calendar());
        let Some((refers_to, on)) = reached.filter(|(_, on)| tellable(*on, typed) <= day) else {
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

/// The day from which a rung that belongs to `on` is told, where the step's last entry was typed
/// on `typed`.
fn tellable(on: NaiveDate, typed: Option<NaiveDate>) -> NaiveDate {
    match typed {
        Some(typed) if on < typed => typed.succ_opt().unwrap_or(typed),
        _ => on,
    }
}

/// The day in Benxi on which each step's last entry was typed.
async fn typed_on(tx: &Tx, rows: &[ListRow]) -> Result<BTreeMap<FilingId, NaiveDate>, OfficeError> {
    let ids: Vec<FilingId> = rows.iter().map(|row| row.filing.id).collect();
    let typed = tx.last_recorded(&ids).await?.into_iter();
    Ok(typed.map(|(id, at)| (id, shanghai_day(at))).collect())
}

/// Writes what nobody has told yet; what was written.
async fn put(tx: &Tx, mut all: Vec<Told>) -> Result<Turned, OfficeError> {
    let rungs: Vec<RungTold> = all.iter().map(|one| one.rung.clone()).collect();
    let fresh: BTreeSet<(FilingId, String, NaiveDate)> =
        tx.tell_rungs(&rungs).await?.into_iter().collect();
    all.retain(|one| {
        let rung = &one.rung;
        fresh.contains(&(rung.filing, rung.rung.clone(), rung.refers_to))
    });
    let cases: Vec<_> = all.iter().filter_map(|one| one.case.clone()).collect();
    let opened = tx.open_cases(&cases).await?;
    let messages: Vec<NewMessage> = all.into_iter().flat_map(|one| one.messages).collect();
    tx.insert_messages(&messages).await?;
    Ok(Turned {
        rungs: fresh.len(),
        cases: opened.len(),
        messages: messages.len(),
    })
}

#[cfg(test)]
mod tests;
