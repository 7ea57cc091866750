//! The project list, the new project, the project page.

use super::{every_post_form_has_a_token, read, read_page, samples, shell, view};
use crate::office::model::Page;
use crate::office::model::home::{ProjectSearch, ProjectState};
use crate::office::{FieldFault, ProjectId};
use crate::statute::division::County;
use crate::statute::plan::ProjectFacts;
use crate::statute::plan::facts::Volts;
use crate::view::form::{JointForm, ProjectForm, ProjectTyped, Trouble};

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
