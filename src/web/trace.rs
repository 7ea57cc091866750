//! A number for each request, and a line of the access log.

use std::time::Instant;

use rocket::fairing::{Fairing, Info, Kind};
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
            path = %req.uri().path(),
            route = req.route().and_then(|r| r.name.as_deref()).unwrap_or("-"),
            status = response.status().code,
            micros = took,
            login = guard::known_session(req).map_or("-", |s| s.actor.login.as_str()),
            "request"
        );
    }
}
