//! Every template is rendered with data and read like a page: names, days and words are there,
//! and nothing that only a programmer would print.

mod samples;

use super::form::{
    AccountForm, EventForm, EventTyped, JointForm, PersonForm, ProjectForm, ProjectTyped, Trouble,
};
use super::{LoginPage, Problem, Shell, View};
use crate::office::model::home::{BoardCount, ProjectSearch, ProjectState};
use crate::office::model::{Board, Page};
use crate::office::{Actor, BoardKind, BoardQuery, BureauId, FieldFault, FilingId, ProjectId};
use crate::statute::calendar::{Calendar, date};
use crate::statute::division::County;
use crate::statute::plan::facts::Volts;
use crate::statute::plan::{Plan, ProjectFacts};

fn view() -> View {
    View::load().expect("the embedded templates parse")
}

fn shell(actor: &Actor) -> Shell<'_> {
    Shell {
        actor,
        csrf: "token-of-the-session",
        today: samples::today(),
        notice: None,
    }
}

/// Reads the page as a reviewer would, and keeps it where `VIEW_SAMPLES` names a folder, to be
/// looked at in a browser.
fn read(name: &str, html: &str, holds: &[&str]) {
    if let Some(folder) = std::env::var_os("VIEW_SAMPLES") {
        let path = std::path::Path::new(&folder).join(format!("{name}.html"));
        std::fs::write(path, html).expect("the folder can be written");
    }
    for text in holds {
        assert!(html.contains(text), "{name} lacks {text}:\n{html}");
    }
    for print in [
        "Some(",
        "None",
        "NaiveDate",
        "[object",
        "{\"",
        "Ok(",
        "County::",
        "{{",
        "{%",
        "land-pre",
    ] {
        // Anchors and form values carry codes; what people read does not.
        let read = html
            .replace("id=\"step-land-pre-review\"", "")
            .replace("/catalogue#step-", "");
        assert!(!read.contains(print), "{name} prints {print}");
    }
    assert!(
        !html.contains(" style="),
        "{name}: the content policy forbids inline styles"
    );
    assert!(
        !html.contains("<style"),
        "{name}: the content policy forbids style elements"
    );
    assert!(
        !html.contains(" onclick"),
        "{name}: the content policy forbids inline script"
    );
}

fn read_page(name: &str, html: &str, holds: &[&str]) {
    read(name, html, holds);
    assert!(html.starts_with("<!doctype html>"), "{name} has a doctype");
    assert!(html.contains("lang=\"zh-CN\""), "{name} names its language");
    assert_eq!(html.matches("<h1").count(), 1, "{name} has one h1");
    assert!(
        html.contains("class=\"skip\" href=\"#main\""),
        "{name} lets one skip"
    );
    for table in html.split("<table").skip(1) {
        assert!(
            table.contains("<caption"),
            "{name}: a table without a caption"
        );
    }
    every_field_has_a_label(name, html);
}

/// Each visible field's id is named by a label, or the field stands inside one.
fn every_field_has_a_label(name: &str, html: &str) {
    for tag in ["<input ", "<select ", "<textarea "] {
        for field in html.split(tag).skip(1) {
            let field = field.split('>').next().unwrap_or_default();
            let hidden = ["type=\"hidden\"", "type=\"checkbox\"", "aria-hidden"];
            if hidden.iter().any(|mark| field.contains(mark)) {
                continue;
            }
            let id = field
                .split(" id=\"")
                .nth(1)
                .or_else(|| field.strip_prefix("id=\""))
                .and_then(|rest| rest.split('"').next());
            let id = id.unwrap_or_else(|| panic!("{name}: a field without id: {field}"));
            assert!(
                html.contains(&format!("for=\"{id}\"")),
                "{name}: {id} has no label"
            );
        }
    }
}

fn every_post_form_has_a_token(name: &str, html: &str) {
    for form in html.split("<form method=\"post\"").skip(1) {
        let form = form.split("</form>").next().unwrap_or_default();
        assert!(
            form.contains("name=\"_csrf\" value=\"token-of-the-session\""),
            "{name}: a form without a token"
        );
    }
}

