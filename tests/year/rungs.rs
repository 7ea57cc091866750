//! Which rungs the year owes, reckoned from the ledgers alone.
//!
//! After each entry the step is looked at on one day after another, up to the day on which the
//! next entry was typed (which tells first what was due) or the year's last: the first day on
//! which the naive clock says yellow, red, so many days over or accepted by silence is the rung's.
//! What lay in the past when the entry was typed is told from the day after.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use grid_approvals::statute::calendar::Calendar;

use super::ledgers::{Filing, Ledgers, Message, Rung, standing};
use super::{LAST, naive};

/// The rungs of the ladder as `ladder.toml` promises them: the days past the due date, and who
/// hears. Written out here, so that a changed ladder is a changed promise.
const LADDER: [(&str, &[&str]); 5] = [
    ("deemed-acceptance", &["officers", "lead", "company"]),
    ("warning", &["officers"]),
    ("overdue", &["officers", "lead"]),
    ("notice", &["office", "officers", "lead"]),
    ("deputy-mayor", &["deputy-mayor", "office", "lead"]),
];

/// Holds what was told against what the ledgers owe.
pub(crate) fn told_once_and_none_missed(ledgers: &Ledgers) {
    let last: NaiveDate = LAST.parse().expect("a day");
    let owed: BTreeSet<Rung> = ledgers
        .filings
        .iter()
        .flat_map(|filing| owed(filing, last))
        .collect();
    let told: BTreeSet<Rung> = ledgers.rungs.iter().cloned().collect();
    assert_eq!(told.len(), ledgers.rungs.len(), "a rung stands twice");
    let missed: Vec<&Rung> = owed.difference(&told).collect();
    let invented: Vec<&Rung> = told.difference(&owed).collect();
    assert!(
        missed.is_empty() && invented.is_empty(),
        "of {} owed, missed {}: {:?}; told without ground {}: {:?}",
        owed.len(),
        missed.len(),
        missed.first(),
        invented.len(),
        invented.first()
    );
    for (rung, _) in LADDER {
        let times = told.iter().filter(|one| one.rung == rung).count();
        assert!(times > 20, "{rung} was told {times} times: that is no year");
    }
    messages(ledgers, &told);
    let cased: BTreeSet<i64> = ledgers.cases.iter().copied().collect();
    let noticed = told.iter().filter(|one| one.rung == "notice");
    let noticed: BTreeSet<i64> = noticed.map(|one| one.filing).collect();
    assert_eq!(cased, noticed, "a case by rule for each step that is late");
}

/// Each who hears of a rung has its message once.
fn messages(ledgers: &Ledgers, told: &BTreeSet<Rung>) {
    let bureaus: BTreeMap<i64, i64> = ledgers
        .filings
        .iter()
        .map(|filing| (filing.id, filing.bureau))
        .collect();
    let mut owed: Vec<Message> = Vec::new();
    for rung in told {
        let (_, who) = LADDER
            .iter()
            .find(|(id, _)| *id == rung.rung)
            .expect("a rung of the ladder");
        for person in &ledgers.people {
            let own = person.bureau.is_some() && person.bureau == Some(bureaus[&rung.filing]);
            let hears = match person.role.as_str() {
                "officer" if person.lead => own && who.contains(&"lead"),
                "officer" => own && who.contains(&"officers"),
                "company" => who.contains(&"company"),
                "government-office" => who.contains(&"office"),
                "deputy-mayor" => who.contains(&"deputy-mayor"),
                _ => false,
            };
            if hears {
                owed.push(Message {
                    link: format!("/filings/{}", rung.filing),
                    kind: rung.rung.clone(),
                    on: rung.on,
                    person: person.id,
                });
            }
        }
    }
    let of_a_rung = |message: &&Message| LADDER.iter().any(|(id, _)| *id == message.kind);
    let mut sent: Vec<Message> = ledgers.messages.iter().filter(of_a_rung).cloned().collect();
    owed.sort();
    sent.sort();
    assert_eq!(owed.len(), sent.len(), "messages owed, and sent");
    assert!(owed == sent, "the messages are others than the rungs owe");
}

/// The rungs that one step owes.
fn owed(filing: &Filing, last: NaiveDate) -> BTreeSet<Rung> {
    let mut all: BTreeSet<Rung> = BTreeSet::new();
    for typed in 1..=filing.entries.len() {
        let entries = &filing.entries[..typed];
        let typed_on = entries[typed - 1].typed;
        let until = filing.entries.get(typed).map_or(last, |next| next.typed);
        for (rung, refers_to, on) in after(filing, entries, until) {
            let told_from = if on < typed_on {
                typed_on.succ_opt().expect("a next day")
            } else {
                on
            };
            let known = |one: &Rung| one.rung == rung && one.refers_to == refers_to;
            if told_from <= until && !all.iter().any(known) {
                all.insert(Rung {
                    filing: filing.id,
                    rung: rung.to_owned(),
                    refers_to,
                    on,
                });
            }
        }
    }
    all
}

/// What the days after these entries bring, up to `until`: rung, the date it refers to, its day.
fn after(
    filing: &Filing,
    entries: &[super::ledgers::Entry],
    until: NaiveDate,
) -> Vec<(&'static str, NaiveDate, NaiveDate)> {
    let events = standing(entries);
    let Some(last) = events.last() else {
        return Vec::new();
    };
    let mut deemed_before = None;
    let mut found: Vec<(&'static str, NaiveDate, NaiveDate)> = Vec::new();
    let days = last.on.iter_days().take_while(|day| *day <= until);
    for day in days {
        let read = naive::read(
            filing.step,
            &filing.facts,
            &events,
            day,
            Calendar::official(),
        );
        let said = read.expect("what was admitted once");
        let mut meet = |rung: &'static str, refers_to: Option<NaiveDate>| {
            if !found.iter().any(|(known, _, _)| *known == rung) {
                found.push((rung, refers_to.expect("a date"), day));
            }
        };
        // Silence that had accepted before the last entry was told before it.
        let before = *deemed_before.get_or_insert(said.deemed_accepted);
        if said.deemed_accepted && !before {
            meet("deemed-acceptance", Some(day));
        }
        if matches!(said.lamp, "yellow" | "red") {
            meet("warning", said.due_on);
        }
        if said.lamp == "red" {
            meet("overdue", said.due_on);
            for (rung, days) in [("notice", 1), ("deputy-mayor", 5)] {
                if said.overdue_by >= days {
                    meet(rung, said.due_on);
                }
            }
        }
        let standstill =
            matches!(said.status, "suspended" | "correcting") || said.lamp == "untimed";
        if standstill || matches!(said.lamp, "done" | "late") || said.overdue_by > 5 {
            break;
        }
    }
    found
}
