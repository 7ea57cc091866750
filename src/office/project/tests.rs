use super::super::testing::{World, at, new_project, on, on_new_land, rule_of};
use super::*;
use crate::statute::clock::EventKind;
use crate::statute::plan::ProjectFacts;
use crate::statute::plan::facts::Volts;

const TWO: [County; 2] = [County::Pingshan, County::Nanfen];

#[tokio::test]
async fn a_project_gets_one_filing_for_each_step_at_the_bureau_that_decides_it() {
    let world = World::new().await;
    let project = world.project(on_new_land(&TWO)).await;
    let review = world
        .filing_in(project, "county-initial-review", Some(County::Nanfen))
        .await;
    let bureau = world.bureau(BureauKind::NaturalResources, Some(County::Nanfen));
    assert_eq!(review.bureau, bureau.id);
    assert_eq!(bureau.name, "南芬区自然资源局");
    let city = world.filing(project, "land-pre-review").await;
    let bureau = world.bureau(BureauKind::NaturalResources, None);
    assert_eq!(city.bureau, bureau.id);
    assert!(review.ready && city.ready);
    assert!(!world.filing(project, "land-dossier").await.ready);
    world.assert_sound().await;
}

#[tokio::test]
async fn a_ten_kilovolt_public_network_for_users_has_no_planning_permit() {
    let world = World::new().await;
    let facts = ProjectFacts {
        voltage: Volts(10_000),
        user_demand: true,
        opens_city_road: true,
        counties: vec![County::Mingshan],
        ..ProjectFacts::default()
    };
    let project = world.project(facts).await;
    let reader = world.office.store.reader();
    let filings = reader.filings_of_project(project).await.expect("filings");
    let steps: Vec<&str> = filings.iter().map(|f| f.step.as_str()).collect();
    assert_eq!(steps, ["drawing-confirmation", "road-excavation"]);
    let stored = reader.project(project).await.expect("the store");
    let hash = stored.expect("the project").plan_hash;
    let text = reader.catalogue(&hash).await.expect("the store");
    assert!(text.is_some(), "the catalogue is kept with it");
}

#[tokio::test]
async fn the_same_form_twice_makes_one_project() {
    let world = World::new().await;
    let new = new_project("one form", on_new_land(&TWO));
    let first = world
        .office
        .create_project(&world.company, new.clone(), at(9, 1))
        .await
        .expect("the first");
    let again = world
        .office
        .create_project(&world.company, new.clone(), at(9, 1));
    let at_once = world.office.create_project(&world.company, new, at(9, 1));
    let (again, at_once) = tokio::join!(again, at_once);
    for second in [again, at_once] {
        assert!(matches!(second, Err(OfficeError::AlreadyMade(id)) if id == first));
    }
}

#[tokio::test]
async fn only_the_company_makes_projects() {
    let world = World::new().await;
    let new = new_project("a form", on_new_land(&TWO));
    let refused = world
        .office
        .create_project(&world.administrator, new, at(9, 1))
        .await;
    assert!(matches!(refused, Err(OfficeError::Forbidden(_))));
}

#[tokio::test]
async fn every_wrong_field_is_named_at_once() {
    let world = World::new().await;
    let mut new = new_project("", on_new_land(&TWO));
    new.name = " 桥 ".to_owned();
    new.code = Some("2020-210500-44-02-01634".to_owned());
    let refused = world
        .office
        .create_project(&world.company, new, at(9, 1))
        .await;
    let Err(OfficeError::Invalid(faults)) = refused else {
        panic!("{refused:?}")
    };
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field).collect();
    assert_eq!(fields, ["name", "code", "request_key"]);
    let nowhere = new_project("a form", on_new_land(&[]));
    let refused = world
        .office
        .create_project(&world.company, nowhere, at(9, 1))
        .await;
    assert!(matches!(refused, Err(OfficeError::Facts(_))));
}

#[test]
fn a_platform_code_is_asked_for_its_shape_only() {
    assert!(is_code("2020-210500-44-02-016343"));
    for wrong in [
        "",
        "2020-210500-44-02",
        "2020-210500-44-02-01634x",
        "20202105004402016343",
    ] {
        assert!(!is_code(wrong), "{wrong}");
    }
    assert!(!is_code("２020-210500-44-02-016343"), "full-width digits");
}

#[tokio::test]
async fn initial_review_and_pre_review_are_filed_together_or_not_at_all() {
    let world = World::new().await;
    let project = world.project(on_new_land(&TWO)).await;
    for step in ["land-pre-review", "county-initial-review"] {
        let filing = world.filing(project, step).await;
        let alone = world
            .record(&filing, EventKind::Submitted, on(9, 2), at(9, 2))
            .await;
        assert_eq!(rule_of(alone), "joint-filing");
    }
    let city = world.filing(project, "land-pre-review").await;
    let part = FileJointly {
        project,
        on: on(9, 2),
        note: None,
        seen: vec![(city.id, 0)],
    };
    let refused = world
        .office
        .file_jointly(&world.company, part, at(9, 2))
        .await;
    assert!(matches!(refused, Err(OfficeError::Rule(r)) if r.rule == "joint-filing"));

    let recorded = world
        .file_jointly(project, on(9, 2))
        .await
        .expect("together");
    assert_eq!(recorded.len(), 3, "two counties and the city");
    for step in recorded {
        let ledger = world.ledger(step.filing).await;
        assert_eq!(ledger.len(), 1);
        assert_eq!(ledger[0].event.on, on(9, 2));
    }
    let twice = world.file_jointly(project, on(9, 3)).await;
    assert!(matches!(twice, Err(OfficeError::Refused(_))), "{twice:?}");
    world.assert_sound().await;
}

#[tokio::test]
async fn a_joint_filing_that_has_not_seen_one_ledger_files_nothing() {
    let world = World::new().await;
    let project = world.project(on_new_land(&TWO)).await;
    let city = world.filing(project, "land-pre-review").await;
    let [first, second] = [
        world
            .filing_in(project, "county-initial-review", Some(TWO[0]))
            .await,
        world
            .filing_in(project, "county-initial-review", Some(TWO[1]))
            .await,
    ];
    let joint = FileJointly {
        project,
        on: on(9, 2),
        note: None,
        seen: vec![(first.id, 0), (city.id, 0), (second.id, 1)],
    };
    let refused = world
        .office
        .file_jointly(&world.company, joint, at(9, 2))
        .await;
    assert!(matches!(
        refused,
        Err(OfficeError::Stale { seen: 1, now: 0 })
    ));
    for filing in [first, second, city] {
        assert!(world.ledger(filing.id).await.is_empty());
    }
}
