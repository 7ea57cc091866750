//! A number for each request, and a line of the access log.

use std::time::Instant;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::RawStr;
use rocket::{Data, Request, Response, async_trait};

use super::guard;

/// The request's number and when it began.
struct Stamp {
    id: String,
    began: Instant,
}

fn stamp<'r>(req: &'r Request<'_>) -> &'r Stamp {
    req.local_cache(|| Stamp {
        id: format!("{:012x}", rand::random::<u64>() >> 16),
        began: Instant::now(),
    })
}

/// The request's number, as its answer's header, its error page and the log show it.
pub(super) fn id<'r>(req: &'r Request<'_>) -> &'r str {
    &stamp(req).id
}

/// The path as the log shows it: the address of a calendar feed is a secret, and everything that
/// could be one, mistyped ones too, stays out of the log.
fn shown(path: &str) -> String {
    let plain = RawStr::new(path).percent_decode_lossy().to_lowercase();
    match plain.contains("feeds") || plain.ends_with(".ics") {
        true => "/feeds/…".to_owned(),
        false => path.to_owned(),
    }
}

/// Writes the header and the line.
pub(super) struct Trace;

#[async_trait]
impl Fairing for Trace {
    fn info(&self) -> Info {
        Info {
            name: "request id and access log",
            kind: Kind::Request | Kind::Response,
        }
    }

    async fn on_request(&self, req: &mut Request<'_>, _: &mut Data<'_>) {
        stamp(req);
    }

    async fn on_response<'r>(&self, req: &'r Request<'_>, response: &mut Response<'r>) {
        let stamp = stamp(req);
        response.set_raw_header("X-Request-Id", stamp.id.clone());
        let took = u64::try_from(stamp.began.elapsed().as_micros()).unwrap_or(u64::MAX);
        // The path without its query, which may hold what somebody searched for.
        tracing::info!(
            target: "access",
            id = stamp.id,
            method = req.method().as_str(),
            path = %shown(req.uri().path().as_str()),
            route = req.route().and_then(|r| r.name.as_deref()).unwrap_or("-"),
            status = response.status().code,
            micros = took,
            login = guard::known_session(req).map_or("-", |s| s.actor.login.as_str()),
            "request"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn the_secret_of_a_feed_is_in_no_line_of_the_log() {
        for path in [
            "/feeds/0123abcd.ics",
            "/feeds/0123abcd",
            "//feeds/0123abcd.ics",
            "/Feeds/0123abcd.ics",
            "/%66eeds/0123abcd",
            "/f%65eds/0123abcd",
            "/feed/0123abcd.ics",
        ] {
            assert!(!shown(path).contains("0123"), "{path}");
        }
        assert_eq!(shown("/filings/7"), "/filings/7");
    }
}
