//! Search over a store.

use super::super::testing::{World, at, on_new_land};
use super::*;
use crate::office::NewProject;
use crate::statute::clock::EventKind;

async fn found(world: &World, actor: &Actor, text: &str) -> SearchPage {
    let page = world.office.search(actor, text, None, at(10, 20)).await;
    page.expect("a search")
}

/// A line in Mingshan, of which the site selection was accepted and became late.
async fn world() -> (World, crate::store::record::Filing) {
    let world = World::new().await;
    let new = NewProject {
        name: "卧龙66kV线路工程".to_owned(),
        code: Some("2020-210500-44-02-016343".to_owned()),
        facts: on_new_land(&[County::Mingshan]),
        request_key: "search".to_owned(),
    };
    let project = world
        .office
        .create_project(&world.company, new, at(9, 1))
        .await;
    let project = project.expect("a project");
    let filing = world.filing(project, "site-selection").await;
    let events = [
        (EventKind::Submitted, (9, 2)),
        (EventKind::Accepted, (9, 2)),
    ];
    world.go(&filing, &events).await;
    (world, filing)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_a_chinese_name_finds_project_steps_and_documents() {
    let (world, filing) = world().await;
    let watcher = world.hire("ducha", Role::GovernmentOffice).await;
    for text in ["卧龙", "龙66KV", "016343"] {
        let page = found(&world, &watcher, text).await;
        assert_eq!(page.projects.rows.len(), 1, "{text}");
        assert!(page.steps.rows.iter().any(|card| card.id == filing.id));
        // The receipt and the notice of acceptance.
        assert_eq!(page.documents.rows.len(), 2, "{text}");
    }
    assert!(found(&world, &watcher, "卧虎").await.is_empty());
    assert!(found(&world, &watcher, "  ").await.words.is_empty());
    // A percent sign is a letter like others, and matches nothing here.
    assert!(found(&world, &watcher, "卧%工程").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn all_words_must_hold_whatever_they_name() {
    let (world, filing) = world().await;
    let watcher = world.hire("ducha", Role::GovernmentOffice).await;
    let other = world.project(on_new_land(&[County::Nanfen])).await;
    let both = found(&world, &watcher, "选址").await;
    assert_eq!(both.steps.rows.len(), 2);
    let one = found(&world, &watcher, "卧龙 选址").await;
    let ids: Vec<_> = one.steps.rows.iter().map(|card| card.id).collect();
    assert_eq!(ids, [filing.id]);
    let county = found(&world, &watcher, "南芬").await;
    assert!(!county.steps.rows.is_empty());
    assert!(county.steps.rows.iter().all(|card| card.project == other));
    let accepted = found(&world, &watcher, "卧龙 受理通知书").await;
    assert_eq!(accepted.documents.rows.len(), 1);
    let hit = &accepted.documents.rows[0];
    let by_number = found(&world, &watcher, "第2号 〔2026〕 卧龙").await;
    assert!(by_number.documents.rows.contains(hit), "{hit:?}");
    let serial = hit.serial.split('〔').next().expect("a bureau").to_owned();
    let by_bureau = found(&world, &watcher, &serial).await;
    assert!(by_bureau.documents.rows.contains(hit));
}

#[tokio::test(flavor = "multi_thread")]
async fn officers_find_their_own_bureaus_and_everybody_their_own_messages() {
    let (world, filing) = world().await;
    let bureau = filing.bureau;
    let officer = world.hire("jingban", Role::Officer { bureau }).await;
    let watcher = world.hire("ducha", Role::GovernmentOffice).await;
    world.office.turn(at(10, 20)).await.expect("a turn");
    let own = found(&world, &officer, "卧龙").await;
    assert!(
        own.steps
            .rows
            .iter()
            .all(|card| card.bureau_name == own.steps.rows[0].bureau_name)
    );
    assert!(!own.steps.rows.is_empty());
    assert_eq!(own.documents.rows.len(), 2);
    // The officer was warned, told of red, and of the case; the office of case and deputy mayor.
    assert_eq!(own.messages.rows.len(), 3);
    assert_eq!(found(&world, &watcher, "卧龙").await.messages.rows.len(), 2);
    let elsewhere = world
        .office
        .bureaus(&world.administrator)
        .await
        .expect("bureaus")
        .into_iter()
        .find(|other| other.kind == crate::statute::plan::BureauKind::Police)
        .expect("the police");
    let role = Role::Officer {
        bureau: elsewhere.id,
    };
    let stranger = world.hire("jiaojing", role).await;
    let nothing = found(&world, &stranger, "卧龙 选址").await;
    assert!(nothing.steps.rows.is_empty() && nothing.documents.rows.is_empty());
    assert!(nothing.messages.rows.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_kind_is_asked_alone_and_what_is_too_long_is_refused() {
    let (world, _) = world().await;
    let only = Some(SearchKind::Projects);
    let search = |text: String, kind| {
        let office = world.office.clone();
        let company = world.company.clone();
        async move { office.search(&company, &text, kind, at(10, 20)).await }
    };
    let page = search("卧龙".to_owned(), only).await.expect("a search");
    assert!(page.steps.rows.is_empty() && page.projects.rows.len() == 1);
    for wrong in ["长".repeat(81), "一 二 三 四 五 六 七".to_owned()] {
        let refused = search(wrong, None).await;
        assert!(matches!(refused, Err(OfficeError::Invalid(_))));
    }
}

#[test]
fn numbers_are_read_as_they_are_written() {
    for (text, n) in [
        ("12", 12),
        ("第12号", 12),
        ("〔2026〕", 2026),
        ("2026年", 2026),
    ] {
        assert_eq!(number(text), Some(n), "{text}");
    }
    for text in ["", "第号", "66kV", "十二", "99999999999"] {
        assert_eq!(number(text), None, "{text}");
    }
}
