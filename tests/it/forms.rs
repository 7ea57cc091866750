//! Forms: only our own, sent once, and never losing what was typed.

use rocket::http::Method;

use crate::app::TestApp;
use crate::browser::encode;
use crate::who::Who;

#[rocket::async_test]
async fn a_form_without_its_token_records_nothing() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    let filing = app.filing(project, "site-selection", None).await;
    let path = format!("/filings/{filing}/events");
    let mut company = app.login(Who::Company).await;
    for token in ["", "0123456789abcdef0123456789abcdef"] {
        let fields = [
            ("_csrf", token),
            ("kind", "submitted"),
            ("on", "2026-09-21"),
            ("seen", "0"),
        ];
        let page = company.post_raw(&path, &fields).await.is(403);
        page.shows("表单校验未通过");
    }
    let token = app.token(&mut company).await;
    let mut officer = app.login(Who::CityLand).await;
    let fields = [("_csrf", token.as_str()), ("kind", "accepted")];
    officer
        .post_raw(&path, &fields)
        .await
        .is(403)
        .shows("表单校验未通过");
    assert_eq!(app.entries(filing).await, 0);
}

#[rocket::async_test]
async fn a_form_sent_from_another_site_is_refused() {
    let app = TestApp::start().await;
    let mut company = app.login(Who::Company).await;
    let token = app.token(&mut company).await;
    let body = encode(&[("_csrf", &token)]);
    for headers in [
        [("Sec-Fetch-Site", "cross-site"), ("Host", "grid.example")],
        [("Sec-Fetch-Site", "same-site"), ("Host", "grid.example")],
        [("Origin", "https://evil.example"), ("Host", "grid.example")],
        [("Origin", "null"), ("Host", "grid.example")],
    ] {
        let page = company
            .send(Method::Post, "/logout", &headers, Some(&body))
            .await
            .is(403);
        page.shows("其他网站");
    }
    company.get("/").await.is(200);
    let ours = [("Origin", "https://grid.example"), ("Host", "grid.example")];
    company
        .send(Method::Post, "/logout", &ours, Some(&body))
        .await
        .is(303);
}

#[rocket::async_test]
async fn a_form_posted_twice_makes_one_entry_and_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.file_jointly(project).await;
    let filing = app.filing(project, "land-pre-review", None).await;
    let mut officer = app.login(Who::CityLand).await;
    let token = app.token(&mut officer).await;
    let path = format!("/filings/{filing}/events");
    let fields = [
        ("_csrf", token.as_str()),
        ("kind", "accepted"),
        ("on", "2026-09-21"),
        ("note", "材料齐全<受理>"),
        ("seen", "1"),
        ("despite_missing", "true"),
    ];
    let answer = officer.post_raw(&path, &fields).await;
    officer.follow(answer).await.is(200).shows("受理");
    let page = officer.post_raw(&path, &fields).await.is(409);
    page.shows("材料齐全&lt;受理&gt;");
    page.hides("<受理>");
    assert_eq!(app.entries(filing).await, 2);
}

#[rocket::async_test]
async fn of_two_officers_at_once_one_is_told_that_the_other_was_first() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.file_jointly(project).await;
    let filing = app.filing(project, "land-pre-review", None).await;
    let path = format!("/filings/{filing}/events");
    let send = |kind: &'static str, mut browser: crate::browser::Browser, token: String| {
        let path = path.clone();
        async move {
            let fields = [
                ("_csrf", token.as_str()),
                ("kind", kind),
                ("on", "2026-09-21"),
                ("note", "同时办理"),
                ("seen", "1"),
                ("despite_missing", "true"),
                ("others", "补正内容"),
            ];
            browser.post_raw(&path, &fields).await
        }
    };
    let mut one = app.login(Who::CityLand).await;
    let mut two = app.login(Who::CityLand).await;
    let tokens = (app.token(&mut one).await, app.token(&mut two).await);
    let (first, second) = rocket::tokio::join!(
        send("accepted", one, tokens.0),
        send("materials-requested", two, tokens.1)
    );
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let late = if first.status == 409 { first } else { second };
    late.shows("同时办理");
    assert_eq!(app.entries(filing).await, 2);
}

#[rocket::async_test]
async fn a_day_that_has_not_come_is_refused_with_words_and_nothing_is_written() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.file_jointly(project).await;
    let filing = app.filing(project, "land-pre-review", None).await;
    let page = app
        .try_record(
            Who::CityLand,
            filing,
            "accepted",
            &[("on", "2026-09-22"), ("note", "手误的日期")],
        )
        .await
        .is(422);
    page.shows("手误的日期");
    page.shows("2026-09-22");
    page.shows("2026年9月22日还没有到");
    assert_eq!(app.entries(filing).await, 1);
}

#[rocket::async_test]
async fn a_value_that_cannot_be_read_is_said_with_what_is_expected() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.file_jointly(project).await;
    let filing = app.filing(project, "land-pre-review", None).await;
    for (fields, words) in [
        (
            vec![("kind", "accepted"), ("on", "2026-13-40")],
            "2026-09-25",
        ),
        (vec![("kind", "accepted"), ("on", "")], "请填写日期"),
        (vec![("kind", "approved"), ("on", "2026-09-21")], "approved"),
        (
            vec![("kind", "extended"), ("on", "2026-09-21"), ("days", "abc")],
            "整数",
        ),
        (
            vec![
                ("kind", "suspended"),
                ("on", "2026-09-21"),
                ("ground", "weather"),
            ],
            "weather",
        ),
        (vec![], "请选择"),
    ] {
        let mut all = fields.clone();
        all.extend([("note", "不应丢失的说明"), ("seen", "1")]);
        let mut officer = app.login(Who::CityLand).await;
        let page = officer
            .post("/account", &format!("/filings/{filing}/events"), &all)
            .await
            .is(422);
        page.shows(words);
        page.shows("不应丢失的说明");
    }
    assert_eq!(app.entries(filing).await, 1);
}

