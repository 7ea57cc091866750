use super::*;
use crate::statute::plan::facts::Volts;

fn steps(facts: &ProjectFacts) -> Vec<(String, Option<County>)> {
    route(Plan::built_in(), facts)
        .expect("a route")
        .steps
        .iter()
        .map(|step| (step.key.step.to_string(), step.key.county))
        .collect()
}

fn in_county() -> ProjectFacts {
    ProjectFacts {
        counties: vec![County::Mingshan],
        ..ProjectFacts::default()
    }
}

#[test]
fn a_line_over_two_counties_has_one_county_step_for_each() {
    let facts = ProjectFacts {
        voltage: Volts(220_000),
        counties: vec![County::BenxiCounty, County::Nanfen],
        new_land: true,
        ..ProjectFacts::default()
    };
    assert_eq!(
        steps(&facts),
        [
            ("county-initial-review".to_owned(), Some(County::Nanfen)),
            (
                "county-initial-review".to_owned(),
                Some(County::BenxiCounty)
            ),
            ("land-pre-review".to_owned(), None),
            ("site-selection".to_owned(), None),
            ("land-dossier".to_owned(), Some(County::Nanfen)),
            ("land-dossier".to_owned(), Some(County::BenxiCounty)),
            ("planning-permit".to_owned(), None),
        ]
    );
}

#[test]
fn clause_15_exempts_the_planning_permit_only_where_all_three_hold() {
    let small = ProjectFacts {
        voltage: Volts(10_000),
        user_demand: true,
        public_network: true,
        occupies_green: true,
        opens_city_road: true,
        ..in_county()
    };
    let found = route(Plan::built_in(), &small).expect("a route");
    assert_eq!(found.exempt.len(), 1);
    assert_eq!(found.exempt[0].step.id.as_str(), "planning-permit");
    assert_eq!(
        found.exempt[0].source.map(|s| s.cite.as_str()),
        Some("方案第15条")
    );
    let fileable = found.fileable(&[], &[]);
    assert_eq!(fileable.len(), 1);
    assert_eq!(fileable[0].step.as_str(), "drawing-confirmation");
    let both = found.fileable(&fileable, &fileable);
    assert_eq!(
        both.len(),
        2,
        "green land and road opening run side by side: {both:?}"
    );
    for changed in [
        ProjectFacts {
            voltage: Volts(35_000),
            ..small.clone()
        },
        ProjectFacts {
            user_demand: false,
            ..small.clone()
        },
        ProjectFacts {
            public_network: false,
            ..small
        },
    ] {
        let found = route(Plan::built_in(), &changed).expect("a route");
        assert!(found.exempt.is_empty());
        assert!(
            found
                .steps
                .iter()
                .any(|s| s.key.step.as_str() == "planning-permit")
        );
    }
}

#[test]
fn green_hills_leave_the_forestry_dossier_without_a_limit() {
    let facts = ProjectFacts {
        forest_land: true,
        green_hills: true,
        ..in_county()
    };
    let found = route(Plan::built_in(), &facts).expect("a route");
    let forestry = found
        .steps
        .iter()
        .find(|s| s.key.step.as_str() == "forestry-dossier");
    assert!(forestry.is_some_and(|step| step.untimed));
}

#[test]
fn only_a_change_without_scale_is_a_blueprint_change() {
    let change = ProjectFacts {
        changes_blueprint: true,
        ..in_county()
    };
    assert!(
        steps(&change)
            .iter()
            .any(|(step, _)| step == "blueprint-change")
    );
    let scale = ProjectFacts {
        changes_land_scale: true,
        ..change
    };
    assert!(
        !steps(&scale)
            .iter()
            .any(|(step, _)| step == "blueprint-change")
    );
}

#[test]
fn facts_that_contradict_themselves_make_no_route() {
    let fault = |facts: ProjectFacts| {
        route(Plan::built_in(), &facts)
            .map(|_| ())
            .expect_err("a fault")
    };
    assert_eq!(fault(ProjectFacts::default()), FactsFault::NoCounty);
    let twice = vec![County::Xihu, County::Xihu];
    assert_eq!(
        fault(ProjectFacts {
            counties: twice,
            ..in_county()
        }),
        FactsFault::CountyTwice(County::Xihu)
    );
    assert_eq!(
        fault(ProjectFacts {
            voltage: Volts(0),
            ..in_county()
        }),
        FactsFault::NoVoltage
    );
    assert_eq!(
        fault(ProjectFacts {
            changes_land_scale: true,
            ..in_county()
        }),
        FactsFault::ScaleWithoutChange
    );
}

/// Every combination of the route's yes-or-no facts, at three voltages.
#[test]
fn every_wait_of_every_route_is_on_that_route() {
    for bits in 0_u32..(1 << 10) {
        let bit = |n: u32| bits & (1 << n) != 0;
        for volts in [400, 10_000, 220_000] {
            let facts = ProjectFacts {
                voltage: Volts(volts),
                public_network: bit(0),
                user_demand: bit(1),
                new_land: bit(2),
                forest_land: bit(3),
                green_hills: bit(4),
                fells_trees: bit(5),
                crosses_highway: bit(6),
                opens_city_road: bit(7),
                occupies_green: bit(8),
                changes_blueprint: bit(9),
                ..in_county()
            };
            let found = route(Plan::built_in(), &facts).expect("a route");
            let keys: Vec<&RouteKey> = found.steps.iter().map(|s| &s.key).collect();
            for step in &found.steps {
                assert!(
                    step.waits_for.iter().all(|ahead| keys.contains(&ahead)),
                    "{facts:?}"
                );
            }
            let total = found.steps.len() + found.exempt.len() + found.not_needed.len();
            assert_eq!(
                total,
                Plan::built_in().steps.len(),
                "each step has one answer: {facts:?}"
            );
            assert!(found.steps.is_empty() || !found.fileable(&[], &[]).is_empty());
        }
    }
}
