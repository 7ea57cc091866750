//! What was told and done in supervision is kept; a rung is told once, a notice numbered once.

use chrono::NaiveDate;
use grid_approvals::office::{Moment, Office};
use grid_approvals::statute::calendar::{Calendar, date};
use grid_approvals::statute::clock::{Event, EventKind};
use grid_approvals::statute::plan::parse::{BUILT_IN_NAME, BUILT_IN_TEXT};
use grid_approvals::statute::supervision::{CaseAct, CaseState};
use grid_approvals::store::record::Role;
use grid_approvals::store::{
    CaseFilter, CaseId, FilingId, NewCase, NewCaseEntry, NewMessage, NewPersonRow, RungTold, Store,
    StoreError,
};
use sea_orm::{ConnectionTrait, Database};

use crate::on_both;
use crate::world::{World, noon};

on_both!(
    a_rung_is_told_once_for_the_date_that_it_refers_to,
    what_was_told_and_done_is_kept,
    a_filing_has_one_open_case,
    notices_are_numbered_without_gaps_a_year,
    cases_come_open_ones_first_by_the_day_they_rank_by,
    turns_from_several_servers_at_once_tell_each_rung_once,
    a_message_is_read_once_and_kept,
);

fn rung(filing: FilingId, refers_to: NaiveDate) -> RungTold {
    RungTold {
        filing,
        rung: "warning".to_owned(),
        refers_to,
        on: date(2026, 11, 9),
        told: "经办人：李科长".to_owned(),
        at: noon(date(2026, 11, 10)),
    }
}

async fn tell(world: &World, rungs: &[RungTold]) -> usize {
    let tx = world.store.begin().await.expect("a transaction");
    let told = tx.tell_rungs(rungs).await.expect("told").len();
    tx.commit().await.expect("committed");
    told
}

fn opened(on: NaiveDate) -> NewCaseEntry {
    NewCaseEntry {
        act: CaseAct::Opened {
            words: "超期".to_owned(),
        },
        on,
        person: None,
        person_name: "系统按督办规则".to_owned(),
        at: noon(on),
    }
}

async fn open(world: &World, filing: FilingId, due_on: NaiveDate) -> Option<CaseId> {
    let on = due_on.succ_opt().expect("a day");
    let case = NewCase {
        filing,
        bureau: world.bureau,
        opened_on: on,
        due_on: Some(due_on),
    };
    let tx = world.store.begin().await.expect("a transaction");
    let opened = tx.open_cases(&[(case, opened(on))]).await.expect("opened");
    tx.commit().await.expect("committed");
    opened.first().map(|(_, id)| *id)
}

async fn add(world: &World, id: CaseId, seq: u32, act: CaseAct) -> Result<(), StoreError> {
    let on = date(2026, 11, 12);
    let entry = NewCaseEntry {
        act,
        person: Some(world.person),
        person_name: "王工".to_owned(),
        ..opened(on)
    };
    let tx = world.store.begin().await?;
    tx.add_to_case(id, seq, &entry).await?;
    tx.commit().await
}

fn closed() -> CaseAct {
    CaseAct::Closed {
        words: "办结".to_owned(),
    }
}

async fn a_rung_is_told_once_for_the_date_that_it_refers_to(world: World) {
    let filing = world.filing("桥北", "site-selection").await;
    let (first, moved) = (date(2026, 11, 12), date(2026, 11, 20));
    assert_eq!(tell(&world, &[rung(filing, first)]).await, 1);
    assert_eq!(tell(&world, &[rung(filing, first)]).await, 0);
    let both = [rung(filing, first), rung(filing, moved)];
    assert_eq!(tell(&world, &both).await, 1);
    let told = world.store.reader().rungs_told(filing).await.expect("read");
    assert_eq!(told, both);
}

async fn what_was_told_and_done_is_kept(world: World) {
    let filing = world.filing("桥北", "site-selection").await;
    tell(&world, &[rung(filing, date(2026, 11, 12))]).await;
    let id = open(&world, filing, date(2026, 11, 9))
        .await
        .expect("a case");
    add(&world, id, 2, closed()).await.expect("closed");
    let tx = world.store.begin().await.expect("a transaction");
    tx.issue_notice(id, 1, "CODE", date(2026, 11, 12))
        .await
        .expect("issued");
    tx.commit().await.expect("committed");
    let door = Database::connect(&world.url).await.expect("a door");
    for statement in [
        "UPDATE supervision_rung SET told = ''",
        "DELETE FROM supervision_rung",
        "UPDATE supervision_entry SET payload = '{}'",
        "DELETE FROM supervision_entry",
        "UPDATE supervision_notice SET number = 9",
        "DELETE FROM supervision_notice",
        "UPDATE supervision_case SET state = 'opened', closed = FALSE, closed_on = NULL",
        "UPDATE supervision_case SET filing_id = filing_id + 1",
        "DELETE FROM supervision_case",
    ] {
        let refused = door.execute_unprepared(statement).await;
        let words = refused.expect_err(statement).to_string();
        assert!(words.contains("kept"), "{statement}: {words}");
    }
    let reader = world.store.reader();
    let case = reader.case(id).await.expect("read").expect("there");
    assert_eq!(
        (case.state, case.closed_on),
        (CaseState::Closed, Some(date(2026, 11, 12)))
    );
    let entries = reader.case_entries(&[id]).await.expect("read");
    let acts: Vec<_> = entries
        .iter()
        .map(|one| (one.seq, one.act.code()))
        .collect();
    assert_eq!(acts, [(1, "opened"), (2, "closed")]);
    // The same place in a case is taken once.
    assert!(add(&world, id, 2, closed()).await.is_err());
}

