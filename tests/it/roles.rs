//! Who may do what, beyond the golden table of routes.

use crate::app::TestApp;
use crate::who::Who;

#[rocket::async_test]
async fn an_officer_cannot_act_for_another_bureau() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.file_jointly(project).await;
    let city = app.filing(project, "land-pre-review", None).await;
    let huanren = app
        .filing(project, "county-initial-review", Some("210522"))
        .await;
    for (who, filing) in [
        (Who::Huanren, city),
        (Who::BenxiCounty, huanren),
        (Who::CityLand, huanren),
        (Who::Forestry, city),
    ] {
        let answer = app
            .try_record(who, filing, "accepted", &[("seen", "1")])
            .await;
        assert!(
            matches!(answer.status, 403 | 404),
            "{who:?} on {filing}: {}",
            answer.status
        );
    }
    assert_eq!(app.entries(city).await, 1);
    assert_eq!(app.entries(huanren).await, 1);
}

#[rocket::async_test]
async fn the_company_cannot_decide_and_a_bureau_cannot_file() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    let site = app.filing(project, "site-selection", None).await;
    app.file_jointly(project).await;
    let city = app.filing(project, "land-pre-review", None).await;
    app.try_record(Who::Company, city, "accepted", &[("seen", "1")])
        .await
        .is(403);
    app.try_record(Who::CityLand, site, "submitted", &[("seen", "0")])
        .await
        .is(403);
}

#[rocket::async_test]
async fn what_does_not_exist_is_404_and_so_is_what_is_no_number() {
    let app = TestApp::start().await;
    let mut company = app.login(Who::Company).await;
    for path in [
        "/projects/999999",
        "/projects/abc",
        "/filings/999999",
        "/filings/-1",
        "/no-such-page",
        "/static/no-such.css",
        "/static/../Cargo.toml",
    ] {
        let answer = company.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
    }
    company.get("/no-such-page").await.shows("没有");
    app.browser()
        .get("/no-such-page")
        .await
        .is(404)
        .shows("没有");
}

#[rocket::async_test]
async fn a_query_that_cannot_be_read_says_what_is_expected() {
    let app = TestApp::start().await;
    let mut company = app.login(Who::Company).await;
    for (path, words) in [
        ("/board?kind=all", "overdue"),
        ("/board?lamp=blue", "yellow"),
        ("/board?by=colour", "bureau"),
        ("/board?county=110101", "县"),
        ("/board?project=x", "编号"),
        ("/board?groups=x", "第一页"),
        ("/board?bureau=x", "编号"),
        ("/board?after=x", "第一页"),
        ("/projects?county=110101", "县"),
        ("/projects?kv=high", "千伏"),
        ("/projects?state=lost", "finished"),
        ("/projects?after=x", "上一页"),
        ("/calendar?year=abc", "2026"),
        ("/calendar?year=1850", "1850"),
    ] {
        let page = company.get(path).await.is(400);
        page.shows(words);
    }
    // No database holds a NUL in a text.
    company.get("/projects?text=%00").await.is(400);
    for path in [
        "/projects?text=&county=&kv=&state=&after=",
        "/projects?text=%E5%8F%98&county=210522&kv=220&state=open",
        "/board?kind=near-due&bureau=&after=",
        "/board?by=project&lamp=red&bureau=1&county=city&step=no-such-step&company=1&project=1",
        "/calendar?year=2026",
        "/calendar",
        "/catalogue",
    ] {
        company.get(path).await.is(200);
    }
}

#[rocket::async_test]
async fn a_bureau_without_a_step_on_a_project_does_not_see_it() {
    let app = TestApp::start().await;
    let project = app
        .create(&[
            ("name", "溪湖区10千伏配网新建工程"),
            ("voltage_kv", "10"),
            ("works", "line"),
            ("counties", "210503"),
            ("public_network", "true"),
            ("user_demand", "true"),
        ])
        .await;
    let filing = app.filing(project, "drawing-confirmation", None).await;
    for who in [Who::Forestry, Who::Huanren] {
        let mut stranger = app.login(who).await;
        for path in [format!("/projects/{project}"), format!("/filings/{filing}")] {
            stranger.get(&path).await.is(404).hides("溪湖区10千伏");
        }
        stranger
            .get("/projects")
            .await
            .is(200)
            .hides("溪湖区10千伏");
        app.try_record(who, filing, "accepted", &[("seen", "0")])
            .await
            .is(403);
    }
    for who in [Who::CityLand, Who::GovernmentOffice, Who::DeputyMayor] {
        let mut insider = app.login(who).await;
        insider.get("/projects").await.is(200).shows("溪湖区10千伏");
    }
}

