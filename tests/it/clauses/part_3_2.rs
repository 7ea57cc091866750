//! 三、(二): 领导小组办公室会同有关部门, 有效解决项目审批中遇到的困难和问题.

use crate::app::TestApp;
use crate::browser::Answer;
use crate::database::Database;
use crate::who::Who;

const TODAY: &str = "2026-09-21";

/// A line across a highway: steps at the transport and the planning bureau, none at forestry.
async fn crossing(app: &TestApp) -> i64 {
    app.create(&[
        ("name", "威宁66千伏线路改造工程"),
        ("voltage_kv", "66"),
        ("works", "line"),
        ("counties", "210504"),
        ("public_network", "true"),
        ("crosses_highway", "true"),
    ])
    .await
}

/// Posts a form of coordination with a token of one's own.
async fn send(app: &TestApp, who: Who, path: &str, fields: &[(&str, &str)]) -> Answer {
    let mut browser = app.login(who).await;
    let path = format!("/{path}");
    browser.post("/account", &path, fields).await
}

/// Raises a difficulty, and gives its row.
async fn raise(app: &TestApp, who: Who, project: i64, more: &[(&str, &str)]) -> i64 {
    let mut fields = vec![
        ("title", "塔基占用林地权属争议"),
        ("words", "两村都主张权属，踏勘不能进行。"),
        ("on", TODAY),
    ];
    fields.extend_from_slice(more);
    let path = format!("projects/{project}/coordination");
    let made = send(app, who, &path, &fields).await.is(303);
    let place = made.location.unwrap_or_default();
    let id = place.strip_prefix("/coordination/");
    id.and_then(|id| id.parse().ok())
        .expect("the new difficulty's address")
}

/// The value of the box or the choice that names the bureau of `who`.
async fn bureau(app: &TestApp, who: Who) -> String {
    let actor = app.actor(who).await;
    actor.bureau.expect("an officer's bureau").id.to_string()
}

/// Calls a meeting for today with the bureau of `who` and the water bureau.
async fn call(app: &TestApp, difficulty: i64, who: Who) -> i64 {
    let called = format!("bureau-{}", bureau(app, who).await);
    let fields = [
        ("on", TODAY),
        ("place", "市政府三楼会议室"),
        (called.as_str(), "yes"),
        ("body-water", "yes"),
    ];
    let path = format!("coordination/{difficulty}/call");
    send(app, Who::GovernmentOffice, &path, &fields)
        .await
        .is(303);
    number(app, difficulty, "decide").await
}

/// The last number behind `/coordination/<id>/<act>/` on the page of the difficulty.
async fn number(app: &TestApp, difficulty: i64, act: &str) -> i64 {
    let place = format!("/coordination/{difficulty}");
    let mut everybody = String::new();
    for who in [Who::GovernmentOffice, Who::Company, Who::Forestry] {
        everybody.push_str(&app.login(who).await.get(&place).await.body);
    }
    let mark = format!("{place}/{act}/").replace('/', "&#x2F;");
    let plain = everybody.replace(&mark, &format!("{place}/{act}/"));
    plain
        .split(&format!("{place}/{act}/"))
        .skip(1)
        .filter_map(|rest| {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        })
        .max()
        .unwrap_or_else(|| panic!("no form to {act} on {place}"))
}

async fn decide(app: &TestApp, difficulty: i64, meeting: i64, owner: &str, due: &str) -> Answer {
    let fields = [
        ("words", "核实界址并出具意见"),
        ("owner", owner),
        ("due_on", due),
    ];
    let path = format!("coordination/{difficulty}/decide/{meeting}");
    send(app, Who::GovernmentOffice, &path, &fields).await
}

async fn act(app: &TestApp, who: Who, path: &str, on: &str, words: &str) -> Answer {
    send(app, who, path, &[("on", on), ("words", words)]).await
}

#[rocket::async_test]
async fn part_3_2_allows_a_difficulty_to_go_from_raising_to_its_end() {
    walk(TestApp::start().await).await;
}

#[rocket::async_test]
async fn part_3_2_allows_the_same_on_postgresql() {
    walk(TestApp::on(Database::postgres()).await).await;
}

