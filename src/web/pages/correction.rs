//! Corrections of ledger entries: asked for, and settled by the bureau's lead.

use rocket::http::CookieJar;
use rocket::{Route, State, post, routes};

use crate::office::{AskCorrection, CorrectionId, FilingId, SettleCorrection};
use crate::statute::clock::Event;
use crate::web::csrf::Csrf;
use crate::web::guard::Recorder;
use crate::web::problem::{Failure, Outcome};
use crate::web::typed::{NotTaken, Typed};
use crate::web::{WebState, param};

#[post("/filings/<id>/corrections", data = "<form>")]
async fn ask(
    who: Recorder<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let filing = param::row(id).map(FilingId).ok_or(Failure::Nowhere)?;
    let asked: Result<String, NotTaken> = async {
        let event = match form.get("kind") {
            "strike" => None,
            kind => Some(Event {
                on: param::date(form.get("on"))?,
                kind: param::event(kind, form.get("ground"), form.get("days"))?,
            }),
        };
        let wish = AskCorrection {
            filing,
            entry: param::entry(form.get("entry"))?,
            event,
            reason: form.words("reason"),
            seen: param::seen(form.get("seen"))?,
        };
        state
            .office
            .ask_correction(&who.actor, wish, who.at)
            .await?;
        Ok("已提出更正，待部门负责人同意。".to_owned())
    }
    .await;
    let door = (&*who, state, cookies);
    form.answer(door, filing, "correction-new", asked).await
}

#[post("/filings/<id>/corrections/<correction>/outcome", data = "<form>")]
async fn settle(
    who: Recorder<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    correction: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let filing = param::row(id).map(FilingId).ok_or(Failure::Nowhere)?;
    let correction = param::row(correction)
        .map(CorrectionId)
        .ok_or(Failure::Nowhere)?;
    let settled: Result<String, NotTaken> = async {
        let wish = SettleCorrection {
            filing,
            correction,
            consent: param::consent(form.get("outcome"))?,
            words: form.words("words"),
        };
        state
            .office
            .settle_correction(&who.actor, wish, who.at)
            .await?;
        Ok("已处理更正。".to_owned())
    }
    .await;
    let door = (&*who, state, cookies);
    let name = format!("correction-{correction}");
    form.answer(door, filing, &name, settled).await
}

pub(super) fn routes() -> Vec<Route> {
    routes![ask, settle]
}