#[rocket::async_test]
async fn the_pre_review_is_filed_together_with_the_county_reviews_or_not_at_all() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    let city = app.filing(project, "land-pre-review", None).await;
    app.try_record(Who::Company, city, "submitted", &[])
        .await
        .is(422)
        .shows("初审与预审同时申请(方案第1条)");
    let mut company = app.login(Who::Company).await;
    let place = format!("/projects/{project}");
    let one = format!("{city}:0");
    for seen in [one.as_str(), "nonsense"] {
        let fields = [("on", "2026-09-21"), ("note", "只报一项"), ("seen", seen)];
        company
            .post(&place, &format!("{place}/joint-filing"), &fields)
            .await
            .is(422)
            .shows("只报一项");
    }
    assert_eq!(app.entries(city).await, 0);
    app.file_jointly(project).await;
    assert_eq!(app.entries(city).await, 1);
}

#[rocket::async_test]
async fn the_deputy_mayor_sees_what_the_office_sees_and_writes_nothing() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.file_jointly(project).await;
    let city = app.filing(project, "land-pre-review", None).await;
    let mut mayor = app.login(Who::DeputyMayor).await;
    let mut office = app.login(Who::GovernmentOffice).await;
    for path in [
        "/".to_owned(),
        "/board".to_owned(),
        "/board?by=project&lamp=waiting".to_owned(),
        "/projects".to_owned(),
        "/supervision".to_owned(),
        "/catalogue".to_owned(),
    ] {
        let seen = mayor.get(&path).await.is(200);
        let main = |page: &str| page.split("<main").nth(1).map(str::to_owned);
        let of_office = office.get(&path).await.is(200);
        assert_eq!(main(&seen.body), main(&of_office.body), "{path}");
        assert!(!seen.body.contains(&format!("/filings/{city}/events")));
    }
    // Of the calendar only the office enters a notice.
    let enter = "/calendar/notice";
    assert!(!mayor.get("/calendar").await.is(200).body.contains(enter));
    assert!(office.get("/calendar").await.is(200).body.contains(enter));
    // On a project only the office may raise a difficulty.
    let place = format!("/projects/{project}");
    let raise = format!("href=\"{place}/coordination\"");
    let seen = mayor.get(&place).await.is(200);
    assert!(
        !seen.body.contains(&raise) && !seen.body.contains("method=\"post\" action=\"/projects")
    );
    assert!(office.get(&place).await.is(200).body.contains(&raise));
    // On a step only the office's hand in supervision differs.
    let step = format!("/filings/{city}");
    let open = format!("{step}/supervision/open");
    let seen = mayor.get(&step).await.is(200);
    assert!(
        seen.body.contains("id=\"supervisions\"")
            && !seen
                .body
                .contains("<form method=\"post\" action=\"/filings/")
    );
    assert!(office.get(&step).await.is(200).body.contains(&open));
    for path in ["/projects/new", "/people"] {
        mayor.get(path).await.is(403);
    }
    for beside in [
        "events",
        "fees",
        "commitments",
        "proceedings/notice",
        "runs",
    ] {
        app.post_beside(Who::DeputyMayor, city, beside, &[("kind", "accepted")])
            .await
            .is(403);
    }
    assert_eq!(app.entries(city).await, 1);
}

#[rocket::async_test]
async fn addresses_of_the_older_boards_go_on_working() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.file_jointly(project).await;
    app.set_day(2026, 12, 7);
    let mut office = app.login(Who::GovernmentOffice).await;
    let overdue = office.get("/board?kind=overdue").await.is(200);
    overdue.shows("清单：超期");
    let same = office.get("/board?lamp=red").await.is(200);
    let main = |page: &str| page.split("<main").nth(1).map(str::to_owned);
    assert_eq!(main(&overdue.body), main(&same.body));
    office
        .get("/board?kind=near-due")
        .await
        .is(200)
        .shows("清单：临期");
    // A number leads to its list.
    let page = office.get("/board").await.is(200);
    let red = page.body.split("tile tile-red").nth(1).expect("a red tile");
    let number = red
        .split("<b>")
        .nth(1)
        .and_then(|rest| rest.split('<').next());
    let number = number.expect("a number");
    assert_ne!(number, "0", "silence accepted, and the days went by");
    overdue.shows(&format!("共 {number} 项"));
}
