//! The page of one step.

use super::{every_post_form_has_a_token, read_page, samples, shell, view};
use crate::office::FilingId;
use crate::office::model::StepPage;
use crate::office::model::delegations::{Away, CaseOfficer};
use crate::statute::calendar::date;
use crate::statute::division::County;
use crate::view::Shell;
use crate::view::form::{EventForm, EventTyped, Trouble};

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
            despite_missing: false,
            ..EventTyped::default()
        },
        trouble: Some(Trouble {
            title: "未记录:不符合办理规则".to_owned(),
            detail: "日期早于前一项记录。".to_owned(),
            rule: Some("日期顺序:一项记录的日期不得早于前一项".to_owned()),
        }),
        material: None,
        small: None,
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
fn a_step_says_who_has_it_in_hand_and_who_stands_in_until_when() {
    let actor = samples::officer();
    let on = date(2026, 11, 18);
    let mut told = samples::step_page(1, on);
    let render = |told: &StepPage| {
        let html = view().step(&shell(&actor), told, &EventForm::default());
        html.expect("renders")
    };
    assert!(!render(&told).contains("经办人："), "in nobody's hands yet");
    told.case_officer = Some(CaseOfficer {
        name: "王丽".to_owned(),
        away: None,
    });
    let html = render(&told);
    read_page("step-in-hand", &html, &["经办人：王丽"]);
    assert!(!html.contains("不在岗"));
    told.case_officer = Some(CaseOfficer {
        name: "王丽".to_owned(),
        away: Some(Away {
            stand_in_name: "李敏".to_owned(),
            last_on: date(2026, 11, 27),
        }),
    });
    let holds = ["不在岗", "由李敏代办至", "2026-11-27", "含当日"];
    read_page("step-stood-in", &render(&told), &holds);
}
