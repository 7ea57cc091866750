//! The register (事项台账): one row for each step of each project, with what its clock needs.
//!
//! The states are those of `Turning::glance`, and the days those of the clock's reading, said in
//! SQL; a test holds both together.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use entity::{document, filing_event, person, project, supervision_case};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Value};
use serde::{Deserialize, Serialize};

use super::bucket::{ACCEPTED, Bucket, NOT_FORESEEN, OPEN, RED};
use super::error::StoreError;
use super::ids::{BureauId, FilingId, ProjectId};
use super::ledger;
use super::list::ListRow;
use super::packed::{self, Page};
use super::record::{Entry, Filing, Project};
use super::snapshot::Snapshot;
use super::{row, sql_with};
use crate::statute::clock::Status;
use crate::statute::division::County;
use crate::statute::plan::StepId;
use crate::statute::supervision::CaseState;

/// What a step must be on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RegisterState {
    /// In this status.
    Is(Status),
    /// Handed in and not decided.
    Open,
    /// Past its due date, not decided.
    Overdue,
    /// Near its due date.
    NearDue,
    /// No limit holds for it.
    Untimed,
}

impl RegisterState {
    /// All of them: first what asks for a person, then the statuses in the order of a step's life.
    pub fn all() -> Vec<RegisterState> {
        let first = [
            RegisterState::Open,
            RegisterState::Overdue,
            RegisterState::NearDue,
            RegisterState::Untimed,
        ];
        let statuses = Status::ALL.into_iter().map(RegisterState::Is);
        first.into_iter().chain(statuses).collect()
    }

    /// The word in addresses and columns.
    pub fn code(self) -> &'static str {
        match self {
            RegisterState::Is(status) => status.code(),
            RegisterState::Open => "open",
            RegisterState::Overdue => "overdue",
            RegisterState::NearDue => "near-due",
            RegisterState::Untimed => "untimed",
        }
    }

    /// The state of that word.
    pub fn from_code(code: &str) -> Option<RegisterState> {
        RegisterState::all()
            .into_iter()
            .find(|state| state.code() == code)
    }

    /// The condition over `f` with `$1` the day.
    fn condition(self) -> String {
        match self {
            RegisterState::Open => OPEN.to_owned(),
            RegisterState::Overdue => RED.to_owned(),
            RegisterState::NearDue => Bucket::NearDue.condition().to_owned(),
            RegisterState::Untimed => "f.untimed".to_owned(),
            RegisterState::Is(Status::Submitted) => {
                "f.status = 'submitted' AND f.deems_on > $1".to_owned()
            }
            RegisterState::Is(Status::Waiting) => {
                format!("{ACCEPTED} AND (f.starts_on IS NULL OR f.starts_on > $1)")
            }
            RegisterState::Is(Status::Running) => format!("{ACCEPTED} AND f.starts_on <= $1"),
            RegisterState::Is(status) => format!("f.status = '{}'", status.code()),
        }
    }
}

/// Which day a range of days is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RegisterDay {
    /// The last submission.
    Submitted,
    /// The acceptance.
    Accepted,
    /// The due date.
    Due,
    /// The decision.
    Decided,
    /// The last entry.
    Last,
}

impl RegisterDay {
    /// All of them.
    pub const ALL: [RegisterDay; 5] = [
        RegisterDay::Submitted,
        RegisterDay::Accepted,
        RegisterDay::Due,
        RegisterDay::Decided,
        RegisterDay::Last,
    ];

    /// The word in addresses and columns.
    pub fn code(self) -> &'static str {
        match self {
            RegisterDay::Submitted => "submitted",
            RegisterDay::Accepted => "accepted",
            RegisterDay::Due => "due",
            RegisterDay::Decided => "decided",
            RegisterDay::Last => "last",
        }
    }

    /// The day of that word.
    pub fn from_code(code: &str) -> Option<RegisterDay> {
        RegisterDay::ALL.into_iter().find(|day| day.code() == code)
    }

    /// The column, and when it says what the clock would.
    fn column(self) -> (&'static str, String) {
        match self {
            RegisterDay::Submitted => ("f.submitted_on", String::new()),
            RegisterDay::Accepted => ("f.accepted_on", format!(" AND {NOT_FORESEEN}")),
            RegisterDay::Due => (
                "f.due_on",
                format!(" AND (f.decided_on IS NOT NULL OR ({ACCEPTED} AND f.starts_on <= $1))"),
            ),
            RegisterDay::Decided => ("f.decided_on", String::new()),
            RegisterDay::Last => ("f.last_on", String::new()),
        }
    }
}

macro_rules! as_code {
    ($($kind:ident),+) => {$(
        impl Serialize for $kind {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.code())
            }
        }

        impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let code = String::deserialize(from)?;
                $kind::from_code(&code).ok_or_else(|| serde::de::Error::custom(code))
            }
        }
    )+};
}
as_code!(RegisterState, RegisterDay);

