//! A notice of 2027 that is looked at, and a supposition, on Monday 2026-11-23.

use super::{at, bureaus, cards, today};
use crate::office::model::moves::{BureauMoves, MovedRow, Moves, RefusedRow};
use crate::office::model::notices::{NoticeEntered, NoticeForm, NoticePreview, YearNotices};
use crate::office::model::whatif::{LastYear, Spans, StepChoice, WhatIf};
use crate::office::{BureauId, CaseId, ProjectId};
use crate::statute::calendar::announce::{Announced, Changes};
use crate::statute::calendar::notice::NoticeDay;
use crate::statute::calendar::{Calendar, DayKind, date};
use crate::statute::clock::{Lamp, Status, Turning};
use crate::statute::plan::StepId;
use crate::statute::whatif::{Effect, shift};

/// A running step due on the 24th or, under the change, before today.
fn running(due: (u32, u32), provisional: bool) -> Turning {
    let due = date(2026, due.0, due.1);
    Turning {
        status: Some(Status::Running),
        accepted_on: Some(date(2026, 11, 12)),
        starts_on: Some(date(2026, 11, 12)),
        yellow_on: Some(date(2026, 11, 20)),
        due_on: Some(due),
        red_on: due.succ_opt(),
        provisional,
        ..Turning::default()
    }
}

pub(in crate::view::tests) fn moves() -> Moves {
    let calendars = (Calendar::official(), Calendar::official());
    let told = |before: &Turning, after: &Turning| {
        shift(before, after, today(), calendars).expect("a change")
    };
    let later = Turning {
        yellow_on: Some(date(2026, 11, 25)),
        ..running((11, 30), true)
    };
    let shifts = [
        told(&running((11, 24), false), &running((11, 20), false)),
        told(&running((11, 20), false), &later),
        told(&running((11, 24), true), &running((11, 24), false)),
    ];
    let rows = cards()
        .into_iter()
        .zip(shifts)
        .map(|(card, shift)| MovedRow {
            case: (shift.effect == Effect::LeavesRed).then_some((CaseId(9), shift.before.due_on)),
            card,
            shift,
        })
        .collect();
    let effects = [1, 0, 1, 0, 0, 0, 58];
    Moves {
        looked: 71,
        moved: 60,
        refused: 1,
        left_out: 0,
        effects,
        lamps: vec![(Lamp::Yellow, Lamp::Red, 1), (Lamp::Red, Lamp::Green, 1)],
        cases: 1,
        by_bureau: bureaus()
            .into_iter()
            .take(1)
            .map(|bureau| BureauMoves {
                bureau: bureau.id,
                name: bureau.name,
                effects,
            })
            .collect(),
        rows,
        refused_rows: cards()
            .into_iter()
            .take(1)
            .map(|card| RefusedRow {
                card,
                why: "没有待答复的申请,不能要求补正".to_owned(),
            })
            .collect(),
        page: 1,
        pages: 2,
    }
}

pub(in crate::view::tests) fn notice_form() -> NoticeForm {
    NoticeForm {
        years: vec![(2028, false), (2027, false), (2026, true)],
        lines: String::new(),
    }
}

pub(in crate::view::tests) fn notice_preview(corrects: &[&str]) -> NoticePreview {
    let day = |on, makeup, name: &str| NoticeDay {
        on,
        makeup,
        name: name.to_owned(),
    };
    NoticePreview {
        announced: Announced {
            year: 2027,
            days: vec![
                day(date(2027, 1, 1), false, "元旦"),
                day(date(2027, 2, 20), true, "春节"),
            ],
        },
        changes: Changes {
            days: vec![(date(2027, 2, 20), DayKind::Weekend, DayKind::Makeup)],
            firm: vec![2027],
            span: Some((date(2027, 1, 1), date(2027, 12, 31))),
        },
        corrects: corrects.iter().map(|one| (*one).to_owned()).collect(),
        seen: "a1b2c3".to_owned(),
        moves: moves(),
    }
}

pub(in crate::view::tests) fn year_notices() -> YearNotices {
    let entered = |version, reason: Option<&str>, done| NoticeEntered {
        version,
        source: "国办发明电〔2026〕9号（2026年11月5日发布） https://www.gov.cn/".to_owned(),
        url: Some("https://www.gov.cn/".to_owned()),
        reason: reason.map(str::to_owned),
        by: "王督查".to_owned(),
        at: at("2026-11-20T01:30:00Z"),
        days: 39,
        text: "一、元旦：1月1日放假。\n二、春节：<略>".to_owned(),
        looked: 71,
        moved: 60,
        refused: 0,
        done,
    };
    YearNotices {
        entered: vec![
            entered(2, Some("国务院办公厅发布了第二份通知"), false),
            entered(1, None, true),
        ],
        disputed: true,
        may_enter: true,
    }
}

pub(in crate::view::tests) fn step_choices() -> Vec<StepChoice> {
    let step = |id: &str, name: &str, limit, waits: &[(&str, &str)]| StepChoice {
        id: StepId::from(id),
        name: name.to_owned(),
        limit,
        waits_for: waits
            .iter()
            .map(|(id, name)| (StepId::from(*id), (*name).to_owned()))
            .collect(),
    };
    vec![
        step("site-selection", "规划选址意见", Some(7), &[]),
        step(
            "planning-permit",
            "建设工程规划许可证",
            Some(7),
            &[("site-selection", "规划选址意见")],
        ),
        step("green", "青山保护部分", None, &[]),
    ]
}

pub(in crate::view::tests) fn what_if() -> WhatIf {
    WhatIf {
        said: "“规划选址意见”的时限由7个工作日改为5个工作日".to_owned(),
        moves: moves(),
        last_year: vec![
            LastYear {
                bureau: None,
                name: "全市".to_owned(),
                decided: 120,
                on_time: 111,
                then: 84,
            },
            LastYear {
                bureau: Some(BureauId(1)),
                name: "本溪市自然资源局".to_owned(),
                decided: 0,
                on_time: 0,
                then: 0,
            },
        ],
        since: date(2025, 11, 23),
        spans: Spans {
            projects: 40,
            shorter: 31,
            longer: 0,
            saved: 62,
            most: vec![(ProjectId(1), "桥北220千伏输变电工程".to_owned(), 2)],
        },
        fileable: Some((2, cards().into_iter().take(2).collect())),
    }
}
