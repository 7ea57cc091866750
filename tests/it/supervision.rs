//! 督办: from an overdue step to a closed case, over HTTP.

use grid_approvals::courier;

use crate::app::TestApp;
use crate::browser::Answer;
use crate::who::Who;

/// A site selection that silence accepted on 2 September 2026, so that it is due on the thirtieth.
async fn accepted(app: &TestApp) -> i64 {
    app.set_day(2026, 9, 21);
    let project = app.project_220kv().await;
    let filing = app.filing(project, "site-selection", None).await;
    app.record(Who::Company, filing, "submitted", &[("on", "2026-09-02")])
        .await;
    app.turn().await;
    filing
}

async fn act(app: &TestApp, who: Who, filing: i64, what: &str, fields: &[(&str, &str)]) -> Answer {
    let beside = format!("supervision/{what}");
    app.post_beside(who, filing, &beside, fields).await
}

const WORDS: [(&str, &str); 1] = [("words", "请按要求办理。")];
const NOTICE: [(&str, &str); 2] = [
    ("requirement", "请说明超期原因，明确办结日期。"),
    ("answer_by", "2026-10-12"),
];
const ANSWER: [(&str, &str); 3] = [
    ("cause", "现场复核用时较长。"),
    ("promised_on", "2026-10-16"),
    ("words", "已安排专人办理。"),
];

#[rocket::async_test]
async fn an_overdue_step_is_supervised_until_it_is_decided_and_closed() {
    let app = TestApp::start().await;
    let filing = accepted(&app).await;
    let list = async |place: &str| {
        let mut office = app.login(Who::GovernmentOffice).await;
        office.get(place).await.is(200)
    };
    list("/supervision").await.shows("没有这样的督办件");

    // 1 to 7 October are holidays; the first working day after 30 September is the eighth.
    app.set_day(2026, 10, 7);
    app.turn().await;
    list("/supervision").await.shows("没有这样的督办件");
    app.set_day(2026, 10, 8);
    app.turn().await;
    let cases = list("/supervision").await;
    cases.shows("选址意见书");
    cases.shows("待发通知单");
    cases.shows("超期1个工作日");
    let page = app.page(Who::CityLand, filing).await;
    page.shows("自动立案督办");
    page.shows("临期预警");
    page.shows("经办人:钱市资");

    act(&app, Who::CityLand, filing, "answer", &ANSWER)
        .await
        .is(422)
        .shows("督办通知单尚未发出");
    act(&app, Who::GovernmentOffice, filing, "notice", &NOTICE)
        .await
        .is(303);
    let page = app.page(Who::CityLand, filing).await;
    page.shows("本溪市人民政府办公室督办〔2026〕第1号");
    let place = page.body.split("/supervision/notices/").nth(1);
    let number = place.and_then(|rest| rest.split('"').next());
    let place = format!("/supervision/notices/{}", number.expect("a link"));
    let mut officer = app.login(Who::CityLand).await;
    let notice = officer.get(&place).await.is(200);
    for field in [
        "编号",
        "工作事项",
        "工作要求",
        "责任单位",
        "责任人",
        "时限要求",
    ] {
        notice.shows(field);
    }
    let file = officer.get(&format!("{place}/docx")).await.is(200);
    let kind = file.header("Content-Type").expect("a kind");
    assert!(kind.ends_with("wordprocessingml.document"), "{kind}");
    let code = notice.body.split("查验码：<b>").nth(1).expect("a code");
    let code = code.split('<').next().expect("it");
    let found = app.browser().get(&format!("/check?code={code}")).await;
    found.is(200).shows("督办通知单");

    act(&app, Who::CityLand, filing, "answer", &ANSWER)
        .await
        .is(303);
    act(&app, Who::GovernmentOffice, filing, "send-back", &WORDS)
        .await
        .is(303);
    act(&app, Who::CityLand, filing, "answer", &ANSWER)
        .await
        .is(303);
    act(&app, Who::GovernmentOffice, filing, "accept", &WORDS)
        .await
        .is(303);
    let early = act(&app, Who::GovernmentOffice, filing, "close", &WORDS).await;
    early.is(422).shows("尚未办结,不能销号");
    app.set_day(2026, 10, 14);
    app.record(Who::CityLand, filing, "granted", &[]).await;
    list("/supervision").await.shows("已办结,可销号");
    act(&app, Who::GovernmentOffice, filing, "close", &WORDS)
        .await
        .is(303);
    let page = app.page(Who::GovernmentOffice, filing).await;
    page.shows("已销号");
    list("/supervision?state=closed").await.shows("选址意见书");
    let mut officer = app.login(Who::CityLand).await;
    let again = officer.get(&place).await.is(200);
    let sheet = |page: &Answer| {
        let at = page.body.find("<article").expect("a sheet");
        page.body[at..].to_owned()
    };
    assert_eq!(sheet(&again), sheet(&notice), "the notice stays as it was");
    app.refolds().await;
}

