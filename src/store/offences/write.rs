//! Offences written: the report, and each entry with the row that follows it.

use chrono::{DateTime, Utc};
use entity::{offence, offence_concern, offence_entry};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter,
    QuerySelect, Set,
};

use super::super::Tx;
use super::super::error::StoreError;
use super::super::ids::{BureauId, OffenceId, PersonId, ProjectId};
use super::{Offence, OffenceEntry, concerned, entries, of_row};
use crate::statute::division::County;
use crate::statute::offence::{Dated, OffenceKind, Standing, State};

/// An offence to be reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOffence {
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
    /// The form's key.
    pub request_key: String,
}

/// An entry to be made, with the bureau that has the offence after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOffenceEntry {
    /// What, and on which day.
    pub dated: Dated,
    /// The bureau that has it then.
    pub bureau: BureauId,
    /// Bureaus that may see it from then on, beside those that might before.
    pub seen_by: Vec<BureauId>,
    /// Who records it.
    pub person: PersonId,
    /// That person's name.
    pub person_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Tx {
    /// The offence, held against other writers until the transaction ends.
    ///
    /// # Errors
    /// The database.
    pub async fn offence(&self, id: OffenceId) -> Result<Option<Offence>, StoreError> {
        let mut find = offence::Entity::find_by_id(id.0);
        if self.tx.get_database_backend() == DbBackend::Postgres {
            find = find.lock_exclusive();
        }
        find.one(&self.tx).await?.map(of_row).transpose()
    }

    /// What happened to it, in order.
    ///
    /// # Errors
    /// The database; a payload that is none.
    pub async fn offence_entries(
        &self,
        offence: OffenceId,
    ) -> Result<Vec<OffenceEntry>, StoreError> {
        entries(&self.tx, offence).await
    }

    /// The bureaus that may see it.
    ///
    /// # Errors
    /// The database.
    pub async fn offence_concerns(&self, offence: OffenceId) -> Result<Vec<BureauId>, StoreError> {
        concerned(&self.tx, offence).await
    }

    /// The offence that the form of that key made.
    ///
    /// # Errors
    /// The database.
    pub async fn offence_by_request_key(&self, key: &str) -> Result<Option<OffenceId>, StoreError> {
        let found: Option<i64> = offence::Entity::find()
            .select_only()
            .column(offence::Column::Id)
            .filter(offence::Column::RequestKey.eq(key))
            .into_tuple()
            .one(&self.tx)
            .await?;
        Ok(found.map(OffenceId))
    }

    /// Enters a report with its first entry.
    ///
    /// # Errors
    /// Duplicate: the form was sent before.
    pub async fn insert_offence(
        &self,
        new: &NewOffence,
        report: &NewOffenceEntry,
    ) -> Result<OffenceId, StoreError> {
        let on = report.dated.on;
        let row = offence::ActiveModel {
            kind: Set(new.kind.code().to_owned()),
            county: Set(new.county.code().to_owned()),
            place: Set(new.place.clone()),
            found_at: Set(new.found_at),
            words: Set(new.words.clone()),
            project_id: Set(new.project.map(|project| project.0)),
            large_works: Set(new.large_works),
            reported_on: Set(on),
            person_id: Set(report.person.0),
            person_name: Set(report.person_name.clone()),
            request_key: Set(new.request_key.clone()),
            bureau_id: Set(report.bureau.0),
            state: Set(State::Reported.code().to_owned()),
            seq: Set(1),
            last_on: Set(on),
            ..<offence::ActiveModel as ActiveModelTrait>::default()
        };
        let made = offence::Entity::insert(row).exec(&self.tx).await?;
        let id = OffenceId(made.last_insert_id);
        self.enter(id, 1, report).await?;
        Ok(id)
    }

    /// Enters what happened to an offence, and where it stands after it; the offence must be held
    /// by [`Tx::offence`].
    ///
    /// # Errors
    /// The database, also where it is closed.
    pub async fn insert_offence_entry(
        &self,
        offence: &Offence,
        new: &NewOffenceEntry,
        standing: Standing,
    ) -> Result<(), StoreError> {
        let seq = i32::try_from(offence.seq.saturating_add(1)).unwrap_or(i32::MAX);
        self.enter(offence.id, seq, new).await?;
        let row = offence::ActiveModel {
            id: Set(offence.id.0),
            bureau_id: Set(new.bureau.0),
            state: Set(standing.state.code().to_owned()),
            seq: Set(seq),
            last_on: Set(standing.last_on),
            ..<offence::ActiveModel as ActiveModelTrait>::default()
        };
        offence::Entity::update(row)
            .validate()?
            .exec(&self.tx)
            .await?;
        Ok(())
    }

    async fn enter(
        &self,
        offence: OffenceId,
        seq: i32,
        new: &NewOffenceEntry,
    ) -> Result<(), StoreError> {
        let what = &new.dated.what;
        let payload = serde_json::to_string(what)
            .map_err(|error| StoreError::Db(format!("an entry as JSON: {error}")))?;
        let row = offence_entry::ActiveModel {
            offence_id: Set(offence.0),
            seq: Set(seq),
            kind: Set(what.code().to_owned()),
            on_day: Set(new.dated.on),
            payload: Set(payload),
            bureau_id: Set(new.bureau.0),
            person_id: Set(new.person.0),
            person_name: Set(new.person_name.clone()),
            recorded_at: Set(new.at),
            ..<offence_entry::ActiveModel as ActiveModelTrait>::default()
        };
        offence_entry::Entity::insert(row).exec(&self.tx).await?;
        if new.seen_by.is_empty() {
            return Ok(());
        }
        let rows = new
            .seen_by
            .iter()
            .map(|bureau| offence_concern::ActiveModel {
                offence_id: Set(offence.0),
                bureau_id: Set(bureau.0),
                ..<offence_concern::ActiveModel as ActiveModelTrait>::default()
            });
        let pair = [
            offence_concern::Column::BureauId,
            offence_concern::Column::OffenceId,
        ];
        offence_concern::Entity::insert_many(rows)
            .on_conflict(OnConflict::columns(pair).do_nothing().to_owned())
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }
}
