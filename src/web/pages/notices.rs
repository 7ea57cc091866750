//! Entering a year's holiday notice.

use chrono::NaiveDate;
use rocket::http::{CookieJar, Status};
use rocket::{Route, State, get, post, routes};

use crate::office::{ConfirmNotice, EnterNotice, FieldFault, OfficeError};
use crate::view::form::NoticeTyped;
use crate::web::answer::Answer;
use crate::web::csrf::Csrf;
use crate::web::guard::{self, CalendarKeeper};
use crate::web::problem::{self, Failure, Outcome};
use crate::web::typed::Typed;
use crate::web::{WebState, param};

/// What was typed; lines end as they do here, whatever the browser sends.
fn typed(form: &Typed) -> NoticeTyped {
    NoticeTyped {
        year: form.get("year").trim().parse().ok(),
        text: form.get("text").replace("\r\n", "\n"),
        number: form.words("number"),
        published_on: form.get("published_on").trim().to_owned(),
        url: form.get("url").trim().to_owned(),
        reason: form.words("reason"),
        ..NoticeTyped::default()
    }
}

/// The wish, or what cannot be read of it.
fn wish(typed: &NoticeTyped) -> Result<EnterNotice, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut fault = |field, message: String| faults.push(FieldFault { field, message });
    let year = typed.year.unwrap_or_else(|| {
        fault("year", "请选择年份".to_owned());
        0
    });
    let published_on: Option<NaiveDate> = match typed.published_on.as_str() {
        "" => None,
        text => match param::date(text) {
            Ok(day) => Some(day),
            Err(expected) => {
                fault("published_on", expected);
                None
            }
        },
    };
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(EnterNotice {
        year,
        text: typed.text.clone(),
        number: typed.number.clone(),
        published_on,
        url: typed.url.clone(),
    })
}

#[get("/calendar/notice?<year>")]
fn form(who: CalendarKeeper<'_>, state: &State<WebState>, year: Option<&str>) -> Outcome {
    let year = year.and_then(|text| text.parse().ok());
    let form = state.office.notice_form(&who.actor, year, who.at)?;
    let typed = NoticeTyped {
        year,
        ..NoticeTyped::default()
    };
    let html = state.view.notice_entry(&who.shell(), &form, &typed, None)?;
    Ok(Answer::page(html))
}

#[post("/calendar/notice", data = "<form>")]
async fn preview(who: CalendarKeeper<'_>, state: &State<WebState>, form: Csrf<Typed>) -> Outcome {
    let typed = typed(&form);
    let page = form.get("page").parse().unwrap_or(1);
    shown(&who, state, Status::Ok, typed, page).await
}

/// The page with what the typed notice moves, or with what is wrong with it.
async fn shown(
    who: &CalendarKeeper<'_>,
    state: &State<WebState>,
    status: Status,
    mut typed: NoticeTyped,
    page: u32,
) -> Outcome {
    let form = state.office.notice_form(&who.actor, None, who.at)?;
    let found = match wish(&typed) {
        Err(faults) => Err(faults),
        Ok(wish) => {
            let found = state
                .office
                .preview_notice(&who.actor, &wish, page, who.at)
                .await;
            match found {
                Err(OfficeError::Invalid(faults)) => Err(faults),
                other => Ok(other?),
            }
        }
    };
    let (status, found) = match found {
        Ok(found) => (status, Some(found)),
        Err(faults) => {
            typed.faults = faults;
            (Status::UnprocessableEntity, None)
        }
    };
    let html = state
        .view
        .notice_entry(&who.shell(), &form, &typed, found.as_ref())?;
    Ok(Answer::Html(status, html))
}

#[post("/calendar/notice/confirm", data = "<form>")]
async fn confirm(
    who: CalendarKeeper<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    form: Csrf<Typed>,
) -> Outcome {
    let mut typed = typed(&form);
    let done = match wish(&typed) {
        Err(faults) => Err(OfficeError::Invalid(faults)),
        Ok(notice) => {
            let wish = ConfirmNotice {
                notice,
                seen: form.get("seen").to_owned(),
                correct: form.get("correct") == "yes",
                reason: typed.reason.clone(),
            };
            state.office.enter_notice(&who.actor, &wish, who.at).await
        }
    };
    match done {
        Ok(done) => {
            let year = typed.year.unwrap_or_default();
            let words = format!(
                "{year}年放假通知已生效：重新计算 {} 项，改写 {} 项。",
                done.looked, done.moved
            );
            guard::leave_notice(state, cookies, words);
            Ok(Answer::See(format!("/calendar?year={year}")))
        }
        Err(error @ (OfficeError::Rule(_) | OfficeError::Invalid(_))) => {
            let (status, trouble) = problem::trouble(error).map_err(Failure::Office)?;
            typed.trouble = Some(trouble);
            shown(&who, state, status, typed, 1).await
        }
        Err(error) => Err(Failure::Office(error)),
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![form, preview, confirm]
}
