//! Files for the materials of a step: handed in by the company, sent to who may see the step.

use futures_util::StreamExt;
use rocket::http::{ContentType, CookieJar, Header, Status};
use rocket::response::{self, Responder, Response};
use rocket::{Request, Route, State, get, post, routes};
use tokio_util::io::StreamReader;

use crate::office::{Download, FilingId, MaterialFileId, OfficeError, Unfit};
use crate::view::form::{EventForm, MaterialTrouble, Trouble};
use crate::web::answer::Answer;
use crate::web::guard::{self, Company, Viewer};
use crate::web::problem::{self, Failure, Outcome};
use crate::web::upload::{CutOff, FileForm};
use crate::web::{WebState, param};

#[post("/filings/<id>/materials/<material>", data = "<form>")]
async fn hand_in(
    who: Company<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    material: &str,
    mut form: FileForm<'_>,
) -> Outcome {
    let filing = param::row(id).map(FilingId).ok_or(Failure::Nowhere)?;
    let refused = match receive(&who, state, filing, material, &mut form).await {
        Ok(name) => {
            guard::leave_notice(state, cookies, format!("已上传：{name}"));
            return Ok(Answer::See(format!("/filings/{filing}#materials")));
        }
        Err(refused) => refused.trouble()?,
    };
    let (status, trouble) = refused;
    let form = EventForm {
        material: Some(MaterialTrouble {
            material: material.to_owned(),
            trouble,
        }),
        ..EventForm::default()
    };
    super::filing::page(&who, state, filing, status, &form).await
}

/// Why a file was not handed in.
pub(super) enum Refused {
    Office(OfficeError),
    CutOff,
}

impl Refused {
    /// What the page that is shown again says; `Err`: it is nothing for the page.
    pub(super) fn trouble(self) -> Result<(Status, Trouble), OfficeError> {
        match self {
            Refused::Office(error) => problem::trouble(error),
            Refused::CutOff => {
                let expected = "上传中断，什么都没有保存。请检查网络后重新选择文件上传。";
                Ok(problem::misread(expected.to_owned()))
            }
        }
    }
}

impl From<OfficeError> for Refused {
    fn from(error: OfficeError) -> Self {
        Refused::Office(error)
    }
}

impl From<CutOff> for Refused {
    fn from(_: CutOff) -> Self {
        Refused::CutOff
    }
}

/// The name under which the file was handed in.
async fn receive(
    who: &guard::Session,
    state: &WebState,
    filing: FilingId,
    material: &str,
    form: &mut FileForm<'_>,
) -> Result<String, Refused> {
    let Some(mut part) = form.file().await? else {
        return Err(OfficeError::Unfit(Unfit::NoName).into());
    };
    let begun = state
        .office
        .begin_upload(&who.actor, filing, material, &part.name, who.at)
        .await;
    let mut upload = match begun {
        Ok(upload) => upload,
        Err(error) => {
            part.drain().await;
            return Err(error.into());
        }
    };
    while let Some(piece) = part.piece().await? {
        if let Err(error) = upload.write(&piece).await {
            drop(upload);
            part.drain().await;
            return Err(error.into());
        }
    }
    state.office.hand_in(&who.actor, upload, who.at).await?;
    Ok(part.name)
}

#[get("/files/<id>")]
async fn file(who: Viewer<'_>, state: &State<WebState>, id: &str) -> Result<Sent, Failure> {
    let id = param::row(id).map(MaterialFileId).ok_or(Failure::Nowhere)?;
    Ok(Sent(id.0, state.office.download(&who.actor, id).await?))
}

/// A file on its way to the browser: to be saved, never to be shown within our site.
pub(super) struct Sent(pub(super) i64, pub(super) Download);

impl<'r> Responder<'r, 'r> for Sent {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'r> {
        let Sent(id, file) = self;
        let kind: ContentType = file
            .kind
            .media_type()
            .parse()
            .unwrap_or(ContentType::Binary);
        let disposition = disposition(&format!("file-{id}"), file.kind.code(), &file.name);
        Response::build()
            .status(Status::Ok)
            .header(kind)
            .header(Header::new("Content-Disposition", disposition))
            .header(Header::new("Content-Length", file.bytes.to_string()))
            .header(Header::new("X-Content-Type-Options", "nosniff"))
            .streamed_body(StreamReader::new(file.pieces.boxed()))
            .ok()
    }
}

/// RFC 6266 with the name as RFC 5987 writes it; a reader of neither gets a plain name.
pub(super) fn disposition(plain: &str, ending: &str, name: &str) -> String {
    let mut coded = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                coded.push(char::from(byte));
            }
            _ => coded.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{coded}")
}

pub(super) fn routes() -> Vec<Route> {
    routes![hand_in, file]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_sent_so_that_nothing_in_it_ends_the_header() {
        let sent = disposition("file-7", "pdf", "选址 \"a\"; x=1\r\n.pdf");
        assert_eq!(
            sent,
            "attachment; filename=\"file-7.pdf\"; \
             filename*=UTF-8''%E9%80%89%E5%9D%80%20%22a%22%3B%20x%3D1%0D%0A.pdf"
        );
    }
}
