//! Difficulties, meetings, decisions and what became of them: kept as they were said, settled once.

use chrono::NaiveDate;
use grid_approvals::statute::calendar::date;
use grid_approvals::store::{
    BureauId, Called, Closed, DecisionAct, DecisionId, DecisionState, DecisionStep,
    DifficultyCounts, DifficultyFilter, DifficultyId, Hand, NewDifficulty, Owner, Reader,
};
use sea_orm::{ConnectionTrait, Database};

use crate::on_both;
use crate::world::{World, noon};

on_both!(
    a_matter_reads_back_as_it_was_entered,
    what_was_said_is_kept_and_settled_once,
    a_decision_moves_only_from_where_it_is,
    a_bureau_sees_its_projects_and_what_has_brought_it_in,
    pages_of_difficulties_agree_with_their_counts,
    what_is_owed_is_open_the_most_pressing_first,
);

fn day(day: u32) -> NaiveDate {
    date(2026, 11, day)
}

fn hand(world: &World) -> Hand {
    Hand {
        person: world.person,
        name: "王工".to_owned(),
        at: noon(day(3)),
    }
}

/// The county's bureau, which decides no step of these projects.
async fn other(world: &World) -> BureauId {
    let bureaus = world.store.reader().bureaus().await.expect("bureaus");
    bureaus[1].id
}

async fn raise(world: &World, name: &str, needs: &[BureauId]) -> DifficultyId {
    let filing = world.filing(name, "site-selection").await;
    let row = world.store.reader().filing(filing).await.expect("read");
    let new = NewDifficulty {
        project: row.expect("there").project,
        filing: Some(filing),
        bureau: None,
        title: format!("{name}的困难"),
        words: "两村都主张权属".to_owned(),
        needs: needs.to_vec(),
        on: day(3),
    };
    let tx = world.store.begin().await.expect("a transaction");
    let id = tx.insert_difficulty(&new, &hand(world)).await;
    tx.commit().await.expect("committed");
    id.expect("a difficulty")
}

/// A meeting on the 5th with one decision, due on that day.
async fn decided(world: &World, id: DifficultyId, owner: Owner, due: u32) -> DecisionId {
    let called = Called {
        bureaus: vec![world.bureau],
        bodies: vec!["water".to_owned()],
        company: true,
    };
    let hand = hand(world);
    let tx = world.store.begin().await.expect("a transaction");
    let meeting = tx
        .insert_meeting(id, (day(5), "会议室", &called), &hand)
        .await
        .expect("a meeting");
    let matter = tx.matter(id).await.expect("read").expect("there");
    let meeting = matter.meetings.iter().find(|one| one.id == meeting);
    let new = (owner, "核实界址", day(due));
    let decision = tx
        .insert_decision(meeting.expect("the meeting"), new, &hand)
        .await
        .expect("a decision");
    tx.commit().await.expect("committed");
    decision
}

async fn step(
    world: &World,
    decision: DecisionId,
    from: DecisionState,
    step: DecisionStep,
) -> bool {
    let act = DecisionAct {
        decision,
        step,
        on: day(6),
        words: "已核实".to_owned(),
        person_name: "李工".to_owned(),
    };
    let tx = world.store.begin().await.expect("a transaction");
    let done = tx.insert_decision_act(from, &act, &hand(world)).await;
    tx.commit().await.expect("committed");
    done.expect("no fault")
}

async fn close(world: &World, id: DifficultyId) -> bool {
    let closed = Closed {
        resolved: false,
        on: day(9),
        words: "撤回".to_owned(),
        by_name: "赵立".to_owned(),
    };
    let tx = world.store.begin().await.expect("a transaction");
    let done = tx.close_difficulty(id, &closed, &hand(world)).await;
    tx.commit().await.expect("committed");
    done.expect("no fault")
}

async fn minutes(world: &World, id: DifficultyId) -> bool {
    let tx = world.store.begin().await.expect("a transaction");
    let matter = tx.matter(id).await.expect("read").expect("there");
    let meeting = matter.meetings[0].id;
    let done = tx.write_minutes(meeting, "议定一项", &hand(world)).await;
    tx.commit().await.expect("committed");
    done.expect("no fault")
}

