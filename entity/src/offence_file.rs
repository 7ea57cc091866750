//! A picture of an offence; never changed, never deleted.

use sea_orm::entity::prelude::*;

/// A picture of an offence; never changed, never deleted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "offence_file")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The offence.
    pub offence_id: i64,
    /// The name that its sender gave it; only shown, never a path.
    pub name: String,
    /// The kind by its content: jpg, png, pdf.
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
