//! Figures added up: one statement a kind, over an index by day; never a ledger, never a row a
//! query.
//!
//! Last days are those of `Decided::on_last_day`, `Suspension::on_last_day` and `after_due`, said in
//! SQL; the office's test from raw ledgers holds the two together.

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Value};

use super::super::error::StoreError;
use super::super::ids::BureauId;
use super::super::list::{ListKind, on_board};
use super::super::{Reader, sql_with};
use super::outcome;
use crate::statute::clock::Status;
use crate::statute::plan::StepId;

/// What figures are added up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// The month of the day that counts: `2026-11`.
    Month,
    /// The bureau's row.
    Bureau,
    /// The step's identifier.
    Step,
}

/// Which figures are added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureFilter {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// Today: silence has accepted by then, or not yet.
    pub today: NaiveDate,
    /// Only steps of this bureau.
    pub bureau: Option<BureauId>,
    /// Only this step.
    pub step: Option<StepId>,
    /// By what.
    pub by: Grouping,
}

/// Runs that were handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledSum {
    /// The group.
    pub key: String,
    /// How many.
    pub n: u64,
}

/// Runs that were accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedSum {
    /// The group.
    pub key: String,
    /// How many.
    pub n: u64,
    /// Those of them that silence accepted.
    pub by_silence: u64,
}

/// Runs that ended in one way after so many used days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedSum {
    /// The group.
    pub key: String,
    /// In which way.
    pub outcome: Status,
    /// After how many counted working days; `None`: no limit ran.
    pub used: Option<u32>,
    /// How many.
    pub n: u64,
    /// Those of them with a due date.
    pub with_due: u64,
    /// Decided after it.
    pub late: u64,
    /// Decided on it.
    pub on_last_day: u64,
    /// Those that stood still at all.
    pub suspended: u64,
    /// Working days that stood still.
    pub suspended_days: u64,
    /// Those that waited for a county's opinion.
    pub waited: u64,
    /// Working days that they waited.
    pub waited_days: u64,
}

/// Suspensions that were set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuspendedSum {
    /// The group.
    pub key: String,
    /// How many.
    pub n: u64,
    /// Those set on the due date.
    pub on_last_day: u64,
    /// Those set after it.
    pub after_due: u64,
}

/// Entries that were typed late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedLateSum {
    /// The group.
    pub key: String,
    /// How many.
    pub n: u64,
}

/// Projects that were finished; one group where it is not by month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinishedSum {
    /// The month, or nothing.
    pub key: String,
    /// How many projects.
    pub n: u64,
    /// See [`crate::statute::figures::SideBySide`].
    pub one_after_another: u64,
    /// See there.
    pub elapsed: u64,
    /// See there.
    pub idle: u64,
}

/// Everything that was added up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sums {
    /// Handed in.
    pub filed: Vec<FiledSum>,
    /// Accepted.
    pub accepted: Vec<AcceptedSum>,
    /// Ended.
    pub decided: Vec<DecidedSum>,
    /// Suspended.
    pub suspended: Vec<SuspendedSum>,
    /// Typed late.
    pub typed_late: Vec<TypedLateSum>,
    /// Finished projects; none where one bureau or one step is asked for.
    pub finished: Vec<FinishedSum>,
    /// Filings under the filter whose figures are not made yet, whatever their days.
    pub owed: u64,
    /// Steps under the filter that are overdue today and not decided.
    pub open_overdue: u64,
}

/// A statement in the making: the text after `WHERE`, and its arguments.
struct Asked {
    condition: String,
    values: Vec<Value>,
}

impl FigureFilter {
    /// The days of `day`, and the bureau and step over `bureau` and `step`.
    fn asked(&self, day: &str, bureau: &str, step: &str) -> Asked {
        let mut asked = Asked {
            condition: format!("{day} >= $1 AND {day} <= $2"),
            values: vec![self.first.into(), self.last.into()],
        };
        asked.only(self, bureau, step);
        asked
    }

    /// The group of a row whose day is `day`.
    fn key(&self, postgres: bool, day: &str, bureau: &str, step: &str) -> String {
        match self.by {
            Grouping::Month => month(postgres, day),
            Grouping::Bureau => format!("CAST({bureau} AS TEXT)"),
            Grouping::Step => step.to_owned(),
        }
    }
}

fn month(postgres: bool, day: &str) -> String {
    match postgres {
        true => format!("to_char({day}, 'YYYY-MM')"),
        // A day is a text there: 2026-11-23.
        false => format!("substr({day}, 1, 7)"),
    }
}

