//! Who has a filing in hand (经办人): the officer of its bureau who last entered something.
//!
//! # Why
//! The column `officer_id` follows from the ledger alone: who may enter which event is settled by
//! its kind, and whoever stands in (代办) leaves the filing with the colleague for whom they act;
//! so does the lead who consents to a correction (更正).

use super::details::Details;
use super::ids::PersonId;
use crate::statute::clock::EventKind;

/// The case officer after an entry; `before` is the one before it.
pub fn case_officer(
    before: Option<PersonId>,
    kind: &EventKind,
    actor: Option<PersonId>,
    details: &Details,
) -> Option<PersonId> {
    let by_applicant = matches!(
        kind,
        EventKind::Submitted | EventKind::Resubmitted | EventKind::Withdrawn
    );
    if by_applicant || details.stands_in_for.is_some() || details.corrects.is_some() {
        return before;
    }
    actor.or(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_the_applicant_nor_a_rule_nor_a_stand_in_takes_a_filing_in_hand() {
        let plain = Details::default();
        let standing_in = Details {
            stands_in_for: Some("王某".to_owned()),
            ..Details::default()
        };
        let correcting = Details {
            corrects: Some(crate::statute::clock::Correction {
                entry: 1,
                strikes: false,
            }),
            ..Details::default()
        };
        let (before, actor) = (Some(PersonId(1)), Some(PersonId(2)));
        let accepted = EventKind::Accepted;
        for kind in [
            EventKind::Submitted,
            EventKind::Resubmitted,
            EventKind::Withdrawn,
        ] {
            assert_eq!(case_officer(before, &kind, actor, &plain), before);
            assert_eq!(case_officer(None, &kind, actor, &plain), None);
        }
        assert_eq!(case_officer(before, &accepted, None, &plain), before);
        assert_eq!(case_officer(before, &accepted, actor, &standing_in), before);
        assert_eq!(case_officer(before, &accepted, actor, &correcting), before);
        assert_eq!(case_officer(before, &accepted, actor, &plain), actor);
        assert_eq!(case_officer(None, &accepted, actor, &plain), actor);
    }
}
