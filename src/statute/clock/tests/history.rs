//! Made-up histories for the property tests.

use std::fmt;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use crate::statute::calendar::date;
use crate::statute::clock::{Event, EventKind};
use crate::statute::plan::{Ground, Plan, ProjectFacts, Step};

/// A step of the built-in catalogue, and facts that may leave it without a limit.
#[derive(Clone)]
pub(super) struct Chosen {
    pub(super) step: &'static Step,
    pub(super) facts: ProjectFacts,
}

impl fmt::Debug for Chosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, green hills: {}",
            self.step.id, self.facts.green_hills
        )
    }
}

/// Any of them.
pub(super) fn step() -> impl Strategy<Value = Chosen> {
    let steps = &Plan::built_in().steps;
    (0..steps.len(), any::<bool>()).prop_map(move |(index, green_hills)| Chosen {
        step: &steps[index],
        facts: ProjectFacts {
            green_hills,
            ..ProjectFacts::default()
        },
    })
}

/// Kinds that a bureau would record, with lawful and some unlawful figures.
pub(super) fn plausible() -> impl Strategy<Value = EventKind> {
    prop_oneof![
        2 => Just(EventKind::Submitted),
        2 => Just(EventKind::MaterialsRequested),
        2 => Just(EventKind::Resubmitted),
        3 => Just(EventKind::Accepted),
        1 => Just(EventKind::Rejected),
        2 => Just(EventKind::CountyOpinionReceived),
        2 => (29_i64..60).prop_map(|days| EventKind::Announced { days }),
        4 => prop::sample::select(&Ground::ALL[..])
            .prop_map(|ground| EventKind::Suspended { ground: ground.code().to_owned() }),
        1 => Just(EventKind::Suspended { ground: "holiday".to_owned() }),
        5 => Just(EventKind::Resumed),
        3 => (0_i64..13).prop_map(|days| EventKind::Extended { days }),
        1 => Just(EventKind::Granted),
        1 => Just(EventKind::Denied),
        1 => Just(EventKind::Withdrawn),
        1 => Just(EventKind::Unknown("lost".to_owned())),
    ]
}

/// Kinds with numbers that nobody would write.
pub(super) fn hostile() -> impl Strategy<Value = EventKind> {
    let number = || prop_oneof![any::<i64>(), -3_i64..40, Just(i64::MAX), Just(i64::MIN)];
    prop_oneof![
        4 => plausible(),
        1 => number().prop_map(|days| EventKind::Announced { days }),
        1 => number().prop_map(|days| EventKind::Extended { days }),
        1 => ".{0,8}".prop_map(|ground| EventKind::Suspended { ground }),
        1 => ".{0,8}".prop_map(EventKind::Unknown),
    ]
}

/// How many days lie between two records: often none or few, at times past a whole limit.
fn gap() -> impl Strategy<Value = u64> {
    prop_oneof![2 => Just(0), 5 => 1_u64..6, 4 => 4_u64..16, 1 => 16_u64..60]
}

/// A submission and what follows it, in order of days, between 2024 and the provisional 2028.
///
/// It begins as most do, so that the clock is often reached.
pub(super) fn told() -> impl Strategy<Value = Vec<Event>> {
    let opening = prop_oneof![
        1 => Just(vec![]),
        1 => Just(vec![EventKind::Submitted]),
        3 => Just(vec![EventKind::Submitted, EventKind::Accepted]),
        1 => Just(vec![
            EventKind::Submitted,
            EventKind::MaterialsRequested,
            EventKind::Resubmitted,
        ]),
        1 => Just(vec![
            EventKind::CountyOpinionReceived,
            EventKind::Submitted,
            EventKind::Accepted,
        ]),
        1 => Just(vec![
            EventKind::Announced { days: 30 },
            EventKind::Submitted,
            EventKind::Accepted,
        ]),
    ];
    let rest = prop::collection::vec(plausible(), 0..9);
    (
        0_u64..1_400,
        opening,
        rest,
        prop::collection::vec(gap(), 12),
    )
        .prop_map(|(begin, opening, rest, gaps)| {
            let mut on = date(2024, 1, 1) + Days::new(begin);
            let kinds = opening.into_iter().chain(rest);
            kinds
                .zip(gaps)
                .map(|(kind, gap)| {
                    on = on + Days::new(gap);
                    Event { on, kind }
                })
                .collect()
        })
}

/// Days from 1800 to 2300.
pub(super) fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..182_900).prop_map(|day| date(1800, 1, 1) + Days::new(day))
}
