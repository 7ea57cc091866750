//! What every answer carries.

use crate::app::TestApp;
use crate::who::Who;

const STYLE: &str = "/static/css/app.css";

#[rocket::async_test]
async fn every_answer_forbids_foreign_script_frames_and_guessing() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    for path in ["/login", "/no-such-page", STYLE, "/health", "/"] {
        let answer = browser.get(path).await;
        let policy = answer.header("Content-Security-Policy").unwrap_or_default();
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {part} is not in {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(
            answer.header("X-Content-Type-Options"),
            Some("nosniff"),
            "{path}"
        );
        assert_eq!(
            answer.header("Referrer-Policy"),
            Some("same-origin"),
            "{path}"
        );
        assert!(answer.header("X-Request-Id").is_some(), "{path}");
        assert!(answer.header("Server").is_none(), "{path}");
    }
}

#[rocket::async_test]
async fn no_page_is_kept_by_a_cache() {
    let app = TestApp::start().await;
    let mut company = app.login(Who::Company).await;
    for path in ["/", "/projects", "/no-such-page", "/login"] {
        let answer = company.get(path).await;
        assert_eq!(answer.header("Cache-Control"), Some("no-store"), "{path}");
    }
}

#[rocket::async_test]
async fn a_page_holds_no_inline_script_or_style() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    let mut company = app.login(Who::Company).await;
    for path in [
        "/",
        "/projects",
        "/projects/new",
        "/catalogue",
        "/calendar",
        "/board",
        &format!("/projects/{project}"),
    ] {
        let page = company.get(path).await.is(200);
        for (at, _) in page.body.match_indices("<script") {
            let tag = page.body[at..].split('>').next().unwrap_or_default();
            assert!(tag.contains("src=\""), "{path}: {tag}");
        }
        for forbidden in [
            " style=\"",
            "<style",
            " onclick=",
            " onsubmit=",
            "javascript:",
        ] {
            page.hides(forbidden);
        }
    }
}

#[rocket::async_test]
async fn a_style_sheet_is_sent_again_only_when_it_changed() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let first = browser.get(STYLE).await.is(200);
    assert!(
        first
            .header("Content-Type")
            .unwrap_or_default()
            .starts_with("text/css")
    );
    let tag = first.header("ETag").expect("a tag").to_owned();
    let again = browser
        .send(
            rocket::http::Method::Get,
            STYLE,
            &[("If-None-Match", &tag)],
            None,
        )
        .await
        .is(304);
    assert!(again.body.is_empty());
    let other = browser
        .send(
            rocket::http::Method::Get,
            STYLE,
            &[("If-None-Match", "\"old\"")],
            None,
        )
        .await;
    assert_eq!(other.status, 200);
}

#[rocket::async_test]
async fn the_health_check_reads_the_database() {
    let app = TestApp::start().await;
    assert_eq!(app.browser().get("/health").await.is(200).body, "ok\n");
}
