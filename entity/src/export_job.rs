//! A long export that runs as a job.

use sea_orm::entity::prelude::*;

/// A long export that runs as a job.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "export_job")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Who asked for it; nobody else sees it.
    pub person_id: i64,
    /// What is exported, by its word.
    pub kind: String,
    /// What it is narrowed to, as JSON.
    pub asked: String,
    /// The bureau that its person was confined to; empty: to none.
    pub bureau_id: Option<i64>,
    /// Where it is, by its word.
    pub state: String,
    /// Its person asks it to stop.
    pub stop_asked: bool,
    /// Rows written.
    pub rows_done: i64,
    /// Rows to write; empty: not counted yet.
    pub rows_total: Option<i64>,
    /// How often a server has begun it.
    pub attempts: i32,
    /// The claim of the server that runs it.
    pub claim: Option<String>,
    /// Until when that server is believed to live.
    pub lease_until: Option<DateTimeUtc>,
    /// When it was asked for.
    pub made_at: DateTimeUtc,
    /// The instant as of which it read.
    pub read_at: Option<DateTimeUtc>,
    /// When it ended.
    pub ended_at: Option<DateTimeUtc>,
    /// Why it failed, by its word.
    pub fault: Option<String>,
    /// Where its file lies; empty: it has none, or no longer.
    pub file_key: Option<String>,
    /// The file's size.
    pub bytes: Option<i64>,
    /// SHA-256 of the file.
    pub sha256: Option<String>,
    /// When the file goes.
    pub expires_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
