//! Delegations as other pages show them: on a step, on an officer's home.

use chrono::NaiveDate;

use super::super::model::delegations::{Away, CaseOfficer, StandingIn};
use super::super::{Actor, Moment, Office, OfficeError};
use crate::store::Reader;
use crate::store::record::Filing;

/// The most steps of absent colleagues that a home page lists.
const STEPS: u64 = 100;

/// Who has `filing` in hand, and who stands in today.
///
/// # Errors
/// The store.
pub(in crate::office) async fn case_officer_here(
    reader: &Reader,
    filing: &Filing,
    today: NaiveDate,
) -> Result<Option<CaseOfficer>, OfficeError> {
    let Some(id) = filing.officer else {
        return Ok(None);
    };
    let found = reader.officer_on(id, today).await?;
    Ok(found.map(|(name, given)| CaseOfficer {
        name,
        away: given.map(|one| Away {
            stand_in_name: one.stand_in_name,
            last_on: one.last_on,
        }),
    }))
}

impl Office {
    /// For whom the actor stands in today, with their open steps, and who stands in for the actor:
    /// one statement, and one more for the steps where there is anybody.
    ///
    /// # Errors
    /// The store.
    pub(in crate::office) async fn delegations_today(
        &self,
        actor: &Actor,
        at: Moment,
    ) -> Result<(Vec<StandingIn>, Option<Away>), OfficeError> {
        let reader = self.store.reader();
        let found = reader.delegations_in_force(actor.id, at.today).await?;
        let given = found.iter().find(|one| one.giver == actor.id);
        let away = given.map(|one| Away {
            stand_in_name: one.stand_in_name.clone(),
            last_on: one.last_on,
        });
        let mut standing_in: Vec<_> = found
            .into_iter()
            .filter(|one| one.stand_in == actor.id)
            .map(|one| (one, Vec::new()))
            .collect();
        if !standing_in.is_empty() {
            let rows = reader.stood_in_steps(actor.id, at.today, STEPS).await?;
            for row in rows {
                let of = row.filing.officer;
                let theirs = standing_in
                    .iter_mut()
                    .find(|(one, _)| of == Some(one.giver));
                if let Some((_, theirs)) = theirs {
                    theirs.push(row);
                }
            }
        }
        let mut shown = Vec::with_capacity(standing_in.len());
        for (one, rows) in standing_in {
            shown.push(StandingIn {
                giver_name: one.giver_name,
                last_on: one.last_on,
                steps: self.cards(rows, at.today).await?,
            });
        }
        Ok((shown, away))
    }
}
