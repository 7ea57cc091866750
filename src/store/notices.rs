//! Holiday notices that were entered, and the recheck of what they touch.
//!
//! # Why
//! The newest notice's number is the version of the calendar. Every write looks at it inside its
//! own transaction, under a lock that only a new notice and a batch of its recheck take alone; so
//! no entry is reckoned by a calendar that no longer holds, on any number of servers. SQLite has
//! one writer, and needs no lock for that.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use entity::{filing, filing_event, holiday_notice, holiday_recheck, project};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, Set, Value,
};

use super::error::StoreError;
use super::ids::{CaseId, FilingId, HolidayNoticeId, PersonId};
use super::ledger::LedgerOf;
use super::record::Filing;
use super::{Reader, Tx, row, sql};
use crate::statute::calendar::notice::NoticeDay;
use crate::statute::clock::Turning;

mod whatif;

pub use whatif::ProjectOf;

/// The most filings that are asked for at once.
pub const BATCH: usize = 500;

/// The key of the lock on the calendar, on PostgreSQL.
const LOCK: i64 = 20_200_025;

/// A notice to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHolidayNotice {
    /// The year that it is about.
    pub year: i32,
    /// The text as it was pasted.
    pub text: String,
    /// Its days.
    pub days: Vec<NoticeDay>,
    /// Its document number.
    pub number: String,
    /// The day it was published.
    pub published_on: NaiveDate,
    /// Where it can be read.
    pub url: Option<String>,
    /// Why an official notice is corrected.
    pub reason: Option<String>,
    /// Who enters it.
    pub person: PersonId,
    /// That person's name.
    pub person_name: String,
    /// The instant.
    pub at: DateTime<Utc>,
}

/// A notice as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayNotice {
    /// The row.
    pub id: HolidayNoticeId,
    /// Which notice of its year, from 1.
    pub version: u32,
    /// What was entered.
    pub entered: NewHolidayNotice,
}

/// How far a notice's recheck has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recheck {
    /// The notice.
    pub notice: HolidayNoticeId,
    /// The days between which a reckoning can differ; `None`: on none.
    pub span: Option<(NaiveDate, NaiveDate)>,
    /// Filings up to this one are done.
    pub after: FilingId,
    /// Filings refolded.
    pub looked: u64,
    /// Filings whose row was rewritten.
    pub moved: u64,
    /// Filings whose ledger the new calendar does not allow.
    pub refused: u64,
    /// The instant of the end; `None`: not finished.
    pub done_at: Option<DateTime<Utc>>,
}

/// An open case of supervision, and the due date that it was opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenCase {
    /// The case.
    pub id: CaseId,
    /// The filing.
    pub filing: FilingId,
    /// The due date then.
    pub due_on: Option<NaiveDate>,
}

fn notice(row: holiday_notice::Model) -> Result<HolidayNotice, StoreError> {
    let wrong = |column, found: String, expected| StoreError::Inconsistent {
        table: "holiday_notice",
        column,
        id: row.id,
        found,
        expected,
    };
    let days = serde_json::from_str(&row.days)
        .map_err(|_| wrong("days", row.days.clone(), "days as JSON"))?;
    let version = u32::try_from(row.version)
        .map_err(|_| wrong("version", row.version.to_string(), "a number from 1"))?;
    Ok(HolidayNotice {
        id: HolidayNoticeId(row.id),
        version,
        entered: NewHolidayNotice {
            year: row.year,
            text: row.text,
            days,
            number: row.number,
            published_on: row.published_on,
            url: row.url,
            reason: row.reason,
            person: PersonId(row.person_id),
            person_name: row.person_name,
            at: row.recorded_at,
        },
    })
}

