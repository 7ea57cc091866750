//! The daily turn over a store.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::testing::{World, at, on, on_new_land};
use super::super::{Actor, InboxQuery, Moment, Role};
use super::*;
use crate::statute::clock::EventKind;
use crate::statute::division::County;
use crate::statute::supervision::CaseState;
use crate::store::record::Filing;

/// A line whose site selection falls due on 30 September 2026, with everybody who hears of it.
struct Late {
    world: World,
    filing: Filing,
    officer: Actor,
    lead: Actor,
    watcher: Actor,
    mayor: Actor,
}

async fn late() -> Late {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Mingshan])).await;
    let filing = world.filing(project, "site-selection").await;
    let bureau = filing.bureau;
    let officer = world.hire("jingban", Role::Officer { bureau }).await;
    let lead = world.hire("fuze", Role::Officer { bureau }).await;
    let watcher = world.hire("ducha", Role::GovernmentOffice).await;
    let mayor = world.hire("fenguan", Role::DeputyMayor).await;
    world
        .office
        .set_lead(&world.administrator, lead.id, true, at(1, 5))
        .await
        .expect("a lead");
    Late {
        world,
        filing,
        officer,
        lead,
        watcher,
        mayor,
    }
}

impl Late {
    async fn accepted(&self) {
        let events = [
            (EventKind::Submitted, (9, 2)),
            (EventKind::Accepted, (9, 2)),
        ];
        self.world.go(&self.filing, &events).await;
    }

    async fn turn(&self, at: Moment) -> Turned {
        self.world.office.turn(at).await.expect("the turn")
    }

    async fn rungs(&self) -> Vec<(String, NaiveDate, NaiveDate)> {
        let reader = self.world.office.store.reader();
        let told = reader.rungs_told(self.filing.id).await.expect("rungs");
        told.into_iter()
            .map(|one| (one.rung, one.refers_to, one.on))
            .collect()
    }

    /// What stands in somebody's inbox, the oldest first.
    async fn inbox(&self, who: &Actor) -> Vec<(String, NaiveDate)> {
        let inbox = self.world.office.inbox(who, &InboxQuery::default()).await;
        let rows = inbox.expect("an inbox").page.rows;
        rows.into_iter()
            .rev()
            .map(|one| {
                let kind = one.subject.split('：').next().unwrap_or_default();
                (kind.to_owned(), one.belongs_on)
            })
            .collect()
    }
}

fn told(rows: &[(&str, NaiveDate)]) -> Vec<(String, NaiveDate)> {
    let own = |(kind, on): &(&str, NaiveDate)| ((*kind).to_owned(), *on);
    rows.iter().map(own).collect()
}

#[tokio::test]
async fn each_hears_of_each_rung_once_on_its_own_day() {
    let late = late().await;
    late.accepted().await;
    let days = on(9, 2).iter_days().take_while(|day| *day <= on(10, 20));
    for day in days {
        let now = day.and_hms_opt(1, 0, 0).expect("an hour").and_utc();
        let at = Moment { today: day, now };
        late.turn(at).await;
        assert_eq!(late.turn(at).await, Turned::default(), "{day}: again");
    }
    let due = on(9, 30);
    let yellow = late.rungs().await[0].2;
    let rungs = late.rungs().await;
    let wanted = [
        ("warning", yellow),
        ("overdue", on(10, 1)),
        ("notice", on(10, 8)),
        ("deputy-mayor", on(10, 13)),
    ];
    let wanted: Vec<_> = wanted
        .iter()
        .map(|(rung, day)| ((*rung).to_owned(), due, *day))
        .collect();
    assert_eq!(rungs, wanted);
    let (warning, overdue) = (("临期预警", yellow), ("超期提示", on(10, 1)));
    let (case, above) = (("督办立案", on(10, 8)), ("报分管市领导", on(10, 13)));
    assert_eq!(
        late.inbox(&late.officer).await,
        told(&[warning, overdue, case])
    );
    assert_eq!(late.inbox(&late.lead).await, told(&[overdue, case, above]));
    assert_eq!(late.inbox(&late.watcher).await, told(&[case, above]));
    assert_eq!(late.inbox(&late.mayor).await, told(&[above]));
    assert_eq!(late.inbox(&late.world.company).await, []);
    let reader = late.world.office.store.reader();
    let cases = reader.cases_of(late.filing.id).await.expect("cases");
    let [case] = cases.as_slice() else {
        panic!("one case, not {cases:?}");
    };
    assert_eq!((case.opened_on, case.due_on), (on(10, 8), Some(due)));
    assert_eq!(case.state, CaseState::Opened);
    let entries = reader.case_entries(&[case.id]).await.expect("entries");
    assert_eq!(entries[0].person, None, "opened by rule");
    assert_eq!(entries[0].on, on(10, 8));
}

