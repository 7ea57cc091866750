//! The store remembers: all SQL of the program, SeaORM in, domain values out.
//!
//! # Why
//! SQLite has two pools: readers, and one connection for writes, each of which begins IMMEDIATE,
//! because a read snapshot cannot be upgraded and `busy_timeout` does not help there. PostgreSQL
//! has one pool. Hand-written statements number their arguments `$1`, which both databases read.

use std::time::Duration;

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, Value,
};

mod append;
mod board;
mod bucket;
mod case_officer;
mod catalogue;
mod chain;
mod changes;
mod channels;
mod commitments;
mod coordination;
mod corrections;
mod counts;
mod delegations;
mod details;
mod document;
mod error;
mod exports;
mod facts;
mod feeds;
mod fees;
mod figures;
mod filing;
pub mod ids;
mod late;
mod ledger;
mod like;
mod list;
mod materials;
mod messages;
mod notices;
mod offences;
mod packed;
mod parcels;
mod people;
mod proceedings;
mod project;
pub mod record;
mod register;
mod row;
mod search;
mod snapshot;
mod supervision;
mod took;
mod turn;

pub use append::NewEntry;
pub use board::{
    BoardFilter, BoardFound, BoardKey, BoardQuestion, Place, ProjectKey, ProjectTally, Tally,
    Urgency,
};
pub use bucket::Bucket;
pub use case_officer::case_officer;
pub use chain::chain_hash;
pub use channels::{Channel, Mode, Way};
pub use commitments::{Commitment, CommitmentRow, NewCommitment, NewOutcome, Outcome};
pub use coordination::{
    Called, Closed, Decision, DecisionAct, DecisionState, DecisionStep, Difficulty,
    DifficultyCounts, DifficultyFilter, DifficultyRow, Hand, Matter, Meeting, Minutes,
    NewDifficulty, OwedDecision, Owner,
};
pub use corrections::{Correcting, CorrectionOutcome, NewCorrection, OpenCorrection};
pub use counts::Counts;
pub use delegations::{Delegation, EndedEarly, NewDelegation};
pub use details::{Details, Requested};
pub use document::{Delivery, Document, NewDocument};
pub use error::StoreError;
pub use exports::{Export, ExportEnd, ExportFault, ExportFile, ExportGoes, ExportState, NewExport};
pub use facts::FactsChange;
pub use feeds::Changed;
pub use fees::{Fee, NewFee};
pub use figures::{
    AcceptedSum, DecidedSum, FigureFilter, FigureRow, FiledSum, FinishedSum, GrantedSpans,
    Grouping, KeptFigures, Sums, SuspendedSum, TypedLateSum,
};
pub use filing::NewFilingRow;
pub use ids::{
    BureauId, CaseId, CommitmentId, CorrectionId, DecisionId, DelegationId, DifficultyId,
    DocumentId, ExportId, FeeId, FilingId, HolidayNoticeId, MaterialFileId, MeetingId, MessageId,
    NoticeId, OffenceFileId, OffenceId, ParcelId, PersonId, ProjectId,
};
pub use late::{LateFilter, LateKey, LateRow};
pub use ledger::LedgerOf;
pub use list::{ListKind, ListRow, QueuePart};
pub use materials::{MaterialFile, NewMaterialFile};
pub use messages::{Message, NewMessage};
pub use notices::{BATCH, HolidayNotice, NewHolidayNotice, OpenCase, ProjectOf, Recheck};
pub use offences::{
    NewOffence, NewOffenceEntry, NewOffenceFile, Offence, OffenceEntry, OffenceFile, OffenceFilter,
    OffenceRow,
};
pub use parcels::{Claim, DeadRow, ParcelState, Settled, ToSend};
pub use people::{LiveSession, NewPersonRow};
pub use proceedings::{NewProceeding, OpenConsultation, Recorded as Proceeded};
pub use project::{NewProjectRow, ProjectFilter, ProjectRows, ProjectSummary};
pub use register::{RegisterDay, RegisterFilter, RegisterKey, RegisterRow, RegisterState};
pub use search::{FoundDocument, FoundProject, Sought, Term};
pub use snapshot::Snapshot;
pub use supervision::{Case, CaseEntry, CaseFilter, NewCase, NewCaseEntry, Notice, RungTold};
pub use took::Handled;
pub use turn::Looked;

