//! The board of what is late, or soon will be.

use rocket::{Route, State, get, routes};

use crate::office::{BoardKind, BoardQuery, BureauId, OfficeError};
use crate::web::answer::Answer;
use crate::web::guard::Viewer;
use crate::web::problem::{Failure, Outcome};
use crate::web::{WebState, param};

#[get("/board?<kind>&<bureau>&<after>")]
async fn board(
    who: Viewer<'_>,
    state: &State<WebState>,
    kind: Option<&str>,
    bureau: Option<&str>,
    after: Option<&str>,
) -> Outcome {
    let query = BoardQuery {
        kind: match kind {
            None | Some("" | "overdue") => BoardKind::Overdue,
            Some("near-due") => BoardKind::NearDue,
            Some(_) => return Err(query("kind 应为 overdue（超期）或 near-due（临期）。")),
        },
        bureau: match bureau {
            None | Some("") => None,
            Some(text) => Some(
                param::row(text)
                    .map(BureauId)
                    .ok_or_else(|| query("bureau 应为部门的编号。"))?,
            ),
        },
        after: after.and_then(param::words),
    };
    let board = match state.office.board(&who.actor, &query, who.at).await {
        Err(OfficeError::Invalid(faults)) => {
            let words = faults.into_iter().map(|fault| fault.message);
            return Err(self::query(&words.collect::<Vec<_>>().join("；")));
        }
        other => other?,
    };
    Ok(Answer::page(state.view.board(
        &who.shell(),
        &query,
        &board,
    )?))
}

fn query(expected: &str) -> Failure {
    Failure::Query(expected.to_owned())
}

pub(super) fn routes() -> Vec<Route> {
    routes![board]
}