/// What a register is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RegisterFilter {
    /// Only steps that this bureau decides.
    pub bureau: Option<BureauId>,
    /// Only steps of projects that touch this county.
    pub county: Option<County>,
    /// Only this step of the catalogue.
    pub step: Option<StepId>,
    /// Only steps that are this on the day.
    pub state: Option<RegisterState>,
    /// Which day `from` and `to` are of; without it they say nothing.
    pub day: Option<RegisterDay>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// Where a part of a register ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegisterKey {
    /// The project.
    pub project: ProjectId,
    /// The filing.
    pub filing: FilingId,
}

/// One row of the register with all that its clock needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterRow {
    /// The step's row.
    pub filing: Filing,
    /// Its project.
    pub project: Project,
    /// The name of the bureau that decides it.
    pub bureau_name: String,
    /// Its ledger.
    pub entries: Vec<Entry>,
    /// Who has it in hand.
    pub officer_name: Option<String>,
    /// Its documents in the order they were made: who numbered each, the year, the number.
    pub documents: Vec<(BureauId, i32, u32)>,
}

/// The filter as SQL over `f`, with `$1` the day.
fn condition(filter: &RegisterFilter, today: NaiveDate) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = vec![today.into()];
    // A dropped step was never filed and is no longer called for: no step of its project.
    let mut terms = vec!["$1 = $1 AND f.standing <> 'dropped'".to_owned()];
    let mut bind = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    if let Some(bureau) = filter.bureau {
        terms.push(format!("f.bureau_id = {}", bind(bureau.0.into())));
    }
    if let Some(county) = filter.county {
        let mark = bind(county.code().into());
        terms.push(format!(
            "EXISTS (SELECT 1 FROM project_county c WHERE c.project_id = f.project_id \
             AND c.county = {mark})"
        ));
    }
    if let Some(step) = &filter.step {
        terms.push(format!("f.step = {}", bind(step.as_str().into())));
    }
    if let Some(state) = filter.state {
        terms.push(format!("({})", state.condition()));
    }
    if let Some((column, counts)) = filter.day.map(RegisterDay::column) {
        if let Some(from) = filter.from {
            terms.push(format!("{column} >= {}{counts}", bind(from.into())));
        }
        if let Some(to) = filter.to {
            terms.push(format!("{column} <= {}{counts}", bind(to.into())));
        }
    }
    (terms.join(" AND "), values)
}

impl Snapshot {
    /// How many steps a register has.
    ///
    /// # Errors
    /// The database.
    pub async fn register_count(
        &self,
        filter: &RegisterFilter,
        today: NaiveDate,
    ) -> Result<u64, StoreError> {
        let (condition, values) = condition(filter, today);
        let text = format!("SELECT COUNT(*) AS n FROM filing f WHERE {condition}");
        let found = self
            .tx
            .query_one_raw(sql_with(&self.tx, text, values))
            .await?;
        let n: i64 = found.map_or(Ok(0), |row| row.try_get("", "n"))?;
        Ok(u64::try_from(n).unwrap_or(0))
    }

    /// The next steps of a register behind `after`: the newest projects first, the steps of each
    /// in the order of its route. Five statements, however many rows.
    ///
    /// # Errors
    /// The database; a row that names none.
    pub async fn register(
        &self,
        filter: &RegisterFilter,
        today: NaiveDate,
        after: Option<RegisterKey>,
        limit: u64,
    ) -> Result<Vec<RegisterRow>, StoreError> {
        let (mut condition, mut values) = condition(filter, today);
        if let Some(after) = after {
            values.push(after.project.0.into());
            values.push(after.filing.0.into());
            let (project, filing) = (values.len() - 1, values.len());
            condition.push_str(&format!(
                " AND f.project_id <= ${project} \
                 AND (f.project_id < ${project} OR f.id > ${filing})"
            ));
        }
        let page = Page {
            condition: &condition,
            order: &["f.project_id DESC", "f.id"],
            limit,
        };
        let found = packed::rows(&self.tx, &page, values).await?;
        self.with_ledgers(found).await
    }

    /// The steps that may have been past their due date between `first` and `last`, behind `after`:
    /// decided late since, or red or suspended late now. What they were then, their ledgers say.
    ///
    /// # Errors
    /// The database.
    pub async fn maybe_overdue(
        &self,
        (first, last): (NaiveDate, NaiveDate),
        bureau: Option<BureauId>,
        after: FilingId,
        limit: u64,
    ) -> Result<Vec<RegisterRow>, StoreError> {
        let mut values: Vec<Value> = vec![last.into(), first.into(), after.0.into()];
        let mut condition = "f.id > $3 AND f.standing <> 'dropped' \
            AND ((f.decided_on IS NULL AND (f.red_on <= $1 OR f.over_by > 0)) \
            OR (f.decided_on >= $2 AND f.decided_late))"
            .to_owned();
        if let Some(bureau) = bureau {
            values.push(bureau.0.into());
            condition.push_str(&format!(" AND f.bureau_id = ${}", values.len()));
        }
        let page = Page {
            condition: &condition,
            order: &["f.id"],
            limit,
        };
        let found = packed::rows(&self.tx, &page, values).await?;
        self.with_ledgers(found).await
    }