impl Asked {
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn only(&mut self, filter: &FigureFilter, bureau: &str, step: &str) {
        if let Some(id) = filter.bureau {
            let place = self.bind(id.0);
            self.condition.push_str(&format!(" AND {bureau} = {place}"));
        }
        if let Some(id) = &filter.step {
            let place = self.bind(id.as_str());
            self.condition.push_str(&format!(" AND {step} = {place}"));
        }
    }
}

fn counted(row: &QueryResult, column: &str) -> Result<u64, StoreError> {
    let n: i64 = row.try_get("", column)?;
    Ok(u64::try_from(n).unwrap_or(0))
}

fn key(row: &QueryResult) -> Result<String, StoreError> {
    Ok(row.try_get("", "k")?)
}

/// How many rows meet the condition.
fn how_many(condition: &str) -> String {
    format!("SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)")
}

impl Reader {
    /// Adds the figures up, in eight statements, seven where one bureau or step is asked for.
    ///
    /// # Errors
    /// The database.
    pub async fn figure_sums(&self, filter: &FigureFilter) -> Result<Sums, StoreError> {
        let finished = match (filter.bureau, &filter.step) {
            (None, None) => self.finished(filter).await?,
            _ => Vec::new(),
        };
        Ok(Sums {
            filed: self.filed(filter).await?,
            accepted: self.accepted(filter).await?,
            decided: self.decided(filter).await?,
            suspended: self.suspended(filter).await?,
            typed_late: self.typed_late(filter).await?,
            finished,
            owed: self.owed(filter).await?,
            open_overdue: self.open_overdue(filter).await?,
        })
    }

    fn is_postgres(&self) -> bool {
        self.db.get_database_backend() == DbBackend::Postgres
    }

    async fn rows(&self, text: String, values: Vec<Value>) -> Result<Vec<QueryResult>, StoreError> {
        let statement = sql_with(&self.db, text, values);
        Ok(self.db.query_all_raw(statement).await?)
    }

    async fn filed(&self, filter: &FigureFilter) -> Result<Vec<FiledSum>, StoreError> {
        let asked = filter.asked("submitted_on", "bureau_id", "step");
        let key_of = filter.key(self.is_postgres(), "submitted_on", "bureau_id", "step");
        let text = format!(
            "SELECT {key_of} AS k, COUNT(*) AS n FROM filing_figures WHERE {} GROUP BY 1",
            asked.condition
        );
        let rows = self.rows(text, asked.values).await?;
        let read = |row: &QueryResult| {
            Ok(FiledSum {
                key: key(row)?,
                n: counted(row, "n")?,
            })
        };
        rows.iter().map(read).collect()
    }

    async fn accepted(&self, filter: &FigureFilter) -> Result<Vec<AcceptedSum>, StoreError> {
        let mut asked = filter.asked("accepted_on", "bureau_id", "step");
        let today = asked.bind(filter.today);
        let key_of = filter.key(self.is_postgres(), "accepted_on", "bureau_id", "step");
        let text = format!(
            "SELECT {key_of} AS k, COUNT(*) AS n, {} AS by_silence FROM filing_figures \
             WHERE {} AND (deems_on IS NULL OR deems_on <= {today}) GROUP BY 1",
            how_many("by_silence"),
            asked.condition
        );
        let rows = self.rows(text, asked.values).await?;
        let read = |row: &QueryResult| {
            Ok(AcceptedSum {
                key: key(row)?,
                n: counted(row, "n")?,
                by_silence: counted(row, "by_silence")?,
            })
        };
        rows.iter().map(read).collect()
    }

    async fn decided(&self, filter: &FigureFilter) -> Result<Vec<DecidedSum>, StoreError> {
        let asked = filter.asked("decided_on", "bureau_id", "step");
        let key_of = filter.key(self.is_postgres(), "decided_on", "bureau_id", "step");
        let text = format!(
            "SELECT {key_of} AS k, outcome, used_days, COUNT(*) AS n, \
             COUNT(due_on) AS with_due, {} AS late, {} AS on_last_day, {} AS suspended, \
             SUM(suspended_days) AS suspended_days, {} AS waited, SUM(waited_days) AS waited_days \
             FROM filing_figures WHERE decided_on IS NOT NULL AND {} \
             GROUP BY 1, outcome, used_days",
            how_many("late"),
            how_many("due_on = decided_on"),
            how_many("suspended_days > 0"),
            how_many("waited_days > 0"),
            asked.condition
        );
        let rows = self.rows(text, asked.values).await?;
        let read = |row: &QueryResult| {
            let word: String = row.try_get("", "outcome")?;
            let used: Option<i32> = row.try_get("", "used_days")?;
            Ok(DecidedSum {
                key: key(row)?,
                outcome: outcome(0, &word)?,
                used: used.map(super::whole),
                n: counted(row, "n")?,
                with_due: counted(row, "with_due")?,
                late: counted(row, "late")?,
                on_last_day: counted(row, "on_last_day")?,
                suspended: counted(row, "suspended")?,
                suspended_days: counted(row, "suspended_days")?,
                waited: counted(row, "waited")?,
                waited_days: counted(row, "waited_days")?,
            })
        };
        rows.iter().map(read).collect()
    }

