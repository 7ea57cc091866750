//! Supervision: rungs that were told, cases with their entries, notices of the government's office.

mod write;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{supervision_case, supervision_entry, supervision_notice, supervision_rung};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    Value,
};

use super::error::StoreError;
use super::ids::{BureauId, CaseId, FilingId, NoticeId, PersonId};
use super::list::ListRow;
use super::packed;
use super::{Reader, sql_with};
use crate::statute::supervision::{CaseAct, CaseState};

/// A rung of the ladder that was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RungTold {
    /// The filing.
    pub filing: FilingId,
    /// Which rung, by its word.
    pub rung: String,
    /// The date that it refers to.
    pub refers_to: NaiveDate,
    /// The day that it belongs to.
    pub on: NaiveDate,
    /// Who was told, in words.
    pub told: String,
    /// When it was sent.
    pub at: DateTime<Utc>,
}

/// A supervision case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The row.
    pub id: CaseId,
    /// The filing.
    pub filing: FilingId,
    /// Who decides it.
    pub bureau: BureauId,
    /// The day that it was opened for.
    pub opened_on: NaiveDate,
    /// The due date that had passed, where the step had one.
    pub due_on: Option<NaiveDate>,
    /// What lists order by.
    pub ranks_on: NaiveDate,
    /// Where it is.
    pub state: CaseState,
    /// The day of closing.
    pub closed_on: Option<NaiveDate>,
}

/// A case to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCase {
    /// The filing.
    pub filing: FilingId,
    /// Who decides it.
    pub bureau: BureauId,
    /// The day that it is opened for.
    pub opened_on: NaiveDate,
    /// The due date that has passed, where the step has one.
    pub due_on: Option<NaiveDate>,
}

/// What was done in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseEntry {
    /// The case.
    pub case: CaseId,
    /// From 1 without gaps.
    pub seq: u32,
    /// What.
    pub act: CaseAct,
    /// The day.
    pub on: NaiveDate,
    /// Who; `None`: by rule.
    pub person: Option<PersonId>,
    /// That person's name then, or the rule's words.
    pub person_name: String,
    /// When it was recorded.
    pub at: DateTime<Utc>,
}

/// What is to be recorded in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCaseEntry {
    /// What.
    pub act: CaseAct,
    /// The day.
    pub on: NaiveDate,
    /// Who; `None`: by rule.
    pub person: Option<PersonId>,
    /// That person's name, or the rule's words.
    pub person_name: String,
    /// When it is recorded.
    pub at: DateTime<Utc>,
}

/// A numbered notice (督办通知单).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The row.
    pub id: NoticeId,
    /// The case.
    pub case: CaseId,
    /// The entry that made it.
    pub seq: u32,
    /// The year of its number.
    pub year: i32,
    /// From 1 without gaps a year.
    pub number: u32,
    /// What anybody can check it by.
    pub code: String,
    /// The day it was made.
    pub made_on: NaiveDate,
}

/// What a list of cases is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseFilter {
    /// Only this bureau's.
    pub bureau: Option<BureauId>,
    /// Only those in this state.
    pub state: Option<CaseState>,
    /// Behind this row of the order: closed, the day it ranks by, the case.
    pub after: Option<(bool, NaiveDate, CaseId)>,
    /// At most so many.
    pub limit: u64,
}

fn wrong(table: &'static str, column: &'static str, id: i64, found: &str) -> StoreError {
    StoreError::Inconsistent {
        table,
        column,
        id,
        found: found.to_owned(),
        expected: "what this program writes",
    }
}

fn told(row: supervision_rung::Model) -> RungTold {
    RungTold {
        filing: FilingId(row.filing_id),
        rung: row.rung,
        refers_to: row.refers_to,
        on: row.belongs_on,
        told: row.told,
        at: row.recorded_at,
    }
}

fn case(row: supervision_case::Model) -> Result<Case, StoreError> {
    Ok(Case {
        id: CaseId(row.id),
        filing: FilingId(row.filing_id),
        bureau: BureauId(row.bureau_id),
        opened_on: row.opened_on,
        due_on: row.due_on,
        ranks_on: row.ranks_on,
        state: CaseState::from_code(&row.state)
            .ok_or_else(|| wrong("supervision_case", "state", row.id, &row.state))?,
        closed_on: row.closed_on,
    })
}

fn count(table: &'static str, column: &'static str, id: i64, n: i32) -> Result<u32, StoreError> {
    u32::try_from(n).map_err(|_| wrong(table, column, id, &n.to_string()))
}

fn entry(row: supervision_entry::Model) -> Result<CaseEntry, StoreError> {
    let act: CaseAct = serde_json::from_str(&row.payload)
        .map_err(|_| wrong("supervision_entry", "payload", row.case_id, &row.payload))?;
    Ok(CaseEntry {
        case: CaseId(row.case_id),
        seq: count("supervision_entry", "seq", row.case_id, row.seq)?,
        act,
        on: row.on_day,
        person: row.person_id.map(PersonId),
        person_name: row.person_name,
        at: row.recorded_at,
    })
}

fn notice(row: supervision_notice::Model) -> Result<Notice, StoreError> {
    Ok(Notice {
        id: NoticeId(row.id),
        case: CaseId(row.case_id),
        seq: count("supervision_notice", "seq", row.id, row.seq)?,
        year: row.year,
        number: count("supervision_notice", "number", row.id, row.number)?,
        code: row.code,
        made_on: row.made_on,
    })
}

