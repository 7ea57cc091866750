//! What could not be sent: the administrator looks, tries again or gives up.

use chrono::{DateTime, Utc};

use super::super::actor::{Act, permit};
use super::super::model::Page;
use super::super::model::delivery::{DeliveriesPage, WayHere};
use super::super::{Actor, Moment, Office, OfficeError};
use super::invalid;
use crate::store::{DeadRow, ParcelId, ParcelState, Way};

/// Rows on one page.
const ROWS: usize = 50;

impl Office {
    /// What could not be sent, with how each way stands.
    ///
    /// # Errors
    /// Forbidden to all but the administrator; Invalid for a cursor that no page gave.
    pub async fn deliveries(
        &self,
        actor: &Actor,
        after: Option<&str>,
    ) -> Result<DeliveriesPage, OfficeError> {
        let _permit = permit(actor, Act::MindParcels)?;
        let after = after.map(cursor).transpose()?;
        let reader = self.store.reader();
        let limit = u64::try_from(ROWS).unwrap_or(u64::MAX).saturating_add(1);
        let mut rows = reader.dead_parcels(after, limit).await?;
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let counted = reader.parcel_counts().await?;
        let of = |way: Way| -> Vec<(ParcelState, u64)> {
            let own = counted.iter().filter(|(of, _, _)| *of == way);
            own.map(|(_, state, n)| (*state, *n)).collect()
        };
        let ways: Vec<WayHere> = Way::ALL
            .into_iter()
            .map(|way| WayHere {
                way,
                shut: self.outlets.shut(way),
                from: self.outlets.mail_from.clone().filter(|_| way == Way::Mail),
                counts: of(way),
            })
            .collect();
        let dead = counted
            .iter()
            .filter(|(_, state, _)| *state == ParcelState::Dead);
        Ok(DeliveriesPage {
            dead: Page {
                total: dead.map(|(_, _, n)| n).sum(),
                next: rows.last().filter(|_| more).map(write),
                rows,
            },
            ways,
        })
    }

    /// Makes a dead parcel due again; it gets one more try.
    ///
    /// # Errors
    /// Forbidden; NotFound where it is not dead.
    pub async fn retry_parcel(
        &self,
        actor: &Actor,
        id: ParcelId,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let _permit = permit(actor, Act::MindParcels)?;
        let tx = self.begin().await?;
        let person = tx.revive(id, at.now).await?;
        let person = person.ok_or(OfficeError::NotFound("dead parcel"))?;
        let (subject, detail) = (format!("parcel {id}"), format!("person {person}"));
        tx.audit(at.now, Some(actor.id), "retry-parcel", &subject, &detail)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Gives a dead parcel up; the messages stay in the inbox.
    ///
    /// # Errors
    /// Forbidden; NotFound where it is not dead.
    pub async fn give_up_parcel(
        &self,
        actor: &Actor,
        id: ParcelId,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let _permit = permit(actor, Act::MindParcels)?;
        let tx = self.begin().await?;
        let person = tx.give_up(id, at.now).await?;
        let person = person.ok_or(OfficeError::NotFound("dead parcel"))?;
        let (subject, detail) = (format!("parcel {id}"), format!("person {person}"));
        tx.audit(at.now, Some(actor.id), "give-up-parcel", &subject, &detail)
            .await?;
        Ok(tx.commit().await?)
    }
}

/// The instant to the nanosecond, as the database holds it, and the row.
fn write(row: &DeadRow) -> String {
    let at = row.settled_at.timestamp_nanos_opt().unwrap_or_default();
    format!("{at}.{}", row.id)
}

fn cursor(text: &str) -> Result<(DateTime<Utc>, ParcelId), OfficeError> {
    let read = || {
        let (at, id) = text.split_once('.')?;
        let at = DateTime::from_timestamp_nanos(at.parse().ok()?);
        Some((at, ParcelId(id.parse().ok().filter(|id: &i64| *id > 0)?)))
    };
    read().ok_or_else(|| invalid("after", "翻页位置无法识别。请从第一页重新打开本页。"))
}
