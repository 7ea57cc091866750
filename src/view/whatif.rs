//! The page of suppositions (推演).

use serde::Serialize;

use super::card::Card;
use super::date::Day;
use super::form::WhatIfTyped;
use super::list::{Choice, query};
use super::moves::Part;
use super::new_project::{Fault, faults};
use super::{Shell, View, ViewError};
use crate::office::Suppose;
use crate::office::model::whatif::{LastYear, StepChoice, WhatIf};

/// How a bureau's last year would have looked.
#[derive(Debug, Serialize)]
struct Year {
    name: String,
    decided: u64,
    on_time: u64,
    then: u64,
    rate: String,
    rate_then: String,
    /// The difference in steps, with its sign.
    change: String,
    all: bool,
}

/// A project for which the change makes much.
#[derive(Debug, Serialize)]
struct Project {
    id: i64,
    name: String,
    days: i64,
    shorter: bool,
}

/// What was found.
#[derive(Debug, Serialize)]
struct Found {
    said: String,
    moves: Part,
    year: Vec<Year>,
    since: Day,
    projects: u64,
    shorter: u64,
    longer: u64,
    mean: String,
    most: Vec<Project>,
    fileable: Option<u64>,
    fileable_rows: Vec<Card>,
    previous: Option<String>,
    next: Option<String>,
    /// Pages of a pasted catalogue cannot be turned by an address: the first one is all.
    only_first: bool,
}

/// The page's matter.
#[derive(Debug, Serialize)]
struct Page {
    steps: Vec<Choice>,
    days: String,
    waits: Vec<Choice>,
    text: String,
    faults: Vec<Fault>,
    text_faults: Vec<String>,
    found: Option<Found>,
}

fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "—".to_owned();
    }
    let tenths = (part * 1000 + whole / 2) / whole;
    format!("{}.{}%", tenths / 10, tenths % 10)
}

fn year(line: &LastYear) -> Year {
    let signed = i64::try_from(line.then).unwrap_or(0) - i64::try_from(line.on_time).unwrap_or(0);
    Year {
        name: line.name.clone(),
        decided: line.decided,
        on_time: line.on_time,
        then: line.then,
        rate: percent(line.on_time, line.decided),
        rate_then: percent(line.then, line.decided),
        change: match signed {
            0 => "不变".to_owned(),
            n if n > 0 => format!("多{n}项按时"),
            n => format!("少{}项按时", -n),
        },
        all: line.bureau.is_none(),
    }
}

/// The working days saved on average, in tenths.
fn mean(saved: i64, projects: u64) -> String {
    let Some(projects) = i64::try_from(projects).ok().filter(|n| *n > 0) else {
        return "0".to_owned();
    };
    let tenths = saved.abs() * 10 / projects;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn found(asked: &Suppose, what: &WhatIf, shell: &Shell<'_>) -> Found {
    let address = |page: u32| {
        let mut pairs: Vec<(&str, String)> = match asked {
            Suppose::Limit { step, days } => {
                vec![("step", step.to_string()), ("days", days.to_string())]
            }
            Suppose::Parallel { step, ahead } => vec![("parallel", format!("{step}:{ahead}"))],
            Suppose::Catalogue(_) => Vec::new(),
        };
        pairs.push(("page", page.to_string()));
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (*n, v.as_str())).collect();
        query("/what-if", &pairs)
    };
    let (page, pages) = (what.moves.page, what.moves.pages);
    let by_address = !matches!(asked, Suppose::Catalogue(_));
    Found {
        said: what.said.clone(),
        moves: Part::of(&what.moves, shell.today),
        year: what.last_year.iter().map(year).collect(),
        since: Day::of(what.since),
        projects: what.spans.projects,
        shorter: what.spans.shorter,
        longer: what.spans.longer,
        mean: mean(what.spans.saved, what.spans.projects),
        most: what
            .spans
            .most
            .iter()
            .map(|(id, name, saved)| Project {
                id: id.0,
                name: name.clone(),
                days: saved.abs(),
                shorter: *saved > 0,
            })
            .collect(),
        fileable: what.fileable.as_ref().map(|(count, _)| *count),
        fileable_rows: what
            .fileable
            .as_ref()
            .map(|(_, cards)| Card::all(cards, shell.today))
            .unwrap_or_default(),
        previous: (by_address && page > 1).then(|| address(page - 1)),
        next: (by_address && page < pages).then(|| address(page + 1)),
        only_first: !by_address && pages > 1,
    }
}

impl View {
    /// The page of suppositions, with what was found where something was asked.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn what_if(
        &self,
        shell: &Shell<'_>,
        steps: &[StepChoice],
        typed: &WhatIfTyped,
        what: Option<(&Suppose, &WhatIf)>,
    ) -> Result<String, ViewError> {
        let limited = steps.iter().filter_map(|step| {
            let limit = step.limit?;
            Some(Choice {
                value: step.id.to_string(),
                word: format!("{}（现行{limit}个工作日）", step.name),
                chosen: step.id.as_str() == typed.step,
            })
        });
        let waits = steps.iter().flat_map(|step| {
            step.waits_for.iter().map(|(ahead, name)| {
                let value = format!("{}:{ahead}", step.id);
                Choice {
                    chosen: value == typed.parallel,
                    word: format!("{}：不再等待“{name}”", step.name),
                    value,
                }
            })
        });
        let text_faults = typed.faults.iter().filter(|fault| fault.field == "text");
        let page = Page {
            steps: limited.collect(),
            days: typed.days.clone(),
            waits: waits.collect(),
            text: typed.text.clone(),
            text_faults: text_faults.map(|fault| fault.message.clone()).collect(),
            faults: faults(&typed.faults),
            found: what.map(|(asked, what)| found(asked, what, shell)),
        };
        self.render("pages/whatif.html", Some((shell, "/what-if")), "推演", page)
    }
}
