//! 第9条: 不改变用地规模和建筑规模的, 只变更规划蓝图; 否则重新办理规划证书.

use crate::app::TestApp;
use crate::who::Who;

async fn project(app: &TestApp) -> (i64, i64) {
    let project = app
        .create(&[
            ("name", "威宁66千伏变电站改造工程"),
            ("voltage_kv", "66"),
            ("works", "substation"),
            ("counties", "210504"),
            ("public_network", "true"),
        ])
        .await;
    (project, app.filing(project, "planning-permit", None).await)
}

async fn granted(app: &TestApp) -> (i64, i64) {
    let (project, permit) = project(app).await;
    app.record(Who::Company, permit, "submitted", &[]).await;
    let despite = [("despite_missing", "true")];
    app.record(Who::CityLand, permit, "accepted", &despite)
        .await;
    app.record(Who::CityLand, permit, "granted", &[]).await;
    (project, permit)
}

fn answers<'a>(land: &'a str, building: &'a str) -> [(&'a str, &'a str); 3] {
    [
        ("land", land),
        ("building", building),
        ("reason", "主控楼向东平移三米"),
    ]
}

#[rocket::async_test]
async fn clause_09_allows_the_blueprint_alone_to_change_where_no_scale_does() {
    let app = TestApp::start().await;
    let (project, permit) = granted(&app).await;
    let asked = answers("no", "no");
    let answer = app
        .post_beside(Who::Company, permit, "blueprint", &asked)
        .await
        .is(303);
    let change = app.filing(project, "blueprint-change", None).await;
    assert_eq!(answer.location, Some(format!("/filings/{change}#act")));
    assert_eq!(app.filing(project, "planning-permit", None).await, permit);
    app.record(Who::Company, change, "submitted", &[]).await;
    // While it runs there is no second one.
    app.post_beside(Who::Company, permit, "blueprint", &asked)
        .await
        .is(422)
        .shows("“规划蓝图变更”正在办理");
    app.record(
        Who::CityLand,
        change,
        "accepted",
        &[("despite_missing", "true")],
    )
    .await;
    app.record(Who::CityLand, change, "granted", &[]).await;
    // Changed once more: another run, tied to the first.
    app.post_beside(Who::Company, permit, "blueprint", &asked)
        .await
        .is(303);
    let second = app.filing(project, "blueprint-change", None).await;
    assert_ne!(second, change);
    let runs = app.step(second).await.runs;
    assert_eq!((runs.run, runs.before.map(|id| id.0)), (2, Some(change)));
    app.refolds().await;
}

#[rocket::async_test]
async fn clause_09_begins_a_new_permit_run_tied_to_the_old_where_a_scale_changes() {
    for (land, building) in [("yes", "no"), ("no", "yes"), ("yes", "yes")] {
        let app = TestApp::start().await;
        let (project, permit) = granted(&app).await;
        app.post_beside(Who::Company, permit, "blueprint", &answers(land, building))
            .await
            .is(303);
        let second = app.filing(project, "planning-permit", None).await;
        assert_ne!(second, permit);
        let runs = app.step(second).await.runs;
        assert_eq!((runs.run, runs.before.map(|id| id.0)), (2, Some(permit)));
        let old = app.step(permit).await.runs;
        assert_eq!(old.after.map(|id| id.0), Some(second));
        let page = app.project(project).await;
        assert!(
            page.lines
                .iter()
                .all(|line| line.step.as_str() != "blueprint-change")
        );
        app.page(Who::CityLand, permit)
            .await
            .shows("已由下一轮接替");
        app.record(Who::Company, second, "submitted", &[]).await;
        app.refolds().await;
    }
}

#[rocket::async_test]
async fn clause_09_refuses_a_change_of_what_was_not_approved() {
    let app = TestApp::start().await;
    let (_, permit) = project(&app).await;
    let asked = answers("no", "no");
    app.post_beside(Who::Company, permit, "blueprint", &asked)
        .await
        .is(422)
        .shows("只有已批准的规划蓝图才可以变更（方案第9条）");
    let (_, permit) = granted(&app).await;
    app.post_beside(Who::Company, permit, "blueprint", &answers("", "no"))
        .await
        .is(422)
        .shows("请选择用地规模是否改变");
    app.post_beside(Who::CityLand, permit, "blueprint", &asked)
        .await
        .is(403);
}

#[rocket::async_test]
async fn clause_09_a_refused_permit_is_filed_again_as_another_run() {
    let app = TestApp::start().await;
    let (project, permit) = project(&app).await;
    app.record(Who::Company, permit, "submitted", &[]).await;
    app.post_beside(Who::Company, permit, "runs", &[])
        .await
        .is(422)
        .shows("正在办理或者已获准");
    app.record(Who::Company, permit, "withdrawn", &[]).await;
    app.post_beside(Who::Company, permit, "runs", &[])
        .await
        .is(303);
    let second = app.filing(project, "planning-permit", None).await;
    assert_ne!(second, permit);
    app.record(Who::Company, second, "submitted", &[]).await;
    let page = app.project(project).await;
    assert_eq!(page.others.len(), 1);
    assert_eq!((page.others[0].run, page.others[0].superseded), (1, true));
    app.refolds().await;
}
