//! Why the store could not answer.

use sea_orm::{DbErr, SqlErr};

/// Why the store could not answer; nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The ledger has more entries than the caller had seen.
    #[error("the ledger has moved on")]
    Stale,
    /// A row with the same unique value exists.
    #[error("a row with the same unique value exists: {0}")]
    Duplicate(String),
    /// No connection within the time allowed.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// A row that this program cannot have written.
    #[error("{table}.{column} of row {id} holds `{found}`; expected {expected}")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row.
        id: i64,
        /// What stands there.
        found: String,
        /// What could stand there.
        expected: &'static str,
    },
    /// The database refused.
    #[error("the database refused: {0}")]
    Db(String),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(what)) = error.sql_err() {
            return StoreError::Duplicate(what);
        }
        match error {
            DbErr::ConnectionAcquire(why) => StoreError::Unavailable(why.to_string()),
            DbErr::Conn(why) => StoreError::Unavailable(why.to_string()),
            other => StoreError::Db(other.to_string()),
        }
    }
}
