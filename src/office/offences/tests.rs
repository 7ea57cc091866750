use super::*;
use crate::office::testing::{World, at, on};
use crate::office::{Files, HandleOffence};
use crate::statute::offence::OffenceKind;
use crate::statute::plan::BureauKind;

const COUNTY: County = County::Mingshan;

fn wish(key: &str) -> ReportOffence {
    ReportOffence {
        kind: OffenceKind::FacilityTheft,
        county: COUNTY,
        place: " 高台子镇 ".to_owned(),
        found_at: at(9, 20).now,
        words: "塔材被盗".to_owned(),
        project: None,
        large_works: false,
        request_key: key.to_owned(),
    }
}

fn officer(world: &World, kind: BureauKind, county: Option<County>) -> Actor {
    let bureau = world.bureau(kind, county).clone();
    Actor {
        role: Role::Officer { bureau: bureau.id },
        bureau: Some(bureau),
        ..world.company.clone()
    }
}

async fn report(world: &World, key: &str) -> OffenceId {
    let reported = world
        .office
        .report_offence(&world.company, wish(key), at(9, 21));
    reported.await.expect("reported")
}

async fn waiting(world: &World, actor: &Actor) -> (usize, u64, bool) {
    let home = world.office.bureau_home(actor, at(9, 21)).await;
    let home = home.expect("a home");
    (home.offences.rows.len(), home.offences.total, home.decides)
}

#[tokio::test]
async fn what_is_open_waits_on_the_homes_of_its_bureau_and_of_the_one_above() {
    let world = World::new().await;
    let police = officer(&world, BureauKind::Police, Some(COUNTY));
    let above = officer(&world, BureauKind::Police, None);
    let forestry = officer(&world, BureauKind::Forestry, Some(COUNTY));
    let mut last = None;
    for n in 0..=FEW {
        last = Some(report(&world, &format!("key-{n}")).await);
    }
    let few = usize::try_from(FEW).unwrap();
    assert_eq!(waiting(&world, &police).await, (few, FEW + 1, false));
    assert_eq!(waiting(&world, &above).await, (few, FEW + 1, false));
    assert_eq!(waiting(&world, &forestry).await, (0, 0, true));
    let sent = HandleOffence {
        offence: last.unwrap(),
        on: on(9, 21),
        what: Entry::Transferred {
            to: BureauKind::Forestry,
            reason: "不属公安".to_owned(),
        },
    };
    let office = &world.office;
    office
        .handle_offence(&police, sent, at(9, 21))
        .await
        .unwrap();
    // Those who had it still see it, but it no longer waits for them.
    assert_eq!(waiting(&world, &police).await, (few, FEW, false));
    assert_eq!(waiting(&world, &above).await, (few, FEW, false));
    assert_eq!(waiting(&world, &forestry).await, (1, 1, true));
    let list = office.offences(&police, &OffenceSearch::default()).await;
    assert_eq!(list.unwrap().page.total, FEW + 1);
}

#[tokio::test]
async fn a_long_list_is_read_in_pages_without_gaps() {
    let world = World::new().await;
    let mut made = Vec::new();
    for n in 0..ROWS + 3 {
        made.push(report(&world, &format!("key-{n}")).await);
    }
    made.reverse();
    let office = &world.office;
    let mut search = OffenceSearch::default();
    let first = office.offences(&world.company, &search).await.unwrap();
    assert_eq!(first.page.total, ROWS + 3);
    let next = first.page.next.as_deref().expect("a second page");
    search.after = Some(OffenceId(next.parse().unwrap()));
    let second = office.offences(&world.company, &search).await.unwrap();
    assert_eq!((second.page.rows.len(), second.page.next), (3, None));
    let rows = first.page.rows.iter().chain(&second.page.rows);
    let read: Vec<OffenceId> = rows.map(|row| row.id).collect();
    assert_eq!(read, made);
}

#[tokio::test]
async fn a_report_is_tidied_and_a_form_without_a_key_is_refused() {
    let world = World::new().await;
    let id = report(&world, "key").await;
    let page = world.office.offence_page(&world.company, id).await.unwrap();
    assert_eq!(page.card.place, "高台子镇");
    assert_eq!(page.seen_by, ["明山区公安局", "本溪市公安局"]);
    let blank = world
        .office
        .report_offence(&world.company, wish(""), at(9, 21));
    assert!(matches!(blank.await, Err(OfficeError::Invalid(_))));
    let nowhere = ReportOffence {
        project: Some(ProjectId(999)),
        ..wish("other")
    };
    let nowhere = world
        .office
        .report_offence(&world.company, nowhere, at(9, 21));
    assert!(matches!(nowhere.await, Err(OfficeError::NotFound(_))));
}

#[tokio::test]
async fn more_pictures_than_can_be_read_are_refused_and_leave_no_file() {
    let world = World::new().await;
    let folder = tempfile::tempdir().unwrap();
    let files = Files::local(folder.path(), 1 << 20).unwrap();
    let office = world.office.clone().with_files(files);
    let id = report(&world, "key").await;
    let mut kept = 0;
    let refused = loop {
        let begun = office.begin_picture(&world.company, id, "现场.pdf").await;
        let mut upload = begun.unwrap();
        upload.write(b"%PDF-1.7\n%%EOF\n").await.unwrap();
        match office.keep_picture(&world.company, upload, at(9, 21)).await {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(&refused, OfficeError::Rule(rule) if rule.rule == "offence-picture"));
    let page = office.offence_page(&world.company, id).await.unwrap();
    assert_eq!(page.pictures.len(), kept);
    let there = folder.path().join("kept/offences").join(id.to_string());
    assert_eq!(std::fs::read_dir(there).unwrap().count(), kept);
}
