//! The register of steps, its view to print, and its exports.

use super::{every_post_form_has_a_token, read_page, samples, shell, view};
use crate::office::model::Page;
use crate::office::model::exports::{ExportLine, ExportWhat, SheetAbout};
use crate::office::model::register::{Register, RegisterLine, RegisterQuery};
use crate::office::{
    BureauId, ExportFault, ExportId, ExportState, RegisterDay, RegisterFilter, RegisterState,
};
use crate::statute::calendar::date;
use crate::statute::clock::Lamp;
use crate::statute::division::County;

/// The told steps as lines of the register.
fn lines() -> Vec<RegisterLine> {
    samples::cards()
        .into_iter()
        .map(|card| {
            let glance = card.glance;
            RegisterLine {
                filing: card.id,
                project: card.project,
                project_name: card.project_name,
                code: Some("2020-210500-44-02-016343".to_owned()),
                volts: 220_000,
                counties: vec![County::Mingshan, County::BenxiCounty],
                clause: card.clause,
                step: card.step,
                step_name: card.step_name,
                county: card.county,
                bureau_name: card.bureau_name,
                status: glance.status,
                lamp: glance.lamp,
                submitted_on: card.submitted_on,
                accepted_on: card.submitted_on,
                deemed_accepted: glance.deemed_accepted,
                started_on: card.submitted_on,
                limit: Some(10),
                due_on: glance.due_on,
                provisional: glance.provisional,
                law_due_on: None,
                decided_on: None,
                used: glance.due_on.map(|_| 7),
                overdue_by: glance.due_on.map(|_| glance.overdue_by),
                suspended: glance.lamp == Lamp::Paused,
                untimed: false,
                run: 1,
                officer: Some("李敏".to_owned()),
                last_on: card.submitted_on,
                documents: vec!["本溪市自然资源局〔2026〕第7号".to_owned()],
            }
        })
        .collect()
}

fn query() -> RegisterQuery {
    RegisterQuery {
        filter: RegisterFilter {
            bureau: Some(BureauId(2)),
            state: Some(RegisterState::Overdue),
            day: Some(RegisterDay::Submitted),
            from: Some(date(2026, 9, 1)),
            ..RegisterFilter::default()
        },
        after: Some("9:1".to_owned()),
    }
}

fn register(rows: Vec<RegisterLine>, long: bool) -> Register {
    Register {
        page: samples::page_of(rows),
        bureaus: samples::bureaus(),
        steps: vec![(
            samples::step("site-selection").id.clone(),
            "选址意见书".to_owned(),
        )],
        own: false,
        long,
        too_long_to_print: long,
    }
}

#[test]
fn the_register_keeps_its_filter_in_every_link_and_offers_its_sheet() {
    let actor = samples::watcher();
    let html = view()
        .register(&shell(&actor), &query(), &register(lines(), false))
        .expect("renders");
    read_page(
        "register",
        &html,
        &[
            "筛选：部门：本溪市林业和草原局；状态：超期；提交日：2026-09-01 及以后",
            "<option value=\"overdue\" selected>超期</option>",
            "/register/xlsx?bureau=2&amp;state=overdue&amp;day=submitted&amp;from=2026-09-01",
            "/register/print?bureau=2&amp;state=overdue",
            "&amp;after=2026-10-28.77",
            "aria-current=\"page\">台账</a>",
            "下载 Excel 文件（71 行）",
            "共 71 项",
        ],
    );
}

#[test]
fn a_long_register_is_asked_for_by_a_form_with_its_filter() {
    let actor = samples::watcher();
    let html = view()
        .register(&shell(&actor), &query(), &register(lines(), true))
        .expect("renders");
    read_page(
        "register-long",
        &html,
        &[
            "<form method=\"post\" action=\"/exports\">",
            "<input type=\"hidden\" name=\"state\" value=\"overdue\">",
            "<input type=\"hidden\" name=\"from\" value=\"2026-09-01\">",
            "生成 Excel 文件（71 行）",
        ],
    );
    every_post_form_has_a_token("register-long", &html);
    assert!(!html.contains("/register/print"));
    let own = Register {
        own: true,
        bureaus: Vec::new(),
        page: Page {
            rows: Vec::new(),
            total: 0,
            next: None,
        },
        ..register(Vec::new(), false)
    };
    let officer = samples::officer();
    let html = view()
        .register(&shell(&officer), &RegisterQuery::default(), &own)
        .expect("renders");
    read_page("register-none", &html, &["还没有事项", "本部门承办"]);
}

