//! One step of one project: its page, and the events that are recorded on it.

use rocket::http::{CookieJar, Status};
use rocket::{FromForm, Route, State, get, post, routes};

use crate::office::Details;
use crate::office::{FilingId, RecordEvent};
use crate::view::form::{EventForm, EventTyped, Trouble};
use crate::view::words;
use crate::web::answer::Answer;
use crate::web::csrf::Csrf;
use crate::web::guard::{self, Recorder, Session, Viewer};
use crate::web::problem::{self, Failure, Outcome};
use crate::web::{WebState, param};

#[derive(FromForm)]
struct Typed {
    #[field(default = "")]
    kind: String,
    #[field(default = "")]
    on: String,
    #[field(default = "")]
    note: String,
    #[field(default = "")]
    seen: String,
    #[field(default = "")]
    ground: String,
    #[field(default = "")]
    days: String,
    #[field(default = false)]
    despite_missing: bool,
    /// Ticked materials of a one-time notice.
    requested: Vec<String>,
    /// What else it asks for, one a line.
    #[field(default = "")]
    others: String,
}

impl Typed {
    fn parse(&self, filing: FilingId) -> param::Parsed<RecordEvent> {
        Ok(RecordEvent {
            filing,
            kind: param::event(&self.kind, &self.ground, &self.days)?,
            on: param::date(&self.on)?,
            note: param::words(&self.note),
            details: Details {
                requested: param::requested(&self.requested, &self.others),
                ..Details::default()
            },
            seen: param::seen(&self.seen)?,
            despite_missing: self.despite_missing,
        })
    }

    fn shown(&self) -> EventTyped {
        EventTyped {
            kind: self.kind.clone(),
            on: self.on.clone(),
            note: self.note.clone(),
            ground: self.ground.clone(),
            days: self.days.clone(),
            despite_missing: self.despite_missing,
            requested: self.requested.clone(),
            others: self.others.clone(),
        }
    }
}

#[get("/filings/<id>")]
async fn show(who: Viewer<'_>, state: &State<WebState>, id: &str) -> Outcome {
    let filing = filing(id)?;
    page(&who, state, filing, Status::Ok, &EventForm::default()).await
}

#[post("/filings/<id>/events", data = "<form>")]
async fn record(
    who: Recorder<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let filing = filing(id)?;
    let event = match form.parse(filing) {
        Ok(event) => event,
        Err(expected) => {
            let (status, trouble) = problem::misread(expected);
            return again(&who, state, filing, status, &form, trouble).await;
        }
    };
    let done = words::event_done(&event.kind);
    match state.office.record(&who.actor, event, who.at).await {
        Ok(_) => {
            guard::leave_notice(state, cookies, done);
            Ok(Answer::See(format!("/filings/{filing}")))
        }
        Err(error) => {
            let (status, trouble) = problem::trouble(error)?;
            again(&who, state, filing, status, &form, trouble).await
        }
    }
}

/// The page as it stands now, with what was typed and why it was not taken.
async fn again(
    who: &Session,
    state: &State<WebState>,
    filing: FilingId,
    status: Status,
    form: &Typed,
    trouble: Trouble,
) -> Outcome {
    let form = EventForm {
        typed: form.shown(),
        trouble: Some(trouble),
        ..EventForm::default()
    };
    page(who, state, filing, status, &form).await
}

pub(in crate::web) async fn page(
    who: &Session,
    state: &State<WebState>,
    filing: FilingId,
    status: Status,
    form: &EventForm,
) -> Outcome {
    let step = state.office.step_page(&who.actor, filing, who.at).await?;
    let html = state.view.step(&who.shell(), &step, form)?;
    Ok(Answer::Html(status, html))
}

fn filing(id: &str) -> Result<FilingId, Failure> {
    param::row(id).map(FilingId).ok_or(Failure::Nowhere)
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, record]
}
