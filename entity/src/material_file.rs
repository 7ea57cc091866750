//! One version of a file handed in for a step's material; never changed, never deleted.

use sea_orm::entity::prelude::*;

/// One version of a file handed in for a step's material; never changed, never deleted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "material_file")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The filing.
    pub filing_id: i64,
    /// The catalogue's material.
    pub material: String,
    /// From 1 within filing and material, without gaps.
    pub version: i32,
    /// The name that its sender gave it; only shown, never a path.
    pub name: String,
    /// The kind by its content: pdf, docx …
    pub kind: String,
    /// Its size.
    pub bytes: i64,
    /// SHA-256 in hex.
    pub sha256: String,
    /// Where it lies in the object store.
    #[sea_orm(unique)]
    pub object_key: String,
    /// Who handed it in.
    pub person_id: i64,
    /// That person's name then.
    pub person_name: String,
    /// The instant.
    pub handed_in_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
