//! A project's facts as they change, and the rows that change with them.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{facts_change, filing, project, project_county};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, Iterable, QueryFilter, QueryOrder, Set};

use super::error::StoreError;
use super::filing::CHUNK;
use super::ids::{PersonId, ProjectId};
use super::record::Filing;
use super::{Reader, Tx, row};
use crate::statute::plan::ProjectFacts;

/// A change of a project's facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactsChange {
    /// The facts before.
    pub before: ProjectFacts,
    /// The facts after.
    pub after: ProjectFacts,
    /// Why.
    pub reason: String,
    /// The day on which it was recorded.
    pub on: NaiveDate,
    /// Who recorded it.
    pub person: PersonId,
    /// That person's name then.
    pub person_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Reader {
    /// The changes of a project's facts, the oldest first.
    ///
    /// # Errors
    /// The database.
    pub async fn facts_changes(&self, project: ProjectId) -> Result<Vec<FactsChange>, StoreError> {
        let rows = facts_change::Entity::find()
            .filter(facts_change::Column::ProjectId.eq(project.0))
            .order_by_asc(facts_change::Column::Id)
            .all(&self.db)
            .await?;
        rows.into_iter()
            .map(|row| {
                let facts = |column, text| row::facts_of("facts_change", column, row.id, text);
                Ok(FactsChange {
                    before: facts("before", &row.before)?,
                    after: facts("after", &row.after)?,
                    reason: row.reason,
                    on: row.on_day,
                    person: PersonId(row.person_id),
                    person_name: row.person_name,
                    at: row.recorded_at,
                })
            })
            .collect()
    }
}

impl Tx {
    /// Changes a project's facts, and keeps what they were.
    ///
    /// # Errors
    /// The database.
    pub async fn change_facts(
        &self,
        id: ProjectId,
        change: &FactsChange,
    ) -> Result<(), StoreError> {
        let kept = facts_change::ActiveModel {
            project_id: Set(id.0),
            before: Set(row::facts_text(&change.before)?),
            after: Set(row::facts_text(&change.after)?),
            reason: Set(change.reason.clone()),
            on_day: Set(change.on),
            person_id: Set(change.person.0),
            person_name: Set(change.person_name.clone()),
            recorded_at: Set(change.at),
            ..<facts_change::ActiveModel as ActiveModelTrait>::default()
        };
        facts_change::Entity::insert(kept)
            .exec_without_returning(&self.tx)
            .await?;
        let now = project::ActiveModel {
            facts: Set(row::facts_text(&change.after)?),
            volts: Set(i32::try_from(change.after.voltage.0).unwrap_or(i32::MAX)),
            ..<project::ActiveModel as ActiveModelTrait>::default()
        };
        project::Entity::update_many()
            .set(now)
            .filter(project::Column::Id.eq(id.0))
            .exec(&self.tx)
            .await?;
        if change.before.counties == change.after.counties {
            return Ok(());
        }
        project_county::Entity::delete_many()
            .filter(project_county::Column::ProjectId.eq(id.0))
            .exec(&self.tx)
            .await?;
        let counties = change.after.counties.iter();
        let counties = counties.map(|county| project_county::ActiveModel {
            project_id: Set(id.0),
            county: Set(county.code().to_owned()),
        });
        project_county::Entity::insert_many(counties)
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }

    /// Writes the rows of filings anew, as far as they follow from ledger, facts and runs.
    ///
    /// # Errors
    /// The database.
    pub async fn project_anew(&self, filings: &[Filing]) -> Result<(), StoreError> {
        for chunk in filings.chunks(CHUNK) {
            let rows = chunk.iter().map(whole).collect::<Result<Vec<_>, _>>()?;
            filing::Entity::insert_many(rows)
                .on_conflict(
                    OnConflict::column(filing::Column::Id)
                        .update_columns(filing::Column::iter().filter(follows))
                        .to_owned(),
                )
                .exec_without_returning(&self.tx)
                .await?;
        }
        Ok(())
    }
}

/// Whether a column follows from ledger, facts and runs; the others say which filing it is.
fn follows(column: &filing::Column) -> bool {
    use filing::Column as C;
    !matches!(
        column,
        C::Id | C::ProjectId | C::Step | C::County | C::BureauId | C::Run | C::Succeeds
    )
}

fn whole(filing: &Filing) -> Result<filing::ActiveModel, StoreError> {
    let decided_under = filing.decided_under.as_deref().map(row::facts_text);
    let mut row = <filing::ActiveModel as ActiveModelTrait>::default();
    row.id = Set(filing.id.0);
    row.project_id = Set(filing.project.0);
    row.step = Set(filing.step.as_str().to_owned());
    row.county = Set(row::county_text(filing.county));
    row.bureau_id = Set(filing.bureau.0);
    row.seq = Set(row::small(filing.seq));
    row.last_on = Set(filing.last_on);
    row.submitted_on = Set(filing.submitted_on);
    row.ready = Set(filing.ready);
    row.run = Set(row::small(filing.run));
    row.succeeds = Set(filing.succeeds.map(|id| id.0));
    row.officer_id = Set(filing.officer.map(|id| id.0));
    row.standing = Set(filing.standing.code().to_owned());
    row.decided_under = Set(decided_under.transpose()?);
    row.officer_id = Set(filing.officer.map(|id| id.0));
    row::set_turning(&mut row, &filing.turning);
    Ok(row)
}
