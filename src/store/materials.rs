//! Files handed in for the materials of a step.

use chrono::{DateTime, Utc};
use entity::material_file;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::error::StoreError;
use super::ids::{FilingId, MaterialFileId, PersonId};
use super::{Reader, Tx};

/// One version of a file handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaterialFile {
    /// Row.
    pub id: MaterialFileId,
    /// The step that it was handed in for.
    pub filing: FilingId,
    /// The catalogue's material.
    pub material: String,
    /// From 1 within step and material.
    pub version: u32,
    /// Its name, for a reader.
    pub name: String,
    /// The kind by its content: pdf, docx …
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

/// A file to be entered; its version is the next of its material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMaterialFile {
    /// The step.
    pub filing: FilingId,
    /// The catalogue's material.
    pub material: String,
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

fn file(row: material_file::Model) -> Result<MaterialFile, StoreError> {
    let wrong = |column, found: String| StoreError::Inconsistent {
        table: "material_file",
        column,
        id: row.id,
        found,
        expected: "a number from 0",
    };
    Ok(MaterialFile {
        version: u32::try_from(row.version)
            .map_err(|_| wrong("version", row.version.to_string()))?,
        bytes: u64::try_from(row.bytes).map_err(|_| wrong("bytes", row.bytes.to_string()))?,
        id: MaterialFileId(row.id),
        filing: FilingId(row.filing_id),
        material: row.material,
        name: row.name,
        kind: row.kind,
        sha256: row.sha256,
        key: row.object_key,
        person_name: row.person_name,
        at: row.handed_in_at,
    })
}

impl Reader {
    /// The files of a step, by material and version.
    ///
    /// # Errors
    /// The database.
    pub async fn material_files(&self, filing: FilingId) -> Result<Vec<MaterialFile>, StoreError> {
        let rows = material_file::Entity::find()
            .filter(material_file::Column::FilingId.eq(filing.0))
            .order_by_asc(material_file::Column::Material)
            .order_by_asc(material_file::Column::Version)
            .all(&self.db)
            .await?;
        rows.into_iter().map(file).collect()
    }

    /// One file.
    ///
    /// # Errors
    /// The database.
    pub async fn material_file(
        &self,
        id: MaterialFileId,
    ) -> Result<Option<MaterialFile>, StoreError> {
        let row = material_file::Entity::find_by_id(id.0)
            .one(&self.db)
            .await?;
        row.map(file).transpose()
    }
}

impl Tx {
    /// The materials of a step for which a file is there.
    ///
    /// # Errors
    /// The database.
    pub async fn materials_there(&self, filing: FilingId) -> Result<Vec<String>, StoreError> {
        Ok(material_file::Entity::find()
            .select_only()
            .column(material_file::Column::Material)
            .filter(material_file::Column::FilingId.eq(filing.0))
            .distinct()
            .into_tuple()
            .all(&self.tx)
            .await?)
    }

    /// Enters a file as the next version of its material; the filing must be held by
    /// [`Tx::filing`], so that no version is given twice.
    ///
    /// # Errors
    /// The database.
    pub async fn insert_material_file(
        &self,
        new: &NewMaterialFile,
    ) -> Result<(MaterialFileId, u32), StoreError> {
        let last: Option<Option<i32>> = material_file::Entity::find()
            .select_only()
            .column_as(material_file::Column::Version.max(), "last")
            .filter(material_file::Column::FilingId.eq(new.filing.0))
            .filter(material_file::Column::Material.eq(new.material.as_str()))
            .into_tuple()
            .one(&self.tx)
            .await?;
        let version = last.flatten().unwrap_or(0).saturating_add(1);
        let bytes = i64::try_from(new.bytes)
            .map_err(|_| StoreError::Db(format!("a file of {} bytes", new.bytes)))?;
        let row = material_file::ActiveModel {
            filing_id: Set(new.filing.0),
            material: Set(new.material.clone()),
            version: Set(version),
            name: Set(new.name.clone()),
            kind: Set(new.kind.clone()),
            bytes: Set(bytes),
            sha256: Set(new.sha256.clone()),
            object_key: Set(new.key.clone()),
            person_id: Set(new.person.0),
            person_name: Set(new.person_name.clone()),
            handed_in_at: Set(new.at),
            ..<material_file::ActiveModel as sea_orm::ActiveModelTrait>::default()
        };
        let made = material_file::Entity::insert(row).exec(&self.tx).await?;
        Ok((
            MaterialFileId(made.last_insert_id),
            u32::try_from(version).unwrap_or_default(),
        ))
    }
}