#[test]
fn the_login_page_keeps_the_name_and_says_why_it_failed() {
    let page = LoginPage {
        csrf: "token-of-the-session".to_owned(),
        login: "gongdian".to_owned(),
        error: Some("登录名或密码不正确。".to_owned()),
    };
    let html = view().login(&page).expect("renders");
    read_page(
        "login",
        &html,
        &[
            "登录名或密码不正确。",
            "value=\"gongdian\"",
            "current-password",
        ],
    );
    every_post_form_has_a_token("login", &html);
}

#[test]
fn the_company_sees_what_it_can_do_now_each_with_one_action() {
    let actor = samples::company();
    let mut shell = shell(&actor);
    shell.notice = Some("已记录：提交申请".to_owned());
    let html = view()
        .company_home(&shell, &samples::company_home())
        .expect("renders");
    read_page(
        "home-company",
        &html,
        &[
            "桥北220千伏输变电工程",
            "补正材料",
            "/projects/1#joint",
            "超期",
            "已记录：提交申请",
            "2026年11月23日",
            "工作日",
            "只列出前 3 项",
            "href=\"/projects/new\"",
        ],
    );
    assert_eq!(html.matches("class=\"button primary\"").count(), 3);
    every_post_form_has_a_token("home-company", &html);
}

#[test]
fn an_officer_sees_the_last_day_to_answer_and_the_time_left() {
    let actor = samples::officer();
    let html = view()
        .bureau_home(&shell(&actor), &samples::bureau_home())
        .expect("renders");
    read_page(
        "home-bureau",
        &html,
        &[
            "本溪市自然资源局",
            "今日为最后一日",
            "今日到期",
            "超法定时限",
            "超方案时限",
            "恢复后还有",
            "2026-11-23",
        ],
    );
}

#[test]
fn the_government_office_sees_counts_by_bureau_with_lamps_in_words() {
    let actor = samples::watcher();
    let html = view()
        .office_home(&shell(&actor), &samples::office_home())
        .expect("renders");
    read_page(
        "home-office",
        &html,
        &[
            "本溪市林业和草原局",
            "/board?kind=overdue&amp;bureau=1",
            "其中超法定",
            "■",
            "▲",
        ],
    );
}

#[test]
fn the_project_list_keeps_its_filter_in_every_link() {
    let actor = samples::company();
    let search = ProjectSearch {
        text: "桥北&".to_owned(),
        county: Some(County::Mingshan),
        volts: Some(35_000),
        state: Some(ProjectState::Overdue),
        after: Some(ProjectId(9)),
    };
    let found = samples::page_of(samples::project_cards());
    let html = view()
        .projects(&shell(&actor), &search, &found)
        .expect("renders");
    read_page(
        "projects",
        &html,
        &[
            "value=\"桥北&amp;\"",
            "<option value=\"35\" selected>35千伏</option>",
            "/projects?county=210504&amp;kv=35&amp;state=overdue\"",
            "text=%E6%A1%A5%E5%8C%97%26&amp;county=210504&amp;kv=35&amp;state=overdue&amp;after=2026-10-28.77",
            "共 71 项",
            "全部办结",
        ],
    );
    let none = Page {
        rows: Vec::new(),
        total: 0,
        next: None,
    };
    let html = view()
        .projects(&shell(&actor), &search, &none)
        .expect("renders");
    read_page("projects-none", &html, &["没有符合条件的项目"]);
}

fn typed() -> ProjectTyped {
    ProjectTyped {
        name: "桥北".to_owned(),
        voltage_kv: "十千伏".to_owned(),
        works: "substation-and-line".to_owned(),
        counties: vec!["210502".to_owned(), "210521".to_owned()],
        new_land: true,
        forest_land: true,
        ..ProjectTyped::default()
    }
}

