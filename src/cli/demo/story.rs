//! The story's file: projects, and what happened to each, relative to today.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use serde::Deserialize;

use super::super::Trouble;
use crate::statute::calendar::Calendar;
use crate::statute::clock::EventKind;
use crate::statute::division::County;
use crate::statute::plan::ProjectFacts;
use crate::statute::plan::facts::{Volts, Works};

const STORY: &str = include_str!("story.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStory {
    project: Vec<RawProject>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProject {
    name: String,
    #[serde(default)]
    code: Option<String>,
    kv: String,
    works: Works,
    counties: Vec<County>,
    #[serde(default)]
    facts: BTreeSet<String>,
    entered: u32,
    acts: Vec<String>,
}

/// A project of the story.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) name: String,
    pub(super) code: Option<String>,
    pub(super) facts: ProjectFacts,
    pub(super) entered: NaiveDate,
    pub(super) acts: Vec<Act>,
}

/// One act of the story.
#[derive(Debug, Clone)]
pub(super) struct Act {
    pub(super) on: NaiveDate,
    pub(super) what: What,
}

/// What is done.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// Clause 1's joint filing.
    Joint,
    /// An event on a step.
    Event {
        step: String,
        county: Option<County>,
        kind: EventKind,
    },
}

/// The working day that lies `n` working days before `base`.
fn before(base: NaiveDate, n: u32, calendar: &Calendar) -> NaiveDate {
    let mut day = base;
    let mut left = n;
    while left > 0 {
        day = day.pred_opt().unwrap_or(day);
        if calendar.is_working(day) {
            left -= 1;
        }
    }
    day
}

/// The last working day up to `today`.
pub(super) fn base(today: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let mut day = today;
    while !calendar.is_working(day) {
        day = day.pred_opt().unwrap_or(day);
    }
    day
}

/// The story laid before `today`.
///
/// # Errors
/// The file is no such story; the message names the act.
pub(super) fn told(today: NaiveDate, calendar: &Calendar) -> Result<Vec<Told>, Trouble> {
    let base = base(today, calendar);
    let raw: RawStory = toml::from_str(STORY)?;
    raw.project
        .into_iter()
        .map(|project| {
            let facts = facts_of(&project)?;
            let acts = project
                .acts
                .iter()
                .map(|text| {
                    act(text, base, calendar)
                        .ok_or_else(|| format!("story: {}: `{text}`", project.name).into())
                })
                .collect::<Result<Vec<_>, Trouble>>()?;
            Ok(Told {
                entered: before(base, project.entered, calendar),
                name: project.name,
                code: project.code,
                facts,
                acts,
            })
        })
        .collect()
}

fn facts_of(project: &RawProject) -> Result<ProjectFacts, Trouble> {
    let mut facts = serde_json::to_value(ProjectFacts {
        voltage: Volts::parse_kv(&project.kv)?,
        works: project.works,
        counties: project.counties.clone(),
        ..ProjectFacts::default()
    })?;
    for name in &project.facts {
        let slot = facts
            .get_mut(name)
            .filter(|value| value.is_boolean())
            .ok_or_else(|| format!("story: {}: no fact `{name}`", project.name))?;
        *slot = true.into();
    }
    Ok(serde_json::from_value(facts)?)
}

fn act(text: &str, base: NaiveDate, calendar: &Calendar) -> Option<Act> {
    let mut words = text.split_whitespace();
    let when = words.next()?;
    let on = match when.strip_prefix('c') {
        Some(days) => base.checked_sub_days(Days::new(days.parse().ok()?))?,
        None => before(base, when.parse().ok()?, calendar),
    };
    let target = words.next()?;
    if target == "joint" {
        return Some(Act {
            on,
            what: What::Joint,
        });
    }
    let (step, county) = match target.split_once('@') {
        Some((step, county)) => (step, Some(county.parse().ok()?)),
        None => (target, None),
    };
    let event = words.next()?;
    let more = words.next();
    let figure = || more.and_then(|more| more.parse().ok());
    let kind = match event {
        "suspended" => EventKind::Suspended {
            ground: more?.to_owned(),
        },
        "extended" => EventKind::Extended { days: figure()? },
        "announced" => EventKind::Announced { days: figure()? },
        plain => serde_json::from_value(serde_json::json!({ "type": plain })).ok()?,
    };
    Some(Act {
        on,
        what: What::Event {
            step: step.to_owned(),
            county,
            kind,
        },
    })
}
