//! Why this date: one entry for each rule that shaped the due date, in the order they applied.

use chrono::{Days, NaiveDate};

use super::fold::{ANSWER_DAYS, Fold, Phase};
use super::{Because, Reading};
use crate::statute::plan::Starter;

impl Fold<'_> {
    /// The rules behind `reading.due_on`; empty where no clock has started.
    pub(super) fn because(&self, reading: &Reading) -> Vec<Because> {
        let (Some(start), Some(limit)) = (reading.started_on, self.step.limit()) else {
            return Vec::new();
        };
        let mut rules = Vec::with_capacity(8);
        let mut say = |rule, source: &str, date: Option<NaiveDate>, days| {
            rules.push(Because {
                rule,
                source: source.to_owned(),
                date,
                days,
            });
        };
        if self.deemed {
            say(
                "five-day-rule",
                "行政许可法第32条",
                self.accepted_on,
                Some(ANSWER_DAYS),
            );
        }
        if let Some(announcement) = self.announcement {
            say(
                "announcement",
                "土地管理法第47条",
                Some(announcement.ends),
                Some(announcement.days),
            );
            if announcement.expires != announcement.ends {
                say(
                    "last-day",
                    "民法典第203条",
                    Some(announcement.expires),
                    None,
                );
            }
        }
        if self
            .step
            .starts
            .iter()
            .any(|starter| *starter != Starter::Accepted)
        {
            say("start", &limit.source.cite, Some(start), None);
        }
        say(
            "first-day",
            "民法典第201条",
            start.checked_add_days(Days::new(1)),
            None,
        );
        if !self.timed {
            let free = self
                .step
                .untimed
                .as_ref()
                .map_or("", |untimed| &untimed.source.cite);
            say("untimed", free, None, None);
            return rules;
        }
        let mut days = limit.days;
        let mut due = self.end_of(start, days, &[]);
        say("limit", &limit.source.cite, Some(due), Some(days));
        for index in 0..=self.pauses.len() {
            if let Some(extended) = self.extended.filter(|e| e.after_pauses == index) {
                days = days.saturating_add(extended.days);
                due = self.end_of(start, days, self.pauses.get(..index).unwrap_or(&[]));
                let source = self.step.extension.as_ref().map_or("", |e| &e.source.cite);
                say("extension", source, Some(due), Some(extended.days));
            }
            if let Some(pause) = self.pauses.get(index) {
                let moved = self.end_of(start, days, self.pauses.get(..=index).unwrap_or(&[]));
                if moved != due {
                    due = moved;
                    let still = self.calendar.working_days_between(pause.from, pause.to);
                    let still = u32::try_from(still).unwrap_or(0);
                    say(
                        "suspension",
                        &self.step.grounds_source.cite,
                        Some(due),
                        Some(still),
                    );
                }
            }
        }
        if let Phase::Suspended { .. } = self.phase {
            say("suspension", &self.step.grounds_source.cite, None, None);
        }
        if reading.provisional {
            say(
                "provisional",
                "全国年节及纪念日放假办法",
                reading.due_on,
                None,
            );
        }
        rules
    }
}