#[test]
fn the_new_projects_form_keeps_what_was_typed_beside_its_faults() {
    let actor = samples::company();
    let form = ProjectForm {
        typed: typed(),
        faults: vec![FieldFault {
            field: "voltage_kv",
            message: "“十千伏”不是电压等级,应为千伏数,如 0.4、10、66、220。".to_owned(),
        }],
        preview: Some(Ok(samples::preview(&samples::facts()))),
        request_key: "a1b2c3".to_owned(),
    };
    let html = view().new_project(&shell(&actor), &form).expect("renders");
    read_page(
        "new-project",
        &html,
        &[
            "value=\"十千伏\"",
            "aria-invalid=\"true\" aria-describedby=\"fault-voltage_kv\"",
            "value=\"210521\" checked",
            "name=\"forest_land\" value=\"true\" checked",
            "<option value=\"substation-and-line\" selected>",
            "value=\"a1b2c3\"",
            "市级用地预审",
            "并行办理，最早完成",
            "逐项办理则为",
            "关键路径",
        ],
    );
    every_post_form_has_a_token("new-project", &html);
    let html = view()
        .new_project(&shell(&actor), &ProjectForm::default())
        .expect("renders");
    read_page(
        "new-project-empty",
        &html,
        &["name=\"public_network\" value=\"true\" checked", "路线预览"],
    );
}

#[test]
fn the_preview_names_exempt_steps_with_their_clause() {
    let facts = ProjectFacts {
        voltage: Volts(10_000),
        counties: vec![County::Pingshan],
        user_demand: true,
        opens_city_road: true,
        occupies_green: true,
        ..ProjectFacts::default()
    };
    let html = view()
        .route_preview(&Ok(samples::preview(&facts)))
        .expect("renders");
    read(
        "part-preview",
        &html,
        &["挖掘城市道路", "依方案免办", "第15条", "建设工程规划许可"],
    );
    assert!(!html.contains("<html"), "a fragment is not a page");
    let html = view()
        .route_preview(&Err("请至少选择一个所涉县(区)。".to_owned()))
        .expect("renders");
    read("part-preview-fault", &html, &["请至少选择一个所涉县(区)。"]);
}

#[test]
fn the_project_page_draws_its_time_line_and_says_it_in_words() {
    let actor = samples::company();
    let form = JointForm {
        on: "2026-11-25".to_owned(),
        note: "一并提交".to_owned(),
        trouble: Some(Trouble {
            title: "未记录".to_owned(),
            detail: "不得登记今天之后的日期。".to_owned(),
            rule: None,
        }),
    };
    let html = view()
        .project(&shell(&actor), &samples::project_page(), &form)
        .expect("renders");
    read_page(
        "project",
        &html,
        &[
            "桥北220千伏输变电工程",
            "2020-210500-44-02-016343",
            "时间轴文字版",
            "到期日",
            "法定到期日 2026-12-07",
            "今天",
            "name=\"seen\" value=\"101:0\"",
            "value=\"2026-11-25\"",
            "不得登记今天之后的日期。",
            "方案第15条",
            "关键路径",
            "seg-forecast",
            "url(#tl-hatch)",
            "使用林地",
        ],
    );
    every_post_form_has_a_token("project", &html);
    let mut page = samples::project_page();
    page.joint = None;
    let html = view()
        .project(&shell(&actor), &page, &form)
        .expect("renders");
    read_page("project-no-joint", &html, &["不得登记今天之后的日期。"]);
}

#[test]
fn a_step_past_the_plans_limit_is_told_apart_from_one_past_the_laws() {
    let actor = samples::officer();
    let form = EventForm::default();
    let html = view()
        .step(
            &shell(&actor),
            &samples::step_page(1, samples::today()),
            &form,
        )
        .expect("renders");
    read_page(
        "step-running",
        &html,
        &[
            "市级用地预审",
            "方案时限",
            "法定时限",
            "行政许可法第42条",
            "推定",
            "为什么是这一天",
            "民法典第201条",
            "补录",
            "自动",
            "2026-11-05 09:30",
            "name=\"seen\" value=\"3\"",
            "专家评审",
            "max=\"10\"",
        ],
    );
    every_post_form_has_a_token("step-running", &html);
    let html = view()
        .step(
            &shell(&actor),
            &samples::step_page(0, samples::today()),
            &form,
        )
        .expect("renders");
    read_page(
        "step-overdue",
        &html,
        &["超法定时限", "超期", "选址申请文件"],
    );
    assert!(
        !html.contains("超方案时限"),
        "the law's limit is named alone"
    );
}

