//! A 220 kV project over two counties, from its route to its last decision, through HTTP.

use grid_approvals::statute::calendar::date;
use grid_approvals::statute::clock::{Lamp, Status};

use crate::app::TestApp;
use crate::database::Database;
use crate::who::Who;

const ONE: Option<&str> = Some("210521");
const TWO: Option<&str> = Some("210522");

#[rocket::async_test]
async fn a_220_kv_project_over_two_counties_reaches_its_last_decision() {
    walk(TestApp::start().await).await;
}

#[rocket::async_test]
async fn the_same_journey_ends_the_same_on_postgresql() {
    walk(TestApp::on(Database::postgres()).await).await;
}

async fn walk(app: TestApp) {
    // 21 September: the route, the joint filing of clause 1, and the site selection beside it.
    let project = app.project_220kv().await;
    let mut company = app.login(Who::Company).await;
    let page = company.get(&format!("/projects/{project}")).await.is(200);
    for words in ["本溪满族自治县", "桓仁满族自治县", "选址意见书", "用地预审"]
    {
        page.shows(words);
    }
    app.file_jointly(project).await;
    let city = app.filing(project, "land-pre-review", None).await;
    let first = app.filing(project, "county-initial-review", ONE).await;
    let second = app.filing(project, "county-initial-review", TWO).await;
    for filing in [city, first, second] {
        assert_eq!(app.status(filing).await, Status::Submitted);
    }
    let site = app.filing(project, "site-selection", None).await;
    app.record(Who::Company, site, "submitted", &[]).await;

    // 22 September: all three accept; the city's clock waits for the counties.
    app.set_day(2026, 9, 22);
    app.record(Who::BenxiCounty, first, "accepted", &[]).await;
    app.record(Who::Huanren, second, "accepted", &[]).await;
    app.record(Who::CityLand, city, "accepted", &[]).await;
    assert_eq!(app.status(city).await, Status::Waiting);
    let notice = [
        ("requested", "approval-basis"),
        ("others", "申请书补齐签章"),
    ];
    app.record(Who::CityLand, site, "materials-requested", &notice)
        .await;
    company = app.login(Who::Company).await;
    company.get("/").await.is(200).shows("选址意见书");

    // 23 September: one county's opinion alone starts nothing.
    app.set_day(2026, 9, 23);
    app.record(Who::BenxiCounty, first, "granted", &[]).await;
    assert_eq!(app.status(city).await, Status::Waiting);
    let step = app.step(city).await;
    assert_eq!(step.reading.due_on, None);
    app.page(Who::CityLand, city).await.shows("桓仁满族自治县");
    app.record(Who::Company, site, "resubmitted", &[]).await;

    // 24 September: what is missing is told once; then it is accepted.
    app.set_day(2026, 9, 24);
    let page = app
        .try_record(Who::CityLand, site, "materials-requested", &[])
        .await
        .is(422);
    page.shows("一次性告知（行政许可法 第32条）");
    app.record(Who::CityLand, site, "accepted", &[]).await;

    // 25 September: the last opinion starts the seven days by itself.
    app.set_day(2026, 9, 25);
    app.record(Who::Huanren, second, "granted", &[]).await;
    let step = app.step(city).await;
    assert_eq!(step.reading.status, Status::Running);
    assert_eq!(step.reading.started_on, Some(date(2026, 9, 25)));
    assert_eq!(step.reading.due_on, Some(date(2026, 10, 12)));
    assert!(step.ledger.iter().any(|line| line.automatic));
    app.page(Who::CityLand, city).await.shows("2026-10-12");
    let weather = [("ground", "weather")];
    app.try_record(Who::CityLand, site, "suspended", &weather)
        .await
        .is(422)
        .shows("weather");
    let review = [("ground", "expert-review")];
    app.record(Who::CityLand, site, "suspended", &review).await;
    assert_eq!(app.step(site).await.reading.lamp, Lamp::Paused);

    // 28 and 29 September: resumed, then extended by five of the ten days that the law allows.
    app.set_day(2026, 9, 28);
    app.record(Who::CityLand, site, "resumed", &[]).await;
    app.set_day(2026, 9, 29);
    let page = app
        .try_record(Who::CityLand, site, "extended", &[("days", "11")])
        .await
        .is(422);
    page.shows("延期限一次且不得超过法定天数（行政许可法 第42条）");
    app.record(Who::CityLand, site, "extended", &[("days", "5")])
        .await;
    // 24 September + 25 working days, without the 28th: 2 in September, 18 in October, 5 in
    // November; the 25th is Mid-Autumn, 10 October a Saturday that is worked.
    assert_eq!(app.step(site).await.reading.due_on, Some(date(2026, 11, 6)));

    // 8 October: the site is granted. 12 October: the city decides on its last day.
    app.set_day(2026, 10, 8);
    app.record(Who::CityLand, site, "granted", &[]).await;
    app.set_day(2026, 10, 12);
    let mut officer = app.login(Who::CityLand).await;
    officer
        .get("/board?kind=near-due")
        .await
        .is(200)
        .shows("用地预审");
    officer
        .get("/board?kind=overdue")
        .await
        .is(200)
        .hides(&format!("/filings/{city}\""));
    app.record(Who::CityLand, city, "granted", &[]).await;
    assert_eq!(app.step(city).await.reading.lamp, Lamp::Done);

    later_steps(&app, project).await;

    // Finished.
    let done = app.project(project).await;
    assert_eq!((done.card.steps, done.card.decided), (10, 10));
    company = app.login(Who::Company).await;
    company
        .get("/projects?state=finished")
        .await
        .is(200)
        .shows(&format!("/projects/{project}\""));
    company
        .get("/projects?state=open")
        .await
        .is(200)
        .hides(&format!("/projects/{project}\""));
}

