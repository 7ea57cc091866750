//! What fails inside stays inside.

use std::sync::Arc;

use grid_approvals::web;
use rocket::local::asynchronous::Client;
use rocket::{get, routes};

use crate::app::TestApp;
use crate::browser::Browser;
use crate::who::Who;

const SECRET: &str = "the words of the failure";

#[get("/fails")]
fn fails() -> &'static str {
    panic!("{SECRET}");
}

#[rocket::async_test]
async fn a_failure_shows_a_number_and_nothing_of_what_failed() {
    let app = TestApp::start().await;
    let rocket = web::rocket(app.state()).mount("/", routes![fails]);
    let client = Client::untracked(rocket).await.expect("it ignites");
    let mut browser = Browser::new(Arc::new(client));
    app.enter(&mut browser, Who::Company).await.is(303);
    let page = browser.get("/fails").await.is(500);
    let number = page.header("X-Request-Id").expect("a number").to_owned();
    page.shows(&number);
    page.hides(SECRET);
    page.hides("panic");
    browser.get("/").await.is(200);
}
