//! Supervision as the page of a step shows it.

use super::super::actor::permit;
use super::super::model::supervision::{
    CaseHere, CaseLine, RungLine, SupervisionAct, SupervisionHere,
};
use super::super::{Actor, Moment, OfficeError};
use super::{act_of, serial, supervises};
use crate::statute::calendar::Calendar;
use crate::statute::clock::Status;
use crate::statute::supervision::case::{Standing, admit};
use crate::statute::supervision::{CaseAct, CaseState, Ladder};
use crate::store::record::Filing;
use crate::store::{CaseId, Reader, RungTold};

/// What `actor` is shown of the supervision of `filing`; `None`: nothing of it.
pub(in crate::office) async fn supervision_here(
    reader: &Reader,
    actor: &Actor,
    filing: &Filing,
    at: Moment,
    calendar: &Calendar,
) -> Result<Option<SupervisionHere>, OfficeError> {
    if !supervises(actor, filing.bureau) || filing.seq == 0 {
        return Ok(None);
    }
    let rungs = reader.rungs_told(filing.id).await?;
    let cases = reader.cases_of(filing.id).await?;
    let ids: Vec<CaseId> = cases.iter().map(|case| case.id).collect();
    let entries = reader.case_entries(&ids).await?;
    let notices = reader.notices_of(&ids).await?;
    let open = cases.iter().find(|case| case.closed_on.is_none());
    let state = open.map(|case| case.state);
    let status = filing.turning.glance(at.today, calendar).status;
    let cases = cases
        .iter()
        .map(|case| CaseHere {
            id: case.id,
            state: case.state,
            opened_on: case.opened_on,
            entries: entries
                .iter()
                .filter(|entry| entry.case == case.id)
                .map(|entry| CaseLine {
                    act: entry.act.clone(),
                    on: entry.on,
                    who: entry.person_name.clone(),
                    automatic: entry.person.is_none(),
                    at: entry.at,
                    notice: notices
                        .iter()
                        .find(|one| one.case == entry.case && one.seq == entry.seq)
                        .map(|one| (one.id, serial(one.year, one.number))),
                })
                .collect(),
        })
        .collect();
    Ok(Some(SupervisionHere {
        rungs: rungs.into_iter().map(line).collect(),
        cases,
        may: may(actor, filing, state, status, at),
    }))
}

fn line(told: RungTold) -> RungLine {
    let rung = Ladder::built_in().rung(&told.rung);
    RungLine {
        name: rung.map_or(told.rung, |rung| rung.name.clone()),
        on: told.on,
        refers_to: told.refers_to,
        told: told.told,
        at: told.at,
        source: rung.map(|rung| rung.source.clone()),
    }
}

/// What this person may do now, by role and by the case's life.
fn may(
    actor: &Actor,
    filing: &Filing,
    state: Option<CaseState>,
    status: Status,
    at: Moment,
) -> Vec<SupervisionAct> {
    let standing = Standing {
        today: at.today,
        decided: status.is_decided(),
    };
    SupervisionAct::ALL
        .into_iter()
        .filter(|act| permit(actor, act_of(*act, filing.bureau)).is_ok())
        .filter(|act| admit(state, &sample(*act, at), standing).is_ok())
        .collect()
}

/// An act of that kind whose figures no rule refuses.
fn sample(act: SupervisionAct, at: Moment) -> CaseAct {
    let words = String::new();
    match act {
        SupervisionAct::Open => CaseAct::Opened { words },
        SupervisionAct::Notice => CaseAct::NoticeIssued {
            requirement: words,
            answer_by: at.today,
            responsible: String::new(),
            ledger: 0,
        },
        SupervisionAct::Answer => CaseAct::Answered {
            cause: String::new(),
            promised_on: at.today,
            words,
        },
        SupervisionAct::Accept => CaseAct::Accepted { words },
        SupervisionAct::SendBack => CaseAct::SentBack { words },
        SupervisionAct::Close => CaseAct::Closed { words },
    }
}
