//! 第14条: 供电公司报告树线矛盾、线路下方违建、电力设施被盗, 由公安、林草、住房城乡建设部门处理, 只有相关方可见.

use crate::app::TestApp;
use crate::browser::Answer;
use crate::database::Database;
use crate::materials::{PDF, body, send_to};
use crate::who::Who;

const REPORT: [(&str, &str); 7] = [
    ("kind", "facility-theft"),
    ("county", "210521"),
    ("place", "小市镇城沟村"),
    ("found_on", "2026-09-20"),
    ("found_time", "14:30"),
    ("words", "66千伏线路塔材被盗"),
    ("request_key", "key"),
];

/// What is typed, with these fields otherwise.
fn typed<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = REPORT
        .into_iter()
        .filter(|(name, _)| !other.iter().any(|(n, _)| n == name));
    kept.chain(other.iter().copied()).collect()
}

async fn try_report(app: &TestApp, other: &[(&str, &str)]) -> Answer {
    let mut company = app.login(Who::Company).await;
    let form = "/offences/new";
    company.post(form, form, &typed(other)).await
}

/// The address of a new offence.
async fn report(app: &TestApp, other: &[(&str, &str)]) -> String {
    let answer = try_report(app, other).await.is(303);
    answer.location.expect("the new offence's address")
}

async fn enter(
    app: &TestApp,
    who: Who,
    place: &str,
    kind: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let mut browser = app.login(who).await;
    let token = app.token(&mut browser).await;
    let mut all = vec![("_csrf", token.as_str())];
    if !fields.iter().any(|(name, _)| *name == "on") {
        all.push(("on", "2026-09-21"));
    }
    all.extend_from_slice(fields);
    let path = format!("{place}/entries/{kind}");
    browser.post_raw(&path, &all).await
}

async fn open(app: &TestApp, who: Who, place: &str) -> Answer {
    app.login(who).await.get(place).await
}

async fn upload(app: &TestApp, who: Who, place: &str, name: &str, content: &str) -> Answer {
    let mut browser = app.login(who).await;
    let token = app.token(&mut browser).await;
    let body = body(&token, name, content);
    send_to(&mut browser, &format!("{place}/pictures"), &body).await
}

/// The address of the first picture on the page.
fn picture_on(page: &Answer) -> String {
    let at = page.body.find("/pictures/").expect("a picture on the page");
    let (before, rest) = page.body.split_at(at);
    let start = before.rfind('"').map_or(0, |quote| quote + 1);
    let end = rest.find('"').unwrap_or(rest.len());
    format!("{}{}", &before[start..], &rest[..end])
}

/// All those whom an offence in 本溪满族自治县 may or may not concern.
const ALL: [Who; 11] = [
    Who::Company,
    Who::GovernmentOffice,
    Who::BenxiPolice,
    Who::Police,
    Who::BenxiForestry,
    Who::Forestry,
    Who::BenxiHousing,
    Who::Housing,
    Who::HuanrenPolice,
    Who::CityLand,
    Who::Administrator,
];

/// Page, list and picture answer these and nobody else.
async fn seen_only_by(app: &TestApp, place: &str, picture: &str, concerned: &[Who]) {
    for who in ALL {
        let may = concerned.contains(&who);
        let mut browser = app.login(who).await;
        let status = if may { 200 } else { 404 };
        for address in [place, picture] {
            let answer = browser.get(address).await;
            assert_eq!(answer.status, status, "{who:?} {address}");
        }
        let list = browser.get("/offences").await;
        let linked = list.body.contains(&format!("href=\"{place}\""));
        assert_eq!(linked, may, "{who:?} in the list");
    }
}

#[rocket::async_test]
async fn clause_14_allows_the_company_to_report_each_kind_to_the_bureau_that_takes_it() {
    each_kind(TestApp::start().await).await;
}

#[rocket::async_test]
async fn clause_14_allows_the_same_on_postgresql() {
    each_kind(TestApp::on(Database::postgres()).await).await;
}

