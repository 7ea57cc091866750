//! Long exports: asked for, watched, stopped, downloaded, by their own person only.

use rocket::http::CookieJar;
use rocket::serde::json::Json;
use rocket::{Route, State, get, post, routes};

use super::materials::Sent;
use super::register::filter;
use crate::office::model::exports::ExportWhat;
use crate::office::{ExportId, OfficeError};
use crate::view::Progress;
use crate::web::answer::Answer;
use crate::web::csrf::{Button, Csrf};
use crate::web::guard::{self, Reader};
use crate::web::problem::{Failure, Outcome};
use crate::web::typed::Typed;
use crate::web::{WebState, param};

fn export(id: &str) -> Result<ExportId, Failure> {
    param::row(id).map(ExportId).ok_or(Failure::Nowhere)
}

#[get("/exports")]
async fn list(who: Reader<'_>, state: &State<WebState>) -> Outcome {
    let exports = state.office.exports(&who.actor, who.at).await?;
    Ok(Answer::page(state.view.exports(&who.shell(), &exports)?))
}

#[post("/exports", data = "<form>")]
async fn ask(who: Reader<'_>, state: &State<WebState>, form: Csrf<Typed>) -> Outcome {
    let filter = filter(|name| Some(form.get(name))).map_err(Failure::Query)?;
    let what = ExportWhat::Register(filter);
    let id = state.office.ask_export(&who.actor, &what, who.at).await?;
    Ok(Answer::See(format!("/exports/{id}")))
}

#[get("/exports/<id>")]
async fn show(who: Reader<'_>, state: &State<WebState>, id: &str) -> Outcome {
    let found = state.office.export(&who.actor, export(id)?, who.at).await?;
    Ok(Answer::page(state.view.export(&who.shell(), &found)?))
}

/// How far it is, for the page's script.
#[get("/exports/<id>/progress")]
async fn progress(
    who: Reader<'_>,
    state: &State<WebState>,
    id: &str,
) -> Result<Json<Progress>, Failure> {
    let found = state.office.export(&who.actor, export(id)?, who.at).await?;
    Ok(Json(Progress::of(&found)))
}

#[post("/exports/<id>/stop", data = "<_form>")]
async fn stop(
    who: Reader<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    _form: Csrf<Button>,
) -> Outcome {
    let id = export(id)?;
    let words = match state.office.stop_export(&who.actor, id, who.at).await {
        Ok(()) => "已请求停止。".to_owned(),
        // It ended while the button was pressed: the page says how.
        Err(OfficeError::Rule(ended)) => format!("{}。", ended.detail),
        Err(other) => return Err(other.into()),
    };
    guard::leave_notice(state, cookies, words);
    Ok(Answer::See(format!("/exports/{id}")))
}

#[get("/exports/<id>/file")]
async fn file(who: Reader<'_>, state: &State<WebState>, id: &str) -> Result<Sent, Failure> {
    let id = export(id)?;
    let download = state.office.download_export(&who.actor, id, who.at).await?;
    Ok(Sent(id.0, download))
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, ask, show, progress, stop, file]
}
