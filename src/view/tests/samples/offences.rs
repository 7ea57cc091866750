//! Offences against power facilities, one in each state.

use super::at;
use crate::office::model::Page;
use crate::office::model::offences::{
    OffenceActs, OffenceCard, OffenceFormPage, OffenceLine, OffenceList, OffencePage,
    OffencePicture, OffenceProject, OffencesHere,
};
use crate::office::{OffenceFileId, OffenceId, ProjectId};
use crate::statute::calendar::date;
use crate::statute::division::County;
use crate::statute::offence::{Entry, OffenceKind, Outcome, State};
use crate::statute::plan::{BureauKind, Plan};

fn card(id: i64, kind: OffenceKind, state: State) -> OffenceCard {
    OffenceCard {
        id: OffenceId(id),
        kind,
        county: County::BenxiCounty,
        place: "小市镇城沟村八组66千伏本小线23号至24号塔之间通道内".to_owned(),
        found_at: at("2026-11-20T06:30:00Z"),
        reported_on: date(2026, 11, 20),
        bureau_name: "本溪满族自治县公安局".to_owned(),
        state,
        last_on: date(2026, 11, 21),
    }
}

fn cards() -> Vec<OffenceCard> {
    State::ALL
        .into_iter()
        .zip(OffenceKind::ALL.into_iter().cycle())
        .zip(1..)
        .map(|((state, kind), id)| card(id, kind, state))
        .collect()
}

pub(in crate::view::tests) fn offence_list() -> OffenceList {
    OffenceList {
        page: Page {
            rows: cards(),
            total: 71,
            next: Some("1".to_owned()),
        },
        counts: State::ALL.into_iter().zip([1, 2, 30, 38]).collect(),
        may_report: true,
    }
}

pub(in crate::view::tests) fn offences_here() -> OffencesHere {
    OffencesHere {
        rows: cards(),
        total: 12,
        may_report: true,
    }
}

pub(in crate::view::tests) fn offence_form() -> OffenceFormPage {
    OffenceFormPage {
        rules: Plan::built_in().offences.clone(),
        projects: vec![(ProjectId(1), "桥北220千伏输变电工程".to_owned())],
    }
}

/// A page with every kind of entry, for somebody who may do everything.
pub(in crate::view::tests) fn offence_page() -> OffencePage {
    let line = |what| OffenceLine {
        on: date(2026, 11, 21),
        what,
        bureau_name: "本溪满族自治县公安局".to_owned(),
        person_name: "陈警官".to_owned(),
        at: at("2026-11-21T01:30:00Z"),
    };
    let kind = OffenceKind::FacilityTheft;
    OffencePage {
        card: card(7, kind, State::Received),
        words: "塔材被盗三根,\n螺栓散落。".to_owned(),
        large_works: true,
        person_name: "王海".to_owned(),
        project: Some(OffenceProject {
            id: ProjectId(1),
            name: "桥北220千伏输变电工程".to_owned(),
            open: false,
        }),
        rule: Plan::built_in().offence(kind).cloned(),
        seen_by: vec!["本溪满族自治县公安局".to_owned(), "本溪市公安局".to_owned()],
        entries: vec![
            line(Entry::Reported),
            line(Entry::Transferred {
                to: BureauKind::Police,
                reason: "涉嫌盗窃".to_owned(),
            }),
            line(Entry::Received),
            line(Entry::Progress {
                words: "已勘验现场".to_owned(),
            }),
            line(Entry::Closed {
                outcome: Outcome::ToJustice,
                words: "已移送起诉".to_owned(),
            }),
        ],
        pictures: vec![OffencePicture {
            id: OffenceFileId(3),
            name: "现场.jpg".to_owned(),
            bytes: 3_000_000,
            sha256: "9f86d081884c7d659a2feaa0c55ad015".to_owned(),
            person_name: "王海".to_owned(),
            at: at("2026-11-20T06:40:00Z"),
        }],
        acts: OffenceActs {
            receive: false,
            handle: true,
            transfer: vec![BureauKind::Forestry, BureauKind::Housing],
            picture: Some(50 << 20),
        },
    }
}
