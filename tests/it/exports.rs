//! The register as a sheet, at once and as a job: what stands in it, who has it, how it is stopped.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, Reader, Xlsx};
use grid_approvals::courier;
use grid_approvals::office::{Office, RegisterFilter};

use crate::app::TestApp;
use crate::browser::Browser;
use crate::who::Who;

/// The sheet's rows without its header, each cell as a text.
fn rows(bytes: Vec<u8>) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range("事项台账").expect("the sheet");
    range.rows().skip(1).map(<[Data]>::to_vec).collect()
}

fn clock(app: &TestApp) -> courier::Clock {
    let now = app.now();
    Arc::new(move || now)
}

async fn work(app: &TestApp, office: &Office) -> Option<courier::exports::Ended> {
    courier::exports::next(office, &clock(app))
        .await
        .expect("the courier works")
}

/// Asks for the whole register as a job and gives its page's address.
async fn ask(browser: &mut Browser, fields: &[(&str, &str)]) -> String {
    let asked = browser.post("/account", "/exports", fields).await.is(303);
    asked.location.expect("an export's page")
}

async fn filled() -> TestApp {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.file_jointly(project).await;
    let county = app
        .filing(project, "county-initial-review", Some("210521"))
        .await;
    let on = [("on", "2026-09-21")];
    app.record(Who::BenxiCounty, county, "accepted", &on).await;
    app
}

#[rocket::async_test]
async fn every_cell_of_both_sheets_is_what_the_register_says() {
    let app = filled().await;
    let office = app.state().office;
    let company = app.actor(Who::Company).await;
    let (_, lines) = office
        .short_register(&company, &RegisterFilter::default(), app.now())
        .await
        .expect("the register");
    let mut browser = app.login(Who::Company).await;
    let at_once = browser.bytes("/register/xlsx").await;
    let place = ask(&mut browser, &[]).await;
    let waits = browser.get(&place).await.is(200);
    waits.shows("排队等待");
    waits.shows("http-equiv=\"refresh\"");
    assert_eq!(
        work(&app, &office).await,
        Some(courier::exports::Ended::Done)
    );
    browser.get(&place).await.is(200).shows("下载 Excel 文件");
    browser
        .get("/exports")
        .await
        .is(200)
        .shows(&format!("{place}/file"));
    let by_job = browser.bytes(&format!("{place}/file")).await;
    for sheet in [rows(at_once), rows(by_job)] {
        assert_eq!(sheet.len(), lines.len());
        for (row, line) in sheet.iter().zip(&lines) {
            let text = |text: &str| match text {
                "" => Data::Empty,
                text => Data::String(text.to_owned()),
            };
            let number = |n: Option<u32>| n.map_or(Data::Empty, |n| Data::Float(f64::from(n)));
            assert_eq!(row[0], text(&line.project_name));
            assert_eq!(row[5], text(&line.step_name));
            assert_eq!(row[6], text(line.county.map_or("", |county| county.name())));
            assert_eq!(row[7], text(&line.bureau_name));
            for (column, day) in [
                (10, line.submitted_on),
                (11, line.accepted_on),
                (13, line.started_on),
                (15, line.due_on),
                (17, line.law_due_on),
                (18, line.decided_on),
                (26, line.last_on),
            ] {
                let found = match &row[column] {
                    Data::Empty => None,
                    Data::DateTime(at) => at.as_datetime().map(|at| at.date()),
                    other => panic!("column {column} holds {other:?}, no day"),
                };
                assert_eq!(found, day, "column {column}");
            }
            assert_eq!(row[14], number(line.limit));
            assert_eq!(row[19], number(line.used));
            assert_eq!(row[20], number(line.overdue_by));
            assert_eq!(row[24], text(line.officer.as_deref().unwrap_or_default()));
            assert_eq!(row[25], text(&line.documents.join("、")));
        }
        assert!(sheet.iter().any(|row| row[15] != Data::Empty));
    }
}

#[rocket::async_test]
async fn an_export_is_nobody_elses_and_the_administrator_has_none() {
    let app = filled().await;
    let office = app.state().office;
    let mut company = app.login(Who::Company).await;
    let place = ask(&mut company, &[("state", "draft")]).await;
    assert_eq!(
        work(&app, &office).await,
        Some(courier::exports::Ended::Done)
    );
    for who in [Who::GovernmentOffice, Who::DeputyMayor, Who::BenxiCounty] {
        let mut browser = app.login(who).await;
        for page in ["", "/file", "/progress"] {
            browser.get(&format!("{place}{page}")).await.is(404);
        }
        let stop = format!("{place}/stop");
        browser.post("/account", &stop, &[]).await.is(404);
        browser.get("/exports").await.is(200).hides(&place);
    }
    let mut administrator = app.login(Who::Administrator).await;
    for page in ["/register", "/register/xlsx", "/register/print", "/exports"] {
        administrator.get(page).await.is(403);
    }
    company.get(&format!("{place}/file")).await.is(200);
}

