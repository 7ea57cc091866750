//! One state of the whole database, held while much is read from it.
//!
//! # Why
//! What is read in many statements must not mix two states: a step decided meanwhile would stand
//! in one row and be missing in the next. A read transaction sees one state from its first
//! statement on: on SQLite by its log (WAL), on PostgreSQL at REPEATABLE READ. Writers are not
//! held up; while it lasts, SQLite's log is not folded back and PostgreSQL keeps old row versions.

use sea_orm::{
    AccessMode, DatabaseTransaction, IsolationLevel, TransactionOptions, TransactionTrait,
};

use super::Store;
use super::error::StoreError;

/// A read transaction; it ends when it is dropped.
#[derive(Debug)]
pub struct Snapshot {
    pub(super) tx: DatabaseTransaction,
}

impl Store {
    /// Begins to read one state: that of the first statement.
    ///
    /// # Errors
    /// No connection in time.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let mut options = TransactionOptions::default();
        if self.backend_name() == "PostgreSQL" {
            options.isolation_level = Some(IsolationLevel::RepeatableRead);
            options.access_mode = Some(AccessMode::ReadOnly);
        }
        Ok(Snapshot {
            tx: self.readers.begin_with_options(options).await?,
        })
    }
}
