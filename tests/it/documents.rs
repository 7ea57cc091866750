//! Documents from the officer's act to anybody's check (行政许可法 第32条、第38条、第44条).

use crate::app::TestApp;
use crate::who::Who;

async fn paper_link(app: &TestApp, filing: i64, title: &str) -> String {
    let mut officer = app.login(Who::CityLand).await;
    let page = officer.get(&format!("/filings/{filing}")).await.is(200);
    let html = page.body.clone();
    let at = html
        .find(&format!("\">{title}</a>"))
        .expect("the document is listed");
    let start = html[..at].rfind("href=\"").expect("a link") + "href=\"".len();
    html[start..at].to_owned()
}

#[rocket::async_test]
async fn an_acceptance_makes_a_document_that_anybody_can_check() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    let filing = app.filing(project, "site-selection", None).await;
    app.set_day(2026, 9, 21);
    app.record(Who::Company, filing, "submitted", &[]).await;
    app.set_day(2026, 9, 22);
    app.record(Who::CityLand, filing, "accepted", &[]).await;
    let link = paper_link(&app, filing, "受理通知书").await;

    let mut officer = app.login(Who::CityLand).await;
    let page = officer.get(&link).await.is(200);
    page.shows("自2026年9月22日起受理");
    let html = page.body.clone();
    let code = html.split("查验码：<b>").nth(1).expect("a code");
    let code = code.split('<').next().expect("it").to_owned();
    assert_eq!(code.len(), 19);

    let mut anybody = app.browser();
    let found = anybody.get(&format!("/check?code={code}")).await.is(200);
    found.shows("查到这份文书");
    found.shows("受理通知书");
    let none = anybody.get("/check?code=0000-0000-0000-0000").await.is(200);
    none.shows("没有查到");
    anybody.get(&link).await.is(303);

    let file = officer.get(&format!("{link}/docx")).await.is(200);
    let kind = file.header("Content-Type").expect("a kind");
    assert!(kind.ends_with("wordprocessingml.document"), "{kind}");
    let sent = file.header("Content-Disposition").expect("a way");
    assert!(sent.starts_with("attachment"), "{sent}");
    let mut forestry = app.login(Who::Forestry).await;
    forestry.get("/documents/999999").await.is(404);
}

#[rocket::async_test]
async fn a_decision_is_delivered_and_its_receipt_made() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    let filing = app.filing(project, "site-selection", None).await;
    app.set_day(2026, 9, 21);
    app.record(Who::Company, filing, "submitted", &[]).await;
    app.set_day(2026, 9, 22);
    app.record(Who::CityLand, filing, "accepted", &[]).await;
    app.set_day(2026, 9, 24);
    app.record(Who::CityLand, filing, "granted", &[]).await;
    app.set_day(2026, 9, 28);
    let link = paper_link(&app, filing, "准予行政许可决定书").await;
    let mut officer = app.login(Who::CityLand).await;
    officer.get(&link).await.is(200).shows("2026-10-15");
    let token = app.token(&mut officer).await;
    let place = format!("{link}/delivery");
    let post = |on: &'static str| {
        let token = token.clone();
        vec![
            ("_csrf".to_owned(), token),
            ("on".to_owned(), on.to_owned()),
            ("way".to_owned(), "in-person".to_owned()),
            ("recipient".to_owned(), "供电公司王工".to_owned()),
        ]
    };
    let early = post("2026-09-23");
    let early: Vec<(&str, &str)> = early
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let page = officer.post_raw(&place, &early).await.is(422);
    page.shows("送达日期早于作出决定的日期");
    assert!(
        page.body.clone().contains("供电公司王工"),
        "the typing is kept"
    );
    let good = post("2026-09-25");
    let good: Vec<(&str, &str)> = good.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    officer.post_raw(&place, &good).await.is(303);
    officer
        .post_raw(&place, &good)
        .await
        .is(422)
        .shows("已经登记过");
    let receipt = paper_link(&app, filing, "送达回证").await;
    let page = officer.get(&receipt).await.is(200);
    page.shows("供电公司王工");
    page.shows("直接送达");
}
