//! Supervision and the inbox as pages.

use super::{every_post_form_has_a_token, read_page, samples, shell, view};
use crate::office::model::StepPage;
use crate::office::model::supervision::SupervisionAct;
use crate::office::{InboxQuery, SupervisionQuery};
use crate::statute::supervision::CaseState;
use crate::view::form::EventForm;

fn step(may: &[SupervisionAct]) -> String {
    let page = StepPage {
        supervision: Some(samples::supervision_here(may)),
        ..samples::step_page(1, samples::today())
    };
    let officer = samples::officer();
    view()
        .step(&shell(&officer), &page, &EventForm::default())
        .expect("renders")
}

#[test]
fn a_step_tells_its_case_and_what_was_told_and_offers_what_is_open() {
    let html = step(&[SupervisionAct::Answer]);
    read_page(
        "step-supervised",
        &html,
        &[
            "id=\"supervisions\"",
            "督办件第5号",
            "↩ 已退回",
            "/supervision/notices/3",
            "承诺在2026年11月27日前办结",
            "已发提示",
            "赵局&lt;长&gt;",
            "推定",
            "/filings/101/supervision/answer",
            "name=\"promised_on\"",
        ],
    );
    assert!(!html.contains("supervision/close"));
    every_post_form_has_a_token("step-supervised", &html);
    let all = step(&SupervisionAct::ALL);
    read_page("step-supervision-forms", &all, &["立案督办", "销号说明"]);
    for act in SupervisionAct::ALL {
        assert!(all.contains(&format!("supervision/{}", act.code())));
    }
}

#[test]
fn the_list_tells_state_lamp_and_dates_in_words() {
    let watcher = samples::watcher();
    let query = SupervisionQuery {
        state: Some(CaseState::Noticed),
        bureau: None,
        after: Some("0:2026-11-01:7".to_owned()),
    };
    let html = view()
        .supervision(&shell(&watcher), &query, &samples::supervision_list())
        .expect("renders");
    read_page(
        "supervision",
        &html,
        &[
            "51 件未销号",
            "▲ 待部门答复",
            "未按期答复",
            "已过承诺日",
            "2026-11-23</time> 销号",
            "<option value=\"noticed\" selected>",
            "回到第一页",
            "/supervision?state=noticed&amp;after=0%3A2026-11-02%3A77",
            "共 71 项",
        ],
    );
}

#[test]
fn a_notice_is_printed_with_its_fields_and_without_a_seal() {
    let watcher = samples::watcher();
    let html = view()
        .notice(&shell(&watcher), &samples::notice())
        .expect("renders");
    let holds = [
        "督办通知单",
        "责任人",
        "/supervision/notices/3/docx",
        "本溪市人民政府办公室",
        "7K3M-9QXT-00AB-CDEF",
    ];
    read_page("supervision-notice", &html, &holds);
    let sheet = html.split("<article").nth(1).expect("a sheet");
    assert!(!sheet.contains("<img") && !sheet.contains("<svg"));
    assert!(!html.contains("登记送达"));
}

#[test]
fn an_inbox_marks_what_is_new_in_words() {
    let company = samples::company();
    let html = view()
        .inbox(&shell(&company), &InboxQuery::default(), &samples::inbox())
        .expect("renders");
    read_page(
        "inbox",
        &html,
        &[
            "1 条未读",
            "● 未读",
            "已读",
            "/inbox/9/read",
            "name=\"last\" value=\"9\"",
            "&lt;9&gt;",
            // In the frame of every page.
            "<span class=\"badge\">3<span class=\"vh\"> 条未读</span></span>",
            "/inbox?after=8",
        ],
    );
    every_post_form_has_a_token("inbox", &html);
    let mut shell = shell(&company);
    (shell.unread, shell.notice) = (100, None);
    let many = view().inbox(&shell, &InboxQuery::default(), &samples::inbox());
    assert!(many.expect("renders").contains("99+"));
}
