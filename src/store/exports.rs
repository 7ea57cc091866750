//! Long exports as jobs: asked for, claimed by one server, told of, ended once.
//!
//! # Why
//! Whoever holds the claim writes, and every write asks for it; so a server that was believed dead
//! and is not finds its claim gone and drops its work. A lease lasts longer than a batch takes.

use chrono::{DateTime, Utc};
use entity::export_job;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use super::error::StoreError;
use super::ids::{BureauId, ExportId, PersonId};
use super::{Reader, Tx, sql_with};

/// Where an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExportState {
    /// No server has it.
    Waiting,
    /// A server writes it.
    Running,
    /// Its file is whole.
    Done,
    /// Its person stopped it.
    Stopped,
    /// It could not be done.
    Failed,
}

impl ExportState {
    /// All of them.
    pub const ALL: [ExportState; 5] = [
        ExportState::Waiting,
        ExportState::Running,
        ExportState::Done,
        ExportState::Stopped,
        ExportState::Failed,
    ];

    /// The word in the column.
    pub fn code(self) -> &'static str {
        match self {
            ExportState::Waiting => "waiting",
            ExportState::Running => "running",
            ExportState::Done => "done",
            ExportState::Stopped => "stopped",
            ExportState::Failed => "failed",
        }
    }

    /// The state of that word.
    pub fn from_code(code: &str) -> Option<ExportState> {
        ExportState::ALL
            .into_iter()
            .find(|state| state.code() == code)
    }

    /// Whether nothing more happens to it.
    pub fn has_ended(self) -> bool {
        !matches!(self, ExportState::Waiting | ExportState::Running)
    }
}

/// Why an export failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExportFault {
    /// The server met an error, which its log has.
    Broken,
    /// Every server that began it ended before it did.
    Abandoned,
    /// Its person may no longer have it.
    NotAllowed,
}

impl ExportFault {
    /// All of them.
    pub const ALL: [ExportFault; 3] = [
        ExportFault::Broken,
        ExportFault::Abandoned,
        ExportFault::NotAllowed,
    ];

    /// The word in the column.
    pub fn code(self) -> &'static str {
        match self {
            ExportFault::Broken => "broken",
            ExportFault::Abandoned => "abandoned",
            ExportFault::NotAllowed => "not-allowed",
        }
    }

    /// The fault of that word.
    pub fn from_code(code: &str) -> Option<ExportFault> {
        ExportFault::ALL
            .into_iter()
            .find(|fault| fault.code() == code)
    }
}

/// An export to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewExport {
    /// Who asks.
    pub person: PersonId,
    /// What is exported, by its word.
    pub kind: String,
    /// What it is narrowed to, as JSON.
    pub asked: String,
    /// The bureau that the person is confined to.
    pub bureau: Option<BureauId>,
    /// The instant.
    pub at: DateTime<Utc>,
}

/// An export's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    /// Where it lies.
    pub key: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of it.
    pub sha256: String,
}

/// An export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The row.
    pub id: ExportId,
    /// Who asked for it.
    pub person: PersonId,
    /// What is exported, by its word.
    pub kind: String,
    /// What it is narrowed to, as JSON.
    pub asked: String,
    /// The bureau that the person was confined to.
    pub bureau: Option<BureauId>,
    /// Where it is.
    pub state: ExportState,
    /// True: its person asks it to stop.
    pub stop_asked: bool,
    /// Rows written.
    pub done: u64,
    /// Rows to write; `None`: not counted yet.
    pub total: Option<u64>,
    /// How often a server has begun it.
    pub attempts: u32,
    /// When it was asked for.
    pub made_at: DateTime<Utc>,
    /// The instant as of which it read.
    pub read_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Why it failed.
    pub fault: Option<ExportFault>,
    /// Its file, as long as it is kept.
    pub file: Option<ExportFile>,
    /// When the file goes.
    pub expires_at: Option<DateTime<Utc>>,
}

/// What its person, or its absence, makes of a running export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportGoes {
    /// It goes on.
    On,
    /// Its person asks it to stop.
    Stop,
    /// Another server has it, or it has ended: nothing more may be written.
    Lost,
}

fn wrong(id: i64, column: &'static str, found: &str, expected: &'static str) -> StoreError {
    StoreError::Inconsistent {
        table: "export_job",
        column,
        id,
        found: found.to_owned(),
        expected,
    }
}

fn read(row: export_job::Model) -> Result<Export, StoreError> {
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    let fault = row.fault.as_deref().map(|code| {
        ExportFault::from_code(code).ok_or_else(|| wrong(row.id, "fault", code, "a fault"))
    });
    let file = match (row.file_key, row.bytes, row.sha256) {
        (Some(key), Some(bytes), Some(sha256)) => Some(ExportFile {
            key,
            bytes: count(bytes),
            sha256,
        }),
        _ => None,
    };
    Ok(Export {
        id: ExportId(row.id),
        person: PersonId(row.person_id),
        kind: row.kind,
        asked: row.asked,
        bureau: row.bureau_id.map(BureauId),
        state: ExportState::from_code(&row.state)
            .ok_or_else(|| wrong(row.id, "state", &row.state, "a state"))?,
        stop_asked: row.stop_asked,
        done: count(row.rows_done),
        total: row.rows_total.map(count),
        attempts: u32::try_from(row.attempts).unwrap_or(0),
        made_at: row.made_at,
        read_at: row.read_at,
        ended_at: row.ended_at,
        fault: fault.transpose()?,
        file,
        expires_at: row.expires_at,
    })
}

