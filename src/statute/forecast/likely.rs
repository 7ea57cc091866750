//! When a project will likely be finished: what steps really took, drawn again and again.
//!
//! # Basis
//! A step that has not begun takes what one of the decided steps of its kind at its bureau took;
//! one that is under way takes what one of those took that had lasted at least as long. Everything
//! else is as in the forecast by limits: the longest path over what waits for what. A step without
//! any past takes its limit and is named; without a limit too, nothing likely can be said.

use chrono::NaiveDate;

use super::{ANNOUNCEMENT, Known, feeders, position};
use crate::statute::calendar::Calendar;
use crate::statute::plan::Starter;
use crate::statute::plan::route::{Route, RouteKey};
use crate::statute::random::Random;

/// Draws of the band.
const RUNS: usize = 2_000;
/// Draws by which one step's weight is found.
const RUNS_A_STEP: usize = 500;

/// What a step of the route is known to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Took {
    /// Which step.
    pub key: RouteKey,
    /// Working days that decided steps of its kind took at its bureau, suspensions included.
    pub days: Vec<u32>,
    /// Where it is under way: the day from which its own days are counted.
    pub begun_on: Option<NaiveDate>,
}

/// The step that gains most when it is as quick as the quickest quarter of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// Which step.
    pub key: RouteKey,
    /// Working days by which the middle finish comes earlier.
    pub gains: u32,
}

/// The likely finish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likely {
    /// One draw in ten finishes by then.
    pub early: NaiveDate,
    /// Half of the draws finish by then.
    pub middle: NaiveDate,
    /// Nine draws in ten finish by then.
    pub late: NaiveDate,
    /// The step to push.
    pub push: Option<Push>,
    /// Steps without any past, taken at their limit.
    pub by_limit: Vec<RouteKey>,
    /// Steps that have lasted longer than any of their kind, taken to end on the next working day.
    pub beyond: Vec<RouteKey>,
    /// Decided steps that the draws come from.
    pub drawn_from: usize,
    /// True where a day of the band falls in a year without a notice.
    pub provisional: bool,
}

/// How one step's end is drawn.
enum Draw {
    Ended(NaiveDate),
    /// Ends on one of these days, counted from this one.
    From(NaiveDate, Vec<u32>),
    /// Ends then at the earliest.
    By(NaiveDate),
    /// Begins when what it waits for has ended, and takes one of these.
    Takes(Vec<u32>),
}

struct Node {
    draw: Draw,
    ahead: Vec<usize>,
    announced: bool,
    /// A quarter of its kind took no longer.
    quick: Option<u32>,
}

/// Reckons the likely finish on `today`; `None` where every step has ended, or one has neither a
/// past nor a limit. The same seed gives the same answer.
pub fn likely(
    route: &Route<'_>,
    known: &[Known],
    took: &[Took],
    today: NaiveDate,
    calendar: &Calendar,
    seed: u64,
) -> Option<Likely> {
    let mut by_limit = Vec::new();
    let mut beyond = Vec::new();
    let mut drawn_from = 0;
    let mut nodes = Vec::with_capacity(route.steps.len());
    for step in &route.steps {
        let what = known.iter().find(|known| known.key == step.key);
        let past = took.iter().find(|took| took.key == step.key);
        let mut days = past.map(|past| past.days.clone()).unwrap_or_default();
        days.sort_unstable();
        let begun = past.and_then(|past| past.begun_on);
        let due = what.and_then(|known| known.due_on);
        let quick = days.get(days.len() / 4).copied();
        let draw = if let Some(ended) = what.and_then(|known| known.ended_on) {
            Draw::Ended(ended)
        } else if days.is_empty() {
            by_limit.push(step.key.clone());
            match (due, step.step.limit().filter(|_| !step.untimed)) {
                (Some(due), _) => Draw::By(due),
                (None, Some(limit)) => Draw::Takes(vec![limit.days]),
                (None, None) => return None,
            }
        } else if let Some(begun) = begun {
            let lasted = calendar.working_days_between(begun, today);
            let longer = days.partition_point(|days| i64::from(*days) <= lasted);
            drawn_from += days.len();
            let tail = days.split_off(longer);
            if tail.is_empty() {
                beyond.push(step.key.clone());
                Draw::By(calendar.add_working_days(today, 1))
            } else {
                Draw::From(begun, tail)
            }
        } else {
            drawn_from += days.len();
            Draw::Takes(days)
        };
        let feeders = feeders(route, step);
        let ahead = step.waits_for.iter().chain(&feeders);
        nodes.push(Node {
            draw,
            ahead: ahead.filter_map(|key| position(route, key)).collect(),
            announced: begun.is_none() && step.step.starts.contains(&Starter::AnnouncementExpired),
            quick,
        });
    }
    if nodes.iter().all(|node| matches!(node.draw, Draw::Ended(_))) {
        return None;
    }
    let order = order(&nodes)?;
    let draws = Draws {
        nodes: &nodes,
        order: &order,
        today,
        calendar,
        seed,
    };
    let all = draws.finishes(RUNS, None);
    let at = |part: usize| all.get((all.len() * part / 10).min(all.len().saturating_sub(1)));
    let (early, middle, late) = (*at(1)?, *at(5)?, *at(9)?);
    let mut band = [early, middle, late].into_iter();
    Some(Likely {
        early,
        middle,
        late,
        push: draws.push(route),
        by_limit,
        beyond,
        drawn_from,
        provisional: band.any(|day| calendar.is_provisional(day)),
    })
}

