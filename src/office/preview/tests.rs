use super::*;
use crate::statute::calendar::date;
use crate::statute::division::County;
use crate::statute::plan::facts::Volts;

fn shown(facts: &ProjectFacts) -> RoutePreview {
    let plan = Plan::built_in();
    preview(
        plan,
        facts,
        date(2026, 3, 2),
        Calendar::official(),
        |step| format!("{:?}", step.step.bureau),
    )
    .unwrap()
}

fn span(preview: &RoutePreview, step: &str) -> (NaiveDate, NaiveDate) {
    let line = preview
        .lines
        .iter()
        .find(|l| l.step.as_str() == step)
        .unwrap();
    (line.from.unwrap(), line.to.unwrap())
}

#[test]
fn a_line_over_two_counties_has_one_county_step_for_each() {
    let preview = shown(&ProjectFacts {
        counties: vec![County::Mingshan, County::Nanfen],
        new_land: true,
        ..ProjectFacts::default()
    });
    let reviews: Vec<Option<County>> = preview
        .lines
        .iter()
        .filter(|l| l.step.as_str() == "county-initial-review")
        .map(|l| l.county)
        .collect();
    assert_eq!(reviews, [Some(County::Mingshan), Some(County::Nanfen)]);
    // 20 working days from 2 March end on 30 March; the city's seven follow the opinion.
    assert_eq!(
        span(&preview, "county-initial-review"),
        (date(2026, 3, 2), date(2026, 3, 30))
    );
    assert_eq!(
        span(&preview, "land-pre-review"),
        (date(2026, 3, 2), date(2026, 4, 9)),
        "31, 1, 2, 3, 7, 8, 9: Qingming rests 4 to 6 April"
    );
    let permit = preview
        .lines
        .iter()
        .find(|l| l.step.as_str() == "planning-permit")
        .unwrap();
    assert_eq!(permit.waits_for, ["市级用地预审", "选址意见书"]);
    assert!(!permit.fileable);
    assert_eq!((permit.plan_days, permit.law_days), (None, Some(20)));
    assert!(preview.one_after_another > preview.forecast.finish);
}

#[test]
fn a_ten_kilovolt_public_line_for_users_needs_no_planning_permit() {
    let preview = shown(&ProjectFacts {
        voltage: Volts(10_000),
        user_demand: true,
        public_network: true,
        counties: vec![County::Pingshan],
        opens_city_road: true,
        ..ProjectFacts::default()
    });
    let exempt: Vec<(&str, u32, bool)> = preview
        .exempt
        .iter()
        .map(|s| (s.name.as_str(), s.clause, s.source.is_some()))
        .collect();
    assert_eq!(exempt, [("建设工程规划许可", 7, true)]);
    assert!(
        preview
            .lines
            .iter()
            .all(|l| l.step.as_str() != "planning-permit")
    );
    assert!(preview.not_needed.iter().all(|s| s.source.is_none()));
}

#[test]
fn a_limit_that_does_not_hold_is_not_shown() {
    let preview = shown(&ProjectFacts {
        counties: vec![County::Huanren],
        forest_land: true,
        green_hills: true,
        ..ProjectFacts::default()
    });
    let line = preview
        .lines
        .iter()
        .find(|l| l.step.as_str() == "forestry-dossier")
        .unwrap();
    assert!(line.untimed);
    assert_eq!((line.plan_days, line.law_days), (None, None));
    assert_eq!(line.limit_source, None);
    assert!(preview.forecast.open_ended);
}

#[test]
fn facts_that_contradict_themselves_have_no_route() {
    let nothing = ProjectFacts::default();
    let refused = preview(
        Plan::built_in(),
        &nothing,
        date(2026, 3, 2),
        Calendar::official(),
        |_| String::new(),
    );
    assert_eq!(refused.unwrap_err(), FactsFault::NoCounty);
}