async fn notices(db: &impl ConnectionTrait) -> Result<Vec<HolidayNotice>, StoreError> {
    let rows = holiday_notice::Entity::find()
        .order_by_asc(holiday_notice::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(notice).collect()
}

async fn version(db: &impl ConnectionTrait) -> Result<i64, StoreError> {
    const TEXT: &str = "SELECT COALESCE(MAX(id), 0) AS newest FROM holiday_notice";
    let row = db.query_one_raw(sql(db, TEXT, [])).await?;
    Ok(row.map_or(Ok(0), |row| row.try_get("", "newest"))?)
}

fn recheck(row: holiday_recheck::Model) -> Recheck {
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    Recheck {
        notice: HolidayNoticeId(row.notice_id),
        span: row.first_day.zip(row.last_day),
        after: FilingId(row.after_id),
        looked: count(row.looked),
        moved: count(row.moved),
        refused: count(row.refused),
        done_at: row.done_at,
    }
}

async fn open_recheck(db: &impl ConnectionTrait) -> Result<Option<Recheck>, StoreError> {
    let found = holiday_recheck::Entity::find()
        .filter(holiday_recheck::Column::DoneAt.is_null())
        .order_by_asc(holiday_recheck::Column::NoticeId)
        .one(db)
        .await?;
    Ok(found.map(recheck))
}

/// The filings whose clock rests on a day of the span: something stored of it lies on its first
/// day or later, and its first entry on its last day or before. The expression is the index's own;
/// `+ 0` keeps SQLite from going through all filings by their ids instead.
async fn touched(
    db: &impl ConnectionTrait,
    (first, last): (NaiveDate, NaiveDate),
    after: FilingId,
) -> Result<Vec<FilingId>, StoreError> {
    let reach = match db.get_database_backend() {
        DbBackend::Postgres => {
            r#"GREATEST("last_on", "starts_on", "due_on", "law_red_on", "deems_on")"#
        }
        _ => {
            r#"max(coalesce("last_on", ''), coalesce("starts_on", ''), coalesce("due_on", ''), coalesce("law_red_on", ''), coalesce("deems_on", ''))"#
        }
    };
    let text = format!(
        "SELECT f.id FROM filing f JOIN filing_event e ON e.filing_id = f.id AND e.seq = 1 \
         WHERE {reach} >= $1 AND e.on_day <= $2 AND f.id + 0 > $3 ORDER BY f.id + 0"
    );
    let values: [Value; 3] = [first.into(), last.into(), after.0.into()];
    let rows = db.query_all_raw(sql(db, text, values)).await?;
    rows.iter()
        .map(|row| Ok(FilingId(row.try_get("", "id")?)))
        .collect()
}

/// These filings with facts and ledgers, in the order of their ids; three statements.
async fn ledgers(db: &impl ConnectionTrait, ids: &[FilingId]) -> Result<Vec<LedgerOf>, StoreError> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let filings = filing::Entity::find()
        .filter(filing::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(filing::Column::Id)
        .all(db)
        .await?;
    let mut owners: Vec<i64> = filings.iter().map(|row| row.project_id).collect();
    owners.sort_unstable();
    owners.dedup();
    let projects = project::Entity::find()
        .filter(project::Column::Id.is_in(owners))
        .all(db)
        .await?;
    let projects: BTreeMap<i64, project::Model> =
        projects.into_iter().map(|row| (row.id, row)).collect();
    let events = filing_event::Entity::find()
        .filter(filing_event::Column::FilingId.is_in(ids))
        .order_by_asc(filing_event::Column::FilingId)
        .order_by_asc(filing_event::Column::Seq)
        .all(db)
        .await?;
    let mut entries = super::ledger::grouped(events)?;
    filings
        .into_iter()
        .map(|row| {
            let owner = projects.get(&row.project_id).cloned();
            let owner = owner.ok_or_else(|| StoreError::Inconsistent {
                table: "filing",
                column: "project_id",
                id: row.id,
                found: row.project_id.to_string(),
                expected: "a project's row",
            })?;
            let owner = row::project(owner)?;
            let filing = row::filing(row)?;
            Ok(LedgerOf {
                entries: entries.remove(&filing.id).unwrap_or_default(),
                filing,
                facts: owner.facts,
                plan_hash: owner.plan_hash,
            })
        })
        .collect()
}

impl Reader {
    /// The version of the calendar: the newest notice's number, 0 where none was entered.
    ///
    /// # Errors
    /// The database.
    pub async fn calendar_version(&self) -> Result<i64, StoreError> {
        version(&self.db).await
    }

    /// Every notice that was entered, oldest first.
    ///
    /// # Errors
    /// The database.
    pub async fn holiday_notices(&self) -> Result<Vec<HolidayNotice>, StoreError> {
        notices(&self.db).await
    }

    /// The rechecks of a year's notices, oldest first.
    ///
    /// # Errors
    /// The database.
    pub async fn rechecks(&self) -> Result<Vec<Recheck>, StoreError> {
        let rows = holiday_recheck::Entity::find()
            .order_by_asc(holiday_recheck::Column::NoticeId)
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().map(recheck).collect())
    }

    /// The oldest recheck that has not ended.
    ///
    /// # Errors
    /// The database.
    pub async fn open_recheck(&self) -> Result<Option<Recheck>, StoreError> {
        open_recheck(&self.db).await
    }

    /// The filings behind `after` whose clock rests on a day of the span, by id.
    ///
    /// # Errors
    /// The database.
    pub async fn touched(
        &self,
        span: (NaiveDate, NaiveDate),
        after: FilingId,
    ) -> Result<Vec<FilingId>, StoreError> {
        touched(&self.db, span, after).await
    }

    /// These filings (at most [`BATCH`]) with facts and ledgers, by id; three statements.
    ///
    /// # Errors
    /// The database.
    pub async fn ledgers_of(&self, ids: &[FilingId]) -> Result<Vec<LedgerOf>, StoreError> {
        ledgers(&self.db, ids).await
    }

    /// Every open case of supervision.
    ///
    /// # Errors
    /// The database.
    pub async fn open_cases_due(&self) -> Result<Vec<OpenCase>, StoreError> {
        const TEXT: &str =
            "SELECT id, filing_id, due_on FROM supervision_case WHERE closed_on IS NULL";
        let rows = self.db.query_all_raw(sql(&self.db, TEXT, [])).await?;
        rows.iter()
            .map(|row| {
                Ok(OpenCase {
                    id: CaseId(row.try_get("", "id")?),
                    filing: FilingId(row.try_get("", "filing_id")?),
                    due_on: row.try_get("", "due_on")?,
                })
            })
            .collect()
    }
}

