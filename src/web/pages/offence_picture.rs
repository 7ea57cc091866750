//! Pictures of an offence: handed in by the company, sent to those concerned.

use rocket::http::CookieJar;
use rocket::{Route, State, get, post, routes};

use super::materials::{Refused, Sent};
use crate::office::{OffenceFileId, OffenceId, OfficeError, Unfit};
use crate::view::form::OffenceAsk;
use crate::web::answer::Answer;
use crate::web::guard::{self, Company, Session, Viewer};
use crate::web::problem::{Failure, Outcome};
use crate::web::upload::FileForm;
use crate::web::{WebState, param};

#[post("/offences/<id>/pictures", data = "<form>")]
async fn hand_in(
    who: Company<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    mut form: FileForm<'_>,
) -> Outcome {
    let offence = param::row(id).map(OffenceId).ok_or(Failure::Nowhere)?;
    let (status, trouble) = match receive(&who, state, offence, &mut form).await {
        Ok(name) => {
            guard::leave_notice(state, cookies, format!("已上传：{name}"));
            return Ok(Answer::See(format!("/offences/{offence}#pictures")));
        }
        Err(refused) => refused.trouble()?,
    };
    let ask = OffenceAsk {
        picture: Some(trouble),
        ..OffenceAsk::default()
    };
    super::offence::page(&who, state, offence, status, &ask).await
}

/// The name under which the picture was handed in.
async fn receive(
    who: &Session,
    state: &WebState,
    offence: OffenceId,
    form: &mut FileForm<'_>,
) -> Result<String, Refused> {
    let Some(mut part) = form.file().await? else {
        return Err(OfficeError::Unfit(Unfit::NoName).into());
    };
    let office = &state.office;
    let mut upload = match office.begin_picture(&who.actor, offence, &part.name).await {
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
    office.keep_picture(&who.actor, upload, who.at).await?;
    Ok(part.name)
}

#[get("/offences/<id>/pictures/<picture>")]
async fn picture(
    who: Viewer<'_>,
    state: &State<WebState>,
    id: &str,
    picture: &str,
) -> Result<Sent, Failure> {
    let offence = param::row(id).map(OffenceId).ok_or(Failure::Nowhere)?;
    let row = param::row(picture).ok_or(Failure::Nowhere)?;
    let office = &state.office;
    let file = office
        .picture(&who.actor, offence, OffenceFileId(row))
        .await?;
    Ok(Sent(row, file))
}

pub(super) fn routes() -> Vec<Route> {
    routes![hand_in, picture]
}