#[rocket::async_test]
async fn supervision_is_there_for_the_government_and_the_steps_own_bureau_only() {
    let app = TestApp::start().await;
    let filing = accepted(&app).await;
    app.set_day(2026, 10, 13);
    app.turn().await;
    act(
        &app,
        Who::GovernmentOffice,
        filing,
        "notice",
        &[
            ("requirement", "请说明超期原因。"),
            ("answer_by", "2026-10-15"),
        ],
    )
    .await
    .is(303);
    for who in [Who::Company, Who::BenxiCounty] {
        let page = app.page(who, filing).await;
        page.hides("督办通知单");
        page.hides("超期提示");
    }
    for (who, status) in [
        // The project is theirs too, its supervision is not.
        (Who::BenxiCounty, 404),
        (Who::Forestry, 404),
        (Who::Housing, 404),
        (Who::Company, 403),
        (Who::DeputyMayor, 403),
    ] {
        let mut browser = app.login(who).await;
        let token = app.token(&mut browser).await;
        let mut fields = vec![("_csrf", token.as_str())];
        fields.extend_from_slice(&ANSWER);
        let path = format!("/filings/{filing}/supervision/answer");
        browser.post_raw(&path, &fields).await.is(status);
    }
    let mut company = app.login(Who::Company).await;
    company.get("/supervision").await.is(403);
    company.get("/supervision/notices/1").await.is(403);
    let mut county = app.login(Who::BenxiCounty).await;
    county.get("/supervision/notices/1").await.is(404);
    county.get("/supervision").await.is(200).hides("选址意见书");
    let mut mayor = app.login(Who::DeputyMayor).await;
    mayor.get("/supervision").await.is(200).shows("选址意见书");
    mayor.get("/supervision/notices/1").await.is(200);
}

#[rocket::async_test]
async fn an_inbox_is_ones_own_and_counts_what_is_new() {
    let app = TestApp::start().await;
    let filing = accepted(&app).await;
    app.set_day(2026, 10, 13);
    app.turn().await;
    let mut mayor = app.login(Who::DeputyMayor).await;
    let inbox = mayor.get("/inbox").await.is(200);
    inbox.shows("1 条未读");
    inbox.shows("报分管市领导");
    let id = inbox.body.split("action=\"/inbox/").nth(1);
    let id = inbox
        .body
        .split("action=\"/inbox/")
        .filter_map(|rest| rest.split("/read").next())
        .find(|id| id.parse::<i64>().is_ok())
        .or(id)
        .expect("a message")
        .to_owned();
    // Another's message is not there.
    let read = format!("/inbox/{id}/read");
    let mut company = app.login(Who::Company).await;
    company.post("/inbox", &read, &[]).await.is(404);
    let went = mayor.post("/inbox", &read, &[]).await.is(303);
    assert_eq!(went.location, Some(format!("/filings/{filing}")));
    let inbox = mayor.get("/inbox").await.is(200);
    inbox.shows("没有未读");
    inbox.hides("● 未读");

    let mut officer = app.login(Who::CityLand).await;
    let page = officer.get("/inbox?show=new").await.is(200);
    page.shows("4 条未读");
    let last = page.hidden("last").expect("the newest");
    let marked = officer
        .post("/inbox", "/inbox/read", &[("last", &last)])
        .await;
    officer.follow(marked).await.is(200).shows("没有未读");
    officer
        .get("/inbox?show=new")
        .await
        .is(200)
        .shows("没有未读的消息");
    officer.get("/inbox?after=x").await.is(400);
    officer.get("/inbox?show=old").await.is(400);
}

#[rocket::async_test]
async fn the_courier_turns_the_days_by_itself_until_it_is_stopped() {
    let app = TestApp::start().await;
    let filing = accepted(&app).await;
    let state = app.state();
    let (stop, stopped) = rocket::tokio::sync::oneshot::channel::<()>();
    let every = std::time::Duration::from_millis(5);
    let office = state.office.clone();
    let days = rocket::tokio::spawn(courier::run(office, state.now, every, async move {
        let _ = stopped.await;
    }));
    for (month, day, told) in [(10, 1, "超期提示"), (10, 8, "自动立案督办")] {
        app.set_day(2026, month, day);
        loop {
            let page = app.page(Who::GovernmentOffice, filing).await;
            if page.body.contains(told) {
                break;
            }
            assert!(!days.is_finished(), "the courier ended before {told}");
            rocket::tokio::time::sleep(every).await;
        }
    }
    drop(stop);
    days.await.expect("the courier stops when it is told to");
}
