//! A step and a project as lists show them.

use chrono::NaiveDate;
use serde::Serialize;

use super::date::Day;
use super::words;
use crate::office::Bureau;
use crate::office::model::{BureauCount, FilingCard, ProjectCard};
use crate::statute::clock::{self, Glance, Status};
use crate::statute::division::County;
use crate::statute::plan::facts::Volts;

/// A lamp: shape and word beside the colour.
#[derive(Debug, Serialize)]
pub(super) struct Lamp {
    code: &'static str,
    shape: &'static str,
    word: &'static str,
}

impl Lamp {
    pub(super) fn of(lamp: clock::Lamp) -> Lamp {
        Lamp {
            code: lamp.code(),
            shape: words::lamp_shape(lamp),
            word: words::lamp(lamp),
        }
    }
}

/// One step of one project.
#[derive(Debug, Serialize)]
pub(super) struct Card {
    pub(super) id: i64,
    pub(super) project: i64,
    pub(super) project_name: String,
    pub(super) name: String,
    pub(super) clause: u32,
    pub(super) county: Option<&'static str>,
    pub(super) bureau: String,
    pub(super) submitted: Option<Day>,
    pub(super) answer_by: Option<Day>,
    pub(super) answer_when: Option<&'static str>,
    pub(super) lamp: Lamp,
    pub(super) status: &'static str,
    pub(super) due: Option<Day>,
    pub(super) when: Option<String>,
    pub(super) passed: Option<&'static str>,
    pub(super) provisional: bool,
    pub(super) deemed: bool,
}

impl Card {
    pub(super) fn of(card: &FilingCard, today: NaiveDate) -> Card {
        let glance = &card.glance;
        Card {
            id: card.id.0,
            project: card.project.0,
            project_name: card.project_name.clone(),
            name: card.step_name.clone(),
            clause: card.clause,
            county: card.county.map(County::name),
            bureau: card.bureau_name.clone(),
            submitted: card.submitted_on.map(Day::of),
            answer_by: card.answer_by.map(Day::of),
            answer_when: card.answer_by.and_then(|by| answer_when(by, today)),
            lamp: Lamp::of(glance.lamp),
            status: words::status(glance.status),
            due: glance.due_on.map(Day::of),
            when: when(glance, today),
            passed: passed(glance.lamp, glance.law_passed),
            provisional: glance.provisional,
            deemed: glance.deemed_accepted,
        }
    }

    pub(super) fn all(cards: &[FilingCard], today: NaiveDate) -> Vec<Card> {
        cards.iter().map(|card| Card::of(card, today)).collect()
    }
}

fn answer_when(by: NaiveDate, today: NaiveDate) -> Option<&'static str> {
    if by == today {
        Some("今日为最后一日")
    } else if by < today {
        Some("已过五日")
    } else {
        None
    }
}

/// Which limit is passed, told apart; nothing where none is.
pub(super) fn passed(lamp: clock::Lamp, law_passed: bool) -> Option<&'static str> {
    match lamp {
        clock::Lamp::Red | clock::Lamp::Late if law_passed => Some("超法定时限"),
        clock::Lamp::Red | clock::Lamp::Late => Some("超方案时限"),
        clock::Lamp::Paused if law_passed => Some("中止前已超法定时限"),
        _ => None,
    }
}

/// How near the due date is, in words. The due day itself is still in time.
pub(super) fn when(glance: &Glance, today: NaiveDate) -> Option<String> {
    match glance.lamp {
        clock::Lamp::Red if glance.overdue_by == 0 => Some("已过到期日，尚无新的工作日".to_owned()),
        clock::Lamp::Red => Some(format!("超期{}个工作日", glance.overdue_by)),
        clock::Lamp::Green | clock::Lamp::Yellow if glance.due_on == Some(today) => {
            Some("今日到期".to_owned())
        }
        clock::Lamp::Green | clock::Lamp::Yellow => {
            glance.left.map(|left| format!("还剩{left}个工作日"))
        }
        clock::Lamp::Paused if glance.overdue_by > 0 => {
            Some(format!("中止前已超期{}个工作日", glance.overdue_by))
        }
        clock::Lamp::Paused => glance.left.map(|left| format!("恢复后还有{left}个工作日")),
        clock::Lamp::Late => Some(format!("逾期{}个工作日", glance.overdue_by)),
        clock::Lamp::None if glance.status == Status::Correcting => {
            Some("等待申请人补正".to_owned())
        }
        clock::Lamp::None | clock::Lamp::Untimed | clock::Lamp::Done => None,
    }
}

