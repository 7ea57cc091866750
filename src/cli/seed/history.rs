//! A made-up project and everything that happened to it, inside the rules.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::statute::calendar::Calendar;
use crate::statute::clock::EventKind;
use crate::statute::division::County;
use crate::statute::plan::facts::{Volts, Works};
use crate::statute::plan::route::{RouteKey, RouteStep, route};
use crate::statute::plan::{Ground, Plan, ProjectFacts, Starter};
use crate::statute::random::Random;

/// Of a hundred steps whose last day has passed, how many a bureau leaves lying.
const LEFT_LYING: u32 = 6;

/// One thing that happened.
#[derive(Debug, Clone)]
pub(super) struct Happened {
    pub(super) on: NaiveDate,
    /// `None`: clause 1's joint filing.
    pub(super) what: Option<(RouteKey, EventKind)>,
}

/// Facts of a project: most are large works that meet most of the plan's steps.
pub(in crate::cli) fn facts(random: &mut Random) -> ProjectFacts {
    let volts = random.one_of(&[10_000, 35_000, 66_000, 66_000, 110_000, 220_000]);
    let voltage = Volts(volts.copied().unwrap_or(66_000));
    let mut counties = vec![*random.one_of(&County::ALL).unwrap_or(&County::Pingshan)];
    if random.percent(25)
        && let Some(other) = random.one_of(&County::ALL)
        && !counties.contains(other)
    {
        counties.push(*other);
    }
    let user_demand = voltage.0 <= 10_000;
    ProjectFacts {
        voltage,
        public_network: true,
        user_demand,
        works: *random.one_of(&Works::ALL).unwrap_or(&Works::Line),
        counties,
        new_land: true,
        forest_land: random.percent(92),
        green_hills: random.percent(10),
        fells_trees: random.percent(92),
        trees_without_certificate: random.percent(20),
        crosses_highway: random.percent(92),
        opens_city_road: random.percent(92),
        occupies_green: random.percent(92),
        shades_neighbours: random.percent(10),
        changes_blueprint: random.percent(25),
        changes_land_scale: false,
        changes_building_scale: false,
    }
}

/// A history in the making.
struct Story<'a> {
    random: &'a mut Random,
    calendar: &'a Calendar,
    today: NaiveDate,
    happened: Vec<Happened>,
    /// The decision's day of each granted step.
    granted: BTreeMap<RouteKey, NaiveDate>,
    /// The day on which the last county's opinion came in, while all have.
    opinion: Option<NaiveDate>,
}

/// What happened to a project of `facts` that was entered on `entered`, up to `today`, in the
/// order of days.
pub(super) fn history(
    plan: &Plan,
    facts: &ProjectFacts,
    entered: NaiveDate,
    today: NaiveDate,
    calendar: &Calendar,
    random: &mut Random,
) -> Vec<Happened> {
    let Ok(route) = route(plan, facts) else {
        return Vec::new();
    };
    let mut story = Story {
        random,
        calendar,
        today,
        happened: Vec::new(),
        granted: BTreeMap::new(),
        opinion: None,
    };
    let joint = story.after(entered, 0, 4);
    if route.steps.iter().any(|step| is_joint(step)) && joint <= today {
        story.happened.push(Happened {
            on: joint,
            what: None,
        });
    }
    let reviews = route
        .steps
        .iter()
        .filter(|step| step.step.opinion_to.is_some())
        .count();
    let mut opinions = Vec::new();
    let mut open: Vec<&RouteStep<'_>> = route.steps.iter().collect();
    // The file's order puts what is waited for before what waits, but for the county steps' city.
    open.sort_by_key(|step| {
        (
            step.step.starts.contains(&Starter::CountyOpinionReceived),
            !step.waits_for.is_empty(),
        )
    });
    for step in in_order(open) {
        let ahead: Option<Vec<NaiveDate>> = step
            .waits_for
            .iter()
            .map(|key| story.granted.get(key).copied())
            .collect();
        let Some(ahead) = ahead else { continue };
        let from = ahead.into_iter().fold(entered, NaiveDate::max);
        let filed = if is_joint(step) {
            joint
        } else {
            story.after(from, 0, 6)
        };
        if filed > today {
            continue;
        }
        let ended = story.one_step(step, filed);
        if step.step.opinion_to.is_some() {
            opinions.extend(ended);
            if opinions.len() == reviews {
                story.opinion = opinions.iter().max().copied();
            }
        }
    }
    let mut happened = story.happened;
    happened.sort_by_key(|one| one.on);
    happened
}

