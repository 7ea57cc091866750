//! Who keeps the logins.

use crate::app::{PASSWORD, TestApp};
use crate::who::Who;

#[rocket::async_test]
async fn a_new_person_can_log_in_until_made_inactive() {
    let app = TestApp::start().await;
    let mut admin = app.login(Who::Administrator).await;
    let fields = [
        ("login", "new-one"),
        ("name", "新来的人"),
        ("role", "government-office"),
        ("password", PASSWORD),
    ];
    let answer = admin.post("/people", "/people", &fields).await;
    let page = admin.follow(answer).await.is(200);
    page.shows("新来的人");
    let mut person = app.browser();
    let entered = person
        .post(
            "/login",
            "/login",
            &[("login", "new-one"), ("password", PASSWORD)],
        )
        .await;
    person.follow(entered).await.is(200);
    let id = app.person("new-one").await;
    let answer = admin
        .post(
            "/people",
            &format!("/people/{id}/active"),
            &[("active", "false")],
        )
        .await;
    admin.follow(answer).await.is(200);
    person.get("/").await.is(303);
    app.browser()
        .post(
            "/login",
            "/login",
            &[("login", "new-one"), ("password", PASSWORD)],
        )
        .await
        .is(401);
}

#[rocket::async_test]
async fn a_person_with_faults_is_not_added_and_the_password_not_shown_again() {
    let app = TestApp::start().await;
    let mut admin = app.login(Who::Administrator).await;
    for (fields, words) in [
        (
            [
                ("login", "ab"),
                ("name", "某人"),
                ("role", "company"),
                ("password", PASSWORD),
            ],
            "某人",
        ),
        (
            [
                ("login", "someone"),
                ("name", "某人"),
                ("role", "king"),
                ("password", PASSWORD),
            ],
            "角色",
        ),
        (
            [
                ("login", "someone"),
                ("name", "某人"),
                ("role", "officer"),
                ("password", PASSWORD),
            ],
            "部门",
        ),
        (
            [
                ("login", "someone"),
                ("name", "某人"),
                ("role", "company"),
                ("password", "short"),
            ],
            "某人",
        ),
        (
            [
                ("login", Who::Company.login()),
                ("name", "某人"),
                ("role", "company"),
                ("password", PASSWORD),
            ],
            "某人",
        ),
    ] {
        let page = admin.post("/people", "/people", &fields).await.is(422);
        page.shows(words);
        page.hides(PASSWORD);
    }
}

#[rocket::async_test]
async fn the_administrator_says_who_leads_a_bureau_and_only_an_officer_can() {
    let app = TestApp::start().await;
    let mut admin = app.login(Who::Administrator).await;
    assert!(!app.actor(Who::CityLand).await.lead);
    let id = app.person(Who::CityLand.login()).await;
    let path = format!("/people/{id}/lead");
    for (word, leads) in [("true", true), ("false", false)] {
        let answer = admin.post("/people", &path, &[("lead", word)]).await;
        admin.follow(answer).await.is(200).shows("部门负责人");
        assert_eq!(app.actor(Who::CityLand).await.lead, leads);
    }
    admin.post("/people", &path, &[("lead", "")]).await.is(422);
    let company = app.person(Who::Company.login()).await;
    let path = format!("/people/{company}/lead");
    admin
        .post("/people", &path, &[("lead", "true")])
        .await
        .is(404);
    assert!(!app.actor(Who::Company).await.lead);
    let fields = [
        ("login", "mayor-2"),
        ("name", "某市长"),
        ("role", "deputy-mayor"),
        ("lead", "true"),
        ("password", PASSWORD),
    ];
    let refused = admin.post("/people", "/people", &fields).await.is(422);
    refused.shows("只有审批部门的人员可以是部门负责人");
}

#[rocket::async_test]
async fn a_reset_password_ends_the_sessions() {
    let app = TestApp::start().await;
    let mut company = app.login(Who::Company).await;
    let mut admin = app.login(Who::Administrator).await;
    let id = app.person(Who::Company.login()).await;
    let path = format!("/people/{id}/password");
    admin
        .post("/people", &path, &[("password", "short")])
        .await
        .is(422);
    company.get("/").await.is(200);
    admin
        .post("/people", &path, &[("password", "a-fresh-password")])
        .await
        .is(303);
    company.get("/").await.is(303);
}
