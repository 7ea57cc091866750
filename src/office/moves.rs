//! Reckoning stored steps again under another calendar or another catalogue, and counting what
//! moves. The recheck after a notice, the page before it and the supposed catalogue all fold here,
//! so that what was shown is what is done.
//!
//! Ledgers are read in batches, three statements each; only a key of each step that moves is kept,
//! and the steps of the asked page are read again.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use super::model::FilingCard;
use super::model::moves::{BureauMoves, MovedRow, Moves, RefusedRow};
use super::{FilingId, Moment, Office, OfficeError};
use crate::statute::calendar::Calendar;
use crate::statute::clock::{self, Lamp, Turning};
use crate::statute::plan::Plan;
use crate::statute::whatif::{Effect, Shift, Supposed, shift};
use crate::store::record::standing_events;
use crate::store::{BATCH, BureauId, LedgerOf, OpenCase};

/// Rows on one page.
pub(in crate::office) const ROWS: usize = 50;
/// The most refused steps that are named; all are counted.
const NAMED: usize = 20;

/// What a ledger gives under the change.
#[derive(Debug)]
pub(in crate::office) enum After {
    /// These turning points.
    Turning(Turning),
    /// Nothing: an entry would not have been allowed, in Chinese.
    Refused(String),
    /// Nothing: the changed catalogue has no such step.
    LeftOut,
}

/// A fold of stored ledgers under a change.
pub(in crate::office) struct Folding<'a> {
    office: &'a Office,
    /// The calendar that holds.
    old: Arc<Calendar>,
    /// The one to reckon by.
    new: Arc<Calendar>,
    supposed: Option<&'a Supposed>,
    /// Each project's catalogue, by its hash, with the change made to it.
    plans: HashMap<String, Arc<Plan>>,
}

impl<'a> Folding<'a> {
    /// Under another calendar.
    pub(in crate::office) fn by(office: &'a Office, new: Arc<Calendar>) -> Folding<'a> {
        Folding {
            office,
            old: office.calendar(),
            new,
            supposed: None,
            plans: HashMap::new(),
        }
    }

    /// Under a supposed catalogue.
    pub(in crate::office) fn supposing(office: &'a Office, supposed: &'a Supposed) -> Folding<'a> {
        Folding {
            old: office.calendar(),
            new: office.calendar(),
            office,
            supposed: Some(supposed),
            plans: HashMap::new(),
        }
    }

    /// The catalogue of that hash with the change made to it.
    pub(in crate::office) async fn plan(&mut self, hash: &str) -> Result<Arc<Plan>, OfficeError> {
        if let Some(plan) = self.plans.get(hash) {
            return Ok(Arc::clone(plan));
        }
        let own = self.office.plan_of(hash).await?;
        let plan = match self.supposed {
            Some(supposed) => Arc::new(supposed.made_to(&own)),
            None => own,
        };
        self.plans.insert(hash.to_owned(), Arc::clone(&plan));
        Ok(plan)
    }

    /// What the ledger gives.
    pub(in crate::office) async fn fold(&mut self, of: &LedgerOf) -> Result<After, OfficeError> {
        let plan = self.plan(&of.plan_hash).await?;
        let Some(step) = plan.step(of.filing.step.as_str()) else {
            return Ok(After::LeftOut);
        };
        let events = standing_events(&of.entries);
        let facts = of.filing.facts(&of.facts);
        Ok(match clock::turning(step, facts, &events, &self.new) {
            Ok(turning) => After::Turning(turning),
            Err(refusal) => After::Refused(refusal.detail),
        })
    }

    fn shift(&self, of: &LedgerOf, after: &Turning, today: NaiveDate) -> Option<Shift> {
        shift(&of.filing.turning, after, today, (&self.old, &self.new))
    }
}

/// Where one step stands in the list: the gravest first, then the earliest due.
type Key = (Effect, Option<NaiveDate>, FilingId);

/// What has been counted so far.
#[derive(Default)]
struct Tally {
    moves: Moves,
    keys: Vec<Key>,
    lamps: BTreeMap<(&'static str, &'static str), (Lamp, Lamp, u64)>,
    by_bureau: BTreeMap<BureauId, [u64; 7]>,
    refused: Vec<(FilingId, String)>,
}

impl Tally {
    fn add(&mut self, of: &LedgerOf, shift: &Shift, case: Option<&OpenCase>) {
        let at = Effect::ALL.iter().position(|one| *one == shift.effect);
        let at = at.unwrap_or(0);
        let own = self.by_bureau.entry(of.filing.bureau).or_default();
        for counts in [&mut self.moves.effects, own] {
            if let Some(count) = counts.get_mut(at) {
                *count += 1;
            }
        }
        self.moves.moved += 1;
        let (now, then) = (shift.now.lamp, shift.then.lamp);
        if now != then {
            let entry = self.lamps.entry((now.code(), then.code()));
            entry.or_insert((now, then, 0)).2 += 1;
        }
        self.moves.cases += u64::from(case.is_some_and(|case| overtaken(case, shift)));
        self.keys
            .push((shift.effect, shift.then.due_on, of.filing.id));
    }

