//! What a supposed catalogue is tried on: the steps that run, those of the last year, the projects.

use chrono::NaiveDate;
use entity::project;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Value,
};

use super::super::error::StoreError;
use super::super::ids::{FilingId, ProjectId};
use super::super::{Reader, row, sql_with};
use crate::statute::plan::{ProjectFacts, StepId};

/// A project as a supposed catalogue is tried on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectOf {
    /// The row.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// Its facts.
    pub facts: ProjectFacts,
    /// The catalogue version that it began under.
    pub plan_hash: String,
    /// The day it was entered.
    pub created_on: NaiveDate,
}

/// `$n, $n+1, …` for a list of steps.
fn places(steps: &[StepId], values: &mut Vec<Value>) -> String {
    let places = steps.iter().map(|step| {
        values.push(step.as_str().into());
        format!("${}", values.len())
    });
    places.collect::<Vec<_>>().join(", ")
}

impl Reader {
    /// The filings of these steps that are open or were decided on `from` or later, by id.
    ///
    /// # Errors
    /// The database.
    pub async fn open_or_decided_since(
        &self,
        steps: &[StepId],
        from: NaiveDate,
    ) -> Result<Vec<FilingId>, StoreError> {
        let mut values: Vec<Value> = vec![from.into()];
        let steps = places(steps, &mut values);
        let text = format!(
            "SELECT id FROM filing WHERE step IN ({steps}) AND decided_on >= $1 \
             UNION ALL SELECT id FROM filing WHERE step IN ({steps}) AND decided_on IS NULL \
             AND seq > 0 ORDER BY id"
        );
        let rows = self
            .db
            .query_all_raw(sql_with(&self.db, text, values))
            .await?;
        rows.iter()
            .map(|row| Ok(FilingId(row.try_get("", "id")?)))
            .collect()
    }

    /// The steps of that kind that wait for others, all of which but those that are not in `ahead`
    /// are granted: they could be filed today if only the steps of `ahead` were waited for.
    ///
    /// # Errors
    /// The database.
    pub async fn could_be_filed(
        &self,
        step: &StepId,
        ahead: &[StepId],
    ) -> Result<Vec<FilingId>, StoreError> {
        let mut values: Vec<Value> = vec![step.as_str().into()];
        let mut text = "SELECT f.id FROM filing f WHERE f.step = $1 AND f.decided_on IS NULL \
            AND f.seq = 0 AND f.standing = 'current' AND NOT f.ready"
            .to_owned();
        if !ahead.is_empty() {
            let ahead = places(ahead, &mut values);
            text.push_str(&format!(
                " AND NOT EXISTS (SELECT 1 FROM filing g WHERE g.project_id = f.project_id \
                 AND g.step IN ({ahead}) AND g.standing = 'current' AND g.status <> 'granted')"
            ));
        }
        text.push_str(" ORDER BY f.id");
        let rows = self
            .db
            .query_all_raw(sql_with(&self.db, text, values))
            .await?;
        rows.iter()
            .map(|row| Ok(FilingId(row.try_get("", "id")?)))
            .collect()
    }

    /// The next projects behind `after` that were entered on `from` or later.
    ///
    /// # Errors
    /// The database.
    pub async fn projects_since(
        &self,
        from: NaiveDate,
        after: Option<(NaiveDate, ProjectId)>,
        limit: u64,
    ) -> Result<Vec<ProjectOf>, StoreError> {
        let (day, id) = after.map_or((from, i64::MIN), |(day, id)| (day, id.0));
        let behind = sea_orm::Condition::any()
            .add(project::Column::CreatedOn.gt(day))
            .add(
                sea_orm::Condition::all()
                    .add(project::Column::CreatedOn.eq(day))
                    .add(project::Column::Id.gt(id)),
            );
        let rows = project::Entity::find()
            .filter(project::Column::CreatedOn.gte(from.max(day)))
            .filter(behind)
            .order_by_asc(project::Column::CreatedOn)
            .order_by_asc(project::Column::Id)
            .limit(limit)
            .all(&self.db)
            .await?;
        rows.into_iter()
            .map(|row| {
                let project = row::project(row)?;
                Ok(ProjectOf {
                    id: project.id,
                    name: project.name,
                    facts: project.facts,
                    plan_hash: project.plan_hash,
                    created_on: project.created_on,
                })
            })
            .collect()
    }
}
