//! Projects, and the list of them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{project, project_county};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter,
    QuerySelect, Set, Value,
};

use super::error::StoreError;
use super::ids::{BureauId, PersonId, ProjectId};
use super::like;
use super::list::{ListKind, on_board};
use super::record::Project;
use super::{Reader, Tx, row, sql_with};
use crate::statute::division::County;
use crate::statute::plan::ProjectFacts;

/// A project to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProjectRow {
    /// Its name.
    pub name: String,
    /// Its platform code, where known.
    pub code: Option<String>,
    /// Its facts.
    pub facts: ProjectFacts,
    /// The catalogue version it begins under.
    pub plan_hash: String,
    /// Who enters it.
    pub created_by: PersonId,
    /// The day.
    pub created_on: NaiveDate,
    /// The instant.
    pub created_at: DateTime<Utc>,
    /// The form's key.
    pub request_key: String,
}

/// What a list of projects is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProjectFilter {
    /// Part of the name or the code; empty: any.
    pub text: String,
    /// Touches this county.
    pub county: Option<County>,
    /// Of this voltage in volts.
    pub volts: Option<u32>,
    /// Has a step on this board today.
    pub on_board: Option<ListKind>,
    /// `true`: has an undecided step; `false`: has none.
    pub open: Option<bool>,
    /// Has a step at this bureau.
    pub bureau: Option<BureauId>,
    /// Only ids below this one (the list is newest first).
    pub after: Option<ProjectId>,
    /// At most so many.
    pub limit: u64,
}

/// A project with counts of its steps on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectSummary {
    /// The project.
    pub project: Project,
    /// Its steps.
    pub steps: u32,
    /// Decided ones.
    pub decided: u32,
    /// Red ones.
    pub overdue: u32,
    /// Yellow ones.
    pub near_due: u32,
    /// Suspended ones.
    pub suspended: u32,
}

/// A part of a list of projects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectRows {
    /// The rows, newest first.
    pub rows: Vec<ProjectSummary>,
    /// Rows in the whole list.
    pub total: u64,
    /// Where the next part begins; `None`: this is the last.
    pub next: Option<ProjectId>,
}

impl Reader {
    /// The project.
    ///
    /// # Errors
    /// The database.
    pub async fn project(&self, id: ProjectId) -> Result<Option<Project>, StoreError> {
        project::Entity::find_by_id(id.0)
            .one(&self.db)
            .await?
            .map(row::project)
            .transpose()
    }

    /// A part of the list of projects, with its length, in three statements.
    ///
    /// # Errors
    /// The database.
    pub async fn projects(
        &self,
        filter: &ProjectFilter,
        today: NaiveDate,
    ) -> Result<ProjectRows, StoreError> {
        let (condition, mut values) = condition(filter, today, self.db.get_database_backend());
        let count = format!("SELECT COUNT(*) AS n FROM project p WHERE $1 = $1 AND {condition}");
        let counted = self
            .db
            .query_one_raw(sql_with(&self.db, count, values.clone()))
            .await?;
        let total: i64 = counted.map_or(Ok(0), |row| row.try_get("", "n"))?;
        let mut text = format!("SELECT p.* FROM project p WHERE $1 = $1 AND {condition}");
        if let Some(after) = filter.after {
            values.push(after.0.into());
            text.push_str(&format!(" AND p.id < ${}", values.len()));
        }
        values.push((filter.limit + 1).into());
        text.push_str(&format!(" ORDER BY p.id DESC LIMIT ${}", values.len()));
        let found = self
            .db
            .query_all_raw(sql_with(&self.db, text, values))
            .await?;
        let mut projects = found
            .iter()
            .map(|found| row::project(project::Model::from_query_result(found, "")?))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let more = u64::try_from(projects.len()).unwrap_or(0) > filter.limit;
        projects.truncate(usize::try_from(filter.limit).unwrap_or(usize::MAX));
        let counts = self.step_counts(&projects, today).await?;
        let next = projects.last().map(|project| project.id).filter(|_| more);
        let rows = projects
            .into_iter()
            .map(|project| {
                let [steps, decided, overdue, near_due, suspended] =
                    counts.get(&project.id).copied().unwrap_or_default();
                ProjectSummary {
                    project,
                    steps,
                    decided,
                    overdue,
                    near_due,
                    suspended,
                }
            })
            .collect();
        Ok(ProjectRows {
            rows,
            total: u64::try_from(total).unwrap_or(0),
            next,
        })
    }

