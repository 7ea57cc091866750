//! Who may reach a route: each route takes one of these, and without one none is written.
//!
//! Somebody who is not logged in is sent to the login page; somebody of another role gets 403.
//! What a role may do with one project or step is the office's to decide, not a guard's.

use std::ops::Deref;

use rocket::http::{Cookie, CookieJar, Method, SameSite, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::time::{Duration, OffsetDateTime};
use rocket::{State, async_trait};

use super::WebState;
use super::csrf::is_foreign;
use super::problem::{self, Cause};
use crate::office::{Actor, Moment, NewSession, Role, Version};
use crate::view::Shell;

/// The cookie with the session's secret.
const COOKIE: &str = "grid-approvals";
/// Its name over https: browsers then refuse it from any other host or path.
const SECURE_COOKIE: &str = "__Host-grid-approvals";
/// The cookie with the words to show once, sealed, so that nobody can put words in our mouth.
const NOTICE: &str = "notice";

/// The person behind the request, found once.
pub(super) struct Session {
    pub(super) actor: Actor,
    pub(super) csrf: String,
    pub(super) token: String,
    pub(super) at: Moment,
    unread: u64,
    notice: Option<String>,
}

impl Session {
    /// What every page shows around its own matter.
    pub(super) fn shell(&self) -> Shell<'_> {
        Shell {
            actor: &self.actor,
            csrf: &self.csrf,
            today: self.at.today,
            notice: self.notice.clone(),
            unread: self.unread,
            live: None,
        }
    }

    /// The same for a page that follows what changes; `version` was read before what it shows.
    pub(super) fn live_shell(&self, version: Version) -> Shell<'_> {
        Shell {
            live: Some(version),
            ..self.shell()
        }
    }
}

/// What the look-up gave, kept for the request.
enum Found {
    Nobody,
    Somebody(Box<Session>),
    Failed,
}

async fn look_up(req: &Request<'_>) -> Found {
    let Some(state) = req.rocket().state::<WebState>() else {
        return Found::Failed;
    };
    let cookies = req.cookies();
    let Some(token) = cookies
        .get(cookie_name(state))
        .map(|cookie| cookie.value().to_owned())
    else {
        return Found::Nobody;
    };
    let at = (state.now)();
    match state.office.session(&token, at).await {
        Ok(Some(live)) => Found::Somebody(Box::new(Session {
            actor: live.actor,
            csrf: live.csrf,
            token,
            at,
            unread: live.unread,
            notice: take_notice(req),
        })),
        Ok(None) => Found::Nobody,
        Err(error) => {
            tracing::error!(%error, "the session could not be read");
            Found::Failed
        }
    }
}

async fn found<'r>(req: &'r Request<'_>) -> &'r Found {
    req.local_cache_async(look_up(req)).await
}

/// The session of the request, if somebody is logged in.
pub(super) async fn session<'r>(req: &'r Request<'_>) -> Option<&'r Session> {
    match found(req).await {
        Found::Somebody(session) => Some(session),
        Found::Nobody | Found::Failed => None,
    }
}

/// The session that a guard has already found; never asks the store.
pub(super) fn known_session<'r>(req: &'r Request<'_>) -> Option<&'r Session> {
    match req.local_cache(|| Found::Nobody) {
        Found::Somebody(session) => Some(session),
        Found::Nobody | Found::Failed => None,
    }
}

async fn pass<'r>(
    req: &'r Request<'_>,
    may: impl FnOnce(&Role) -> bool,
) -> Outcome<&'r Session, ()> {
    if is_foreign(req) {
        problem::because(req, Cause::Foreign);
        return Outcome::Error((Status::Forbidden, ()));
    }
    // No database holds a NUL in a text; an address with one is nobody's search.
    if req
        .uri()
        .query()
        .is_some_and(|q| q.as_str().contains("%00"))
    {
        return Outcome::Error((Status::BadRequest, ()));
    }
    match found(req).await {
        Found::Somebody(session) if may(&session.actor.role) => Outcome::Success(session),
        Found::Somebody(_) => {
            problem::because(req, Cause::Role);
            Outcome::Error((Status::Forbidden, ()))
        }
        Found::Nobody => Outcome::Error((Status::Unauthorized, ())),
        Found::Failed => Outcome::Error((Status::InternalServerError, ())),
    }
}

