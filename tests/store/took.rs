//! What decided steps took is read by step and bureau, the decided ones only.

use grid_approvals::statute::calendar::date;
use grid_approvals::statute::clock::{Event, EventKind};
use grid_approvals::statute::plan::StepId;
use grid_approvals::store::{BureauId, FilingId};

use crate::on_both;
use crate::world::World;

on_both!(only_granted_and_denied_steps_of_the_bureau_are_drawn_from,);

async fn go(world: &World, filing: FilingId, events: &[(u32, EventKind)]) {
    for (day, kind) in events {
        let event = Event {
            on: date(2026, 11, *day),
            kind: kind.clone(),
        };
        world.append(filing, &event).await.expect("appended");
    }
}

async fn only_granted_and_denied_steps_of_the_bureau_are_drawn_from(world: World) {
    use EventKind::{Accepted, Denied, Granted, Submitted, Withdrawn};
    for (name, events) in [
        ("甲", vec![(2, Submitted), (3, Accepted), (9, Granted)]),
        ("乙", vec![(2, Submitted), (4, Accepted), (6, Denied)]),
        ("丙", vec![(2, Submitted), (4, Withdrawn)]),
        ("丁", vec![(2, Submitted), (4, Accepted)]),
    ] {
        let filing = world.filing(name, "site-selection").await;
        go(&world, filing, &events).await;
    }
    let other = world.filing("戊", "road-crossing").await;
    go(
        &world,
        other,
        &[(2, Submitted), (3, Accepted), (5, Granted)],
    )
    .await;

    let bureau = world.bureau;
    let pair = (bureau, StepId::from("site-selection"));
    let nobody = (BureauId(bureau.0 + 1000), StepId::from("site-selection"));
    let asked = [pair.clone(), nobody];
    let found = world.store.reader().handled(&asked).await.expect("read");
    assert_eq!(found.len(), 1);
    let days: Vec<_> = found[&pair]
        .iter()
        .map(|one| (one.submitted_on, one.decided_on))
        .collect();
    let day = |day| date(2026, 11, day);
    assert_eq!(days, [(day(2), day(9)), (day(2), day(6))]);
}
