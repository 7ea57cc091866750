//! Deny by default, held by a table: every route with what each role gets.
//!
//! `tests/golden/routes.txt` is read by a person when a route is added; a route that is not in
//! it, or answers a role otherwise, fails here with the line as it would have to stand.

use std::fmt::Write;

use rocket::http::Method;

use crate::app::TestApp;
use crate::browser::encode;
use crate::who::Who;

const GOLDEN: &str = include_str!("../golden/routes.txt");

const ROLES: [(&str, Option<Who>); 5] = [
    ("nobody", None),
    ("company", Some(Who::Company)),
    ("officer", Some(Who::CityLand)),
    ("office", Some(Who::GovernmentOffice)),
    ("admin", Some(Who::Administrator)),
];

/// The routes that somebody without a login may reach.
const PUBLIC: [&str; 6] = [
    "GET /check",
    "GET /feeds/<file>",
    "GET /health",
    "GET /login",
    "GET /static/<path..>",
    "POST /login",
];

fn routes(app: &TestApp) -> Vec<(String, Method)> {
    let mut all: Vec<(String, Method)> = app
        .rocket()
        .routes()
        .map(|route| {
            let path = route.uri.path().to_string();
            let method = route.method;
            (path, method)
        })
        .collect();
    all.sort_by_key(|(path, method)| (path.clone(), method.as_str()));
    all
}

fn sample(path: &str, project: i64, filing: i64) -> String {
    let id = if path.starts_with("/projects") {
        project
    } else if path.starts_with("/filings/") {
        filing
    } else {
        // A person's or a file's row that is none: what a role may do shows before whom it is done to.
        999_999
    };
    path.replace("<id>", &id.to_string())
        .replace("<material>", "pre-review-dossier")
        .replace("<commitment>", "999999")
        .replace("<correction>", "999999")
        .replace("<kind>/<what>", "part-done/land-hearing")
        .replace("entries/<kind>", "entries/received")
        .replace("<picture>", "999999")
        .replace("<part>", "email")
        .replace("<file>", "none.ics")
        .replace("<kind>", "objection")
        .replace(
            "<act>",
            if path.contains("supervision") {
                "notice"
            } else {
                "<act>"
            },
        )
        .replace("<act>/<which>", "report/999999")
        .replace("<act>", "call")
        .replace("<path..>", "css/app.css")
}

#[rocket::async_test]
async fn every_route_stands_in_the_table_with_what_each_role_gets() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    let filing = app.filing(project, "land-pre-review", None).await;
    let mut table = String::new();
    for (path, method) in routes(&app) {
        let mut line = format!("{method:<4} {path:<32}");
        for (name, who) in ROLES {
            let mut browser = match who {
                Some(who) => app.login(who).await,
                None => app.browser(),
            };
            let place = sample(&path, project, filing);
            let answer = if method == Method::Post {
                let page = match who {
                    Some(_) if path != "/login" => "/account",
                    _ => "/login",
                };
                let token = browser.get(page).await.hidden("_csrf").unwrap_or_default();
                let body = encode(&[("_csrf", &token)]);
                browser.send(method, &place, &[], Some(&body)).await
            } else {
                browser.send(method, &place, &[], None).await
            };
            let led_away = answer.status == 303
                && who.is_none()
                && answer.location.as_deref() == Some("/login");
            let mark = if led_away || answer.status == 403 {
                '✘'
            } else {
                '✔'
            };
            let _ = write!(line, " {name} {mark}{}", answer.status);
            if who.is_none() && !PUBLIC.contains(&format!("{method} {path}").as_str()) {
                assert!(led_away, "{method} {path} is open to everybody");
            }
        }
        let _ = writeln!(table, "{}", line.trim_end());
    }
    assert_eq!(
        table, GOLDEN,
        "tests/golden/routes.txt would have to read:\n{table}"
    );
}

#[rocket::async_test]
async fn every_route_that_changes_something_wants_the_token_and_our_own_site() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    let filing = app.filing(project, "land-pre-review", None).await;
    for (path, method) in routes(&app) {
        if method == Method::Get {
            continue;
        }
        let place = sample(&path, project, filing);
        let mut tried = Vec::new();
        for (_, who) in ROLES {
            let mut browser = match who {
                Some(who) => app.login(who).await,
                None => app.browser(),
            };
            let answer = browser.send(method, &place, &[], Some("_csrf=")).await;
            tried.push(answer.status);
            let token = browser.get("/account").await.hidden("_csrf");
            let body = encode(&[("_csrf", &token.unwrap_or_default())]);
            let foreign = [("Sec-Fetch-Site", "cross-site")];
            let answer = browser.send(method, &place, &foreign, Some(&body)).await;
            assert_eq!(answer.status, 403, "{method} {place} from another site");
        }
        assert!(
            tried.iter().all(|status| matches!(status, 303 | 403)),
            "{method} {path} without a token: {tried:?}"
        );
        assert!(tried.contains(&403), "{method} {path}: {tried:?}");
    }
}
