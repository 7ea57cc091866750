//! One step in a list.

use chrono::NaiveDate;

use super::model::FilingCard;
use crate::statute::calendar::Calendar;
use crate::statute::clock::Status;
use crate::statute::plan::Step;
use crate::store::record::Filing;

/// The card of `filing` on `today`, from its stored turning points: no ledger is read.
pub(super) fn card(
    filing: &Filing,
    project_name: String,
    bureau_name: String,
    step: &Step,
    today: NaiveDate,
    calendar: &Calendar,
) -> FilingCard {
    let glance = filing.turning.glance(today, calendar);
    let awaiting = glance.status == Status::Submitted;
    FilingCard {
        id: filing.id,
        project: filing.project,
        project_name,
        step: filing.step.clone(),
        step_name: step.name.clone(),
        clause: step.clause,
        county: filing.county,
        bureau_name,
        submitted_on: filing.submitted_on,
        answer_by: filing
            .turning
            .deems_on
            .filter(|_| awaiting)
            .and_then(|on| on.pred_opt()),
        glance,
    }
}
