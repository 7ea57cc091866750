use super::super::seeded::{Seeded, actor, event, moment};
use super::*;
use crate::statute::calendar::date;
use crate::statute::clock::EventKind;
use crate::statute::division::County;
use crate::statute::plan::facts::Volts;
use crate::statute::plan::{BureauKind, ProjectFacts};

async fn names(seeded: &Seeded, role: Role, search: &ProjectSearch) -> Vec<String> {
    let at = moment(date(2026, 6, 1));
    let page = seeded.office.projects(&actor(role), search, at).await;
    let page = page.unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows.into_iter().map(|card| card.name).collect()
}

#[tokio::test]
async fn the_list_is_narrowed_by_text_county_voltage_and_state() {
    let seeded = Seeded::open().await;
    let facts = |county, volts| ProjectFacts {
        counties: vec![county],
        voltage: Volts(volts),
        crosses_highway: true,
        ..ProjectFacts::default()
    };
    let filed = |month| {
        let events = vec![event(month, 2, EventKind::Submitted)];
        [("road-crossing", None, events)]
    };
    seeded
        .project("偏岭66千伏", &facts(County::BenxiCounty, 66_000), &filed(3))
        .await;
    seeded
        .project("林家66千伏", &facts(County::Nanfen, 66_000), &[])
        .await;
    seeded
        .project("桥北220千伏", &facts(County::Nanfen, 220_000), &[])
        .await;
    let search = ProjectSearch::default;
    let company = Role::Company;
    assert_eq!(
        names(&seeded, company, &search()).await,
        ["桥北220千伏", "林家66千伏", "偏岭66千伏"]
    );
    for (asked, found) in [
        (
            ProjectSearch {
                text: " 林家 ".to_owned(),
                ..search()
            },
            vec!["林家66千伏"],
        ),
        (
            ProjectSearch {
                county: Some(County::Nanfen),
                volts: Some(220_000),
                ..search()
            },
            vec!["桥北220千伏"],
        ),
        (
            ProjectSearch {
                state: Some(ProjectState::Overdue),
                ..search()
            },
            vec!["偏岭66千伏"],
        ),
        (
            ProjectSearch {
                state: Some(ProjectState::Finished),
                ..search()
            },
            vec![],
        ),
        (
            ProjectSearch {
                text: "%".to_owned(),
                ..search()
            },
            vec![],
        ),
    ] {
        assert_eq!(names(&seeded, company, &asked).await, found, "{asked:?}");
    }
    let elsewhere = seeded.bureau(BureauKind::Forestry, None);
    let officer = Role::Officer { bureau: elsewhere };
    assert!(names(&seeded, officer, &search()).await.is_empty());
    let transport = seeded.bureau(BureauKind::Transport, None);
    let officer = Role::Officer { bureau: transport };
    assert_eq!(names(&seeded, officer, &search()).await.len(), 3);
}

#[tokio::test]
async fn a_search_longer_than_a_name_is_refused() {
    let seeded = Seeded::open().await;
    let search = ProjectSearch {
        text: "电".repeat(81),
        ..ProjectSearch::default()
    };
    let at = moment(date(2026, 6, 1));
    let company = actor(Role::Company);
    let refused = seeded.office.projects(&company, &search, at).await;
    assert!(matches!(refused, Err(OfficeError::Invalid(_))));
}
