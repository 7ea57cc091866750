//! What an officer may ask for, through the one path by which events enter.

use super::super::testing::{World, at, on, on_new_land, rule_of};
use super::super::{Details, OfficeError, RecordEvent, Recorded, Requested};
use crate::statute::clock::EventKind;
use crate::statute::division::County;
use crate::statute::plan::ProjectFacts;
use crate::store::record::Filing;

fn typed(name: &str) -> Requested {
    Requested {
        material: None,
        name: name.to_owned(),
    }
}

fn ticked(id: &str) -> Requested {
    Requested {
        material: Some(id.to_owned()),
        name: String::new(),
    }
}

/// A planning permit that was applied for on 1 September.
async fn permit(world: &World, shades_neighbours: bool) -> Filing {
    let facts = ProjectFacts {
        counties: vec![County::Mingshan],
        shades_neighbours,
        ..ProjectFacts::default()
    };
    let project = world.project(facts).await;
    let filing = world.filing(project, "planning-permit").await;
    world.go(&filing, &[(EventKind::Submitted, (9, 1))]).await;
    filing
}

async fn ask(
    world: &World,
    filing: &Filing,
    kind: EventKind,
    requested: Vec<Requested>,
    note: Option<&str>,
) -> Result<Recorded, OfficeError> {
    let reader = world.office.store.reader();
    let now = reader.filing(filing.id).await.expect("the store");
    let event = RecordEvent {
        filing: filing.id,
        kind,
        on: on(9, 2),
        note: note.map(str::to_owned),
        details: Details {
            requested,
            ..Details::default()
        },
        seen: now.expect("the filing").seq,
        despite_missing: true,
    };
    let officer = world.officer(filing);
    world.office.record(&officer, event, at(9, 2)).await
}

fn detail(refused: Result<Recorded, OfficeError>) -> String {
    match refused {
        Err(OfficeError::Rule(rule)) => rule.detail,
        Err(OfficeError::Invalid(faults)) => faults[0].message.clone(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[tokio::test]
async fn a_one_time_notice_names_what_it_asks_for_under_the_catalogues_names() {
    let world = World::new().await;
    let permit = permit(&world, false).await;
    let kind = || EventKind::MaterialsRequested;
    let nothing = ask(&world, &permit, kind(), vec![typed("  ")], None).await;
    assert_eq!(rule_of(nothing), "nothing-requested");
    let asked = vec![
        ticked("site-plan"),
        typed(" 申请书补齐签章 "),
        ticked("site-plan"),
    ];
    ask(&world, &permit, kind(), asked, None)
        .await
        .expect("asked");
    let ledger = world.ledger(permit.id).await;
    let requested = &ledger.last().expect("an entry").details.requested;
    let expected = [
        Requested {
            material: Some("site-plan".to_owned()),
            name: "总平面图".to_owned(),
        },
        typed("申请书补齐签章"),
    ];
    assert_eq!(requested, &expected);
    world.assert_sound().await;
}

#[tokio::test]
async fn a_cancelled_material_is_refused_with_its_clause_and_the_way_open_instead() {
    let world = World::new().await;
    let permit = permit(&world, false).await;
    for name in [
        "修建性详细规划",
        "日照分析报告",
        "鸟 瞰 图",
        "《单体效果圖》",
    ] {
        let kind = EventKind::MaterialsRequested;
        let asked = vec![ticked("site-plan"), typed(name)];
        let refused = ask(&world, &permit, kind, asked, None).await;
        let words = detail(refused);
        assert!(words.contains("(方案第7条)"), "{words}");
        assert!(words.contains("建设工程设计方案、总平面图"), "{words}");
    }
    let hidden = ticked("sunlight-report");
    let kind = EventKind::MaterialsRequested;
    let unlisted = ask(&world, &permit, kind, vec![hidden], None).await;
    assert!(detail(unlisted).contains("行政许可法第30条"));
    assert_eq!(world.ledger(permit.id).await.len(), 1, "nothing written");
}

#[tokio::test]
async fn a_sunlight_report_may_be_asked_for_where_neighbours_are_shaded() {
    let world = World::new().await;
    let permit = permit(&world, true).await;
    let kind = EventKind::MaterialsRequested;
    let asked = vec![ticked("sunlight-report"), typed("日照分析报告加盖公章")];
    ask(&world, &permit, kind, asked, None)
        .await
        .expect("asked");
}

#[tokio::test]
async fn an_officers_words_are_checked_in_every_act_and_the_companys_in_none() {
    let world = World::new().await;
    let permit = permit(&world, false).await;
    for kind in [
        EventKind::MaterialsRequested,
        EventKind::Accepted,
        EventKind::Rejected,
    ] {
        let asked = vec![typed("总平面图盖章")];
        let note = Some("另请报送鸟瞰图一份");
        let refused = ask(&world, &permit, kind, asked, note).await;
        assert_eq!(rule_of(refused), "banned-material");
    }
    let plain = Some("材料齐全，无需提供鸟瞰图");
    ask(&world, &permit, EventKind::Accepted, Vec::new(), plain)
        .await
        .expect("accepted");
    let ledger = world.ledger(permit.id).await;
    let last = ledger.last().expect("an entry");
    assert!(last.details.requested.is_empty());

    let withdrawn = RecordEvent {
        filing: permit.id,
        kind: EventKind::Withdrawn,
        on: on(9, 2),
        note: Some("鸟瞰图尚未完成，先行撤回".to_owned()),
        details: Details::default(),
        seen: 2,
        despite_missing: false,
    };
    let record = world.office.record(&world.company, withdrawn, at(9, 2));
    record.await.expect("the company may say what it likes");
}

#[tokio::test]
async fn what_the_clock_refuses_is_refused_for_that_reason_first() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Mingshan])).await;
    let site = world.filing(project, "site-selection").await;
    let asked = vec![typed("营业执照")];
    let kind = EventKind::MaterialsRequested;
    let early = ask(&world, &site, kind, asked, Some("鸟瞰图")).await;
    assert_eq!(rule_of(early), "wrong-state");
}

#[tokio::test]
async fn a_notice_that_is_too_long_is_told_so() {
    let world = World::new().await;
    let permit = permit(&world, false).await;
    let kind = || EventKind::MaterialsRequested;
    let long = ask(&world, &permit, kind(), vec![typed(&"图".repeat(81))], None).await;
    assert!(detail(long).contains("80字"));
    let many = (0..31).map(|n| typed(&format!("第{n}项"))).collect();
    let many = ask(&world, &permit, kind(), many, None).await;
    assert!(detail(many).contains("30项"));
}