#[test]
fn the_view_to_print_says_as_of_when_it_is_and_leaves_empty_what_has_no_value() {
    let actor = samples::watcher();
    let about = SheetAbout {
        read_at: samples::at("2026-11-23T01:30:00Z"),
        today: samples::today(),
        person_name: "王办".to_owned(),
        bureau_name: None,
        step_name: None,
        filter: RegisterFilter::default(),
        total: 12,
    };
    let mut lines = lines();
    let due = lines.iter_mut().find(|line| line.due_on.is_some());
    due.expect("a step with a due date").provisional = true;
    let html = view()
        .register_to_print(&shell(&actor), &about, &lines)
        .expect("renders");
    read_page(
        "register-print",
        &html,
        &[
            "数据时点 2026-11-23 09:30（北京时间）；共 12 行",
            "wide-print",
            "data-print",
            "■ 办理中",
            "<br>暂定",
        ],
    );
}

fn export(state: ExportState) -> ExportLine {
    ExportLine {
        id: ExportId(7),
        what: ExportWhat::Register(query().filter),
        bureau_name: Some("本溪市林业和草原局".to_owned()),
        step_name: None,
        state,
        stop_asked: false,
        done: 40_000,
        total: Some(103_000),
        made_at: samples::at("2026-11-23T01:30:00Z"),
        read_at: Some(samples::at("2026-11-23T01:31:00Z")),
        ended_at: None,
        fault: None,
        bytes: None,
        expires_at: None,
    }
}

#[test]
fn an_export_shows_how_far_it_is_and_refreshes_itself_until_it_ends() {
    let actor = samples::watcher();
    let page = |line: &ExportLine| view().export(&shell(&actor), line).expect("renders");
    let running = page(&export(ExportState::Running));
    read_page(
        "export-running",
        &running,
        &[
            "<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>",
            "max=\"100\" value=\"38\"",
            "已写 40000 行，共 103000 行",
            "action=\"/exports/7/stop\"",
            "部门：本溪市林业和草原局；状态：超期",
        ],
    );
    every_post_form_has_a_token("export-running", &running);
    let mut waiting = export(ExportState::Waiting);
    (waiting.done, waiting.total, waiting.read_at) = (0, None, None);
    read_page("export-waiting", &page(&waiting), &["排队等待", "正在排队"]);
    waiting.state = ExportState::Running;
    waiting.stop_asked = true;
    read_page(
        "export-stopping",
        &page(&waiting),
        &["已请求停止", "disabled"],
    );
    let mut done = export(ExportState::Done);
    (done.bytes, done.expires_at) = (Some(9 << 20), Some(samples::at("2026-11-30T01:31:00Z")));
    let html = page(&done);
    read_page(
        "export-done",
        &html,
        &["/exports/7/file", "9 MB", "保存到 2026-11-30 09:31"],
    );
    assert!(!html.contains("http-equiv"));
    done.bytes = None;
    read_page("export-gone", &page(&done), &["已过保存期，已删除"]);
    for (fault, word) in [
        (ExportFault::Broken, "服务器出错"),
        (ExportFault::Abandoned, "多次中断"),
        (ExportFault::NotAllowed, "现在的角色"),
    ] {
        let mut failed = export(ExportState::Failed);
        failed.fault = Some(fault);
        read_page("export-failed", &page(&failed), &["未完成", word]);
    }
    let rows = [done, export(ExportState::Stopped), waiting];
    let html = view().exports(&shell(&actor), &rows).expect("renders");
    read_page(
        "exports",
        &html,
        &["事项台账 第7号", "已停止", "已过保存期", "正在停止"],
    );
    let none = view().exports(&shell(&actor), &[]).expect("renders");
    read_page("exports-none", &none, &["您还没有导出"]);
}
