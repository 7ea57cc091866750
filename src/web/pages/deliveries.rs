//! What could not be sent, for the administrator.

use rocket::http::CookieJar;
use rocket::{Route, State, get, post, routes};

use crate::office::{OfficeError, ParcelId};
use crate::web::answer::Answer;
use crate::web::csrf::{Button, Csrf};
use crate::web::guard::{self, Administrator};
use crate::web::problem::{Failure, Outcome};
use crate::web::{WebState, param};

#[get("/deliveries?<after>")]
async fn list(who: Administrator<'_>, state: &State<WebState>, after: Option<&str>) -> Outcome {
    let after = after.and_then(param::words);
    let found = state.office.deliveries(&who.actor, after.as_deref()).await;
    let found = match found {
        Err(OfficeError::Invalid(faults)) => {
            let words = faults.into_iter().map(|fault| fault.message);
            return Err(Failure::Query(words.collect::<Vec<_>>().join("；")));
        }
        other => other?,
    };
    let html = state
        .view
        .deliveries(&who.shell(), &found, after.is_some())?;
    Ok(Answer::page(html))
}

#[post("/deliveries/<id>/<act>", data = "<_form>")]
async fn decide(
    who: Administrator<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    act: &str,
    _form: Csrf<Button>,
) -> Outcome {
    let id = param::row(id).map(ParcelId).ok_or(Failure::Nowhere)?;
    let words = match act {
        "retry" => {
            state.office.retry_parcel(&who.actor, id, who.at).await?;
            "已列入待发送，马上再试一次。"
        }
        "give-up" => {
            state.office.give_up_parcel(&who.actor, id, who.at).await?;
            "不再发送；消息仍在收件人的“消息”页。"
        }
        _ => return Err(Failure::Nowhere),
    };
    guard::leave_notice(state, cookies, words.to_owned());
    Ok(Answer::See("/deliveries".to_owned()))
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, decide]
}