async fn a_filing_has_one_open_case(world: World) {
    let filing = world.filing("桥北", "site-selection").await;
    let first = open(&world, filing, date(2026, 11, 9))
        .await
        .expect("a case");
    assert_eq!(open(&world, filing, date(2026, 11, 10)).await, None);
    add(&world, first, 2, closed()).await.expect("closed");
    let second = open(&world, filing, date(2026, 11, 10)).await;
    assert!(second.is_some_and(|second| second != first));
    let entries = world.store.reader().case_entries(&[first]).await;
    assert_eq!(entries.expect("read").len(), 2);
}

async fn notices_are_numbered_without_gaps_a_year(world: World) {
    let mut cases = Vec::new();
    for name in ["甲", "乙", "丙", "丁"] {
        let filing = world.filing(name, "site-selection").await;
        cases.push(
            open(&world, filing, date(2026, 11, 9))
                .await
                .expect("a case"),
        );
    }
    let tasks: Vec<_> = cases
        .iter()
        .map(|id| {
            let (store, id) = (world.store.clone(), *id);
            tokio::spawn(async move {
                let tx = store.begin().await?;
                tx.issue_notice(id, 1, &format!("CODE{id}"), date(2026, 11, 12))
                    .await?;
                tx.commit().await
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no panic").expect("issued");
    }
    add(&world, cases[0], 2, closed()).await.expect("closed");
    let tx = world.store.begin().await.expect("a transaction");
    // One that was not kept leaves no gap.
    tx.issue_notice(cases[0], 2, "LOST", date(2026, 12, 31))
        .await
        .expect("issued");
    drop(tx);
    let tx = world.store.begin().await.expect("a transaction");
    tx.issue_notice(cases[0], 2, "NEXT", date(2027, 1, 4))
        .await
        .expect("issued");
    tx.commit().await.expect("committed");
    let reader = world.store.reader();
    let notices = reader.notices_of(&cases).await.expect("read");
    let mut numbers: Vec<_> = notices.iter().map(|one| (one.year, one.number)).collect();
    numbers.sort_unstable();
    assert_eq!(
        numbers,
        [(2026, 1), (2026, 2), (2026, 3), (2026, 4), (2027, 1)]
    );
    let by_code = reader.notice_by_code("NEXT").await.expect("read");
    assert_eq!(by_code.map(|one| one.year), Some(2027));
    assert_eq!(reader.notice_by_code("LOST").await.expect("read"), None);
}

async fn cases_come_open_ones_first_by_the_day_they_rank_by(world: World) {
    let mut ids = Vec::new();
    for (name, day) in [("甲", 12), ("乙", 5), ("丙", 9), ("丁", 9)] {
        let filing = world.filing(name, "site-selection").await;
        let id = open(&world, filing, date(2026, 11, day)).await;
        ids.push(id.expect("a case"));
    }
    add(&world, ids[1], 2, closed()).await.expect("closed");
    let reader = world.store.reader();
    let order = [ids[2], ids[3], ids[0], ids[1]];
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let filter = CaseFilter {
            after,
            limit: 1,
            ..CaseFilter::default()
        };
        let page = reader.cases(&filter).await.expect("read");
        let Some(last) = page.last() else {
            break;
        };
        after = Some((last.closed_on.is_some(), last.ranks_on, last.id));
        seen.extend(page.iter().map(|case| case.id));
    }
    assert_eq!(seen, order);
    let of = |state| CaseFilter {
        state: Some(state),
        bureau: Some(world.bureau),
        limit: 9,
        after: None,
    };
    let closed = reader.cases(&of(CaseState::Closed)).await.expect("read");
    assert_eq!(closed.iter().map(|c| c.id).collect::<Vec<_>>(), [ids[1]]);
    let opened = reader.cases(&of(CaseState::Opened)).await.expect("read");
    assert_eq!(opened.len(), 3);
    let mut counts = reader.case_counts(None).await.expect("read");
    counts.sort_by_key(|(_, state, _)| *state);
    let bureau = world.bureau;
    assert_eq!(
        counts,
        [
            (bureau, CaseState::Opened, 3),
            (bureau, CaseState::Closed, 1)
        ]
    );
}

async fn turns_from_several_servers_at_once_tell_each_rung_once(world: World) {
    let mut filings = Vec::new();
    for n in 0..12 {
        let filing = world.filing(&format!("工程{n}"), "site-selection").await;
        for kind in [EventKind::Submitted, EventKind::Accepted] {
            let on = date(2026, 9, 2);
            world
                .append(filing, &Event { on, kind })
                .await
                .expect("appended");
        }
        filings.push(filing);
    }
    let tx = world.store.begin().await.expect("a transaction");
    for (login, role) in [
        (
            "jingban",
            Role::Officer {
                bureau: world.bureau,
            },
        ),
        ("ducha", Role::GovernmentOffice),
    ] {
        tx.insert_person(&NewPersonRow {
            login: login.to_owned(),
            name: login.to_owned(),
            role,
            password_hash: "x".to_owned(),
            lead: false,
        })
        .await
        .expect("a person");
    }
    // The catalogue as it is, so that the office can read the steps' names.
    tx.commit().await.expect("committed");
    let at = Moment {
        today: date(2026, 10, 20),
        now: noon(date(2026, 10, 20)),
    };
    let mut tasks = Vec::new();
    for _ in 0..4 {
        let store = Store::open(&world.url).await.expect("another server");
        let calendar = Calendar::official().clone();
        let office = Office::new(store, (BUILT_IN_NAME, BUILT_IN_TEXT), calendar);
        let office = office.expect("an office");
        tasks.push(tokio::spawn(async move {
            // What another server holds is tried again, as the courier does at its next turn.
            let mut tries = 0;
            loop {
                match office.turn(at).await {
                    Ok(turned) => return turned,
                    Err(error) if tries > 20 => panic!("{error}"),
                    Err(_) => tries += 1,
                }
            }
        }));
    }
    let (mut rungs, mut cases, mut messages) = (0, 0, 0);
    for task in tasks {
        let turned = task.await.expect("no panic");
        rungs += turned.rungs;
        cases += turned.cases;
        messages += turned.messages;
    }
    let reader = world.store.reader();
    let mut kept = 0;
    for filing in &filings {
        let told = reader.rungs_told(*filing).await.expect("read");
        let names: Vec<&str> = told.iter().map(|one| one.rung.as_str()).collect();
        assert_eq!(names, ["warning", "overdue", "notice", "deputy-mayor"]);
        assert_eq!(reader.cases_of(*filing).await.expect("read").len(), 1);
        kept += told.len();
    }
    let door = Database::connect(&world.url).await.expect("a door");
    let statement = sea_orm::Statement::from_string(
        door.get_database_backend(),
        "SELECT COUNT(*) AS n FROM message",
    );
    let row = door.query_one_raw(statement).await.expect("read");
    let n: i64 = row.expect("a row").try_get("", "n").expect("a number");
    // The officer hears of three rungs, the government's office of two.
    assert_eq!(n, 12 * 5);
    assert_eq!(reader.turn_day().await.expect("read"), Some(at.today));
    // A transaction whose answer was lost may have been kept: what is counted is at most this.
    assert!(rungs <= kept && cases <= 12 && messages <= 60);
}

async fn a_message_is_read_once_and_kept(world: World) {
    let message = |n: u32| NewMessage {
        person: world.person,
        kind: "warning".to_owned(),
        subject: format!("第{n}条"),
        body: "正文".to_owned(),
        link: "/filings/1".to_owned(),
        belongs_on: date(2026, 11, n),
        at: noon(date(2026, 11, 12)),
    };
    let all: Vec<_> = (1..=5).map(message).collect();
    let tx = world.store.begin().await.expect("a transaction");
    tx.insert_messages(&all).await.expect("written");
    tx.commit().await.expect("committed");
    let reader = world.store.reader();
    let person = world.person;
    let page = reader.inbox(person, false, None, 2).await.expect("read");
    let subjects: Vec<&str> = page.iter().map(|one| one.subject.as_str()).collect();
    assert_eq!(subjects, ["第5条", "第4条"]);
    let next = reader.inbox(person, false, Some(page[1].id), 9).await;
    assert_eq!(next.expect("read").len(), 3);
    let (early, late) = (noon(date(2026, 11, 13)), noon(date(2026, 11, 14)));
    let tx = world.store.begin().await.expect("a transaction");
    for now in [early, late] {
        let read = tx.read_message(person, page[1].id, now).await;
        assert!(read.expect("read").is_some());
    }
    assert_eq!(tx.read_messages(person, page[1].id, late).await, Ok(3));
    tx.commit().await.expect("committed");
    assert_eq!(reader.inbox_counts(person).await, Ok((5, 1)));
    let fresh = reader.inbox(person, true, None, 9).await.expect("read");
    assert_eq!(fresh.len(), 1);
    let all = reader.inbox(person, false, None, 9).await.expect("read");
    assert_eq!(all[1].read_at, Some(early), "read once");
    let door = Database::connect(&world.url).await.expect("a door");
    for statement in [
        "UPDATE message SET subject = ''",
        "UPDATE message SET read_at = '2026-12-01T04:00:00+00:00' WHERE subject = '第4条'",
        "DELETE FROM message",
    ] {
        let refused = door.execute_unprepared(statement).await;
        let words = refused.expect_err(statement).to_string();
        assert!(words.contains("kept"), "{statement}: {words}");
    }
}