    /// The counts, with the rows of `page` still to be read.
    fn close(mut self, page: u32, names: &HashMap<BureauId, String>) -> (Moves, Vec<FilingId>) {
        self.keys.sort_unstable();
        let pages = self.keys.len().div_ceil(ROWS).max(1);
        let at = usize::try_from(page).unwrap_or(1).clamp(1, pages);
        let rows: Vec<FilingId> = self
            .keys
            .iter()
            .skip((at - 1) * ROWS)
            .take(ROWS)
            .map(|(_, _, id)| *id)
            .collect();
        self.moves.page = u32::try_from(at).unwrap_or(1);
        self.moves.pages = u32::try_from(pages).unwrap_or(u32::MAX);
        self.moves.lamps = self.lamps.into_values().collect();
        self.moves
            .lamps
            .sort_by_key(|(_, _, n)| std::cmp::Reverse(*n));
        self.moves.by_bureau = self
            .by_bureau
            .into_iter()
            .map(|(bureau, effects)| BureauMoves {
                bureau,
                name: names.get(&bureau).cloned().unwrap_or_default(),
                effects,
            })
            .collect();
        (self.moves, rows)
    }
}

/// Whether a case was opened for a due date that would no longer hold.
fn overtaken(case: &OpenCase, shift: &Shift) -> bool {
    case.due_on.is_some() && case.due_on == shift.before.due_on && shift.after.due_on != case.due_on
}

impl Office {
    /// Folds these steps under the change: what moves is counted, and one page of it is told.
    /// `seen` hears of each step that is folded.
    ///
    /// # Errors
    /// The store.
    pub(in crate::office) async fn moves(
        &self,
        folding: &mut Folding<'_>,
        ids: &[FilingId],
        (page, at): (u32, Moment),
        mut seen: impl FnMut(&LedgerOf, &After),
    ) -> Result<Moves, OfficeError> {
        let reader = self.store.reader();
        let cases = reader.open_cases_due().await?;
        let cases: HashMap<FilingId, OpenCase> =
            cases.into_iter().map(|case| (case.filing, case)).collect();
        let mut tally = Tally::default();
        for ids in ids.chunks(BATCH) {
            for of in reader.ledgers_of(ids).await? {
                tally.moves.looked += 1;
                let after = folding.fold(&of).await?;
                seen(&of, &after);
                match after {
                    After::Turning(after) => {
                        if let Some(shift) = folding.shift(&of, &after, at.today) {
                            tally.add(&of, &shift, cases.get(&of.filing.id));
                        }
                    }
                    After::Refused(why) => {
                        tally.moves.refused += 1;
                        if tally.refused.len() < NAMED {
                            tally.refused.push((of.filing.id, why));
                        }
                    }
                    After::LeftOut => tally.moves.left_out += 1,
                }
            }
        }
        let names = reader.bureaus().await?;
        let names = names.into_iter().map(|one| (one.id, one.name)).collect();
        let refused = std::mem::take(&mut tally.refused);
        let (mut moves, rows) = tally.close(page, &names);
        let mut shifts: HashMap<FilingId, Shift> = HashMap::new();
        for of in reader.ledgers_of(&rows).await? {
            if let After::Turning(after) = folding.fold(&of).await?
                && let Some(shift) = folding.shift(&of, &after, at.today)
            {
                shifts.insert(of.filing.id, shift);
            }
        }
        let named: Vec<FilingId> = refused.iter().map(|(id, _)| *id).collect();
        let mut cards = self
            .cards_by_id(&[rows.clone(), named].concat(), at)
            .await?;
        moves.rows = rows
            .iter()
            .filter_map(|id| {
                let shift = shifts.remove(id)?;
                let case = cases.get(id).filter(|case| overtaken(case, &shift));
                Some(MovedRow {
                    card: cards.remove(id)?,
                    case: case.map(|case| (case.id, case.due_on)),
                    shift,
                })
            })
            .collect();
        moves.refused_rows = refused
            .into_iter()
            .filter_map(|(id, why)| {
                let card = cards.remove(&id)?;
                Some(RefusedRow { card, why })
            })
            .collect();
        Ok(moves)
    }

    /// The cards of these steps, by id.
    ///
    /// # Errors
    /// The store.
    pub(in crate::office) async fn cards_by_id(
        &self,
        ids: &[FilingId],
        at: Moment,
    ) -> Result<HashMap<FilingId, FilingCard>, OfficeError> {
        let rows = self.store.reader().rows_of(ids).await?;
        let cards = self.cards(rows, at.today).await?;
        Ok(cards.into_iter().map(|card| (card.id, card)).collect())
    }
}
