//! Figures from raw ledgers, a day at a time: no fold, no sums, no projection.

use chrono::{Days, NaiveDate};

use crate::office::model::figures::{FigureSet, ProjectFigures};
use crate::office::{BureauId, Office, ProjectId};
use crate::statute::calendar::Calendar;
use crate::statute::clock::{Event, EventKind, Status};
use crate::statute::figures::Spread;
use crate::statute::plan::{ProjectFacts, Starter, Step};
use crate::store::record::standing_events;

/// What one ledger gives, counted day by day.
#[derive(Debug, Default)]
struct Naive {
    filed: Option<NaiveDate>,
    accepted: Option<(NaiveDate, bool)>,
    ended: Option<(NaiveDate, Status)>,
    used: Option<u32>,
    late: bool,
    last_day: bool,
    suspended_days: u64,
    waited_days: u64,
    /// Day, on the due date, after it.
    suspensions: Vec<(NaiveDate, bool, bool)>,
}

fn working(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let days = from.iter_days().skip(1).take_while(move |day| *day <= to);
    days.filter(|day| Calendar::official().is_working(*day))
}

/// The fifth working day after `on` is the last on which an answer is in time.
fn answer_by(on: NaiveDate) -> NaiveDate {
    working(on, on + Days::new(60)).nth(4).unwrap()
}

impl Naive {
    fn of(step: &Step, facts: &ProjectFacts, events: &[Event], today: NaiveDate) -> Naive {
        let mut naive = Naive::default();
        let (mut pending, mut opinion, mut announced) = (None, None, None);
        let mut pauses: Vec<(NaiveDate, NaiveDate)> = Vec::new();
        let (mut paused, mut limit) = (None, None);
        if !step.is_untimed(facts) {
            limit = step.limit().map(|limit| limit.days);
        }
        let end = Event {
            on: today,
            kind: EventKind::Unknown("end".to_owned()),
        };
        for event in events.iter().chain([&end]) {
            if let Some(day) = pending.filter(|day| event.on > answer_by(*day)) {
                naive.accepted = Some((day, true));
                pending = None;
            }
            match &event.kind {
                EventKind::Submitted => {
                    naive.filed = Some(event.on);
                    pending = Some(event.on);
                }
                EventKind::Resubmitted => pending = Some(event.on),
                EventKind::MaterialsRequested => pending = None,
                EventKind::Accepted => {
                    naive.accepted = Some((event.on, false));
                    pending = None;
                }
                EventKind::CountyOpinionReceived => opinion = Some(event.on),
                EventKind::Announced { .. } => {
                    let expires = event.on + Days::new(30);
                    let open = |day: &NaiveDate| Calendar::official().is_working(*day);
                    announced = expires.iter_days().find(open);
                }
                EventKind::Suspended { .. } => {
                    paused = Some(event.on);
                    let start = naive.start(step, opinion, announced).unwrap();
                    let due = limit.map(|limit| due(start, limit, &pauses));
                    let said = (due == Some(event.on), due < Some(event.on) && due.is_some());
                    naive.suspensions.push((event.on, said.0, said.1));
                }
                EventKind::Resumed => pauses.push((paused.take().unwrap(), event.on)),
                EventKind::Extended { days } => {
                    limit = limit.map(|limit| limit + u32::try_from(*days).unwrap());
                }
                EventKind::Granted => naive.ended = Some((event.on, Status::Granted)),
                EventKind::Denied => naive.ended = Some((event.on, Status::Denied)),
                EventKind::Rejected => {
                    naive.ended = Some((event.on, Status::Rejected));
                    pending = None;
                }
                EventKind::Withdrawn => {
                    naive.ended = Some((event.on, Status::Withdrawn));
                    pending = None;
                }
                EventKind::Unknown(_) => {}
            }
            if naive.ended.is_some() {
                break;
            }
        }
        naive.suspended_days = pauses
            .iter()
            .map(|(from, to)| working(*from, *to).count() as u64)
            .sum();
        if step.starts.contains(&Starter::CountyOpinionReceived)
            && let (Some((accepted, _)), Some(opinion)) = (naive.accepted, opinion)
        {
            naive.waited_days = working(accepted, opinion).count() as u64;
        }
        let Some((ended, _)) = naive.ended else {
            return naive;
        };
        let start = naive.start(step, opinion, announced);
        if let (Some(start), Some(limit)) = (start.filter(|day| *day <= ended), limit) {
            let until = paused.unwrap_or(ended);
            let used = working(start, until).filter(|day| counts(*day, &pauses));
            naive.used = u32::try_from(used.count()).ok();
            if paused.is_none() {
                let due = due(start, limit, &pauses);
                naive.last_day = due == ended;
                naive.late = working(due, ended).any(|day| counts(day, &pauses));
            }
        }
        naive
    }

    fn start(
        &self,
        step: &Step,
        opinion: Option<NaiveDate>,
        announced: Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        let mut latest = self.accepted?.0;
        if step.starts.contains(&Starter::CountyOpinionReceived) {
            latest = latest.max(opinion?);
        }
        if step.starts.contains(&Starter::AnnouncementExpired) {
            latest = latest.max(announced?);
        }
        Some(latest)
    }
}

fn counts(day: NaiveDate, pauses: &[(NaiveDate, NaiveDate)]) -> bool {
    !pauses.iter().any(|(from, to)| *from < day && day <= *to)
}

