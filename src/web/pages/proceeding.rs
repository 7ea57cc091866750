//! What people record beside a step's clock.

use rocket::http::CookieJar;
use rocket::{Route, State, post, routes};

use crate::office::{FilingId, Proceed};
use crate::statute::proceeding::Proceeding;
use crate::web::csrf::Csrf;
use crate::web::guard::Recorder;
use crate::web::problem::{Failure, Outcome};
use crate::web::typed::{NotTaken, Typed};
use crate::web::{WebState, param};

type Door<'a> = (&'a Recorder<'a>, &'a State<WebState>, &'a CookieJar<'a>);

#[post("/filings/<id>/proceedings/<kind>", data = "<form>")]
async fn proceed(
    who: Recorder<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    kind: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let (name, done) = match kind {
        "notice-posted" => ("notice-new", "已登记公示。"),
        "objection" => ("notice-objection", "已登记异议。"),
        "consultation-asked" => ("opinion-ask", "已登记内部征求。"),
        "construction-started" => ("construction-new", "已登记开工。"),
        _ => return Err(Failure::Nowhere),
    };
    let read = whole(kind, &form);
    recorded((&who, state, cookies), id, &form, name, (read, done)).await
}

#[post("/filings/<id>/proceedings/<kind>/<what>", data = "<form>")]
async fn proceed_with(
    who: Recorder<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    kind: &str,
    what: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let (name, done) = match kind {
        "opinion-given" => (format!("opinion-{what}"), "已回复规划意见。"),
        "part-begun" => (format!("part-begun-{what}"), "已交办。"),
        "part-done" => (format!("part-done-{what}"), "已登记完成。"),
        _ => return Err(Failure::Nowhere),
    };
    let read = one_of(kind, what, &form);
    recorded((&who, state, cookies), id, &form, &name, (read, done)).await
}

fn whole(kind: &str, form: &Typed) -> param::Parsed<Proceeding> {
    Ok(match kind {
        "notice-posted" => Proceeding::NoticePosted {
            place: form.words("place"),
            by: form.words("by"),
            settled: form.choice("settled"),
        },
        "objection" => Proceeding::Objection {
            from: form.words("from"),
            words: form.words("words"),
        },
        "consultation-asked" => Proceeding::ConsultationAsked {
            county: param::county(form.get("county"))?,
        },
        _ => Proceeding::ConstructionStarted {
            running: Vec::new(),
        },
    })
}

fn one_of(kind: &str, what: &str, form: &Typed) -> param::Parsed<Proceeding> {
    Ok(match kind {
        "opinion-given" => Proceeding::OpinionGiven {
            county: param::county(what)?,
            words: form.words("words"),
        },
        "part-begun" => Proceeding::PartBegun {
            part: what.to_owned(),
            officer: form.words("officer"),
        },
        _ => Proceeding::PartDone {
            part: what.to_owned(),
        },
    })
}

async fn recorded(
    (who, state, cookies): Door<'_>,
    id: &str,
    form: &Typed,
    name: &str,
    (read, done): (param::Parsed<Proceeding>, &str),
) -> Outcome {
    let filing = param::row(id).map(FilingId).ok_or(Failure::Nowhere)?;
    let result: Result<String, NotTaken> = async {
        let what = read?;
        let on = param::date(form.get("on"))?;
        let wish = Proceed { filing, on, what };
        state.office.proceed(&who.actor, wish, who.at).await?;
        Ok(done.to_owned())
    }
    .await;
    form.answer((who, state, cookies), filing, name, result)
        .await
}

pub(super) fn routes() -> Vec<Route> {
    routes![proceed, proceed_with]
}
