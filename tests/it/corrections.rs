//! A mistaken entry is corrected by a later one that names it, with a reason and the consent of
//! the bureau's lead; nothing is deleted.

use grid_approvals::statute::calendar::date;
use grid_approvals::statute::clock::{EventKind, Status};

use crate::app::TestApp;
use crate::browser::Answer;
use crate::who::Who;

async fn lead(app: &TestApp, who: Who) {
    let mut administrator = app.login(Who::Administrator).await;
    let person = app.person(who.login()).await;
    let path = format!("/people/{person}/lead");
    administrator
        .post("/people", &path, &[("lead", "true")])
        .await
        .is(303);
}

async fn ask(app: &TestApp, who: Who, filing: i64, fields: &[(&str, &str)]) -> Answer {
    let seen = app.entries(filing).await.to_string();
    let mut all = vec![("seen", seen.as_str()), ("reason", "登记时看错了日期")];
    all.extend_from_slice(fields);
    app.post_beside(who, filing, "corrections", &all).await
}

/// Settles the correction that was asked for last.
async fn settle(app: &TestApp, who: Who, filing: i64, outcome: &str) -> Answer {
    let step = app.step(filing).await;
    let id = step.corrections.asked.first().expect("one was asked").id;
    let beside = format!("corrections/{id}/outcome");
    let fields = [("outcome", outcome), ("words", "情况属实")];
    app.post_beside(who, filing, &beside, &fields).await
}

async fn accepted(app: &TestApp) -> i64 {
    let project = app.project_220kv().await;
    let filing = app.filing(project, "site-selection", None).await;
    app.set_day(2026, 9, 21);
    app.record(Who::Company, filing, "submitted", &[]).await;
    app.set_day(2026, 9, 23);
    app.record(Who::CityLand, filing, "accepted", &[]).await;
    filing
}

const ON_THE_22ND: [(&str, &str); 3] = [("entry", "2"), ("kind", "accepted"), ("on", "2026-09-22")];

#[rocket::async_test]
async fn a_corrected_day_moves_the_clock_only_with_the_leads_consent_and_keeps_the_mistake() {
    let app = TestApp::start().await;
    let filing = accepted(&app).await;
    let before = app.step(filing).await.reading.due_on;
    ask(&app, Who::CityLand, filing, &ON_THE_22ND).await.is(303);
    assert_eq!(app.step(filing).await.reading.due_on, before);
    assert_eq!(app.entries(filing).await, 2);
    settle(&app, Who::CityLand, filing, "consented")
        .await
        .is(403);
    lead(&app, Who::CityLand).await;
    let home = app.login(Who::CityLand).await.get("/").await;
    home.shows("待您同意的更正");
    settle(&app, Who::CityLand, filing, "consented")
        .await
        .is(303);

    let step = app.step(filing).await;
    assert_eq!(step.reading.accepted_on, Some(date(2026, 9, 22)));
    // 20 working days after 22 September: the 25th and the National Day week rest, 10 October works.
    assert_eq!(step.reading.due_on, Some(date(2026, 10, 27)));
    assert_ne!(step.reading.due_on, before);
    assert_eq!(step.ledger.len(), 3);
    assert_eq!(step.ledger[1].corrected_by, Some(3));
    let page = app.page(Who::Company, filing).await;
    page.shows("已由第3条更正");
    page.shows("更正第2条：登记时看错了日期");
    page.shows("钱市资提出");
    page.shows("已更正，不再有效");
    app.refolds().await;
    settle(&app, Who::CityLand, filing, "refused")
        .await
        .is(422)
        .shows("不重复处理");
}

#[rocket::async_test]
async fn a_correction_that_later_entries_cannot_bear_is_refused_before_anybody_consents() {
    let app = TestApp::start().await;
    let filing = accepted(&app).await;
    let late = [("entry", "1"), ("kind", "submitted"), ("on", "2026-09-24")];
    app.set_day(2026, 9, 24);
    ask(&app, Who::Company, filing, &late)
        .await
        .is(422)
        .shows("不能成立");
    let same = [("entry", "2"), ("kind", "accepted"), ("on", "2026-09-23")];
    ask(&app, Who::CityLand, filing, &same)
        .await
        .is(422)
        .shows("相同");
    let ahead = [("entry", "2"), ("kind", "accepted"), ("on", "2026-09-25")];
    ask(&app, Who::CityLand, filing, &ahead).await.is(422);
    let none = [("entry", "9"), ("kind", "strike")];
    ask(&app, Who::CityLand, filing, &none).await.is(422);
    // Nobody corrects what they could not have entered.
    ask(&app, Who::Company, filing, &ON_THE_22ND).await.is(403);
    ask(&app, Who::Forestry, filing, &ON_THE_22ND).await.is(403);
    ask(
        &app,
        Who::CityLand,
        filing,
        &[("reason", "无"), ("entry", "2"), ("kind", "strike")],
    )
    .await
    .is(422);
    assert!(app.step(filing).await.corrections.asked.is_empty());
    ask(&app, Who::CityLand, filing, &ON_THE_22ND).await.is(303);
    ask(&app, Who::CityLand, filing, &ON_THE_22ND)
        .await
        .is(422)
        .shows("待同意的更正");
    app.refolds().await;
}