/// The key of the lock under which PostgreSQL migrates, so that servers starting at once do not
/// draw the same table.
const MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock(20200024)";

/// The database, open and migrated. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    readers: DatabaseConnection,
    writer: DatabaseConnection,
}

/// Reads without a transaction.
#[derive(Clone, Debug)]
pub struct Reader {
    db: DatabaseConnection,
}

/// One write transaction; dropped without [`Tx::commit`], nothing was written.
#[derive(Debug)]
pub struct Tx {
    tx: DatabaseTransaction,
}

impl Store {
    /// Opens `url` (`sqlite://file?mode=rwc` or `postgres://…`) and migrates it.
    ///
    /// # Errors
    /// No such database, or a migration fails.
    pub async fn open(url: &str) -> Result<Store, StoreError> {
        let store = if url.starts_with("sqlite:") {
            Store {
                writer: Database::connect(sqlite(url, 1)).await?,
                readers: Database::connect(sqlite(url, 4)).await?,
            }
        } else {
            let mut options = ConnectOptions::new(url.to_owned());
            calm(&mut options).max_connections(8);
            options
                .map_sqlx_postgres_opts(|o| o.options([("plan_cache_mode", "force_generic_plan")]));
            let db = Database::connect(options).await?;
            Store {
                readers: db.clone(),
                writer: db,
            }
        };
        store.migrate().await?;
        Ok(store)
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        if tx.tx.get_database_backend() == DbBackend::Postgres {
            tx.tx.execute_unprepared(MIGRATION_LOCK).await?;
        }
        Migrator::up(&tx.tx, None).await?;
        tx.commit().await
    }

    /// `SQLite` or `PostgreSQL`.
    pub fn backend_name(&self) -> &'static str {
        match self.writer.get_database_backend() {
            DbBackend::Postgres => "PostgreSQL",
            _ => "SQLite",
        }
    }

    /// Reads without a transaction.
    pub fn reader(&self) -> Reader {
        Reader {
            db: self.readers.clone(),
        }
    }

    /// Begins a write transaction: IMMEDIATE on SQLite, ordinary on PostgreSQL.
    ///
    /// # Errors
    /// No connection in time.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let mut options = TransactionOptions::default();
        if self.writer.get_database_backend() == DbBackend::Sqlite {
            options.sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
        }
        Ok(Tx {
            tx: self.writer.begin_with_options(options).await?,
        })
    }
}

impl Tx {
    /// Makes the writes last.
    ///
    /// # Errors
    /// The database refuses; then nothing was written.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.tx.commit().await?)
    }
}

impl Reader {
    /// Asks the database for nothing, to know that it answers.
    ///
    /// # Errors
    /// It does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.db.query_one_raw(sql(&self.db, "SELECT 1", [])).await?;
        Ok(())
    }
}

fn calm(options: &mut ConnectOptions) -> &mut ConnectOptions {
    options
        .sqlx_logging(false)
        .test_before_acquire_if_idle_for(Duration::from_secs(30))
        .acquire_timeout(Duration::from_secs(10))
}

fn sqlite(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    calm(&mut options).max_connections(connections);
    options.map_sqlx_sqlite_opts(|o| {
        o.create_if_missing(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("foreign_keys", "ON")
            .pragma("cache_size", "-65536")
    });
    options
}

/// A statement whose arguments are numbered `$1`, for the database at hand.
fn sql<const N: usize>(
    conn: &impl ConnectionTrait,
    text: impl Into<String>,
    values: [Value; N],
) -> Statement {
    Statement::from_sql_and_values(conn.get_database_backend(), text, values)
}

/// The same for a number of arguments that is known only when it runs.
fn sql_with(conn: &impl ConnectionTrait, text: impl Into<String>, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(conn.get_database_backend(), text, values)
}
