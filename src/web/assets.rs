//! Style, script and pictures, out of the program itself.

use std::io::Cursor;
use std::path::PathBuf;

use rocket::http::{ContentType, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::{self, Responder, Response};
use rocket::{Route, State, async_trait, get, routes};
use rust_embed::RustEmbed;

use super::WebState;
use super::guard::Public;

/// Only this folder: templates can never be asked for.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/templates/static"]
struct Files;

/// A file; without its bytes where the browser's copy is still good.
struct Asset {
    tag: String,
    forever: bool,
    whole: Option<(ContentType, Vec<u8>)>,
}

/// What the browser has of it.
struct Held<'r>(Option<&'r str>);

#[async_trait]
impl<'r> FromRequest<'r> for Held<'r> {
    type Error = ();
    async fn from_request(req: &'r Request<'_>) -> Outcome<Self, ()> {
        Outcome::Success(Held(req.headers().get_one("If-None-Match")))
    }
}

impl<'r> Responder<'r, 'static> for Asset {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::new();
        // An address with a version never changes what it names; one without is asked again.
        response.set_raw_header(
            "Cache-Control",
            if self.forever {
                "public, max-age=31536000, immutable"
            } else {
                "public, no-cache"
            },
        );
        response.set_raw_header("ETag", self.tag);
        match self.whole {
            Some((kind, bytes)) => {
                response.set_header(kind);
                response.set_sized_body(bytes.len(), Cursor::new(bytes));
            }
            None => response.set_status(Status::NotModified),
        }
        Ok(response)
    }
}

#[get("/static/<path..>?<v>")]
fn file(
    _anybody: Public,
    state: &State<WebState>,
    path: PathBuf,
    v: Option<&str>,
    held: Held<'_>,
) -> Option<Asset> {
    let name = path.to_str()?;
    let file = Files::get(name)?;
    let hash: String = file
        .metadata
        .sha256_hash()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let tag = format!("\"{hash}\"");
    // Another version's address must not keep this version's bytes.
    let forever = v == Some(state.view.assets());
    let kept = |held: &str| held.split(',').any(|one| one.trim() == tag);
    let whole = if held.0.is_some_and(kept) {
        None
    } else {
        let kind = path
            .extension()
            .and_then(|extension| extension.to_str())
            .and_then(ContentType::from_extension)
            .unwrap_or(ContentType::Binary);
        Some((kind, file.data.into_owned()))
    };
    Some(Asset {
        tag,
        forever,
        whole,
    })
}

pub(super) fn routes() -> Vec<Route> {
    routes![file]
}