/// The steps so that each comes after all that it waits for; `None` in a circle, which no
/// catalogue that loads has.
fn order(nodes: &[Node]) -> Option<Vec<usize>> {
    let mut order: Vec<usize> = Vec::with_capacity(nodes.len());
    while order.len() < nodes.len() {
        let next = nodes.iter().enumerate().position(|(at, node)| {
            !order.contains(&at) && node.ahead.iter().all(|ahead| order.contains(ahead))
        })?;
        order.push(next);
    }
    Some(order)
}

struct Draws<'a> {
    nodes: &'a [Node],
    order: &'a [usize],
    today: NaiveDate,
    calendar: &'a Calendar,
    seed: u64,
}

impl Draws<'_> {
    /// The finishes of so many draws, earliest first; `quick` is the step that is pushed.
    fn finishes(&self, runs: usize, quick: Option<usize>) -> Vec<NaiveDate> {
        let mut random = Random::new(self.seed);
        let mut ends = vec![self.today; self.nodes.len()];
        let mut finishes: Vec<NaiveDate> = (0..runs)
            .map(|_| self.run(&mut random, &mut ends, quick))
            .collect();
        finishes.sort_unstable();
        finishes
    }

    fn run(&self, random: &mut Random, ends: &mut [NaiveDate], quick: Option<usize>) -> NaiveDate {
        let mut finish = self.today;
        for at in self.order {
            let Some(node) = self.nodes.get(*at) else {
                continue;
            };
            // One number a step and draw, used or not, so that pushing a step changes no other.
            let word = random.draw();
            let ahead = node.ahead.iter().filter_map(|ahead| ends.get(*ahead));
            let ready = ahead.copied().fold(self.today, NaiveDate::max);
            let pick = |days: &[u32]| match (quick == Some(*at), node.quick) {
                (true, Some(quick)) => quick,
                _ => one_of(days, word),
            };
            let end = match &node.draw {
                Draw::Ended(on) => *on,
                Draw::By(on) => ready.max(*on),
                Draw::From(begun, days) => {
                    let end = self.calendar.add_working_days(*begun, pick(days));
                    end.max(self.calendar.roll_forward(self.today))
                }
                Draw::Takes(days) => {
                    let mut start = ready;
                    if node.announced {
                        let over = start.checked_add_days(ANNOUNCEMENT);
                        start = self.calendar.roll_forward(over.unwrap_or(NaiveDate::MAX));
                    }
                    self.calendar.add_working_days(start, pick(days))
                }
            };
            if let Some(slot) = ends.get_mut(*at) {
                *slot = end;
            }
            finish = finish.max(end);
        }
        finish
    }

    fn push(&self, route: &Route<'_>) -> Option<Push> {
        let middle = |quick| {
            let all = self.finishes(RUNS_A_STEP, quick);
            all.get(all.len() / 2).copied()
        };
        let plain = middle(None)?;
        let mut best: Option<(u32, usize)> = None;
        for (at, node) in self.nodes.iter().enumerate() {
            let open = !matches!(node.draw, Draw::Ended(_) | Draw::By(_));
            if !open || node.quick.is_none() {
                continue;
            }
            let pushed = middle(Some(at))?;
            let gains = self.calendar.working_days_between(pushed, plain);
            let gains = u32::try_from(gains).unwrap_or(0);
            if gains > best.map_or(0, |(gains, _)| gains) {
                best = Some((gains, at));
            }
        }
        let (gains, at) = best?;
        let key = route.steps.get(at)?.key.clone();
        Some(Push { key, gains })
    }
}

fn one_of(days: &[u32], word: u64) -> u32 {
    let count = u64::try_from(days.len()).unwrap_or(1).max(1);
    let at = usize::try_from(word % count).unwrap_or(0);
    days.get(at).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests;
