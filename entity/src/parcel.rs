//! What goes to one person by one way in one piece: a message, or a digest of several.

use sea_orm::entity::prelude::*;

/// What goes to one person by one way in one piece: a message, or a digest of several.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "parcel")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// To whom.
    pub person_id: i64,
    /// `mail` or `webhook`.
    pub way: String,
    /// True: a digest.
    pub digest: bool,
    /// `gathering`, `due`, `claimed`, `sent`, `dead` or `given-up`.
    pub state: String,
    /// How often it was taken to be sent; also tells a sender's claim from a later one's.
    pub attempts: i32,
    /// When it may be taken; of a claimed one, the end of the lease.
    pub next_at: DateTimeUtc,
    /// When its first message was written.
    pub created_at: DateTimeUtc,
    /// When it was sent, found dead or given up.
    pub settled_at: Option<DateTimeUtc>,
    /// The last failure, in words.
    pub error: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