async fn each_kind(app: TestApp) {
    for (kind, bureau, above, name) in [
        (
            "facility-theft",
            Who::BenxiPolice,
            Who::Police,
            "本溪满族自治县公安局",
        ),
        (
            "tree-line",
            Who::BenxiForestry,
            Who::Forestry,
            "本溪满族自治县林草局",
        ),
        (
            "building-under-line",
            Who::BenxiHousing,
            Who::Housing,
            "本溪满族自治县住房城乡建设局",
        ),
    ] {
        let fields = [("kind", kind), ("request_key", kind)];
        let place = report(&app, &fields).await;
        upload(&app, Who::Company, &place, "现场.pdf", PDF)
            .await
            .is(303);
        let page = open(&app, Who::Company, &place).await.is(200);
        page.shows(name);
        page.shows("2026-09-20 14:30");
        page.shows("没有规定办理时限");
        page.shows("推定");
        let picture = picture_on(&page);
        let concerned = [Who::Company, Who::GovernmentOffice, bureau, above];
        seen_only_by(&app, &place, &picture, &concerned).await;
        // It waits on the home of the bureau that has it.
        open(&app, bureau, "/").await.is(200).shows("小市镇城沟村");
        // The city's bureau and the government office watch.
        for who in [above, Who::GovernmentOffice] {
            let page = open(&app, who, &place).await.is(200);
            page.hides("可以登记");
            page.hides("上传图片");
        }
        enter(&app, above, &place, "received", &[])
            .await
            .is(403)
            .shows("方案第14条");
        enter(&app, bureau, &place, "received", &[]).await.is(303);
    }
}

#[rocket::async_test]
async fn clause_14_allows_handling_up_to_the_outcome_and_transfer_to_another_of_the_three() {
    let app = TestApp::start().await;
    let place = report(&app, &[("kind", "tree-line"), ("large_works", "yes")]).await;
    upload(&app, Who::Company, &place, "a.pdf", PDF)
        .await
        .is(303);
    let (forestry, police) = (Who::BenxiForestry, Who::BenxiPolice);
    enter(&app, forestry, &place, "received", &[]).await.is(303);
    let words = [("words", "现场有盗割痕迹")];
    enter(&app, forestry, &place, "progress", &words)
        .await
        .is(303);
    let sent = [("to", "police"), ("reason", "涉嫌盗窃")];
    enter(&app, forestry, &place, "transferred", &sent)
        .await
        .is(303);
    // Who had it goes on seeing it, and may no longer act.
    let page = open(&app, forestry, &place).await.is(200);
    page.shows("移送本溪满族自治县公安局");
    page.shows("移送待受理");
    page.hides("可以登记");
    enter(&app, forestry, &place, "progress", &words)
        .await
        .is(403);
    let concerned = [
        Who::Company,
        Who::GovernmentOffice,
        forestry,
        Who::Forestry,
        police,
        Who::Police,
    ];
    seen_only_by(&app, &place, &picture_on(&page), &concerned).await;
    enter(&app, police, &place, "progress", &words)
        .await
        .is(422)
        .shows("尚未受理");
    enter(&app, police, &place, "received", &[]).await.is(303);
    let end = [("outcome", "to-justice"), ("words", "已移送起诉")];
    enter(&app, police, &place, "closed", &end).await.is(303);
    let page = open(&app, Who::GovernmentOffice, &place).await.is(200);
    for words in ["办结：移送司法", "已移送起诉", "已办结", "大型基建项目"] {
        page.shows(words);
    }
    let mut office = app.login(Who::GovernmentOffice).await;
    let number = format!("href=\"{place}\"");
    for (state, there) in [("closed", true), ("received", false)] {
        let list = office
            .get(&format!("/offences?state={state}"))
            .await
            .is(200);
        assert_eq!(list.body.contains(&number), there, "{state}");
    }
}

#[rocket::async_test]
async fn clause_14_allows_a_project_to_be_named_and_only_those_concerned_see_it_there() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    let id = project.to_string();
    let fields = [("kind", "tree-line"), ("project", id.as_str())];
    let place = report(&app, &fields).await;
    let there = format!("/projects/{project}");
    let link = format!("href=\"{place}\"");
    for (who, sees) in [
        (Who::Company, true),
        (Who::GovernmentOffice, true),
        (Who::Forestry, true),
        (Who::CityLand, false),
        (Who::Transport, false),
        (Who::Administrator, false),
    ] {
        let page = open(&app, who, &there).await.is(200);
        assert_eq!(page.body.contains(&link), sees, "{who:?}");
    }
    // The county's forestry bureau has no step in it: it reads the name, without a way there.
    let page = open(&app, Who::BenxiForestry, &place).await.is(200);
    page.shows("本溪至桓仁220千伏输变电工程");
    assert!(!page.body.contains(&format!("href=\"{there}\"")));
}

