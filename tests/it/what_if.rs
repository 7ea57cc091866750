//! 推演 over HTTP: what a changed catalogue would do, and that nothing is stored.

use grid_approvals::statute::plan::parse::BUILT_IN_TEXT;

use crate::app::TestApp;
use crate::who::Who;

#[rocket::async_test]
async fn a_supposed_limit_shows_what_would_move_and_stores_nothing() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    let filing = app.filing(project, "site-selection", None).await;
    for (who, kind) in [(Who::Company, "submitted"), (Who::CityLand, "accepted")] {
        app.record(who, filing, kind, &[("on", "2026-09-21")]).await;
    }
    let before = app.step(filing).await.reading;
    let mut office = app.login(Who::GovernmentOffice).await;
    office.get("/what-if").await.is(200).shows("什么都不保存");
    let page = office
        .get("/what-if?step=site-selection&days=1")
        .await
        .is(200);
    page.shows("改为1个工作日");
    page.shows("其中 <b>1</b> 项有变化");
    page.shows("2026-09-22");
    page.shows("推定");
    assert_eq!(app.step(filing).await.reading, before);
    app.refolds().await;

    for wrong in [
        "step=site-selection&days=x",
        "step=nowhere&days=5",
        "days=5",
        "parallel=x",
    ] {
        office.get(&format!("/what-if?{wrong}")).await.is(422);
    }
    let page = office
        .get("/what-if?parallel=land-dossier:land-pre-review")
        .await
        .is(200);
    page.shows("并联办理");
    page.shows("并联不改变已受理事项的到期日");

    let same = office
        .post("/what-if", "/what-if", &[("text", BUILT_IN_TEXT)])
        .await
        .is(200);
    same.shows("有0个事项与现行目录不同");
    same.shows("其中 <b>0</b> 项有变化");
    let broken = BUILT_IN_TEXT.replacen("clause = ", "clause = x", 1);
    let page = office
        .post("/what-if", "/what-if", &[("text", &broken)])
        .await
        .is(422);
    page.shows("第");
    page.shows("行：");
}

#[rocket::async_test]
async fn only_the_government_office_supposes() {
    let app = TestApp::start().await;
    for who in [
        Who::Company,
        Who::CityLand,
        Who::DeputyMayor,
        Who::Administrator,
    ] {
        let mut browser = app.login(who).await;
        browser.get("/what-if").await.is(403);
    }
}
