//! 代办: who stands in acts under both names, for a time, within one bureau, and passes nothing on.

use crate::app::{PASSWORD, TestApp};
use crate::browser::{Answer, Browser};
use crate::who::Who;

/// The colleagues of [`Who::CityLand`] (钱市资): login and name; the last one leads the bureau.
const HE: (&str, &str) = ("city-land-2", "何代办");
const LU: (&str, &str) = ("city-land-3", "吕同事");
const LEAD: (&str, &str) = ("city-land-lead", "施局长");

/// The program with the city's land bureau of four.
async fn start() -> TestApp {
    let app = TestApp::start().await;
    let mut admin = app.login(Who::Administrator).await;
    let actor = app.actor(Who::CityLand).await;
    let bureau = actor.bureau.expect("a bureau").id.to_string();
    for ((login, name), lead) in [(HE, "false"), (LU, "false"), (LEAD, "true")] {
        let fields = [
            ("login", login),
            ("name", name),
            ("role", "officer"),
            ("bureau", &bureau),
            ("lead", lead),
            ("password", PASSWORD),
        ];
        admin.post("/people", "/people", &fields).await.is(303);
    }
    app
}

async fn enter(app: &TestApp, (login, _): (&str, &str)) -> Browser {
    let mut browser = app.browser();
    let fields = [("login", login), ("password", PASSWORD)];
    browser.post("/login", "/login", &fields).await.is(303);
    browser
}

/// Hands over from `browser`'s own queue, or from `giver`'s, to the person of that login.
async fn hand_over(
    app: &TestApp,
    browser: &mut Browser,
    giver: Option<&str>,
    to: &str,
    (first, last): (&str, &str),
) -> Answer {
    let to = app.person(to).await.to_string();
    let giver = match giver {
        Some(login) => app.person(login).await.to_string(),
        None => String::new(),
    };
    let fields = [
        ("giver", giver.as_str()),
        ("stand_in", &to),
        ("first_on", first),
        ("last_on", last),
        ("reason", "参加培训"),
    ];
    browser.post("/delegations", "/delegations", &fields).await
}

/// Records an event today from the step's page.
async fn record(app: &TestApp, browser: &mut Browser, filing: i64, kind: &str) -> Answer {
    let place = format!("/filings/{filing}");
    let today = app.now().today.to_string();
    let seen = app.entries(filing).await.to_string();
    let fields = [
        ("kind", kind),
        ("on", today.as_str()),
        ("seen", &seen),
        ("despite_missing", "true"),
    ];
    browser
        .post(&place, &format!("{place}/events"), &fields)
        .await
}

/// A step that 钱市资 has in hand, accepted on 2026-09-22.
async fn accepted(app: &TestApp) -> i64 {
    let project = app.project_220kv().await;
    let filing = app.filing(project, "site-selection", None).await;
    app.record(Who::Company, filing, "submitted", &[]).await;
    app.page(Who::CityLand, filing).await.hides("经办人：");
    app.set_day(2026, 9, 22);
    app.record(Who::CityLand, filing, "accepted", &[]).await;
    app.page(Who::Company, filing).await.shows("经办人：钱市资");
    filing
}

const BOTH: &str = "何代办(代钱市资)";

