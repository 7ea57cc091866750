//! Supervision and an inbox, on Monday 2026-11-23.

use super::{at, bureaus, of_lamp, today};
use crate::office::model::Page;
use crate::office::model::paper::Paper;
use crate::office::model::supervision::{
    CaseCounts, CaseHere, CaseLine, CaseRow, Inbox, MessageLine, NoticePage, RungLine,
    SupervisionAct, SupervisionHere, SupervisionList,
};
use crate::office::{CaseId, FilingId, MessageId, NoticeId};
use crate::statute::calendar::date;
use crate::statute::clock::Lamp;
use crate::statute::supervision::{CaseAct, CaseState, Ladder};

fn line(act: CaseAct, day: u32, who: &str) -> CaseLine {
    CaseLine {
        notice: match act {
            CaseAct::NoticeIssued { .. } => Some((
                NoticeId(3),
                "本溪市人民政府办公室督办〔2026〕第3号".to_owned(),
            )),
            _ => None,
        },
        automatic: matches!(act, CaseAct::Opened { .. }),
        act,
        on: date(2026, 11, day),
        who: who.to_owned(),
        at: at("2026-11-18T01:30:00Z"),
    }
}

/// A case whose answer was sent back, and what was told before it.
pub(in crate::view::tests) fn supervision_here(may: &[SupervisionAct]) -> SupervisionHere {
    let ladder = Ladder::built_in();
    let rung = |id: &str, day| {
        let rung = ladder.rung(id).expect("a rung");
        RungLine {
            name: rung.name.clone(),
            on: date(2026, 11, day),
            refers_to: date(2026, 11, 13),
            told: "经办人：李敏；部门负责人：赵局<长>".to_owned(),
            at: at("2026-11-18T01:30:00Z"),
            source: Some(rung.source.clone()),
        }
    };
    let words = || "请补充说明。".to_owned();
    let entries = vec![
        line(CaseAct::Opened { words: words() }, 16, "系统按督办规则"),
        line(
            CaseAct::NoticeIssued {
                requirement: "请说明超期原因。".to_owned(),
                answer_by: date(2026, 11, 20),
                responsible: "赵局长".to_owned(),
                ledger: 2,
            },
            17,
            "王督查",
        ),
        line(
            CaseAct::Answered {
                cause: "现场复核用时较长。".to_owned(),
                promised_on: date(2026, 11, 27),
                words: "专人办理。".to_owned(),
            },
            18,
            "李敏",
        ),
        line(CaseAct::SentBack { words: words() }, 19, "王督查"),
    ];
    SupervisionHere {
        rungs: vec![rung("warning", 12), rung("overdue", 14), rung("notice", 16)],
        cases: vec![CaseHere {
            id: CaseId(5),
            state: CaseState::SentBack,
            opened_on: date(2026, 11, 16),
            entries,
        }],
        may: may.to_vec(),
    }
}

pub(in crate::view::tests) fn supervision_list() -> SupervisionList {
    let states = [CaseState::Noticed, CaseState::Accepted, CaseState::Closed];
    let rows: Vec<CaseRow> = of_lamp(Lamp::Red)
        .into_iter()
        .cycle()
        .zip(states)
        .zip(1..)
        .map(|((card, state), id)| CaseRow {
            id: CaseId(id),
            state,
            opened_on: date(2026, 11, 2),
            closed_on: (state == CaseState::Closed).then(today),
            answer_by: (state == CaseState::Noticed).then_some(date(2026, 11, 20)),
            promised_on: (state == CaseState::Accepted).then_some(date(2026, 11, 19)),
            card,
        })
        .collect();
    let first = bureaus().into_iter().next().expect("a bureau");
    SupervisionList {
        page: Page {
            rows,
            total: 71,
            next: Some("0:2026-11-02:77".to_owned()),
        },
        counts: CaseCounts(vec![
            (CaseState::Noticed, 40),
            (CaseState::Accepted, 11),
            (CaseState::Closed, 20),
        ]),
        bureaus: vec![(first, 51)],
    }
}

pub(in crate::view::tests) fn notice() -> NoticePage {
    let field = |name: &str, content: &str| (name.to_owned(), content.to_owned());
    NoticePage {
        id: NoticeId(3),
        filing: FilingId(101),
        paper: Paper {
            title: "督办通知单".to_owned(),
            serial: "本溪市人民政府办公室督办〔2026〕第3号".to_owned(),
            to: "本溪市自然资源局：".to_owned(),
            body: vec!["现予督办。".to_owned()],
            items: Vec::new(),
            after: vec!["请在上述时限内书面答复。".to_owned()],
            fields: vec![
                field("编号", "本溪市人民政府办公室督办〔2026〕第3号"),
                field("责任人", "赵局长"),
            ],
            signed: "本溪市人民政府办公室".to_owned(),
            dated: "2026年11月17日".to_owned(),
            code: "7K3M-9QXT-00AB-CDEF".to_owned(),
        },
    }
}

pub(in crate::view::tests) fn inbox() -> Inbox {
    let message = |id: i64, fresh| MessageLine {
        id: MessageId(id),
        subject: format!("超期提示：选址意见书 · 桥北220千伏输变电工程<{id}>"),
        body: "应于2026年11月13日办结，现已超期。".to_owned(),
        belongs_on: date(2026, 11, 14),
        at: at("2026-11-14T01:30:00Z"),
        fresh,
    };
    Inbox {
        page: Page {
            rows: vec![message(9, true), message(8, false)],
            total: 31,
            next: Some("8".to_owned()),
        },
        fresh: 1,
    }
}
