use futures_util::StreamExt;

use super::*;
use crate::files::Found;
use crate::office::testing::{World, at, on, on_new_land, rule_of};
use crate::office::{Details, RecordEvent, Role};
use crate::statute::clock::EventKind;
use crate::statute::division::County;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

/// An office with a place for files, and a folder that goes with it.
struct Case {
    world: World,
    office: Office,
    folder: tempfile::TempDir,
}

impl Case {
    async fn new() -> Case {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let world = World::new().await;
        let files = Files::local(folder.path(), 1000).expect("files");
        let office = world.office.clone().with_files(files);
        Case {
            world,
            office,
            folder,
        }
    }

    async fn site(&self) -> Filing {
        let project = self.world.project(on_new_land(&[County::Mingshan])).await;
        self.world.filing(project, "site-selection").await
    }

    async fn hand_in(
        &self,
        filing: &Filing,
        material: &str,
        name: &str,
        bytes: &[u8],
    ) -> Result<MaterialFileId, OfficeError> {
        let company = &self.world.company;
        let mut upload = self
            .office
            .begin_upload(company, filing.id, material, name, at(9, 2))
            .await?;
        upload.write(bytes).await?;
        self.office.hand_in(company, upload, at(9, 2)).await
    }

    fn files(&self) -> usize {
        let mut folders = vec![self.folder.path().to_owned()];
        let mut files = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("readable").flatten() {
                match entry.path() {
                    path if path.is_dir() => folders.push(path),
                    _ => files += 1,
                }
            }
        }
        files
    }

    async fn accept(&self, filing: &Filing, despite_missing: bool) -> Result<(), OfficeError> {
        let reader = self.office.store.reader();
        let row = reader.filing(filing.id).await.expect("the store");
        let event = RecordEvent {
            filing: filing.id,
            kind: EventKind::Accepted,
            on: on(9, 3),
            note: None,
            details: Details::default(),
            seen: row.expect("the filing").seq,
            despite_missing,
        };
        let officer = self.world.officer(filing);
        self.office.record(&officer, event, at(9, 3)).await?;
        Ok(())
    }
}

#[tokio::test]
async fn each_version_is_kept_with_who_and_when_and_reads_back() {
    let case = Case::new().await;
    let site = case.site().await;
    for bytes in [PDF, b"%PDF-1.4 second"] {
        case.hand_in(&site, "drawings", " 图.PDF ", bytes)
            .await
            .expect("handed in");
    }
    let company = &case.world.company;
    let page = case.office.step_page(company, site.id, at(9, 2)).await;
    let page = page.expect("the page");
    let line = page.materials.iter().find(|l| l.material.id == "drawings");
    let line = line.expect("the entry");
    assert!(!line.missing && line.listed);
    let versions: Vec<u32> = line.files.iter().map(|file| file.version).collect();
    assert_eq!(versions, [2, 1]);
    let newest = &line.files[0];
    assert_eq!((newest.name.as_str(), newest.bytes), ("图.PDF", 15));
    assert_eq!(newest.person_name, company.name);
    assert_eq!(newest.at, at(9, 2).now);
    assert_eq!(page.hand_in, Some(1000));

    let officer = case.world.officer(&site);
    let sent = case.office.download(&officer, line.files[1].id).await;
    let mut sent = sent.expect("the officer may read it");
    let mut bytes = Vec::new();
    while let Some(piece) = sent.pieces.next().await {
        bytes.extend(piece.expect("a piece"));
    }
    assert_eq!(bytes, PDF);
    assert_eq!((sent.kind, sent.bytes), (Kind::Pdf, PDF.len() as u64));
}

#[tokio::test]
async fn a_file_is_not_for_officers_without_a_step_in_the_project() {
    let case = Case::new().await;
    let site = case.site().await;
    let id = case.hand_in(&site, "drawings", "a.pdf", PDF).await;
    let id = id.expect("handed in");
    let stranger = Actor {
        role: Role::Officer {
            bureau: crate::store::BureauId(site.bureau.0 + 1000),
        },
        ..case.world.company.clone()
    };
    let refused = case.office.download(&stranger, id).await.err();
    assert!(matches!(refused, Some(OfficeError::NotFound("file"))));
    let unknown = MaterialFileId(id.0 + 1);
    let refused = case.office.download(&case.world.company, unknown).await;
    assert!(matches!(refused.err(), Some(OfficeError::NotFound("file"))));
}

