//! Forms that only our own pages can have sent.
//!
//! # Why
//! Three layers, because each fails alone: cookies are `SameSite=Lax`; a browser that says the
//! request comes from another site is refused before any route runs ([`refuse_foreign`], called
//! by every guard); and each form carries a token that only our page knows. Inside, it is the
//! session's; on the login form, which has no session yet, it lies sealed in a private cookie.

use std::ops::Deref;

use rocket::data::{self, Data, FromData};
use rocket::form::{self, DataField, Form, FromForm, Options, ValueField};
use rocket::http::{Cookie, CookieJar, SameSite, Status};
use rocket::time::Duration;
use rocket::{Request, async_trait};
use subtle::ConstantTimeEq;

use super::guard;
use super::problem::{self, Cause};

/// The cookie that holds the login form's token, sealed.
const LOGIN_COOKIE: &str = "login-form";

/// A form of a logged-in person whose token is the session's.
pub(super) struct Csrf<T>(T);

/// The login form, whose token is the private cookie's.
pub(super) struct LoginCsrf<T>(T);

impl<T> Deref for Csrf<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Deref for LoginCsrf<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

/// A form that is only a button.
pub(super) struct Button;

#[async_trait]
impl<'r> FromForm<'r> for Button {
    type Context = ();
    fn init(_: Options) {}
    fn push_value((): &mut (), _: ValueField<'r>) {}
    async fn push_data((): &mut (), _: DataField<'r, '_>) {}
    fn finalize((): ()) -> form::Result<'r, Self> {
        Ok(Button)
    }
}

/// The form with the token beside it; by hand, so that forms need not know of tokens.
struct Inner<T> {
    token: String,
    value: T,
}

#[async_trait]
impl<'r, T> FromForm<'r> for Inner<T>
where
    T: FromForm<'r> + Send,
    T::Context: Send,
{
    type Context = (Option<String>, T::Context);

    fn init(options: Options) -> Self::Context {
        (None, T::init(options))
    }

    fn push_value(context: &mut Self::Context, field: ValueField<'r>) {
        if field.name == "_csrf" {
            context.0 = Some(field.value.to_owned());
        } else if field.value.contains('\0') {
            // PostgreSQL can hold no text with it, and nobody types it.
            let error = form::Error::validation("NUL").with_name(field.name);
            T::push_error(&mut context.1, error.with_value(field.value));
        } else {
            T::push_value(&mut context.1, field);
        }
    }

    async fn push_data(context: &mut Self::Context, field: DataField<'r, '_>) {
        T::push_data(&mut context.1, field).await;
    }

    fn push_error(context: &mut Self::Context, error: form::Error<'r>) {
        T::push_error(&mut context.1, error);
    }

    fn finalize(context: Self::Context) -> form::Result<'r, Self> {
        Ok(Inner {
            token: context.0.unwrap_or_default(),
            value: T::finalize(context.1)?,
        })
    }
}

#[async_trait]
impl<'r, T> FromData<'r> for Csrf<T>
where
    T: FromForm<'r> + Send,
    T::Context: Send,
{
    type Error = ();

    async fn from_data(req: &'r Request<'_>, data: Data<'r>) -> data::Outcome<'r, Self> {
        let expected = guard::session(req).await.map(|session| &*session.csrf);
        outcome(checked(req, data, expected).await, Csrf)
    }
}

#[async_trait]
impl<'r, T> FromData<'r> for LoginCsrf<T>
where
    T: FromForm<'r> + Send,
    T::Context: Send,
{
    type Error = ();

    async fn from_data(req: &'r Request<'_>, data: Data<'r>) -> data::Outcome<'r, Self> {
        let cookie = req.cookies().get_private(LOGIN_COOKIE);
        let expected = cookie.as_ref().map(Cookie::value);
        outcome(checked(req, data, expected).await, LoginCsrf)
    }
}

async fn checked<'r, T>(
    req: &'r Request<'_>,
    data: Data<'r>,
    expected: Option<&str>,
) -> Result<T, Status>
where
    T: FromForm<'r> + Send,
    T::Context: Send,
{
    match Form::<Inner<T>>::from_data(req, data).await {
        data::Outcome::Success(form) => {
            let Inner { token, value } = form.into_inner();
            // An empty token never matches, also where a session had none to compare with.
            let same = expected.is_some_and(|expected| {
                !expected.is_empty() && bool::from(expected.as_bytes().ct_eq(token.as_bytes()))
            });
            if same {
                Ok(value)
            } else {
                problem::because(req, Cause::Token);
                Err(Status::Forbidden)
            }
        }
        // The status of several faults is their maximum, which hides that the body was too large.
        data::Outcome::Error((_, errors)) => {
            let status = if errors.iter().any(|e| e.status() == Status::PayloadTooLarge) {
                Status::PayloadTooLarge
            } else {
                Status::BadRequest
            };
            Err(status)
        }
        data::Outcome::Forward(_) => Err(Status::UnsupportedMediaType),
    }
}

fn outcome<'r, T, G: FromData<'r, Error = ()>>(
    checked: Result<T, Status>,
    wrap: impl FnOnce(T) -> G,
) -> data::Outcome<'r, G> {
    match checked {
        Ok(value) => data::Outcome::Success(wrap(value)),
        Err(status) => data::Outcome::Error((status, ())),
    }
}

/// Seals `token` for the login form; it lives as long as a person may sit before the page.
pub(super) fn keep_login_token(cookies: &CookieJar<'_>, token: String, secure: bool) {
    cookies.add_private(
        Cookie::build((LOGIN_COOKIE, token))
            .path("/login")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(secure)
            .max_age(Duration::hours(12)),
    );
}

/// The login form's token has served.
pub(super) fn drop_login_token(cookies: &CookieJar<'_>) {
    cookies.remove_private(Cookie::build((LOGIN_COOKIE, "")).path("/login"));
}

/// The login form's token, if one is sealed.
pub(super) fn login_token(cookies: &CookieJar<'_>) -> Option<String> {
    cookies
        .get_private(LOGIN_COOKIE)
        .map(|cookie| cookie.value().to_owned())
}

/// Whether a changing request says that it comes from another site.
///
/// `Sec-Fetch-Site` decides where the browser sends it (https and localhost); else `Origin` must
/// name the host that the request names, so a proxy has to hand `Host` on. A client that sends
/// neither is no browser of today and still needs the token.
pub(super) fn is_foreign(req: &Request<'_>) -> bool {
    use rocket::http::Method;
    if matches!(
        req.method(),
        Method::Get | Method::Head | Method::Options | Method::Trace
    ) {
        return false;
    }
    let headers = req.headers();
    if let Some(site) = headers.get_one("Sec-Fetch-Site") {
        return !matches!(site, "same-origin" | "none");
    }
    match headers.get_one("Origin") {
        None => false,
        Some(origin) => {
            let host = headers.get_one("Host");
            let named = origin.split_once("://").map(|(_, authority)| authority);
            named.is_none() || named != host
        }
    }
}
