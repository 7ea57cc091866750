//! The lexicon has a word for every code, and no two states share one.

use std::collections::BTreeSet;

use crate::office::OfficeError;
use crate::statute::clock::{EventKind, Lamp, Rule, Status};
use crate::statute::offence::{OffenceKind, Outcome, State};
use crate::statute::plan::condition::Fact;
use crate::view::words;

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn no_two_states_and_no_two_lamps_share_a_word_or_a_shape() {
    let states: BTreeSet<_> = Status::ALL.into_iter().map(words::status).collect();
    assert_eq!(states.len(), Status::ALL.len());
    let lamps = [
        Lamp::None,
        Lamp::Green,
        Lamp::Yellow,
        Lamp::Red,
        Lamp::Paused,
        Lamp::Untimed,
        Lamp::Done,
        Lamp::Late,
    ];
    let named: BTreeSet<_> = lamps.into_iter().map(words::lamp).collect();
    let drawn: BTreeSet<_> = lamps.into_iter().map(words::lamp_shape).collect();
    assert_eq!((named.len(), drawn.len()), (lamps.len(), lamps.len()));
}

#[test]
fn no_two_offences_states_or_outcomes_share_a_word() {
    let kinds: BTreeSet<_> = OffenceKind::ALL
        .into_iter()
        .map(words::offence_kind)
        .collect();
    let states: BTreeSet<_> = State::ALL.into_iter().map(words::offence_state).collect();
    let outcomes: BTreeSet<_> = Outcome::ALL
        .into_iter()
        .map(words::offence_outcome)
        .collect();
    assert_eq!((kinds.len(), states.len(), outcomes.len()), (3, 4, 3));
    let all = kinds.into_iter().chain(states).chain(outcomes);
    assert!(all.into_iter().all(is_chinese));
}

#[test]
fn every_rule_of_the_contract_is_worded() {
    let rules = [
        Rule::OutOfOrder,
        Rule::AlreadyDecided,
        Rule::WrongState,
        Rule::OneTimeNotice,
        Rule::NotForThisStep,
        Rule::AnnouncementTooShort,
        Rule::GroundNotAllowed,
        Rule::ExtensionNotAllowed,
        Rule::ExtensionTooLate,
        Rule::ClockNotStarted,
        Rule::UnknownEvent,
    ];
    for rule in rules {
        let worded = words::rule(rule.code());
        assert!(
            worded.is_some_and(is_chinese),
            "{} has no words",
            rule.code()
        );
    }
    for rule in ["future-day", "before-calendar", "waits-for", "joint-filing"] {
        assert!(words::rule(rule).is_some(), "{rule} has no words");
    }
}

#[test]
fn every_reason_behind_a_date_is_worded_with_its_figure() {
    let reasons = [
        "start",
        "first-day",
        "limit",
        "suspension",
        "extension",
        "announcement",
        "last-day",
        "five-day-rule",
        "untimed",
        "provisional",
    ];
    for reason in reasons {
        assert!(is_chinese(&words::because(reason, Some(7))), "{reason}");
    }
    assert_eq!(
        words::because("limit", Some(7)),
        "时限7个工作日，到这一天为止"
    );
    assert_eq!(
        words::because("suspension", None),
        "正在中止，恢复之前没有到期日"
    );
}

#[test]
fn every_fact_of_a_project_is_worded() {
    let worded: BTreeSet<_> = words::FACTS.iter().map(|fact| fact.field).collect();
    let named: BTreeSet<_> = Fact::NAMES.iter().copied().collect();
    assert_eq!(worded, named);
}

#[test]
fn an_event_is_told_with_its_ground_and_days() {
    let suspended = EventKind::Suspended {
        ground: "expert-review".to_owned(),
    };
    assert_eq!(
        words::event_done(&suspended),
        "已记录：中止计时（专家评审）"
    );
    assert_eq!(
        words::event(&EventKind::Announced { days: 30 }),
        "发布拟征收土地公告（30日）"
    );
    assert_eq!(words::act_of_code("materials-requested"), "一次性告知补正");
}

#[test]
fn a_voltage_has_no_needless_zeros() {
    let told = [400, 10_000, 66_000, 35_500].map(words::kilovolts);
    assert_eq!(told, ["0.4", "10", "66", "35.5"]);
}

#[test]
fn what_the_store_says_is_never_shown() {
    let secret = "SQLITE_BUSY: database is locked";
    let told = words::trouble(&OfficeError::Store(secret.to_owned()));
    assert!(!format!("{told:?}").contains("SQLITE"));
    assert!(is_chinese(&told.detail));
}
