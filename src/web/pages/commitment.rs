//! Promises of the company on a step with what became of them, and fees that were asked for.

use rocket::http::CookieJar;
use rocket::{Route, State, post, routes};

use crate::office::{AskFee, CommitmentId, FilingId, MakeCommitment, SettleCommitment};
use crate::web::csrf::Csrf;
use crate::web::guard::{Company, Recorder};
use crate::web::problem::{Failure, Outcome};
use crate::web::typed::{NotTaken, Typed};
use crate::web::{WebState, param};

#[post("/filings/<id>/commitments", data = "<form>")]
async fn make(
    who: Company<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let filing = param::row(id).map(FilingId).ok_or(Failure::Nowhere)?;
    let made: Result<String, NotTaken> = async {
        let wish = MakeCommitment {
            filing,
            material: form.choice("material"),
            promise: form.words("promise"),
            on: param::date(form.get("on"))?,
            due_on: param::date(form.get("due_on"))?,
        };
        state
            .office
            .make_commitment(&who.actor, wish, who.at)
            .await?;
        Ok("已记录承诺。".to_owned())
    }
    .await;
    let door = (&*who, state, cookies);
    form.answer(door, filing, "commitment-new", made).await
}

#[post("/filings/<id>/commitments/<commitment>/outcome", data = "<form>")]
async fn settle(
    who: Recorder<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    commitment: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let filing = param::row(id).map(FilingId).ok_or(Failure::Nowhere)?;
    let commitment = param::row(commitment)
        .map(CommitmentId)
        .ok_or(Failure::Nowhere)?;
    let settled: Result<String, NotTaken> = async {
        let wish = SettleCommitment {
            filing,
            commitment,
            kept: param::kept(form.get("outcome"))?,
            on: param::date(form.get("on"))?,
            words: form.words("words"),
        };
        state
            .office
            .settle_commitment(&who.actor, wish, who.at)
            .await?;
        Ok("已登记承诺的兑现情况。".to_owned())
    }
    .await;
    let door = (&*who, state, cookies);
    let name = format!("commitment-{commitment}");
    form.answer(door, filing, &name, settled).await
}

#[post("/filings/<id>/fees", data = "<form>")]
async fn ask_fee(
    who: Recorder<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let filing = param::row(id).map(FilingId).ok_or(Failure::Nowhere)?;
    let asked: Result<String, NotTaken> = async {
        let wish = AskFee {
            filing,
            name: form.words("name"),
            amount_fen: param::fen(form.get("amount"))?,
            basis: form.words("basis"),
            on: param::date(form.get("on"))?,
        };
        state.office.ask_fee(&who.actor, wish, who.at).await?;
        Ok("已登记收费。".to_owned())
    }
    .await;
    let door = (&*who, state, cookies);
    form.answer(door, filing, "fee-new", asked).await
}

pub(super) fn routes() -> Vec<Route> {
    routes![make, settle, ask_fee]
}
