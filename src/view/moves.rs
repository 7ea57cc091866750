//! What a change of calendar or catalogue moves, as the pages of notices and suppositions show it.

use chrono::NaiveDate;
use serde::Serialize;

use super::card::{self, Card, Lamp};
use super::date::Day;
use super::words;
use crate::office::model::moves::{MovedRow, Moves};
use crate::statute::clock::{Glance, Lamp as Lit, Turning};
use crate::statute::whatif::Effect;

/// A number with its word.
#[derive(Debug, Serialize)]
struct Tile {
    n: u64,
    word: &'static str,
    tone: &'static str,
}

/// A day of a step's clock, before and after.
#[derive(Debug, Serialize)]
struct Turned {
    word: &'static str,
    before: Option<Day>,
    after: Option<Day>,
}

/// One step that moves.
#[derive(Debug, Serialize)]
struct Row {
    card: Card,
    now: Lamp,
    then: Lamp,
    relit: bool,
    word: &'static str,
    tone: &'static str,
    due: Turned,
    due_moves: bool,
    when: Option<String>,
    when_then: Option<String>,
    others: Vec<Turned>,
    case: Option<i64>,
}

/// A step that is refused.
#[derive(Debug, Serialize)]
struct Refused {
    card: Card,
    why: String,
}

/// How many lamps change, from what to what.
#[derive(Debug, Serialize)]
struct Relit {
    now: Lamp,
    then: Lamp,
    n: u64,
}

/// One bureau's counts.
#[derive(Debug, Serialize)]
struct Bureau {
    name: String,
    counts: Vec<u64>,
    all: u64,
}

/// The part of the page.
#[derive(Debug, Serialize)]
pub(super) struct Part {
    looked: u64,
    moved: u64,
    tiles: Vec<Tile>,
    heads: Vec<&'static str>,
    lamps: Vec<Relit>,
    by_bureau: Vec<Bureau>,
    rows: Vec<Row>,
    refused: u64,
    refused_rows: Vec<Refused>,
    left_out: u64,
    cases: u64,
    page: u32,
    pages: u32,
}

fn word(effect: Effect) -> &'static str {
    match effect {
        Effect::TurnsRed => "今日转为超期",
        Effect::TurnsLate => "由按时变逾期",
        Effect::LeavesRed => "今日不再超期",
        Effect::LeavesLate => "由逾期变按时",
        Effect::Lamp => "今日灯色改变",
        Effect::Moves => "日期变动",
        Effect::Firm => "日期不变，转为确定",
    }
}

fn tone(effect: Effect) -> &'static str {
    match effect {
        Effect::TurnsRed | Effect::TurnsLate => "passed",
        Effect::LeavesRed | Effect::LeavesLate => "there",
        Effect::Lamp => "near",
        Effect::Moves | Effect::Firm => "plain",
    }
}

fn tile(effect: Effect) -> &'static str {
    match tone(effect) {
        "passed" => "tile-red",
        "there" => "tile-green",
        "near" => "tile-yellow",
        _ => "",
    }
}

/// The days that differ, the due date aside.
fn others(before: &Turning, after: &Turning) -> Vec<Turned> {
    let day_before = |day: Option<NaiveDate>| day.and_then(|day| day.pred_opt());
    let days = |turning: &Turning| {
        [
            ("临期日", turning.yellow_on),
            ("视为受理日", turning.deems_on),
            ("起算日", turning.starts_on),
            (
                "法定到期日",
                // After a decision it stands only where it was passed: its lack says nothing.
                day_before(turning.law_red_on).filter(|_| turning.decided_on.is_none()),
            ),
        ]
    };
    days(before)
        .into_iter()
        .zip(days(after))
        .filter(|((_, before), (_, after))| before != after)
        .map(|((word, before), (_, after))| Turned {
            word,
            before: before.map(Day::of),
            after: after.map(Day::of),
        })
        .collect()
}

fn row(row: &MovedRow, today: NaiveDate) -> Row {
    let shift = &row.shift;
    let day = |day: Option<NaiveDate>, provisional| {
        day.map(|day| Day {
            provisional,
            ..Day::of(day)
        })
    };
    // A decided step in time has no more to say of its limit than its lamp does.
    let said = |glance: &Glance| {
        let lit = matches!(glance.lamp, Lit::Done).then(|| words::lamp(glance.lamp).to_owned());
        card::when(glance, today).or(lit)
    };
    Row {
        card: Card::of(&row.card, today),
        now: Lamp::of(shift.now.lamp),
        then: Lamp::of(shift.then.lamp),
        relit: shift.now.lamp != shift.then.lamp,
        word: word(shift.effect),
        tone: tone(shift.effect),
        due_moves: shift.before.due_on != shift.after.due_on
            || shift.before.provisional != shift.after.provisional,
        due: Turned {
            word: "到期日",
            before: day(shift.before.due_on, shift.before.provisional),
            after: day(shift.after.due_on, shift.after.provisional),
        },
        when: said(&shift.now),
        when_then: said(&shift.then),
        others: others(&shift.before, &shift.after),
        case: row.case.map(|(case, _)| case.0),
    }
}

impl Part {
    pub(super) fn of(moves: &Moves, today: NaiveDate) -> Part {
        let shown = |effect: &&Effect| moves.of(**effect) > 0;
        let effects: Vec<&Effect> = Effect::ALL.iter().filter(shown).collect();
        Part {
            looked: moves.looked,
            moved: moves.moved,
            tiles: effects
                .iter()
                .map(|effect| Tile {
                    n: moves.of(**effect),
                    word: word(**effect),
                    tone: tile(**effect),
                })
                .collect(),
            heads: effects.iter().map(|effect| word(**effect)).collect(),
            lamps: moves
                .lamps
                .iter()
                .map(|(now, then, n)| Relit {
                    now: Lamp::of(*now),
                    then: Lamp::of(*then),
                    n: *n,
                })
                .collect(),
            by_bureau: moves
                .by_bureau
                .iter()
                .map(|bureau| Bureau {
                    name: bureau.name.clone(),
                    counts: effects.iter().map(|effect| bureau.of(**effect)).collect(),
                    all: bureau.effects.iter().sum(),
                })
                .collect(),
            rows: moves.rows.iter().map(|one| row(one, today)).collect(),
            refused: moves.refused,
            refused_rows: moves
                .refused_rows
                .iter()
                .map(|one| Refused {
                    card: Card::of(&one.card, today),
                    why: one.why.clone(),
                })
                .collect(),
            left_out: moves.left_out,
            cases: moves.cases,
            page: moves.page,
            pages: moves.pages,
        }
    }
}

/// A day's kind before and after.
#[derive(Debug, Serialize)]
pub(super) struct ChangedDay {
    on: Day,
    before: &'static str,
    after: &'static str,
    works: bool,
}

impl ChangedDay {
    pub(super) fn of(
        (on, before, after): &(
            NaiveDate,
            crate::statute::calendar::DayKind,
            crate::statute::calendar::DayKind,
        ),
    ) -> ChangedDay {
        ChangedDay {
            on: Day::of(*on),
            before: words::day_kind(*before),
            after: words::day_kind(*after),
            works: after.is_working(),
        }
    }
}
