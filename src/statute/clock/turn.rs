//! From a fold to what a reader is told: the reading of a day, and the stored turning points.

use chrono::{Days, NaiveDate};

use super::fold::{Fold, Phase};
use super::{Lamp, LawLimit, Reading, Status, Turning};

fn day_after(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX)
}

/// A reading without a clock.
fn bare(status: Status) -> Reading {
    Reading {
        status,
        accepted_on: None,
        deemed_accepted: false,
        started_on: None,
        due_on: None,
        used: None,
        left: None,
        lamp: Lamp::None,
        overdue_by: 0,
        provisional: false,
        because: Vec::new(),
        law: None,
        limit: None,
    }
}

impl Turning {
    /// No lamp burns before silence has accepted, though the days it then counts lie behind it.
    fn not_before_silence(&mut self) {
        let silence = self.deems_on;
        for turn in [&mut self.yellow_on, &mut self.red_on, &mut self.law_red_on] {
            *turn = (*turn).max(silence).filter(|_| turn.is_some());
        }
    }
}

impl Fold<'_> {
    /// What the step is on `as_of`, to which the fold has passed.
    pub(super) fn reading(&self, as_of: NaiveDate) -> Reading {
        let start = self.start().filter(|start| *start <= as_of);
        let mut reading = Reading {
            accepted_on: self.accepted_on,
            deemed_accepted: self.deemed,
            started_on: start,
            limit: self.limit_days(),
            ..bare(Status::Draft)
        };
        match (self.phase, start) {
            (Phase::Draft, _) => reading.status = Status::Draft,
            (Phase::Submitted { .. }, _) => reading.status = Status::Submitted,
            (Phase::Correcting, _) => reading.status = Status::Correcting,
            (Phase::Open, None) => {
                reading.status = Status::Waiting;
                reading.law = self.law(self.law_due(), |due| self.counted(due, as_of));
            }
            (Phase::Open, Some(start)) => self.running(&mut reading, start, as_of),
            (Phase::Suspended { since }, _) => self.suspended(&mut reading, since),
            (
                Phase::Decided {
                    as_,
                    on,
                    paused_since,
                },
                _,
            ) => {
                let start = start.filter(|start| *start <= on);
                reading.started_on = start;
                self.decided(&mut reading, as_, on, paused_since, start);
            }
        }
        if let Some(due) = reading.due_on {
            reading.provisional = self.calendar.is_provisional(due);
        }
        reading.because = self.because(&reading);
        reading
    }

    fn running(&self, reading: &mut Reading, start: NaiveDate, as_of: NaiveDate) {
        reading.status = Status::Running;
        let Some(due) = self.due() else {
            reading.lamp = Lamp::Untimed;
            return;
        };
        reading.due_on = Some(due);
        reading.used = Some(self.counted(start, as_of));
        let left = self.counted(as_of, due);
        reading.left = Some(left);
        reading.lamp = if as_of > due {
            reading.overdue_by = self.counted(due, as_of);
            Lamp::Red
        } else if self.step.warn_at.is_some_and(|warn| left <= warn) {
            Lamp::Yellow
        } else {
            Lamp::Green
        };
        reading.law = self.law(self.law_due(), |due| self.counted(due, as_of));
    }

    fn suspended(&self, reading: &mut Reading, since: NaiveDate) {
        reading.status = Status::Suspended;
        reading.lamp = Lamp::Paused;
        let (Some(start), Some(limit)) = (self.start(), self.limit_days()) else {
            return;
        };
        let used = self.counted(start, since);
        reading.used = Some(used);
        reading.left = Some(limit.saturating_sub(used));
        reading.overdue_by = used.saturating_sub(limit);
        let law_used = self
            .accepted_on
            .map_or(0, |accepted| self.counted(accepted, since));
        let law_over = self
            .law_days()
            .map_or(0, |days| law_used.saturating_sub(days));
        reading.law = self.law(None, |_| 0).map(|law| LawLimit {
            overdue_by: law_over,
            ..law
        });
    }

    fn decided(
        &self,
        reading: &mut Reading,
        as_: Status,
        on: NaiveDate,
        paused_since: Option<NaiveDate>,
        start: Option<NaiveDate>,
    ) {
        reading.status = as_;
        reading.lamp = Lamp::Done;
        if paused_since.is_some() {
            reading.law = self.law(None, |_| 0);
        } else if self.accepted_on.is_some() {
            reading.law = self.law(self.law_due(), |due| self.counted(due, on));
        }
        let (Some(start), Some(_)) = (start, self.limit_days()) else {
            return;
        };
        reading.used = Some(self.counted(start, paused_since.unwrap_or(on)));
        if paused_since.is_some() {
            return;
        }
        reading.due_on = self.due();
        reading.overdue_by = self.due().map_or(0, |due| self.counted(due, on));
        if reading.overdue_by > 0 {
            reading.lamp = Lamp::Late;
        }
    }

    fn law(&self, due_on: Option<NaiveDate>, over: impl Fn(NaiveDate) -> u32) -> Option<LawLimit> {
        let limit = self.step.law_limit.as_ref()?;
        Some(LawLimit {
            due_on,
            overdue_by: due_on.map_or(0, over),
            days: self.law_days()?,
            source: limit.source.cite.clone(),
        })
    }

    /// The turning points after the last event.
    pub(super) fn turning(&self) -> Turning {
        let mut turning = Turning {
            accepted_on: self.accepted_on,
            deemed_accepted: self.deemed,
            untimed: !self.timed,
            starts_on: self.start(),
            ..Turning::default()
        };
        match self.phase {
            Phase::Draft => turning.status = Some(Status::Draft),
            Phase::Correcting => turning.status = Some(Status::Correcting),
            Phase::Submitted { on } => {
                let mut foreseen = self.clone();
                foreseen.accepted_on = Some(on);
                turning.status = Some(Status::Submitted);
                turning.deems_on = Some(day_after(self.answer_by(on)));
                turning.accepted_on = Some(on);
                turning.starts_on = foreseen.start();
                foreseen.clock_days(&mut turning);
                turning.not_before_silence();
            }
            Phase::Open => {
                let started = self.start() <= self.last && self.start().is_some();
                turning.status = Some(if started {
                    Status::Running
                } else {
                    Status::Waiting
                });
                self.clock_days(&mut turning);
            }
            Phase::Suspended { since } => {
                let reading = self.reading(since);
                turning.status = Some(Status::Suspended);
                turning.suspended = true;
                turning.paused_left = reading.left;
                turning.over_by = reading.overdue_by;
                turning.law_red_on = self.law_passed_on(&reading);
            }
            Phase::Decided { as_, on, .. } => {
                let reading = self.reading(on);
                turning.status = Some(as_);
                turning.starts_on = reading.started_on;
                turning.due_on = reading.due_on;
                turning.provisional = reading.provisional;
                turning.decided_on = Some(on);
                turning.decided_late = reading.lamp == Lamp::Late;
                turning.over_by = reading.overdue_by;
                turning.law_red_on = self.law_passed_on(&reading);
            }
        }
        turning
    }

    /// The day from which the law's limit was passed, where counted days passed it.
    fn law_passed_on(&self, reading: &Reading) -> Option<NaiveDate> {
        let passed = reading.law.as_ref().is_some_and(|law| law.overdue_by > 0);
        self.law_due().filter(|_| passed).map(day_after)
    }

    /// The days of a clock that runs or will.
    fn clock_days(&self, turning: &mut Turning) {
        turning.law_red_on = self.law_due().map(day_after);
        let (Some(start), Some(limit), Some(due)) = (self.start(), self.limit_days(), self.due())
        else {
            return;
        };
        turning.due_on = Some(due);
        turning.red_on = Some(day_after(due));
        turning.provisional = self.calendar.is_provisional(due);
        turning.yellow_on = self.step.warn_at.map(|warn| match limit.checked_sub(warn) {
            Some(green) if green > 0 => self.end_of(start, green, &self.pauses),
            _ => start,
        });
        turning.over_by = self
            .pauses
            .iter()
            .filter(|pause| pause.to > due)
            .map(|pause| {
                self.calendar
                    .working_days_between(pause.from.max(due), pause.to)
            })
            .fold(0, |sum, days| sum + u32::try_from(days).unwrap_or(0));
    }
}
