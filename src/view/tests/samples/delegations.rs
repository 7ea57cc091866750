//! Delegations: one in force, one to come, one ended early, one that has expired.

use chrono::NaiveDate;

use crate::office::model::BureauHome;
use crate::office::model::delegations::{Away, DelegationLine, DelegationsPage, StandingIn};
use crate::office::{BureauId, Delegation, DelegationId, EndedEarly, PersonId};
use crate::statute::calendar::date;

type Named = (i64, &'static str);

const LI: Named = (2, "李敏");
const WANG: Named = (5, "王丽");
const ZHAO: Named = (6, "赵敏");

fn one(id: i64, giver: Named, stand_in: Named, span: (NaiveDate, NaiveDate)) -> Delegation {
    Delegation {
        id: DelegationId(id),
        bureau: BureauId(1),
        giver: PersonId(giver.0),
        giver_name: giver.1.to_owned(),
        stand_in: PersonId(stand_in.0),
        stand_in_name: stand_in.1.to_owned(),
        first_on: span.0,
        last_on: span.1,
        reason: "年休假".to_owned(),
        made_by_name: giver.1.to_owned(),
        made_at: span.0.and_hms_opt(1, 0, 0).unwrap_or_default().and_utc(),
        ended: None,
    }
}

pub(in crate::view::tests) fn delegations() -> DelegationsPage {
    let day = |day| date(2026, 11, day);
    let line = |delegation: Delegation, in_force: bool, over: bool| DelegationLine {
        delegation,
        in_force,
        over,
        may_end: !over,
    };
    let mut ended = one(3, LI, WANG, (day(9), day(13)));
    ended.ended = Some(EndedEarly {
        on: day(11),
        by: PersonId(LI.0),
        by_name: LI.1.to_owned(),
        at: day(11).and_hms_opt(2, 0, 0).unwrap_or_default().and_utc(),
    });
    DelegationsPage {
        lines: vec![
            line(one(1, WANG, LI, (day(20), day(27))), true, false),
            line(one(2, LI, ZHAO, (day(28), day(30))), false, false),
            line(ended, false, true),
            line(one(4, ZHAO, LI, (day(2), day(6))), false, true),
        ],
        officers: [LI, WANG, ZHAO]
            .map(|(id, name)| (PersonId(id), name.to_owned()))
            .into(),
        own: PersonId(LI.0),
        lead: false,
    }
}

/// A home that shows both sides.
pub(in crate::view::tests) fn home_with_delegations() -> BureauHome {
    let home = super::bureau_home();
    let last_on = date(2026, 11, 27);
    BureauHome {
        standing_in: vec![StandingIn {
            giver_name: WANG.1.to_owned(),
            last_on,
            steps: home.running.clone(),
        }],
        away: Some(Away {
            stand_in_name: ZHAO.1.to_owned(),
            last_on,
        }),
        ..home
    }
}
