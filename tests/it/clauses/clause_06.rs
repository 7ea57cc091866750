//! 第6条: 不涉及青山保护的20个工作日完成林业组卷; 林木权属公示7日无异议的, 村和乡镇的林权证明可以代替林权证.

use crate::app::TestApp;
use crate::materials::{PDF, upload};
use crate::who::Who;

async fn felling(app: &TestApp) -> i64 {
    let project = app
        .create(&[
            ("name", "偏岭10千伏线路改造工程"),
            ("voltage_kv", "66"),
            ("works", "line"),
            ("counties", "210521"),
            ("public_network", "true"),
            ("fells_trees", "true"),
            ("trees_without_certificate", "true"),
        ])
        .await;
    app.filing(project, "tree-felling", None).await
}

const NOTICE: [(&str, &str); 3] = [
    ("on", "2026-09-07"),
    ("by", "偏岭镇政府"),
    ("place", "偏岭村村务公开栏"),
];

#[rocket::async_test]
async fn clause_06_allows_the_village_letter_after_seven_days_without_an_objection() {
    let app = TestApp::start().await;
    let felling = felling(&app).await;
    app.post_beside(Who::Company, felling, "proceedings/notice-posted", &NOTICE)
        .await
        .is(303);
    app.page(Who::Forestry, felling).await.shows("期满无异议");
    upload(&app, felling, "village-letter", "a.pdf", PDF)
        .await
        .is(303);
    app.record(Who::Company, felling, "submitted", &[]).await;
    app.record(Who::Forestry, felling, "accepted", &[]).await;
}

#[rocket::async_test]
async fn clause_06_refuses_the_letter_before_the_seven_days_have_ended() {
    let app = TestApp::start().await;
    let felling = felling(&app).await;
    upload(&app, felling, "village-letter", "a.pdf", PDF)
        .await
        .is(422)
        .shows("先登记公示");
    let mut notice = NOTICE;
    notice[0].1 = "2026-09-14";
    app.post_beside(Who::Company, felling, "proceedings/notice-posted", &notice)
        .await
        .is(303);
    // The seventh day is 21 September, today: it has to end first.
    upload(&app, felling, "village-letter", "a.pdf", PDF)
        .await
        .is(422)
        .shows("方案第6条");
    app.record(Who::Company, felling, "submitted", &[]).await;
    app.try_record(
        Who::Forestry,
        felling,
        "accepted",
        &[("despite_missing", "true")],
    )
    .await
    .is(422)
    .shows("公示到2026年9月21日届满");
    app.set_day(2026, 9, 22);
    upload(&app, felling, "village-letter", "a.pdf", PDF)
        .await
        .is(303);
}

#[rocket::async_test]
async fn clause_06_refuses_the_letter_after_an_objection_until_a_new_notice_ends() {
    let app = TestApp::start().await;
    let felling = felling(&app).await;
    let path = "proceedings/notice-posted";
    let mut notice = NOTICE.to_vec();
    notice[0].1 = "2026-09-14";
    app.post_beside(Who::Forestry, felling, path, &notice)
        .await
        .is(303);
    let objection = [
        ("on", "2026-09-21"),
        ("from", "村民王某"),
        ("words", "其中三十株为我户所有"),
    ];
    app.post_beside(Who::Company, felling, "proceedings/objection", &objection)
        .await
        .is(303);
    app.set_day(2026, 9, 28);
    upload(&app, felling, "village-letter", "a.pdf", PDF)
        .await
        .is(422)
        .shows("重新公示");
    notice[0].1 = "2026-09-28";
    let page = app
        .post_beside(Who::Forestry, felling, path, &notice)
        .await
        .is(422);
    page.shows("原异议如何处理");
    page.shows("偏岭村村务公开栏");
    notice.push(("settled", "双方已签订确认书"));
    app.post_beside(Who::Forestry, felling, path, &notice)
        .await
        .is(303);
    let late = [("on", "2026-09-28"), ("from", ""), ("words", "无")];
    app.post_beside(Who::Company, felling, "proceedings/objection", &late)
        .await
        .is(422)
        .shows("异议人应为2至80字");
}

async fn forestry(app: &TestApp, green_hills: &str) -> i64 {
    let project = app
        .create(&[
            ("name", "草河口66千伏线路工程"),
            ("voltage_kv", "66"),
            ("works", "line"),
            ("counties", "210521"),
            ("public_network", "true"),
            ("forest_land", "true"),
            ("green_hills", green_hills),
        ])
        .await;
    let forestry = app.filing(project, "forestry-dossier", None).await;
    app.record(Who::Company, forestry, "submitted", &[]).await;
    app.record(Who::Forestry, forestry, "accepted", &[]).await;
    forestry
}

#[rocket::async_test]
async fn clause_06_allows_twenty_working_days_outside_the_green_hills() {
    let app = TestApp::start().await;
    let forestry = forestry(&app, "false").await;
    let page = app.page(Who::Forestry, forestry).await;
    page.shows("方案时限");
    page.shows("2026-10-26");
}

#[rocket::async_test]
async fn clause_06_refuses_to_hold_the_green_hills_to_the_plans_twenty_days() {
    let app = TestApp::start().await;
    let forestry = forestry(&app, "true").await;
    app.page(Who::Forestry, forestry).await.hides("方案时限");
}

