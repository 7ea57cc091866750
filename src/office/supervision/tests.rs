//! A case through its life, over a store.

use super::super::testing::{World, at, on, on_new_land};
use super::super::{InboxQuery, Moment, Role, SupervisionQuery};
use super::*;
use crate::statute::clock::EventKind;
use crate::statute::division::County;
use crate::statute::supervision::CaseState;

struct Case {
    world: World,
    filing: Filing,
    officer: Actor,
    other: Actor,
    watcher: Actor,
    mayor: Actor,
}

/// A step that was due on 30 September 2026, on 8 October, with its case.
async fn overdue() -> Case {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Mingshan])).await;
    let filing = world.filing(project, "site-selection").await;
    let county = world.filing(project, "county-initial-review").await;
    let bureau = filing.bureau;
    let officer = world.hire("jingban", Role::Officer { bureau }).await;
    let bureau = county.bureau;
    let other = world.hire("mingshan", Role::Officer { bureau }).await;
    let watcher = world.hire("ducha", Role::GovernmentOffice).await;
    let mayor = world.hire("fenguan", Role::DeputyMayor).await;
    let events = [
        (EventKind::Submitted, (9, 2)),
        (EventKind::Accepted, (9, 2)),
    ];
    world.go(&filing, &events).await;
    world.office.turn(at(10, 8)).await.expect("the turn");
    Case {
        world,
        filing,
        officer,
        other,
        watcher,
        mayor,
    }
}

fn words() -> String {
    "请尽快".to_owned()
}

fn notice() -> Supervising {
    Supervising::Notice {
        requirement: "请说明超期原因。".to_owned(),
        answer_by: on(10, 12),
    }
}

fn answer() -> Supervising {
    Supervising::Answer {
        cause: "现场复核".to_owned(),
        promised_on: on(10, 16),
        words: "专人办理".to_owned(),
    }
}

impl Case {
    async fn act(&self, who: &Actor, what: Supervising, at: Moment) -> Result<(), OfficeError> {
        let filing = self.filing.id;
        let wish = Supervise { filing, what };
        self.world.office.supervise(who, wish, at).await
    }

    async fn state(&self) -> CaseState {
        let cases = self
            .world
            .office
            .store
            .reader()
            .cases_of(self.filing.id)
            .await;
        cases.expect("cases")[0].state
    }

    async fn newest(&self, who: &Actor) -> String {
        let inbox = self.world.office.inbox(who, &InboxQuery::default()).await;
        let rows = inbox.expect("an inbox").page.rows;
        rows.first()
            .map(|one| one.subject.clone())
            .unwrap_or_default()
    }
}

fn rule(refused: Result<(), OfficeError>) -> &'static str {
    match refused {
        Err(OfficeError::Rule(refused)) => refused.rule,
        other => panic!("expected a rule, got {other:?}"),
    }
}

#[tokio::test]
async fn a_case_is_asked_answered_weighed_and_closed_after_the_decision() {
    let case = overdue().await;
    let close = || Supervising::Close { words: words() };
    let early = case.act(&case.officer, answer(), at(10, 8)).await;
    assert_eq!(rule(early), "supervision-order");
    case.act(&case.watcher, notice(), at(10, 8))
        .await
        .expect("asked");
    assert!(
        case.newest(&case.officer)
            .await
            .starts_with("发出督办通知单")
    );
    case.act(&case.officer, answer(), at(10, 9))
        .await
        .expect("answered");
    assert!(case.newest(&case.watcher).await.starts_with("答复督办"));
    let back = Supervising::SendBack { words: words() };
    case.act(&case.watcher, back, at(10, 9))
        .await
        .expect("sent back");
    assert_eq!(case.state().await, CaseState::SentBack);
    case.act(&case.officer, answer(), at(10, 10))
        .await
        .expect("answered again");
    let accept = Supervising::Accept { words: words() };
    case.act(&case.watcher, accept, at(10, 12))
        .await
        .expect("taken");
    let undecided = case.act(&case.watcher, close(), at(10, 12)).await;
    assert_eq!(rule(undecided), "supervision-undecided");
    let granted = [(EventKind::Granted, (10, 14))];
    case.world.go(&case.filing, &granted).await;
    assert_eq!(case.state().await, CaseState::Accepted, "not by itself");
    case.act(&case.watcher, close(), at(10, 14))
        .await
        .expect("closed");
    assert_eq!(case.state().await, CaseState::Closed);
    let again = case.act(&case.watcher, close(), at(10, 14)).await;
    assert_eq!(rule(again), "supervision-order");
    let open = Supervising::Open { words: words() };
    let after = case.act(&case.watcher, open, at(10, 14)).await;
    assert_eq!(rule(after), "supervision-decided");
}