fn due(start: NaiveDate, limit: u32, pauses: &[(NaiveDate, NaiveDate)]) -> NaiveDate {
    working(start, start + Days::new(900))
        .filter(|day| counts(*day, pauses))
        .nth(limit as usize - 1)
        .unwrap()
}

/// One ledger with where it belongs.
pub(super) struct Kept {
    project: ProjectId,
    pub(super) bureau: BureauId,
    pub(super) step: String,
    naive: Naive,
    current: bool,
}

pub(super) async fn ledgers(
    office: &Office,
    projects: &[ProjectId],
    today: NaiveDate,
) -> Vec<Kept> {
    let reader = office.store.reader();
    let mut kept = Vec::new();
    for project in projects {
        let facts = reader.project(*project).await.unwrap().unwrap().facts;
        let mut ledgers = reader.ledgers_of_project(*project).await.unwrap();
        for filing in reader.filings_of_project(*project).await.unwrap() {
            let entries = ledgers.remove(&filing.id).unwrap_or_default();
            let step = office.plan().step(filing.step.as_str()).unwrap();
            let events = standing_events(&entries);
            kept.push(Kept {
                project: *project,
                bureau: filing.bureau,
                step: filing.step.to_string(),
                current: filing.is_current(),
                naive: Naive::of(step, filing.facts(&facts), &events, today),
            });
        }
    }
    kept
}

/// Projects whose steps are all granted, as (finished, one after another, elapsed, idle).
fn finished(ledgers: &[Kept]) -> Vec<(NaiveDate, u64, u64, u64)> {
    let mut ids: Vec<ProjectId> = ledgers.iter().map(|one| one.project).collect();
    ids.dedup();
    let mut all = Vec::new();
    for id in ids {
        let of = ledgers
            .iter()
            .filter(|one| one.project == id && one.current);
        let spans: Option<Vec<(NaiveDate, NaiveDate)>> = of
            .map(|one| {
                let granted = one.naive.ended.filter(|ended| ended.1 == Status::Granted);
                Some((one.naive.filed?, granted?.0))
            })
            .collect();
        let Some(spans) = spans.filter(|spans| !spans.is_empty()) else {
            continue;
        };
        let first = spans.iter().map(|span| span.0).min().unwrap();
        let last = spans.iter().map(|span| span.1).max().unwrap();
        let in_hand = |day: NaiveDate| spans.iter().filter(|(a, b)| *a < day && day <= *b).count();
        let held: Vec<u64> = working(first, last)
            .map(|day| in_hand(day) as u64)
            .collect();
        let idle = held.iter().filter(|n| **n == 0).count() as u64;
        all.push((last, held.iter().sum(), held.len() as u64, idle));
    }
    all
}

/// The figures of the ledgers that `keep` lets through, on the days from `first` to `last`.
pub(super) fn counted(
    ledgers: &[Kept],
    keep: &dyn Fn(&Kept) -> bool,
    (first, last): (NaiveDate, NaiveDate),
    whole: bool,
) -> FigureSet {
    let within = |day: NaiveDate| (first..=last).contains(&day);
    let mut set = FigureSet::default();
    let mut used = Vec::new();
    for one in ledgers.iter().filter(|one| keep(one)) {
        let naive = &one.naive;
        set.filed += u64::from(naive.filed.is_some_and(within));
        if let Some((_, silent)) = naive.accepted.filter(|(day, _)| within(*day)) {
            set.accepted += 1;
            set.accepted_by_silence += u64::from(silent);
        }
        for (_, on_due, after) in naive.suspensions.iter().filter(|one| within(one.0)) {
            set.suspensions += 1;
            set.suspensions_on_last_day += u64::from(*on_due);
            set.suspensions_after_due += u64::from(*after);
        }
        let Some((_, outcome)) = naive.ended.filter(|(day, _)| within(*day)) else {
            continue;
        };
        match outcome {
            Status::Granted => set.granted += 1,
            Status::Denied => set.denied += 1,
            Status::Withdrawn => {
                set.withdrawn += 1;
                set.withdrawn_late += u64::from(naive.late);
                continue;
            }
            _ => {
                set.rejected += 1;
                continue;
            }
        }
        set.decided += 1;
        set.suspended += u64::from(naive.suspended_days > 0);
        set.suspended_days += naive.suspended_days;
        set.waited += u64::from(naive.waited_days > 0);
        set.waited_days += naive.waited_days;
        match naive.used {
            None => set.without_limit += 1,
            Some(days) => {
                used.push(days);
                set.with_limit += 1;
                set.late += u64::from(naive.late);
                set.on_time += u64::from(!naive.late);
                set.on_last_day += u64::from(naive.last_day);
            }
        }
    }
    used.sort_unstable();
    let rank = |percent: usize| used[(used.len() * percent).div_ceil(100) - 1];
    set.used = (!used.is_empty()).then(|| Spread {
        n: used.len() as u64,
        median: rank(50),
        p90: rank(90),
    });
    set.projects = whole.then(|| {
        let mut projects = ProjectFigures::default();
        for (day, all, elapsed, idle) in finished(ledgers) {
            if within(day) {
                projects.finished += 1;
                projects.one_after_another += all;
                projects.elapsed += elapsed;
                projects.idle += idle;
            }
        }
        projects
    });
    set
}