/// One project in a list.
#[derive(Debug, Serialize)]
pub(super) struct Project {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) code: Option<String>,
    pub(super) voltage: String,
    pub(super) counties: String,
    pub(super) created: Day,
    pub(super) steps: u32,
    pub(super) decided: u32,
    pub(super) overdue: u32,
    pub(super) near_due: u32,
    pub(super) suspended: u32,
    /// The filled part of a progress bar 100 units long.
    pub(super) progress: u32,
}

impl Project {
    pub(super) fn of(card: &ProjectCard) -> Project {
        Project {
            id: card.id.0,
            name: card.name.clone(),
            code: card.code.clone(),
            voltage: words::voltage(Volts(card.volts)),
            counties: counties(&card.counties),
            created: Day::of(card.created_on),
            steps: card.steps,
            decided: card.decided,
            overdue: card.overdue,
            near_due: card.near_due,
            suspended: card.suspended,
            progress: (card.decided * 100).checked_div(card.steps).unwrap_or(0),
        }
    }
}

/// Counties in words.
pub fn counties(counties: &[County]) -> String {
    counties
        .iter()
        .map(|county| county.name())
        .collect::<Vec<_>>()
        .join("、")
}

/// A part of a small bar.
#[derive(Debug, Serialize)]
pub(super) struct Piece {
    code: &'static str,
    x: u64,
    width: u64,
}

/// One bureau's counts with a small bar.
#[derive(Debug, Serialize)]
pub(super) struct Count {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) overdue: u64,
    pub(super) law_overdue: u64,
    pub(super) near_due: u64,
    pub(super) in_time: u64,
    pub(super) suspended: u64,
    pub(super) waiting: u64,
    pub(super) untimed: u64,
    pub(super) awaiting: u64,
    pub(super) correcting: u64,
    pub(super) open: u64,
    pub(super) bar: Vec<Piece>,
}

/// The length of the longest bar.
const BAR: u64 = 140;

/// Rows of counts; bars share one scale.
pub(super) fn counts(rows: &[BureauCount]) -> Vec<Count> {
    let most = rows.iter().map(open).max().unwrap_or(0).max(1);
    rows.iter().map(|row| count(row, most)).collect()
}

/// One bureau's counts; the bar is full.
pub(super) fn count_alone(row: &BureauCount) -> Count {
    count(row, open(row).max(1))
}

fn open(row: &BureauCount) -> u64 {
    row.overdue
        + row.near_due
        + row.in_time
        + row.suspended
        + row.waiting
        + row.untimed
        + row.awaiting
        + row.correcting
}

fn count(row: &BureauCount, most: u64) -> Count {
    let pieces = [
        ("red", row.overdue),
        ("yellow", row.near_due),
        ("green", row.in_time),
        ("paused", row.suspended),
        (
            "none",
            row.waiting + row.untimed + row.awaiting + row.correcting,
        ),
    ];
    let mut before = 0;
    let mut bar = Vec::new();
    for (code, number) in pieces {
        let x = before * BAR / most;
        before += number;
        let width = before * BAR / most - x;
        if width > 0 {
            bar.push(Piece { code, x, width });
        }
    }
    let Bureau { id, name, .. } = &row.bureau;
    Count {
        id: id.0,
        name: name.clone(),
        overdue: row.overdue,
        law_overdue: row.law_overdue,
        near_due: row.near_due,
        in_time: row.in_time,
        suspended: row.suspended,
        waiting: row.waiting,
        untimed: row.untimed,
        awaiting: row.awaiting,
        correcting: row.correcting,
        open: open(row),
        bar,
    }
}