/// What the pre-review and the site open: land, forest, planning; and the road, which waits for
/// nothing.
async fn later_steps(app: &TestApp, project: i64) {
    let lands = [
        (
            Who::BenxiCounty,
            app.filing(project, "land-dossier", ONE).await,
        ),
        (Who::Huanren, app.filing(project, "land-dossier", TWO).await),
    ];
    let forest = app.filing(project, "forestry-dossier", None).await;
    let felling = app.filing(project, "tree-felling", None).await;
    let planning = app.filing(project, "planning-permit", None).await;
    let road = app.filing(project, "road-crossing", None).await;

    app.set_day(2026, 10, 13);
    app.try_record(Who::Company, felling, "submitted", &[])
        .await
        .is(422)
        .shows("前置事项尚未办结");
    for filing in [lands[0].1, lands[1].1, forest, planning, road] {
        app.record(Who::Company, filing, "submitted", &[]).await;
    }
    app.set_day(2026, 10, 14);
    app.record(Who::Forestry, forest, "accepted", &[]).await;
    app.record(Who::CityLand, planning, "accepted", &[]).await;
    app.record(Who::Transport, road, "accepted", &[]).await;
    for (who, land) in lands {
        app.record(who, land, "accepted", &[]).await;
        let short = app
            .try_record(who, land, "announced", &[("days", "29")])
            .await
            .is(422);
        short.shows("不足三十日(土地管理法第47条)");
        app.record(who, land, "announced", &[("days", "30")]).await;
        assert_eq!(app.status(land).await, Status::Waiting);
    }
    app.set_day(2026, 10, 20);
    app.record(Who::Forestry, forest, "granted", &[]).await;
    app.record(Who::CityLand, planning, "granted", &[]).await;
    app.record(Who::Transport, road, "granted", &[]).await;
    app.record(Who::Company, felling, "submitted", &[]).await;
    app.set_day(2026, 10, 21);
    app.record(Who::Forestry, felling, "accepted", &[]).await;
    app.try_record(lands[0].0, lands[0].1, "granted", &[])
        .await
        .is(422)
        .shows("计时尚未开始，不能作出决定");
    app.set_day(2026, 10, 26);
    app.record(Who::Forestry, felling, "granted", &[]).await;

    // 30 days after 14 October is Friday 13 November; the 30 working days begin on the Monday.
    app.set_day(2026, 11, 16);
    for (who, land) in lands {
        let step = app.step(land).await;
        assert_eq!(step.reading.status, Status::Running);
        assert_eq!(step.reading.started_on, Some(date(2026, 11, 13)));
        assert_eq!(step.reading.used, Some(1));
        app.finish_parts(who, land).await;
        app.record(who, land, "granted", &[]).await;
    }
}
