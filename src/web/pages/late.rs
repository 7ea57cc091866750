//! Entries that were typed late (补录).

use rocket::{Route, State, get, routes};

use crate::office::model::late::{LateQuery, Month};
use crate::office::{BureauId, OfficeError};
use crate::web::answer::Answer;
use crate::web::guard::Viewer;
use crate::web::problem::{Failure, Outcome};
use crate::web::{WebState, param};

#[get("/late-entries?<bureau>&<month>&<after>")]
async fn late_entries(
    who: Viewer<'_>,
    state: &State<WebState>,
    bureau: Option<&str>,
    month: Option<&str>,
    after: Option<&str>,
) -> Outcome {
    let wrong = |words: &str| Failure::Query(words.to_owned());
    let given = |text: Option<&str>| text.and_then(param::words);
    let query = LateQuery {
        bureau: given(bureau)
            .map(|text| {
                let row = param::row(&text).map(BureauId);
                row.ok_or_else(|| wrong("bureau 应为部门的编号。"))
            })
            .transpose()?,
        month: given(month)
            .map(|text| Month::read(&text).ok_or_else(|| wrong("month 应为年月，如 2026-11。")))
            .transpose()?,
        after: given(after),
    };
    let found = match state.office.late_entries(&who.actor, &query).await {
        Err(OfficeError::Invalid(faults)) => {
            let words = faults.into_iter().map(|fault| fault.message);
            return Err(wrong(&words.collect::<Vec<_>>().join("；")));
        }
        other => other?,
    };
    let html = state.view.late_entries(&who.shell(), &query, &found)?;
    Ok(Answer::page(html))
}

pub(super) fn routes() -> Vec<Route> {
    routes![late_entries]
}