#[tokio::test]
async fn only_the_office_asks_only_the_bureau_answers_and_others_see_nothing() {
    let case = overdue().await;
    for (who, sees) in [
        (&case.officer, true),
        (&case.mayor, true),
        (&case.world.administrator, true),
        (&case.other, false),
        (&case.world.company, false),
    ] {
        let refused = case.act(who, notice(), at(10, 8)).await;
        match (refused, sees) {
            (Err(OfficeError::Forbidden(_)), true) | (Err(OfficeError::NotFound(_)), false) => {}
            other => panic!("{}: {other:?}", who.login),
        }
        let page = case.world.office.step_page(who, case.filing.id, at(10, 8));
        let page = page.await.expect("the step's page");
        assert_eq!(page.supervision.is_some(), sees, "{}", who.login);
    }
    case.act(&case.watcher, notice(), at(10, 8))
        .await
        .expect("asked");
    for who in [&case.watcher, &case.mayor] {
        let refused = case.act(who, answer(), at(10, 8)).await;
        assert!(matches!(refused, Err(OfficeError::Forbidden(_))));
    }
    let reader = case.world.office.store.reader();
    let cases = reader.cases_of(case.filing.id).await.expect("cases");
    let notices = reader.notices_of(&[cases[0].id]).await.expect("notices");
    for (who, sees) in [(&case.officer, true), (&case.other, false)] {
        let notice = case.world.office.notice(who, notices[0].id).await;
        assert_eq!(notice.is_ok(), sees);
    }
    let query = SupervisionQuery::default();
    let list = case
        .world
        .office
        .supervision(&case.world.company, &query, at(10, 8));
    assert!(matches!(list.await, Err(OfficeError::Forbidden(_))));
    let other = case
        .world
        .office
        .supervision(&case.other, &query, at(10, 8));
    assert_eq!(other.await.expect("a list").page.rows, []);
    let own = case
        .world
        .office
        .supervision(&case.officer, &query, at(10, 8));
    assert_eq!(own.await.expect("a list").page.rows.len(), 1);
}

#[tokio::test]
async fn a_notice_reads_the_same_after_the_ledger_has_gone_on() {
    let case = overdue().await;
    case.act(&case.watcher, notice(), at(10, 9))
        .await
        .expect("asked");
    let reader = case.world.office.store.reader();
    let cases = reader.cases_of(case.filing.id).await.expect("cases");
    let notices = reader.notices_of(&[cases[0].id]).await.expect("notices");
    let [made] = notices.as_slice() else {
        panic!("one notice, not {notices:?}");
    };
    assert_eq!((made.year, made.number), (2026, 1));
    let page = case.world.office.notice(&case.officer, made.id).await;
    let before = page.expect("the notice").paper;
    assert_eq!(before.title, "督办通知单");
    assert_eq!(before.serial, "本溪市人民政府办公室督办〔2026〕第1号");
    assert!(
        before.body[0].contains("应于2026年9月30日办结"),
        "{before:?}"
    );
    assert!(
        before.body[0].contains("截至2026年10月9日已超期2个工作日"),
        "{before:?}"
    );
    let names: Vec<&str> = before
        .fields
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "编号",
            "工作事项",
            "工作要求",
            "责任单位",
            "责任人",
            "时限要求"
        ]
    );
    let granted = [(EventKind::Granted, (10, 14))];
    case.world.go(&case.filing, &granted).await;
    let page = case.world.office.notice(&case.officer, made.id).await;
    assert_eq!(page.expect("the notice").paper, before);
    let checked = case.world.office.check_paper(&before.code).await;
    let checked = checked.expect("the store").expect("found");
    assert_eq!(
        (checked.title, checked.serial),
        (before.title, before.serial)
    );
}

#[tokio::test]
async fn the_office_may_open_a_case_early_but_one_at_a_time_and_on_what_was_filed() {
    let case = overdue().await;
    let open = || Supervising::Open { words: words() };
    let again = case.act(&case.watcher, open(), at(10, 8)).await;
    assert_eq!(rule(again), "supervision-open");
    let project = case.world.project(on_new_land(&[County::Mingshan])).await;
    let fresh = case.world.filing(project, "site-selection").await;
    let wish = |what| Supervise {
        filing: fresh.id,
        what,
    };
    let office = &case.world.office;
    let unfiled = office
        .supervise(&case.watcher, wish(open()), at(10, 8))
        .await;
    assert_eq!(rule(unfiled), "supervision-unfiled");
    let submitted = [(EventKind::Submitted, (10, 8))];
    case.world.go(&fresh, &submitted).await;
    let blank = Supervising::Open {
        words: " ".to_owned(),
    };
    let blank = office
        .supervise(&case.watcher, wish(blank), at(10, 8))
        .await;
    assert!(matches!(blank, Err(OfficeError::Invalid(_))));
    office
        .supervise(&case.watcher, wish(open()), at(10, 8))
        .await
        .expect("opened");
    let list = office
        .supervision(&case.watcher, &SupervisionQuery::default(), at(10, 8))
        .await
        .expect("a list");
    let filings: Vec<FilingIdOf> = list.page.rows.iter().map(|row| row.card.id).collect();
    // The longest overdue first.
    assert_eq!(filings, [case.filing.id, fresh.id]);
    assert_eq!((list.counts.open(), list.page.total), (2, 2));
}

type FilingIdOf = crate::store::FilingId;
