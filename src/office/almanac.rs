//! The calendar that holds: built-in notices, the operator's folder, and what was entered.
//!
//! # Why
//! A notice is entered on one server and holds on all. So the newest notice's number is read inside
//! each write's own transaction, where no other notice can come between, and with each request's
//! session; whoever finds another number than its own reads the notices anew. What was entered wins
//! over the files: it is the newer word, and somebody has answered for it.

use std::sync::{Arc, PoisonError, RwLock};

use super::{Office, OfficeError};
use crate::statute::calendar::Calendar;
use crate::statute::calendar::announce::{Announced, overlaid};
use crate::statute::calendar::notice::{Notice, NoticeDay};
use crate::store::{HolidayNotice, Tx};

/// The calendar in force, shared by the clones of an office.
#[derive(Debug)]
pub(in crate::office) struct Almanac {
    /// The years as the files have them.
    files: Vec<Notice>,
    held: RwLock<Held>,
}

#[derive(Debug, Clone)]
struct Held {
    version: i64,
    calendar: Arc<Calendar>,
}

impl Almanac {
    /// The files alone, before anything was read from the store.
    pub(in crate::office) fn new(calendar: Calendar) -> Almanac {
        Almanac {
            files: calendar.years().to_vec(),
            held: RwLock::new(Held {
                version: 0,
                calendar: Arc::new(calendar),
            }),
        }
    }

    fn held(&self) -> Held {
        // A thread that panicked while it held the lock cannot have left half a pointer behind.
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.clone()
    }

    /// The calendar now.
    pub(in crate::office) fn calendar(&self) -> Arc<Calendar> {
        self.held().calendar
    }

    /// Whether the notices up to that one are in the calendar.
    pub(in crate::office) fn is_of(&self, version: i64) -> bool {
        self.held().version == version
    }

    /// Takes the notices that were entered; never goes back to fewer.
    fn take(&self, entered: &[HolidayNotice]) -> Result<(), OfficeError> {
        let version = entered.iter().map(|one| one.id.0).max().unwrap_or(0);
        let calendar = laid(&self.files, entered)?;
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if held.version < version {
            *held = Held {
                version,
                calendar: Arc::new(calendar),
            };
        }
        Ok(())
    }
}

/// The files with what was entered laid over them.
fn laid(files: &[Notice], entered: &[HolidayNotice]) -> Result<Calendar, OfficeError> {
    let mut notices = files.to_vec();
    for one in newest(entered) {
        notices = overlaid(&notices, &announced(one), &source(one));
    }
    Calendar::from_notices(notices).map_err(|fault| OfficeError::Store(fault.to_string()))
}

/// The newest notice of each year, by year.
pub(in crate::office) fn newest(entered: &[HolidayNotice]) -> Vec<&HolidayNotice> {
    let mut newest: Vec<&HolidayNotice> = Vec::new();
    for one in entered {
        newest.retain(|old| old.entered.year != one.entered.year);
        newest.push(one);
    }
    newest.sort_by_key(|one| one.entered.year);
    newest
}

fn announced(one: &HolidayNotice) -> Announced {
    Announced {
        year: one.entered.year,
        days: one.entered.days.clone(),
    }
}

/// Where a notice was read, in a line.
pub(in crate::office) fn source(one: &HolidayNotice) -> String {
    let entered = &one.entered;
    let url = entered.url.as_deref().map(|url| format!(" {url}"));
    format!(
        "{}（{}发布）{}",
        entered.number,
        super::desk::chinese(entered.published_on),
        url.unwrap_or_default()
    )
}

impl Office {
    /// Begins a write: nothing that it reckons can rest on a calendar that no longer holds.
    ///
    /// Take [`Office::calendar`] after it.
    ///
    /// # Errors
    /// The store.
    pub(in crate::office) async fn begin(&self) -> Result<Tx, OfficeError> {
        self.begin_with(false).await
    }

    /// The same, while nobody else reckons: to change the calendar or what rests on it.
    ///
    /// # Errors
    /// The store.
    pub(in crate::office) async fn begin_alone(&self) -> Result<Tx, OfficeError> {
        self.begin_with(true).await
    }

    async fn begin_with(&self, alone: bool) -> Result<Tx, OfficeError> {
        let tx = self.store.begin().await?;
        tx.hold_calendar(alone).await?;
        if !self.almanac.is_of(tx.calendar_version().await?) {
            self.almanac.take(&tx.holiday_notices().await?)?;
        }
        Ok(tx)
    }

    /// Reads the notices anew, if others hold than this office knows.
    ///
    /// # Errors
    /// The store.
    pub async fn refresh_calendar(&self) -> Result<(), OfficeError> {
        let version = self.store.reader().calendar_version().await?;
        self.calendar_is_of(version).await
    }

    /// The same where the newest notice's number is already known.
    ///
    /// # Errors
    /// The store.
    pub(in crate::office) async fn calendar_is_of(&self, version: i64) -> Result<(), OfficeError> {
        if self.almanac.is_of(version) {
            return Ok(());
        }
        self.almanac
            .take(&self.store.reader().holiday_notices().await?)
    }

    /// The calendar that would hold with `new` in it.
    ///
    /// # Errors
    /// A year outside the tables.
    pub(in crate::office) fn calendar_with(
        &self,
        new: &Announced,
        source: &str,
    ) -> Result<Calendar, OfficeError> {
        let notices = overlaid(self.calendar().years(), new, source);
        Calendar::from_notices(notices)
            .map_err(|fault| OfficeError::rule("notice-year", fault.message))
    }

    /// The years whose official file says otherwise than what was entered; what was entered holds.
    ///
    /// # Errors
    /// The store.
    pub async fn disputed_years(&self) -> Result<Vec<i32>, OfficeError> {
        let entered = self.store.reader().holiday_notices().await?;
        let years = newest(&entered).into_iter().map(|one| one.entered.year);
        Ok(years.filter(|year| self.is_disputed(*year)).collect())
    }

    /// Whether the official file of a year says otherwise than the calendar that holds.
    pub(in crate::office) fn is_disputed(&self, year: i32) -> bool {
        let kinds = |notice: &Notice| -> Vec<(chrono::NaiveDate, bool)> {
            let days: &[NoticeDay] = &notice.days;
            days.iter().map(|day| (day.on, day.makeup)).collect()
        };
        let file = self.almanac.files.iter().find(|file| file.year == year);
        let calendar = self.calendar();
        let holds = calendar.years().iter().find(|notice| notice.year == year);
        match (file.filter(|file| !file.provisional), holds) {
            (Some(file), Some(holds)) => kinds(file) != kinds(holds),
            _ => false,
        }
    }
}
