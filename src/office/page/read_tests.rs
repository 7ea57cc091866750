//! The pages over a store.

use super::super::OfficeError;
use super::super::seeded::{Seeded, Told, actor, event, moment};
use crate::statute::calendar::date;
use crate::statute::clock::{EventKind, Lamp, Status};
use crate::statute::division::County;
use crate::statute::plan::facts::Volts;
use crate::statute::plan::{BureauKind, ProjectFacts};
use crate::store::record::Role;
use crate::store::{FilingId, ProjectId};

/// A 220 kV line over two counties: pre-review granted, the site selection suspended.
async fn seeded() -> (Seeded, ProjectId, Vec<FilingId>) {
    let seeded = Seeded::open().await;
    let facts = ProjectFacts {
        voltage: Volts(220_000),
        counties: vec![County::Mingshan, County::BenxiCounty],
        new_land: true,
        ..ProjectFacts::default()
    };
    let decided = |county| {
        let events = vec![
            event(3, 2, EventKind::Submitted),
            event(3, 3, EventKind::Accepted),
            event(3, 10, EventKind::Granted),
        ];
        ("county-initial-review", Some(county), events)
    };
    let told: Vec<Told<'_>> = vec![
        decided(County::Mingshan),
        decided(County::BenxiCounty),
        (
            "land-pre-review",
            None,
            vec![
                event(3, 2, EventKind::Submitted),
                event(3, 3, EventKind::Accepted),
                event(3, 10, EventKind::CountyOpinionReceived),
                event(3, 23, EventKind::Granted),
            ],
        ),
        (
            "site-selection",
            None,
            vec![
                event(3, 2, EventKind::Submitted),
                event(3, 3, EventKind::Accepted),
                event(
                    3,
                    10,
                    EventKind::Suspended {
                        ground: "expert-review".to_owned(),
                    },
                ),
            ],
        ),
    ];
    let (project, filings) = seeded.project("桥北220千伏", &facts, &told).await;
    (seeded, project, filings)
}

#[tokio::test]
async fn a_projects_page_says_where_every_step_is() {
    let (seeded, id, _) = seeded().await;
    let at = moment(date(2026, 3, 25));
    let page = seeded
        .office
        .project_page(&actor(Role::Company), id, at)
        .await
        .unwrap();
    let card = &page.card;
    assert_eq!((card.steps, card.decided, card.suspended), (7, 3, 1));
    let line = |step: &str| page.lines.iter().find(|l| l.step.as_str() == step).unwrap();
    let lamp = |step: &str| line(step).card.as_ref().unwrap().glance.lamp;
    // Seven working days after 10 March end on the 19th; decided on the 23rd.
    assert_eq!(lamp("land-pre-review"), Lamp::Late);
    assert_eq!(lamp("site-selection"), Lamp::Paused);
    assert!(line("land-dossier").fileable, "the pre-review is granted");
    assert!(
        !line("planning-permit").fileable,
        "the site selection is not"
    );
    assert!(page.joint.is_none(), "it was made");
    // 15 of 20 days were left on 10 March: 4, 5, 6, 9, 10 were used.
    let site = line("site-selection");
    assert_eq!(site.to, Some(date(2026, 4, 16)), "fifteen from 25 March");
    // The permit's twenty days begin then, over Labour Day's rest.
    assert_eq!(line("planning-permit").to, Some(date(2026, 5, 18)));
    let lanes: Vec<usize> = page.timeline.lanes.iter().map(|l| l.bars.len()).collect();
    assert_eq!(lanes.iter().sum::<usize>(), 7);
    assert_eq!(page.timeline.finish, page.forecast.finish);
    assert!(page.timeline.to >= page.forecast.finish.unwrap());
}

#[tokio::test]
async fn a_page_is_not_found_by_those_who_may_not_see_it() {
    let (seeded, id, filings) = seeded().await;
    let at = moment(date(2026, 3, 25));
    let office = &seeded.office;
    let officer = |kind, county| {
        actor(Role::Officer {
            bureau: seeded.bureau(kind, county),
        })
    };
    let stranger = officer(BureauKind::Transport, None);
    assert!(matches!(
        office.project_page(&stranger, id, at).await,
        Err(OfficeError::NotFound(_))
    ));
    assert!(matches!(
        office.step_page(&stranger, filings[0], at).await,
        Err(OfficeError::NotFound(_))
    ));
    let company = actor(Role::Company);
    assert!(matches!(
        office.project_page(&company, ProjectId(999), at).await,
        Err(OfficeError::NotFound(_))
    ));
    let county = officer(BureauKind::NaturalResources, Some(County::Mingshan));
    assert!(office.project_page(&county, id, at).await.is_ok());
}

#[tokio::test]
async fn officers_act_on_their_own_steps_only() {
    let (seeded, id, _) = seeded().await;
    let at = moment(date(2026, 3, 25));
    let office = &seeded.office;
    let company = actor(Role::Company);
    let page = office.project_page(&company, id, at).await.unwrap();
    let site = page
        .lines
        .iter()
        .find(|l| l.step.as_str() == "site-selection")
        .and_then(|l| l.card.as_ref())
        .unwrap()
        .id;
    let officer = |county| {
        actor(Role::Officer {
            bureau: seeded.bureau(BureauKind::NaturalResources, county),
        })
    };
    let own = office.step_page(&officer(None), site, at).await.unwrap();
    assert_eq!(own.reading.status, Status::Suspended);
    let acts: Vec<(&str, bool)> = own
        .acts
        .iter()
        .map(|a| (a.kind.code(), a.primary))
        .collect();
    assert_eq!(acts, [("resumed", true)]);
    let seen = office
        .step_page(&officer(Some(County::Mingshan)), site, at)
        .await
        .unwrap();
    assert!(seen.acts.is_empty(), "seen, not acted on");
    let applicant = office.step_page(&company, site, at).await.unwrap();
    let acts: Vec<&str> = applicant.acts.iter().map(|a| a.kind.code()).collect();
    assert_eq!(acts, ["withdrawn"]);
    assert_eq!(applicant.ledger.len() as u32, applicant.seq);
}
