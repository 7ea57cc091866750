//! The list of materials on the page of a step.

use super::{read_page, samples, shell, view};
use crate::office::model::{ActForm, OpenAct};
use crate::office::{OfficeError, Unfit};
use crate::statute::clock::EventKind;
use crate::view::form::{EventForm, MaterialTrouble};
use crate::view::words;

#[test]
fn a_step_lists_its_materials_with_every_version_that_was_handed_in() {
    let actor = samples::company();
    let mut page = samples::step_page(1, samples::today());
    page.materials = samples::materials();
    let html = view()
        .step(&shell(&actor), &page, &EventForm::default())
        .expect("renders");
    read_page(
        "step-materials",
        &html,
        &[
            "选址申请文件",
            "方案第3条",
            "尚缺",
            "选址申请 &lt;终稿&gt;.pdf",
            "第2版",
            "以前的1版",
            "4.5 MB",
            "SHA-256",
            "每个文件不超过 50 MB",
            "enctype=\"multipart/form-data\"",
        ],
    );
    page.hand_in = None;
    let html = view()
        .step(&shell(&actor), &page, &EventForm::default())
        .expect("renders");
    assert!(!html.contains("enctype"), "who may only look has no form");
    assert!(html.contains("/files/"), "but can download");
}

#[test]
fn an_acceptance_without_a_required_material_asks_first_and_says_so_ever_after() {
    let actor = samples::officer();
    let mut page = samples::step_page(1, samples::today());
    page.materials = samples::materials();
    page.acts = vec![OpenAct {
        kind: EventKind::Accepted,
        form: ActForm::Plain,
        primary: true,
    }];
    let id = page.step.materials.first().map(|m| m.id.clone());
    let names: Vec<String> = page.step.materials.iter().map(|m| m.name.clone()).collect();
    if let (Some(line), Some(id)) = (page.ledger.first_mut(), id) {
        line.details.missing = vec![id];
    }
    let html = view()
        .step(&shell(&actor), &page, &EventForm::default())
        .expect("renders");
    assert!(html.contains("name=\"despite_missing\""), "{html}");
    assert!(html.contains(&format!("受理时缺：{}", names[0])));
}

#[test]
fn a_file_that_was_not_taken_says_why_beside_its_entry() {
    let actor = samples::company();
    let mut page = samples::step_page(1, samples::today());
    page.materials = samples::materials();
    let trouble = words::trouble(&OfficeError::Unfit(Unfit::Empty));
    for material in ["drawings", "nowhere"] {
        let form = EventForm {
            material: Some(MaterialTrouble {
                material: material.to_owned(),
                trouble: trouble.clone(),
            }),
            ..EventForm::default()
        };
        let html = view().step(&shell(&actor), &page, &form).expect("renders");
        assert!(html.contains("文件没有收下") && html.contains("0 字节"));
    }
}