#[test]
fn the_due_day_itself_is_in_time() {
    let actor = samples::officer();
    let told = samples::step_page(1, date(2026, 11, 18));
    let due = told.reading.due_on.expect("it runs");
    let html = view()
        .step(
            &Shell {
                today: due,
                ..shell(&actor)
            },
            &samples::step_page(1, due),
            &EventForm::default(),
        )
        .expect("renders");
    read_page("step-due-today", &html, &["今日到期", "仍在时限内", "临期"]);
    assert!(
        !html.contains("lamp-red"),
        "the last lawful day is not overdue"
    );
    assert!(
        !html.contains("超方案时限"),
        "the last lawful day is not overdue"
    );
}

#[test]
fn a_due_date_in_a_year_without_a_notice_says_provisional() {
    let actor = samples::officer();
    let on = date(2026, 12, 21);
    let html = view()
        .step(
            &Shell {
                today: on,
                ..shell(&actor)
            },
            &samples::step_page(11, on),
            &EventForm::default(),
        )
        .expect("renders");
    read_page(
        "step-provisional",
        &html,
        &[
            "暂定",
            "2027年1月",
            "放假安排尚未公布",
            "不得索要",
            "鸟瞰图",
        ],
    );
}

#[test]
fn a_refused_act_is_shown_again_with_what_was_typed() {
    let actor = samples::officer();
    let mut form = EventForm {
        typed: EventTyped {
            kind: "suspended".to_owned(),
            on: "2026-11-20".to_owned(),
            note: "专家<评审>".to_owned(),
            ground: "expert-review".to_owned(),
            days: String::new(),
        },
        trouble: Some(Trouble {
            title: "未记录:不符合办理规则".to_owned(),
            detail: "日期早于前一项记录。".to_owned(),
            rule: Some("日期顺序:一项记录的日期不得早于前一项".to_owned()),
        }),
    };
    let page = samples::step_page(1, samples::today());
    let html = view().step(&shell(&actor), &page, &form).expect("renders");
    read_page(
        "step-refused",
        &html,
        &[
            "<details class=\"act\" open>",
            "日期早于前一项记录。",
            "value=\"2026-11-20\"",
            "专家&lt;评审&gt;",
            "<option value=\"expert-review\" selected>",
        ],
    );
    form.typed.kind = "accepted".to_owned();
    let html = view().step(&shell(&actor), &page, &form).expect("renders");
    read_page(
        "step-conflict",
        &html,
        &["您刚才填写的", "受理", "2026-11-20", "专家&lt;评审&gt;"],
    );
}

#[test]
fn a_step_that_cannot_be_filed_says_what_it_waits_for() {
    let actor = samples::company();
    let mut page = samples::step_page(9, samples::today());
    page.acts = Vec::new();
    page.waits_for = vec![(FilingId(101), "市级用地预审".to_owned())];
    page.joint = vec![(FilingId(102), "县(区)用地初审(明山区)".to_owned())];
    page.opinions_missing = vec![County::BenxiCounty];
    let html = view()
        .step(&shell(&actor), &page, &EventForm::default())
        .expect("renders");
    read_page(
        "step-draft",
        &html,
        &[
            "还不能申请",
            "市级用地预审",
            "/projects/1#joint",
            "本溪满族自治县",
            "还没有记录",
        ],
    );
}

#[test]
fn the_boards_keep_kind_and_bureau_in_their_links() {
    let actor = samples::watcher();
    let rows = samples::of_lamp(crate::statute::clock::Lamp::Red);
    let board = Board {
        page: samples::page_of(rows),
        by_bureau: samples::bureaus()
            .into_iter()
            .zip([7, 3, 1, 0])
            .map(|(bureau, steps)| BoardCount { bureau, steps })
            .collect(),
    };
    let query = BoardQuery {
        kind: BoardKind::Overdue,
        bureau: Some(BureauId(1)),
        after: None,
    };
    let html = view()
        .board(&shell(&actor), &query, &board)
        .expect("renders");
    read_page(
        "board",
        &html,
        &[
            "超期事项：本溪市自然资源局",
            "<option value=\"1\" selected>本溪市自然资源局（7）</option>",
            "/board?kind=overdue&amp;bureau=1&amp;after=2026-10-28.77",
            "共 71 项",
            "超期",
        ],
    );
}