fn is_joint(step: &RouteStep<'_>) -> bool {
    !step.step.joint_with.is_empty()
}

/// Steps so that each stands behind what it waits for.
fn in_order<'s, 'p>(mut open: Vec<&'s RouteStep<'p>>) -> Vec<&'s RouteStep<'p>> {
    let mut ordered: Vec<&RouteStep<'_>> = Vec::with_capacity(open.len());
    while !open.is_empty() {
        let at = open
            .iter()
            .position(|step| {
                step.waits_for
                    .iter()
                    .all(|key| ordered.iter().any(|done| done.key == *key))
            })
            .unwrap_or(0);
        ordered.push(open.remove(at));
    }
    ordered
}

impl Story<'_> {
    fn after(&mut self, day: NaiveDate, least: u32, most: u32) -> NaiveDate {
        let n = self.random.within(least, most);
        self.calendar.add_working_days(day, n)
    }

    /// Says that something happened, if its day has come; false where it has not.
    fn say(&mut self, step: &RouteStep<'_>, on: NaiveDate, kind: EventKind) -> bool {
        if on > self.today {
            return false;
        }
        self.happened.push(Happened {
            on,
            what: Some((step.key.clone(), kind)),
        });
        true
    }

    /// Lets one step happen from its filing; the decision's day where it was decided on the
    /// merits.
    fn one_step(&mut self, step: &RouteStep<'_>, filed: NaiveDate) -> Option<NaiveDate> {
        if !is_joint(step) {
            self.say(step, filed, EventKind::Submitted);
        }
        let mut handed_in = filed;
        if self.random.percent(12) {
            let asked = self.after(handed_in, 1, 4);
            if !self.say(step, asked, EventKind::MaterialsRequested) {
                return None;
            }
            handed_in = self.after(asked, 2, 12);
            if !self.say(step, handed_in, EventKind::Resubmitted) {
                return None;
            }
        }
        let answered = self.after(handed_in, 1, 4);
        // Now and then nobody answers: silence accepts as of the day it was handed in.
        let accepted = if self.random.percent(3) {
            handed_in
        } else if self.say(step, answered, EventKind::Accepted) {
            answered
        } else {
            return None;
        };
        let silent_until = self.calendar.add_working_days(handed_in, 6);
        let mut start = accepted;
        if step.step.starts.contains(&Starter::CountyOpinionReceived) {
            start = start.max(self.opinion?);
        }
        if step.step.starts.contains(&Starter::AnnouncementExpired) {
            let announced = self.after(accepted.max(answered), 0, 3);
            if !self.say(step, announced, EventKind::Announced { days: 30 }) {
                return None;
            }
            let ends = announced
                .checked_add_days(Days::new(30))
                .unwrap_or(announced);
            start = start.max(self.calendar.roll_forward(ends));
        }
        let begin = start.max(silent_until.min(accepted.max(answered)));
        let limit = step
            .step
            .limit()
            .filter(|_| !step.untimed)
            .map_or(15, |limit| limit.days);
        let due = self.calendar.add_working_days(start, limit);
        if due < self.today && self.random.percent(LEFT_LYING) {
            return None;
        }
        let mut used = self.random.within(1, limit);
        if self.random.percent(6) {
            used = limit + self.random.within(1, 15);
        }
        let mut decided = self
            .calendar
            .add_working_days(begin.max(silent_until), used);
        if step.step.grounds.contains(&Ground::ExpertReview) && self.random.percent(15) {
            let from = self.calendar.add_working_days(begin.max(silent_until), 1);
            let ground = Ground::ExpertReview.code().to_owned();
            if from < decided && self.say(step, from, EventKind::Suspended { ground }) {
                let to = self.after(from, 3, 20);
                if !self.say(step, to, EventKind::Resumed) {
                    return None;
                }
                let still = self.calendar.working_days_between(from, to);
                decided = self
                    .calendar
                    .add_working_days(decided, u32::try_from(still).unwrap_or(0));
            }
        }
        let denied = self.random.percent(1);
        let kind = if denied {
            EventKind::Denied
        } else {
            EventKind::Granted
        };
        if !self.say(step, decided, kind) {
            return None;
        }
        if !denied {
            self.granted.insert(step.key.clone(), decided);
        }
        Some(decided)
    }
}
