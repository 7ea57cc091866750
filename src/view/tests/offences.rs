//! Offences against power facilities: list, report, page, and beside other matter.

use std::collections::BTreeMap;

use super::{every_post_form_has_a_token, read_page, samples, shell, view};
use crate::office::model::offences::{OffenceActs, OffenceSearch};
use crate::office::{Actor, FieldFault, OffenceId};
use crate::statute::offence::State;
use crate::statute::plan::BureauKind;
use crate::view::form::{OffenceAsk, OffenceForm, Retyped, Trouble};

fn trouble() -> Trouble {
    Trouble {
        title: "未记录：不符合办理规则".to_owned(),
        detail: "尚未受理;请先登记受理".to_owned(),
        rule: None,
    }
}

#[test]
fn the_list_counts_each_state_and_leads_on() {
    let actor = samples::company();
    let search = OffenceSearch {
        state: Some(State::Received),
        after: Some(OffenceId(80)),
    };
    let html = view()
        .offences(&shell(&actor), &search, &samples::offence_list())
        .expect("renders");
    read_page(
        "offences",
        &html,
        &[
            "树线矛盾",
            "线路下方违建",
            "电力设施被盗",
            "○ 待受理",
            "→ 移送待受理",
            "● 处置中",
            "✓ 已办结",
            "2026-11-20 14:30",
            "没有规定办理时限",
            "/offences?state=received&amp;after=1",
            "/offences/new",
            "aria-current=\"page\">涉电违法",
        ],
    );
}

#[test]
fn the_report_keeps_what_was_typed_and_says_who_takes_what() {
    let actor = samples::company();
    let typed = [
        ("kind", "tree-line"),
        ("place", "小市镇\"东头\""),
        ("project", "1"),
        ("found_time", "25:00"),
    ];
    let form = OffenceForm {
        values: BTreeMap::from(typed.map(|(n, v)| (n.to_owned(), v.to_owned()))),
        request_key: "key".to_owned(),
        faults: vec![FieldFault {
            field: "found_time",
            message: "“25:00”不是有效时间，格式如 14:30。".to_owned(),
        }],
        trouble: Some(trouble()),
    };
    let html = view()
        .offence_new(&shell(&actor), &samples::offence_form(), &form)
        .expect("renders");
    read_page(
        "offence-new",
        &html,
        &[
            "由案发地县（区）林草部门受理",
            "推定",
            "value=\"tree-line\" required checked",
            "value=\"1\" selected",
            "不是有效时间",
            "id=\"fault-found_time\"",
            "尚未受理",
            "name=\"request_key\" value=\"key\"",
            "工业园区新建项目、新建小区",
        ],
    );
    assert!(html.contains("小市镇&quot;东头&quot;"));
    every_post_form_has_a_token("offence-new", &html);
}

#[test]
fn an_offence_tells_its_whole_course_and_what_is_open() {
    let actor = samples::officer();
    let ask = OffenceAsk {
        small: Some(Retyped {
            form: "entry-closed".to_owned(),
            values: BTreeMap::from([("words".to_owned(), "拆了一半".to_owned())]),
            trouble: trouble(),
        }),
        picture: Some(trouble()),
    };
    let html = view()
        .offence(&shell(&actor), &samples::offence_page(), &ask)
        .expect("renders");
    read_page(
        "offence",
        &html,
        &[
            "报告，送本溪满族自治县公安局",
            "移送本溪满族自治县公安局",
            "理由：涉嫌盗窃",
            "本溪满族自治县公安局受理",
            "已勘验现场",
            "办结：移送司法",
            "拆了一半",
            "方案没有规定办理时限",
            "推定",
            "本溪市公安局",
            "/offences/7/pictures/3",
            "每个文件不超过 50 MB",
            "action=\"/offences/7/entries/transferred#entry-transferred\"",
        ],
    );
    assert!(!html.contains("href=\"/projects/1\""));
    every_post_form_has_a_token("offence", &html);
}

#[test]
fn a_refusal_whose_form_has_gone_is_still_said() {
    let actor = samples::watcher();
    let mut page = samples::offence_page();
    page.acts = OffenceActs::default();
    page.rule = None;
    page.project = None;
    let ask = OffenceAsk {
        small: Some(Retyped {
            form: "entry-received".to_owned(),
            values: BTreeMap::new(),
            trouble: trouble(),
        }),
        picture: None,
    };
    let html = view()
        .offence(&shell(&actor), &page, &ask)
        .expect("renders");
    read_page("offence-read-only", &html, &["尚未受理"]);
    assert!(!html.contains("enctype"));
    assert!(!html.contains("可以登记"));
}

#[test]
fn the_home_of_a_bureau_without_steps_shows_only_what_it_handles() {
    let police = samples::police();
    let mut home = samples::bureau_home();
    home.bureau = police.clone();
    home.offences = samples::offences_here();
    home.decides = false;
    let actor = Actor {
        bureau: Some(police),
        ..samples::officer()
    };
    let html = view().bureau_home(&shell(&actor), &home).expect("renders");
    read_page(
        "home-police",
        &html,
        &[
            "涉电违法，待处置",
            "小市镇城沟村",
            "查看全部",
            "href=\"/offences\"",
        ],
    );
    assert!(!html.contains("等待受理的申请"));
    home.offences = Default::default();
    let html = view().bureau_home(&shell(&actor), &home).expect("renders");
    read_page("home-police-empty", &html, &["没有待处置的涉电违法"]);
}

#[test]
fn the_navigation_leads_there_only_those_whom_it_can_concern() {
    let of = |kind| {
        let mut actor = samples::officer();
        if let Some(bureau) = actor.bureau.as_mut() {
            bureau.kind = kind;
        }
        actor
    };
    for (actor, there) in [
        (samples::company(), true),
        (samples::watcher(), true),
        (samples::administrator(), false),
        (of(BureauKind::Police), true),
        (of(BureauKind::Forestry), true),
        (of(BureauKind::Housing), true),
        (of(BureauKind::NaturalResources), false),
        (of(BureauKind::Transport), false),
    ] {
        let html = view()
            .account(&shell(&actor), &Default::default())
            .expect("renders");
        assert_eq!(html.contains("href=\"/offences\""), there, "{actor:?}");
    }
}

#[test]
fn a_project_shows_the_offences_that_touch_it() {
    let actor = samples::company();
    let mut project = samples::project_page();
    project.offences = samples::offences_here();
    let html = view()
        .project(&shell(&actor), &project, &Default::default())
        .expect("renders");
    read_page(
        "project-offences",
        &html,
        &[
            "涉及本项目的涉电违法",
            "/offences/new?project=1",
            "/offences/2",
        ],
    );
}
