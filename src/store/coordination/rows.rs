//! Rows of coordination to domain values; an impossible row names table, column and id.

use entity::{coordination_decision, coordination_meeting, decision_act, difficulty};

use super::{
    Called, Closed, Decision, DecisionAct, DecisionState, DecisionStep, Difficulty, Meeting,
    Minutes, Owner,
};
use crate::store::StoreError;
use crate::store::ids::{BureauId, DecisionId, DifficultyId, FilingId, MeetingId, ProjectId};

fn wrong(
    (table, column): (&'static str, &'static str),
    id: i64,
    found: &str,
    expected: &'static str,
) -> StoreError {
    StoreError::Inconsistent {
        table,
        column,
        id,
        found: found.to_owned(),
        expected,
    }
}

pub(super) fn difficulty(row: difficulty::Model) -> Result<Difficulty, StoreError> {
    let needs: Vec<BureauId> = serde_json::from_str(&row.needs).map_err(|_| {
        let place = ("difficulty", "needs");
        wrong(place, row.id, &row.needs, "bureaus as a JSON array")
    })?;
    let half = |found: &str| {
        let place = ("difficulty", "closed");
        wrong(place, row.id, found, "how, day, words and who, or nothing")
    };
    let resolved = match row.closed.as_deref() {
        None => None,
        Some("resolved") => Some(true),
        Some("without") => Some(false),
        Some(other) => return Err(half(other)),
    };
    let closed = match resolved {
        None => None,
        Some(resolved) => Some(Closed {
            resolved,
            on: row.closed_on.ok_or_else(|| half("no day"))?,
            words: row.closed_words.clone().ok_or_else(|| half("no words"))?,
            by_name: row.closed_by_name.clone().ok_or_else(|| half("nobody"))?,
        }),
    };
    Ok(Difficulty {
        id: DifficultyId(row.id),
        project: ProjectId(row.project_id),
        filing: row.filing_id.map(FilingId),
        bureau: row.bureau_id.map(BureauId),
        title: row.title,
        words: row.words,
        needs,
        raised_on: row.raised_on,
        person_name: row.person_name,
        closed,
    })
}

pub(super) fn meeting(row: coordination_meeting::Model) -> Result<Meeting, StoreError> {
    let called: Called = serde_json::from_str(&row.called).map_err(|_| {
        let place = ("coordination_meeting", "called");
        wrong(place, row.id, &row.called, "who is called, as JSON")
    })?;
    let minutes = match (row.minutes, row.minutes_by_name, row.minutes_at) {
        (Some(words), Some(by_name), Some(at)) => Some(Minutes { words, by_name, at }),
        (None, None, None) => None,
        _ => {
            let place = ("coordination_meeting", "minutes");
            return Err(wrong(place, row.id, "half of them", "minutes, or nothing"));
        }
    };
    Ok(Meeting {
        id: MeetingId(row.id),
        difficulty: DifficultyId(row.difficulty_id),
        on: row.on_day,
        place: row.place,
        called,
        person_name: row.person_name,
        minutes,
    })
}

/// A decision's state as its column holds it.
pub(super) fn state_text(state: DecisionState) -> &'static str {
    match state {
        DecisionState::Open => "open",
        DecisionState::Reported => "reported",
        DecisionState::Confirmed => "confirmed",
    }
}

pub(super) fn decision(row: coordination_decision::Model) -> Result<Decision, StoreError> {
    let states = [
        DecisionState::Open,
        DecisionState::Reported,
        DecisionState::Confirmed,
    ];
    let state = states
        .into_iter()
        .find(|state| state_text(*state) == row.state)
        .ok_or_else(|| {
            let place = ("coordination_decision", "state");
            wrong(place, row.id, &row.state, "open, reported or confirmed")
        })?;
    Ok(Decision {
        id: DecisionId(row.id),
        difficulty: DifficultyId(row.difficulty_id),
        meeting: MeetingId(row.meeting_id),
        owner: match row.owner_bureau {
            Some(id) => Owner::Bureau(BureauId(id)),
            None => Owner::Company,
        },
        words: row.words,
        due_on: row.due_on,
        state,
    })
}

pub(super) fn act(row: decision_act::Model) -> Result<DecisionAct, StoreError> {
    let steps = [
        DecisionStep::Reported,
        DecisionStep::Returned,
        DecisionStep::Confirmed,
    ];
    let step = steps
        .into_iter()
        .find(|step| step.code() == row.kind)
        .ok_or_else(|| {
            let place = ("decision_act", "kind");
            wrong(place, row.id, &row.kind, "reported, returned or confirmed")
        })?;
    Ok(DecisionAct {
        decision: DecisionId(row.decision_id),
        step,
        on: row.on_day,
        words: row.words,
        person_name: row.person_name,
    })
}
