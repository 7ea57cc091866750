//! Whether the program answers and its database does.

use rocket::http::Status;
use rocket::{Route, State, get, routes};

use crate::web::WebState;
use crate::web::guard::Public;

/// A read that finds nothing: enough to know that the database answers.
#[get("/health")]
async fn health(_anybody: Public, state: &State<WebState>) -> (Status, &'static str) {
    match state.office.session("health", (state.now)()).await {
        Ok(_) => (Status::Ok, "ok\n"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (Status::ServiceUnavailable, "the database does not answer\n")
        }
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![health]
}
