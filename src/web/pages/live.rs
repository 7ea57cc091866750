//! Live updates: a stream that says when something has changed, and never what.

use std::time::Duration;

use rocket::response::stream::{Event, EventStream};
use rocket::{Route, Shutdown, State, get, routes};

use crate::courier::live::{Listener, News};
use crate::office::Version;
use crate::web::WebState;
use crate::web::guard::Viewer;
use crate::web::problem::Failure;

/// So long a stream lasts; the browser then opens it anew, and whoever may no longer log in, or has
/// logged out, is turned away there.
const LASTS: Duration = Duration::from_secs(10 * 60);
/// How often a stream without news shows that it lives, so that nothing between closes it.
const BEAT: Duration = Duration::from_secs(15);
/// How long a browser waits before it opens a stream anew.
const AGAIN: Duration = Duration::from_secs(3);

/// Says how far things have come, at once and whenever it changes. A session has so many streams;
/// beyond them the oldest ends with the event `replaced`, on which its page does not ask again.
#[get("/live")]
async fn live(
    who: Viewer<'_>,
    state: &State<WebState>,
    end: Shutdown,
) -> Result<EventStream![Event + 'static], Failure> {
    // The token for forms names the session and is not its secret.
    let version = state.office.version(who.at).await?;
    let listener = state.live.listen(&who.csrf);
    Ok(stream(listener, version, end).heartbeat(BEAT))
}

fn stream(mut listener: Listener, version: Version, mut end: Shutdown) -> EventStream![] {
    EventStream! {
        let mut told = version;
        yield Event::data(told.to_string()).with_retry(AGAIN);
        let over = tokio::time::sleep(LASTS);
        tokio::pin!(over);
        loop {
            let next = tokio::select! {
                next = listener.next() => next,
                () = &mut over => None,
                () = &mut end => None,
            };
            match next {
                None => break,
                Some(News::Replaced) => {
                    yield Event::data("").event("replaced");
                    break;
                }
                Some(News::Version(next)) if next != told => {
                    told = next;
                    yield Event::data(told.to_string());
                }
                Some(News::Version(_)) => {}
            }
        }
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![live]
}
