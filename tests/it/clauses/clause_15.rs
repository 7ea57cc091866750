//! 第15条: 10千伏以下公共电网不需办理建设工程规划许可; 蓝图确认后可申请占用绿地、挖掘道路, 递交后同时施工.

use crate::app::TestApp;
use crate::who::Who;

async fn project(app: &TestApp, kilovolts: &str) -> i64 {
    app.create(&[
        ("name", "胜利路配电改造工程"),
        ("voltage_kv", kilovolts),
        ("works", "rebuild"),
        ("counties", "210504"),
        ("public_network", "true"),
        ("user_demand", "true"),
        ("opens_city_road", "true"),
        ("occupies_green", "true"),
    ])
    .await
}

const TODAY: [(&str, &str); 1] = [("on", "2026-09-21")];
const START: &str = "proceedings/construction-started";

#[rocket::async_test]
async fn clause_15_allows_ten_kilovolts_without_a_planning_permit_and_work_on_the_day_of_filing() {
    let app = TestApp::start().await;
    let project = project(&app, "10").await;
    let permit = app.project(project).await.exempt;
    assert!(permit.iter().any(|one| one.name == "建设工程规划许可"));
    let drawings = app.filing(project, "drawing-confirmation", None).await;
    app.record(Who::Company, drawings, "submitted", &[]).await;
    app.record(Who::CityLand, drawings, "accepted", &[]).await;
    app.record(Who::CityLand, drawings, "granted", &[]).await;
    let green = app.filing(project, "green-occupation", None).await;
    let road = app.filing(project, "road-excavation", None).await;
    app.record(Who::Company, green, "submitted", &[]).await;
    app.post_beside(Who::Company, green, START, &TODAY)
        .await
        .is(422)
        .shows("尚未递交:挖掘城市道路许可");
    app.record(Who::Company, road, "submitted", &[]).await;
    app.post_beside(Who::Company, green, START, &TODAY)
        .await
        .is(303);
    for step in [green, road] {
        let page = app.page(Who::Housing, step).await;
        page.shows("2026年9月21日");
        page.shows("开工时仍在办理");
        page.shows("风险提示");
    }
    app.post_beside(Who::Company, road, START, &TODAY)
        .await
        .is(422)
        .shows("不重复登记");
}

#[rocket::async_test]
async fn clause_15_refuses_road_and_green_before_the_drawings_are_confirmed() {
    let app = TestApp::start().await;
    let project = project(&app, "10").await;
    let road = app.filing(project, "road-excavation", None).await;
    app.try_record(Who::Company, road, "submitted", &[])
        .await
        .is(422)
        .shows("方案第15条");
    app.post_beside(Who::Company, road, START, &TODAY)
        .await
        .is(422)
        .shows("尚未递交");
    app.post_beside(Who::Housing, road, START, &TODAY)
        .await
        .is(403);
}

#[rocket::async_test]
async fn clause_15_refuses_both_above_ten_kilovolts() {
    let app = TestApp::start().await;
    let project = project(&app, "66").await;
    let exempt = app.project(project).await.exempt;
    assert!(!exempt.iter().any(|one| one.name == "建设工程规划许可"));
    let road = app.filing(project, "road-excavation", None).await;
    app.page(Who::Company, road).await.hides("先行施工");
    app.post_beside(Who::Company, road, START, &TODAY)
        .await
        .is(422)
        .shows("10千伏以下公共电网");
}
