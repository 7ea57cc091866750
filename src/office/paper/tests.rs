use super::super::testing::{World, at, on};
use super::*;
use crate::office::Deliver;
use crate::statute::clock::EventKind;
use crate::statute::paper::DeliveryWay;
use crate::store::record::Filing;

async fn world_with(events: &[(EventKind, (u32, u32))]) -> (World, Filing) {
    let world = World::new().await;
    let project = world
        .project(super::super::testing::on_new_land(&[
            crate::statute::division::County::ALL[0],
        ]))
        .await;
    let filing = world.filing(project, "site-selection").await;
    world.go(&filing, events).await;
    (world, filing)
}

async fn whole_run() -> (World, Filing) {
    let hearing = EventKind::Suspended {
        ground: "hearing".to_owned(),
    };
    world_with(&[
        (EventKind::Submitted, (9, 21)),
        (EventKind::MaterialsRequested, (9, 22)),
        (EventKind::Resubmitted, (9, 23)),
        (EventKind::Accepted, (9, 24)),
        (hearing, (9, 25)),
        (EventKind::Resumed, (9, 28)),
        (EventKind::Extended { days: 10 }, (9, 29)),
        (EventKind::Granted, (10, 8)),
    ])
    .await
}

async fn documents(world: &World, filing: &Filing) -> Vec<Document> {
    let reader = world.office.store.reader();
    reader.documents(filing.id).await.unwrap()
}

#[tokio::test]
async fn each_transition_makes_its_document_numbered_without_gaps() {
    let (world, filing) = whole_run().await;
    let made = documents(&world, &filing).await;
    let kinds: Vec<PaperKind> = made.iter().map(|d| d.kind).collect();
    assert_eq!(
        kinds,
        [
            PaperKind::ApplicationReceipt,
            PaperKind::OneTimeNotice,
            PaperKind::ApplicationReceipt,
            PaperKind::AcceptanceNotice,
            PaperKind::SuspensionNotice,
            PaperKind::ExtensionNotice,
            PaperKind::GrantDecision,
        ]
    );
    let numbers: Vec<u32> = made.iter().map(|d| d.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7]);
    assert!(made.iter().all(|d| d.year == 2026 && d.code.len() == CODE));
}

#[tokio::test]
async fn the_same_ledger_gives_the_same_words() {
    let (world, filing) = whole_run().await;
    for document in documents(&world, &filing).await {
        let first = world
            .office
            .paper(&world.company, document.id)
            .await
            .unwrap();
        let again = world
            .office
            .paper(&world.company, document.id)
            .await
            .unwrap();
        assert_eq!(first, again);
        let text = format!("{:?}", first.paper);
        assert!(!text.contains("缺失"), "{text}");
    }
}

#[tokio::test]
async fn the_acceptance_says_from_when_and_until_when() {
    let (world, filing) = whole_run().await;
    let made = documents(&world, &filing).await;
    let words = |page: &PaperPage| page.paper.body.join("\n");
    let acceptance = world
        .office
        .paper(&world.company, made[3].id)
        .await
        .unwrap();
    assert_eq!(acceptance.paper.title, "受理通知书");
    let said = words(&acceptance);
    assert!(
        said.contains("于2026年9月23日提交的选址意见书申请"),
        "{said}"
    );
    assert!(said.contains("自2026年9月24日起受理"), "{said}");
    // 20 working days after 24 September 2026: over Mid-Autumn and National Day, 10 October worked.
    assert!(said.contains("20个工作日"), "{said}");
    assert!(said.contains("至2026年10月29日届满"), "{said}");
    let suspension = world
        .office
        .paper(&world.company, made[4].id)
        .await
        .unwrap();
    let said = words(&suspension);
    assert!(said.contains("进行听证"), "{said}");
    assert!(said.contains("已计0个工作日，尚余20个工作日"), "{said}");
    let extension = world
        .office
        .paper(&world.company, made[5].id)
        .await
        .unwrap();
    assert!(words(&extension).contains("延长10个工作日"));
}

#[tokio::test]
async fn anybody_can_check_a_code_as_it_is_read_aloud() {
    let (world, filing) = whole_run().await;
    let made = documents(&world, &filing).await;
    let grouped = compose::grouped(&made[3].code).to_lowercase();
    let found = world.office.check_paper(&grouped).await.unwrap().unwrap();
    assert_eq!(found.title, "受理通知书");
    assert_eq!(found.made_on, on(9, 24));
    for nothing in ["", "0000", "0000-0000-0000-0000", "' OR 1=1"] {
        assert_eq!(
            world.office.check_paper(nothing).await.unwrap(),
            None,
            "{nothing}"
        );
    }
}

#[tokio::test]
async fn a_decision_is_delivered_once_and_not_before_it_was_made() {
    let (world, filing) = whole_run().await;
    let made = documents(&world, &filing).await;
    let decision = made.last().unwrap();
    let officer = world.officer(&filing);
    let wish = |document, day| Deliver {
        document,
        on: day,
        way: DeliveryWay::Post,
        recipient: "王工".to_owned(),
    };
    let refused = |result: Result<FilingId, OfficeError>| match result {
        Err(OfficeError::Rule(rule)) => rule.rule,
        other => panic!("{other:?}"),
    };
    let office = &world.office;
    let early = office
        .deliver(&officer, wish(decision.id, on(10, 1)), at(10, 9))
        .await;
    assert_eq!(refused(early), "delivered-before-decided");
    let other = office
        .deliver(&officer, wish(made[3].id, on(10, 9)), at(10, 9))
        .await;
    assert_eq!(refused(other), "not-a-decision");
    let company = office
        .deliver(&world.company, wish(decision.id, on(10, 9)), at(10, 9))
        .await;
    assert!(matches!(company, Err(OfficeError::Forbidden(_))));
    office
        .deliver(&officer, wish(decision.id, on(10, 9)), at(10, 9))
        .await
        .unwrap();
    let twice = office
        .deliver(&officer, wish(decision.id, on(10, 9)), at(10, 9))
        .await;
    assert_eq!(refused(twice), "delivered-before");

    let made = documents(&world, &filing).await;
    let receipt = made
        .iter()
        .find(|d| d.kind == PaperKind::DeliveryReceipt)
        .unwrap();
    assert_eq!(receipt.number, 8);
    let page = office.paper(&officer, receipt.id).await.unwrap();
    let field = |name: &str| {
        let found = page.paper.fields.iter().find(|(n, _)| n == name);
        found
            .map(|(_, content)| content.as_str())
            .unwrap_or_default()
    };
    assert_eq!(field("送达日期"), "2026年10月9日");
    assert_eq!(field("送达方式"), "邮寄送达");
    assert!(field("送达文书").contains("第7号"), "{}", field("送达文书"));
    // 10 working days after 8 October 2026: 9, 10 (worked), 12 to 16, 19 to 21.
    assert!(
        field("送达期限").contains("2026年10月21日"),
        "{}",
        field("送达期限")
    );
}
