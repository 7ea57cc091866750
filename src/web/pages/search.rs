//! Search.

use rocket::{Route, State, get, routes};

use crate::office::OfficeError;
use crate::office::model::search::SearchKind;
use crate::web::WebState;
use crate::web::answer::Answer;
use crate::web::guard::Viewer;
use crate::web::problem::{Failure, Outcome};

#[get("/search?<q>&<kind>")]
async fn search(
    who: Viewer<'_>,
    state: &State<WebState>,
    q: Option<&str>,
    kind: Option<&str>,
) -> Outcome {
    let wrong = |words: String| Failure::Query(words);
    let typed = q.unwrap_or_default().trim();
    let kind = kind
        .filter(|kind| !kind.is_empty())
        .map(|kind| {
            SearchKind::from_code(kind).ok_or_else(|| {
                wrong("kind 应为 projects、steps、documents 或 messages。".to_owned())
            })
        })
        .transpose()?;
    let found = match state.office.search(&who.actor, typed, kind, who.at).await {
        Err(OfficeError::Invalid(faults)) => {
            let words = faults.into_iter().map(|fault| fault.message);
            return Err(wrong(words.collect::<Vec<_>>().join("；")));
        }
        other => other?,
    };
    let html = state.view.search(&who.shell(), typed, kind, &found)?;
    Ok(Answer::page(html))
}

pub(super) fn routes() -> Vec<Route> {
    routes![search]
}
