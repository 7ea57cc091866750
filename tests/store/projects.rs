use grid_approvals::statute::calendar::date;
use grid_approvals::statute::clock::EventKind;
use grid_approvals::statute::division::County;
use grid_approvals::store::{ListKind, ProjectFilter, StoreError};

use crate::on_both;
use crate::world::{World, on};

on_both!(
    a_form_posted_twice_makes_one_project,
    a_project_reads_back_as_it_was_made,
    the_list_narrows_and_turns_its_pages,
);

async fn a_form_posted_twice_makes_one_project(world: World) {
    let tx = world.store.begin().await.expect("a transaction");
    let id = tx
        .insert_project(&world.new_project("桥北", "key"))
        .await
        .expect("made");
    tx.commit().await.expect("committed");
    let tx = world.store.begin().await.expect("a transaction");
    assert_eq!(
        tx.project_by_request_key("key").await.expect("read"),
        Some(id)
    );
    let again = tx
        .insert_project(&world.new_project("桥北", "key"))
        .await
        .expect_err("twice");
    assert!(matches!(again, StoreError::Duplicate(_)), "{again}");
}

async fn a_project_reads_back_as_it_was_made(world: World) {
    let mut new = world.new_project("桥北220千伏输变电工程", "key");
    new.code = Some("2020-210500-44-02-016343".to_owned());
    new.facts.counties = vec![County::Mingshan, County::Huanren];
    let tx = world.store.begin().await.expect("a transaction");
    let id = tx.insert_project(&new).await.expect("made");
    tx.commit().await.expect("committed");
    let project = world
        .store
        .reader()
        .project(id)
        .await
        .expect("read")
        .expect("the project");
    assert_eq!(
        (&project.name, &project.code, &project.facts),
        (&new.name, &new.code, &new.facts)
    );
    assert_eq!(
        (project.created_on, project.created_by),
        (new.created_on, world.person)
    );
}

async fn the_list_narrows_and_turns_its_pages(world: World) {
    for n in 0..7 {
        world.filing(&format!("线路{n}号"), "site-selection").await;
    }
    let late = world.filing("桥北50%变电站", "site-selection").await;
    world
        .append(late, &on(2, EventKind::Submitted))
        .await
        .expect("appended");
    world
        .append(late, &on(3, EventKind::Accepted))
        .await
        .expect("appended");
    let reader = world.store.reader();
    let day = date(2027, 1, 4);
    let all = ProjectFilter {
        limit: 3,
        ..ProjectFilter::default()
    };
    let first = reader.projects(&all, day).await.expect("a page");
    assert_eq!((first.rows.len(), first.total), (3, 8));
    assert_eq!(first.rows[0].project.name, "桥北50%变电站");
    assert_eq!((first.rows[0].steps, first.rows[0].overdue), (1, 1));
    let mut seen = first.rows.len();
    let mut after = first.next;
    while let Some(next) = after {
        let page = reader
            .projects(
                &ProjectFilter {
                    after: Some(next),
                    ..all.clone()
                },
                day,
            )
            .await
            .expect("a page");
        seen += page.rows.len();
        after = page.next;
    }
    assert_eq!(seen, 8);
    let found = |filter: ProjectFilter| {
        let reader = reader.clone();
        async move { reader.projects(&filter, day).await.expect("a page").total }
    };
    let text = |text: &str| ProjectFilter {
        text: text.to_owned(),
        ..all.clone()
    };
    assert_eq!(found(text("线路")).await, 7);
    assert_eq!(found(text("50%")).await, 1);
    assert_eq!(
        found(text("5_%")).await,
        0,
        "a mark of the pattern is a letter like any other"
    );
    let county = |county| ProjectFilter {
        county: Some(county),
        ..all.clone()
    };
    assert_eq!(found(county(County::Mingshan)).await, 8);
    assert_eq!(found(county(County::Xihu)).await, 0);
    assert_eq!(
        found(ProjectFilter {
            volts: Some(66_000),
            ..all.clone()
        })
        .await,
        8
    );
    let board = |kind| ProjectFilter {
        on_board: Some(kind),
        ..all.clone()
    };
    assert_eq!(found(board(ListKind::Overdue)).await, 1);
    assert_eq!(found(board(ListKind::NearDue)).await, 0);
    assert_eq!(
        found(ProjectFilter {
            open: Some(false),
            ..all.clone()
        })
        .await,
        0
    );
    assert_eq!(
        found(ProjectFilter {
            bureau: Some(world.bureau),
            ..all.clone()
        })
        .await,
        8
    );
}