async fn walk(app: TestApp) {
    let project = crossing(&app).await;
    let step = app.filing(project, "road-crossing", None).await.to_string();
    let needs = format!("bureau-{}", bureau(&app, Who::Forestry).await);
    let more = [("filing", step.as_str()), (needs.as_str(), "yes")];
    let id = raise(&app, Who::Company, project, &more).await;
    let place = format!("/coordination/{id}");

    // Whoever sees the project sees it there; the bureau that is needed sees it alone.
    let project_page = format!("/projects/{project}");
    for who in [Who::Company, Who::Transport, Who::GovernmentOffice] {
        let page = app.login(who).await.get(&project_page).await.is(200);
        page.shows("塔基占用林地权属争议");
        page.shows("待会商");
    }
    let mut forestry = app.login(Who::Forestry).await;
    forestry.get(&project_page).await.is(404);
    let page = forestry.get(&place).await.is(200);
    page.shows("两村都主张权属");
    page.shows("推定");
    page.shows("方案三(二)");
    page.hides(&format!("href=\"{project_page}\""));
    forestry.get("/coordination").await.is(200).shows(&place);

    // Called together, with a body that has no account; the minutes are written once.
    let meeting = call(&app, id, Who::Forestry).await;
    let minute = format!("coordination/{id}/minute/{meeting}");
    let minutes = [("words", "同意由林草部门核实界址。")];
    for (answer, status) in [("first", 303), ("again", 422)] {
        let answered = send(&app, Who::GovernmentOffice, &minute, &minutes).await;
        assert_eq!(answered.status, status, "{answer}");
    }
    let page = app.login(Who::Transport).await.get(&place).await.is(200);
    page.shows("市水务局");
    page.shows("本溪市林草局");
    page.shows("同意由林草部门核实界址");

    // Decided: one for the bureau, one for the company, due in three days.
    let owner = bureau(&app, Who::Forestry).await;
    for owner in [owner.as_str(), "company"] {
        decide(&app, id, meeting, owner, "2026-09-24").await.is(303);
    }
    for who in [Who::Forestry, Who::Company] {
        let home = app.login(who).await.get("/").await.is(200);
        home.shows("会商议定、待完成的事项");
        home.shows("还有3天");
    }
    let transport = app.login(Who::Transport).await.get("/").await.is(200);
    transport.hides("会商议定、待完成的事项");

    // The due day is not overdue, the day after is.
    app.set_day(2026, 9, 24);
    let page = app.login(Who::Company).await.get(&place).await;
    page.shows("今天到期");
    page.hides("逾期");
    app.set_day(2026, 9, 25);
    let page = app.login(Who::Company).await.get(&place).await;
    page.shows("■ 逾期1天");
    let mut office = app.login(Who::GovernmentOffice).await;
    let list = office.get("/coordination").await.is(200);
    list.shows("■ 逾期2项");

    // Reported, sent back, reported again, confirmed; and the company's too.
    let company = number(&app, id, "report").await;
    let report = |decision: i64| format!("coordination/{id}/report/{decision}");
    let ours = company - 1;
    let answer = act(&app, Who::Forestry, &report(ours), "2026-09-23", "已核实").await;
    answer.is(303);
    let back = format!("coordination/{id}/return/{ours}");
    let answer = act(&app, Who::GovernmentOffice, &back, "2026-09-25", "缺界址图").await;
    answer.is(303);
    let page = app.login(Who::Forestry).await.get(&place).await;
    page.shows("缺界址图");
    page.shows("■ 逾期1天");
    let answer = act(&app, Who::Forestry, &report(ours), "2026-09-25", "已附图").await;
    answer.is(303);
    let answer = act(&app, Who::Company, &report(company), "2026-09-24", "已补测").await;
    answer.is(303);
    for decision in [ours, company] {
        let confirm = format!("coordination/{id}/confirm/{decision}");
        let answer = act(&app, Who::GovernmentOffice, &confirm, "2026-09-25", "属实").await;
        answer.is(303);
    }
    let page = app.login(Who::Transport).await.get(&place).await;
    page.shows("✓ 已确认完成（逾期1天）");
    page.shows("✓ 已确认完成<");

    // Closed, and off the list of open ones.
    let close = [
        ("how", "resolved"),
        ("on", "2026-09-25"),
        ("words", "权属已明，踏勘恢复。"),
    ];
    let path = format!("coordination/{id}/close");
    send(&app, Who::GovernmentOffice, &path, &close)
        .await
        .is(303);
    office.get("/coordination").await.is(200).hides(&place);
    let closed = office.get("/coordination?state=closed").await.is(200);
    closed.shows(&place);
    closed.shows("✓ 已解决");
    closed.shows("已办结 1");
    app.refolds().await;
}

