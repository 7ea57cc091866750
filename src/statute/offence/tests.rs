use super::*;
use crate::statute::calendar::date;
use crate::statute::plan::Plan;

fn rules() -> &'static [OffenceRule] {
    &Plan::built_in().offences
}

fn day(day: u32) -> NaiveDate {
    date(2026, 11, day)
}

fn progress() -> Entry {
    Entry::Progress {
        words: "现场勘验".to_owned(),
    }
}

fn to(to: BureauKind) -> Entry {
    Entry::Transferred {
        to,
        reason: "查系盗伐林木".to_owned(),
    }
}

fn closed() -> Entry {
    Entry::Closed {
        outcome: Outcome::Settled,
        words: "已清理".to_owned(),
    }
}

fn reported() -> Standing {
    let report = Dated {
        on: day(2),
        what: Entry::Reported,
    };
    read(BureauKind::Police, &[report]).expect("a report")
}

/// Admits one after another on the same day; the first refusal ends it.
fn after(entries: &[Entry]) -> Result<Standing, Refused> {
    entries.iter().try_fold(reported(), |standing, what| {
        let new = Dated {
            on: day(3),
            what: what.clone(),
        };
        admit(standing, &new, rules(), day(20))
    })
}

#[test]
fn every_kind_has_one_bureau_and_all_three_bureaus_have_a_kind() {
    let taken: Vec<_> = OffenceKind::ALL
        .iter()
        .map(|kind| {
            let mut of = rules().iter().filter(|rule| rule.kind == *kind);
            let rule = of.next().expect("a rule");
            assert!(of.next().is_none(), "{kind:?} has two rules");
            assert!(rule.source.inferred, "{kind:?}: the clause does not pair");
            assert!(rule.source.cite.starts_with("方案第14条"));
            rule.bureau
        })
        .collect();
    assert_eq!(
        taken,
        [
            BureauKind::Forestry,
            BureauKind::Housing,
            BureauKind::Police
        ]
    );
    assert!(taken.iter().all(|kind| HANDLERS.contains(kind)));
}

#[test]
fn an_offence_is_received_handled_and_closed() {
    let states: Vec<State> = (0..=4)
        .map(|n| {
            let all = [Entry::Received, progress(), progress(), closed()];
            after(&all[..n]).expect("admitted").state
        })
        .collect();
    use State::{Closed, Received, Reported};
    assert_eq!(states, [Reported, Received, Received, Received, Closed]);
}

#[test]
fn a_transferred_offence_is_the_other_bureaus_and_must_be_received_there() {
    let forestry = BureauKind::Forestry;
    let sent = after(&[Entry::Received, to(forestry)]).expect("sent");
    assert_eq!((sent.state, sent.holder), (State::Transferred, forestry));
    let handled = after(&[Entry::Received, to(forestry), progress()]);
    assert_eq!(handled, Err(Refused::NotReceived));
    let back = after(&[to(forestry), to(BureauKind::Police), Entry::Received]);
    assert_eq!(back.map(|there| there.holder), Ok(BureauKind::Police));
}

#[test]
fn what_may_not_follow_is_refused_by_its_rule() {
    let cases = [
        (vec![progress()], Refused::NotReceived),
        (vec![closed()], Refused::NotReceived),
        (
            vec![Entry::Received, Entry::Received],
            Refused::ReceivedAlready,
        ),
        (vec![to(BureauKind::Police)], Refused::ToItself),
        (vec![to(BureauKind::Transport)], Refused::NotAHandler),
        (vec![Entry::Reported], Refused::NotTheReport),
    ];
    for (entries, refused) in cases {
        assert_eq!(after(&entries), Err(refused), "{entries:?}");
    }
    let over = [Entry::Received, closed()];
    for next in [
        Entry::Received,
        progress(),
        to(BureauKind::Forestry),
        closed(),
    ] {
        let entries = [over.as_slice(), &[next]].concat();
        assert_eq!(after(&entries), Err(Refused::Closed), "{entries:?}");
    }
}

#[test]
fn days_neither_go_back_nor_lie_ahead() {
    let received = |on| Dated {
        on,
        what: Entry::Received,
    };
    let admit = |on| admit(reported(), &received(on), rules(), day(5)).map(|after| after.last_on);
    let (on, last) = (day(1), day(2));
    assert_eq!(admit(on), Err(Refused::BeforeTheLast { on, last }));
    assert_eq!(admit(day(2)), Ok(day(2)));
    assert_eq!(admit(day(5)), Ok(day(5)));
    assert_eq!(admit(day(6)), Err(Refused::NotYet { on: day(6) }));
}

#[test]
fn a_ledger_begins_with_the_report_and_only_so() {
    let received = Dated {
        on: day(3),
        what: Entry::Received,
    };
    let police = BureauKind::Police;
    assert_eq!(read(police, &[]), Err(Refused::NotTheReport));
    assert_eq!(read(police, &[received]), Err(Refused::NotTheReport));
}

#[test]
fn every_refusal_says_in_chinese_what_is_open() {
    let (on, last) = (day(1), day(2));
    for refused in [
        Refused::NobodyTakesIt,
        Refused::NotYet { on },
        Refused::BeforeTheLast { on, last },
        Refused::ReceivedAlready,
        Refused::NotReceived,
        Refused::Closed,
        Refused::NotAHandler,
        Refused::ToItself,
        Refused::NotTheReport,
    ] {
        let words = refused.detail();
        assert!(
            words.contains("方案第14条") || words.contains("日期"),
            "{words}"
        );
        assert!(words.contains([';']), "{words} leaves no way");
        assert!(refused.rule().is_ascii());
    }
}

#[test]
fn codes_read_back_what_they_write() {
    for kind in OffenceKind::ALL {
        assert_eq!(OffenceKind::from_code(kind.code()), Some(kind));
    }
    for outcome in Outcome::ALL {
        assert_eq!(Outcome::from_code(outcome.code()), Some(outcome));
    }
    for state in State::ALL {
        assert_eq!(State::from_code(state.code()), Some(state));
    }
    assert_eq!(OffenceKind::from_code("arson"), None);
}
