//! The year's figures, reckoned from the raw ledgers: days are counted by looking at each of them,
//! the clock is the naive one, sums are kept in plain lists.
//!
//! What each figure counts is promised in `docs/figures.md`; this file reads that promise a second
//! time and takes nothing from `statute::figures` but the shape of the answer.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use grid_approvals::office::model::figures::{
    FigureSet, Figures, FiguresBy, FiguresKey, FiguresQuery, ProjectFigures,
};
use grid_approvals::office::model::late::Month;
use grid_approvals::office::{Actor, Moment, Office, PersonId, Role};
use grid_approvals::statute::calendar::Calendar;
use grid_approvals::statute::clock::{Event, EventKind};
use grid_approvals::statute::plan::Starter;
use grid_approvals::statute::plan::parse::{BUILT_IN_NAME, BUILT_IN_TEXT};
use grid_approvals::store::Store;

use super::ledgers::{Filing, Ledgers, standing};
use super::{FROM, LAST, naive};

/// The figures of one group in the making.
#[derive(Default)]
struct Sum {
    set: FigureSet,
    used: Vec<u32>,
}

/// One thing that counts: when, and what it adds.
type Count = (NaiveDate, Box<dyn Fn(&mut Sum)>);

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Working days after `from` up to and including `to`, looked at one by one.
fn worked(from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    from.iter_days()
        .skip(1)
        .take_while(|day| *day <= to)
        .filter(|day| Calendar::official().is_working(*day))
        .collect()
}

fn count(on: NaiveDate, add: impl Fn(&mut Sum) + 'static) -> Count {
    (on, Box::new(add))
}

/// Everything that one run of a step adds to the figures.
fn counts(filing: &Filing) -> Vec<Count> {
    let last = day(LAST);
    let events = standing(&filing.entries);
    let read = |events: &[Event], on| {
        naive::read(filing.step, &filing.facts, events, on, Calendar::official())
            .expect("what was admitted once")
    };
    let mut all = Vec::new();
    for entry in filing.entries.iter().filter(|entry| entry.by_hand) {
        if (entry.typed - entry.event.on).num_days() > 1 {
            all.push(count(entry.typed, |sum| sum.set.typed_late += 1));
        }
    }
    let handed_in = events.iter().find(|e| e.kind == EventKind::Submitted);
    let Some(handed_in) = handed_in else {
        return all;
    };
    all.push(count(handed_in.on, |sum| sum.set.filed += 1));
    let end = read(&events, last);
    if let Some(accepted) = end.accepted_on {
        let silent = u64::from(end.deemed_accepted);
        all.push(count(accepted, move |sum| {
            sum.set.accepted += 1;
            sum.set.accepted_by_silence += silent;
        }));
    }
    for (at, event) in events.iter().enumerate() {
        if matches!(event.kind, EventKind::Suspended { .. }) {
            let due = read(&events[..at], event.on).due_on;
            let on_due = u64::from(due == Some(event.on));
            let after_due = u64::from(due.is_some_and(|due| due < event.on));
            all.push(count(event.on, move |sum| {
                sum.set.suspensions += 1;
                sum.set.suspensions_on_last_day += on_due;
                sum.set.suspensions_after_due += after_due;
            }));
        }
    }
    all.extend(decision(filing, &events, &end));
    all
}

/// What the decision adds.
fn decision(filing: &Filing, events: &[Event], end: &naive::Answer) -> Option<Count> {
    let last = events.last()?;
    let kind = last.kind.code().to_owned();
    if !["granted", "denied", "rejected", "withdrawn"].contains(&kind.as_str()) {
        return None;
    }
    let (late, used) = (end.overdue_by > 0, end.used);
    let on_last_day = end.due_on == Some(last.on);
    let mut still = 0;
    let mut since = None;
    for event in events {
        match event.kind {
            EventKind::Suspended { .. } => since = Some(event.on),
            EventKind::Resumed => {
                still += worked(since.take().expect("suspended"), event.on).len() as u64;
            }
            _ => {}
        }
    }
    let opinion = events
        .iter()
        .find(|event| event.kind == EventKind::CountyOpinionReceived);
    let waits = filing.step.starts.contains(&Starter::CountyOpinionReceived);
    let waited = match (end.accepted_on, opinion) {
        (Some(accepted), Some(opinion)) if waits => worked(accepted, opinion.on).len() as u64,
        _ => 0,
    };
    Some(count(last.on, move |sum| {
        let set = &mut sum.set;
        match kind.as_str() {
            "rejected" => set.rejected += 1,
            "withdrawn" => {
                set.withdrawn += 1;
                set.withdrawn_late += u64::from(late);
            }
            merits => {
                set.decided += 1;
                set.granted += u64::from(merits == "granted");
                set.denied += u64::from(merits == "denied");
                set.suspended += u64::from(still > 0);
                set.suspended_days += still;
                set.waited += u64::from(waited > 0);
                set.waited_days += waited;
                match used {
                    None => set.without_limit += 1,
                    Some(used) => {
                        set.with_limit += 1;
                        set.late += u64::from(late);
                        set.on_time += u64::from(!late);
                        set.on_last_day += u64::from(on_last_day);
                        sum.used.push(used);
                    }
                }
            }
        }
    }))
}

/// Each finished project with the day of its last decision.
fn finished(ledgers: &Ledgers) -> Vec<(NaiveDate, ProjectFigures)> {
    let mut projects: BTreeMap<i64, Vec<&Filing>> = BTreeMap::new();
    for filing in &ledgers.filings {
        projects.entry(filing.project).or_default().push(filing);
    }
    projects
        .into_values()
        .filter_map(|f| side_by_side(&f))
        .collect()
}

