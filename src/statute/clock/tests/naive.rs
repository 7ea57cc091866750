//! A second clock, written from the contract and sharing no code with the fold: it walks day by
//! day, keeps a list of what happened, and counts by looking at every day.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::statute::calendar::Calendar;
use crate::statute::clock::{Event, EventKind};
use crate::statute::plan::{ProjectFacts, Starter, Step};

/// The contract's answer, without its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: &'static str,
    pub(super) accepted_on: Option<NaiveDate>,
    pub(super) deemed_accepted: bool,
    pub(super) started_on: Option<NaiveDate>,
    pub(super) due_on: Option<NaiveDate>,
    pub(super) used: Option<u32>,
    pub(super) left: Option<u32>,
    pub(super) lamp: &'static str,
    pub(super) overdue_by: u32,
    pub(super) provisional: bool,
    /// The law's due date and the counted days past it.
    pub(super) law: Option<(Option<NaiveDate>, u32)>,
}

struct Book<'a> {
    step: &'a Step,
    calendar: &'a Calendar,
    limit: Option<u32>,
    law: Option<u32>,
    today: Option<NaiveDate>,
    handed_in: Option<NaiveDate>,
    waits_for_answer: bool,
    correcting: bool,
    notices: u32,
    accepted: Option<NaiveDate>,
    deemed: bool,
    opinion: Option<NaiveDate>,
    announcement_over: Option<NaiveDate>,
    suspended_since: Option<NaiveDate>,
    /// Days on which the clock stood still and which are over.
    still: BTreeSet<NaiveDate>,
    extension: Option<u32>,
    end: Option<(&'static str, NaiveDate)>,
}

pub(super) fn read(
    step: &Step,
    facts: &ProjectFacts,
    events: &[Event],
    as_of: NaiveDate,
    calendar: &Calendar,
) -> Result<Answer, (usize, &'static str)> {
    let free = step.untimed.as_ref().is_some_and(|u| u.when.holds(facts));
    let days_of = |limit: &Option<crate::statute::plan::Limit>| {
        limit.as_ref().map(|limit| limit.days).filter(|_| !free)
    };
    let mut book = Book {
        step,
        calendar,
        limit: days_of(&step.plan_limit).or(days_of(&step.law_limit)),
        law: days_of(&step.law_limit),
        today: None,
        handed_in: None,
        waits_for_answer: false,
        correcting: false,
        notices: 0,
        accepted: None,
        deemed: false,
        opinion: None,
        announcement_over: None,
        suspended_since: None,
        still: BTreeSet::new(),
        extension: None,
        end: None,
    };
    for (index, event) in events.iter().enumerate() {
        if event.on > as_of {
            break;
        }
        if book.today.is_some_and(|today| event.on < today) {
            return Err((index, "out-of-order"));
        }
        book.live_until(event.on);
        if let Some(rule) = book.objection(event) {
            return Err((index, rule));
        }
        book.enter(event);
    }
    book.live_until(as_of);
    Ok(book.answer(as_of))
}