#[rocket::async_test]
async fn who_stands_in_acts_under_both_names_on_ledger_document_fee_delivery_and_page() {
    let app = start().await;
    let filing = accepted(&app).await;
    let mut qian = app.login(Who::CityLand).await;
    let span = ("2026-09-22", "2026-09-24");
    let done = hand_over(&app, &mut qian, None, HE.0, span).await.is(303);
    qian.follow(done)
        .await
        .is(200)
        .shows("钱市资的事项由何代办代办");
    let home = qian.get("/").await.is(200);
    home.shows("您不在岗");
    home.shows("何代办代办至");

    let mut he = enter(&app, HE).await;
    let home = he.get("/").await.is(200);
    home.shows("代办事项：代钱市资");
    let section = home.body.split("代办事项：").nth(1).expect("the section");
    assert!(section.contains(&format!("/filings/{filing}")));
    let page = he.get(&format!("/filings/{filing}")).await.is(200);
    page.shows("不在岗");
    page.shows("由何代办代办至");
    page.shows("2026-09-24");

    let today = app.now().today.to_string();
    let fee = [
        ("name", "勘测费"),
        ("amount", "1200"),
        ("basis", "土地管理法第55条"),
        ("on", today.as_str()),
    ];
    let place = format!("/filings/{filing}");
    he.post(&place, &format!("{place}/fees"), &fee)
        .await
        .is(303);
    record(&app, &mut he, filing, "granted").await.is(303);
    let page = he.get(&place).await.is(200);
    page.shows("经办人：钱市资");
    assert_eq!(page.body.matches(BOTH).count(), 2, "the fee and the entry");
    let ledger = app.step(filing).await.ledger;
    let granted = ledger.last().expect("an entry");
    assert_eq!(granted.actor_name, BOTH);
    assert_eq!(granted.details.stands_in_for.as_deref(), Some("钱市资"));
    assert_eq!(ledger[1].details.stands_in_for, None, "one's own act");

    let links: std::collections::BTreeSet<String> = page
        .body
        .split("href=\"/documents/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|id| format!("/documents/{id}"))
        .collect();
    let mut with_both = Vec::new();
    for link in &links {
        let paper = he.get(link).await.is(200);
        if paper.body.contains(&format!("经办人：{BOTH}")) {
            with_both.push(link.clone());
        }
    }
    let [decision] = &with_both[..] else {
        panic!("{with_both:?} of {links:?}");
    };
    let delivery = [
        ("on", today.as_str()),
        ("way", "in-person"),
        ("recipient", "供电公司 王工"),
    ];
    let path = format!("{decision}/delivery");
    he.post(decision, &path, &delivery).await.is(303);
    he.get(&place).await.is(200).shows("送达回证");
    let papers = app.step(filing).await.papers;
    let delivered = papers.iter().find_map(|paper| paper.delivery.as_ref());
    assert_eq!(delivered.map(|one| one.person_name.as_str()), Some(BOTH));
    app.refolds().await;
}

#[rocket::async_test]
async fn after_the_last_day_nobody_stands_in_and_the_last_day_counts() {
    let app = start().await;
    let filing = accepted(&app).await;
    let mut qian = app.login(Who::CityLand).await;
    let span = ("2026-09-23", "2026-09-24");
    hand_over(&app, &mut qian, None, HE.0, span).await.is(303);
    let mut he = enter(&app, HE).await;
    he.get("/").await.is(200).hides("代办事项");
    app.set_day(2026, 9, 24);
    he = enter(&app, HE).await;
    he.get("/").await.is(200).shows("代办事项");
    let place = format!("/filings/{filing}");
    let fields = [
        ("kind", "suspended"),
        ("ground", "expert-review"),
        ("on", "2026-09-24"),
        ("seen", "2"),
    ];
    he.post(&place, &format!("{place}/events"), &fields)
        .await
        .is(303);
    app.set_day(2026, 9, 25);
    he = enter(&app, HE).await;
    he.get("/").await.is(200).hides("代办事项");
    let page = he.get(&place).await.is(200);
    page.shows("经办人：钱市资");
    page.hides("不在岗");
    record(&app, &mut he, filing, "resumed").await.is(303);
    let ledger = app.step(filing).await.ledger;
    let names: Vec<&str> = ledger.iter().map(|line| &*line.actor_name).collect();
    assert_eq!(names, ["赵供电", "钱市资", BOTH, "何代办"]);
    he.get(&place).await.is(200).shows("经办人：何代办");
    app.refolds().await;
}

#[rocket::async_test]
async fn a_queue_stays_in_its_bureau() {
    let app = start().await;
    accepted(&app).await;
    let span = ("2026-09-22", "2026-09-24");
    let mut qian = app.login(Who::CityLand).await;
    for stranger in [Who::Forestry, Who::Company] {
        hand_over(&app, &mut qian, None, stranger.login(), span)
            .await
            .is(422)
            .shows("只能交给本部门的同事");
    }
    let mut forestry = app.login(Who::Forestry).await;
    let giver = Some(Who::CityLand.login());
    hand_over(&app, &mut forestry, giver, HE.0, span)
        .await
        .is(403);
    hand_over(&app, &mut qian, None, HE.0, span).await.is(303);
    forestry.get("/delegations").await.is(200).hides("何代办");
    forestry
        .post("/delegations", "/delegations/1/end", &[])
        .await
        .is(404);
    let mut company = app.login(Who::Company).await;
    company.get("/delegations").await.is(403);
}

#[rocket::async_test]
async fn nothing_is_handed_on_twice_or_while_one_is_away() {
    let app = start().await;
    let mut qian = app.login(Who::CityLand).await;
    let mut he = enter(&app, HE).await;
    let mut lu = enter(&app, LU).await;
    let city = Who::CityLand.login();
    let span = ("2026-09-22", "2026-09-24");
    hand_over(&app, &mut qian, None, HE.0, span).await.is(303);
    let touching = ("2026-09-24", "2026-09-28");
    for (browser, to, words) in [
        (&mut qian, LU.0, "同一天只能交给一位同事"),
        (&mut lu, city, "钱市资在2026年9月22日至2026年9月24日不在岗"),
        (&mut he, LU.0, "代办不得转托"),
    ] {
        let refused = hand_over(&app, browser, None, to, touching).await.is(422);
        refused.shows(words);
        refused.shows("参加培训");
    }
    // Beside it, or once it has ended, nothing is in the way.
    let later = ("2026-09-25", "2026-09-28");
    hand_over(&app, &mut he, None, LU.0, later).await.is(303);
    let id = 1;
    let end = format!("/delegations/{id}/end");
    lu.post("/delegations", &end, &[]).await.is(403);
    he.post("/delegations", &end, &[]).await.is(303);
    qian.post("/delegations", &end, &[])
        .await
        .is(422)
        .shows("已由何代办于2026年9月21日结束");
    let now = ("2026-09-21", "2026-09-23");
    hand_over(&app, &mut qian, None, LU.0, now).await.is(303);
}

#[rocket::async_test]
async fn what_is_typed_wrong_is_refused_with_words() {
    let app = start().await;
    let mut qian = app.login(Who::CityLand).await;
    let city = Who::CityLand.login();
    for (to, span, words) in [
        (city, ("2026-09-21", "2026-09-22"), "不能交给本人代办"),
        (HE.0, ("2026-09-23", "2026-09-22"), "早于开始日期"),
        (HE.0, ("2026-09-01", "2026-09-20"), "已经过去"),
        (HE.0, ("2026-09-21", "2027-09-22"), "代办期367天,至多366天"),
        (HE.0, ("soon", "2026-09-22"), "不是有效日期"),
    ] {
        hand_over(&app, &mut qian, None, to, span)
            .await
            .is(422)
            .shows(words);
    }
    let fields = [("stand_in", ""), ("first_on", ""), ("last_on", "")];
    qian.post("/delegations", "/delegations", &fields)
        .await
        .is(422)
        .shows("请从列表中选择");
    let mut admin = app.login(Who::Administrator).await;
    let he = app.person(HE.0).await;
    let path = format!("/people/{he}/active");
    admin
        .post("/people", &path, &[("active", "false")])
        .await
        .is(303);
    hand_over(&app, &mut qian, None, HE.0, ("2026-09-21", "2026-09-22"))
        .await
        .is(422)
        .shows("何代办的账号已停用");
}

#[rocket::async_test]
async fn the_lead_hands_over_for_who_is_absent_and_ends_it_and_a_colleague_does_not() {
    let app = start().await;
    let filing = accepted(&app).await;
    let giver = Some(Who::CityLand.login());
    let span = ("2026-09-22", "2026-09-24");
    let mut lu = enter(&app, LU).await;
    hand_over(&app, &mut lu, giver, HE.0, span).await.is(403);
    let mut lead = enter(&app, LEAD).await;
    let done = hand_over(&app, &mut lead, giver, HE.0, span).await.is(303);
    let page = lead.follow(done).await.is(200);
    page.shows("钱市资的事项由何代办代办");
    page.shows("施局长");
    lu.get("/delegations").await.is(200).hides("钱市资的事项");
    let place = format!("/filings/{filing}");
    lu.get(&place).await.is(200).shows("由何代办代办至");
    lead.post("/delegations", "/delegations/1/end", &[])
        .await
        .is(303);
    lu.get(&place).await.is(200).hides("代办至");
    let mut he = enter(&app, HE).await;
    record(&app, &mut he, filing, "granted").await.is(303);
    let ledger = app.step(filing).await.ledger;
    assert_eq!(ledger.last().expect("an entry").actor_name, "何代办");
}
