//! What a search finds, as a page.

use super::{every_post_form_has_a_token, read_page, samples, shell, view};
use crate::office::model::search::{DocumentHit, Hits, ProjectHit, SearchKind, SearchPage};
use crate::office::{DocumentId, FilingId, ProjectId};
use crate::statute::calendar::date;

fn page() -> SearchPage {
    let name = "桥北220千伏输变电工程".to_owned();
    SearchPage {
        words: vec!["桥北".to_owned(), "受理".to_owned()],
        projects: Hits {
            rows: vec![ProjectHit {
                id: ProjectId(1),
                name: name.clone(),
                code: Some("2020-210500-44-02-016343".to_owned()),
                created_on: date(2026, 9, 1),
            }],
            more: true,
        },
        steps: Hits::default(),
        documents: Hits {
            rows: vec![DocumentHit {
                id: DocumentId(5),
                title: "受理通知书".to_owned(),
                serial: "本溪市自然资源局〔2026〕第12号".to_owned(),
                filing: FilingId(7),
                step_name: "选址意见书".to_owned(),
                county: None,
                project: ProjectId(1),
                project_name: name,
            }],
            more: false,
        },
        messages: Hits {
            rows: samples::inbox().page.rows,
            more: false,
        },
    }
}

#[test]
fn what_is_found_is_marked_and_leads_on() {
    let actor = samples::watcher();
    let html = view()
        .search(&shell(&actor), "桥北 受理", None, &page())
        .expect("renders");
    let holds = [
        "<mark>桥北</mark>220千伏输变电工程",
        "<mark>受理</mark>通知书",
        "/documents/5",
        "/search?q=%E6%A1%A5%E5%8C%97%20%E5%8F%97%E7%90%86&amp;kind=projects",
        "更多项目",
    ];
    read_page("search", &html, &holds);
    every_post_form_has_a_token("search", &html);
    let projects = view()
        .search(
            &shell(&actor),
            "桥北 受理",
            Some(SearchKind::Projects),
            &page(),
        )
        .expect("renders");
    assert!(projects.contains("只列出前 1 条") && !projects.contains("更多项目"));
}

#[test]
fn nothing_asked_and_nothing_found_say_what_to_do() {
    let actor = samples::watcher();
    let nothing = SearchPage::default();
    let html = view()
        .search(&shell(&actor), "", None, &nothing)
        .expect("renders");
    read_page("search-empty", &html, &["输入项目名称"]);
    let none = SearchPage {
        words: vec!["卧虎".to_owned()],
        ..nothing
    };
    let html = view()
        .search(&shell(&actor), "卧虎", None, &none)
        .expect("renders");
    read_page("search-none", &html, &["没有找到"]);
}
