//! From what went wrong to a status and a page that says what is expected.

use std::sync::OnceLock;

use rocket::http::{Cookie, Method, SameSite, Status};
use rocket::response::{self, Responder};
use rocket::{Catcher, Request, catch, catchers};

use super::answer::Answer;
use super::guard::{self, Session};
use super::{WebState, trace};
use crate::documents::FormatError;
use crate::office::{OfficeError, Unfit};
use crate::view::form::Trouble;
use crate::view::{Problem, ViewError, words};

/// The cookie with the page that somebody wanted before logging in, sealed.
const WANTED: &str = "wanted";

/// Why a guard refused, kept for the page that says so.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cause {
    /// The form's token is not the session's.
    Token,
    /// The request comes from another site.
    Foreign,
    /// The role may not.
    Role,
}

/// Remembers why; the first cause stays.
pub(super) fn because(req: &Request<'_>, cause: Cause) {
    // A second cause is only a consequence of the first.
    let _ = req.local_cache(OnceLock::new).set(cause);
}

/// A handler's failure; it answers with a page.
#[derive(Debug)]
pub(super) enum Failure {
    /// The office refused or failed.
    Office(OfficeError),
    /// A template failed.
    View(ViewError),
    /// A query that cannot be read (400), with what is expected.
    Query(String),
    /// The address names nothing.
    Nowhere,
}

impl From<OfficeError> for Failure {
    fn from(error: OfficeError) -> Self {
        Failure::Office(error)
    }
}

impl From<ViewError> for Failure {
    fn from(error: ViewError) -> Self {
        Failure::View(error)
    }
}

impl From<FormatError> for Failure {
    fn from(error: FormatError) -> Self {
        Failure::Office(OfficeError::Store(error.to_string()))
    }
}

/// What handlers give.
pub(super) type Outcome = Result<Answer, Failure>;

/// The status that tells this error.
pub(super) fn status(error: &OfficeError) -> Status {
    match error {
        OfficeError::NotFound(_) => Status::NotFound,
        OfficeError::Forbidden(_) => Status::Forbidden,
        OfficeError::LoginRefused(_) => Status::Unauthorized,
        OfficeError::Invalid(_)
        | OfficeError::Facts(_)
        | OfficeError::Refused(_)
        | OfficeError::Rule(_) => Status::UnprocessableEntity,
        OfficeError::Unfit(Unfit::TooLarge { .. }) => Status::PayloadTooLarge,
        OfficeError::Unfit(_) => Status::UnprocessableEntity,
        OfficeError::Stale { .. } => Status::Conflict,
        OfficeError::AlreadyMade(_) => Status::SeeOther,
        OfficeError::Store(_) => Status::InternalServerError,
    }
}

/// What a form that is shown again says of the error; `Err`: it is none for the form.
pub(super) fn trouble(error: OfficeError) -> Result<(Status, Trouble), OfficeError> {
    let status = status(&error);
    let shown_again = [
        Status::UnprocessableEntity,
        Status::PayloadTooLarge,
        Status::Conflict,
    ];
    if !shown_again.contains(&status) {
        return Err(error);
    }
    Ok((status, words::trouble(&error)))
}

/// A typed value that cannot be read; `expected` says what would be right.
pub(super) fn misread(expected: String) -> (Status, Trouble) {
    let trouble = Trouble {
        title: "填写有误，尚未记录".to_owned(),
        detail: expected,
        rule: None,
    };
    (Status::UnprocessableEntity, trouble)
}

impl Failure {
    fn told(&self, request: &str) -> (Status, Problem) {
        match self {
            Failure::Office(error) => {
                let status = status(error);
                if status == Status::InternalServerError {
                    tracing::error!(id = request, %error, "the office failed");
                    return (status, general(status, None, request));
                }
                let told = words::trouble(error);
                let problem = Problem {
                    status: status.code,
                    title: told.title,
                    detail: told.detail,
                    rule: told.rule,
                    back: None,
                };
                (status, problem)
            }
            Failure::View(error) => {
                tracing::error!(id = request, %error, "a template failed");
                let status = Status::InternalServerError;
                (status, general(status, None, request))
            }
            Failure::Query(expected) => (
                Status::BadRequest,
                problem(Status::BadRequest, "网址有误", expected),
            ),
            Failure::Nowhere => (Status::NotFound, general(Status::NotFound, None, request)),
        }
    }
}

impl<'r> Responder<'r, 'static> for Failure {
    fn respond_to(self, req: &'r Request<'_>) -> response::Result<'static> {
        if let Failure::Office(OfficeError::AlreadyMade(project)) = self {
            return Answer::See(format!("/projects/{project}")).respond_to(req);
        }
        let (status, problem) = self.told(trace::id(req));
        show(req, guard::known_session(req), status, &problem).respond_to(req)
    }
}

