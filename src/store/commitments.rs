//! Letters of commitment (承诺书): made once, and their outcome written once.

use chrono::{DateTime, NaiveDate, Utc};
use entity::commitment;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter,
    QueryResult, QuerySelect, Set, Value,
};

use super::error::StoreError;
use super::ids::{CommitmentId, FilingId, PersonId, ProjectId};
use super::{Reader, Tx, row, sql_with};
use crate::statute::division::County;
use crate::statute::plan::StepId;

/// What became of a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// True: it was kept.
    pub kept: bool,
    /// The day on which that was found.
    pub on: NaiveDate,
    /// What was found.
    pub words: String,
    /// The officer, by the name of then.
    pub by_name: String,
    /// When it was recorded.
    pub at: DateTime<Utc>,
}

/// A promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Row.
    pub id: CommitmentId,
    /// The step.
    pub filing: FilingId,
    /// The catalogue's material that it stands for.
    pub material: Option<String>,
    /// What is promised.
    pub promise: String,
    /// The day of the letter.
    pub made_on: NaiveDate,
    /// The last day on which it can be kept.
    pub due_on: NaiveDate,
    /// Who promises for the company, by the name of then.
    pub person_name: String,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// What became of it; `None`: open.
    pub outcome: Option<Outcome>,
}

/// A promise with the step and the project that it was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitmentRow {
    /// The promise.
    pub commitment: Commitment,
    /// Which step.
    pub step: StepId,
    /// The county, for county steps.
    pub county: Option<County>,
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub project_name: String,
    /// The hash of the catalogue version that it began under.
    pub plan_hash: String,
}

/// A promise to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCommitment {
    /// The step.
    pub filing: FilingId,
    /// The catalogue's material that it stands for.
    pub material: Option<String>,
    /// What is promised.
    pub promise: String,
    /// The day of the letter.
    pub made_on: NaiveDate,
    /// The last day on which it can be kept.
    pub due_on: NaiveDate,
    /// Who promises for the company.
    pub person: PersonId,
    /// That person's name.
    pub person_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// An outcome to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOutcome {
    /// True: the promise was kept.
    pub kept: bool,
    /// The day on which that was found.
    pub on: NaiveDate,
    /// What was found.
    pub words: String,
    /// The officer.
    pub person: PersonId,
    /// That officer's name.
    pub person_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

const KEPT: &str = "kept";
const BROKEN: &str = "broken";

/// A letter stands for its material until its promise was broken.
fn standing() -> sea_orm::Condition {
    sea_orm::Condition::any()
        .add(commitment::Column::Outcome.is_null())
        .add(commitment::Column::Outcome.eq(KEPT))
}

fn of_row(model: commitment::Model) -> Result<Commitment, StoreError> {
    let wrong = |found: &str| StoreError::Inconsistent {
        table: "commitment",
        column: "outcome",
        id: model.id,
        found: found.to_owned(),
        expected: "kept or broken with its day, words and officer, or nothing",
    };
    let kept = match model.outcome.as_deref() {
        None => None,
        Some(KEPT) => Some(true),
        Some(BROKEN) => Some(false),
        Some(other) => return Err(wrong(other)),
    };
    let outcome = match kept {
        None => None,
        Some(kept) => Some(Outcome {
            kept,
            on: model.outcome_on.ok_or_else(|| wrong("no day"))?,
            words: model
                .outcome_words
                .clone()
                .ok_or_else(|| wrong("no words"))?,
            by_name: model
                .outcome_by_name
                .clone()
                .ok_or_else(|| wrong("no officer"))?,
            at: model.outcome_at.ok_or_else(|| wrong("no instant"))?,
        }),
    };
    Ok(Commitment {
        id: CommitmentId(model.id),
        filing: FilingId(model.filing_id),
        material: model.material,
        promise: model.promise,
        made_on: model.made_on,
        due_on: model.due_on,
        person_name: model.person_name,
        at: model.recorded_at,
        outcome,
    })
}

fn of_joined(result: &QueryResult) -> Result<CommitmentRow, StoreError> {
    let commitment = of_row(commitment::Model::from_query_result(result, "")?)?;
    let county: String = result.try_get("", "county")?;
    Ok(CommitmentRow {
        county: row::county("filing", commitment.filing.0, &county)?,
        step: StepId(result.try_get("", "step")?),
        project: ProjectId(result.try_get("", "project_id")?),
        project_name: result.try_get("", "project_name")?,
        plan_hash: result.try_get("", "plan_hash")?,
        commitment,
    })
}

