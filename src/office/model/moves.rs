//! What a change of calendar or catalogue moves: counted, and one page of it.

use chrono::NaiveDate;

use super::FilingCard;
use crate::statute::clock::Lamp;
use crate::statute::whatif::{Effect, Shift};
use crate::store::{BureauId, CaseId};

/// One step that a change touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedRow {
    /// The step as it is.
    pub card: FilingCard,
    /// Its clock before and after.
    pub shift: Shift,
    /// The open case of supervision that was opened for a due date which would no longer hold.
    pub case: Option<(CaseId, Option<NaiveDate>)>,
}

/// A step whose ledger a new calendar or catalogue would not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRow {
    /// The step as it is.
    pub card: FilingCard,
    /// What the clock says, in Chinese.
    pub why: String,
}

/// What a change does to one bureau's steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BureauMoves {
    /// The bureau.
    pub bureau: BureauId,
    /// Its name.
    pub name: String,
    /// How many of its steps meet each effect, in the order of [`Effect::ALL`].
    pub effects: [u64; 7],
}

impl BureauMoves {
    /// How many meet that effect.
    pub fn of(&self, effect: Effect) -> u64 {
        let at = Effect::ALL.iter().position(|one| *one == effect);
        at.and_then(|at| self.effects.get(at)).copied().unwrap_or(0)
    }
}

/// All that a change does, counted, and one page of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moves {
    /// Steps that were reckoned again.
    pub looked: u64,
    /// Steps for which something that is stored would be another.
    pub moved: u64,
    /// Steps whose ledger would not be allowed; they stay as they are.
    pub refused: u64,
    /// Steps that the changed catalogue no longer has.
    pub left_out: u64,
    /// How many meet each effect, in the order of [`Effect::ALL`].
    pub effects: [u64; 7],
    /// How many lamps of today change, from what to what.
    pub lamps: Vec<(Lamp, Lamp, u64)>,
    /// Open cases of supervision that were opened for a due date which would no longer hold.
    pub cases: u64,
    /// By bureau, in the order of the bureaus; only those with something.
    pub by_bureau: Vec<BureauMoves>,
    /// The page's rows, the gravest first.
    pub rows: Vec<MovedRow>,
    /// The first of those that are refused.
    pub refused_rows: Vec<RefusedRow>,
    /// The page, from 1.
    pub page: u32,
    /// How many pages there are.
    pub pages: u32,
}

impl Moves {
    /// How many meet that effect.
    pub fn of(&self, effect: Effect) -> u64 {
        let at = Effect::ALL.iter().position(|one| *one == effect);
        at.and_then(|at| self.effects.get(at)).copied().unwrap_or(0)
    }
}
