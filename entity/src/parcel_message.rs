//! Which parcel a message goes in, once a way.

use sea_orm::entity::prelude::*;

/// Which parcel a message goes in, once a way.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "parcel_message")]
pub struct Model {
    /// The message.
    #[sea_orm(primary_key, auto_increment = false)]
    pub message_id: i64,
    /// `mail` or `webhook`, as the parcel says.
    #[sea_orm(primary_key, auto_increment = false)]
    pub way: String,
    /// The parcel.
    pub parcel_id: i64,
}

impl ActiveModelBehavior for ActiveModel {}