impl Reader {
    /// The promises of a step, and behind them the newest broken ones of all steps, at most
    /// `broken`: the company's next promise is read beside them. Newest first within each.
    ///
    /// # Errors
    /// The database.
    pub async fn commitments_beside_broken(
        &self,
        filing: FilingId,
        broken: u64,
    ) -> Result<Vec<CommitmentRow>, StoreError> {
        // Each half is served by its own index; a broken promise of the step is in the first.
        let text = joined(&format!(
            "c.id IN (SELECT id FROM commitment WHERE filing_id = $1) \
             OR c.id IN (SELECT id FROM commitment WHERE outcome = 'broken' \
                ORDER BY outcome_on DESC, id DESC LIMIT {broken})"
        ));
        let text = format!(
            "{text} ORDER BY CASE WHEN c.filing_id = $1 THEN 0 ELSE 1 END, \
             COALESCE(c.outcome_on, c.made_on) DESC, c.id DESC"
        );
        self.joined_rows(text, vec![filing.0.into()]).await
    }

    /// Open promises that end on `until` or before, the most pressing first.
    ///
    /// # Errors
    /// The database.
    pub async fn commitments_due(
        &self,
        until: NaiveDate,
        limit: u64,
    ) -> Result<Vec<CommitmentRow>, StoreError> {
        let text = joined("c.outcome IS NULL AND c.due_on <= $1");
        let text = format!("{text} ORDER BY c.due_on, c.id LIMIT {limit}");
        self.joined_rows(text, vec![until.into()]).await
    }

    async fn joined_rows(
        &self,
        text: String,
        values: Vec<Value>,
    ) -> Result<Vec<CommitmentRow>, StoreError> {
        let rows = self
            .db
            .query_all_raw(sql_with(&self.db, text, values))
            .await?;
        rows.iter().map(of_joined).collect()
    }

    /// The materials of a step for which a letter stands: one whose promise was not broken.
    ///
    /// # Errors
    /// The database.
    pub async fn letters(&self, filing: FilingId) -> Result<Vec<String>, StoreError> {
        letters(&self.db, filing).await
    }
}

fn joined(condition: &str) -> String {
    format!(
        "SELECT c.*, f.step, f.county, f.project_id, p.name AS project_name, p.plan_hash \
         FROM commitment c JOIN filing f ON f.id = c.filing_id \
         JOIN project p ON p.id = f.project_id WHERE ({condition})"
    )
}

async fn letters(db: &impl ConnectionTrait, filing: FilingId) -> Result<Vec<String>, StoreError> {
    Ok(commitment::Entity::find()
        .select_only()
        .column(commitment::Column::Material)
        .filter(commitment::Column::FilingId.eq(filing.0))
        .filter(commitment::Column::Material.is_not_null())
        .filter(standing())
        .distinct()
        .into_tuple()
        .all(db)
        .await?)
}

impl Tx {
    /// See [`Reader::letters`].
    ///
    /// # Errors
    /// The database.
    pub async fn letters(&self, filing: FilingId) -> Result<Vec<String>, StoreError> {
        letters(&self.tx, filing).await
    }

    /// One promise, held against other writers.
    ///
    /// # Errors
    /// The database.
    pub async fn commitment(&self, id: CommitmentId) -> Result<Option<Commitment>, StoreError> {
        let row = commitment::Entity::find_by_id(id.0)
            .lock_exclusive()
            .one(&self.tx)
            .await?;
        row.map(of_row).transpose()
    }

    /// Enters a promise.
    ///
    /// # Errors
    /// The database.
    pub async fn insert_commitment(&self, new: &NewCommitment) -> Result<CommitmentId, StoreError> {
        let row = commitment::ActiveModel {
            filing_id: Set(new.filing.0),
            material: Set(new.material.clone()),
            promise: Set(new.promise.clone()),
            made_on: Set(new.made_on),
            due_on: Set(new.due_on),
            person_id: Set(new.person.0),
            person_name: Set(new.person_name.clone()),
            recorded_at: Set(new.at),
            ..<commitment::ActiveModel as ActiveModelTrait>::default()
        };
        let made = commitment::Entity::insert(row).exec(&self.tx).await?;
        Ok(CommitmentId(made.last_insert_id))
    }

    /// Writes what became of a promise; false where that is written already.
    ///
    /// # Errors
    /// The database.
    pub async fn settle_commitment(
        &self,
        id: CommitmentId,
        outcome: &NewOutcome,
    ) -> Result<bool, StoreError> {
        let kept = if outcome.kept { KEPT } else { BROKEN };
        let row = commitment::ActiveModel {
            outcome: Set(Some(kept.to_owned())),
            outcome_on: Set(Some(outcome.on)),
            outcome_words: Set(Some(outcome.words.clone())),
            outcome_by: Set(Some(outcome.person.0)),
            outcome_by_name: Set(Some(outcome.person_name.clone())),
            outcome_at: Set(Some(outcome.at)),
            ..<commitment::ActiveModel as ActiveModelTrait>::default()
        };
        let done = commitment::Entity::update_many()
            .set(row)
            .filter(commitment::Column::Id.eq(id.0))
            .filter(commitment::Column::Outcome.is_null())
            .exec(&self.tx)
            .await?;
        Ok(done.rows_affected == 1)
    }
}
