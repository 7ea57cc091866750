//! Delegations (代办): handing one's queue to a colleague for a time, and ending it early.

use rocket::http::{CookieJar, Status};
use rocket::{Route, State, get, post, routes};

use crate::office::{DelegationId, HandOver, PersonId};
use crate::view::form::Retyped;
use crate::web::answer::Answer;
use crate::web::csrf::Csrf;
use crate::web::guard::{self, Officer};
use crate::web::problem::{self, Failure, Outcome};
use crate::web::typed::{NotTaken, Typed};
use crate::web::{WebState, param};

const PLACE: &str = "/delegations";

#[get("/delegations")]
async fn list(who: Officer<'_>, state: &State<WebState>) -> Outcome {
    page(&who, state, Status::Ok, None).await
}

#[post("/delegations", data = "<form>")]
async fn hand_over(
    who: Officer<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    form: Csrf<Typed>,
) -> Outcome {
    let done: Result<(), NotTaken> = async {
        let giver = match form.choice("giver") {
            None => None,
            Some(typed) => Some(person(&typed)?),
        };
        let wish = HandOver {
            giver,
            stand_in: person(form.get("stand_in"))?,
            first_on: param::date(form.get("first_on"))?,
            last_on: param::date(form.get("last_on"))?,
            reason: form.words("reason"),
        };
        state.office.hand_over(&who.actor, wish, who.at).await?;
        Ok(())
    }
    .await;
    answer(
        &who,
        state,
        cookies,
        "delegation-new",
        "已交由同事代办。",
        &form,
        done,
    )
    .await
}

#[post("/delegations/<id>/end", data = "<form>")]
async fn end(
    who: Officer<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let id = param::row(id).map(DelegationId).ok_or(Failure::Nowhere)?;
    let done = state.office.end_delegation(&who.actor, id, who.at).await;
    let name = format!("delegation-{id}");
    let done = done.map_err(NotTaken::from);
    answer(&who, state, cookies, &name, "代办已结束。", &form, done).await
}

/// A colleague out of the list.
fn person(typed: &str) -> Result<PersonId, String> {
    let row = param::row(typed).map(PersonId);
    row.ok_or_else(|| "请从列表中选择代办的同事。".to_owned())
}

/// Back to the page with `said`; or the page again with what was typed and why it was not taken.
async fn answer(
    who: &Officer<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    form: &str,
    said: &str,
    typed: &Typed,
    done: Result<(), NotTaken>,
) -> Outcome {
    let (status, trouble) = match done {
        Ok(()) => {
            guard::leave_notice(state, cookies, said.to_owned());
            return Ok(Answer::See(PLACE.to_owned()));
        }
        Err(NotTaken::Misread(expected)) => problem::misread(expected),
        Err(NotTaken::Office(error)) => problem::trouble(error)?,
    };
    let retyped = Retyped {
        form: form.to_owned(),
        values: typed.values(),
        trouble,
    };
    page(who, state, status, Some(&retyped)).await
}

async fn page(
    who: &Officer<'_>,
    state: &State<WebState>,
    status: Status,
    typed: Option<&Retyped>,
) -> Outcome {
    let found = state.office.delegations(&who.actor, who.at).await?;
    let html = state.view.delegations(&who.shell(), &found, typed)?;
    Ok(Answer::Html(status, html))
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, hand_over, end]
}
