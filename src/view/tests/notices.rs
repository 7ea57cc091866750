//! The pages of holiday notices and of suppositions.

use super::{every_post_form_has_a_token, read_page, samples, shell, view};
use crate::office::model::notices::YearNotices;
use crate::office::{FieldFault, Suppose};
use crate::statute::calendar::Calendar;
use crate::statute::plan::StepId;
use crate::view::form::{NoticeTyped, WhatIfTyped};

fn typed() -> NoticeTyped {
    NoticeTyped {
        year: Some(2027),
        text: "一、元旦：1月1日（周五）放假1天，不调休。\n二、<春节>".to_owned(),
        number: "国办发明电〔2026〕9号".to_owned(),
        published_on: "2026-11-05".to_owned(),
        ..NoticeTyped::default()
    }
}

#[test]
fn a_notice_is_asked_for_with_the_first_year_that_has_none() {
    let actor = samples::watcher();
    let form = samples::notice_form();
    let html = view()
        .notice_entry(&shell(&actor), &form, &NoticeTyped::default(), None)
        .expect("renders");
    read_page(
        "notice-entry",
        &html,
        &[
            "<option value=\"2027\" selected>2027年（暂定）</option>",
            "2026年（已有正式通知）",
            "查看影响",
        ],
    );
    every_post_form_has_a_token("notice-entry", &html);
    assert!(!html.contains("确认录入"));
}

#[test]
fn what_a_notice_moves_is_shown_before_it_is_confirmed() {
    let actor = samples::watcher();
    let form = samples::notice_form();
    let found = samples::notice_preview(&[]);
    let html = view()
        .notice_entry(&shell(&actor), &form, &typed(), Some(&found))
        .expect("renders");
    read_page(
        "notice-preview",
        &html,
        &[
            "放假 <b>1</b> 天、调休上班 <b>1</b> 天",
            "2027年由暂定转为确定",
            "今日转为超期",
            "今日不再超期",
            "日期不变，转为确定",
            "督办件第9号",
            "台账按此不再成立",
            "name=\"page\" value=\"2\"",
            "name=\"seen\" value=\"a1b2c3\"",
            "二、&lt;春节&gt;",
        ],
    );
    every_post_form_has_a_token("notice-preview", &html);
    assert!(!html.contains("确认更正"));
}

#[test]
fn a_correction_asks_for_a_word_and_a_reason() {
    let actor = samples::watcher();
    let form = samples::notice_form();
    let found = samples::notice_preview(&["国办发明电〔2025〕7号"]);
    let html = view()
        .notice_entry(&shell(&actor), &form, &typed(), Some(&found))
        .expect("renders");
    let holds = ["这次录入是更正", "国办发明电〔2025〕7号", "更正理由"];
    read_page("notice-correction", &html, &holds);
}

#[test]
fn every_fault_of_the_text_is_told_with_its_line() {
    let actor = samples::watcher();
    let fault = |field, message: &str| FieldFault {
        field,
        message: message.to_owned(),
    };
    let typed = NoticeTyped {
        faults: vec![
            fault("text", "第2行：2027年1月3日写作“周六”，实为周日"),
            fault("text", "第4行：劳动节写明共5天"),
            fault("number", "请填写通知的文号"),
        ],
        ..typed()
    };
    let html = view()
        .notice_entry(&shell(&actor), &samples::notice_form(), &typed, None)
        .expect("renders");
    let holds = [
        "第2行",
        "第4行",
        "id=\"fault-number\"",
        "填写有误，尚未保存",
    ];
    read_page("notice-faults", &html, &holds);
}

#[test]
fn the_calendar_tells_who_entered_a_notice_and_how_far_its_recheck_has_come() {
    let actor = samples::watcher();
    let notices = samples::year_notices();
    let html = view()
        .calendar(&shell(&actor), (Calendar::official(), 2027), &notices)
        .expect("renders");
    read_page(
        "calendar-entered",
        &html,
        &[
            "复核进行中",
            "已被更正",
            "更正理由：国务院办公厅发布了第二份通知",
            "王督查 录入于 2026-11-20 09:30",
            "按录入的计算",
            "/calendar/notice?year=2027",
        ],
    );
    let nobody = YearNotices::default();
    let html = view()
        .calendar(&shell(&actor), (Calendar::official(), 2027), &nobody)
        .expect("renders");
    assert!(!html.contains("/calendar/notice"));
}

#[test]
fn a_supposition_says_what_is_reckoned_and_what_is_taken_for_granted() {
    let actor = samples::watcher();
    let steps = samples::step_choices();
    let nothing = view()
        .what_if(&shell(&actor), &steps, &WhatIfTyped::default(), None)
        .expect("renders");
    let holds = [
        "规划选址意见（现行7个工作日）",
        "不再等待“规划选址意见”",
        "什么都不保存",
    ];
    read_page("what-if-empty", &nothing, &holds);
    every_post_form_has_a_token("what-if-empty", &nothing);
    assert!(
        !nothing.contains("青山保护部分（"),
        "it has no limit to change"
    );

    let asked = Suppose::Limit {
        step: StepId::from("site-selection"),
        days: 5,
    };
    let typed = WhatIfTyped {
        step: "site-selection".to_owned(),
        days: "5".to_owned(),
        ..WhatIfTyped::default()
    };
    let found = samples::what_if();
    let html = view()
        .what_if(&shell(&actor), &steps, &typed, Some((&asked, &found)))
        .expect("renders");
    read_page(
        "what-if",
        &html,
        &[
            "由7个工作日改为5个工作日",
            "推定：各方的登记照旧",
            "111（92.5%）",
            "84（70.0%）",
            "少27项按时",
            "全部项目平均相差 1.5 个工作日",
            "/what-if?step=site-selection&amp;days=5&amp;page=2",
            "今日还可以提交 <b>2</b> 项",
        ],
    );
}
