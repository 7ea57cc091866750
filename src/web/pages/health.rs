//! Whether the program answers and its database does.

use rocket::http::Status;
use rocket::{Route, State, get, routes};

use crate::web::WebState;
use crate::web::guard::Public;

#[get("/health")]
async fn health(_anybody: Public, state: &State<WebState>) -> (Status, &'static str) {
    match state.office.ping().await {
        Ok(()) => (Status::Ok, "ok\n"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (Status::ServiceUnavailable, "the database does not answer\n")
        }
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![health]
}
