use super::*;
use crate::office::testing::{World, at, on, on_new_land};
use crate::statute::division::County;
use crate::store::Details;

#[tokio::test]
async fn a_ledger_that_was_not_laid_out_is_not_taken_for_an_empty_one() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Xihu])).await;
    world
        .file_jointly(project, on(9, 2))
        .await
        .expect("jointly");
    let reader = world.office.store.reader();
    let filings = reader.filings_of_project(project).await.expect("filings");
    let facts = on_new_land(&[County::Xihu]);
    let plan = Plan::built_in();
    let mut desk = Desk::new(
        plan,
        &facts,
        Arc::new(Calendar::official().clone()),
        filings,
    )
    .expect("a desk");
    let city = world.filing(project, "land-pre-review").await;
    let actor = world.officer(&city);
    let kind = EventKind::Accepted;
    let bureau = city.bureau;
    let act = crate::office::actor::Act::Record {
        kind: &kind,
        bureau,
    };
    let permit = crate::office::actor::permit(&actor, act).expect("its own bureau");
    let wish = Wish {
        filing: city.id,
        kind: &kind,
        on: on(9, 3),
        note: None,
        details: &Details::default(),
        there: &[],
        despite_missing: true,
    };
    let refused = desk.record(&permit, &actor, wish, at(9, 3));
    assert!(matches!(refused, Err(OfficeError::Store(_))), "{refused:?}");
}
