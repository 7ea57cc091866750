//! Headers of every answer.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Header;
use rocket::shield::{Frame, Policy, Referrer, Shield};
use rocket::{Request, Response, async_trait};

/// Our own style and script, nothing inline and nothing from elsewhere.
const CONTENT_SECURITY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; \
     base-uri 'none'";

#[derive(Default)]
struct ContentSecurity;

impl Policy for ContentSecurity {
    const NAME: &'static str = "Content-Security-Policy";
    fn header(&self) -> Header<'static> {
        Header::new(Self::NAME, CONTENT_SECURITY)
    }
}

/// The shield over every answer, errors included.
pub(super) fn shield() -> Shield {
    Shield::default()
        .enable(Frame::Deny)
        .enable(Referrer::SameOrigin)
        .enable(ContentSecurity)
}

/// Pages show who is late and who is logged in: no cache may keep one that did not say it may.
pub(super) struct Caching;

#[async_trait]
impl Fairing for Caching {
    fn info(&self) -> Info {
        Info {
            name: "caching",
            kind: Kind::Response,
        }
    }

    async fn on_response<'r>(&self, _: &'r Request<'_>, response: &mut Response<'r>) {
        if !response.headers().contains("Cache-Control") {
            response.set_raw_header("Cache-Control", "no-store");
        }
    }
}
