//! Lists of offences, newest first, and their counts.

use entity::offence;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::super::error::StoreError;
use super::super::ids::{BureauId, OffenceId, ProjectId};
use super::super::{Reader, sql_with};
use super::{Offence, of_row, wrong};
use crate::statute::offence::State;
use crate::statute::plan::BureauKind;

/// What a list of offences is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OffenceFilter {
    /// Only what this bureau may see.
    pub seen_by: Option<BureauId>,
    /// Only what a bureau of this kind has.
    pub held_kind: Option<BureauKind>,
    /// Only what touches this project.
    pub project: Option<ProjectId>,
    /// Only what is in one of these states; empty: in any.
    pub states: Vec<State>,
    /// Only ids below this one.
    pub after: Option<OffenceId>,
    /// At most so many.
    pub limit: u64,
}

/// One offence in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffenceRow {
    /// The offence.
    pub offence: Offence,
    /// The name of the bureau that has it.
    pub bureau_name: String,
}

/// The tables and the condition; the keyset and the limit are the list's own.
fn condition(filter: &OffenceFilter) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = Vec::new();
    let mut text = String::from("FROM offence o");
    if let Some(bureau) = filter.seen_by {
        values.push(bureau.0.into());
        text.push_str(" JOIN offence_concern c ON c.offence_id = o.id AND c.bureau_id = $1");
    }
    text.push_str(" JOIN bureau b ON b.id = o.bureau_id WHERE 1 = 1");
    if let Some(kind) = filter.held_kind {
        values.push(kind.code().into());
        text.push_str(&format!(" AND b.kind = ${}", values.len()));
    }
    if let Some(project) = filter.project {
        values.push(project.0.into());
        text.push_str(&format!(" AND o.project_id = ${}", values.len()));
    }
    if !filter.states.is_empty() {
        let places: Vec<String> = filter
            .states
            .iter()
            .map(|state| {
                values.push(state.code().into());
                format!("${}", values.len())
            })
            .collect();
        text.push_str(&format!(" AND o.state IN ({})", places.join(", ")));
    }
    (text, values)
}

impl Reader {
    /// A part of the list, newest first.
    ///
    /// # Errors
    /// The database; a row that this program cannot have written.
    pub async fn offences(&self, filter: &OffenceFilter) -> Result<Vec<OffenceRow>, StoreError> {
        let (condition, mut values) = condition(filter);
        let mut text = format!("SELECT o.*, b.name AS bureau_name {condition}");
        if let Some(after) = filter.after {
            values.push(after.0.into());
            text.push_str(&format!(" AND o.id < ${}", values.len()));
        }
        values.push(filter.limit.into());
        text.push_str(&format!(" ORDER BY o.id DESC LIMIT ${}", values.len()));
        let statement = sql_with(&self.db, &text, values);
        let rows = self.db.query_all_raw(statement).await?;
        rows.iter()
            .map(|row| {
                Ok(OffenceRow {
                    bureau_name: row.try_get("", "bureau_name")?,
                    offence: of_row(offence::Model::from_query_result(row, "")?)?,
                })
            })
            .collect()
    }

    /// How many there are in each state, whatever the filter's states, place and limit are.
    ///
    /// # Errors
    /// The database.
    pub async fn offence_counts(
        &self,
        filter: &OffenceFilter,
    ) -> Result<Vec<(State, u64)>, StoreError> {
        let (condition, values) = condition(&OffenceFilter {
            states: Vec::new(),
            ..filter.clone()
        });
        let text = format!("SELECT o.state, COUNT(*) AS n {condition} GROUP BY o.state");
        let statement = sql_with(&self.db, &text, values);
        let rows = self.db.query_all_raw(statement).await?;
        let mut counts: Vec<(State, u64)> =
            State::ALL.into_iter().map(|state| (state, 0)).collect();
        for row in rows {
            let code: String = row.try_get("", "state")?;
            let n: i64 = row.try_get("", "n")?;
            let place = ("offence", "state");
            let count = counts
                .iter_mut()
                .find(|(state, _)| state.code() == code)
                .ok_or_else(|| wrong(place, 0, &code, "an offence's state"))?;
            count.1 = u64::try_from(n).unwrap_or_default();
        }
        Ok(counts)
    }
}
