use super::super::testing::{World, at, on, on_new_land};
use super::*;
use crate::office::model::figures::FigureSet;
use crate::office::model::register::RegisterLine;
use crate::statute::clock::{EventKind, Status};
use crate::statute::division::County;
use crate::store::record::Filing;

/// Four site selections accepted on 10 August 2026: one decided late in September, one decided in
/// time, one suspended after its due date, one open; and one that is not due in September.
struct Told {
    world: World,
    late: Filing,
    suspended: Filing,
    open: Filing,
}

async fn told() -> Told {
    let world = World::new().await;
    let mut steps = Vec::new();
    for _ in 0..5 {
        let project = world.project(on_new_land(&[County::Mingshan])).await;
        steps.push(world.filing(project, "site-selection").await);
    }
    let accepted = |month, day| {
        [
            (EventKind::Submitted, (month, day)),
            (EventKind::Accepted, (month, day)),
        ]
    };
    for step in &steps[..4] {
        world.go(step, &accepted(8, 3)).await;
    }
    world.go(&steps[4], &accepted(9, 25)).await;
    let hearing = EventKind::Suspended {
        ground: "hearing".to_owned(),
    };
    world.go(&steps[1], &[(EventKind::Granted, (8, 20))]).await;
    world.go(&steps[2], &[(hearing, (9, 15))]).await;
    world.go(&steps[0], &[(EventKind::Granted, (9, 18))]).await;
    Told {
        late: steps[0].clone(),
        suspended: steps[2].clone(),
        open: steps[3].clone(),
        world,
    }
}

const SEPTEMBER: Month = Month {
    year: 2026,
    month: 9,
};

async fn overseer(world: &World) -> Actor {
    world.hire("watcher", Role::GovernmentOffice).await
}

fn lines(report: &Monthly) -> Vec<(FilingId, Status)> {
    let of = |line: &RegisterLine| (line.filing, line.status);
    let mut lines: Vec<_> = report.overdue.iter().map(|one| of(&one.line)).collect();
    lines.sort_unstable_by_key(|(filing, _)| *filing);
    lines
}

#[tokio::test]
async fn the_report_of_a_past_month_says_what_was_then() {
    let told = told().await;
    let office = &told.world.office;
    let watcher = overseer(&told.world).await;
    // The cases are there: nothing later tells of days that lay before it.
    office.turn(at(9, 30)).await.unwrap();
    let then = office
        .monthly(&watcher, SEPTEMBER, at(9, 30))
        .await
        .unwrap();
    assert!(then.running);
    assert_eq!(then.last, on(9, 30));
    let expected = vec![
        (told.late.id, Status::Granted),
        (told.suspended.id, Status::Suspended),
        (told.open.id, Status::Running),
    ];
    assert_eq!(lines(&then), expected);
    let days: Vec<Option<u32>> = then.overdue.iter().map(|one| one.line.overdue_by).collect();
    assert!(days.is_sorted_by(|a, b| a >= b), "{days:?}");
    assert!(days.iter().all(|days| *days > Some(0)));
    // October: one goes on, one is decided. The report of September stays as it was.
    let world = &told.world;
    world
        .go(&told.suspended, &[(EventKind::Resumed, (10, 12))])
        .await;
    world
        .go(&told.open, &[(EventKind::Granted, (10, 13))])
        .await;
    let later = office
        .monthly(&watcher, SEPTEMBER, at(10, 20))
        .await
        .unwrap();
    assert!(!later.running);
    assert_eq!(later.overdue, then.overdue);
    let october = Month {
        month: 10,
        ..SEPTEMBER
    };
    let report = office.monthly(&watcher, october, at(10, 20)).await.unwrap();
    let expected = [
        (told.suspended.id, Status::Running),
        (told.open.id, Status::Granted),
    ];
    for one in expected {
        assert!(lines(&report).contains(&one), "{one:?}");
    }
    assert!(
        !lines(&report)
            .iter()
            .any(|(filing, _)| *filing == told.late.id)
    );
}

#[tokio::test]
async fn both_tables_come_to_the_same_total_and_each_overdue_step_has_its_case() {
    let told = told().await;
    let office = &told.world.office;
    let watcher = overseer(&told.world).await;
    office.turn(at(9, 30)).await.expect("the daily turn");
    let report = office
        .monthly(&watcher, SEPTEMBER, at(9, 30))
        .await
        .unwrap();
    let sum = |lines: &[super::super::model::figures::FiguresLine], of: fn(&FigureSet) -> u64| {
        lines.iter().map(|line| of(&line.set)).sum::<u64>()
    };
    let counts: [fn(&FigureSet) -> u64; 4] = [
        |set| set.filed,
        |set| set.decided,
        |set| set.late,
        |set| set.suspensions,
    ];
    for of in counts {
        assert_eq!(sum(&report.by_bureau, of), of(&report.total));
        assert_eq!(sum(&report.by_step, of), of(&report.total));
    }
    assert_eq!((report.total.filed, report.total.late), (1, 1));
    let open = report
        .overdue
        .iter()
        .find(|one| one.line.filing == told.open.id);
    assert!(open.expect("the open one").case.is_some());
}

#[tokio::test]
async fn an_officers_report_is_of_the_own_bureau_and_the_company_has_none() {
    let told = told().await;
    let office = &told.world.office;
    let officer = told.world.officer(&told.open);
    let report = office
        .monthly(&officer, SEPTEMBER, at(9, 30))
        .await
        .unwrap();
    assert_eq!(report.overdue.len(), 3);
    let stranger = Actor {
        role: Role::Officer {
            bureau: BureauId(told.open.bureau.0 + 1),
        },
        ..officer
    };
    let none = office
        .monthly(&stranger, SEPTEMBER, at(9, 30))
        .await
        .unwrap();
    assert_eq!((none.overdue.len(), none.total.filed), (0, 0));
    let refused = office
        .monthly(&told.world.company, SEPTEMBER, at(9, 30))
        .await;
    assert!(matches!(refused, Err(OfficeError::Forbidden(_))));
    let ahead = Month {
        year: 2027,
        month: 1,
    };
    let watcher = overseer(&told.world).await;
    let refused = office.monthly(&watcher, ahead, at(9, 30)).await;
    assert!(matches!(refused, Err(OfficeError::Invalid(_))));
}