impl Reader {
    /// The rungs that were told of a filing, the earliest first.
    ///
    /// # Errors
    /// The database.
    pub async fn rungs_told(&self, filing: FilingId) -> Result<Vec<RungTold>, StoreError> {
        let rows = supervision_rung::Entity::find()
            .filter(supervision_rung::Column::FilingId.eq(filing.0))
            .order_by_asc(supervision_rung::Column::BelongsOn)
            .order_by_asc(supervision_rung::Column::RecordedAt)
            .order_by_asc(supervision_rung::Column::Rung)
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().map(told).collect())
    }

    /// The cases of a filing, the newest first.
    ///
    /// # Errors
    /// The database.
    pub async fn cases_of(&self, filing: FilingId) -> Result<Vec<Case>, StoreError> {
        let rows = supervision_case::Entity::find()
            .filter(supervision_case::Column::FilingId.eq(filing.0))
            .order_by_desc(supervision_case::Column::Id)
            .all(&self.db)
            .await?;
        rows.into_iter().map(case).collect()
    }

    /// The case.
    ///
    /// # Errors
    /// The database.
    pub async fn case(&self, id: CaseId) -> Result<Option<Case>, StoreError> {
        let row = supervision_case::Entity::find_by_id(id.0)
            .one(&self.db)
            .await?;
        row.map(case).transpose()
    }

    /// What was done in these cases, in order.
    ///
    /// # Errors
    /// The database.
    pub async fn case_entries(&self, cases: &[CaseId]) -> Result<Vec<CaseEntry>, StoreError> {
        if cases.is_empty() {
            return Ok(Vec::new());
        }
        let rows = supervision_entry::Entity::find()
            .filter(supervision_entry::Column::CaseId.is_in(cases.iter().map(|id| id.0)))
            .order_by_asc(supervision_entry::Column::CaseId)
            .order_by_asc(supervision_entry::Column::Seq)
            .all(&self.db)
            .await?;
        rows.into_iter().map(entry).collect()
    }

    /// The notices of these cases, in order.
    ///
    /// # Errors
    /// The database.
    pub async fn notices_of(&self, cases: &[CaseId]) -> Result<Vec<Notice>, StoreError> {
        if cases.is_empty() {
            return Ok(Vec::new());
        }
        let rows = supervision_notice::Entity::find()
            .filter(supervision_notice::Column::CaseId.is_in(cases.iter().map(|id| id.0)))
            .order_by_asc(supervision_notice::Column::Id)
            .all(&self.db)
            .await?;
        rows.into_iter().map(notice).collect()
    }

    /// The notice.
    ///
    /// # Errors
    /// The database.
    pub async fn notice(&self, id: NoticeId) -> Result<Option<Notice>, StoreError> {
        let row = supervision_notice::Entity::find_by_id(id.0)
            .one(&self.db)
            .await?;
        row.map(notice).transpose()
    }

    /// The notice of that code.
    ///
    /// # Errors
    /// The database.
    pub async fn notice_by_code(&self, code: &str) -> Result<Option<Notice>, StoreError> {
        let row = supervision_notice::Entity::find()
            .filter(supervision_notice::Column::Code.eq(code))
            .one(&self.db)
            .await?;
        row.map(notice).transpose()
    }

    /// Cases, open ones first, by the day that they rank by.
    ///
    /// # Errors
    /// The database.
    pub async fn cases(&self, filter: &CaseFilter) -> Result<Vec<Case>, StoreError> {
        use supervision_case::Column as C;
        let mut find = supervision_case::Entity::find()
            .order_by_asc(C::Closed)
            .order_by_asc(C::RanksOn)
            .order_by_asc(C::Id)
            .limit(filter.limit);
        if let Some(bureau) = filter.bureau {
            find = find.filter(C::BureauId.eq(bureau.0));
        }
        if let Some(state) = filter.state {
            let closed = state == CaseState::Closed;
            find = find
                .filter(C::Closed.eq(closed))
                .filter(C::State.eq(state.code()));
        }
        if let Some((closed, on, id)) = filter.after {
            let same = C::Closed
                .eq(closed)
                .and(C::RanksOn.gt(on).or(C::RanksOn.eq(on).and(C::Id.gt(id.0))));
            find = find.filter(C::Closed.gt(closed).or(same));
        }
        let rows = find.all(&self.db).await?;
        rows.into_iter().map(case).collect()
    }

    /// How many cases each bureau has in each state.
    ///
    /// # Errors
    /// The database.
    pub async fn case_counts(
        &self,
        bureau: Option<BureauId>,
    ) -> Result<Vec<(BureauId, CaseState, u64)>, StoreError> {
        let mut values: Vec<Value> = Vec::new();
        let mut only = "";
        if let Some(bureau) = bureau {
            values.push(bureau.0.into());
            only = "WHERE c.bureau_id = $1 ";
        }
        let text = format!(
            "SELECT c.bureau_id, c.state, COUNT(*) AS n FROM supervision_case c \
             {only}GROUP BY c.bureau_id, c.state ORDER BY c.bureau_id, c.state"
        );
        let rows = self
            .db
            .query_all_raw(sql_with(&self.db, text, values))
            .await?;
        rows.into_iter()
            .map(|row| {
                let bureau: i64 = row.try_get("", "bureau_id")?;
                let state: String = row.try_get("", "state")?;
                let n: i64 = row.try_get("", "n")?;
                Ok((
                    BureauId(bureau),
                    CaseState::from_code(&state)
                        .ok_or_else(|| wrong("supervision_case", "state", bureau, &state))?,
                    u64::try_from(n).unwrap_or(0),
                ))
            })
            .collect()
    }

    /// These filings as lists show them, in no order.
    ///
    /// # Errors
    /// The database.
    pub async fn rows_of(&self, filings: &[FilingId]) -> Result<Vec<ListRow>, StoreError> {
        packed::rows_of(&self.db, filings).await
    }
}
