//! The monthly report (月报): on a page, on paper, as a workbook.

use rocket::{Route, State, get, routes};

use super::register::Workbook;
use crate::documents::{self, FormatError};
use crate::office::OfficeError;
use crate::office::model::late::Month;
use crate::office::model::monthly::Monthly;
use crate::web::answer::Answer;
use crate::web::guard::{Session, Supervised};
use crate::web::problem::{Failure, Outcome};
use crate::web::{WebState, param};

async fn found(who: &Session, state: &WebState, month: Option<&str>) -> Result<Monthly, Failure> {
    let month = match month.and_then(param::words) {
        None => Month::of(who.at.today),
        Some(text) => {
            let wrong = || Failure::Query("month 应为年月，如 2026-11。".to_owned());
            Month::read(&text).ok_or_else(wrong)?
        }
    };
    match state.office.monthly(&who.actor, month, who.at).await {
        Err(OfficeError::Invalid(faults)) => {
            let words: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
            Err(Failure::Query(words.join("；")))
        }
        other => Ok(other?),
    }
}

#[get("/monthly?<month>")]
async fn page(who: Supervised<'_>, state: &State<WebState>, month: Option<&str>) -> Outcome {
    let report = found(&who, state, month).await?;
    let title = documents::monthly::title(&report);
    let covers = documents::monthly::covers(&report);
    let html = state.view.monthly(
        &who.shell(),
        &report,
        (&title, &covers),
        &documents::monthly::tables(&report),
        &documents::monthly::reading(&report),
    )?;
    Ok(Answer::page(html))
}

#[get("/monthly/xlsx?<month>")]
async fn xlsx(
    who: Supervised<'_>,
    state: &State<WebState>,
    month: Option<&str>,
) -> Result<Workbook, Failure> {
    let report = found(&who, state, month).await?;
    let name = format!("月报-{}", report.month);
    // Not on the threads that serve requests.
    let packed = rocket::tokio::task::spawn_blocking(move || -> Result<Vec<u8>, FormatError> {
        documents::monthly::monthly(&report)
    });
    let bytes = packed
        .await
        .map_err(|error| OfficeError::Store(format!("the workbook: {error}")))??;
    Ok(Workbook { name, bytes })
}

pub(super) fn routes() -> Vec<Route> {
    routes![page, xlsx]
}
