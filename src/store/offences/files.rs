//! Pictures of offences: each is kept.

use chrono::{DateTime, Utc};
use entity::offence_file;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set,
};

use super::super::error::StoreError;
use super::super::ids::{OffenceFileId, OffenceId, PersonId};
use super::super::{Reader, Tx};
use super::wrong;

/// A picture of an offence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffenceFile {
    /// Row.
    pub id: OffenceFileId,
    /// The offence.
    pub offence: OffenceId,
    /// Its name, for a reader.
    pub name: String,
    /// The kind by its content.
    pub kind: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 in hex.
    pub sha256: String,
    /// Where it lies among the files.
    pub key: String,
    /// Who handed it in, by the name of then.
    pub person_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A picture to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOffenceFile {
    /// The offence.
    pub offence: OffenceId,
    /// Its name.
    pub name: String,
    /// The kind by its content.
    pub kind: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 in hex.
    pub sha256: String,
    /// Where it lies among the files.
    pub key: String,
    /// Who hands it in.
    pub person: PersonId,
    /// That person's name.
    pub person_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

fn file(row: offence_file::Model) -> Result<OffenceFile, StoreError> {
    let place = ("offence_file", "bytes");
    Ok(OffenceFile {
        bytes: u64::try_from(row.bytes)
            .map_err(|_| wrong(place, row.id, &row.bytes.to_string(), "a number from 0"))?,
        id: OffenceFileId(row.id),
        offence: OffenceId(row.offence_id),
        name: row.name,
        kind: row.kind,
        sha256: row.sha256,
        key: row.object_key,
        person_name: row.person_name,
        at: row.handed_in_at,
    })
}

impl Reader {
    /// The pictures of an offence, in the order in which they came.
    ///
    /// # Errors
    /// The database.
    pub async fn offence_files(&self, offence: OffenceId) -> Result<Vec<OffenceFile>, StoreError> {
        let rows = offence_file::Entity::find()
            .filter(offence_file::Column::OffenceId.eq(offence.0))
            .order_by_asc(offence_file::Column::Id)
            .all(&self.db)
            .await?;
        rows.into_iter().map(file).collect()
    }

    /// One picture.
    ///
    /// # Errors
    /// The database.
    pub async fn offence_file(&self, id: OffenceFileId) -> Result<Option<OffenceFile>, StoreError> {
        let row = offence_file::Entity::find_by_id(id.0).one(&self.db).await?;
        row.map(file).transpose()
    }
}

impl Tx {
    /// How many pictures an offence has.
    ///
    /// # Errors
    /// The database.
    pub async fn offence_file_count(&self, offence: OffenceId) -> Result<u64, StoreError> {
        Ok(offence_file::Entity::find()
            .filter(offence_file::Column::OffenceId.eq(offence.0))
            .count(&self.tx)
            .await?)
    }

    /// Enters a picture; the offence must be held by [`Tx::offence`].
    ///
    /// # Errors
    /// The database.
    pub async fn insert_offence_file(
        &self,
        new: &NewOffenceFile,
    ) -> Result<OffenceFileId, StoreError> {
        let bytes = i64::try_from(new.bytes)
            .map_err(|_| StoreError::Db(format!("a file of {} bytes", new.bytes)))?;
        let row = offence_file::ActiveModel {
            offence_id: Set(new.offence.0),
            name: Set(new.name.clone()),
            kind: Set(new.kind.clone()),
            bytes: Set(bytes),
            sha256: Set(new.sha256.clone()),
            object_key: Set(new.key.clone()),
            person_id: Set(new.person.0),
            person_name: Set(new.person_name.clone()),
            handed_in_at: Set(new.at),
            ..<offence_file::ActiveModel as ActiveModelTrait>::default()
        };
        let made = offence_file::Entity::insert(row).exec(&self.tx).await?;
        Ok(OffenceFileId(made.last_insert_id))
    }
}
