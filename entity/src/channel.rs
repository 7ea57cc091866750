//! A way by which a person can be reached outside, and whether messages go by it.

use sea_orm::entity::prelude::*;

/// A way by which a person can be reached outside, and whether messages go by it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: i64,
    /// `mail` or `webhook`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub way: String,
    /// The e-mail address, or the webhook's.
    pub address: String,
    /// What a webhook is signed with; in clear, since signing needs it.
    pub secret: Option<String>,
    /// `off`, `each` or `digest`.
    pub mode: String,
    /// The instant of the last change.
    pub changed_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
