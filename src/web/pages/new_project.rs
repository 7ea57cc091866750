//! Entering a project: its facts, the route that they give, and making it.

use rand::RngCore;
use rocket::http::{CookieJar, Status};
use rocket::{Route, State, get, post, routes};

use super::typed_facts::TypedFacts;
use crate::office::model::RoutePreview;
use crate::office::{FieldFault, NewProject, OfficeError};
use crate::view::form::{ProjectForm, ProjectTyped};
use crate::view::words;
use crate::web::answer::Answer;
use crate::web::csrf::Csrf;
use crate::web::guard::{self, Company, Session};
use crate::web::problem::{Failure, Outcome};
use crate::web::{WebState, param};

/// The route that the facts give, or why they give none.
fn route(
    form: &TypedFacts,
    who: &Session,
    state: &State<WebState>,
) -> Result<Result<RoutePreview, String>, Failure> {
    let facts = match form.facts() {
        Ok(facts) => facts,
        Err(faults) => return Ok(Err(joined(&faults))),
    };
    match state.office.preview(&facts, who.at) {
        Ok(route) => Ok(Ok(route)),
        Err(error @ (OfficeError::Facts(_) | OfficeError::Invalid(_))) => {
            Ok(Err(words::trouble(&error).detail))
        }
        Err(error) => Err(Failure::Office(error)),
    }
}

fn joined(faults: &[FieldFault]) -> String {
    faults.iter().map(|fault| fault.message.as_str()).collect()
}

/// A key that no other form has, so that a form sent twice makes one project.
fn fresh_key() -> String {
    let mut bytes = [0_u8; 16];
    rand::rng().fill_bytes(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[get("/projects/new")]
fn form(who: Company<'_>, state: &State<WebState>) -> Outcome {
    let form = ProjectForm {
        typed: ProjectTyped::default(),
        faults: Vec::new(),
        preview: None,
        request_key: fresh_key(),
    };
    Ok(Answer::page(state.view.new_project(&who.shell(), &form)?))
}

#[post("/projects/preview", data = "<form>")]
fn preview(who: Company<'_>, state: &State<WebState>, form: Csrf<TypedFacts>) -> Outcome {
    let route = route(&form, &who, state)?;
    Ok(Answer::page(state.view.route_preview(&route)?))
}

#[post("/projects/new", data = "<form>")]
async fn create(
    who: Company<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    form: Csrf<TypedFacts>,
) -> Outcome {
    if form.what == "preview" {
        let faults = form.facts().err().unwrap_or_default();
        let status = if faults.is_empty() {
            Status::Ok
        } else {
            Status::UnprocessableEntity
        };
        return again(&who, state, &form, status, faults);
    }
    let facts = match form.facts() {
        Ok(facts) => facts,
        Err(faults) => {
            return again(&who, state, &form, Status::UnprocessableEntity, faults);
        }
    };
    let new = NewProject {
        name: form.name.trim().to_owned(),
        code: param::words(&form.code),
        facts,
        request_key: form.request_key.clone(),
    };
    match state.office.create_project(&who.actor, new, who.at).await {
        Ok(id) => {
            guard::leave_notice(state, cookies, format!("已建立项目：{}", form.name.trim()));
            Ok(Answer::See(format!("/projects/{id}")))
        }
        Err(OfficeError::Invalid(faults)) => {
            again(&who, state, &form, Status::UnprocessableEntity, faults)
        }
        // The preview beside the form says what contradicts what.
        Err(OfficeError::Facts(_)) => {
            again(&who, state, &form, Status::UnprocessableEntity, Vec::new())
        }
        Err(error) => Err(Failure::Office(error)),
    }
}

/// The form with what was typed, its faults, and the route as far as the facts give one.
fn again(
    who: &Session,
    state: &State<WebState>,
    form: &TypedFacts,
    status: Status,
    faults: Vec<FieldFault>,
) -> Outcome {
    let preview = if faults.is_empty() || form.facts().is_ok() {
        Some(route(form, who, state)?)
    } else {
        None
    };
    let key = form.request_key.clone();
    let shown = ProjectForm {
        typed: form.shown(),
        faults,
        preview,
        request_key: if key.is_empty() { fresh_key() } else { key },
    };
    let html = state.view.new_project(&who.shell(), &shown)?;
    Ok(Answer::Html(status, html))
}

pub(super) fn routes() -> Vec<Route> {
    routes![form, preview, create]
}
