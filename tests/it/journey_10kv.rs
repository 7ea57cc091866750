//! A 10 kV line of the public network: its planning permit is exempt, and what stands in its
//! place opens the road and the green side by side (第15条).

use grid_approvals::statute::clock::{Lamp, Status};

use crate::app::TestApp;
use crate::database::Database;
use crate::who::Who;

#[rocket::async_test]
async fn a_10_kv_line_passes_its_exempt_permit_and_opens_road_and_green_together() {
    walk(TestApp::start().await).await;
}

#[rocket::async_test]
async fn the_same_line_passes_the_same_on_postgresql() {
    walk(TestApp::on(Database::postgres()).await).await;
}

async fn walk(app: TestApp) {
    let project = app
        .create(&[
            ("name", "溪湖区彩屯路10千伏配网新建工程"),
            ("voltage_kv", "10"),
            ("works", "line"),
            ("counties", "210503"),
            ("public_network", "true"),
            ("user_demand", "true"),
            ("opens_city_road", "true"),
            ("occupies_green", "true"),
        ])
        .await;
    let page = app.project(project).await;
    assert_eq!(page.card.steps, 3);
    assert!(page.exempt.iter().any(|step| step.source.is_some()));
    let mut company = app.login(Who::Company).await;
    let shown = company.get(&format!("/projects/{project}")).await.is(200);
    shown.shows("建设工程规划许可");
    for skipped in &page.exempt {
        shown.shows(&skipped.reason);
    }

    let drawing = app.filing(project, "drawing-confirmation", None).await;
    let road = app.filing(project, "road-excavation", None).await;
    let green = app.filing(project, "green-occupation", None).await;
    for early in [road, green] {
        let page = app
            .try_record(Who::Company, early, "submitted", &[])
            .await
            .is(422);
        page.shows("前置事项尚未办结");
    }
    app.record(Who::Company, drawing, "submitted", &[]).await;
    app.set_day(2026, 9, 22);
    app.record(Who::CityLand, drawing, "accepted", &[]).await;
    assert_eq!(app.step(drawing).await.reading.lamp, Lamp::Untimed);
    app.set_day(2026, 9, 23);
    app.record(Who::CityLand, drawing, "granted", &[]).await;

    for filing in [road, green] {
        app.record(Who::Company, filing, "submitted", &[]).await;
    }
    app.set_day(2026, 9, 24);
    for filing in [road, green] {
        app.record(Who::Housing, filing, "accepted", &[]).await;
        assert_eq!(app.status(filing).await, Status::Running);
    }
    app.set_day(2026, 9, 28);
    for filing in [green, road] {
        app.record(Who::Housing, filing, "granted", &[]).await;
    }
    let done = app.project(project).await;
    assert_eq!((done.card.steps, done.card.decided), (3, 3));
}