#[rocket::async_test]
async fn an_officer_exports_the_own_bureaus_steps_whatever_is_asked() {
    let app = filled().await;
    let mut officer = app.login(Who::BenxiCounty).await;
    let sheet = rows(officer.bytes("/register/xlsx?bureau=1").await);
    assert!(!sheet.is_empty());
    let own = Data::String("本溪满族自治县自然资源局".to_owned());
    assert!(sheet.iter().all(|row| row[7] == own), "{sheet:?}");
    let page = officer.get("/register").await.is(200);
    page.shows("本部门承办的事项");
    page.hides("name=\"bureau\"");
}

#[rocket::async_test]
async fn a_stopped_export_leaves_no_file_and_says_so() {
    let app = filled().await;
    let office = app.state().office;
    let before = app.files();
    let mut browser = app.login(Who::Company).await;
    let place = ask(&mut browser, &[]).await;
    let claim = office.claim_export(app.now()).await.expect("the store");
    let claim = claim.expect("a claim");
    let stop = format!("{place}/stop");
    let stopped = browser.post(&place, &stop, &[]).await;
    let page = browser.follow(stopped).await.is(200);
    page.shows("已请求停止");
    page.shows("正在生成");
    // It is stopped in the midst: the server is told at its next batch.
    assert!(
        office
            .hand_back_export(&claim, app.now())
            .await
            .expect("back")
    );
    let ended = work(&app, &office).await;
    assert_eq!(ended, Some(courier::exports::Ended::Stopped));
    assert_eq!(app.files(), before);
    let page = browser.get(&place).await.is(200);
    page.shows("已停止");
    page.hides("http-equiv=\"refresh\"");
    browser.get(&format!("{place}/file")).await.is(404);
    let again = browser.post("/account", &stop, &[]).await;
    browser.follow(again).await.is(200).shows("导出已经结束");
}

#[rocket::async_test]
async fn the_courier_stops_when_it_is_told_and_gives_back_what_it_had() {
    let app = filled().await;
    let office = app.state().office;
    let mut browser = app.login(Who::Company).await;
    let place = ask(&mut browser, &[]).await;
    let every = std::time::Duration::from_millis(1);
    // Told before it begins: whether it had claimed the export or not, the export waits again.
    courier::exports::run(office.clone(), clock(&app), every, async {}).await;
    browser.get(&place).await.is(200).shows("排队等待");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(courier::exports::run(
        office,
        clock(&app),
        every,
        async move {
            let _ = stopped.await;
        },
    ));
    loop {
        let far = browser.get(&format!("{place}/progress")).await.is(200);
        if far.body.contains("\"open\":false") {
            break;
        }
        tokio::task::yield_now().await;
    }
    drop(stop);
    running.await.expect("it ends");
    browser.get(&place).await.is(200).shows("已完成");
}

#[rocket::async_test]
async fn the_register_on_the_page_and_on_paper_keeps_its_filter() {
    let app = filled().await;
    let mut office = app.login(Who::GovernmentOffice).await;
    let page = office.get("/register?state=running").await.is(200);
    page.shows("状态：办理中");
    page.shows("/register/xlsx?state=running");
    page.shows("/register/print?state=running");
    page.shows("2026-09-21");
    let paper = office.get("/register/print?state=running").await.is(200);
    paper.shows("状态：办理中");
    paper.shows("wide-print");
    let none = office.get("/register?state=denied").await.is(200);
    none.shows("没有符合条件的事项");
    for wrong in [
        "state=late",
        "bureau=x",
        "county=1",
        "day=due&from=x",
        "from=2026-09-01",
        "after=x",
    ] {
        office.get(&format!("/register?{wrong}")).await.is(400);
    }
}

#[rocket::async_test]
async fn the_monthly_report_is_a_page_and_a_workbook_of_the_same_numbers() {
    let app = filled().await;
    app.set_day(2026, 11, 4);
    let mut office = app.login(Who::GovernmentOffice).await;
    let page = office.get("/monthly?month=2026-10").await.is(200);
    page.shows("2026年10月电网审批月报");
    page.shows("县(区)用地初审");
    page.shows("本溪满族自治县自然资源局");
    page.shows("推定");
    let bytes = office.bytes("/monthly/xlsx?month=2026-10").await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let overdue = book.worksheet_range("超期事项").expect("the sheet");
    let rows: Vec<_> = overdue.rows().skip(3).collect();
    assert!(!rows.is_empty());
    for row in rows {
        assert!(matches!(row[9], Data::DateTime(_)), "{row:?}");
        assert!(
            matches!(row[13], Data::Float(days) if days > 0.0),
            "{row:?}"
        );
    }
    office.get("/monthly?month=2026-12").await.is(400);
    office.get("/monthly?month=x").await.is(400);
    app.login(Who::Company).await.get("/monthly").await.is(403);
}
