//! 第4条: 公告期满后30个工作日内完成组卷上报前的所有流程; 地籍调查、听证、社保统计同时进行.

use crate::app::TestApp;
use crate::who::Who;

async fn dossier(app: &TestApp) -> i64 {
    let project = app.project_220kv().await;
    app.granted_pre_review(project).await;
    let dossier = app.filing(project, "land-dossier", Some("210521")).await;
    app.record(Who::Company, dossier, "submitted", &[]).await;
    dossier
}

#[rocket::async_test]
async fn clause_04_allows_the_three_parts_side_by_side_each_with_its_officer() {
    let app = TestApp::start().await;
    let dossier = dossier(&app).await;
    app.record(Who::BenxiCounty, dossier, "accepted", &[]).await;
    app.record(Who::BenxiCounty, dossier, "announced", &[("days", "30")])
        .await;
    app.set_day(2026, 10, 26);
    for part in ["cadastral-survey", "land-hearing", "social-security"] {
        let begun = [("on", "2026-09-21"), ("officer", "张三，县自然资源局")];
        app.post_beside(
            Who::BenxiCounty,
            dossier,
            &format!("proceedings/part-begun/{part}"),
            &begun,
        )
        .await
        .is(303);
    }
    app.page(Who::Company, dossier).await.shows("办理中");
    for part in ["cadastral-survey", "land-hearing", "social-security"] {
        let done = [("on", "2026-09-21")];
        app.post_beside(
            Who::BenxiCounty,
            dossier,
            &format!("proceedings/part-done/{part}"),
            &done,
        )
        .await
        .is(303);
    }
    app.record(Who::BenxiCounty, dossier, "granted", &[]).await;
    app.page(Who::Company, dossier).await.shows("已完成");
}

#[rocket::async_test]
async fn clause_04_refuses_to_end_the_dossier_while_a_part_is_open_and_to_finish_what_nobody_has() {
    let app = TestApp::start().await;
    let dossier = dossier(&app).await;
    app.record(Who::BenxiCounty, dossier, "accepted", &[]).await;
    app.record(Who::BenxiCounty, dossier, "announced", &[("days", "30")])
        .await;
    app.set_day(2026, 10, 26);
    let page = app
        .try_record(Who::BenxiCounty, dossier, "granted", &[])
        .await
        .is(422);
    page.shows("地籍调查、土地听证、失地农民社保统计");
    page.shows("方案第4条");
    let done = [("on", "2026-09-21")];
    let path = "proceedings/part-done/land-hearing";
    app.post_beside(Who::BenxiCounty, dossier, path, &done)
        .await
        .is(422)
        .shows("还没有承办人");
    app.post_beside(Who::Company, dossier, path, &done)
        .await
        .is(403);
}
