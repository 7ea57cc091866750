//! 第3条: 选址申请文件、法人证明文件、需核准的证明文件和相关图件即可办理.

use crate::app::TestApp;
use crate::materials::{PDF, upload};
use crate::who::Who;

const FOUR: [&str; 4] = [
    "site-application",
    "legal-person",
    "approval-basis",
    "drawings",
];

async fn site(app: &TestApp) -> i64 {
    let project = app.project_220kv().await;
    app.filing(project, "site-selection", None).await
}

#[rocket::async_test]
async fn clause_03_allows_to_accept_on_the_four_materials_alone() {
    let app = TestApp::start().await;
    let site = site(&app).await;
    for material in FOUR {
        upload(&app, site, material, "a.pdf", PDF).await.is(303);
    }
    app.record(Who::Company, site, "submitted", &[]).await;
    let unasked = [("despite_missing", "false")];
    app.try_record(Who::CityLand, site, "accepted", &unasked)
        .await
        .is(303);
    app.page(Who::CityLand, site).await.hides("受理时缺");
}

#[rocket::async_test]
async fn clause_03_refuses_silence_over_a_missing_material_and_takes_no_fifth() {
    let app = TestApp::start().await;
    let site = site(&app).await;
    for material in FOUR.into_iter().take(3) {
        upload(&app, site, material, "a.pdf", PDF).await.is(303);
    }
    app.record(Who::Company, site, "submitted", &[]).await;
    let unasked = [("despite_missing", "false")];
    app.try_record(Who::CityLand, site, "accepted", &unasked)
        .await
        .is(422)
        .shows("相关图件(方案第3条)");
    upload(&app, site, "environmental-report", "a.pdf", PDF)
        .await
        .is(422)
        .shows("目录里没有这一项");
}
