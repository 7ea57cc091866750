//! Entries that were typed late (补录) are listed where somebody looks.

use crate::app::TestApp;
use crate::who::Who;

#[rocket::async_test]
async fn what_was_typed_late_is_listed_for_the_government_office_and_the_steps_bureau() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.file_jointly(project).await;
    let county = app
        .filing(project, "county-initial-review", Some("210521"))
        .await;
    let other = app
        .filing(project, "county-initial-review", Some("210522"))
        .await;
    app.set_day(2026, 9, 24);
    let on_time = [("on", "2026-09-24")];
    app.record(Who::Huanren, other, "accepted", &on_time).await;
    let late = [("on", "2026-09-21")];
    app.record(Who::BenxiCounty, county, "accepted", &late)
        .await
        .shows("补录");

    let link = format!("/filings/{county}#history-title");
    let mut office = app.login(Who::GovernmentOffice).await;
    let page = office.get("/late-entries").await.is(200);
    page.shows(&link);
    page.shows("晚3天");
    page.shows("2026-09-21");
    page.shows("2026-09-24");
    page.shows("共 1 项");
    page.hides(&format!("/filings/{other}#"));
    let none = office.get("/late-entries?month=2026-08").await.is(200);
    none.shows("没有符合条件的补录");
    let some = office.get("/late-entries?month=2026-09").await.is(200);
    some.shows(&link);
    for wrong in ["month=2026-13", "bureau=x", "after=x"] {
        let page = office.get(&format!("/late-entries?{wrong}")).await;
        page.is(400);
    }
    let own = app.login(Who::BenxiCounty).await.get("/late-entries").await;
    own.is(200).shows(&link);
    let foreign = app.login(Who::Huanren).await.get("/late-entries").await;
    foreign.is(200).shows("没有补录的记录");
    for outsider in [Who::Company, Who::Administrator] {
        let page = app.login(outsider).await.get("/late-entries").await;
        page.is(403).hides(&link);
    }
}
