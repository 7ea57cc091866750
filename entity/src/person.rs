//! A person who can log in.

use sea_orm::entity::prelude::*;

/// A person who can log in.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The login name, lower case.
    #[sea_orm(unique)]
    pub login: String,
    /// The Chinese name.
    pub name: String,
    /// `company`, `officer`, `government-office`, `deputy-mayor` or `administrator`.
    pub role: String,
    /// The bureau, for officers.
    pub bureau_id: Option<i64>,
    /// argon2, PHC string.
    pub password_hash: String,
    /// False: cannot log in.
    pub active: bool,
    /// True: an officer who leads the bureau.
    pub lead: bool,
}

impl ActiveModelBehavior for ActiveModel {}
