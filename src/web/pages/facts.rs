//! Changing a project's facts: what moves is shown before it is saved.

use rocket::http::{CookieJar, Status};
use rocket::{Route, State, get, post, routes};

use super::typed_facts::TypedFacts;
use crate::office::{ChangeFacts, OfficeError, ProjectId};
use crate::view::form::{FactsForm, Trouble};
use crate::web::answer::Answer;
use crate::web::csrf::Csrf;
use crate::web::guard::{self, Company, Session};
use crate::web::problem::{self, Failure, Outcome};
use crate::web::{WebState, param};

#[get("/projects/<id>/facts")]
async fn show(who: Company<'_>, state: &State<WebState>, id: &str) -> Outcome {
    let id = param::row(id).map(ProjectId).ok_or(Failure::Nowhere)?;
    let page = state.office.facts_page(&who.actor, id, None).await?;
    let html = state
        .view
        .facts(&who.shell(), id, (&page, None), &FactsForm::default())?;
    Ok(Answer::page(html))
}

#[post("/projects/<id>/facts", data = "<form>")]
async fn change(
    who: Company<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    form: Csrf<TypedFacts>,
) -> Outcome {
    let id = param::row(id).map(ProjectId).ok_or(Failure::Nowhere)?;
    if form.what != "save" {
        return again(&who, state, id, &form, None).await;
    }
    let Ok(facts) = form.facts() else {
        return again(&who, state, id, &form, None).await;
    };
    let wish = ChangeFacts {
        project: id,
        facts,
        reason: param::words(&form.reason).unwrap_or_default(),
        seen: form.seen.clone(),
        previewed: form.previewed.clone(),
    };
    match state.office.change_facts(&who.actor, wish, who.at).await {
        Ok(()) => {
            guard::leave_notice(
                state,
                cookies,
                "已变更项目情况，期限已按新的情况重算。".to_owned(),
            );
            Ok(Answer::See(format!("/projects/{id}#changes")))
        }
        Err(error) => {
            let refused = problem::trouble(error)?;
            again(&who, state, id, &form, Some(refused)).await
        }
    }
}

/// The page with what was typed, what it would do, and why it was not taken.
async fn again(
    who: &Session,
    state: &State<WebState>,
    id: ProjectId,
    form: &TypedFacts,
    refused: Option<(Status, Trouble)>,
) -> Outcome {
    let (mut status, mut trouble) = refused.unzip();
    let typed = form.facts();
    let mut page = None;
    if let Ok(facts) = &typed {
        match state.office.facts_page(&who.actor, id, Some(facts)).await {
            Ok(shown) => page = Some(shown),
            Err(error @ OfficeError::NotFound(_)) => return Err(Failure::Office(error)),
            Err(error) => {
                let (code, why) = problem::trouble(error)?;
                status = status.or(Some(code));
                trouble = trouble.or(Some(why));
            }
        }
    } else {
        status = status.or(Some(Status::UnprocessableEntity));
    }
    let page = match page {
        Some(page) => page,
        None => state.office.facts_page(&who.actor, id, None).await?,
    };
    let shown = FactsForm {
        typed: Some(form.shown()),
        reason: form.reason.clone(),
        faults: typed.as_ref().err().cloned().unwrap_or_default(),
        trouble,
    };
    let html = state
        .view
        .facts(&who.shell(), id, (&page, typed.as_ref().ok()), &shown)?;
    Ok(Answer::Html(status.unwrap_or(Status::Ok), html))
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, change]
}
