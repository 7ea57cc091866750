//! How far a notice has been carried through the stored turning points.

use sea_orm::entity::prelude::*;

/// How far a notice has been carried through the stored turning points.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "holiday_recheck")]
pub struct Model {
    /// The notice.
    #[sea_orm(primary_key, auto_increment = false)]
    pub notice_id: i64,
    /// The first day on which a reckoning can differ.
    pub first_day: Option<Date>,
    /// The last such day.
    pub last_day: Option<Date>,
    /// Filings up to this one are done.
    pub after_id: i64,
    /// Filings refolded.
    pub looked: i64,
    /// Filings whose row was rewritten.
    pub moved: i64,
    /// Filings whose ledger the new calendar does not allow; their rows stay as they were.
    pub refused: i64,
    /// The instant of the end; nothing: not finished.
    pub done_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
