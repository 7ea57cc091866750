//! Offences against power facilities: the report and its entries, and who may see them.
//!
//! # Why
//! An offence is seen by the bureaus that have or had it, so those are rows of their own
//! (`offence_concern`, appended when it comes to a bureau): a list is then one indexed range.

mod files;
mod lists;
mod write;

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{offence, offence_concern, offence_entry};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::Reader;
use super::error::StoreError;
use super::ids::{BureauId, OffenceId, ProjectId};
use crate::statute::division::County;
use crate::statute::offence::{Dated, Entry, OffenceKind, State};

pub use files::{NewOffenceFile, OffenceFile};
pub use lists::{OffenceFilter, OffenceRow};
pub use write::{NewOffence, NewOffenceEntry};

/// An offence as it was reported, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offence {
    /// Row.
    pub id: OffenceId,
    /// What was found.
    pub kind: OffenceKind,
    /// In which county.
    pub county: County,
    /// Where there.
    pub place: String,
    /// When it was found.
    pub found_at: DateTime<Utc>,
    /// What was seen.
    pub words: String,
    /// The project that it touches.
    pub project: Option<ProjectId>,
    /// Whether it lies in the protection zone of large works.
    pub large_works: bool,
    /// The day of the report.
    pub reported_on: NaiveDate,
    /// Who reported it, by the name of then.
    pub person_name: String,
    /// Which bureau has it.
    pub bureau: BureauId,
    /// Where it is.
    pub state: State,
    /// Its entries.
    pub seq: u32,
    /// The last entry's day.
    pub last_on: NaiveDate,
}

/// What happened to an offence, as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffenceEntry {
    /// From 1.
    pub seq: u32,
    /// What, and on which day.
    pub dated: Dated,
    /// The bureau that has the offence after it.
    pub bureau: BureauId,
    /// Who recorded it, by the name of then.
    pub person_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

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

fn number(table: &'static str, id: i64, value: i32) -> Result<u32, StoreError> {
    u32::try_from(value)
        .map_err(|_| wrong((table, "seq"), id, &value.to_string(), "a number from 0"))
}

fn of_row(row: offence::Model) -> Result<Offence, StoreError> {
    let id = row.id;
    let odd = |column, found: &str, expected| wrong(("offence", column), id, found, expected);
    Ok(Offence {
        id: OffenceId(id),
        kind: OffenceKind::from_code(&row.kind)
            .ok_or_else(|| odd("kind", &row.kind, "a kind of offence"))?,
        county: County::from_str(&row.county)
            .map_err(|_| odd("county", &row.county, "a county's code"))?,
        state: State::from_code(&row.state)
            .ok_or_else(|| odd("state", &row.state, "an offence's state"))?,
        seq: number("offence", id, row.seq)?,
        place: row.place,
        found_at: row.found_at,
        words: row.words,
        project: row.project_id.map(ProjectId),
        large_works: row.large_works,
        reported_on: row.reported_on,
        person_name: row.person_name,
        bureau: BureauId(row.bureau_id),
        last_on: row.last_on,
    })
}

async fn entries(
    db: &impl ConnectionTrait,
    offence: OffenceId,
) -> Result<Vec<OffenceEntry>, StoreError> {
    let rows = offence_entry::Entity::find()
        .filter(offence_entry::Column::OffenceId.eq(offence.0))
        .order_by_asc(offence_entry::Column::Seq)
        .all(db)
        .await?;
    let recorded = |row: offence_entry::Model| {
        let what: Entry = serde_json::from_str(&row.payload).map_err(|_| {
            let place = ("offence_entry", "payload");
            wrong(place, row.id, &row.payload, "an entry as JSON")
        })?;
        Ok(OffenceEntry {
            seq: number("offence_entry", row.id, row.seq)?,
            dated: Dated {
                on: row.on_day,
                what,
            },
            bureau: BureauId(row.bureau_id),
            person_name: row.person_name,
            at: row.recorded_at,
        })
    };
    rows.into_iter().map(recorded).collect()
}

async fn concerned(
    db: &impl ConnectionTrait,
    offence: OffenceId,
) -> Result<Vec<BureauId>, StoreError> {
    let ids: Vec<i64> = offence_concern::Entity::find()
        .select_only()
        .column(offence_concern::Column::BureauId)
        .filter(offence_concern::Column::OffenceId.eq(offence.0))
        .order_by_asc(offence_concern::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(BureauId).collect())
}

impl Reader {
    /// The offence.
    ///
    /// # Errors
    /// The database; a row that this program cannot have written.
    pub async fn offence(&self, id: OffenceId) -> Result<Option<Offence>, StoreError> {
        let row = offence::Entity::find_by_id(id.0).one(&self.db).await?;
        row.map(of_row).transpose()
    }

    /// What happened to it, in order.
    ///
    /// # Errors
    /// The database; a payload that is none.
    pub async fn offence_entries(
        &self,
        offence: OffenceId,
    ) -> Result<Vec<OffenceEntry>, StoreError> {
        entries(&self.db, offence).await
    }

    /// The bureaus that may see it, in the order in which it came to them.
    ///
    /// # Errors
    /// The database.
    pub async fn offence_concerns(&self, offence: OffenceId) -> Result<Vec<BureauId>, StoreError> {
        concerned(&self.db, offence).await
    }
}
