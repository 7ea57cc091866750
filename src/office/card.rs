//! One step in a list.

use std::sync::Arc;

use chrono::NaiveDate;

use super::model::FilingCard;
use super::{Office, OfficeError};
use crate::statute::calendar::Calendar;
use crate::statute::clock::Status;
use crate::statute::plan::{Plan, Step};
use crate::store::ListRow;
use crate::store::record::Filing;

/// The card of `filing` on `today`, from its stored turning points: no ledger is read.
pub(super) fn card(
    filing: Filing,
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
        step: filing.step,
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

impl Office {
    /// The cards of a list's rows, each worded by the catalogue that its project began under.
    ///
    /// # Errors
    /// A row whose catalogue or step is unknown: the store is damaged.
    pub(super) async fn cards(
        &self,
        rows: Vec<ListRow>,
        today: NaiveDate,
    ) -> Result<Vec<FilingCard>, OfficeError> {
        let calendar = self.calendar();
        let mut plan: Arc<Plan> = Arc::clone(self.plans.current());
        let mut cards = Vec::with_capacity(rows.len());
        for row in rows {
            if row.plan_hash != plan.hash {
                plan = self.plan_of(&row.plan_hash).await?;
            }
            let step = step_of(&plan, &row.filing)?;
            cards.push(card(
                row.filing,
                row.project_name,
                row.bureau_name,
                step,
                today,
                &calendar,
            ));
        }
        Ok(cards)
    }
}

/// The catalogue's entry of the filing's step.
///
/// # Errors
/// The catalogue has none: the store is damaged.
pub(super) fn step_of<'p>(plan: &'p Plan, filing: &Filing) -> Result<&'p Step, OfficeError> {
    plan.step(filing.step.as_str()).ok_or_else(|| {
        OfficeError::Store(format!(
            "filing {} runs step {}, which catalogue {} does not have",
            filing.id, filing.step, plan.hash
        ))
    })
}