/// The page of a problem; plain words where even the template fails.
fn show(req: &Request<'_>, who: Option<&Session>, status: Status, problem: &Problem) -> Answer {
    let shell = who.map(Session::shell);
    let page = req
        .rocket()
        .state::<WebState>()
        .map(|state| state.view.problem(shell.as_ref(), problem));
    match page {
        Some(Ok(html)) => Answer::Html(status, html),
        Some(Err(error)) => {
            tracing::error!(id = trace::id(req), %error, "the problem page failed");
            bare(status, problem)
        }
        None => bare(status, problem),
    }
}

/// Without any template; the words are ours, so nothing in them needs escaping.
fn bare(status: Status, problem: &Problem) -> Answer {
    Answer::Html(
        status,
        format!(
            "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>{0}</title><h1>{0}</h1>",
            problem.title
        ),
    )
}

fn problem(status: Status, title: &str, detail: &str) -> Problem {
    Problem {
        status: status.code,
        title: title.to_owned(),
        detail: detail.to_owned(),
        rule: None,
        back: None,
    }
}

/// The words for a status that no handler answered.
fn general(status: Status, cause: Option<Cause>, request: &str) -> Problem {
    let (title, detail) = match (status.code, cause) {
        (403, Some(Cause::Token)) => (
            "表单校验未通过",
            "这张表单已经过期，或不是从本系统的页面提交的。什么都没有记录。请返回页面、刷新后重新提交。".to_owned(),
        ),
        (403, Some(Cause::Foreign)) => (
            "拒绝来自其他网站的提交",
            "这次提交来自其他网站。什么都没有记录。请从本系统的页面操作。".to_owned(),
        ),
        (403, _) => (
            "没有权限",
            "您的角色不能使用这个页面。如需要，请联系系统管理员。".to_owned(),
        ),
        (404, _) => (
            "没有这个页面",
            "网址可能写错了，或这里没有您可以查看的内容。请从首页进入。".to_owned(),
        ),
        (413, _) => (
            "提交的内容过大",
            format!("一次提交最多 {} KiB。什么都没有记录。请缩短说明后重新提交。", super::FORM_KIB),
        ),
        (400 | 415 | 422, _) => (
            "提交的内容无法读取",
            "浏览器送来的不是本系统的表单。什么都没有记录。请返回页面、刷新后重新提交。".to_owned(),
        ),
        (code, _) if code < 500 => (
            "无法处理这个请求",
            format!("请求被拒绝（状态 {code}）。请从首页重新进入。"),
        ),
        _ => (
            "系统出了问题",
            format!("刚才的操作没有完成。请稍后再试；若仍出现，请把编号 {request} 告诉系统管理员。"),
        ),
    };
    problem(status, title, &detail)
}

/// The catchers: a page for every status that a guard or Rocket itself gives.
pub(super) fn catchers() -> Vec<Catcher> {
    catchers![to_login, any]
}

/// Nobody is logged in: to the login page, and from there to what was wanted.
#[catch(401)]
fn to_login(req: &Request<'_>) -> Answer {
    let wanted = req.uri().to_string();
    // `//host` would lead elsewhere.
    if req.method() == Method::Get && wanted != "/" && !wanted.starts_with("//") {
        let secure = req
            .rocket()
            .state::<WebState>()
            .is_some_and(|state| state.config.http.secure_cookies);
        req.cookies().add_private(
            Cookie::build((WANTED, wanted))
                .path("/login")
                .http_only(true)
                .same_site(SameSite::Lax)
                .secure(secure)
                .max_age(rocket::time::Duration::minutes(30)),
        );
    }
    Answer::See("/login".to_owned())
}

/// The page that was wanted before logging in, or home.
pub(super) fn take_wanted(cookies: &rocket::http::CookieJar<'_>) -> String {
    match cookies.get_private(WANTED) {
        Some(cookie) => {
            cookies.remove_private(Cookie::build((WANTED, "")).path("/login"));
            cookie.value().to_owned()
        }
        None => "/".to_owned(),
    }
}

#[catch(default)]
async fn any(status: Status, req: &Request<'_>) -> Answer {
    let cause = req.local_cache(OnceLock::<Cause>::new).get().copied();
    let problem = general(status, cause, trace::id(req));
    if status.code >= 500 {
        tracing::error!(
            id = trace::id(req),
            status = status.code,
            "the request failed"
        );
    }
    // When something failed inside, the store is not asked again.
    let who = if status.code >= 500 {
        guard::known_session(req)
    } else {
        guard::session(req).await
    };
    show(req, who, status, &problem)
}