async fn a_matter_reads_back_as_it_was_entered(world: World) {
    let county = other(&world).await;
    let id = raise(&world, "桥北", &[county]).await;
    let decision = decided(&world, id, Owner::Bureau(world.bureau), 9).await;
    assert!(
        step(
            &world,
            decision,
            DecisionState::Open,
            DecisionStep::Reported
        )
        .await
    );
    assert!(minutes(&world, id).await);
    let reader = world.store.reader();
    let matter = reader.matter(id).await.expect("read").expect("there");
    assert_eq!(matter.difficulty.title, "桥北的困难");
    assert_eq!(matter.difficulty.needs, [county]);
    assert_eq!(matter.difficulty.closed, None);
    let mut brought_in = vec![county, world.bureau];
    brought_in.sort_unstable();
    assert_eq!(matter.brought_in, brought_in);
    let meeting = &matter.meetings[0];
    assert_eq!((meeting.on, meeting.place.as_str()), (day(5), "会议室"));
    assert_eq!(meeting.called.bodies, ["water"]);
    assert!(meeting.called.company);
    let written = meeting.minutes.as_ref().expect("minutes");
    assert_eq!(written.words, "议定一项");
    let [found] = matter.decisions.as_slice() else {
        panic!("one decision, not {:?}", matter.decisions);
    };
    assert_eq!((found.id, found.meeting), (decision, meeting.id));
    assert_eq!(found.state, DecisionState::Reported);
    assert_eq!(found.owner, Owner::Bureau(world.bureau));
    assert_eq!((matter.acts[0].on, matter.acts.len()), (day(6), 1));
    let nobody = reader.matter(DifficultyId(999)).await.expect("read");
    assert_eq!(nobody, None);
}

async fn what_was_said_is_kept_and_settled_once(world: World) {
    let id = raise(&world, "桥北", &[world.bureau]).await;
    let decision = decided(&world, id, Owner::Company, 9).await;
    assert!(minutes(&world, id).await);
    assert!(!minutes(&world, id).await);
    for (from, to) in [
        (DecisionState::Open, DecisionStep::Reported),
        (DecisionState::Reported, DecisionStep::Confirmed),
    ] {
        assert!(step(&world, decision, from, to).await);
    }
    let door = Database::connect(&world.url).await.expect("a door");
    let half = "UPDATE difficulty SET closed = 'resolved'";
    assert!(door.execute_unprepared(half).await.is_err());
    assert!(close(&world, id).await);
    assert!(!close(&world, id).await);
    for (statement, says) in [
        ("UPDATE difficulty SET title = 'x'", "kept as it was raised"),
        (
            "UPDATE difficulty SET closed_words = 'x'",
            "kept as it was raised",
        ),
        ("DELETE FROM difficulty", "kept as it was raised"),
        ("UPDATE difficulty_bureau SET bureau_id = 2", "stays in"),
        ("DELETE FROM difficulty_bureau", "stays in"),
        (
            "UPDATE coordination_meeting SET minutes = 'x'",
            "kept as it was called",
        ),
        ("DELETE FROM coordination_meeting", "kept as it was called"),
        (
            "UPDATE coordination_decision SET state = 'open'",
            "kept as it was taken",
        ),
        ("DELETE FROM coordination_decision", "kept as it was taken"),
        ("UPDATE decision_act SET words = 'x'", "is kept"),
        ("DELETE FROM decision_act", "is kept"),
    ] {
        let refused = door.execute_unprepared(statement).await;
        let words = refused.expect_err(statement).to_string();
        assert!(words.contains(says), "{statement}: {words}");
    }
    // Before it is settled, what was said does not move either.
    let other = raise(&world, "偏岭", &[]).await;
    let owed = decided(&world, other, Owner::Company, 9).await;
    for statement in [
        format!("UPDATE difficulty SET words = 'x' WHERE id = {other}"),
        format!(
            "UPDATE coordination_meeting SET on_day = '2026-11-20' WHERE difficulty_id = {other}"
        ),
        format!("UPDATE coordination_decision SET due_on = '2027-01-01' WHERE id = {owed}"),
        format!("UPDATE coordination_decision SET owner_bureau = 1 WHERE id = {owed}"),
    ] {
        assert!(
            door.execute_unprepared(&statement).await.is_err(),
            "{statement}"
        );
    }
    if world.url.starts_with("sqlite") {
        for table in [
            "difficulty",
            "difficulty_bureau",
            "coordination_meeting",
            "coordination_decision",
            "decision_act",
        ] {
            let replace = format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}");
            assert!(door.execute_unprepared(&replace).await.is_err(), "{table}");
        }
    }
}

async fn a_decision_moves_only_from_where_it_is(world: World) {
    use DecisionState::{Open, Reported};
    use DecisionStep as Step;
    let id = raise(&world, "桥北", &[]).await;
    let decision = decided(&world, id, Owner::Company, 9).await;
    assert!(!step(&world, decision, Reported, Step::Confirmed).await);
    assert!(step(&world, decision, Open, Step::Reported).await);
    // Two who saw it open: the second is too late.
    assert!(!step(&world, decision, Open, Step::Reported).await);
    assert!(step(&world, decision, Reported, Step::Returned).await);
    assert!(step(&world, decision, Open, Step::Reported).await);
    let reader = world.store.reader();
    let matter = reader.matter(id).await.expect("read").expect("there");
    let steps: Vec<Step> = matter.acts.iter().map(|act| act.step).collect();
    assert_eq!(steps, [Step::Reported, Step::Returned, Step::Reported]);
}

