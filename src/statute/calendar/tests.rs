use proptest::prelude::*;

use super::*;

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (-100_000_i32..1_200_000).prop_filter_map("a date", NaiveDate::from_num_days_from_ce_opt)
}

fn near_day() -> impl Strategy<Value = NaiveDate> {
    (725_000_i32..770_000).prop_filter_map("a date", NaiveDate::from_num_days_from_ce_opt)
}

#[test]
fn the_embedded_notices_load_and_reach_from_2010_to_2026() {
    let calendar = embedded().expect("the embedded notices load");
    let firm: Vec<i32> = calendar
        .years()
        .iter()
        .filter(|n| !n.provisional)
        .map(|n| n.year)
        .collect();
    assert_eq!(firm, (2010..=2026).collect::<Vec<_>>());
    assert!(calendar.years().iter().all(|n| !n.sources.is_empty()));
}

/// Vectors of facts.md 2.2, the first two checked by hand there.
#[test]
fn working_days_follow_the_notices() {
    let calendar = Calendar::official();
    for (from, n, due) in [
        ((2026, 9, 18), 7, (2026, 9, 29)),
        ((2026, 9, 23), 7, (2026, 10, 10)),
        ((2026, 2, 12), 7, (2026, 2, 28)),
        ((2026, 2, 12), 20, (2026, 3, 18)),
        ((2026, 9, 30), 20, (2026, 11, 3)),
        ((2026, 4, 30), 5, (2026, 5, 11)),
        ((2020, 7, 9), 7, (2020, 7, 20)),
    ] {
        let day = |(y, m, d)| date(y, m, d);
        assert_eq!(
            calendar.add_working_days(day(from), n),
            day(due),
            "{from:?} + {n}"
        );
    }
}

#[test]
fn a_last_day_of_rest_rolls_to_the_next_working_day() {
    let calendar = Calendar::official();
    assert_eq!(calendar.roll_forward(date(2026, 10, 1)), date(2026, 10, 8));
    assert_eq!(calendar.roll_forward(date(2026, 2, 19)), date(2026, 2, 24));
    assert_eq!(calendar.roll_forward(date(2026, 2, 28)), date(2026, 2, 28));
}

#[test]
fn kinds_are_the_notices_and_provisional_years_say_so() {
    let calendar = Calendar::official();
    assert_eq!(calendar.kind_of(date(2026, 10, 10)), DayKind::Makeup);
    assert_eq!(calendar.kind_of(date(2018, 12, 29)), DayKind::Makeup);
    assert_eq!(calendar.kind_of(date(2022, 12, 31)), DayKind::Holiday);
    assert_eq!(calendar.kind_of(date(2027, 2, 8)), DayKind::Holiday);
    assert_eq!(calendar.kind_of(date(2031, 10, 1)), DayKind::Weekday);
    assert!(!calendar.is_provisional(date(2026, 12, 31)));
    assert!(calendar.is_provisional(date(2027, 1, 1)));
    assert!(calendar.is_provisional(date(2031, 1, 1)));
    assert!(calendar.is_provisional(date(2009, 1, 1)));
}

#[test]
fn the_ends_of_time_do_not_panic() {
    let calendar = Calendar::official();
    for day in [NaiveDate::MIN, NaiveDate::MAX] {
        calendar.kind_of(day);
        calendar.roll_forward(day);
        calendar.add_working_days(day, u32::MAX);
    }
    calendar.working_days_between(NaiveDate::MIN, NaiveDate::MAX);
}

proptest! {
    #[test]
    fn between_undoes_add(day in any_day(), n in 0_u32..3_000) {
        let calendar = Calendar::official();
        let due = calendar.add_working_days(day, n);
        prop_assert_eq!(calendar.working_days_between(day, due), i64::from(n));
        prop_assert!(n == 0 || calendar.is_working(due));
    }

    #[test]
    fn between_counts_what_walking_day_by_day_counts(from in near_day(), span in 0_u64..800) {
        let calendar = Calendar::official();
        let to = from + chrono::Days::new(span);
        let walked = from.iter_days().skip(1).take_while(|day| *day <= to)
            .filter(|day| calendar.is_working(*day)).count();
        prop_assert_eq!(calendar.working_days_between(from, to), walked as i64);
        prop_assert_eq!(calendar.working_days_between(to, from), -(walked as i64));
    }
}
