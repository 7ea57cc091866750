//! What a person may do on a step today: what the clock's rules leave open, what the role may
//! do, and what the office's own rules do not forbid.

use super::super::model::{ActForm, OpenAct};
use crate::statute::clock::{EventKind, Status};
use crate::statute::plan::Step;

/// The least calendar days of an announcement (土地管理法 第47条).
const ANNOUNCED_AT_LEAST: u32 = 30;

/// The acts among `kinds`, each with its form; the one that the step now waits for first.
pub(super) fn forms(step: &Step, status: Status, kinds: Vec<EventKind>) -> Vec<OpenAct> {
    let natural = natural(status);
    let mut acts: Vec<OpenAct> = kinds
        .into_iter()
        .filter_map(|kind| {
            let primary = natural == Some(kind.code());
            let (kind, form) = form(step, kind)?;
            Some(OpenAct {
                kind,
                form,
                primary,
            })
        })
        .collect();
    acts.sort_by_key(|act| !act.primary);
    acts
}

/// The contract's word of the act that a step in `status` waits for.
fn natural(status: Status) -> Option<&'static str> {
    match status {
        Status::Draft => Some("submitted"),
        Status::Submitted => Some("accepted"),
        Status::Correcting => Some("resubmitted"),
        Status::Waiting => Some("announced"),
        Status::Running => Some("granted"),
        Status::Suspended => Some("resumed"),
        Status::Granted | Status::Denied | Status::Rejected | Status::Withdrawn => None,
    }
}

/// The kind with its figures at what the form proposes, and what the form asks for; `None` where
/// the step's catalogue entry leaves nothing to choose.
fn form(step: &Step, kind: EventKind) -> Option<(EventKind, ActForm)> {
    let with_form = match kind {
        EventKind::Suspended { .. } => {
            let ground = step.grounds.first()?.code().to_owned();
            let form = ActForm::Ground(step.grounds.clone());
            (EventKind::Suspended { ground }, form)
        }
        EventKind::Extended { .. } => {
            let most = step.extension.as_ref()?.max_days;
            let form = ActForm::Days {
                min: 1,
                max: Some(most),
                proposed: most,
            };
            let days = i64::from(most);
            (EventKind::Extended { days }, form)
        }
        EventKind::Announced { .. } => {
            let form = ActForm::Days {
                min: ANNOUNCED_AT_LEAST,
                max: None,
                proposed: ANNOUNCED_AT_LEAST,
            };
            let days = i64::from(ANNOUNCED_AT_LEAST);
            (EventKind::Announced { days }, form)
        }
        plain => (plain, ActForm::Plain),
    };
    Some(with_form)
}
