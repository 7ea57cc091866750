//! One's own messages.

use rocket::http::CookieJar;
use rocket::{Route, State, get, post, routes};

use crate::office::{InboxQuery, MessageId, OfficeError};
use crate::web::answer::Answer;
use crate::web::csrf::{Button, Csrf};
use crate::web::guard::{self, Viewer};
use crate::web::problem::{Failure, Outcome};
use crate::web::typed::Typed;
use crate::web::{WebState, param};

#[get("/inbox?<show>&<after>")]
async fn inbox(
    who: Viewer<'_>,
    state: &State<WebState>,
    show: Option<&str>,
    after: Option<&str>,
) -> Outcome {
    let query = InboxQuery {
        new_only: match show {
            None | Some("" | "all") => false,
            Some("new") => true,
            Some(_) => {
                let expected = "show 应为 new（未读）或 all（全部）。";
                return Err(Failure::Query(expected.to_owned()));
            }
        },
        after: after.and_then(param::words),
    };
    let found = match state.office.inbox(&who.actor, &query).await {
        Err(OfficeError::Invalid(faults)) => {
            let words = faults.into_iter().map(|fault| fault.message);
            return Err(Failure::Query(words.collect::<Vec<_>>().join("；")));
        }
        other => other?,
    };
    let html = state.view.inbox(&who.shell(), &query, &found)?;
    Ok(Answer::page(html))
}

/// Marks the message read and goes to what it is about; a POST, since it changes something.
#[post("/inbox/<id>/read", data = "<_form>")]
async fn read(who: Viewer<'_>, state: &State<WebState>, id: &str, _form: Csrf<Button>) -> Outcome {
    let id = param::row(id).map(MessageId).ok_or(Failure::Nowhere)?;
    let link = state.office.read_message(&who.actor, id, who.at).await?;
    Ok(Answer::See(link))
}

#[post("/inbox/read", data = "<form>")]
async fn read_all(
    who: Viewer<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    form: Csrf<Typed>,
) -> Outcome {
    let last = param::row(form.get("last")).map(MessageId);
    let last = last.ok_or_else(|| Failure::Query("last 应为消息的编号。".to_owned()))?;
    let marked = state.office.read_messages(&who.actor, last, who.at).await?;
    guard::leave_notice(state, cookies, format!("已把{marked}条消息标为已读。"));
    Ok(Answer::See("/inbox".to_owned()))
}

pub(super) fn routes() -> Vec<Route> {
    routes![inbox, read, read_all]
}
