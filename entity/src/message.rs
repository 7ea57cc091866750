//! What the program has to tell a person; only its reading is added, once.

use sea_orm::entity::prelude::*;

/// What the program has to tell a person; only its reading is added, once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Whom.
    pub person_id: i64,
    /// What it is about, by its word.
    pub kind: String,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub body: String,
    /// The page that it leads to.
    pub link: String,
    /// The day that it belongs to.
    pub belongs_on: Date,
    /// The instant of writing.
    pub created_at: DateTimeUtc,
    /// When it was read; empty: new.
    pub read_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