    /// The latest supervision case of each of these filings, by its state and the day it began.
    ///
    /// # Errors
    /// The database.
    pub async fn latest_cases(
        &self,
        filings: &[FilingId],
    ) -> Result<HashMap<FilingId, (CaseState, NaiveDate)>, StoreError> {
        let ids = filings.iter().map(|id| id.0);
        let rows = supervision_case::Entity::find()
            .filter(supervision_case::Column::FilingId.is_in(ids))
            .order_by_asc(supervision_case::Column::Id)
            .all(&self.tx)
            .await?;
        rows.into_iter()
            .map(|row| {
                let state = CaseState::from_code(&row.state);
                let state = state.ok_or(StoreError::Inconsistent {
                    table: "supervision_case",
                    column: "state",
                    id: row.id,
                    found: row.state,
                    expected: "a case's state",
                })?;
                Ok((FilingId(row.filing_id), (state, row.opened_on)))
            })
            .collect()
    }

    async fn with_ledgers(&self, found: Vec<ListRow>) -> Result<Vec<RegisterRow>, StoreError> {
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let filings = || found.iter().map(|one| one.filing.id.0);
        let projects = found.iter().map(|one| one.filing.project.0);
        let projects: HashMap<i64, Project> = project::Entity::find()
            .filter(project::Column::Id.is_in(unique(projects)))
            .all(&self.tx)
            .await?
            .into_iter()
            .map(|found| Ok((found.id, row::project(found)?)))
            .collect::<Result<_, StoreError>>()?;
        let entries = filing_event::Entity::find()
            .filter(filing_event::Column::FilingId.is_in(filings()))
            .order_by_asc(filing_event::Column::FilingId)
            .order_by_asc(filing_event::Column::Seq)
            .all(&self.tx)
            .await?;
        let mut ledgers = ledger::grouped(entries)?;
        let mut documents = self.numbers(filings()).await?;
        let officers = found.iter().filter_map(|one| one.filing.officer);
        let officers: HashMap<i64, String> = person::Entity::find()
            .filter(person::Column::Id.is_in(unique(officers.map(|id| id.0))))
            .all(&self.tx)
            .await?
            .into_iter()
            .map(|one| (one.id, one.name))
            .collect();
        found
            .into_iter()
            .map(|one| {
                let filing = one.filing;
                let project = projects.get(&filing.project.0).cloned();
                Ok(RegisterRow {
                    project: project.ok_or_else(|| StoreError::Inconsistent {
                        table: "filing",
                        column: "project_id",
                        id: filing.id.0,
                        found: filing.project.to_string(),
                        expected: "a project's row",
                    })?,
                    bureau_name: one.bureau_name,
                    entries: ledgers.remove(&filing.id).unwrap_or_default(),
                    officer_name: filing.officer.and_then(|id| officers.get(&id.0).cloned()),
                    documents: documents.remove(&filing.id).unwrap_or_default(),
                    filing,
                })
            })
            .collect()
    }

    /// The numbers of the documents of these filings.
    async fn numbers(
        &self,
        filings: impl Iterator<Item = i64>,
    ) -> Result<BTreeMap<FilingId, Vec<(BureauId, i32, u32)>>, StoreError> {
        let rows = document::Entity::find()
            .filter(document::Column::FilingId.is_in(filings))
            .order_by_asc(document::Column::FilingId)
            .order_by_asc(document::Column::Seq)
            .order_by_asc(document::Column::Id)
            .all(&self.tx)
            .await?;
        let mut numbers: BTreeMap<FilingId, Vec<(BureauId, i32, u32)>> = BTreeMap::new();
        for row in rows {
            let number = u32::try_from(row.number).unwrap_or_default();
            let of = numbers.entry(FilingId(row.filing_id)).or_default();
            of.push((BureauId(row.bureau_id), row.year, number));
        }
        Ok(numbers)
    }
}

fn unique(ids: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut ids: Vec<i64> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_filter_reads_back() {
        let states = RegisterState::all();
        assert_eq!(states.len(), 14);
        for state in states {
            assert_eq!(RegisterState::from_code(state.code()), Some(state));
        }
        for day in RegisterDay::ALL {
            assert_eq!(RegisterDay::from_code(day.code()), Some(day));
        }
        let filter = RegisterFilter {
            bureau: Some(BureauId(3)),
            county: Some(County::Huanren),
            step: Some(StepId::from("land-pre-review")),
            state: Some(RegisterState::Is(Status::Suspended)),
            day: Some(RegisterDay::Due),
            from: NaiveDate::from_ymd_opt(2026, 11, 1),
            to: None,
        };
        let text = serde_json::to_string(&filter).unwrap();
        assert_eq!(
            serde_json::from_str::<RegisterFilter>(&text).unwrap(),
            filter
        );
        assert!(serde_json::from_str::<RegisterFilter>("{\"state\":\"x\"}").is_err());
    }
}
