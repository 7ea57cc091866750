//! Figures (效能统计) for those who watch, and each bureau's for its own officers.

use crate::app::TestApp;
use crate::who::Who;

#[rocket::async_test]
async fn what_was_decided_stands_in_the_figures_at_once_and_in_the_export() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.file_jointly(project).await;
    let county = app
        .filing(project, "county-initial-review", Some("210521"))
        .await;
    app.set_day(2026, 9, 24);
    let day = [("on", "2026-09-22")];
    app.record(Who::BenxiCounty, county, "accepted", &day).await;
    let day = [("on", "2026-09-24")];
    app.record(Who::BenxiCounty, county, "granted", &day).await;

    let mut office = app.login(Who::GovernmentOffice).await;
    let page = office.get("/figures").await.is(200);
    page.shows("收 3，办 1");
    page.shows("100.0%（n=1）");
    page.shows("2～2（n=1）");
    page.hides("还没有计入");
    let none = office.get("/figures?from=2026-08&to=2026-08").await.is(200);
    none.shows("—（n=0）");
    none.hides("0.0%");
    let by_step = office.get("/figures?by=step").await.is(200);
    by_step.shows("县(区)用地初审");
    let one = office.get("/figures?by=bureau&step=site-selection").await;
    one.is(200).hides("收 3");

    let file = office.get("/figures.csv?by=bureau").await.is(200);
    assert!(file.body.starts_with("\u{feff}分组,"), "{}", file.body);
    file.shows("本溪满族自治县自然资源局,2025-10-01,2026-09-24,1,1,0,1,1,");
    file.shows("\r\n合计,2025-10-01,2026-09-24,3,");

    let own = app.login(Who::BenxiCounty).await.get("/figures").await;
    let own = own.is(200);
    own.shows("收 1，办 1");
    own.shows("本部门承办的事项");
    let mut foreign = app.login(Who::Huanren).await;
    foreign.get("/figures").await.is(200).shows("收 1，办 0");
    foreign.get("/figures?bureau=1").await.is(404);
    foreign.get("/figures.csv?bureau=1").await.is(404);
    for who in [Who::DeputyMayor, Who::Administrator] {
        let page = app.login(who).await.get("/figures").await;
        page.is(200).shows("收 3，办 1");
    }
    for path in ["/figures", "/figures.csv"] {
        app.login(Who::Company).await.get(path).await.is(403);
    }
    for wrong in [
        "from=2026-13",
        "to=x",
        "bureau=x",
        "by=day",
        "from=2026-10",
        "from=2026-09&to=2026-08",
        "from=2019-01",
    ] {
        office.get(&format!("/figures?{wrong}")).await.is(400);
    }
}
