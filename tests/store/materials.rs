//! Files of materials: numbered without gaps, kept as they were.

use grid_approvals::statute::calendar::date;
use grid_approvals::store::{FilingId, NewMaterialFile, StoreError};
use sea_orm::{ConnectionTrait, Database};

use crate::on_both;
use crate::world::{World, noon};

on_both!(
    versions_are_numbered_from_one_for_each_material,
    two_at_once_get_two_numbers,
    a_file_is_never_changed_or_taken_away,
    a_key_is_used_once,
);

fn new(world: &World, filing: FilingId, material: &str, key: &str) -> NewMaterialFile {
    NewMaterialFile {
        filing,
        material: material.to_owned(),
        name: "总图.pdf".to_owned(),
        kind: "pdf".to_owned(),
        bytes: 5_000_000_000,
        sha256: "00".repeat(32),
        key: key.to_owned(),
        person: world.person,
        person_name: "王海".to_owned(),
        at: noon(date(2026, 11, 2)),
    }
}

async fn enter(world: &World, new: &NewMaterialFile) -> Result<u32, StoreError> {
    let tx = world.store.begin().await?;
    tx.filing(new.filing).await?;
    let (_, version) = tx.insert_material_file(new).await?;
    tx.commit().await?;
    Ok(version)
}

async fn versions_are_numbered_from_one_for_each_material(world: World) {
    let filing = world.filing("桥北", "site-selection").await;
    let other = world.filing("高台", "site-selection").await;
    let mut versions = Vec::new();
    for (n, (filing, material)) in [
        (filing, "drawings"),
        (filing, "drawings"),
        (filing, "legal-person"),
        (other, "drawings"),
    ]
    .into_iter()
    .enumerate()
    {
        let new = new(&world, filing, material, &format!("key-{n}"));
        versions.push(enter(&world, &new).await.expect("entered"));
    }
    assert_eq!(versions, [1, 2, 1, 1]);
    let reader = world.store.reader();
    let files = reader.material_files(filing).await.expect("files");
    let told: Vec<_> = files
        .iter()
        .map(|file| (file.material.as_str(), file.version, file.key.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("drawings", 1, "key-0"),
            ("drawings", 2, "key-1"),
            ("legal-person", 1, "key-2")
        ]
    );
    let first = &files[0];
    assert_eq!(first.bytes, 5_000_000_000, "beyond 32 bits");
    assert_eq!(first.at, noon(date(2026, 11, 2)));
    let again = reader.material_file(first.id).await.expect("read");
    assert_eq!(again.as_ref(), Some(first));
    let tx = world.store.begin().await.expect("a transaction");
    let mut there = tx.materials_there(filing).await.expect("materials");
    there.sort();
    assert_eq!(there, ["drawings", "legal-person"]);
}

async fn two_at_once_get_two_numbers(world: World) {
    let filing = world.filing("桥北", "site-selection").await;
    let news: Vec<_> = (0..6)
        .map(|n| new(&world, filing, "drawings", &format!("key-{n}")))
        .collect();
    let world = std::sync::Arc::new(world);
    let tasks: Vec<_> = news
        .into_iter()
        .map(|new| {
            let world = std::sync::Arc::clone(&world);
            tokio::spawn(async move { enter(&world, &new).await.expect("entered") })
        })
        .collect();
    let mut versions = Vec::new();
    for task in tasks {
        versions.push(task.await.expect("no panic"));
    }
    versions.sort_unstable();
    assert_eq!(versions, [1, 2, 3, 4, 5, 6]);
}

async fn a_file_is_never_changed_or_taken_away(world: World) {
    let filing = world.filing("桥北", "site-selection").await;
    let kept = new(&world, filing, "drawings", "key");
    enter(&world, &kept).await.expect("entered");
    let door = Database::connect(&world.url).await.expect("a door");
    for statement in [
        "UPDATE material_file SET name = 'x'",
        "DELETE FROM material_file",
    ] {
        let refused = door.execute_unprepared(statement).await;
        let words = refused.expect_err(statement).to_string();
        assert!(words.contains("files handed in are kept"), "{words}");
    }
    if world.url.starts_with("sqlite") {
        let replace = "INSERT OR REPLACE INTO material_file SELECT * FROM material_file";
        assert!(door.execute_unprepared(replace).await.is_err());
    }
    let reader = world.store.reader();
    let files = reader.material_files(filing).await.expect("files");
    assert_eq!(files.len(), 1);
}

async fn a_key_is_used_once(world: World) {
    let filing = world.filing("桥北", "site-selection").await;
    let first = new(&world, filing, "drawings", "key");
    enter(&world, &first).await.expect("entered");
    let second = new(&world, filing, "legal-person", "key");
    assert!(enter(&world, &second).await.is_err());
}