/// Whenever nothing else happens, a turn on every day is one turn at the end.
#[tokio::test]
async fn turning_every_day_tells_what_turning_once_at_the_end_tells() {
    let (daily, once) = (late().await, late().await);
    daily.accepted().await;
    once.accepted().await;
    once.turn(at(9, 3)).await;
    for day in on(9, 3).iter_days().take_while(|day| *day <= on(11, 6)) {
        let now = day.and_hms_opt(1, 0, 0).expect("an hour").and_utc();
        daily.turn(Moment { today: day, now }).await;
    }
    let after_a_stop = once.turn(at(11, 6)).await;
    assert_eq!((after_a_stop.rungs, after_a_stop.cases), (4, 1));
    assert_eq!(daily.rungs().await, once.rungs().await);
    for (a, b) in [
        (&daily.officer, &once.officer),
        (&daily.lead, &once.lead),
        (&daily.watcher, &once.watcher),
        (&daily.mayor, &once.mayor),
    ] {
        // The same messages with the same days, and in the order of those days.
        let told = once.inbox(b).await;
        assert_eq!(daily.inbox(a).await, told);
        assert!(told.is_sorted_by_key(|(_, on)| *on));
    }
    let case = |late: &Late| late.world.office.store.reader();
    let days = async |late: &Late| {
        let cases = case(late).cases_of(late.filing.id).await.expect("cases");
        let days: Vec<_> = cases.iter().map(|c| (c.opened_on, c.due_on)).collect();
        days
    };
    assert_eq!(days(&daily).await, days(&once).await);
}

#[tokio::test]
async fn what_an_entry_typed_late_brings_is_told_from_the_day_after() {
    let late = late().await;
    late.turn(at(10, 20)).await;
    assert_eq!(late.rungs().await, []);
    let world = &late.world;
    for kind in [EventKind::Submitted, EventKind::Accepted] {
        world
            .record(&late.filing, kind, on(9, 2), at(10, 20))
            .await
            .expect("recorded late");
    }
    // Whoever types a week's entries is not told between two of them that the step is overdue.
    assert_eq!(late.turn(at(10, 20)).await, Turned::default());
    let turned = late.turn(at(10, 21)).await;
    assert_eq!((turned.rungs, turned.cases), (4, 1));
    let days: Vec<_> = late.rungs().await.into_iter().map(|one| one.2).collect();
    assert_eq!(days[1..], [on(10, 1), on(10, 8), on(10, 13)]);
}

/// The server stood still for a month; meanwhile the step was late. The entry that ends it first
/// tells what the days had brought, in its own transaction.
#[tokio::test]
async fn what_a_stop_would_have_overtaken_is_told_before_the_entry_that_ends_it() {
    let late = late().await;
    late.accepted().await;
    late.turn(at(9, 3)).await;
    let decide = |on, at| late.world.record(&late.filing, EventKind::Granted, on, at);
    // An entry that is refused tells nothing: its transaction is dropped.
    decide(on(8, 30), at(10, 30))
        .await
        .expect_err("out of order");
    assert_eq!(late.rungs().await, []);
    decide(on(10, 9), at(10, 30)).await.expect("decided late");
    let days: Vec<_> = late.rungs().await.into_iter().map(|one| one.2).collect();
    assert_eq!(days[1..], [on(10, 1), on(10, 8), on(10, 13)]);
    assert_eq!(late.inbox(&late.lead).await.len(), 3);
    let reader = late.world.office.store.reader();
    let cases = reader.cases_of(late.filing.id).await.expect("cases");
    assert_eq!(cases.len(), 1);
    assert_eq!(late.turn(at(10, 30)).await, Turned::default());
}

