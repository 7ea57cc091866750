//! Documents as pages.

use super::{every_post_form_has_a_token, read_page, samples, shell, view};
use crate::office::DocumentId;
use crate::office::FilingId;
use crate::office::ProjectId;
use crate::office::model::paper::{CheckedPaper, Paper, PaperLine, PaperPage};
use crate::statute::calendar::date;
use crate::statute::paper::PaperKind;
use crate::view::form::{DeliveryForm, EventForm};

fn line(may_deliver: bool) -> PaperLine {
    PaperLine {
        corrected: false,
        id: DocumentId(12),
        kind: PaperKind::GrantDecision,
        title: "准予行政许可决定书".to_owned(),
        serial: "本溪市自然资源局〔2026〕第7号".to_owned(),
        seq: 4,
        made_on: date(2026, 10, 8),
        delivery: None,
        deliver_by: Some(date(2026, 10, 21)),
        may_deliver,
    }
}

fn page(may_deliver: bool) -> PaperPage {
    PaperPage {
        line: line(may_deliver),
        filing: FilingId(101),
        paper: Paper {
            title: "准予行政许可决定书".to_owned(),
            serial: "本溪市自然资源局〔2026〕第7号".to_owned(),
            to: "本溪供电公司：".to_owned(),
            body: vec!["本机关决定准予。<b>".to_owned()],
            items: vec!["材料一".to_owned()],
            after: vec!["后文".to_owned()],
            fields: vec![("申请人".to_owned(), "本溪供电公司".to_owned())],
            signed: "本溪市自然资源局".to_owned(),
            dated: "2026年10月8日".to_owned(),
            code: "7K3M-9QXT-00AB-CDEF".to_owned(),
        },
    }
}

#[test]
fn a_document_prints_its_words_and_offers_its_delivery_to_who_may() {
    let officer = samples::officer();
    let form = DeliveryForm::default();
    let html = view()
        .paper(&shell(&officer), &page(true), &form)
        .expect("renders");
    let holds = [
        "准予行政许可决定书",
        "〔2026〕第7号",
        "准予。&lt;b&gt;",
        "材料一",
        "7K3M-9QXT-00AB-CDEF",
        "登记送达",
        "2026-10-21",
        "/documents/12/docx",
    ];
    read_page("paper", &html, &holds);
    every_post_form_has_a_token("paper", &html);
    let html = view()
        .paper(&shell(&officer), &page(false), &form)
        .expect("renders");
    assert!(!html.contains("登记送达"));
}

#[test]
fn a_step_lists_its_documents_and_says_when_a_delivery_is_late() {
    let actor = samples::officer();
    let mut step = samples::step_page(1, date(2026, 11, 2));
    step.papers = vec![line(true)];
    let shell = crate::view::Shell {
        today: date(2026, 11, 2),
        ..shell(&actor)
    };
    let html = view()
        .step(&shell, &step, &EventForm::default())
        .expect("renders");
    assert!(html.contains("未按期送达，应于"), "{html}");
}

#[test]
fn anybody_can_check_a_code() {
    let found = CheckedPaper {
        corrected: false,
        title: "受理通知书".to_owned(),
        serial: "本溪市自然资源局〔2026〕第4号".to_owned(),
        project: "桥北 <220> 千伏".to_owned(),
        step: "选址意见书".to_owned(),
        made_on: date(2026, 9, 24),
        code: "7K3M-9QXT-00AB-CDEF".to_owned(),
        project_id: ProjectId(1),
    };
    let html = view().check("7k3m", Some(&found)).expect("renders");
    read_page(
        "check",
        &html,
        &["查到这份文书", "第4号", "桥北 &lt;220&gt; 千伏"],
    );
    let html = view().check("<x>", None).expect("renders");
    read_page("check-none", &html, &["没有查到", "&lt;x&gt;"]);
    read_page(
        "check-empty",
        &view().check("", None).expect("renders"),
        &["查验码"],
    );
}
