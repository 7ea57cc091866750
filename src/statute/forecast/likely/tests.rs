use super::*;
use crate::statute::calendar::date;
use crate::statute::division::County;
use crate::statute::forecast::forecast;
use crate::statute::plan::facts::Volts;
use crate::statute::plan::route::route;
use crate::statute::plan::{Plan, ProjectFacts};

/// A Monday.
const MONDAY: (i32, u32, u32) = (2026, 3, 2);

fn monday() -> NaiveDate {
    date(MONDAY.0, MONDAY.1, MONDAY.2)
}

fn facts() -> ProjectFacts {
    ProjectFacts {
        voltage: Volts(220_000),
        counties: vec![County::Mingshan],
        new_land: true,
        ..ProjectFacts::default()
    }
}

/// Every step took exactly these days in the past.
fn took(route: &Route<'_>, days: &[u32]) -> Vec<Took> {
    let of = |step: &crate::statute::plan::route::RouteStep<'_>| Took {
        key: step.key.clone(),
        days: days.to_vec(),
        begun_on: None,
    };
    route.steps.iter().map(of).collect()
}

#[test]
fn a_past_that_was_the_limit_gives_the_forecast_by_limits() {
    let facts = facts();
    let route = route(Plan::built_in(), &facts).expect("a route");
    let calendar = Calendar::official();
    let took: Vec<Took> = route
        .steps
        .iter()
        .map(|step| Took {
            key: step.key.clone(),
            days: vec![step.step.limit().map_or(1, |limit| limit.days)],
            begun_on: None,
        })
        .collect();
    let limits = forecast(&route, &[], monday(), calendar);
    let band = likely(&route, &[], &took, monday(), calendar, 1).expect("a band");
    assert_eq!(Some(band.middle), limits.finish);
    assert_eq!((band.early, band.late), (band.middle, band.middle));
    assert_eq!(band.push, None, "nothing is quicker than what always was");
}

#[test]
fn without_a_past_the_limit_holds_and_the_step_is_named() {
    let facts = facts();
    let route = route(Plan::built_in(), &facts).expect("a route");
    let calendar = Calendar::official();
    let band = likely(&route, &[], &[], monday(), calendar, 1).expect("a band");
    assert_eq!(
        Some(band.late),
        forecast(&route, &[], monday(), calendar).finish
    );
    assert_eq!(band.by_limit.len(), route.steps.len());
    assert_eq!(band.drawn_from, 0);
}

#[test]
fn the_band_is_ordered_and_the_same_seed_gives_the_same_band() {
    let facts = facts();
    let route = route(Plan::built_in(), &facts).expect("a route");
    let calendar = Calendar::official();
    let took = took(&route, &[3, 5, 8, 13, 21, 34]);
    let band = |seed| likely(&route, &[], &took, monday(), calendar, seed).expect("a band");
    let first = band(7);
    assert!(first.early < first.middle && first.middle < first.late);
    assert_eq!(first, band(7));
    let push = first.push.expect("a step to push");
    assert!(push.gains > 0);
}

/// A step that is under way ends no sooner than it has lasted: of 3, 10 and 20 days only the last
/// two can still come after five.
#[test]
fn what_is_under_way_draws_only_from_what_lasted_longer() {
    let facts = ProjectFacts {
        new_land: false,
        crosses_highway: true,
        ..facts()
    };
    let whole = route(Plan::built_in(), &facts).expect("a route");
    let calendar = Calendar::official();
    let today = calendar.add_working_days(monday(), 5);
    let known: Vec<Known> = whole
        .steps
        .iter()
        .filter(|step| step.key.step.as_str() != "road-crossing")
        .map(|step| Known {
            key: step.key.clone(),
            ended_on: Some(monday()),
            due_on: None,
        })
        .collect();
    let mut took = took(&whole, &[3, 10, 20]);
    for one in &mut took {
        one.begun_on = Some(monday());
    }
    let band = likely(&whole, &known, &took, today, calendar, 3).expect("a band");
    assert_eq!(band.early, calendar.add_working_days(monday(), 10));
    assert_eq!(band.late, calendar.add_working_days(monday(), 20));
    for one in &mut took {
        one.days = vec![2, 4];
    }
    let band = likely(&whole, &known, &took, today, calendar, 3).expect("a band");
    assert_eq!(band.late, calendar.add_working_days(today, 1));
    assert_eq!(band.beyond.len(), 1);
}

#[test]
fn nothing_is_said_of_a_step_with_neither_past_nor_limit_nor_of_a_finished_project() {
    let facts = ProjectFacts {
        forest_land: true,
        green_hills: true,
        ..facts()
    };
    let route = route(Plan::built_in(), &facts).expect("a route");
    let calendar = Calendar::official();
    assert_eq!(likely(&route, &[], &[], monday(), calendar, 1), None);
    let known: Vec<Known> = route
        .steps
        .iter()
        .map(|step| Known {
            key: step.key.clone(),
            ended_on: Some(monday()),
            due_on: None,
        })
        .collect();
    let took = took(&route, &[3]);
    assert_eq!(likely(&route, &known, &took, monday(), calendar, 1), None);
}
