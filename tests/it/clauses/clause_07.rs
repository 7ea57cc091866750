//! 第7条: 需提供建设工程设计方案及总平面图; 取消修建性详细规划、日照分析报告、鸟瞰图、单体效果图.

use crate::app::TestApp;
use crate::materials::{PDF, upload};
use crate::who::Who;

async fn permit(app: &TestApp, shades: &str) -> i64 {
    let project = app
        .create(&[
            ("name", "威宁66千伏变电站改造工程"),
            ("voltage_kv", "66"),
            ("works", "substation"),
            ("counties", "210504"),
            ("public_network", "true"),
            ("shades_neighbours", shades),
        ])
        .await;
    app.filing(project, "planning-permit", None).await
}

#[rocket::async_test]
async fn clause_07_allows_design_and_site_plan_alone_and_a_sunlight_report_beside_neighbours() {
    let app = TestApp::start().await;
    let permit = permit(&app, "true").await;
    for material in ["design-scheme", "site-plan"] {
        upload(&app, permit, material, "a.pdf", PDF).await.is(303);
    }
    upload(&app, permit, "sunlight-report", "a.pdf", PDF)
        .await
        .is(303);
    app.page(Who::CityLand, permit).await.hides("尚缺");
}

#[rocket::async_test]
async fn clause_07_refuses_to_take_what_is_cancelled() {
    let app = TestApp::start().await;
    let permit = permit(&app, "false").await;
    for cancelled in [
        "detailed-plan",
        "sunlight-report",
        "birds-eye-view",
        "single-building-rendering",
    ] {
        upload(&app, permit, cancelled, "a.pdf", PDF)
            .await
            .is(422)
            .shows("目录里没有这一项");
    }
    assert_eq!(app.files(), 0);
}

#[rocket::async_test]
async fn clause_07_allows_to_ask_once_for_what_it_lists_and_to_say_what_is_not_needed() {
    let app = TestApp::start().await;
    let permit = permit(&app, "false").await;
    app.record(Who::Company, permit, "submitted", &[]).await;
    let notice = [
        ("requested", "site-plan"),
        ("others", "申请书补齐签章\n设计方案加盖公章"),
        ("note", "无需提供鸟瞰图"),
    ];
    let page = app
        .record(Who::CityLand, permit, "materials-requested", &notice)
        .await;
    for words in ["总平面图", "申请书补齐签章", "设计方案加盖公章"] {
        page.shows(words);
    }
    app.page(Who::Company, permit)
        .await
        .shows("已一次性告知须补正");
}

#[rocket::async_test]
async fn clause_07_refuses_to_ask_for_what_is_cancelled_and_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let permit = permit(&app, "false").await;
    app.record(Who::Company, permit, "submitted", &[]).await;
    for cancelled in ["修建性详细规划", "日照分析报告", "鸟 瞰 图", "單體效果圖"]
    {
        let notice = [("requested", "site-plan"), ("others", cancelled)];
        let page = app
            .try_record(Who::CityLand, permit, "materials-requested", &notice)
            .await
            .is(422);
        page.shows("(方案第7条)");
        page.shows("以建设工程设计方案及总平面图办理");
        page.shows(cancelled);
        page.shows("value=\"site-plan\" checked");
    }
    let words = [("note", "另请报送鸟瞰图一份")];
    app.try_record(Who::CityLand, permit, "accepted", &words)
        .await
        .is(422)
        .shows("不得索要已取消的材料");
    assert_eq!(app.entries(permit).await, 1);
}

#[rocket::async_test]
async fn clause_07_allows_to_ask_for_a_sunlight_report_only_beside_shaded_neighbours() {
    let app = TestApp::start().await;
    let permit = permit(&app, "true").await;
    app.record(Who::Company, permit, "submitted", &[]).await;
    let notice = [("requested", "sunlight-report")];
    app.record(Who::CityLand, permit, "materials-requested", &notice)
        .await
        .shows("日照分析报告");
}