async fn ids(reader: &Reader, filter: &DifficultyFilter) -> Vec<DifficultyId> {
    let rows = reader.difficulties(filter, day(10)).await.expect("rows");
    rows.iter().map(|row| row.difficulty.id).collect()
}

async fn a_bureau_sees_its_projects_and_what_has_brought_it_in(world: World) {
    let county = other(&world).await;
    let foreign = raise(&world, "无关", &[]).await;
    let needed = raise(&world, "需要", &[county]).await;
    let owing = raise(&world, "承办", &[]).await;
    decided(&world, owing, Owner::Bureau(county), 9).await;
    let seen = |bureau| DifficultyFilter {
        bureau: Some(bureau),
        closed: Some(false),
        limit: 50,
        ..DifficultyFilter::default()
    };
    let reader = world.store.reader();
    assert_eq!(ids(&reader, &seen(county)).await, [owing, needed]);
    let own = ids(&reader, &seen(world.bureau)).await;
    assert_eq!(own, [owing, needed, foreign]);
    let counts = reader.difficulty_counts(&seen(county)).await;
    assert_eq!(counts.expect("counts").open, 2);
}

async fn pages_of_difficulties_agree_with_their_counts(world: World) {
    let mut all = Vec::new();
    for name in ["一", "二", "三", "四", "五"] {
        all.push(raise(&world, name, &[]).await);
    }
    assert!(close(&world, all[1]).await);
    assert!(close(&world, all[3]).await);
    decided(&world, all[0], Owner::Company, 9).await;
    decided(&world, all[0], Owner::Company, 10).await;
    let reader = world.store.reader();
    let page = |closed, after, limit| DifficultyFilter {
        closed,
        after,
        limit,
        ..DifficultyFilter::default()
    };
    let first = ids(&reader, &page(Some(false), None, 2)).await;
    assert_eq!(first, [all[4], all[2]]);
    let second = ids(&reader, &page(Some(false), Some(all[2]), 2)).await;
    assert_eq!(second, [all[0]]);
    let closed = ids(&reader, &page(Some(true), None, 9)).await;
    assert_eq!(closed, [all[3], all[1]]);
    let both = ids(&reader, &page(None, None, 9)).await;
    assert_eq!(both, [all[4], all[2], all[0], all[3], all[1]]);
    let counts = reader.difficulty_counts(&DifficultyFilter::default()).await;
    let expected = DifficultyCounts { open: 3, closed: 2 };
    assert_eq!(counts.expect("counts"), expected);
    // On the 10th, what was due on the 9th is late and what is due on the 10th is not.
    let rows = reader
        .difficulties(&page(Some(false), None, 9), day(10))
        .await;
    let rows = rows.expect("rows");
    let told = rows.last().expect("the oldest");
    assert_eq!((told.decisions, told.confirmed, told.overdue), (2, 0, 1));
    assert_eq!(told.project_name, "一");
}

async fn what_is_owed_is_open_the_most_pressing_first(world: World) {
    let id = raise(&world, "桥北", &[]).await;
    let bureau = Owner::Bureau(world.bureau);
    let later = decided(&world, id, bureau, 20).await;
    let sooner = decided(&world, id, bureau, 8).await;
    decided(&world, id, Owner::Company, 7).await;
    let reported = decided(&world, id, bureau, 6).await;
    assert!(
        step(
            &world,
            reported,
            DecisionState::Open,
            DecisionStep::Reported
        )
        .await
    );
    let dropped = raise(&world, "偏岭", &[]).await;
    decided(&world, dropped, bureau, 5).await;
    assert!(close(&world, dropped).await);
    let reader = world.store.reader();
    let owed = reader.decisions_owed(bureau, 10).await.expect("owed");
    let ids: Vec<DecisionId> = owed.iter().map(|one| one.decision.id).collect();
    assert_eq!(ids, [sooner, later]);
    assert_eq!(
        (owed[0].title.as_str(), owed[0].project_name.as_str()),
        ("桥北的困难", "桥北")
    );
    let one = reader.decisions_owed(bureau, 1).await.expect("owed");
    assert_eq!(one.len(), 1);
    let company = reader.decisions_owed(Owner::Company, 10).await;
    assert_eq!(company.expect("owed").len(), 1);
}
