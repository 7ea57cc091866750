//! Why the store could not answer.

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Why the store could not answer; nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The ledger has more entries than the caller had seen.
    #[error("the ledger has moved on")]
    Stale,
    /// A row with the same unique value exists.
    #[error("a row with the same unique value exists: {0}")]
    Duplicate(String),
    /// No connection or no lock within the time allowed; trying again may help.
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
        if is_contended(&error) {
            return StoreError::Unavailable(error.to_string());
        }
        match error {
            DbErr::ConnectionAcquire(why) => StoreError::Unavailable(why.to_string()),
            DbErr::Conn(why) => StoreError::Unavailable(why.to_string()),
            other => StoreError::Db(other.to_string()),
        }
    }
}

/// Whether somebody else holds what the statement needs: SQLite's BUSY and LOCKED with their
/// extended codes; PostgreSQL's serialization failure, deadlock and lock not available, and a
/// server that is full or shutting down.
fn is_contended(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))
    | DbErr::Conn(RuntimeErr::SqlxError(cause))) = error
    else {
        return false;
    };
    cause
        .as_database_error()
        .and_then(|cause| cause.code())
        .is_some_and(|code| {
            matches!(
                code.as_ref(),
                "5" | "6"
                    | "261"
                    | "262"
                    | "517"
                    | "773"
                    | "40001"
                    | "40P01"
                    | "55P03"
                    | "53300"
                    | "57P01"
                    | "57P03"
            )
        })
}