#[rocket::async_test]
async fn clause_14_refuses_a_report_that_cannot_be_so() {
    let app = TestApp::start().await;
    for (other, words) in [
        (vec![("kind", "arson")], "请选择类别"),
        (vec![("kind", "")], "方案第14条"),
        (vec![("found_on", "2026-09-22")], "还没有到"),
        (
            vec![("found_on", "2026-09-21"), ("found_time", "23:59")],
            "还没有到",
        ),
        (vec![("found_on", "2026-02-30")], "不是有效日期"),
        (vec![("found_time", "25:00")], "不是有效时间"),
        (vec![("place", "  ")], "地点应为2至80字"),
        (vec![("county", "110000")], "六个县（区）之一"),
        (vec![("words", "")], "现场情况应为2至500字"),
        (vec![("project", "x")], "请从列表中选择"),
    ] {
        let refused = try_report(&app, &other).await.is(422);
        refused.shows(words);
        // What was typed is there again.
        refused.shows("报告涉电违法");
        assert!(refused.body.contains("request_key\" value=\"key\""));
    }
    let list = open(&app, Who::Company, "/offences").await.is(200);
    list.shows("没有涉电违法");
    let first = report(&app, &[]).await;
    assert_eq!(report(&app, &[]).await, first, "the same form, once more");
    for who in [Who::BenxiPolice, Who::GovernmentOffice, Who::Administrator] {
        open(&app, who, "/offences/new").await.is(403);
    }
}

#[rocket::async_test]
async fn clause_14_refuses_what_is_no_picture_and_keeps_nothing_of_it() {
    let app = TestApp::start().await;
    let place = report(&app, &[]).await;
    let program = "MZ\u{1}\0".to_owned() + &"\0".repeat(300);
    for (name, content, words) in [
        ("现场.jpg", program.as_str(), "可执行程序"),
        ("现场.jpg", "", "文件是空的"),
        ("现场.exe", PDF, "不收“.exe”文件"),
        ("现场.png", PDF, "内容却是PDF 文件"),
        ("../现场.pdf", PDF, "文件名里不能有目录"),
    ] {
        let refused = upload(&app, Who::Company, &place, name, content).await;
        refused.is(422).shows(words);
        assert_eq!(app.files(), 0, "{name}");
    }
    upload(&app, Who::BenxiPolice, &place, "现场.pdf", PDF)
        .await
        .is(403);
    upload(&app, Who::Company, &place, "现场.pdf", PDF)
        .await
        .is(303);
    let page = open(&app, Who::BenxiPolice, &place).await.is(200);
    let picture = picture_on(&page);
    let sent = open(&app, Who::BenxiPolice, &picture).await.is(200);
    assert_eq!(sent.body, PDF);
    let disposition = sent.header("Content-Disposition").unwrap_or_default();
    assert!(disposition.starts_with("attachment; "), "{disposition}");
    // By another offence's address it is nobody's.
    let other = report(&app, &[("request_key", "other")]).await;
    let astray = picture.replacen(&place, &other, 1);
    open(&app, Who::BenxiPolice, &astray).await.is(404);
}

#[rocket::async_test]
async fn clause_14_refuses_entries_out_of_turn_and_after_the_end() {
    let app = TestApp::start().await;
    let place = report(&app, &[]).await;
    let police = Who::BenxiPolice;
    let words = ("words", "已勘验");
    let end = [("outcome", "settled"), words];
    let sent = |to| [("to", to), ("reason", "不属本部门")];
    let early = [("on", "2026-09-20")];
    let late = [("on", "2026-09-22")];
    enter(&app, police, &place, "closed", &end)
        .await
        .is(422)
        .shows("请先登记受理");
    for (day, says) in [(early, "早于上一条记录"), (late, "还没有到")] {
        let refused = enter(&app, police, &place, "received", &day).await;
        refused.is(422).shows(says);
    }
    for (to, says) in [
        ("police", "已经在这个部门"),
        ("transport", "只能移送公安、林草、住房城乡建设部门"),
        ("nobody", "请选择移送的部门"),
    ] {
        let refused = enter(&app, police, &place, "transferred", &sent(to)).await;
        refused.is(422).shows(says);
    }
    // Nobody else may, and who may not see it learns nothing.
    for (who, status) in [
        (Who::Company, 403),
        (Who::GovernmentOffice, 403),
        (Who::HuanrenPolice, 404),
        (Who::BenxiForestry, 404),
    ] {
        enter(&app, who, &place, "received", &[]).await.is(status);
    }
    enter(&app, police, &place, "received", &[]).await.is(303);
    enter(&app, police, &place, "received", &[])
        .await
        .is(422)
        .shows("不重复受理");
    enter(&app, police, &place, "closed", &[words])
        .await
        .is(422)
        .shows("请选择结果");
    enter(&app, police, &place, "closed", &end).await.is(303);
    for (kind, fields) in [
        ("received", vec![]),
        ("progress", vec![words]),
        ("transferred", sent("forestry").to_vec()),
        ("closed", end.to_vec()),
    ] {
        let refused = enter(&app, police, &place, kind, &fields).await;
        refused.is(422).shows("已经办结");
    }
    upload(&app, Who::Company, &place, "现场.pdf", PDF)
        .await
        .is(422)
        .shows("已经办结");
    assert_eq!(app.files(), 0);
    enter(&app, police, &place, "reopened", &[]).await.is(404);
}
