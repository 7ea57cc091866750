//! What the program reckons by: the plan's catalogue and the calendar.

use chrono::Datelike;
use rocket::{Route, State, get, routes};

use crate::web::WebState;
use crate::web::answer::Answer;
use crate::web::guard::Viewer;
use crate::web::problem::{Failure, Outcome};

#[get("/catalogue")]
fn catalogue(who: Viewer<'_>, state: &State<WebState>) -> Outcome {
    let html = state.view.catalogue(&who.shell(), state.office.plan())?;
    Ok(Answer::page(html))
}

#[get("/calendar?<year>")]
async fn calendar(who: Viewer<'_>, state: &State<WebState>, year: Option<&str>) -> Outcome {
    let calendar = state.office.calendar();
    let years = calendar.years();
    let year = match year {
        None | Some("") => who.at.today.year(),
        Some(text) => text
            .parse()
            .map_err(|_| Failure::Query("year 应为年份，如 2026。".to_owned()))?,
    };
    if !years.iter().any(|notice| notice.year == year) {
        let said = match (years.first(), years.last()) {
            (Some(first), Some(last)) => {
                format!(
                    "没有 {year} 年的日历，现有 {} 至 {} 年。",
                    first.year, last.year
                )
            }
            _ => format!("没有 {year} 年的日历。"),
        };
        return Err(Failure::Query(said));
    }
    let notices = state.office.year_notices(&who.actor, year).await?;
    let html = state
        .view
        .calendar(&who.shell(), (&calendar, year), &notices)?;
    Ok(Answer::page(html))
}

pub(super) fn routes() -> Vec<Route> {
    routes![catalogue, calendar]
}