impl Tx {
    /// Keeps the calendar from changing until this transaction ends; `alone`: keeps all others
    /// from reckoning by it, to change it or what rests on it.
    ///
    /// # Errors
    /// The database.
    pub async fn hold_calendar(&self, alone: bool) -> Result<(), StoreError> {
        if self.tx.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        let text = if alone {
            "SELECT pg_advisory_xact_lock($1)"
        } else {
            "SELECT pg_advisory_xact_lock_shared($1)"
        };
        self.tx
            .query_one_raw(sql(&self.tx, text, [LOCK.into()]))
            .await?;
        Ok(())
    }

    /// See [`Reader::calendar_version`].
    ///
    /// # Errors
    /// The database.
    pub async fn calendar_version(&self) -> Result<i64, StoreError> {
        version(&self.tx).await
    }

    /// See [`Reader::holiday_notices`].
    ///
    /// # Errors
    /// The database.
    pub async fn holiday_notices(&self) -> Result<Vec<HolidayNotice>, StoreError> {
        notices(&self.tx).await
    }

    /// Keeps a notice as the newest of its year, with a recheck that has still to be made.
    ///
    /// # Errors
    /// The database.
    pub async fn insert_holiday_notice(
        &self,
        new: &NewHolidayNotice,
        span: Option<(NaiveDate, NaiveDate)>,
    ) -> Result<HolidayNoticeId, StoreError> {
        const LAST: &str =
            "SELECT COALESCE(MAX(version), 0) AS last FROM holiday_notice WHERE year = $1";
        let statement = sql(&self.tx, LAST, [new.year.into()]);
        let last = self.tx.query_one_raw(statement).await?;
        let last: i32 = last.map_or(Ok(0), |row| row.try_get("", "last"))?;
        let days = serde_json::to_string(&new.days)
            .map_err(|error| StoreError::Db(format!("days that JSON cannot hold: {error}")))?;
        let row = holiday_notice::ActiveModel {
            year: Set(new.year),
            version: Set(last.saturating_add(1)),
            text: Set(new.text.clone()),
            days: Set(days),
            number: Set(new.number.clone()),
            published_on: Set(new.published_on),
            url: Set(new.url.clone()),
            reason: Set(new.reason.clone()),
            person_id: Set(new.person.0),
            person_name: Set(new.person_name.clone()),
            recorded_at: Set(new.at.trunc_subsecs(0)),
            ..<holiday_notice::ActiveModel as ActiveModelTrait>::default()
        };
        let made = holiday_notice::Entity::insert(row).exec(&self.tx).await?;
        let id = made.last_insert_id;
        holiday_recheck::Entity::insert(holiday_recheck::ActiveModel {
            notice_id: Set(id),
            first_day: Set(span.map(|(first, _)| first)),
            last_day: Set(span.map(|(_, last)| last)),
            after_id: Set(0),
            looked: Set(0),
            moved: Set(0),
            refused: Set(0),
            done_at: Set(span.is_none().then(|| new.at.trunc_subsecs(0))),
        })
        .exec_without_returning(&self.tx)
        .await?;
        Ok(HolidayNoticeId(id))
    }