#[rocket::async_test]
async fn part_3_2_allows_closing_without_decisions_where_the_reason_is_said() {
    let app = TestApp::start().await;
    let project = crossing(&app).await;
    let id = raise(&app, Who::Transport, project, &[]).await;
    let path = format!("coordination/{id}/close");
    let mut close = [("how", "without"), ("on", TODAY), ("words", "")];
    let unsaid = send(&app, Who::GovernmentOffice, &path, &close).await;
    unsaid.is(422).shows("办结说明");
    close[2].1 = "提出单位撤回";
    send(&app, Who::GovernmentOffice, &path, &close)
        .await
        .is(303);
    let place = format!("/coordination/{id}");
    let page = app.login(Who::Company).await.get(&place).await;
    page.shows("提出单位撤回");
    page.shows("本溪市交通运输局");
}

#[rocket::async_test]
async fn part_3_2_refuses_an_outsider_everything() {
    let app = TestApp::start().await;
    let project = crossing(&app).await;
    let id = raise(&app, Who::Company, project, &[]).await;
    let place = format!("/coordination/{id}");
    let mut outsider = app.login(Who::Forestry).await;
    outsider.get(&place).await.is(404);
    let raising = format!("/projects/{project}/coordination");
    outsider.get(&raising).await.is(404);
    outsider.get("/coordination").await.is(200).hides(&place);
    let fields = [("title", "标题"), ("words", "内容"), ("on", TODAY)];
    let raised = format!("projects/{project}/coordination");
    send(&app, Who::Forestry, &raised, &fields).await.is(404);
    let call = format!("coordination/{id}/call");
    let called = [("on", TODAY), ("place", "会议室"), ("company", "yes")];
    send(&app, Who::Forestry, &call, &called).await.is(404);
    send(&app, Who::Administrator, &raised, &fields)
        .await
        .is(403);
}

#[rocket::async_test]
async fn part_3_2_refuses_a_meeting_called_by_the_company_or_a_bureau() {
    let app = TestApp::start().await;
    let project = crossing(&app).await;
    let id = raise(&app, Who::Company, project, &[]).await;
    let path = format!("coordination/{id}/call");
    let called = [("on", TODAY), ("place", "会议室"), ("company", "yes")];
    for who in [Who::Company, Who::Transport] {
        let answer = send(&app, who, &path, &called).await.is(403);
        answer.shows("由市政府办公室代行");
    }
    let nobody = [("on", TODAY), ("place", "会议室")];
    let answer = send(&app, Who::GovernmentOffice, &path, &nobody).await;
    answer.is(422).shows("请至少选择一个");
    let unknown = [("on", TODAY), ("place", "会议室"), ("body-police", "yes")];
    let answer = send(&app, Who::GovernmentOffice, &path, &unknown).await;
    answer.is(422);
    let early = [
        ("on", "2026-09-18"),
        ("place", "会议室"),
        ("company", "yes"),
    ];
    let answer = send(&app, Who::GovernmentOffice, &path, &early)
        .await
        .is(422);
    answer.shows("不早于提出日期");
    // What was typed is shown again, boxes included.
    answer.shows("value=\"2026-09-18\"");
    answer.shows("name=\"company\" value=\"yes\" checked");
}

#[rocket::async_test]
async fn part_3_2_refuses_a_decision_without_an_owner_or_a_day_or_due_before_its_meeting() {
    let app = TestApp::start().await;
    let project = crossing(&app).await;
    let id = raise(&app, Who::Company, project, &[]).await;
    let meeting = call(&app, id, Who::Transport).await;
    let answer = decide(&app, id, meeting, "", "2026-09-24").await.is(422);
    answer.shows("须有承办单位");
    answer.shows("核实界址并出具意见");
    let answer = decide(&app, id, meeting, "company", "").await.is(422);
    answer.shows("请填写日期");
    let answer = decide(&app, id, meeting, "company", "2026-09-20").await;
    answer.is(422).shows("不早于会商日期");
    let answer = decide(&app, id, 999_999, "company", "2026-09-24").await;
    answer.is(404);
    let place = format!("/coordination/{id}");
    let page = app.login(Who::Company).await.get(&place).await;
    page.shows("还没有议定事项");
}

