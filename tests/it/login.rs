//! In and out.

use rocket::http::Method;

use crate::app::{PASSWORD, TestApp};
use crate::who::Who;

#[rocket::async_test]
async fn each_role_logs_in_and_sees_its_own_home() {
    let app = TestApp::start().await;
    for (who, words) in [
        (Who::Company, "供电"),
        (Who::CityLand, "自然资源"),
        (Who::Huanren, "桓仁"),
        (Who::GovernmentOffice, "督"),
        (Who::DeputyMayor, "分管市领导"),
    ] {
        let mut browser = app.login(who).await;
        let home = browser.get("/").await.is(200);
        home.shows(words);
        home.shows(who.name());
    }
    let mut administrator = app.login(Who::Administrator).await;
    let answer = administrator.get("/").await;
    administrator
        .follow(answer)
        .await
        .is(200)
        .shows(Who::Company.name());
}

#[rocket::async_test]
async fn a_wrong_password_and_a_wrong_name_read_the_same_and_open_nothing() {
    let app = TestApp::start().await;
    let mut said = Vec::new();
    for (login, password) in [
        (Who::Company.login(), "not-the-password"),
        ("nobody-of-that-name", PASSWORD),
    ] {
        let mut browser = app.browser();
        let page = browser
            .post(
                "/login",
                "/login",
                &[("login", login), ("password", password)],
            )
            .await
            .is(401);
        page.shows(login);
        page.hides(password);
        assert!(browser.cookie("grid-approvals").is_none());
        browser.get("/").await.is(303);
        let blank = page.hidden("_csrf").expect("the form is shown again");
        said.push(page.body.replace(login, "…").replace(&blank, "…"));
    }
    assert_eq!(said.first(), said.last());
}

#[rocket::async_test]
async fn somebody_not_logged_in_is_led_to_the_login_and_then_to_what_was_wanted() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let answer = browser.get("/board?kind=near-due").await.is(303);
    assert_eq!(answer.location.as_deref(), Some("/login"));
    let answer = app.enter(&mut browser, Who::CityLand).await.is(303);
    assert_eq!(answer.location.as_deref(), Some("/board?kind=near-due"));
}

#[rocket::async_test]
async fn an_address_that_would_lead_elsewhere_is_not_kept() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    browser.get("//example.org/").await;
    let answer = app.enter(&mut browser, Who::CityLand).await.is(303);
    assert_eq!(answer.location.as_deref(), Some("/"));
}

#[rocket::async_test]
async fn the_session_cookie_is_kept_from_scripts_and_other_sites() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let answer = app.enter(&mut browser, Who::Company).await.is(303);
    let cookie = answer
        .headers
        .iter()
        .find(|(n, v)| n.eq_ignore_ascii_case("set-cookie") && v.starts_with("grid-approvals="))
        .map(|(_, v)| v.as_str())
        .expect("a session cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
        assert!(cookie.contains(part), "{part} is missing: {cookie}");
    }
}

#[rocket::async_test]
async fn logging_out_ends_the_session_also_for_a_kept_cookie() {
    let app = TestApp::start().await;
    let mut browser = app.login(Who::Company).await;
    let mut copy = browser.clone();
    browser.post("/account", "/logout", &[]).await.is(303);
    copy.get("/").await.is(303);
}

#[rocket::async_test]
async fn a_session_ends_by_itself() {
    let app = TestApp::start().await;
    let mut browser = app.login(Who::Company).await;
    app.pass_hours(11);
    browser.get("/").await.is(200);
    app.pass_hours(2);
    browser.get("/").await.is(303);
}

#[rocket::async_test]
async fn a_changed_password_ends_the_other_sessions_and_is_the_one_that_counts() {
    let app = TestApp::start().await;
    let mut here = app.login(Who::Company).await;
    let mut elsewhere = app.login(Who::Company).await;
    let next = "another-long-password";
    let fields = [
        ("old", PASSWORD),
        ("new", next),
        ("again", "a-slip-of-the-hand"),
    ];
    here.post("/account", "/account/password", &fields)
        .await
        .is(422)
        .shows("不一致");
    let fields = [("old", PASSWORD), ("new", next), ("again", next)];
    let answer = here.post("/account", "/account/password", &fields).await;
    here.follow(answer).await.is(200).shows("密码已更改");
    elsewhere.get("/").await.is(303);
    let fields = [("login", Who::Company.login()), ("password", PASSWORD)];
    app.browser()
        .post("/login", "/login", &fields)
        .await
        .is(401);
    let fields = [("login", Who::Company.login()), ("password", next)];
    app.browser()
        .post("/login", "/login", &fields)
        .await
        .is(303);
}

#[rocket::async_test]
async fn an_invented_session_opens_nothing() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    browser.set_cookie("grid-approvals", "0000000000000000000000000000000000000000");
    browser.get("/").await.is(303);
    browser
        .send(Method::Post, "/logout", &[], Some("_csrf="))
        .await
        .is(303);
}
