//! In and out.

use rand::RngCore;
use rocket::http::{CookieJar, Status};
use rocket::{FromForm, Route, State, get, post, routes};

use crate::office::OfficeError;
use crate::view::LoginPage;
use crate::web::WebState;
use crate::web::answer::Answer;
use crate::web::csrf::{self, Button, Csrf, LoginCsrf};
use crate::web::guard::{self, Public, Viewer};
use crate::web::problem::{self, Failure, Outcome};

#[derive(FromForm)]
struct LoginForm {
    #[field(default = "")]
    login: String,
    #[field(default = "")]
    password: String,
}

/// The token of the login page: the one that is open in another tab, or a fresh one.
fn token(state: &State<WebState>, cookies: &CookieJar<'_>) -> String {
    if let Some(token) = csrf::login_token(cookies) {
        return token;
    }
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    let token: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    csrf::keep_login_token(cookies, token.clone(), state.config.http.secure_cookies);
    token
}

fn page(
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    status: Status,
    login: &str,
    error: Option<String>,
) -> Outcome {
    let html = state.view.login(&LoginPage {
        csrf: token(state, cookies),
        login: login.to_owned(),
        error,
    })?;
    Ok(Answer::Html(status, html))
}

#[get("/login")]
fn show(_anybody: Public, state: &State<WebState>, cookies: &CookieJar<'_>) -> Outcome {
    page(state, cookies, Status::Ok, "", None)
}

#[post("/login", data = "<form>")]
async fn enter(
    _anybody: Public,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    form: LoginCsrf<LoginForm>,
) -> Outcome {
    let at = (state.now)();
    match state.office.login(&form.login, &form.password, at).await {
        Ok(session) => {
            csrf::drop_login_token(cookies);
            guard::open(state, cookies, &session, at);
            Ok(Answer::See(problem::take_wanted(cookies)))
        }
        Err(OfficeError::LoginRefused(words)) => page(
            state,
            cookies,
            Status::Unauthorized,
            &form.login,
            Some(words),
        ),
        Err(error) => Err(Failure::Office(error)),
    }
}

#[post("/logout", data = "<_form>")]
async fn leave(
    who: Viewer<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    _form: Csrf<Button>,
) -> Outcome {
    state.office.logout(&who.token).await?;
    guard::close(state, cookies);
    Ok(Answer::See("/login".to_owned()))
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, enter, leave]
}
