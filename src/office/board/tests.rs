use super::super::model::FilingCard;
use super::super::seeded::{Seeded, actor, event, moment};
use super::*;
use crate::statute::calendar::date;
use crate::statute::clock::{EventKind, Lamp};
use crate::statute::division::County;
use crate::statute::plan::facts::Volts;
use crate::statute::plan::{BureauKind, ProjectFacts};

fn query(kind: BoardKind) -> BoardQuery {
    BoardQuery {
        kind,
        bureau: None,
        after: None,
    }
}

/// Sixty projects whose site selections were accepted on successive days from 2 January 2026 on,
/// each with a road crossing accepted the same day.
async fn sixty() -> Seeded {
    let seeded = Seeded::open().await;
    let facts = ProjectFacts {
        counties: vec![County::Pingshan],
        new_land: true,
        crosses_highway: true,
        voltage: Volts(66_000),
        ..ProjectFacts::default()
    };
    for (at, on) in date(2026, 1, 5).iter_days().take(60).enumerate() {
        let accepted = vec![
            crate::statute::clock::Event {
                on,
                kind: EventKind::Submitted,
            },
            crate::statute::clock::Event {
                on,
                kind: EventKind::Accepted,
            },
        ];
        let told = [
            ("site-selection", None, accepted.clone()),
            ("road-crossing", None, accepted),
        ];
        seeded.project(&format!("工程{at}"), &facts, &told).await;
    }
    seeded
}

#[tokio::test]
async fn a_board_pages_by_key_and_agrees_with_its_counts() {
    let seeded = sixty().await;
    let at = moment(date(2026, 6, 1));
    let overseer = actor(Role::GovernmentOffice);
    let mut asked = query(BoardKind::Overdue);
    let mut seen: Vec<FilingCard> = Vec::new();
    let mut pages = Vec::new();
    loop {
        let board = seeded.office.board(&overseer, &asked, at).await.unwrap();
        assert_eq!(board.page.total, 120, "the same on every page");
        pages.push(board.page.rows.len());
        seen.extend(board.page.rows);
        let sum: u64 = board.by_bureau.iter().map(|row| row.steps).sum();
        assert_eq!((board.by_bureau.len(), sum), (2, 120));
        match board.page.next {
            Some(next) => asked.after = Some(next),
            None => break,
        }
    }
    assert_eq!(pages, [50, 50, 20]);
    let mut ids: Vec<_> = seen.iter().map(|card| card.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 120, "each row once");
    assert!(
        seen.windows(2)
            .all(|pair| pair[0].glance.due_on <= pair[1].glance.due_on),
        "longest overdue first"
    );
    assert!(seen.iter().all(|card| card.glance.lamp == Lamp::Red));
}

#[tokio::test]
async fn an_officers_board_holds_the_own_bureau_only() {
    let seeded = sixty().await;
    let at = moment(date(2026, 6, 1));
    let transport = seeded.bureau(BureauKind::Transport, None);
    let other = seeded.bureau(BureauKind::NaturalResources, None);
    let officer = actor(Role::Officer { bureau: transport });
    let asked = BoardQuery {
        bureau: Some(other),
        ..query(BoardKind::Overdue)
    };
    let board = seeded.office.board(&officer, &asked, at).await.unwrap();
    assert_eq!(board.page.total, 60);
    assert!(
        board
            .page
            .rows
            .iter()
            .all(|card| card.bureau_name == "本溪市交通运输局")
    );
    assert_eq!(board.by_bureau.len(), 1);
    assert_eq!(board.by_bureau[0].bureau.id, transport);

    let overseer = actor(Role::GovernmentOffice);
    let board = seeded.office.board(&overseer, &asked, at).await.unwrap();
    assert_eq!(board.page.total, 60, "a chosen bureau narrows the total");
    assert_eq!(board.by_bureau.len(), 2, "and leaves the others to choose");
}

/// Due on 30 March after acceptance on 2 March: yellow at five days left, red from the 31st.
#[tokio::test]
async fn a_step_moves_from_board_to_board_on_its_own_days() {
    let seeded = Seeded::open().await;
    let facts = ProjectFacts {
        counties: vec![County::Pingshan],
        new_land: true,
        ..ProjectFacts::default()
    };
    let told = [(
        "site-selection",
        None,
        vec![event(3, 2, EventKind::Submitted)],
    )];
    seeded.project("工程", &facts, &told).await;
    let overseer = actor(Role::GovernmentOffice);
    for (day, near_due, overdue) in [
        ((3, 4), 0, 0),
        ((3, 20), 0, 0),
        ((3, 23), 1, 0),
        ((3, 30), 1, 0),
        ((3, 31), 0, 1),
    ] {
        let at = moment(date(2026, day.0, day.1));
        let total = async |kind| {
            let board = seeded.office.board(&overseer, &query(kind), at).await;
            let board = board.unwrap();
            assert_eq!(board.page.rows.len() as u64, board.page.total);
            board.page.total
        };
        let counted = (
            total(BoardKind::NearDue).await,
            total(BoardKind::Overdue).await,
        );
        assert_eq!(counted, (near_due, overdue), "on {day:?}");
    }
}

#[tokio::test]
async fn a_strange_cursor_is_refused_before_anything_is_read() {
    let seeded = Seeded::open().await;
    let asked = BoardQuery {
        after: Some("elsewhere".to_owned()),
        ..query(BoardKind::Overdue)
    };
    let overseer = actor(Role::GovernmentOffice);
    let refused = seeded
        .office
        .board(&overseer, &asked, moment(date(2026, 6, 1)))
        .await;
    assert!(matches!(refused, Err(OfficeError::Invalid(faults)) if faults[0].field == "after"));
}
