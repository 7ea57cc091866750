//! Documents: to print, to edit in Word or WPS, to check by code; and the delivery of decisions.

use std::io::Cursor;

use rocket::http::{ContentType, CookieJar, Header, Status};
use rocket::response::{self, Responder, Response};
use rocket::{FromForm, Request, Route, State, get, post, routes};

use crate::documents;
use crate::office::{Deliver, DocumentId};
use crate::statute::paper::DeliveryWay;
use crate::view::form::{DeliveryForm, Trouble};
use crate::web::answer::Answer;
use crate::web::csrf::Csrf;
use crate::web::guard::{self, Public, Recorder, Session, Viewer};
use crate::web::problem::{self, Failure, Outcome};
use crate::web::{WebState, param};

#[derive(FromForm)]
struct Typed {
    #[field(default = "")]
    on: String,
    #[field(default = "")]
    way: String,
    #[field(default = "")]
    recipient: String,
}

impl Typed {
    fn parse(&self, document: DocumentId) -> param::Parsed<Deliver> {
        Ok(Deliver {
            document,
            on: param::date(&self.on)?,
            way: DeliveryWay::from_code(&self.way)
                .ok_or_else(|| "请选择送达方式：直接送达、邮寄送达或电子送达。".to_owned())?,
            recipient: param::words(&self.recipient).unwrap_or_default(),
        })
    }
}

fn document(id: &str) -> Result<DocumentId, Failure> {
    param::row(id).map(DocumentId).ok_or(Failure::Nowhere)
}

#[get("/documents/<id>")]
async fn show(who: Viewer<'_>, state: &State<WebState>, id: &str) -> Outcome {
    page(
        &who,
        state,
        document(id)?,
        Status::Ok,
        &DeliveryForm::default(),
    )
    .await
}

async fn page(
    who: &Session,
    state: &State<WebState>,
    id: DocumentId,
    status: Status,
    form: &DeliveryForm,
) -> Outcome {
    let paper = state.office.paper(&who.actor, id).await?;
    let html = state.view.paper(&who.shell(), &paper, form)?;
    Ok(Answer::Html(status, html))
}

#[get("/documents/<id>/docx")]
async fn docx(who: Viewer<'_>, state: &State<WebState>, id: &str) -> Result<Bytes, Failure> {
    let id = document(id)?;
    let paper = state.office.paper(&who.actor, id).await?.paper;
    Ok(Bytes(
        format!("document-{id}"),
        "docx",
        documents::docx(&paper)?,
    ))
}

#[cfg(feature = "pdf")]
#[get("/documents/<id>/pdf")]
async fn pdf(who: Viewer<'_>, state: &State<WebState>, id: &str) -> Result<Bytes, Failure> {
    let id = document(id)?;
    let paper = state.office.paper(&who.actor, id).await?.paper;
    Ok(Bytes(
        format!("document-{id}"),
        "pdf",
        documents::pdf(&paper)?,
    ))
}

/// A document on its way to another program, with its file's name and ending.
pub(super) struct Bytes(
    pub(super) String,
    pub(super) &'static str,
    pub(super) Vec<u8>,
);

impl<'r> Responder<'r, 'static> for Bytes {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let Bytes(name, ending, bytes) = self;
        let kind = match ending {
            "pdf" => ContentType::PDF,
            "csv" => ContentType::CSV,
            _ => ContentType::new(
                "application",
                "vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
        };
        let disposition = format!("attachment; filename=\"{name}.{ending}\"");
        Response::build()
            .header(kind)
            .header(Header::new("Content-Disposition", disposition))
            .sized_body(bytes.len(), Cursor::new(bytes))
            .ok()
    }
}

#[post("/documents/<id>/delivery", data = "<form>")]
async fn deliver(
    who: Recorder<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let id = document(id)?;
    let wish = match form.parse(id) {
        Ok(wish) => wish,
        Err(expected) => {
            let (status, trouble) = problem::misread(expected);
            return again(&who, state, id, status, &form, trouble).await;
        }
    };
    match state.office.deliver(&who.actor, wish, who.at).await {
        Ok(filing) => {
            let words = "已登记送达，并生成送达回证。".to_owned();
            guard::leave_notice(state, cookies, words);
            Ok(Answer::See(format!("/filings/{filing}#papers")))
        }
        Err(error) => {
            let (status, trouble) = problem::trouble(error)?;
            again(&who, state, id, status, &form, trouble).await
        }
    }
}

async fn again(
    who: &Session,
    state: &State<WebState>,
    id: DocumentId,
    status: Status,
    form: &Typed,
    trouble: Trouble,
) -> Outcome {
    let form = DeliveryForm {
        on: form.on.clone(),
        way: form.way.clone(),
        recipient: form.recipient.clone(),
        trouble: Some(trouble),
    };
    page(who, state, id, status, &form).await
}

#[get("/check?<code>")]
async fn check(_anybody: Public, state: &State<WebState>, code: Option<&str>) -> Outcome {
    let typed = code.and_then(param::words).unwrap_or_default();
    let found = state.office.check_paper(&typed).await?;
    let html = state.view.check(&typed, found.as_ref())?;
    Ok(Answer::page(html))
}

pub(super) fn routes() -> Vec<Route> {
    let routes = routes![show, docx, deliver, check];
    #[cfg(feature = "pdf")]
    let routes = [routes, routes![pdf]].concat();
    routes
}
