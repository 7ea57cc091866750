//! The fold: a step's ledger so far, and whether one more event may follow.

use chrono::NaiveDate;

use super::refusal::{Refusal, Rule};
use super::{Event, EventKind, Status};
use crate::statute::calendar::Calendar;
use crate::statute::plan::{ProjectFacts, Starter, Step};

/// Days within which silence does not yet accept (行政许可法 第32条).
pub(super) const ANSWER_DAYS: u32 = 5;

/// A span whose working days after `from`, up to and including `to`, are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pause {
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
}

/// The extension, and how many pauses had ended before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extended {
    pub(super) days: u32,
    pub(super) after_pauses: usize,
}

/// An announcement and the day on which it expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Announcement {
    pub(super) days: u32,
    /// Before the last-day rule.
    pub(super) ends: NaiveDate,
    /// After it.
    pub(super) expires: NaiveDate,
}

/// Where a step is in its life; each phase holds only its own dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Draft,
    Submitted {
        on: NaiveDate,
    },
    Correcting,
    Open,
    Suspended {
        since: NaiveDate,
    },
    Decided {
        as_: Status,
        on: NaiveDate,
        paused_since: Option<NaiveDate>,
    },
}

/// Everything that the events so far have fixed.
#[derive(Debug, Clone)]
pub(super) struct Fold<'a> {
    pub(super) step: &'a Step,
    pub(super) calendar: &'a Calendar,
    /// False where no limit holds for the facts.
    pub(super) timed: bool,
    pub(super) phase: Phase,
    pub(super) last: Option<NaiveDate>,
    pub(super) accepted_on: Option<NaiveDate>,
    pub(super) deemed: bool,
    pub(super) opinion_on: Option<NaiveDate>,
    pub(super) announcement: Option<Announcement>,
    pub(super) pauses: Vec<Pause>,
    pub(super) extended: Option<Extended>,
    /// The one notice of what is missing has been given.
    pub(super) notice_given: bool,
}

impl<'a> Fold<'a> {
    pub(super) fn new(step: &'a Step, facts: &ProjectFacts, calendar: &'a Calendar) -> Fold<'a> {
        let free = step
            .untimed
            .as_ref()
            .is_some_and(|untimed| untimed.when.holds(facts));
        Fold {
            step,
            calendar,
            timed: step.limit().is_some() && !free,
            phase: Phase::Draft,
            last: None,
            accepted_on: None,
            deemed: false,
            opinion_on: None,
            announcement: None,
            pauses: Vec::new(),
            extended: None,
            notice_given: false,
        }
    }

    /// The last day on which the bureau may still answer what was handed in on `on`.
    pub(super) fn answer_by(&self, on: NaiveDate) -> NaiveDate {
        self.calendar.add_working_days(on, ANSWER_DAYS)
    }

    /// Lets silence accept, as of `day` (行政许可法 第32条).
    pub(super) fn pass_to(&mut self, day: NaiveDate) {
        if let Phase::Submitted { on } = self.phase
            && day > self.answer_by(on)
        {
            self.accepted_on = Some(on);
            self.deemed = true;
            self.phase = Phase::Open;
        }
    }

    /// The start that the events so far give if the step is accepted on `accepted`.
    pub(super) fn start_if_accepted(&self, accepted: NaiveDate) -> Option<NaiveDate> {
        let mut latest = accepted;
        for starter in &self.step.starts {
            let day = match starter {
                Starter::Accepted => accepted,
                Starter::CountyOpinionReceived => self.opinion_on?,
                Starter::AnnouncementExpired => self.announcement?.expires,
            };
            latest = latest.max(day);
        }
        Some(latest)
    }

    /// The start, also when it lies ahead.
    pub(super) fn start(&self) -> Option<NaiveDate> {
        self.accepted_on
            .and_then(|accepted| self.start_if_accepted(accepted))
    }

    pub(super) fn has_started(&self, day: NaiveDate) -> bool {
        self.start().is_some_and(|start| start <= day)
    }

    /// Takes one more event.
    ///
    /// The rules are tried in the contract's order; on a refusal only the five-day rule may have
    /// moved the fold.
    pub(super) fn take(&mut self, index: usize, event: &Event) -> Result<(), Refusal> {
        let refuse = |rule: Rule, detail: String| {
            Err(Refusal {
                event: index,
                rule,
                detail,
            })
        };
        if let Some(last) = self.last.filter(|last| event.on < *last) {
            let detail = format!(
                "日期 {} 早于上一条记录的 {last};台账按日期先后记录",
                event.on
            );
            return refuse(Rule::OutOfOrder, detail);
        }
        self.pass_to(event.on);
        if let Phase::Decided { on, .. } = self.phase {
            let detail = format!("本事项已于 {on} 办结,其后不能再记录");
            return refuse(Rule::AlreadyDecided, detail);
        }
        let verdict = match &event.kind {
            EventKind::Submitted => self.submit(event.on),
            EventKind::MaterialsRequested => self.request(),
            EventKind::Resubmitted => self.resubmit(event.on),
            EventKind::Accepted => self.accept(event.on),
            EventKind::Rejected => self.reject(event.on),
            EventKind::CountyOpinionReceived => self.receive_opinion(event.on),
            EventKind::Announced { days } => self.announce(event.on, *days),
            EventKind::Suspended { ground } => self.suspend(event.on, ground),
            EventKind::Resumed => self.resume(event.on),
            EventKind::Extended { days } => self.extend(event.on, *days),
            EventKind::Granted => self.decide(event.on, Status::Granted),
            EventKind::Denied => self.decide(event.on, Status::Denied),
            EventKind::Withdrawn => self.withdraw(event.on),
            EventKind::Unknown(word) => {
                Err((Rule::UnknownEvent, format!("没有名为“{word}”的事件")))
            }
        };
        match verdict {
            Ok(()) => {
                self.last = Some(event.on);
                Ok(())
            }
            Err((rule, detail)) => refuse(rule, detail),
        }
    }
}
