//! Login, the home of each role, people, account, problems.

use super::{every_post_form_has_a_token, read_page, samples, shell, view};
use crate::office::FieldFault;
use crate::office::model::delegations::DelegationsPage;
use crate::view::form::{AccountForm, PersonForm, Retyped, Trouble};
use crate::view::{LoginPage, Problem};

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
fn an_officer_sees_for_whom_one_stands_in_and_who_stands_in_for_oneself() {
    let actor = samples::officer();
    let home = samples::home_with_delegations();
    let html = view().bureau_home(&shell(&actor), &home).expect("renders");
    let holds = [
        "代办事项：代王丽",
        "王丽经办的事项由您代办",
        "您不在岗",
        "由赵敏代办至",
        "2026-11-27",
    ];
    read_page("home-standing-in", &html, &holds);
}

#[test]
fn the_page_of_delegations_tells_what_holds_what_comes_and_what_is_over() {
    let actor = samples::officer();
    let mut page = samples::delegations();
    let render = |page: &DelegationsPage, typed: Option<&Retyped>| {
        let html = view().delegations(&shell(&actor), page, typed);
        html.expect("renders")
    };
    let html = render(&page, None);
    let holds = [
        "王丽的事项由李敏代办",
        "✓ 生效中",
        "尚未开始",
        "已提前结束",
        "已期满",
        "2026年11月20日至2026年11月27日",
        "事由：年休假",
        "/delegations/1/end",
        "交给同事代办",
        "<option value=\"5\">王丽</option>",
    ];
    read_page("delegations", &html, &holds);
    every_post_form_has_a_token("delegations", &html);
    assert!(
        !html.contains("name=\"giver\""),
        "only a lead chooses whose"
    );
    assert!(
        !html.contains("<option value=\"2\""),
        "nobody hands over to oneself"
    );
    page.lead = true;
    let typed = Retyped {
        form: "delegation-new".to_owned(),
        values: [("reason".to_owned(), "病假三天".to_owned())].into(),
        trouble: Trouble {
            title: "未保存".to_owned(),
            detail: "同一天只能交给一位同事".to_owned(),
            rule: None,
        },
    };
    let html = render(&page, Some(&typed));
    let holds = ["name=\"giver\"", "病假三天", "同一天只能交给一位同事"];
    read_page("delegations-lead", &html, &holds);
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
            "/board?lamp=red&amp;bureau=1#list",
            "其中超法定",
            "■",
            "▲",
        ],
    );
}

#[test]
fn the_administrator_sees_everyone_and_cannot_lock_oneself_out() {
    let actor = samples::administrator();
    let form = PersonForm {
        login: "Li Min".to_owned(),
        name: "李敏".to_owned(),
        role: "officer".to_owned(),
        bureau: "1".to_owned(),
        lead: true,
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
            "/people/2/lead",
            "name=\"lead\" type=\"checkbox\" value=\"true\" checked",
            "负责人",
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
