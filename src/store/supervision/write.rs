//! What is written of supervision: rungs under their key, cases with their entries, notices with
//! their numbers.

use chrono::{Datelike, NaiveDate};
use entity::{supervision_case, supervision_entry, supervision_notice};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, Set, Value,
};

use super::super::error::StoreError;
use super::super::ids::{CaseId, FilingId, NoticeId};
use super::super::{Tx, sql_with};
use super::{Case, NewCase, NewCaseEntry, RungTold, case, count};
use crate::statute::supervision::CaseState;

/// The key of the lock under which PostgreSQL numbers notices, so that none is lost or given twice.
const NUMBER_LOCK: &str = "SELECT pg_advisory_xact_lock(20200315)";

/// `($1, $2), ($3, $4)` for so many rows of so many columns.
fn places(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let places: Vec<String> = (1..=columns)
            .map(|column| format!("${}", row * columns + column))
            .collect();
        format!("({})", places.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

impl Tx {
    /// Keeps that rungs were told; those that were not told before.
    ///
    /// The key decides: of any number of servers one gets each rung back.
    ///
    /// # Errors
    /// The database.
    pub async fn tell_rungs(
        &self,
        rungs: &[RungTold],
    ) -> Result<Vec<(FilingId, String, NaiveDate)>, StoreError> {
        if rungs.is_empty() {
            return Ok(Vec::new());
        }
        let text = format!(
            "INSERT INTO supervision_rung (filing_id, rung, refers_to, belongs_on, told, \
             recorded_at) VALUES {} ON CONFLICT DO NOTHING RETURNING filing_id, rung, refers_to",
            places(rungs.len(), 6)
        );
        let values: Vec<Value> = rungs
            .iter()
            .flat_map(|one| -> [Value; 6] {
                [
                    one.filing.0.into(),
                    one.rung.as_str().into(),
                    one.refers_to.into(),
                    one.on.into(),
                    one.told.as_str().into(),
                    one.at.into(),
                ]
            })
            .collect();
        let rows = self
            .tx
            .query_all_raw(sql_with(&self.tx, text, values))
            .await?;
        rows.into_iter()
            .map(|row| {
                Ok((
                    FilingId(row.try_get("", "filing_id")?),
                    row.try_get("", "rung")?,
                    row.try_get("", "refers_to")?,
                ))
            })
            .collect()
    }

    /// Opens cases on filings that have no open one, each with its first entry; which were opened.
    ///
    /// # Errors
    /// The database.
    pub async fn open_cases(
        &self,
        new: &[(NewCase, NewCaseEntry)],
    ) -> Result<Vec<(FilingId, CaseId)>, StoreError> {
        if new.is_empty() {
            return Ok(Vec::new());
        }
        let text = format!(
            "INSERT INTO supervision_case (filing_id, bureau_id, opened_on, due_on, ranks_on, \
             state, closed) VALUES {} ON CONFLICT DO NOTHING RETURNING id, filing_id",
            places(new.len(), 7)
        );
        let values: Vec<Value> = new
            .iter()
            .flat_map(|(one, _)| -> [Value; 7] {
                [
                    one.filing.0.into(),
                    one.bureau.0.into(),
                    one.opened_on.into(),
                    one.due_on.into(),
                    one.due_on.unwrap_or(one.opened_on).into(),
                    CaseState::Opened.code().into(),
                    false.into(),
                ]
            })
            .collect();
        let rows = self
            .tx
            .query_all_raw(sql_with(&self.tx, text, values))
            .await?;
        let mut opened = Vec::with_capacity(rows.len());
        for row in rows {
            let filing = FilingId(row.try_get("", "filing_id")?);
            opened.push((filing, CaseId(row.try_get("", "id")?)));
        }
        let mut entries = Vec::with_capacity(opened.len());
        for (filing, id) in &opened {
            let first = new.iter().find(|(case, _)| case.filing == *filing);
            if let Some((_, first)) = first {
                entries.push(entry_row(*id, 1, first)?);
            }
        }
        if !entries.is_empty() {
            supervision_entry::Entity::insert_many(entries)
                .exec_without_returning(&self.tx)
                .await?;
        }
        Ok(opened)
    }

    /// The open case of a filing, with the number of its entries. The filing is held by
    /// [`Tx::filing`], and with it its case.
    ///
    /// # Errors
    /// The database.
    pub async fn open_case(&self, filing: FilingId) -> Result<Option<(Case, u32)>, StoreError> {
        let row = supervision_case::Entity::find()
            .filter(supervision_case::Column::FilingId.eq(filing.0))
            .filter(supervision_case::Column::ClosedOn.is_null())
            .one(&self.tx)
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let last: Option<Option<i32>> = supervision_entry::Entity::find()
            .select_only()
            .column_as(supervision_entry::Column::Seq.max(), "last")
            .filter(supervision_entry::Column::CaseId.eq(row.id))
            .into_tuple()
            .one(&self.tx)
            .await?;
        let last = last.flatten().unwrap_or(0);
        let last = count("supervision_entry", "seq", row.id, last)?;
        Ok(Some((case(row)?, last)))
    }

    /// Records what was done in a case, and where it is after it.
    ///
    /// # Errors
    /// Duplicate: something else was recorded meanwhile.
    pub async fn add_to_case(
        &self,
        id: CaseId,
        seq: u32,
        new: &NewCaseEntry,
    ) -> Result<(), StoreError> {
        supervision_entry::Entity::insert(entry_row(id, seq, new)?)
            .exec_without_returning(&self.tx)
            .await?;
        let state = new.act.state();
        let closed = state == CaseState::Closed;
        let row = supervision_case::ActiveModel {
            state: Set(state.code().to_owned()),
            closed: Set(closed),
            closed_on: Set(closed.then_some(new.on)),
            ..<supervision_case::ActiveModel as sea_orm::ActiveModelTrait>::default()
        };
        supervision_case::Entity::update_many()
            .set(row)
            .filter(supervision_case::Column::Id.eq(id.0))
            .exec(&self.tx)
            .await?;
        Ok(())
    }

    /// Numbers a notice behind those of its year.
    ///
    /// # Errors
    /// The database.
    pub async fn issue_notice(
        &self,
        case: CaseId,
        seq: u32,
        code: &str,
        made_on: NaiveDate,
    ) -> Result<NoticeId, StoreError> {
        if self.tx.get_database_backend() == DbBackend::Postgres {
            self.tx.execute_unprepared(NUMBER_LOCK).await?;
        }
        let year = made_on.year();
        let last: Option<Option<i32>> = supervision_notice::Entity::find()
            .select_only()
            .column_as(supervision_notice::Column::Number.max(), "last")
            .filter(supervision_notice::Column::Year.eq(year))
            .into_tuple()
            .one(&self.tx)
            .await?;
        let row = supervision_notice::ActiveModel {
            case_id: Set(case.0),
            seq: Set(i32::try_from(seq).unwrap_or(i32::MAX)),
            year: Set(year),
            number: Set(last.flatten().unwrap_or(0) + 1),
            code: Set(code.to_owned()),
            made_on: Set(made_on),
            ..<supervision_notice::ActiveModel as sea_orm::ActiveModelTrait>::default()
        };
        let made = supervision_notice::Entity::insert(row)
            .exec(&self.tx)
            .await?;
        Ok(NoticeId(made.last_insert_id))
    }
}

fn entry_row(
    case: CaseId,
    seq: u32,
    new: &NewCaseEntry,
) -> Result<supervision_entry::ActiveModel, StoreError> {
    let payload = serde_json::to_string(&new.act)
        .map_err(|error| StoreError::Db(format!("an act that no case can hold: {error}")))?;
    Ok(supervision_entry::ActiveModel {
        case_id: Set(case.0),
        seq: Set(i32::try_from(seq).unwrap_or(i32::MAX)),
        kind: Set(new.act.code().to_owned()),
        on_day: Set(new.on),
        payload: Set(payload),
        person_id: Set(new.person.map(|person| person.0)),
        person_name: Set(new.person_name.clone()),
        recorded_at: Set(new.at),
    })
}
