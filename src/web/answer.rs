//! What a page's handler answers with when nothing failed.

use rocket::Request;
use rocket::http::{ContentType, Header, Status};
use rocket::response::{Responder, Response, Result};

use std::io::Cursor;

/// A page, or the way to one.
pub(super) enum Answer {
    /// HTML with its status.
    Html(Status, String),
    /// 303 to a path of ours: after a form was taken, so that reloading sends nothing again.
    See(String),
}

impl Answer {
    /// A page with status 200.
    pub(super) fn page(html: String) -> Answer {
        Answer::Html(Status::Ok, html)
    }
}

impl<'r> Responder<'r, 'static> for Answer {
    fn respond_to(self, _: &'r Request<'_>) -> Result<'static> {
        match self {
            Answer::Html(status, html) => Response::build()
                .status(status)
                .header(ContentType::HTML)
                .sized_body(html.len(), Cursor::new(html))
                .ok(),
            Answer::See(path) => Response::build()
                .status(Status::SeeOther)
                .header(Header::new("Location", path))
                .ok(),
        }
    }
}
