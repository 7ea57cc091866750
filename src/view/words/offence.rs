//! Offences against power facilities, in the words of clause 14.

use crate::statute::offence::{OffenceKind, Outcome, State};

/// What was found.
pub fn offence_kind(kind: OffenceKind) -> &'static str {
    match kind {
        OffenceKind::TreeLine => "树线矛盾",
        OffenceKind::BuildingUnderLine => "线路下方违建",
        OffenceKind::FacilityTheft => "电力设施被盗",
    }
}

/// Where it is.
pub fn offence_state(state: State) -> &'static str {
    match state {
        State::Reported => "待受理",
        State::Transferred => "移送待受理",
        State::Received => "处置中",
        State::Closed => "已办结",
    }
}

/// How it ended.
pub fn offence_outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Settled => "已处置",
        Outcome::Unfounded => "查无实据",
        Outcome::ToJustice => "移送司法",
    }
}
