//! One's own password.

use rocket::http::{CookieJar, Status};
use rocket::{FromForm, Route, State, get, post, routes};

use crate::office::{FieldFault, OfficeError};
use crate::view::form::AccountForm;
use crate::web::WebState;
use crate::web::answer::Answer;
use crate::web::csrf::Csrf;
use crate::web::guard::{self, Viewer};
use crate::web::problem::{Failure, Outcome};

#[derive(FromForm)]
struct PasswordForm {
    #[field(default = "")]
    old: String,
    #[field(default = "")]
    new: String,
    #[field(default = "")]
    again: String,
}

#[get("/account")]
fn show(who: Viewer<'_>, state: &State<WebState>) -> Outcome {
    page(&who, state, Status::Ok, Vec::new())
}

#[post("/account/password", data = "<form>")]
async fn password(
    who: Viewer<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    form: Csrf<PasswordForm>,
) -> Outcome {
    if form.new != form.again {
        let fault = FieldFault {
            field: "again",
            message: "两次输入的新密码不一致，请重新输入。".to_owned(),
        };
        return page(&who, state, Status::UnprocessableEntity, vec![fault]);
    }
    let changed = state
        .office
        .change_password(&who.actor, &form.old, &form.new, &who.token, who.at)
        .await;
    match changed {
        Ok(()) => {
            let words = "密码已更改，其他地方的登录已退出。".to_owned();
            guard::leave_notice(state, cookies, words);
            Ok(Answer::See("/account".to_owned()))
        }
        Err(OfficeError::Invalid(faults)) => page(&who, state, Status::UnprocessableEntity, faults),
        Err(error) => Err(Failure::Office(error)),
    }
}

fn page(
    who: &Viewer<'_>,
    state: &State<WebState>,
    status: Status,
    faults: Vec<FieldFault>,
) -> Outcome {
    let form = AccountForm {
        faults,
        done: false,
    };
    let html = state.view.account(&who.shell(), &form)?;
    Ok(Answer::Html(status, html))
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, password]
}