fn side_by_side(filings: &[&Filing]) -> Option<(NaiveDate, ProjectFigures)> {
    let mut spans = Vec::new();
    for filing in filings {
        let events = standing(&filing.entries);
        let first = events.iter().find(|e| e.kind == EventKind::Submitted)?;
        let last = events.last().filter(|e| e.kind == EventKind::Granted)?;
        spans.push((first.on, last.on));
    }
    let first = spans.iter().map(|(first, _)| *first).min()?;
    let last = spans.iter().map(|(_, last)| *last).max()?;
    let days: Vec<Vec<NaiveDate>> = spans.iter().map(|(a, b)| worked(*a, *b)).collect();
    let in_hand: BTreeSet<NaiveDate> = days.iter().flatten().copied().collect();
    let elapsed = worked(first, last);
    let idle = elapsed.iter().filter(|day| !in_hand.contains(day)).count();
    let figures = ProjectFigures {
        finished: 1,
        one_after_another: days.iter().map(|days| days.len() as u64).sum(),
        elapsed: elapsed.len() as u64,
        idle: idle as u64,
    };
    Some((last, figures))
}

fn add(all: &mut Option<ProjectFigures>, one: ProjectFigures) {
    let all = all.get_or_insert_default();
    all.finished += one.finished;
    all.one_after_another += one.one_after_another;
    all.elapsed += one.elapsed;
    all.idle += one.idle;
}

/// The value at the place that `percent` of a hundred give, from 1 (nearest rank).
fn nearest_rank(values: &mut [u32], percent: usize) -> u32 {
    values.sort_unstable();
    let place = (values.len() * percent).div_ceil(100);
    values[place - 1]
}

fn word(key: &FiguresKey) -> String {
    match key {
        FiguresKey::Month(month) => month.to_string(),
        FiguresKey::Bureau(bureau) => bureau.id.to_string(),
        FiguresKey::Step(step, _) => step.to_string(),
    }
}

/// Holds one group against its second reckoning.
fn agrees(what: &str, mut said: FigureSet, mut sum: Sum) {
    let spread = said.used.take();
    assert_eq!(said, sum.set, "{what}");
    let n = sum.used.len();
    assert_eq!(spread.map_or(0, |spread| spread.n), n as u64, "{what}: n");
    if let Some(spread) = spread {
        assert_eq!(spread.median, nearest_rank(&mut sum.used, 50), "{what}");
        assert_eq!(spread.p90, nearest_rank(&mut sum.used, 90), "{what}");
    }
}

/// Holds every figure of the year, by month, bureau and step, against the ledgers.
pub(crate) async fn agree(url: &str, ledgers: &Ledgers) {
    let store = Store::open(url).await.expect("a store");
    let catalogue = (BUILT_IN_NAME, BUILT_IN_TEXT);
    let office = Office::new(store, catalogue, Calendar::official().clone()).expect("an office");
    let watcher = Actor {
        id: PersonId(1),
        login: "zhengfuban".to_owned(),
        name: "市政府办公室督查".to_owned(),
        role: Role::GovernmentOffice,
        bureau: None,
        lead: false,
    };
    let today = day(LAST);
    let now = today.and_hms_opt(12, 0, 0).expect("an hour").and_utc();
    // What the last server had no time for.
    office
        .turn(Moment { today, now })
        .await
        .expect("a last turn");
    for by in FiguresBy::ALL {
        let query = FiguresQuery {
            from: Month::of(day(FROM)),
            to: Month::of(today),
            bureau: None,
            step: None,
            by,
        };
        let said = office
            .figures(&watcher, &query, Moment { today, now })
            .await
            .expect("figures");
        assert_eq!(said.owed, 0, "figures are owed");
        held(&said, ledgers, by);
    }
}

fn held(said: &Figures, ledgers: &Ledgers, by: FiguresBy) {
    let in_year = |on: &NaiveDate| (day(FROM)..=day(LAST)).contains(on);
    let mut groups: BTreeMap<String, Sum> = BTreeMap::new();
    let mut total = Sum::default();
    let month = |on: NaiveDate| Month::of(on).to_string();
    for filing in &ledgers.filings {
        for (on, add) in counts(filing) {
            if !in_year(&on) {
                continue;
            }
            let key = match by {
                FiguresBy::Month => month(on),
                FiguresBy::Bureau => filing.bureau.to_string(),
                FiguresBy::Step => filing.step.id.to_string(),
            };
            add(groups.entry(key).or_default());
            add(&mut total);
        }
    }
    total.set.projects = Some(ProjectFigures::default());
    for (on, one) in finished(ledgers).into_iter().filter(|(on, _)| in_year(on)) {
        add(&mut total.set.projects, one);
        if by == FiguresBy::Month {
            add(&mut groups.entry(month(on)).or_default().set.projects, one);
        }
    }
    assert!(
        total.set.decided > 2_000
            && total.set.typed_late > 50
            && total.set.on_last_day > 20
            && total.set.suspensions_on_last_day > 5
            && total.set.waited_days > 100
            && total.set.projects.is_some_and(|all| all.finished > 50),
        "that is no year: {:?}",
        total.set
    );
    for line in &said.lines {
        let key = word(&line.key);
        let mut sum = groups.remove(&key).unwrap_or_default();
        if by == FiguresBy::Month {
            sum.set.projects.get_or_insert_default();
        }
        agrees(&format!("{by:?} {key}"), line.set.clone(), sum);
    }
    assert!(groups.is_empty(), "not told: {:?}", groups.keys());
    agrees(&format!("{by:?}, all"), said.total.clone(), total);
}