    /// See [`Reader::open_recheck`].
    ///
    /// # Errors
    /// The database.
    pub async fn open_recheck(&self) -> Result<Option<Recheck>, StoreError> {
        open_recheck(&self.tx).await
    }

    /// Says how far a recheck has come.
    ///
    /// # Errors
    /// The database.
    pub async fn mark_recheck(&self, now: &Recheck) -> Result<(), StoreError> {
        let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        holiday_recheck::Entity::update_many()
            .set(holiday_recheck::ActiveModel {
                after_id: Set(now.after.0),
                looked: Set(count(now.looked)),
                moved: Set(count(now.moved)),
                refused: Set(count(now.refused)),
                done_at: Set(now.done_at.map(|at| at.trunc_subsecs(0))),
                ..<holiday_recheck::ActiveModel as ActiveModelTrait>::default()
            })
            .filter(holiday_recheck::Column::NoticeId.eq(now.notice.0))
            .exec(&self.tx)
            .await?;
        Ok(())
    }

    /// See [`Reader::touched`].
    ///
    /// # Errors
    /// The database.
    pub async fn touched(
        &self,
        span: (NaiveDate, NaiveDate),
        after: FilingId,
    ) -> Result<Vec<FilingId>, StoreError> {
        touched(&self.tx, span, after).await
    }

    /// See [`Reader::ledgers_of`].
    ///
    /// # Errors
    /// The database.
    pub async fn ledgers_of(&self, ids: &[FilingId]) -> Result<Vec<LedgerOf>, StoreError> {
        ledgers(&self.tx, ids).await
    }

    /// Projects these turning points onto the rows of filings whose ledgers have not moved on; one
    /// statement for at most [`BATCH`] rows.
    ///
    /// # Errors
    /// Stale: one has.
    pub async fn set_turnings(&self, rows: &[(Filing, Turning)]) -> Result<(), StoreError> {
        use filing::Column as C;
        if rows.is_empty() {
            return Ok(());
        }
        let wanted = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let rows = rows.iter().map(|(filing, turning)| {
            let mut row = <filing::ActiveModel as ActiveModelTrait>::default();
            row.id = Set(filing.id.0);
            row.project_id = Set(filing.project.0);
            row.step = Set(filing.step.as_str().to_owned());
            row.county = Set(row::county_text(filing.county));
            row.bureau_id = Set(filing.bureau.0);
            row.seq = Set(row::small(filing.seq));
            row.ready = Set(filing.ready);
            row.run = Set(row::small(filing.run));
            row.standing = Set(filing.standing.code().to_owned());
            row::set_turning(&mut row, turning);
            row
        });
        let changed = filing::Entity::insert_many(rows)
            .on_conflict(
                OnConflict::column(C::Id)
                    .update_columns(row::TURNING)
                    .action_and_where(
                        Expr::col((filing::Entity, C::Seq)).eq(Expr::col(("excluded", C::Seq))),
                    )
                    .to_owned(),
            )
            .exec_without_returning(&self.tx)
            .await?;
        if changed == wanted {
            Ok(())
        } else {
            Err(StoreError::Stale)
        }
    }
}
