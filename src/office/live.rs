//! Whether anything has changed that a page may show.

use std::fmt;

use chrono::NaiveDate;

use super::{Moment, Office, OfficeError};

/// How far things have come: the day, and a number that grows with every change. It says nothing
/// of what has changed. The same on every server over one database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// The day: lamps change at midnight without any entry.
    pub day: NaiveDate,
    /// The number.
    pub changes: i64,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.day, self.changes)
    }
}

impl Office {
    /// How far things have come; to be read before what a page shows, so that no change between
    /// the two is lost.
    ///
    /// # Errors
    /// The store.
    pub async fn version(&self, at: Moment) -> Result<Version, OfficeError> {
        Ok(Version {
            day: at.today,
            changes: self.store.reader().changes().await?,
        })
    }
}
