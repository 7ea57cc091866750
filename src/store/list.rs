//! Lists of steps: queues, what can be filed. The board is [`super::board`].
//!
//! The buckets are those of [`super::bucket`].

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;

use super::bucket::{ACCEPTED, Bucket, RED};
use super::error::StoreError;
use super::ids::BureauId;
use super::packed::Page;
use super::record::Filing;
use super::{Reader, sql_with};
use crate::statute::plan::StepId;

/// Which lamp a list of projects asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListKind {
    /// Past the due date.
    Overdue,
    /// Yellow.
    NearDue,
}

/// Which part of a bureau's queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QueuePart {
    /// Handed in, neither accepted nor answered.
    Awaiting,
    /// The clock runs, with or without a limit.
    Running,
    /// Suspended, waiting for the clock's start, or with the applicant.
    Paused,
}

/// One step in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    /// The step's row.
    pub filing: Filing,
    /// Its project's name.
    pub project_name: String,
    /// The hash of the catalogue version that its project began under.
    pub plan_hash: String,
    /// Its bureau's name.
    pub bureau_name: String,
}

/// The condition that a row is on the board of `kind` on `$1`.
pub(super) const fn on_board(kind: ListKind) -> &'static str {
    match kind {
        ListKind::Overdue => RED,
        ListKind::NearDue => Bucket::NearDue.condition(),
    }
}

impl Reader {
    /// A part of a bureau's queue: awaiting by the five-day rule's last day, running by time left,
    /// paused by the day of the last entry.
    ///
    /// # Errors
    /// The database.
    pub async fn queue(
        &self,
        bureau: BureauId,
        part: QueuePart,
        today: NaiveDate,
        limit: u64,
    ) -> Result<Vec<ListRow>, StoreError> {
        let (condition, order): (String, &[&str]) = match part {
            QueuePart::Awaiting => (
                "f.status = 'submitted' AND f.deems_on > $1".to_owned(),
                &["f.deems_on", "f.id"],
            ),
            QueuePart::Running => (
                format!("{ACCEPTED} AND f.starts_on <= $1"),
                &[
                    "CASE WHEN f.red_on IS NULL THEN 1 ELSE 0 END",
                    "f.red_on",
                    "f.id",
                ],
            ),
            QueuePart::Paused => (
                format!(
                    "f.status IN ('suspended', 'correcting', 'waiting', 'running', 'submitted') \
                     AND (f.status IN ('suspended', 'correcting') \
                      OR ({ACCEPTED} AND (f.starts_on IS NULL OR f.starts_on > $1)))"
                ),
                &["f.last_on", "f.id"],
            ),
        };
        let condition =
            format!("f.bureau_id = $2 AND f.decided_on IS NULL AND f.seq > 0 AND {condition}");
        let page = Page {
            condition: &condition,
            order,
            limit,
        };
        self.page(page, vec![today.into(), bureau.0.into()]).await
    }

    /// Steps that can be filed now, newest projects first.
    ///
    /// # Errors
    /// The database.
    pub async fn ready(&self, limit: u64) -> Result<Vec<ListRow>, StoreError> {
        let page = Page {
            condition: "f.ready",
            order: &["f.id DESC"],
            limit,
        };
        self.page(page, Vec::new()).await
    }

    /// How many steps can be filed now.
    ///
    /// # Errors
    /// The database.
    pub async fn ready_count(&self) -> Result<u64, StoreError> {
        self.one_count("SELECT COUNT(*) AS n FROM filing f WHERE f.ready")
            .await
    }

    /// How many runs of one step can be filed now.
    ///
    /// # Errors
    /// The database.
    pub async fn ready_count_of(&self, step: &StepId) -> Result<u64, StoreError> {
        const TEXT: &str = "SELECT COUNT(*) AS n FROM filing f WHERE f.ready AND f.step = $1";
        let row = self
            .db
            .query_one_raw(sql_with(&self.db, TEXT, vec![step.as_str().into()]))
            .await?;
        let n: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
        Ok(u64::try_from(n).unwrap_or(0))
    }

    /// Steps with the applicant for supplements, longest first.
    ///
    /// # Errors
    /// The database.
    pub async fn correcting(&self, limit: u64) -> Result<Vec<ListRow>, StoreError> {
        let page = Page {
            condition: "f.status = 'correcting'",
            order: &["f.last_on", "f.id"],
            limit,
        };
        self.page(page, Vec::new()).await
    }

    /// How many steps are with the applicant for supplements.
    ///
    /// # Errors
    /// The database.
    pub async fn correcting_count(&self) -> Result<u64, StoreError> {
        self.one_count("SELECT COUNT(*) AS n FROM filing f WHERE f.status = 'correcting'")
            .await
    }

    async fn one_count(&self, text: &str) -> Result<u64, StoreError> {
        let row = self
            .db
            .query_one_raw(sql_with(&self.db, text, Vec::new()))
            .await?;
        let n: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
        Ok(u64::try_from(n).unwrap_or(0))
    }
}
