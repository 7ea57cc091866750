//! 第13条: 涉路施工不再要求《安全质量评价报告》, 免收跨越费、道路接(开)口费, 实行诚信承诺制.

use crate::app::TestApp;
use crate::materials::{PDF, upload};
use crate::who::Who;

async fn crossing(app: &TestApp) -> i64 {
    let project = app
        .create(&[
            ("name", "威宁66千伏线路改造工程"),
            ("voltage_kv", "66"),
            ("works", "line"),
            ("counties", "210504"),
            ("public_network", "true"),
            ("crosses_highway", "true"),
        ])
        .await;
    let crossing = app.filing(project, "road-crossing", None).await;
    app.record(Who::Company, crossing, "submitted", &[]).await;
    crossing
}

fn promise<'a>(on: &'a str, due_on: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("material", "commitment"),
        ("on", on),
        ("due_on", due_on),
        ("promise", "完工后30日内恢复路基和边坡原状"),
    ]
}

#[rocket::async_test]
async fn clause_13_allows_a_promise_to_stand_for_the_letter_and_its_outcome_is_kept() {
    let app = TestApp::start().await;
    let crossing = crossing(&app).await;
    let kept = promise("2026-09-21", "2026-09-24");
    app.post_beside(Who::Company, crossing, "commitments", &kept)
        .await
        .is(303);
    let page = app.page(Who::Transport, crossing).await;
    page.shows("以承诺书代替");
    page.shows("完工后30日内恢复路基和边坡原状");
    page.shows("还有3天");
    let due = app.login(Who::Company).await.get("/").await;
    due.shows("将到期的承诺");
    let id = app.step(crossing).await.commitments.unwrap().own[0].id;
    let outcome = [
        ("outcome", "broken"),
        ("on", "2026-09-21"),
        ("words", "现场核查：边坡未恢复"),
    ];
    let path = format!("commitments/{id}/outcome");
    app.post_beside(Who::Company, crossing, &path, &outcome)
        .await
        .is(403);
    app.post_beside(Who::Transport, crossing, &path, &outcome)
        .await
        .is(303);
    let page = app.page(Who::Company, crossing).await;
    page.shows("未兑现");
    page.shows("现场核查");
    page.hides("以承诺书代替");
    let again = app
        .post_beside(Who::Transport, crossing, &path, &outcome)
        .await
        .is(422);
    again.shows("不重复登记");

    let other = self::crossing(&app).await;
    let page = app.page(Who::Company, other).await;
    page.shows("以往未兑现的承诺");
}

#[rocket::async_test]
async fn clause_13_refuses_a_letter_for_what_no_source_lets_it_stand_and_keeps_the_typing() {
    let app = TestApp::start().await;
    let crossing = crossing(&app).await;
    let mut wrong = promise("2026-09-21", "2026-09-24");
    wrong[0].1 = "emergency-plan";
    let page = app
        .post_beside(Who::Company, crossing, "commitments", &wrong)
        .await
        .is(422);
    page.shows("没有依据规定");
    page.shows("完工后30日内恢复路基和边坡原状");
    let backwards = promise("2026-09-21", "2026-09-18");
    app.post_beside(Who::Company, crossing, "commitments", &backwards)
        .await
        .is(422)
        .shows("不早于承诺日期");
    let by_officer = promise("2026-09-21", "2026-09-24");
    app.post_beside(Who::Transport, crossing, "commitments", &by_officer)
        .await
        .is(403);
    let own = app.step(crossing).await.commitments.unwrap().own;
    assert!(own.is_empty(), "nothing was written: {own:?}");
}

#[rocket::async_test]
async fn clause_13_allows_a_fee_that_a_law_names() {
    let app = TestApp::start().await;
    let crossing = crossing(&app).await;
    let fee = [
        ("name", "公路路产赔偿费"),
        ("amount", "1200.5"),
        ("basis", "公路法第44条"),
        ("on", "2026-09-21"),
    ];
    app.post_beside(Who::Transport, crossing, "fees", &fee)
        .await
        .is(303);
    app.page(Who::Company, crossing).await.shows("1200.50元");
}

#[rocket::async_test]
async fn clause_13_refuses_the_crossing_fee_the_junction_fee_and_a_fee_without_a_law() {
    let app = TestApp::start().await;
    let crossing = crossing(&app).await;
    for (name, basis, said) in [
        ("跨越费", "内部文件", "方案第13条"),
        ("道路接(开)口费", "内部文件", "方案第13条"),
        ("接口费", "内部文件", "方案第13条"),
        ("管理费", "", "行政许可法第58条"),
    ] {
        let fee = [
            ("name", name),
            ("amount", "100"),
            ("basis", basis),
            ("on", "2026-09-21"),
        ];
        let page = app
            .post_beside(Who::Transport, crossing, "fees", &fee)
            .await
            .is(422);
        page.shows(said);
        page.shows(name);
    }
    assert!(app.step(crossing).await.fees.lines.is_empty());
}

#[rocket::async_test]
async fn clause_13_refuses_the_safety_report_and_allows_the_three_of_the_statute() {
    let app = TestApp::start().await;
    let crossing = crossing(&app).await;
    upload(&app, crossing, "safety-report", "a.pdf", PDF)
        .await
        .is(422);
    let notice = [("others", "《安全质量评价报告》")];
    app.try_record(Who::Transport, crossing, "materials-requested", &notice)
        .await
        .is(422)
        .shows("方案第13条");
    for material in [
        "crossing-application",
        "design-and-construction",
        "emergency-plan",
    ] {
        upload(&app, crossing, material, "a.pdf", PDF).await.is(303);
    }
}
