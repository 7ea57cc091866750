use super::*;
use crate::statute::calendar::date;
use crate::store::DelegationId;

const BUREAU: BureauId = BureauId(7);
const WANG: PersonId = PersonId(1);
const LI: PersonId = PersonId(2);
const ZHAO: PersonId = PersonId(3);

fn day(day: u32) -> NaiveDate {
    date(2026, 9, day)
}

fn person(id: PersonId, name: &str) -> Person {
    Person {
        id,
        login: name.to_owned(),
        name: name.to_owned(),
        role: Role::Officer { bureau: BUREAU },
        active: true,
        lead: false,
    }
}

fn wish(stand_in: PersonId, first: u32, last: u32) -> HandOver {
    HandOver {
        giver: None,
        stand_in,
        first_on: day(first),
        last_on: day(last),
        reason: "年休假".to_owned(),
    }
}

fn standing(giver: PersonId, stand_in: PersonId, first: u32, last: u32) -> Delegation {
    let name = |id: PersonId| format!("第{id}人");
    Delegation {
        id: DelegationId(1),
        bureau: BUREAU,
        giver,
        giver_name: name(giver),
        stand_in,
        stand_in_name: name(stand_in),
        first_on: day(first),
        last_on: day(last),
        reason: "出差".to_owned(),
        made_by_name: name(giver),
        made_at: day(first).and_hms_opt(1, 0, 0).unwrap().and_utc(),
        ended: None,
    }
}

fn fields(refused: Result<(), OfficeError>) -> Vec<&'static str> {
    match refused {
        Ok(()) => Vec::new(),
        Err(OfficeError::Invalid(faults)) => faults.iter().map(|fault| fault.field).collect(),
        Err(other) => panic!("expected faults, got {other:?}"),
    }
}

fn rule(refused: Result<(), OfficeError>) -> &'static str {
    match refused {
        Ok(()) => "",
        Err(OfficeError::Rule(rule)) => rule.rule,
        Err(other) => panic!("expected a rule, got {other:?}"),
    }
}

#[test]
fn what_is_typed_names_another_person_a_span_that_has_not_passed_and_a_reason() {
    let today = day(10);
    let check = |wish: &HandOver| fields(typed(wish, WANG, today));
    assert_eq!(check(&wish(LI, 10, 10)), [""; 0], "one day, today");
    assert_eq!(check(&wish(LI, 1, 10)), [""; 0], "ends today");
    assert_eq!(check(&wish(LI, 1, 9)), ["last_on"], "ended yesterday");
    assert_eq!(
        check(&wish(LI, 12, 11)),
        ["last_on"],
        "ends before it begins"
    );
    assert_eq!(check(&wish(WANG, 10, 12)), ["stand_in"], "to oneself");
    let mut long = wish(LI, 10, 10);
    long.last_on = date(2027, 9, 10);
    assert_eq!(check(&long), [""; 0], "366 days");
    long.last_on = date(2027, 9, 11);
    assert_eq!(check(&long), ["last_on"], "367 days");
    let mut silent = wish(LI, 10, 12);
    silent.reason = " 假 ".to_owned();
    assert_eq!(check(&silent), ["reason"]);
}

#[test]
fn both_are_officers_of_the_bureau_who_can_log_in() {
    let mut people = [person(WANG, "王"), person(LI, "李")];
    let wish = wish(LI, 10, 12);
    assert!(colleagues(&people, &wish, WANG, BUREAU).is_ok());
    people[1].active = false;
    let inactive = colleagues(&people, &wish, WANG, BUREAU).map(|_| ());
    assert_eq!(fields(inactive), ["stand_in"]);
    people[1] = person(LI, "李");
    people[1].role = Role::Officer {
        bureau: BureauId(8),
    };
    let elsewhere = colleagues(&people, &wish, WANG, BUREAU).map(|_| ());
    assert_eq!(fields(elsewhere), ["stand_in"]);
    let stranger = colleagues(&people, &wish, ZHAO, BUREAU);
    assert!(matches!(stranger, Err(OfficeError::NotFound(_))));
}

#[test]
fn one_colleague_at_a_time_and_no_passing_on() {
    let (wang, li) = (person(WANG, "王"), person(LI, "李"));
    let today = day(5);
    let check = |standing: &[Delegation], first, last| {
        rule(clear(standing, &wish(LI, first, last), (&wang, &li), today))
    };
    assert_eq!(check(&[], 10, 20), "");
    let cases = [
        (standing(WANG, ZHAO, 15, 25), "handed-over-already"),
        (standing(LI, ZHAO, 15, 25), "stand-in-away"),
        (standing(ZHAO, WANG, 15, 25), "no-passing-on"),
        // Li may stand in for two at once.
        (standing(ZHAO, LI, 15, 25), ""),
    ];
    for (standing, expected) in cases {
        let standing = [standing];
        assert_eq!(check(&standing, 10, 20), expected);
        assert_eq!(check(&standing, 10, 15), expected, "meet on one day");
        assert_eq!(check(&standing, 25, 28), expected, "meet on the last day");
        assert_eq!(check(&standing, 10, 14), "", "before");
        assert_eq!(check(&standing, 26, 28), "", "after");
    }
    // What has passed already is in nobody's way.
    let passed = [standing(WANG, ZHAO, 1, 4)];
    assert_eq!(check(&passed, 3, 9), "");
}