    async fn step_counts(
        &self,
        projects: &[Project],
        today: NaiveDate,
    ) -> Result<BTreeMap<ProjectId, [u32; 5]>, StoreError> {
        if projects.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut values: Vec<Value> = vec![today.into()];
        values.extend(projects.iter().map(|project| Value::from(project.id.0)));
        let marks: Vec<String> = (2..=values.len()).map(|n| format!("${n}")).collect();
        let text = format!(
            "SELECT f.project_id, COUNT(*) AS steps, COUNT(f.decided_on) AS decided, \
             COUNT(CASE WHEN {} THEN 1 END) AS overdue, COUNT(CASE WHEN {} THEN 1 END) AS near_due, \
             COUNT(CASE WHEN f.suspended AND f.decided_on IS NULL THEN 1 END) AS suspended \
             FROM filing f WHERE f.standing = 'current' AND f.project_id IN ({}) GROUP BY f.project_id",
            on_board(ListKind::Overdue),
            on_board(ListKind::NearDue),
            marks.join(", ")
        );
        let rows = self
            .db
            .query_all_raw(sql_with(&self.db, text, values))
            .await?;
        let mut counts = BTreeMap::new();
        for row in rows {
            let mut five = [0_u32; 5];
            for (slot, column) in
                five.iter_mut()
                    .zip(["steps", "decided", "overdue", "near_due", "suspended"])
            {
                let n: i64 = row.try_get("", column)?;
                *slot = u32::try_from(n).unwrap_or(0);
            }
            counts.insert(ProjectId(row.try_get("", "project_id")?), five);
        }
        Ok(counts)
    }
}

/// The filter as SQL over `p`, with `$1` the day.
fn condition(filter: &ProjectFilter, today: NaiveDate, backend: DbBackend) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = vec![today.into()];
    let mut terms = vec!["1 = 1".to_owned()];
    let mut bind = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let text = filter.text.trim();
    if !text.is_empty() {
        let mark = bind(like::pattern(text).into());
        terms.push(like::holds(backend, &["p.name", "p.code"], text, &mark));
    }
    if let Some(county) = filter.county {
        let mark = bind(county.code().into());
        terms.push(format!(
            "EXISTS (SELECT 1 FROM project_county c WHERE c.project_id = p.id AND c.county = {mark})"
        ));
    }
    if let Some(volts) = filter.volts {
        let mark = bind(i32::try_from(volts).unwrap_or(i32::MAX).into());
        terms.push(format!("p.volts = {mark}"));
    }
    if let Some(bureau) = filter.bureau {
        let mark = bind(bureau.0.into());
        terms.push(format!(
            "p.id IN (SELECT f.project_id FROM filing f WHERE f.bureau_id = {mark})"
        ));
    }
    if let Some(kind) = filter.on_board {
        terms.push(format!(
            "p.id IN (SELECT f.project_id FROM filing f WHERE {})",
            on_board(kind)
        ));
    }
    if let Some(open) = filter.open {
        let not = if open { "" } else { "NOT " };
        terms.push(format!(
            "{not}EXISTS (SELECT 1 FROM filing f WHERE f.project_id = p.id \
             AND f.decided_on IS NULL AND f.standing = 'current')"
        ));
    }
    (terms.join(" AND "), values)
}

impl Tx {
    /// The project, held against other writers until the transaction ends, and with it all its
    /// filings: what one ledger brings about in another is decided by one writer at a time.
    ///
    /// # Errors
    /// The database.
    pub async fn project(&self, id: ProjectId) -> Result<Option<Project>, StoreError> {
        let mut find = project::Entity::find_by_id(id.0);
        if self.tx.get_database_backend() == DbBackend::Postgres {
            find = find.lock_exclusive();
        }
        find.one(&self.tx).await?.map(row::project).transpose()
    }

    /// The project that a form with this key has made.
    ///
    /// # Errors
    /// The database.
    pub async fn project_by_request_key(&self, key: &str) -> Result<Option<ProjectId>, StoreError> {
        let found = project::Entity::find()
            .filter(project::Column::RequestKey.eq(key))
            .one(&self.tx)
            .await?;
        Ok(found.map(|row| ProjectId(row.id)))
    }

    /// Makes a project.
    ///
    /// # Errors
    /// Duplicate: a form with this key has made one.
    pub async fn insert_project(&self, new: &NewProjectRow) -> Result<ProjectId, StoreError> {
        let facts = row::facts_text(&new.facts)?;
        let row = project::ActiveModel {
            name: Set(new.name.clone()),
            code: Set(new.code.clone()),
            facts: Set(facts),
            volts: Set(i32::try_from(new.facts.voltage.0).unwrap_or(i32::MAX)),
            plan_hash: Set(new.plan_hash.clone()),
            created_by: Set(new.created_by.0),
            created_on: Set(new.created_on),
            created_at: Set(new.created_at),
            request_key: Set(new.request_key.clone()),
            ..<project::ActiveModel as sea_orm::ActiveModelTrait>::default()
        };
        let id = project::Entity::insert(row)
            .exec(&self.tx)
            .await?
            .last_insert_id;
        let counties = new
            .facts
            .counties
            .iter()
            .map(|county| project_county::ActiveModel {
                project_id: Set(id),
                county: Set(county.code().to_owned()),
            });
        project_county::Entity::insert_many(counties)
            .exec_without_returning(&self.tx)
            .await?;
        Ok(ProjectId(id))
    }
}