macro_rules! guards {
    ($($(#[$doc:meta])* $name:ident: $may:pat,)*) => {$(
        $(#[$doc])*
        pub(super) struct $name<'r>(&'r Session);

        impl Deref for $name<'_> {
            type Target = Session;
            fn deref(&self) -> &Session {
                self.0
            }
        }

        #[async_trait]
        impl<'r> FromRequest<'r> for $name<'r> {
            type Error = ();
            async fn from_request(req: &'r Request<'_>) -> Outcome<Self, ()> {
                pass(req, |role| matches!(role, $may)).await.map($name)
            }
        }
    )*};
}

guards! {
    /// Anybody who is logged in.
    Viewer: _,
    /// The grid company.
    Company: Role::Company,
    /// Those who record events: the company and the bureaus' officers.
    Recorder: Role::Company | Role::Officer { .. },
    /// The officers of the bureaus.
    Officer: Role::Officer { .. },
    /// Those who see supervision: everybody but the company.
    Supervised: Role::GovernmentOffice | Role::DeputyMayor | Role::Administrator | Role::Officer { .. },
    /// Those who act in it: the government's office and the bureaus' officers.
    Supervisor: Role::GovernmentOffice | Role::Officer { .. },
    /// The parties to a project: those who record, and the government office.
    Party: Role::Company | Role::Officer { .. } | Role::GovernmentOffice,
    /// Those who enter holiday notices: the government's office and the administrator.
    CalendarKeeper: Role::GovernmentOffice | Role::Administrator,
    /// Who tries suppositions: the government's office.
    Supposer: Role::GovernmentOffice,
    /// Those who read the register: everybody but who keeps people.
    Reader: Role::Company | Role::Officer { .. } | Role::GovernmentOffice | Role::DeputyMayor,
    /// Who keeps people.
    Administrator: Role::Administrator,
}

/// Anybody: the login page, static files, the health check.
pub(super) struct Public;

#[async_trait]
impl<'r> FromRequest<'r> for Public {
    type Error = ();
    async fn from_request(req: &'r Request<'_>) -> Outcome<Self, ()> {
        if is_foreign(req) {
            problem::because(req, Cause::Foreign);
            return Outcome::Error((Status::Forbidden, ()));
        }
        Outcome::Success(Public)
    }
}

fn cookie_name(state: &WebState) -> &'static str {
    if state.config.http.secure_cookies {
        SECURE_COOKIE
    } else {
        COOKIE
    }
}

/// Hands the session's secret to the browser.
pub(super) fn open(state: &State<WebState>, cookies: &CookieJar<'_>, new: &NewSession, at: Moment) {
    let left = (new.expires_at - at.now).num_seconds().max(0);
    cookies.add(
        Cookie::build((cookie_name(state), new.token.clone()))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(state.config.http.secure_cookies)
            .max_age(Duration::seconds(left)),
    );
}

/// Takes the session's secret from the browser.
pub(super) fn close(state: &State<WebState>, cookies: &CookieJar<'_>) {
    cookies.add(
        Cookie::build((cookie_name(state), ""))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(state.config.http.secure_cookies)
            .expires(OffsetDateTime::UNIX_EPOCH)
            .max_age(Duration::ZERO),
    );
}

/// Keeps words for the next page.
pub(super) fn leave_notice(state: &State<WebState>, cookies: &CookieJar<'_>, words: String) {
    cookies.add_private(
        Cookie::build((NOTICE, words))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(state.config.http.secure_cookies)
            .max_age(Duration::minutes(5)),
    );
}

/// The words kept for this page; only a page takes them, not a form that is being sent.
fn take_notice(req: &Request<'_>) -> Option<String> {
    if req.method() != Method::Get {
        return None;
    }
    let cookie = req.cookies().get_private(NOTICE)?;
    let words = cookie.value().to_owned();
    req.cookies()
        .remove_private(Cookie::build((NOTICE, "")).path("/"));
    Some(words)
}