#[rocket::async_test]
async fn a_struck_decision_opens_the_step_again_and_its_document_no_longer_holds() {
    let app = TestApp::start().await;
    let filing = accepted(&app).await;
    lead(&app, Who::CityLand).await;
    app.record(Who::CityLand, filing, "granted", &[]).await;
    ask(
        &app,
        Who::CityLand,
        filing,
        &[("entry", "3"), ("kind", "strike")],
    )
    .await
    .is(303);
    settle(&app, Who::CityLand, filing, "consented")
        .await
        .is(303);
    let step = app.step(filing).await;
    assert_eq!(step.reading.status, Status::Running);
    let decision = step.papers.iter().find(|paper| paper.seq == 3);
    let decision = decision.expect("the decision's document is kept");
    assert!(decision.corrected && !decision.may_deliver);
    // What strikes out makes no document of its own.
    assert!(step.papers.iter().all(|paper| paper.seq != 4));
    let fields = [
        ("on", "2026-09-23"),
        ("way", "direct"),
        ("recipient", "赵供电"),
    ];
    let page = format!("/documents/{}", decision.id);
    let mut officer = app.login(Who::CityLand).await;
    officer.get(&page).await.is(200).shows("不再有效");
    officer
        .post(&page, &format!("{page}/delivery"), &fields)
        .await
        .is(422);
    app.record(Who::CityLand, filing, "denied", &[("note", "不符合规划")])
        .await;
    app.refolds().await;
}

#[rocket::async_test]
async fn a_decision_on_which_later_steps_were_filed_is_not_struck() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.set_day(2026, 9, 21);
    app.granted_pre_review(project).await;
    let review = app.filing(project, "land-pre-review", None).await;
    let dossier = app.filing(project, "land-dossier", Some("210521")).await;
    let entries = app.step(review).await.ledger;
    let granted = entries.iter().find(|line| line.kind == EventKind::Granted);
    let entry = granted.expect("granted").seq.to_string();
    app.record(Who::Company, dossier, "submitted", &[]).await;
    ask(
        &app,
        Who::CityLand,
        review,
        &[("entry", &entry), ("kind", "strike")],
    )
    .await
    .is(422)
    .shows("已经据此提交申请");
    app.refolds().await;
}

#[rocket::async_test]
async fn the_citys_opinion_follows_the_countys_corrected_decision() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.set_day(2026, 9, 21);
    app.file_jointly(project).await;
    let city = app.filing(project, "land-pre-review", None).await;
    app.record(Who::CityLand, city, "accepted", &[]).await;
    let mut last = 0;
    for (who, county) in [(Who::BenxiCounty, "210521"), (Who::Huanren, "210522")] {
        last = app
            .filing(project, "county-initial-review", Some(county))
            .await;
        app.record(who, last, "accepted", &[]).await;
        app.set_day(2026, 9, 23);
        app.record(who, last, "granted", &[]).await;
    }
    assert_eq!(
        app.step(city).await.reading.started_on,
        Some(date(2026, 9, 23))
    );
    // What the program entered by rule is not corrected by hand.
    let opinion = app.entries(city).await.to_string();
    let by_hand = [
        ("entry", opinion.as_str()),
        ("kind", "county-opinion-received"),
        ("on", "2026-09-22"),
    ];
    ask(&app, Who::CityLand, city, &by_hand).await.is(403);

    lead(&app, Who::Huanren).await;
    app.set_day(2026, 9, 24);
    let later = [("entry", "3"), ("kind", "granted"), ("on", "2026-09-24")];
    ask(&app, Who::Huanren, last, &later).await.is(303);
    settle(&app, Who::Huanren, last, "consented").await.is(303);
    let step = app.step(city).await;
    assert_eq!(step.reading.started_on, Some(date(2026, 9, 24)));
    assert!(step.ledger.last().expect("entries").automatic);
    ask(
        &app,
        Who::Huanren,
        last,
        &[("entry", "4"), ("kind", "strike")],
    )
    .await
    .is(303);
    settle(&app, Who::Huanren, last, "consented").await.is(303);
    let step = app.step(city).await;
    assert_eq!(step.reading.status, Status::Waiting);
    assert_eq!(step.reading.due_on, None);
    app.refolds().await;
}

/// A notice is made from the entries that stood when it was issued, corrections among them.
#[rocket::async_test]
async fn a_supervision_notice_on_a_corrected_step_names_the_corrected_due_day() {
    let app = TestApp::start().await;
    let filing = accepted(&app).await;
    lead(&app, Who::CityLand).await;
    ask(&app, Who::CityLand, filing, &ON_THE_22ND).await.is(303);
    settle(&app, Who::CityLand, filing, "consented")
        .await
        .is(303);
    app.set_day(2026, 10, 28);
    app.turn().await;
    let fields = [
        ("requirement", "请说明超期原因。"),
        ("answer_by", "2026-10-30"),
    ];
    app.post_beside(Who::GovernmentOffice, filing, "supervision/notice", &fields)
        .await
        .is(303);
    let mut office = app.login(Who::GovernmentOffice).await;
    office
        .get("/supervision/notices/1")
        .await
        .is(200)
        .shows("应于2026年10月27日办结");
}