impl Book<'_> {
    /// Lets the days pass; on each morning silence may have become an acceptance.
    fn live_until(&mut self, day: NaiveDate) {
        let mut morning = self.today.unwrap_or(day);
        loop {
            if let Some(on) = self.handed_in.filter(|_| self.waits_for_answer) {
                let silent = days_after(on).take_while(|d| *d < morning);
                if silent.filter(|d| self.calendar.is_working(*d)).count() >= 5 {
                    self.accepted = Some(on);
                    self.deemed = true;
                    self.waits_for_answer = false;
                }
            }
            if morning == day {
                break;
            }
            morning = morning.succ_opt().expect("a next day");
        }
        self.today = Some(day);
    }

    fn start(&self) -> Option<NaiveDate> {
        let mut start = self.accepted?;
        if self.step.starts.contains(&Starter::CountyOpinionReceived) {
            start = start.max(self.opinion?);
        }
        if self.step.starts.contains(&Starter::AnnouncementExpired) {
            start = start.max(self.announcement_over?);
        }
        Some(start)
    }

    fn counts(&self, day: NaiveDate) -> bool {
        self.calendar.is_working(day) && !self.still.contains(&day)
    }

    fn count(&self, after: NaiveDate, up_to: NaiveDate) -> u32 {
        let days = days_after(after).take_while(|d| *d <= up_to);
        days.filter(|d| self.counts(*d)).count() as u32
    }

    fn walk(&self, start: NaiveDate, limit: u32) -> NaiveDate {
        let total = limit + self.extension.unwrap_or(0);
        days_after(start)
            .filter(|day| self.counts(*day))
            .nth(total as usize - 1)
            .expect("a day")
    }

    fn due(&self) -> Option<NaiveDate> {
        Some(self.walk(self.start()?, self.limit?))
    }

    /// The first rule of the contract's table, in its order, that `event` breaks.
    fn objection(&self, event: &Event) -> Option<&'static str> {
        let on = event.on;
        if self.end.is_some() {
            return Some("already-decided");
        }
        let submitted = self.handed_in.is_some();
        let started = self.start().is_some_and(|start| start <= on);
        let suspended = self.suspended_since.is_some();
        let runs = self.accepted.is_some() && !suspended && started;
        let unless = |fine: bool, rule| (!fine).then_some(rule);
        match &event.kind {
            EventKind::Submitted => unless(!submitted, "wrong-state"),
            EventKind::MaterialsRequested if !self.waits_for_answer => Some("wrong-state"),
            EventKind::MaterialsRequested => unless(self.notices == 0, "one-time-notice"),
            EventKind::Resubmitted => unless(self.correcting, "wrong-state"),
            EventKind::Accepted | EventKind::Rejected => {
                unless(self.waits_for_answer, "wrong-state")
            }
            EventKind::CountyOpinionReceived => unless(
                self.step.id.as_str() == "land-pre-review",
                "not-for-this-step",
            )
            .or(unless(self.opinion.is_none(), "wrong-state")),
            EventKind::Announced { days } => {
                unless(self.step.id.as_str() == "land-dossier", "not-for-this-step")
                    .or(unless(self.announcement_over.is_none(), "wrong-state"))
                    .or(unless(*days >= 30, "announcement-too-short"))
            }
            EventKind::Suspended { .. } if !runs => Some("wrong-state"),
            EventKind::Suspended { ground } => unless(
                self.step.grounds.iter().any(|g| g.code() == ground),
                "ground-not-allowed",
            ),
            EventKind::Resumed => unless(suspended, "wrong-state"),
            EventKind::Extended { .. } if !runs => Some("wrong-state"),
            EventKind::Extended { days } => {
                let most = self.step.extension.as_ref().map_or(0, |e| e.max_days);
                let fits = *days >= 1 && *days <= i64::from(most) && self.extension.is_none();
                unless(fits, "extension-not-allowed").or(unless(
                    self.due().is_some_and(|due| on <= due),
                    "extension-too-late",
                ))
            }
            EventKind::Granted | EventKind::Denied => {
                unless(self.accepted.is_some() && !suspended, "wrong-state")
                    .or(unless(started, "clock-not-started"))
            }
            EventKind::Withdrawn => unless(submitted, "wrong-state"),
            EventKind::Unknown(_) => Some("unknown-event"),
        }
    }

    fn enter(&mut self, event: &Event) {
        let on = event.on;
        match &event.kind {
            EventKind::Submitted | EventKind::Resubmitted => {
                self.handed_in = Some(on);
                self.waits_for_answer = true;
                self.correcting = false;
            }
            EventKind::MaterialsRequested => {
                self.notices += 1;
                self.waits_for_answer = false;
                self.correcting = true;
            }
            EventKind::Accepted => {
                self.accepted = Some(on);
                self.waits_for_answer = false;
            }
            EventKind::CountyOpinionReceived => self.opinion = Some(on),
            EventKind::Announced { days } => {
                let last = days_after(on).nth(*days as usize - 1).expect("a day");
                let open = std::iter::once(last).chain(days_after(last));
                self.announcement_over = open.into_iter().find(|d| self.calendar.is_working(*d));
            }
            EventKind::Suspended { .. } => self.suspended_since = Some(on),
            EventKind::Resumed => {
                let since = self.suspended_since.take().expect("suspended");
                let days = days_after(since).take_while(|day| *day <= on);
                self.still.extend(days);
            }
            EventKind::Extended { days } => self.extension = Some(*days as u32),
            EventKind::Granted => self.end = Some(("granted", on)),
            EventKind::Denied => self.end = Some(("denied", on)),
            EventKind::Rejected => self.end = Some(("rejected", on)),
            EventKind::Withdrawn => self.end = Some(("withdrawn", on)),
            EventKind::Unknown(_) => unreachable!("refused before"),
        }
        self.waits_for_answer &= self.end.is_none();
    }

    /// The law's clock, which the contract leaves open: from acceptance, read on `day`.
    fn law_on(&self, day: NaiveDate) -> Option<(Option<NaiveDate>, u32)> {
        let (accepted, law) = (self.accepted?, self.law?);
        Some(match self.suspended_since {
            Some(_) if self.end.is_some() => (None, 0),
            Some(since) => {
                let used = self.count(accepted, since);
                let whole = law + self.extension.unwrap_or(0);
                (None, used.saturating_sub(whole))
            }
            None => {
                let due = self.walk(accepted, law);
                (Some(due), self.count(due, day))
            }
        })
    }

    fn answer(&self, as_of: NaiveDate) -> Answer {
        let last = self.end.map_or(as_of, |(_, on)| on);
        let start = self.start().filter(|start| *start <= last);
        let mut answer = Answer {
            status: "draft",
            accepted_on: self.accepted,
            deemed_accepted: self.deemed,
            started_on: start,
            due_on: None,
            used: None,
            left: None,
            lamp: "none",
            overdue_by: 0,
            provisional: false,
            law: self.law_on(last),
        };
        let timed = start.zip(self.limit);
        if let Some((status, on)) = self.end {
            answer.status = status;
            answer.lamp = "done";
            if let Some((start, _)) = timed {
                answer.used = Some(self.count(start, self.suspended_since.unwrap_or(on)));
                if self.suspended_since.is_none() {
                    answer.due_on = self.due();
                    answer.overdue_by = self.due().map_or(0, |due| self.count(due, on));
                }
            }
            if answer.overdue_by > 0 {
                answer.lamp = "late";
            }
        } else if let Some(since) = self.suspended_since {
            answer.status = "suspended";
            answer.lamp = "paused";
            if let Some((start, limit)) = timed {
                let used = self.count(start, since);
                let whole = limit + self.extension.unwrap_or(0);
                answer.used = Some(used);
                answer.left = Some(whole.saturating_sub(used));
                answer.overdue_by = used.saturating_sub(whole);
            }
        } else if self.accepted.is_some() {
            answer.status = if start.is_some() {
                "running"
            } else {
                "waiting"
            };
            match (start, timed) {
                (None, _) => {}
                (Some(_), None) => answer.lamp = "untimed",
                (Some(start), Some(_)) => {
                    let due = self.due().expect("a due date");
                    let left = self.count(as_of, due);
                    answer.due_on = Some(due);
                    answer.used = Some(self.count(start, as_of));
                    answer.left = Some(left);
                    answer.overdue_by = self.count(due, as_of);
                    answer.lamp = if as_of > due {
                        "red"
                    } else if left <= self.step.warn_at.expect("a warning") {
                        "yellow"
                    } else {
                        "green"
                    };
                }
            }
        } else if self.correcting {
            answer.status = "correcting";
        } else if self.handed_in.is_some() {
            answer.status = "submitted";
        }
        answer.provisional = answer.due_on.is_some_and(|due| {
            let mut firm = self.calendar.years().iter().filter(|n| !n.provisional);
            firm.all(|notice| notice.year != due.year())
        });
        answer
    }
}

fn days_after(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    day.iter_days().skip(1)
}