const DRY: [(&str, &str); 6] = [
    ("voltage_kv", "66"),
    ("works", "line"),
    ("counties", "210521"),
    ("public_network", "true"),
    ("forest_land", "true"),
    ("reason", "线路改线后进入青山保护范围"),
];

#[rocket::async_test]
async fn clause_06_allows_the_green_hills_fact_to_change_once_what_moves_was_shown() {
    let app = TestApp::start().await;
    let forestry = forestry(&app, "false").await;
    let project = app.step(forestry).await.card.project.0;
    let mut facts = DRY.to_vec();
    facts.push(("green_hills", "true"));
    let shown = app.preview_facts(project, &facts).await.is(200);
    shown.shows("不涉及青山保护 → 涉及青山保护");
    shown.shows("2026-10-26");
    shown.shows("无时限");
    let before = app.step(forestry).await;
    assert!(before.reading.due_on.is_some(), "a preview writes nothing");
    app.save_facts(project, &shown, &facts).await.is(303);
    let page = app.page(Who::Forestry, forestry).await;
    page.hides("方案时限");
    let project_page = app.project(project).await;
    assert_eq!(project_page.changes.len(), 1);
    assert_eq!(project_page.changes[0].reason, "线路改线后进入青山保护范围");
    app.refolds().await;

    // And back: the clock runs again from the acceptance, as if it had never stood still.
    facts.pop();
    let shown = app.preview_facts(project, &facts).await.is(200);
    app.save_facts(project, &shown, &facts).await.is(303);
    assert_eq!(
        app.step(forestry).await.reading.due_on,
        before.reading.due_on
    );
    app.refolds().await;
}

#[rocket::async_test]
async fn clause_06_refuses_to_save_what_was_not_shown() {
    let app = TestApp::start().await;
    let forestry = forestry(&app, "false").await;
    let project = app.step(forestry).await.card.project.0;
    let mut facts = DRY.to_vec();
    let shown = app.preview_facts(project, &facts).await.is(200);
    shown.shows("还没有改动任何一项情况");
    app.save_facts(project, &shown, &facts)
        .await
        .is(422)
        .shows("没有变更任何一项情况");
    facts.push(("green_hills", "true"));
    // What was previewed is not what is saved.
    app.save_facts(project, &shown, &facts)
        .await
        .is(422)
        .shows("保存之前须先看过会变动的事项");
    // Somebody else changes the facts between the preview and the saving.
    let mine = app.preview_facts(project, &facts).await.is(200);
    let mut theirs = DRY.to_vec();
    theirs.push(("fells_trees", "true"));
    let other = app.preview_facts(project, &theirs).await.is(200);
    other.shows("新增须办");
    app.save_facts(project, &other, &theirs).await.is(303);
    app.save_facts(project, &mine, &facts)
        .await
        .is(422)
        .shows("刚被他人变更");
    assert!(app.step(forestry).await.reading.due_on.is_some());
    app.refolds().await;
}

#[rocket::async_test]
async fn clause_06_leaves_a_decision_as_it_was_when_the_fact_changes_afterwards() {
    let app = TestApp::start().await;
    let forestry = forestry(&app, "true").await;
    let project = app.step(forestry).await.card.project.0;
    app.set_day(2026, 12, 21);
    app.record(Who::Forestry, forestry, "granted", &[]).await;
    let before = app.step(forestry).await.reading;
    let shown = app.preview_facts(project, &DRY).await.is(200);
    shown.shows("已办结的 1 项保持原样");
    app.save_facts(project, &shown, &DRY).await.is(303);
    // Under the twenty days it would have been late; it was decided when none held.
    assert_eq!(app.step(forestry).await.reading, before);
    app.refolds().await;
}

#[rocket::async_test]
async fn clause_06_drops_a_step_that_was_not_filed_and_keeps_one_that_was() {
    let app = TestApp::start().await;
    let forestry = forestry(&app, "false").await;
    let project = app.step(forestry).await.card.project.0;
    let mut felling = DRY.to_vec();
    felling.push(("fells_trees", "true"));
    let shown = app.preview_facts(project, &felling).await.is(200);
    app.save_facts(project, &shown, &felling).await.is(303);
    let tree = app.filing(project, "tree-felling", None).await;
    let none: Vec<_> = DRY
        .iter()
        .filter(|(field, _)| *field != "forest_land")
        .copied()
        .collect();
    let shown = app.preview_facts(project, &none).await.is(200);
    shown.shows("不再须办（尚未申请）");
    shown.shows("不再需要、已经申请");
    app.save_facts(project, &shown, &none).await.is(303);
    app.try_record(Who::Company, tree, "submitted", &[])
        .await
        .is(422)
        .shows("按项目现在的情况，不需要");
    let page = app.project(project).await;
    assert!(
        page.lines
            .iter()
            .all(|line| line.step.as_str() != "tree-felling")
    );
    assert_eq!(page.others.len(), 1);
    assert_eq!(page.others[0].card.id.0, forestry);
    // The fact returns, and so does the very filing.
    let shown = app.preview_facts(project, &felling).await.is(200);
    app.save_facts(project, &shown, &felling).await.is(303);
    assert_eq!(app.filing(project, "tree-felling", None).await, tree);
    app.refolds().await;
}