    async fn suspended(&self, filter: &FigureFilter) -> Result<Vec<SuspendedSum>, StoreError> {
        let asked = filter.asked("on_day", "bureau_id", "step");
        let key_of = filter.key(self.is_postgres(), "on_day", "bureau_id", "step");
        let text = format!(
            "SELECT {key_of} AS k, COUNT(*) AS n, {} AS on_last_day, {} AS after_due \
             FROM filing_suspension WHERE {} GROUP BY 1",
            how_many("due_on = on_day"),
            how_many("due_on < on_day"),
            asked.condition
        );
        let rows = self.rows(text, asked.values).await?;
        let read = |row: &QueryResult| {
            Ok(SuspendedSum {
                key: key(row)?,
                n: counted(row, "n")?,
                on_last_day: counted(row, "on_last_day")?,
                after_due: counted(row, "after_due")?,
            })
        };
        rows.iter().map(read).collect()
    }

    async fn typed_late(&self, filter: &FigureFilter) -> Result<Vec<TypedLateSum>, StoreError> {
        let asked = filter.asked("l.recorded_on", "l.bureau_id", "f.step");
        let key_of = filter.key(self.is_postgres(), "l.recorded_on", "l.bureau_id", "f.step");
        let text = format!(
            "SELECT {key_of} AS k, COUNT(*) AS n FROM late_entry l \
             JOIN filing f ON f.id = l.filing_id WHERE {} GROUP BY 1",
            asked.condition
        );
        let rows = self.rows(text, asked.values).await?;
        let read = |row: &QueryResult| {
            Ok(TypedLateSum {
                key: key(row)?,
                n: counted(row, "n")?,
            })
        };
        rows.iter().map(read).collect()
    }

    async fn finished(&self, filter: &FigureFilter) -> Result<Vec<FinishedSum>, StoreError> {
        let key_of = match filter.by {
            Grouping::Month => month(self.is_postgres(), "finished_on"),
            Grouping::Bureau | Grouping::Step => "''".to_owned(),
        };
        let text = format!(
            "SELECT {key_of} AS k, COUNT(*) AS n, SUM(one_after_another) AS one_after_another, \
             SUM(elapsed) AS elapsed, SUM(idle) AS idle FROM project_figures \
             WHERE finished_on >= $1 AND finished_on <= $2 GROUP BY 1"
        );
        let values = vec![filter.first.into(), filter.last.into()];
        let rows = self.rows(text, values).await?;
        let read = |row: &QueryResult| {
            Ok(FinishedSum {
                key: key(row)?,
                n: counted(row, "n")?,
                one_after_another: counted(row, "one_after_another")?,
                elapsed: counted(row, "elapsed")?,
                idle: counted(row, "idle")?,
            })
        };
        rows.iter().map(read).collect()
    }

    async fn owed(&self, filter: &FigureFilter) -> Result<u64, StoreError> {
        let mut asked = Asked {
            condition: "1 = 1".to_owned(),
            values: Vec::new(),
        };
        asked.only(filter, "f.bureau_id", "f.step");
        let text = format!(
            "SELECT COUNT(*) AS n FROM figures_owed o JOIN filing f ON f.id = o.filing_id \
             WHERE {}",
            asked.condition
        );
        let rows = self.rows(text, asked.values).await?;
        rows.first().map_or(Ok(0), |row| counted(row, "n"))
    }

    async fn open_overdue(&self, filter: &FigureFilter) -> Result<u64, StoreError> {
        let mut asked = Asked {
            condition: on_board(ListKind::Overdue).to_owned(),
            values: vec![filter.today.into()],
        };
        asked.only(filter, "f.bureau_id", "f.step");
        let text = format!(
            "SELECT COUNT(*) AS n FROM filing f WHERE {}",
            asked.condition
        );
        let rows = self.rows(text, asked.values).await?;
        rows.first().map_or(Ok(0), |row| counted(row, "n"))
    }
}
