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

#[rocket::async_test]
async fn clause_03_allows_the_city_to_ask_the_county_itself_while_the_clock_runs_on() {
    let app = TestApp::start().await;
    let site = site(&app).await;
    app.record(Who::Company, site, "submitted", &[]).await;
    app.record(Who::CityLand, site, "accepted", &[]).await;
    let due = app.step(site).await.reading.due_on;
    let ask = [("county", "210521"), ("on", "2026-09-21")];
    app.post_beside(Who::CityLand, site, "proceedings/consultation-asked", &ask)
        .await
        .is(303);
    let home = app.login(Who::BenxiCounty).await.get("/").await;
    home.shows("市局征求规划意见");
    app.page(Who::Company, site).await.shows("等待回复");
    let give = [("on", "2026-09-21"), ("words", "符合乡镇规划，同意选址")];
    let path = "proceedings/opinion-given/210521";
    app.post_beside(Who::BenxiCounty, site, path, &give)
        .await
        .is(303);
    let page = app.page(Who::Company, site).await;
    page.shows("符合乡镇规划");
    assert_eq!(app.step(site).await.reading.due_on, due);
    let home = app.login(Who::BenxiCounty).await.get("/").await;
    home.hides("市局征求规划意见");
}

#[rocket::async_test]
async fn clause_03_refuses_to_send_the_company_and_to_stop_the_clock_for_it() {
    let app = TestApp::start().await;
    let site = site(&app).await;
    app.record(Who::Company, site, "submitted", &[]).await;
    app.record(Who::CityLand, site, "accepted", &[]).await;
    let ask = [("county", "210521"), ("on", "2026-09-21")];
    let path = "proceedings/consultation-asked";
    app.post_beside(Who::Company, site, path, &ask)
        .await
        .is(403);
    let far = [("county", "210505"), ("on", "2026-09-21")];
    app.post_beside(Who::CityLand, site, path, &far)
        .await
        .is(422)
        .shows("不涉及");
    let give = [("on", "2026-09-21"), ("words", "同意")];
    let answer = "proceedings/opinion-given/210521";
    app.post_beside(Who::Company, site, answer, &give)
        .await
        .is(403);
    app.post_beside(Who::BenxiCounty, site, answer, &give)
        .await
        .is(422)
        .shows("先内部征求");
    let pause = [("ground", "consultation")];
    app.try_record(Who::CityLand, site, "suspended", &pause)
        .await
        .is(422)
        .shows("行政许可法");
}
