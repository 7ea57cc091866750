//! How one is told outside the inbox, and the administrator's page of the same for anybody.

use rocket::http::{Cookie, CookieJar, SameSite, Status};
use rocket::time::Duration;
use rocket::{Route, State, get, post, routes};

use crate::office::{Mode, OfficeError, PersonId, Way};
use crate::view::Fresh;
use crate::view::form::Retyped;
use crate::web::answer::Answer;
use crate::web::csrf::Csrf;
use crate::web::guard::{self, Administrator, Session, Viewer};
use crate::web::problem::{Failure, Outcome};
use crate::web::typed::Typed;
use crate::web::{WebState, param};

/// The cookie with what is shown once, sealed.
const FRESH: &str = "fresh-secret";

#[get("/account/notices")]
async fn own(who: Viewer<'_>, state: &State<WebState>, cookies: &CookieJar<'_>) -> Outcome {
    let id = who.actor.id;
    page(&who, state, id, take(cookies), (Status::Ok, None)).await
}

#[get("/people/<id>/notices")]
async fn of_person(
    who: Administrator<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
) -> Outcome {
    let id = param::row(id).map(PersonId).ok_or(Failure::Nowhere)?;
    page(&who, state, id, take(cookies), (Status::Ok, None)).await
}

#[post("/account/notices/<part>", data = "<form>")]
async fn change_own(
    who: Viewer<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    part: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let (office, id) = (&state.office, who.actor.id);
    let done = match part {
        "email" => {
            let email = form.words("email");
            office
                .set_email(&who.actor, id, &email, who.at)
                .await
                .map(|()| email_words(&email))
        }
        "mode" => {
            let (way, mode) = chosen(&form)?;
            office
                .choose_mode(&who.actor, way, mode, who.at)
                .await
                .map(|()| "已保存怎样发送。".to_owned())
        }
        "feed" => office.renew_feed(&who.actor, who.at).await.map(|secret| {
            let address = format!("{}/feeds/{secret}.ics", state.config.reached_at());
            leave(state, cookies, &Fresh::Feed(address));
            "日历地址已生成，旧地址（如有）已失效。".to_owned()
        }),
        "no-feed" => office
            .revoke_feed(&who.actor, who.at)
            .await
            .map(|()| "日历地址已停用。".to_owned()),
        _ => return Err(Failure::Nowhere),
    };
    let answered = (id, "/account/notices".to_owned(), part);
    answer((&who, state, cookies), answered, &form, done).await
}

#[post("/people/<id>/notices/<part>", data = "<form>")]
async fn change(
    who: Administrator<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    part: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let id = param::row(id).map(PersonId).ok_or(Failure::Nowhere)?;
    let office = &state.office;
    let done = match part {
        "email" => {
            let email = form.words("email");
            office
                .set_email(&who.actor, id, &email, who.at)
                .await
                .map(|()| email_words(&email))
        }
        "webhook" => office
            .set_webhook(&who.actor, id, &form.words("url"), who.at)
            .await
            .map(|secret| {
                leave(state, cookies, &Fresh::Secret(secret));
                "回调地址已保存，签名密钥已更换。".to_owned()
            }),
        "no-webhook" => office
            .remove_webhook(&who.actor, id, who.at)
            .await
            .map(|()| "回调地址已删除。".to_owned()),
        _ => return Err(Failure::Nowhere),
    };
    let place = match id == who.actor.id {
        true => "/account/notices".to_owned(),
        false => format!("/people/{id}/notices"),
    };
    answer((&who, state, cookies), (id, place, part), &form, done).await
}

fn email_words(email: &str) -> String {
    match email.is_empty() {
        true => "已删除邮箱，不再发送邮件。".to_owned(),
        false => "邮箱已保存。".to_owned(),
    }
}

fn chosen(form: &Typed) -> Result<(Way, Mode), Failure> {
    let wrong = |words: &str| Failure::Query(words.to_owned());
    let way = Way::from_code(form.get("way"));
    let mode = Mode::from_code(form.get("mode"));
    Ok((
        way.ok_or_else(|| wrong("way 应为 mail（邮件）或 webhook（回调）。"))?,
        mode.ok_or_else(|| wrong("mode 应为 off、each 或 digest。"))?,
    ))
}

async fn answer(
    (who, state, cookies): (&Session, &State<WebState>, &CookieJar<'_>),
    (person, place, part): (PersonId, String, &str),
    form: &Typed,
    done: Result<String, OfficeError>,
) -> Outcome {
    match done {
        Ok(words) => {
            guard::leave_notice(state, cookies, words);
            Ok(Answer::See(place))
        }
        Err(error) => {
            let (status, retyped) = form.refused(part, error.into())?;
            page(who, state, person, None, (status, Some(retyped))).await
        }
    }
}

async fn page(
    who: &Session,
    state: &State<WebState>,
    person: PersonId,
    fresh: Option<Fresh>,
    (status, refused): (Status, Option<Retyped>),
) -> Outcome {
    let found = state.office.notices_page(&who.actor, person).await?;
    let shell = who.shell();
    let html = state
        .view
        .notices(&shell, &found, fresh.as_ref(), refused.as_ref())?;
    Ok(Answer::Html(status, html))
}

/// Keeps what is shown once for the next page.
fn leave(state: &State<WebState>, cookies: &CookieJar<'_>, fresh: &Fresh) {
    let value = match fresh {
        Fresh::Feed(address) => format!("feed {address}"),
        Fresh::Secret(secret) => format!("secret {secret}"),
    };
    cookies.add_private(
        Cookie::build((FRESH, value))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(state.config.http.secure_cookies)
            .max_age(Duration::minutes(5)),
    );
}

fn take(cookies: &CookieJar<'_>) -> Option<Fresh> {
    let cookie = cookies.get_private(FRESH)?;
    cookies.remove_private(Cookie::build((FRESH, "")).path("/"));
    let (kind, value) = cookie.value().split_once(' ')?;
    match kind {
        "feed" => Some(Fresh::Feed(value.to_owned())),
        "secret" => Some(Fresh::Secret(value.to_owned())),
        _ => None,
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![own, of_person, change_own, change]
}
