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