#[tokio::test]
async fn only_the_company_hands_in_and_only_what_the_list_names() {
    let case = Case::new().await;
    let site = case.site().await;
    let officer = case.world.officer(&site);
    let begun = case
        .office
        .begin_upload(&officer, site.id, "drawings", "a.pdf", at(9, 2))
        .await;
    assert!(matches!(begun.err(), Some(OfficeError::Forbidden(_))));
    let refused = case.hand_in(&site, "birds-eye-view", "a.pdf", PDF).await;
    let Err(OfficeError::Rule(rule)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(rule.rule, "materials-not-listed");
    assert!(rule.detail.contains("第30条") && rule.detail.contains("相关图件"));
    assert_eq!(case.files(), 0);
}

#[tokio::test]
async fn what_is_refused_leaves_neither_row_nor_object_nor_incoming_file() {
    let case = Case::new().await;
    let site = case.site().await;
    let program = [b"MZ\x90\0".as_slice(), &[0; 200]].concat();
    let too_large = [PDF, &[0; 1000]].concat();
    let cases: [(&str, &[u8], Unfit); 5] = [
        ("a.pdf", b"", Unfit::Empty),
        ("../a.pdf", PDF, Unfit::PathInName),
        (
            "a.pdf",
            &program,
            Unfit::UnknownContent {
                found: Some(Found::Program),
            },
        ),
        ("a.pdf", &too_large, Unfit::TooLarge { most: 1000 }),
        ("a.docx", b"PK\x03\x04cut off", Unfit::Damaged("too short")),
    ];
    for (name, bytes, expected) in cases {
        match case.hand_in(&site, "drawings", name, bytes).await {
            Err(OfficeError::Unfit(unfit)) => assert_eq!(unfit, expected),
            other => panic!("{name}: {other:?}"),
        }
        assert_eq!(case.files(), 0, "{name}");
    }
    // Cut off half-way.
    let company = &case.world.company;
    let begun = case
        .office
        .begin_upload(company, site.id, "drawings", "a.pdf", at(9, 2))
        .await;
    let mut upload = begun.expect("begun");
    upload.write(PDF).await.expect("written");
    drop(upload);
    assert_eq!(case.files(), 0);
    let reader = case.office.store.reader();
    let rows = reader.material_files(site.id).await.expect("rows");
    assert_eq!(rows, Vec::new());
}

#[tokio::test]
async fn a_row_that_cannot_be_written_takes_its_object_with_it() {
    let case = Case::new().await;
    let site = case.site().await;
    let company = &case.world.company;
    let begun = case
        .office
        .begin_upload(company, site.id, "drawings", "a.pdf", at(9, 2))
        .await;
    let mut upload = begun.expect("begun");
    upload.write(PDF).await.expect("written");
    // Decided while the file was on its way.
    case.world.grant(&site, [2, 3, 4]).await;
    let refused = case.office.hand_in(company, upload, at(9, 4)).await;
    let Err(OfficeError::Rule(rule)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(rule.rule, "materials-closed");
    assert_eq!(case.files(), 0);
    let later = case.hand_in(&site, "drawings", "a.pdf", PDF).await;
    assert!(matches!(later, Err(OfficeError::Rule(_))));
}

#[tokio::test]
async fn accepting_without_a_required_material_is_asked_first_and_recorded() {
    let case = Case::new().await;
    let site = case.site().await;
    for material in ["site-application", "legal-person", "drawings"] {
        case.hand_in(&site, material, "a.pdf", PDF)
            .await
            .expect("handed in");
    }
    case.world
        .go(&site, &[(EventKind::Submitted, (9, 2))])
        .await;
    let refused = case.accept(&site, false).await;
    let Err(OfficeError::Rule(rule)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(rule.rule, "materials-missing");
    assert!(rule.detail.contains("需核准的证明文件") && !rule.detail.contains("相关图件"));
    assert_eq!(case.world.ledger(site.id).await.len(), 1);

    case.accept(&site, true).await.expect("all the same");
    let ledger = case.world.ledger(site.id).await;
    let accepted = ledger.last().expect("an entry");
    assert_eq!(accepted.details.missing, ["approval-basis"]);
    case.world.assert_sound().await;
}

#[tokio::test]
async fn accepting_with_everything_there_asks_nothing_and_says_nothing() {
    let case = Case::new().await;
    let site = case.site().await;
    for material in [
        "site-application",
        "legal-person",
        "approval-basis",
        "drawings",
    ] {
        case.hand_in(&site, material, "a.pdf", PDF)
            .await
            .expect("handed in");
    }
    case.world
        .go(&site, &[(EventKind::Submitted, (9, 2))])
        .await;
    case.accept(&site, false).await.expect("accepted");
    let ledger = case.world.ledger(site.id).await;
    assert!(ledger.last().expect("an entry").details.is_empty());
}

#[tokio::test]
async fn what_the_clock_refuses_is_refused_for_that_reason_whatever_is_missing() {
    let case = Case::new().await;
    let site = case.site().await;
    let refused = case.accept(&site, false).await;
    assert!(
        matches!(refused, Err(OfficeError::Refused(_))),
        "{refused:?}"
    );
    let joint = case
        .world
        .record(&site, EventKind::Accepted, on(9, 3), at(9, 3))
        .await;
    assert_eq!(rule_of(joint), "wrong-state");
}
