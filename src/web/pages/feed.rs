//! The calendar feed: its address is the secret, so there is no login.

use std::io::Cursor;

use rocket::http::{ContentType, Status};
use rocket::response::{Responder, Response};
use rocket::{Request, Route, State, get, response, routes};

use crate::documents;
use crate::web::WebState;
use crate::web::guard::Public;
use crate::web::problem::Failure;

/// A calendar's text.
struct Ics(String);

impl<'r> Responder<'r, 'static> for Ics {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let kind = ContentType::new("text", "calendar").with_params(("charset", "utf-8"));
        Response::build()
            .status(Status::Ok)
            .header(kind)
            .raw_header("Content-Disposition", "inline; filename=\"deadlines.ics\"")
            .sized_body(self.0.len(), Cursor::new(self.0))
            .ok()
    }
}

#[get("/feeds/<file>")]
async fn feed(_public: Public, state: &State<WebState>, file: &str) -> Result<Ics, Failure> {
    let secret = file.strip_suffix(".ics").ok_or(Failure::Nowhere)?;
    let found = state.office.feed(secret, (state.now)()).await?;
    Ok(Ics(documents::ics(&found)))
}

pub(super) fn routes() -> Vec<Route> {
    routes![feed]
}
