//! A step runs again, or its approved blueprint changes (第9条).

use rocket::http::CookieJar;
use rocket::{Route, State, post, routes};

use crate::office::{ChangeBlueprint, FilingId};
use crate::web::answer::Answer;
use crate::web::csrf::Csrf;
use crate::web::guard::{self, Company};
use crate::web::problem::{Failure, Outcome};
use crate::web::typed::{NotTaken, Typed};
use crate::web::{WebState, param};

#[post("/filings/<id>/runs", data = "<form>")]
async fn again(
    who: Company<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let filing = param::row(id).map(FilingId).ok_or(Failure::Nowhere)?;
    match state.office.file_again(&who.actor, filing, who.at).await {
        Ok(new) => {
            guard::leave_notice(state, cookies, "已新开一轮办理，可以重新申请。".to_owned());
            Ok(Answer::See(format!("/filings/{new}#act")))
        }
        Err(error) => {
            let door = (&*who, state, cookies);
            let refused = Err(NotTaken::Office(error));
            form.answer(door, filing, "run-again", refused).await
        }
    }
}

#[post("/filings/<id>/blueprint", data = "<form>")]
async fn blueprint(
    who: Company<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let filing = param::row(id).map(FilingId).ok_or(Failure::Nowhere)?;
    let begun: Result<(FilingId, bool), NotTaken> = async {
        let land = param::yes(form.get("land"), "用地规模是否改变")?;
        let building = param::yes(form.get("building"), "建筑规模是否改变")?;
        let wish = ChangeBlueprint {
            filing,
            land,
            building,
            reason: form.words("reason"),
        };
        let new = state
            .office
            .change_blueprint(&who.actor, wish, who.at)
            .await?;
        Ok((new, land || building))
    }
    .await;
    match begun {
        Ok((new, scale)) => {
            let words = if scale {
                "规模有变化：须重新办理规划证书（方案第9条），已新开一轮办理。"
            } else {
                "规模没有变化：只办理规划蓝图变更，不重新办理规划证书（方案第9条）。"
            };
            guard::leave_notice(state, cookies, words.to_owned());
            Ok(Answer::See(format!("/filings/{new}#act")))
        }
        Err(refused) => {
            let door = (&*who, state, cookies);
            form.answer(door, filing, "run-blueprint", Err(refused))
                .await
        }
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![again, blueprint]
}