#[rocket::async_test]
async fn a_refused_event_shows_the_rule_with_its_clause() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.file_jointly(project).await;
    let filing = app.filing(project, "land-pre-review", None).await;
    app.record(Who::CityLand, filing, "accepted", &[]).await;
    let page = app
        .try_record(Who::CityLand, filing, "granted", &[("note", "过早的决定")])
        .await
        .is(422);
    page.shows("过早的决定");
    page.shows("尚未收到县(区)用地初审意见,时限没有起算(方案第1条)");
    page.shows("计时尚未开始，不能作出决定");
    assert_eq!(app.entries(filing).await, 2);
}

#[rocket::async_test]
async fn a_body_that_is_too_large_is_answered_413() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    let filing = app.filing(project, "site-selection", None).await;
    let path = format!("/filings/{filing}/events");
    let mut company = app.login(Who::Company).await;
    let token = app.token(&mut company).await;
    let note = "长".repeat(40_000);
    let fields = [("_csrf", token.as_str()), ("note", note.as_str())];
    company.post_raw(&path, &fields).await.is(413).shows("过大");

    let boundary = "----a-boundary";
    let part = |name: &str, value: &str| {
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        )
    };
    let body = format!(
        "{}{}--{boundary}--\r\n",
        part("_csrf", &token),
        part("note", &note)
    );
    let kind = format!("multipart/form-data; boundary={boundary}");
    company
        .send(Method::Post, &path, &[("Content-Type", &kind)], Some(&body))
        .await
        .is(413);
}

#[rocket::async_test]
async fn what_is_no_form_is_no_form() {
    let app = TestApp::start().await;
    let mut company = app.login(Who::Company).await;
    let json = [("Content-Type", "application/json")];
    company
        .send(Method::Post, "/projects/new", &json, Some("{}"))
        .await
        .is(415)
        .shows("无法读取");
}

#[rocket::async_test]
async fn a_new_project_with_faults_keeps_every_field() {
    let app = TestApp::start().await;
    let mut company = app.login(Who::Company).await;
    let fields = [
        ("name", "本溪溪湖<十千伏>线路"),
        ("voltage_kv", "10kV"),
        ("works", "line"),
        ("counties", "210503"),
        ("occupies_green", "true"),
        ("request_key", "0123456789abcdef"),
        ("do", "create"),
    ];
    let page = company
        .post("/projects/new", "/projects/new", &fields)
        .await
        .is(422);
    page.shows("本溪溪湖&lt;十千伏&gt;线路");
    page.shows("10kV");
    page.shows("千伏数");
    assert_eq!(
        page.hidden("request_key").as_deref(),
        Some("0123456789abcdef")
    );
    assert_eq!(app.projects().await, 0);
}

#[rocket::async_test]
async fn a_project_form_posted_twice_makes_one_project() {
    let app = TestApp::start().await;
    let mut company = app.login(Who::Company).await;
    let form = company.get("/projects/new").await.is(200);
    let token = form.hidden("_csrf").unwrap();
    let key = form.hidden("request_key").unwrap();
    let fields = [
        ("_csrf", token.as_str()),
        ("name", "只应建立一次的线路"),
        ("voltage_kv", "66"),
        ("works", "line"),
        ("counties", "210503"),
        ("public_network", "true"),
        ("new_land", "true"),
        ("request_key", key.as_str()),
        ("do", "create"),
    ];
    let first = company.post_raw("/projects/new", &fields).await.is(303);
    let second = company.post_raw("/projects/new", &fields).await.is(303);
    assert_eq!(first.location, second.location);
    assert_eq!(app.projects().await, 1);
}

#[rocket::async_test]
async fn the_preview_says_the_route_and_writes_nothing() {
    let app = TestApp::start().await;
    let mut company = app.login(Who::Company).await;
    let mut fields = vec![
        ("voltage_kv", "220"),
        ("works", "substation-and-line"),
        ("new_land", "true"),
    ];
    company
        .post("/projects/new", "/projects/preview", &fields)
        .await
        .shows("县");
    fields.extend([("counties", "210521"), ("counties", "210522")]);
    let page = company
        .post("/projects/new", "/projects/preview", &fields)
        .await
        .is(200);
    for words in ["本溪满族自治县", "桓仁满族自治县", "选址意见书"] {
        page.shows(words);
    }
    assert!(!page.body.contains("<html"), "a fragment is no whole page");
    assert_eq!(app.projects().await, 0);
}

#[rocket::async_test]
async fn what_cannot_be_seen_is_not_recorded() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    let filing = app.filing(project, "site-selection", None).await;
    let nul = [("note", "第一行\0第二行")];
    app.try_record(Who::Company, filing, "submitted", &nul)
        .await
        .is(400);
    assert_eq!(app.entries(filing).await, 0);
    let marks = [("note", "已\u{7}交\u{202e}齐")];
    app.try_record(Who::Company, filing, "submitted", &marks)
        .await
        .is(303);
    let mut company = app.login(Who::Company).await;
    let page = company.get(&format!("/filings/{filing}")).await;
    page.shows("已交齐");
}