/// Typed on one day, in the order in which it happened: the decision came in time.
#[tokio::test]
async fn a_history_that_is_typed_at_once_warns_of_nothing_in_it() {
    let late = late().await;
    for (kind, day) in [
        (EventKind::Submitted, on(9, 2)),
        (EventKind::Accepted, on(9, 2)),
        (EventKind::Granted, on(9, 30)),
    ] {
        late.world
            .record(&late.filing, kind, day, at(10, 20))
            .await
            .expect("typed late");
    }
    assert_eq!(late.turn(at(10, 21)).await, Turned::default());
    assert_eq!(late.rungs().await, []);
}

#[tokio::test]
async fn a_suspended_step_is_told_of_by_nobody_and_a_moved_due_date_anew() {
    let late = late().await;
    late.accepted().await;
    let yellow = |rungs: Vec<(String, NaiveDate, NaiveDate)>| -> Vec<NaiveDate> {
        rungs.into_iter().map(|one| one.1).collect()
    };
    late.turn(at(9, 29)).await;
    assert_eq!(yellow(late.rungs().await), [on(9, 30)]);
    let hearing = EventKind::Suspended {
        ground: "hearing".to_owned(),
    };
    late.world.go(&late.filing, &[(hearing, (9, 29))]).await;
    assert_eq!(late.turn(at(10, 20)).await, Turned::default());
    late.world
        .go(&late.filing, &[(EventKind::Resumed, (10, 20))])
        .await;
    let turned = late.turn(at(10, 20)).await;
    assert_eq!(turned.rungs, 1, "the warning of the new due date");
    assert_eq!(yellow(late.rungs().await), [on(9, 30), on(10, 21)]);
    assert_eq!(late.turn(at(10, 21)).await, Turned::default());
    // A Thursday: red and one working day over at once.
    assert_eq!(late.turn(at(10, 22)).await.rungs, 2);
}

#[tokio::test]
async fn silence_is_told_and_enters_no_ledger() {
    let late = late().await;
    let submitted = [(EventKind::Submitted, (9, 2))];
    late.world.go(&late.filing, &submitted).await;
    assert_eq!(late.turn(at(9, 9)).await, Turned::default());
    let turned = late.turn(at(9, 10)).await;
    assert_eq!((turned.rungs, turned.messages), (1, 3));
    let silence = told(&[("视为受理提示", on(9, 10))]);
    for who in [&late.officer, &late.lead, &late.world.company] {
        assert_eq!(late.inbox(who).await, silence);
    }
    assert_eq!(late.world.ledger(late.filing.id).await.len(), 1);
    late.world.assert_sound().await;
    let rungs: BTreeSet<String> = late.rungs().await.into_iter().map(|one| one.0).collect();
    assert_eq!(rungs, BTreeSet::from(["deemed-acceptance".to_owned()]));
}

#[tokio::test]
async fn a_message_is_new_until_its_own_reader_has_read_it() {
    let late = late().await;
    late.accepted().await;
    late.turn(at(10, 13)).await;
    let office = &late.world.office;
    let query = InboxQuery {
        new_only: true,
        after: None,
    };
    let inbox = office.inbox(&late.watcher, &query).await.expect("an inbox");
    assert_eq!((inbox.fresh, inbox.page.total), (2, 2));
    let newest = inbox.page.rows[0].id;
    let other = office.read_message(&late.mayor, newest, at(10, 13)).await;
    assert!(matches!(other, Err(OfficeError::NotFound(_))));
    let link = office
        .read_message(&late.watcher, newest, at(10, 13))
        .await
        .expect("read");
    assert_eq!(link, format!("/filings/{}", late.filing.id));
    let again = office.read_message(&late.watcher, newest, at(10, 14)).await;
    assert_eq!(again.expect("read again"), link);
    let inbox = office.inbox(&late.watcher, &query).await.expect("an inbox");
    assert_eq!((inbox.fresh, inbox.page.rows.len()), (1, 1));
    let marked = office
        .read_messages(&late.watcher, newest, at(10, 14))
        .await
        .expect("read");
    assert_eq!(marked, 1);
    let lead = office.inbox(&late.lead, &query).await.expect("an inbox");
    assert_eq!(lead.fresh, 3, "another's are still new");
}