#[test]
fn the_catalogue_shows_all_clauses_and_says_which_are_lost() {
    let actor = samples::watcher();
    let html = view()
        .catalogue(&shell(&actor), Plan::built_in())
        .expect("renders");
    read_page(
        "catalogue",
        &html,
        &[
            "缺第 2、5、8、10、11、12 条",
            "7个工作日内下发项目用地预审意见",
            "方案和法律都没有规定",
            "不得索要",
            "安全质量评价报告",
            "推定",
            "不涉及周边遮挡时",
            "至多10个工作日",
        ],
    );
    assert_eq!(html.matches("class=\"clause-block\"").count(), 15);
    assert_eq!(html.matches(">原文缺失<").count(), 6);
}

#[test]
fn the_calendar_marks_days_by_words_and_unpublished_years_as_provisional() {
    let actor = samples::officer();
    let html = view()
        .calendar(&shell(&actor), Calendar::official(), 2026)
        .expect("renders");
    read_page(
        "calendar",
        &html,
        &[
            "2026年工作日历",
            "cell-makeup\" title=\"国庆节：调休上班\"",
            "<i>休</i>",
            "https://www.gov.cn/zhengce/",
            "cell-today",
        ],
    );
    assert_eq!(html.matches("class=\"month\"").count(), 12);
    assert!(!html.contains("落在这一年的到期日都是暂定的"));
    let html = view()
        .calendar(&shell(&actor), Calendar::official(), 2027)
        .expect("renders");
    read_page(
        "calendar-provisional",
        &html,
        &["尚未公布2027年放假安排", "暂定", "放假办法"],
    );
    let html = view()
        .calendar(&shell(&actor), Calendar::official(), 2035)
        .expect("renders");
    read_page("calendar-unknown", &html, &["没有2035年的放假安排"]);
}

#[test]
fn the_administrator_sees_everyone_and_cannot_lock_oneself_out() {
    let actor = samples::administrator();
    let form = PersonForm {
        login: "Li Min".to_owned(),
        name: "李敏".to_owned(),
        role: "officer".to_owned(),
        bureau: "1".to_owned(),
        faults: vec![FieldFault {
            field: "login",
            message: "登录名只能用小写字母、数字或 . _ -。".to_owned(),
        }],
    };
    let html = view()
        .people(
            &shell(&actor),
            &samples::people(),
            &samples::bureaus(),
            &form,
        )
        .expect("renders");
    read_page(
        "people",
        &html,
        &[
            "value=\"Li Min\"",
            "登录名只能用小写字母",
            "<option value=\"officer\" selected>",
            "/people/2/active",
            "已停用",
        ],
    );
    assert!(!html.contains("/people/4/active"), "no switch for oneself");
    every_post_form_has_a_token("people", &html);
}

#[test]
fn the_account_page_never_shows_a_password() {
    let actor = samples::officer();
    let form = AccountForm {
        faults: vec![FieldFault {
            field: "old",
            message: "现在的密码不正确。".to_owned(),
        }],
        done: false,
    };
    let html = view().account(&shell(&actor), &form).expect("renders");
    read_page(
        "account",
        &html,
        &["现在的密码不正确。", "本溪市自然资源局"],
    );
    for field in html.split("type=\"password\"").skip(1) {
        let field = field.split('>').next().unwrap_or_default();
        assert!(!field.contains("value="), "a password is shown: {field}");
    }
}

#[test]
fn a_problem_is_told_in_words_with_a_way_on() {
    let actor = samples::officer();
    let problem = Problem {
        status: 404,
        title: "没有这个页面".to_owned(),
        detail: "网址可能写错了。".to_owned(),
        rule: None,
        back: None,
    };
    let html = view()
        .problem(Some(&shell(&actor)), &problem)
        .expect("renders");
    read_page("problem", &html, &["没有这个页面", "回到首页"]);
    let html = view().problem(None, &problem).expect("renders");
    read_page("problem-outside", &html, &["网址可能写错了。"]);
    assert!(!html.contains("退出登录"));
}
