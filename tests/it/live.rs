//! Live updates: a page that is open at one server hears of what was done at another.

use std::time::Duration;

use rocket::http::{ContentType, Cookie};
use rocket::local::asynchronous::{Client, LocalResponse};
use rocket::tokio::io::AsyncReadExt;
use rocket::tokio::time::timeout;

use crate::app::TestApp;
use crate::browser::Browser;
use crate::database::Database;
use crate::who::Who;

/// So long a test waits for what has to come; it fails then, and does not hang.
const PATIENCE: Duration = Duration::from_secs(60);

async fn open<'c>(client: &'c Client, browser: &Browser) -> LocalResponse<'c> {
    let mut request = client.get("/live");
    for (name, value) in browser.cookies() {
        request = request.cookie(Cookie::new(name.to_owned(), value.to_owned()));
    }
    request.dispatch().await
}

/// The lines of data that a stream says, one by one.
struct Heard<'c> {
    stream: LocalResponse<'c>,
    text: String,
    /// The last event that had a name.
    event: Option<String>,
}

impl<'c> Heard<'c> {
    async fn of(client: &'c Client, browser: &Browser) -> Heard<'c> {
        let stream = open(client, browser).await;
        assert_eq!(stream.status().code, 200);
        assert_eq!(stream.content_type(), Some(ContentType::EventStream));
        Heard {
            stream,
            text: String::new(),
            event: None,
        }
    }

    /// The next line of data; `None`: the stream has ended.
    async fn next(&mut self) -> Option<String> {
        loop {
            while let Some((line, rest)) = self.text.split_once('\n') {
                let (line, rest) = (line.trim_end().to_owned(), rest.to_owned());
                self.text = rest;
                if let Some(data) = line.strip_prefix("data:") {
                    return Some(data.to_owned());
                }
                if let Some(name) = line.strip_prefix("event:") {
                    self.event = Some(name.to_owned());
                    continue;
                }
                let quiet = ["", ":"].contains(&line.as_str()) || line.starts_with("retry:");
                assert!(quiet, "nothing else is said: {line}");
            }
            let mut piece = [0_u8; 256];
            let read = timeout(PATIENCE, self.stream.read(&mut piece));
            let read = read.await.expect("something comes").expect("it is read");
            if read == 0 {
                return None;
            }
            self.text.push_str(&String::from_utf8_lossy(&piece[..read]));
        }
    }
}

async fn an_open_page_hears_of_what_another_server_did(database: Database) {
    let app = TestApp::on(database).await;
    let (other, keeping) = app.another_server().await;
    let office = app.login(Who::GovernmentOffice).await;
    let mut heard = Heard::of(&other, &office).await;
    let first = heard.next().await.expect("how far things have come");
    assert!(first.starts_with("2026-09-21."), "{first}");

    // The page that this server makes says where it stands, so that nothing is lost between.
    let mut browser = app.login(Who::GovernmentOffice).await;
    let page = browser.get("/board").await.is(200);
    page.shows(&format!("data-live=\"/live\" data-version=\"{first}\""));

    app.project_220kv().await;
    let second = heard.next().await.expect("a project was entered");
    assert_ne!(second, first);
    let page = browser.get("/board").await.is(200);
    page.shows(&format!("data-version=\"{second}\""));

    // Nobody entered anything: the day has turned.
    app.set_day(2026, 9, 22);
    let third = heard.next().await.expect("a new day");
    assert!(third.starts_with("2026-09-22."), "{third}");
    assert_eq!(
        third.split_once('.').map(|(_, n)| n),
        second.split_once('.').map(|(_, n)| n)
    );

    // The server ends: the stream ends with it.
    other.rocket().shutdown().notify();
    assert_eq!(heard.next().await, None);
    keeping.abort();
}

#[rocket::async_test]
async fn an_open_page_hears_of_what_another_server_did_on_sqlite() {
    an_open_page_hears_of_what_another_server_did(Database::sqlite()).await;
}

#[rocket::async_test]
async fn an_open_page_hears_of_what_another_server_did_on_postgresql() {
    an_open_page_hears_of_what_another_server_did(Database::postgres()).await;
}

#[rocket::async_test]
async fn the_newest_pages_of_a_session_hear_and_the_oldest_is_told_that_it_does_not() {
    let app = TestApp::start().await;
    let (server, keeping) = app.another_server().await;
    let company = app.login(Who::Company).await;
    let mut streams = Vec::new();
    for _ in 0..5 {
        let mut heard = Heard::of(&server, &company).await;
        assert!(heard.next().await.is_some());
        streams.push(heard);
    }
    // Whoever turns page after page always has the page that is looked at kept as it is.
    let mut oldest = streams.remove(0);
    assert_eq!(oldest.next().await.as_deref(), Some(""));
    assert_eq!(oldest.event.as_deref(), Some("replaced"));
    assert_eq!(oldest.next().await, None);
    // Somebody else has one's own, and takes nobody's place.
    let other = app.login(Who::Company).await;
    assert_eq!(open(&server, &other).await.status().code, 200);
    app.project_220kv().await;
    for heard in &mut streams {
        assert!(
            heard
                .next()
                .await
                .is_some_and(|version| !version.is_empty())
        );
    }
    keeping.abort();
}

#[rocket::async_test]
async fn whoever_has_logged_out_hears_nothing_more() {
    let app = TestApp::start().await;
    let mut company = app.login(Who::Company).await;
    let kept = company.clone();
    assert_eq!(company.get("/live").await.status, 200);
    company.post("/account", "/logout", &[]).await.is(303);
    let mut kept = kept;
    let answer = kept.get("/live").await.is(303);
    assert_eq!(answer.location.as_deref(), Some("/login"));
}