#[rocket::async_test]
async fn part_3_2_refuses_a_decision_that_asks_for_what_the_plan_has_cancelled() {
    let app = TestApp::start().await;
    let project = crossing(&app).await;
    let step = app.filing(project, "road-crossing", None).await.to_string();
    let concerns = [("filing", step.as_str())];
    let id = raise(&app, Who::Company, project, &concerns).await;
    let meeting = call(&app, id, Who::Transport).await;
    let fields = [
        ("words", "由供电公司补交《安全质量评价报告》"),
        ("owner", "company"),
        ("due_on", "2026-09-24"),
    ];
    let path = format!("coordination/{id}/decide/{meeting}");
    let answer = send(&app, Who::GovernmentOffice, &path, &fields).await;
    answer.is(422).shows("方案第13条");
}

#[rocket::async_test]
async fn part_3_2_refuses_a_report_by_another_and_a_confirmation_without_one() {
    let app = TestApp::start().await;
    let project = crossing(&app).await;
    let id = raise(&app, Who::Company, project, &[]).await;
    let meeting = call(&app, id, Who::Forestry).await;
    let owner = bureau(&app, Who::Forestry).await;
    decide(&app, id, meeting, &owner, "2026-09-24")
        .await
        .is(303);
    let decision = number(&app, id, "report").await;
    let report = format!("coordination/{id}/report/{decision}");
    for who in [Who::Company, Who::Transport, Who::GovernmentOffice] {
        let answer = act(&app, who, &report, TODAY, "已完成").await.is(403);
        answer.shows("由承办单位自己报告完成");
    }
    let confirm = format!("coordination/{id}/confirm/{decision}");
    let answer = act(&app, Who::GovernmentOffice, &confirm, TODAY, "属实").await;
    answer.is(422).shows("还没有报告完成");
    let answer = act(&app, Who::Forestry, &report, "2026-09-22", "已完成").await;
    answer.is(422).shows("还没有到");
    let answer = act(&app, Who::Forestry, &report, TODAY, "").await;
    answer.is(422).shows("完成情况应为2至500字");
}

#[rocket::async_test]
async fn part_3_2_refuses_to_resolve_with_open_decisions_and_anything_after_the_end() {
    let app = TestApp::start().await;
    let project = crossing(&app).await;
    let id = raise(&app, Who::Company, project, &[]).await;
    let close = |how| [("how", how), ("on", TODAY), ("words", "会商结束")];
    let path = format!("coordination/{id}/close");
    let answer = send(&app, Who::GovernmentOffice, &path, &close("resolved")).await;
    answer.is(422).shows("没有议定事项");
    let meeting = call(&app, id, Who::Transport).await;
    decide(&app, id, meeting, "company", "2026-09-24")
        .await
        .is(303);
    let decision = number(&app, id, "report").await;
    let answer = send(&app, Who::GovernmentOffice, &path, &close("resolved")).await;
    answer.is(422).shows("还有1项议定事项没有确认完成");
    let answer = send(&app, Who::Company, &path, &close("without")).await;
    answer.is(403);
    let answer = send(&app, Who::GovernmentOffice, &path, &close("without")).await;
    answer.is(303);

    let again = send(&app, Who::GovernmentOffice, &path, &close("without")).await;
    again.is(422).shows("不再登记");
    let called = [("on", TODAY), ("place", "会议室"), ("company", "yes")];
    let call = format!("coordination/{id}/call");
    let answer = send(&app, Who::GovernmentOffice, &call, &called).await;
    answer.is(422).shows("另行提出");
    let answer = decide(&app, id, meeting, "company", "2026-09-24").await;
    answer.is(422).shows("不再登记");
    let report = format!("coordination/{id}/report/{decision}");
    let answer = act(&app, Who::Company, &report, TODAY, "已完成").await;
    answer.is(422).shows("不再登记");
    // What was left undone is nobody's any more.
    let home = app.login(Who::Company).await.get("/").await.is(200);
    home.hides("会商议定、待完成的事项");
}
