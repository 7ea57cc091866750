//! A new year's holiday notice over HTTP: refused by line, looked at, confirmed, corrected.

use grid_approvals::statute::calendar::date;

use crate::app::TestApp;
use crate::who::Who;

const NOTICE: &str = "\
国务院办公厅关于2027年部分节假日安排的通知\r
一、元旦：1月1日（周五）放假1天，不调休。1月2日（周六）、1月3日（周日）上班。\r
二、春节：2月4日（周四）至10日（周三）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。\r
三、清明节：4月3日（周六）至5日（周一）放假，共3天。\r
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。\r
五、端午节：6月9日（周三）放假，共1天。\r
六、中秋节：9月15日（周三）放假，共1天。\r
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。";

fn fields(text: &str) -> Vec<(&str, &str)> {
    vec![
        ("year", "2027"),
        ("text", text),
        ("number", "国办发明电〔2026〕9号"),
        ("published_on", "2026-11-05"),
        ("url", "https://www.gov.cn/notice"),
    ]
}

/// A site selection whose due date lies in a year without a notice.
async fn across_the_year(app: &TestApp) -> i64 {
    let project = app.project_220kv().await;
    let filing = app.filing(project, "site-selection", None).await;
    app.set_day(2026, 12, 25);
    for (who, kind) in [(Who::Company, "submitted"), (Who::CityLand, "accepted")] {
        app.record(who, filing, kind, &[("on", "2026-12-25")]).await;
    }
    filing
}

#[rocket::async_test]
async fn a_notice_moves_a_provisional_due_date_only_when_it_is_confirmed() {
    let app = TestApp::start().await;
    let filing = across_the_year(&app).await;
    let before = app.step(filing).await.reading;
    assert!(before.provisional);
    let due = before.due_on.expect("a due date").to_string();

    let mut office = app.login(Who::GovernmentOffice).await;
    let calendar = office.get("/calendar?year=2027").await.is(200);
    calendar.shows("录入2027年放假通知");
    let place = "/calendar/notice";
    let slip = NOTICE.replace("2月4日（周四）", "2月4日（周五）");
    let refused = office.post(place, place, &fields(&slip)).await.is(422);
    refused.shows("第3行");
    refused.shows("实为周四");

    let shown = office.post(place, place, &fields(NOTICE)).await.is(200);
    shown.shows("2027年由暂定转为确定");
    shown.shows(&due);
    shown.shows("确认，按此计算");
    let still = app.step(filing).await.reading;
    assert_eq!(still, before, "nothing is stored by looking");
    let seen = shown
        .hidden("seen")
        .expect("the page says what it was held against");

    let confirm = "/calendar/notice/confirm";
    let mut all = fields(NOTICE);
    all.push(("seen", &seen));
    let answer = office.post(place, confirm, &all).await;
    let page = office.follow(answer).await.is(200);
    page.shows("2027年放假通知已生效");
    page.shows("国办发明电〔2026〕9号");
    page.hides("落在这一年的到期日都是暂定的");
    let after = app.step(filing).await.reading;
    assert!(!after.provisional);
    assert!(
        after.due_on < before.due_on,
        "two days of the weekend are worked"
    );
    app.refolds().await;
    // Everybody is told by the new calendar at once.
    let page = app
        .login(Who::Company)
        .await
        .get("/calendar?year=2027")
        .await;
    page.is(200).hides("尚未公布2027年放假安排");

    // The page that was open before is of another calendar; a correction wants a word and a reason.
    let stale = office.post(place, confirm, &all).await.is(422);
    stale.shows("预览之后日历已经变动");
    let other = NOTICE.replace("1月2日（周六）、1月3日（周日）上班。", "");
    let shown = office.post(place, place, &fields(&other)).await.is(200);
    shown.shows("这次录入是更正");
    let seen = shown.hidden("seen").expect("the version");
    let mut bare = fields(&other);
    bare.push(("seen", &seen));
    office
        .post(place, confirm, &bare)
        .await
        .is(422)
        .shows("勾选确认更正");
    bare.extend([
        ("correct", "yes"),
        ("reason", "国务院办公厅发布了第二份通知"),
    ]);
    let answer = office.post(place, confirm, &bare).await;
    let page = office.follow(answer).await.is(200);
    page.shows("第2版");
    page.shows("国务院办公厅发布了第二份通知");
    let again = app.step(filing).await.reading;
    assert_eq!(again.due_on, before.due_on);
    assert!(!again.provisional);
    app.refolds().await;
}

#[rocket::async_test]
async fn only_the_government_office_and_the_administrator_reach_the_page_of_notices() {
    let app = TestApp::start().await;
    for who in [Who::Company, Who::CityLand, Who::DeputyMayor] {
        let mut browser = app.login(who).await;
        browser.get("/calendar/notice").await.is(403);
        let page = browser.get("/calendar?year=2027").await.is(200);
        page.hides("录入2027年放假通知");
        let all = fields(NOTICE);
        let sent = browser.post("/account", "/calendar/notice/confirm", &all);
        sent.await.is(403);
    }
    let calendar = app.state().office.calendar();
    assert!(calendar.is_provisional(date(2027, 3, 1)));
    let mut admin = app.login(Who::Administrator).await;
    admin.get("/calendar/notice?year=2027").await.is(200);
}
