//! A change of facts keeps what they were; rows written anew keep their place.

use grid_approvals::statute::calendar::date;
use grid_approvals::statute::division::County;
use grid_approvals::statute::plan::ProjectFacts;
use grid_approvals::store::record::Standing;
use grid_approvals::store::{FactsChange, NewFilingRow, ProjectFilter};
use sea_orm::{ConnectionTrait, Database};

use crate::on_both;
use crate::world::{World, noon};

on_both!(
    a_change_keeps_what_the_facts_were,
    a_row_written_anew_keeps_its_place_and_tells_its_standing,
);

fn change(before: &ProjectFacts, after: &ProjectFacts) -> FactsChange {
    FactsChange {
        before: before.clone(),
        after: after.clone(),
        reason: "线路改线".to_owned(),
        on: date(2026, 11, 5),
        person: grid_approvals::store::PersonId(1),
        person_name: "王工".to_owned(),
        at: noon(date(2026, 11, 5)),
    }
}

async fn a_change_keeps_what_the_facts_were(world: World) {
    let filing = world.filing("桥北", "road-crossing").await;
    let reader = world.store.reader();
    let filing = reader.filing(filing).await.expect("read").expect("there");
    let before = reader.project(filing.project).await.expect("read");
    let before = before.expect("there").facts;
    let after = ProjectFacts {
        green_hills: true,
        counties: vec![County::Pingshan, County::Huanren],
        ..before.clone()
    };
    let mut first = change(&before, &after);
    first.person = world.person;
    let tx = world.store.begin().await.expect("a transaction");
    tx.change_facts(filing.project, &first)
        .await
        .expect("changed");
    tx.commit().await.expect("committed");
    let now = reader.project(filing.project).await.expect("read");
    assert_eq!(now.expect("there").facts, after);
    let changes = reader.facts_changes(filing.project).await.expect("read");
    assert_eq!(changes, [first]);
    let of = async |county| {
        let filter = ProjectFilter {
            county: Some(county),
            limit: 9,
            ..ProjectFilter::default()
        };
        let rows = reader.projects(&filter, date(2026, 11, 5)).await;
        rows.expect("read").rows.len()
    };
    assert_eq!(of(County::Huanren).await, 1);
    assert_eq!(of(County::Mingshan).await, 0);
    let door = Database::connect(&world.url).await.expect("a door");
    for statement in [
        "UPDATE facts_change SET reason = 'x'",
        "DELETE FROM facts_change",
    ] {
        let refused = door.execute_unprepared(statement).await;
        let words = refused.expect_err(statement).to_string();
        assert!(words.contains("changes of facts are kept"), "{words}");
    }
    if world.url.starts_with("sqlite") {
        let replace = "INSERT OR REPLACE INTO facts_change SELECT * FROM facts_change";
        assert!(door.execute_unprepared(replace).await.is_err());
    }
}

async fn a_row_written_anew_keeps_its_place_and_tells_its_standing(world: World) {
    let id = world.filing("桥北", "road-crossing").await;
    let reader = world.store.reader();
    let mut filing = reader.filing(id).await.expect("read").expect("there");
    filing.standing = Standing::Superseded;
    filing.ready = false;
    filing.turning.untimed = true;
    filing.decided_under = Some(Box::new(ProjectFacts {
        counties: vec![County::Mingshan],
        ..ProjectFacts::default()
    }));
    let tx = world.store.begin().await.expect("a transaction");
    tx.project_anew(std::slice::from_ref(&filing))
        .await
        .expect("written");
    let second = NewFilingRow {
        run: 2,
        succeeds: Some(id),
        ..world.new_filing(filing.project, "road-crossing")
    };
    let made = tx.insert_filings(&[second]).await.expect("a second run");
    tx.commit().await.expect("committed");
    let all = reader
        .filings_of_project(filing.project)
        .await
        .expect("read");
    assert_eq!(all.len(), 2);
    assert_eq!(all[0], filing);
    assert_eq!(
        (all[1].id, all[1].run, all[1].succeeds),
        (made[0], 2, Some(id))
    );
    // A run that another has followed is no step of the project any more.
    let filter = ProjectFilter {
        limit: 9,
        ..ProjectFilter::default()
    };
    let listed = reader
        .projects(&filter, date(2026, 11, 5))
        .await
        .expect("read");
    assert_eq!(listed.rows[0].steps, 1);
}
