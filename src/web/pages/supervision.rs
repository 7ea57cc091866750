//! Supervision: the list of cases, what is done in one, the notices.

use rocket::http::{CookieJar, Status};
use rocket::{Route, State, get, post, routes};

use super::paper::Bytes;
use crate::documents;
use crate::office::model::supervision::SupervisionAct;
use crate::office::{
    BureauId, FilingId, NoticeId, OfficeError, Supervise, Supervising, SupervisionQuery,
};
use crate::statute::supervision::CaseState;
use crate::view::words;
use crate::web::answer::Answer;
use crate::web::csrf::Csrf;
use crate::web::guard::{Supervised, Supervisor};
use crate::web::problem::{Failure, Outcome};
use crate::web::typed::{NotTaken, Typed};
use crate::web::{WebState, param};

#[get("/supervision?<bureau>&<state>&<after>")]
async fn list(
    who: Supervised<'_>,
    web: &State<WebState>,
    bureau: Option<&str>,
    state: Option<&str>,
    after: Option<&str>,
) -> Outcome {
    let wrong = |expected: &str| Failure::Query(expected.to_owned());
    let query = SupervisionQuery {
        bureau: match bureau {
            None | Some("") => None,
            Some(text) => Some(
                param::row(text)
                    .map(BureauId)
                    .ok_or_else(|| wrong("bureau 应为部门的编号。"))?,
            ),
        },
        state: match state {
            None | Some("") => None,
            Some(code) => Some(
                CaseState::from_code(code).ok_or_else(|| wrong("state 应为督办件的状态之一。"))?,
            ),
        },
        after: after.and_then(param::words),
    };
    let found = match web.office.supervision(&who.actor, &query, who.at).await {
        Err(OfficeError::Invalid(faults)) => {
            let words = faults.into_iter().map(|fault| fault.message);
            return Err(wrong(&words.collect::<Vec<_>>().join("；")));
        }
        other => other?,
    };
    let html = web.view.supervision(&who.shell(), &query, &found)?;
    Ok(Answer::page(html))
}

#[post("/filings/<id>/supervision/<act>", data = "<form>")]
async fn act(
    who: Supervisor<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    act: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let filing = param::row(id).map(FilingId).ok_or(Failure::Nowhere)?;
    let act = SupervisionAct::from_code(act).ok_or(Failure::Nowhere)?;
    let done: Result<String, NotTaken> = async {
        let what = parse(act, &form)?;
        let wish = Supervise { filing, what };
        state.office.supervise(&who.actor, wish, who.at).await?;
        Ok(words::supervision_done(act).to_owned())
    }
    .await;
    let door = (&*who, state, cookies);
    let name = format!("supervision-{}", act.code());
    form.answer(door, filing, &name, done).await
}

fn parse(act: SupervisionAct, form: &Typed) -> param::Parsed<Supervising> {
    let words = form.words("words");
    Ok(match act {
        SupervisionAct::Open => Supervising::Open { words },
        SupervisionAct::Notice => Supervising::Notice {
            requirement: form.words("requirement"),
            answer_by: param::date(form.get("answer_by"))?,
        },
        SupervisionAct::Answer => Supervising::Answer {
            cause: form.words("cause"),
            promised_on: param::date(form.get("promised_on"))?,
            words,
        },
        SupervisionAct::Accept => Supervising::Accept { words },
        SupervisionAct::SendBack => Supervising::SendBack { words },
        SupervisionAct::Close => Supervising::Close { words },
    })
}

fn notice_id(id: &str) -> Result<NoticeId, Failure> {
    param::row(id).map(NoticeId).ok_or(Failure::Nowhere)
}

#[get("/supervision/notices/<id>")]
async fn notice(who: Supervised<'_>, state: &State<WebState>, id: &str) -> Outcome {
    let page = state.office.notice(&who.actor, notice_id(id)?).await?;
    let html = state.view.notice(&who.shell(), &page)?;
    Ok(Answer::Html(Status::Ok, html))
}

#[get("/supervision/notices/<id>/docx")]
async fn docx(who: Supervised<'_>, state: &State<WebState>, id: &str) -> Result<Bytes, Failure> {
    let id = notice_id(id)?;
    let paper = state.office.notice(&who.actor, id).await?.paper;
    let name = format!("supervision-notice-{id}");
    Ok(Bytes(name, "docx", documents::docx(&paper)?))
}

#[cfg(feature = "pdf")]
#[get("/supervision/notices/<id>/pdf")]
async fn pdf(who: Supervised<'_>, state: &State<WebState>, id: &str) -> Result<Bytes, Failure> {
    let id = notice_id(id)?;
    let paper = state.office.notice(&who.actor, id).await?.paper;
    let name = format!("supervision-notice-{id}");
    Ok(Bytes(name, "pdf", documents::pdf(&paper)?))
}

pub(super) fn routes() -> Vec<Route> {
    let routes = routes![list, act, notice, docx];
    #[cfg(feature = "pdf")]
    let routes = [routes, routes![pdf]].concat();
    routes
}
