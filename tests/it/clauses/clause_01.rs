//! 第1条: 市、县(区)联审, 同时申请初审和预审; 受理并收到初审意见后7个工作日内下发预审意见.

use grid_approvals::statute::calendar::date;
use grid_approvals::statute::clock::Status;

use crate::app::TestApp;
use crate::who::Who;

const ONE: Option<&str> = Some("210521");
const TWO: Option<&str> = Some("210522");

/// The city's pre-review and both counties' reviews.
async fn reviews(app: &TestApp, project: i64) -> [i64; 3] {
    [
        app.filing(project, "land-pre-review", None).await,
        app.filing(project, "county-initial-review", ONE).await,
        app.filing(project, "county-initial-review", TWO).await,
    ]
}

#[rocket::async_test]
async fn clause_01_allows_city_and_counties_to_be_applied_to_at_once() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    let place = format!("/projects/{project}");
    let page = app.login(Who::Company).await.get(&place).await.is(200);
    page.shows("同时提交 3 项申请");
    app.file_jointly(project).await;
    let today = app.now().today;
    for filing in reviews(&app, project).await {
        let step = app.step(filing).await;
        assert_eq!(step.reading.status, Status::Submitted);
        assert_eq!(step.card.submitted_on, Some(today));
    }
    app.refolds().await;
}

#[rocket::async_test]
async fn clause_01_allows_the_seven_days_to_start_only_with_acceptance_and_every_opinion() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.file_jointly(project).await;
    let [city, one, two] = reviews(&app, project).await;
    // Both counties' opinions without the city's acceptance start nothing …
    for (who, filing) in [(Who::BenxiCounty, one), (Who::Huanren, two)] {
        app.record(who, filing, "accepted", &[]).await;
    }
    app.set_day(2026, 9, 22);
    app.record(Who::BenxiCounty, one, "granted", &[]).await;
    let reading = app.step(city).await.reading;
    assert_eq!((reading.status, reading.due_on), (Status::Submitted, None));
    // … nor does the acceptance with one of two opinions.
    app.set_day(2026, 9, 23);
    app.record(Who::CityLand, city, "accepted", &[]).await;
    let reading = app.step(city).await.reading;
    assert_eq!((reading.status, reading.due_on), (Status::Waiting, None));
    let page = app.page(Who::CityLand, city).await;
    page.shows("桓仁满族自治县");
    // The last opinion enters the city's ledger by itself and starts them: the 25th is
    // Mid-Autumn, 1 to 7 October is National Day, 10 October a Saturday that is worked.
    app.set_day(2026, 9, 24);
    app.record(Who::Huanren, two, "granted", &[]).await;
    let step = app.step(city).await;
    assert_eq!(step.reading.status, Status::Running);
    assert_eq!(step.reading.started_on, Some(date(2026, 9, 24)));
    assert_eq!(step.reading.due_on, Some(date(2026, 10, 12)));
    let received = step.ledger.iter().filter(|line| line.automatic).count();
    assert_eq!(received, 1, "the opinion of the counties enters once");
    // On the seventh day the decision is in time.
    app.set_day(2026, 10, 12);
    app.record(Who::CityLand, city, "granted", &[])
        .await
        .shows("按时办结");
}

#[rocket::async_test]
async fn clause_01_refuses_to_file_with_the_city_or_a_county_alone() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    for filing in reviews(&app, project).await {
        let page = app
            .try_record(Who::Company, filing, "submitted", &[])
            .await
            .is(422);
        page.shows("同时申请");
        page.shows("方案第1条");
        assert_eq!(app.entries(filing).await, 0);
    }
}

#[rocket::async_test]
async fn clause_01_refuses_a_joint_filing_that_leaves_a_county_out() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    let [city, one, two] = reviews(&app, project).await;
    let mut company = app.login(Who::Company).await;
    let place = format!("/projects/{project}");
    let (city_seen, one_seen) = (format!("{city}:0"), format!("{one}:0"));
    let fields = [
        ("on", "2026-09-21"),
        ("seen", city_seen.as_str()),
        ("seen", one_seen.as_str()),
    ];
    let action = format!("{place}/joint-filing");
    let page = company.post(&place, &action, &fields).await.is(422);
    page.shows("方案第1条");
    for filing in [city, one, two] {
        assert_eq!(app.entries(filing).await, 0);
    }
}

#[rocket::async_test]
async fn clause_01_refuses_an_opinion_that_somebody_types() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.file_jointly(project).await;
    let [city, one, _] = reviews(&app, project).await;
    app.record(Who::CityLand, city, "accepted", &[]).await;
    for (who, filing) in [
        (Who::CityLand, city),
        (Who::BenxiCounty, one),
        (Who::Company, city),
    ] {
        let page = app.page(who, filing).await;
        page.hides("value=\"county-opinion-received\"");
        let refused = app
            .try_record(who, filing, "county-opinion-received", &[])
            .await
            .is(403);
        refused.shows("不由人工登记(方案第1条)");
    }
    assert_eq!(app.entries(city).await, 2);
}

#[rocket::async_test]
async fn clause_01_refuses_a_decision_before_the_clock_starts() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.file_jointly(project).await;
    let [city, one, two] = reviews(&app, project).await;
    app.record(Who::CityLand, city, "accepted", &[]).await;
    for kind in ["granted", "denied"] {
        app.try_record(Who::CityLand, city, kind, &[])
            .await
            .is(422)
            .shows("尚未收到县(区)用地初审意见,时限没有起算(方案第1条)");
    }
    // One county's opinion is not enough either.
    app.record(Who::BenxiCounty, one, "accepted", &[]).await;
    app.record(Who::BenxiCounty, one, "granted", &[]).await;
    app.try_record(Who::CityLand, city, "granted", &[])
        .await
        .is(422)
        .shows("时限没有起算");
    app.record(Who::Huanren, two, "accepted", &[]).await;
    app.record(Who::Huanren, two, "granted", &[]).await;
    app.record(Who::CityLand, city, "granted", &[]).await;
}