impl Reader {
    /// An export of this person's.
    ///
    /// # Errors
    /// The database.
    pub async fn export(
        &self,
        person: PersonId,
        id: ExportId,
    ) -> Result<Option<Export>, StoreError> {
        let row = export_job::Entity::find_by_id(id.0)
            .filter(export_job::Column::PersonId.eq(person.0))
            .one(&self.db)
            .await?;
        row.map(read).transpose()
    }

    /// A person's exports, the newest first.
    ///
    /// # Errors
    /// The database.
    pub async fn exports(&self, person: PersonId, limit: u64) -> Result<Vec<Export>, StoreError> {
        let rows = export_job::Entity::find()
            .filter(export_job::Column::PersonId.eq(person.0))
            .order_by_desc(export_job::Column::Id)
            .limit(limit)
            .all(&self.db)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Exports whose file has had its days, the oldest first.
    ///
    /// # Errors
    /// The database.
    pub async fn expired_exports(
        &self,
        now: DateTime<Utc>,
        limit: u64,
    ) -> Result<Vec<Export>, StoreError> {
        let rows = export_job::Entity::find()
            .filter(export_job::Column::FileKey.is_not_null())
            .filter(export_job::Column::ExpiresAt.lte(now))
            .order_by_asc(export_job::Column::ExpiresAt)
            .order_by_asc(export_job::Column::Id)
            .limit(limit)
            .all(&self.db)
            .await?;
        rows.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Makes an export that waits for a server.
    ///
    /// # Errors
    /// The database.
    pub async fn insert_export(&self, new: &NewExport) -> Result<ExportId, StoreError> {
        let row = export_job::ActiveModel {
            person_id: Set(new.person.0),
            kind: Set(new.kind.clone()),
            asked: Set(new.asked.clone()),
            bureau_id: Set(new.bureau.map(|id| id.0)),
            state: Set(ExportState::Waiting.code().to_owned()),
            stop_asked: Set(false),
            rows_done: Set(0),
            rows_total: Set(None),
            attempts: Set(0),
            claim: Set(None),
            lease_until: Set(None),
            made_at: Set(new.at),
            read_at: Set(None),
            ended_at: Set(None),
            fault: Set(None),
            file_key: Set(None),
            bytes: Set(None),
            sha256: Set(None),
            expires_at: Set(None),
            ..<export_job::ActiveModel as sea_orm::ActiveModelTrait>::default()
        };
        let made = export_job::Entity::insert(row).exec(&self.tx).await?;
        Ok(ExportId(made.last_insert_id))
    }

    /// How many of a person's exports have not ended.
    ///
    /// # Errors
    /// The database.
    pub async fn open_exports(&self, person: PersonId) -> Result<u64, StoreError> {
        use sea_orm::PaginatorTrait;
        let open = [ExportState::Waiting.code(), ExportState::Running.code()];
        Ok(export_job::Entity::find()
            .filter(export_job::Column::PersonId.eq(person.0))
            .filter(export_job::Column::State.is_in(open))
            .count(&self.tx)
            .await?)
    }

    /// Gives the oldest export that no living server has to `claim` until `lease`; `None`: there
    /// is none. Whoever asks at the same moment gets another one, or none.
    ///
    /// # Errors
    /// The database.
    pub async fn claim_export(
        &self,
        claim: &str,
        now: DateTime<Utc>,
        lease: DateTime<Utc>,
    ) -> Result<Option<Export>, StoreError> {
        let skip = match self.tx.get_database_backend() {
            DbBackend::Postgres => " FOR UPDATE SKIP LOCKED",
            _ => "",
        };
        let text = format!(
            "UPDATE export_job SET state = 'running', claim = $1, lease_until = $2, \
             attempts = attempts + 1, rows_done = 0, rows_total = NULL, read_at = NULL \
             WHERE id = (SELECT id FROM export_job WHERE state IN ('waiting', 'running') \
             AND (state = 'waiting' OR lease_until < $3) ORDER BY id LIMIT 1{skip}) RETURNING *"
        );
        let values = vec![claim.into(), lease.into(), now.into()];
        let row = self
            .tx
            .query_one_raw(sql_with(&self.tx, text, values))
            .await?;
        row.map(|row| read(export_job::Model::from_query_result(&row, "")?))
            .transpose()
    }

    /// Says how far the export of `claim` is, and makes its lease last until `lease`.
    ///
    /// # Errors
    /// The database.
    pub async fn tell_export(
        &self,
        claim: &str,
        id: ExportId,
        (done, total): (u64, u64),
        read_at: DateTime<Utc>,
        lease: DateTime<Utc>,
    ) -> Result<ExportGoes, StoreError> {
        const TEXT: &str = "UPDATE export_job SET rows_done = $1, rows_total = $2, read_at = $3, \
            lease_until = $4 WHERE id = $5 AND claim = $6 RETURNING stop_asked";
        let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let values = vec![
            count(done).into(),
            count(total).into(),
            read_at.into(),
            lease.into(),
            id.0.into(),
            claim.into(),
        ];
        let row = self
            .tx
            .query_one_raw(sql_with(&self.tx, TEXT, values))
            .await?;
        Ok(match row {
            None => ExportGoes::Lost,
            Some(row) if row.try_get("", "stop_asked")? => ExportGoes::Stop,
            Some(_) => ExportGoes::On,
        })
    }

    /// Ends the export of `claim`; false: the claim is gone, and nothing was written.
    ///
    /// # Errors
    /// The database.
    pub async fn end_export(
        &self,
        claim: &str,
        id: ExportId,
        end: &ExportEnd,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let none = || Expr::value(Option::<String>::None);
        let mut update = export_job::Entity::update_many()
            .col_expr(export_job::Column::State, Expr::value(end.state().code()))
            .col_expr(export_job::Column::EndedAt, Expr::value(now))
            .col_expr(export_job::Column::Claim, none())
            .col_expr(
                export_job::Column::LeaseUntil,
                Expr::value(Option::<DateTime<Utc>>::None),
            )
            .filter(export_job::Column::Id.eq(id.0))
            .filter(export_job::Column::Claim.eq(claim));
        match end {
            ExportEnd::Stopped => {}
            ExportEnd::Failed(fault) => {
                update = update.col_expr(export_job::Column::Fault, Expr::value(fault.code()));
            }
            ExportEnd::Done { file, expires_at } => {
                let bytes = i64::try_from(file.bytes).unwrap_or(i64::MAX);
                update = update
                    .col_expr(export_job::Column::FileKey, Expr::value(file.key.clone()))
                    .col_expr(export_job::Column::Bytes, Expr::value(bytes))
                    .col_expr(export_job::Column::Sha256, Expr::value(file.sha256.clone()))
                    .col_expr(export_job::Column::ExpiresAt, Expr::value(*expires_at));
            }
        }
        Ok(update.exec(&self.tx).await?.rows_affected == 1)
    }

    /// Gives the export of `claim` back: it waits for a server again, and this try does not count.
    ///
    /// # Errors
    /// The database.
    pub async fn hand_back_export(&self, claim: &str, id: ExportId) -> Result<bool, StoreError> {
        const TEXT: &str = "UPDATE export_job SET state = 'waiting', claim = NULL, \
            lease_until = NULL, attempts = attempts - 1 WHERE id = $1 AND claim = $2";
        let values = vec![id.0.into(), claim.into()];
        let done = self
            .tx
            .execute_raw(sql_with(&self.tx, TEXT, values))
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Asks an export of this person's to stop: one that waits has stopped, one that runs will at
    /// its next batch. Gives where it is now; `None`: the person has no such export.
    ///
    /// # Errors
    /// The database.
    pub async fn stop_export(
        &self,
        person: PersonId,
        id: ExportId,
        now: DateTime<Utc>,
    ) -> Result<Option<ExportState>, StoreError> {
        const TEXT: &str = "UPDATE export_job SET stop_asked = TRUE, \
            ended_at = CASE WHEN state = 'waiting' THEN $1 ELSE ended_at END, \
            state = CASE WHEN state = 'waiting' THEN 'stopped' ELSE state END \
            WHERE id = $2 AND person_id = $3 AND state IN ('waiting', 'running')";
        let values = vec![now.into(), id.0.into(), person.0.into()];
        self.tx
            .execute_raw(sql_with(&self.tx, TEXT, values))
            .await?;
        let row = export_job::Entity::find_by_id(id.0)
            .filter(export_job::Column::PersonId.eq(person.0))
            .one(&self.tx)
            .await?;
        Ok(row.map(read).transpose()?.map(|export| export.state))
    }

    /// Forgets an export's file, which is gone.
    ///
    /// # Errors
    /// The database.
    pub async fn forget_export_file(&self, id: ExportId) -> Result<(), StoreError> {
        export_job::Entity::update_many()
            .col_expr(
                export_job::Column::FileKey,
                Expr::value(Option::<String>::None),
            )
            .filter(export_job::Column::Id.eq(id.0))
            .exec(&self.tx)
            .await?;
        Ok(())
    }
}

/// How an export ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportEnd {
    /// With its file.
    Done {
        /// The file.
        file: ExportFile,
        /// When it goes.
        expires_at: DateTime<Utc>,
    },
    /// Its person stopped it.
    Stopped,
    /// It could not be done.
    Failed(ExportFault),
}

impl ExportEnd {
    fn state(&self) -> ExportState {
        match self {
            ExportEnd::Done { .. } => ExportState::Done,
            ExportEnd::Stopped => ExportState::Stopped,
            ExportEnd::Failed(_) => ExportState::Failed,
        }
    }
}
