//! The joint coordination of approvals (方案三(二)): difficulties with their meetings, decisions
//! and what became of them. What was said is kept; what settles it is written once.

mod rows;
mod write;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    coordination_decision, coordination_meeting, decision_act, difficulty, difficulty_bureau,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Value,
};
use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::ids::{BureauId, DecisionId, DifficultyId, FilingId, MeetingId, PersonId, ProjectId};
use super::{Reader, Tx, sql_with};

/// How a difficulty was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// True: every decision was carried out; false: for another reason.
    pub resolved: bool,
    /// The day.
    pub on: NaiveDate,
    /// Why.
    pub words: String,
    /// Who closed it, by the name of then.
    pub by_name: String,
}

/// A difficulty that a project's approvals have met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difficulty {
    /// Row.
    pub id: DifficultyId,
    /// The project.
    pub project: ProjectId,
    /// The step that it concerns, if one.
    pub filing: Option<FilingId>,
    /// The bureau of the officer who raised it.
    pub bureau: Option<BureauId>,
    /// In one line.
    pub title: String,
    /// In full.
    pub words: String,
    /// The bureaus that it needs.
    pub needs: Vec<BureauId>,
    /// The day of raising.
    pub raised_on: NaiveDate,
    /// Who raised it, by the name of then.
    pub person_name: String,
    /// How it was closed; `None`: open.
    pub closed: Option<Closed>,
}

/// Who is called to a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Called {
    /// Bureaus with accounts.
    pub bureaus: Vec<BureauId>,
    /// Bodies of the plan's list without one, by their word.
    pub bodies: Vec<String>,
    /// True: the company too.
    pub company: bool,
}

/// A meeting's minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    /// In words.
    pub words: String,
    /// Who wrote them, by the name of then.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A meeting on a difficulty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Row.
    pub id: MeetingId,
    /// The difficulty.
    pub difficulty: DifficultyId,
    /// The day on which it is held.
    pub on: NaiveDate,
    /// Where.
    pub place: String,
    /// Who is called.
    pub called: Called,
    /// Who called it, by the name of then.
    pub person_name: String,
    /// The minutes; `None`: not yet written.
    pub minutes: Option<Minutes>,
}

/// Who owes a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    /// The company.
    Company,
    /// A bureau.
    Bureau(BureauId),
}

impl Owner {
    /// As its column holds it.
    fn column(self) -> Option<i64> {
        match self {
            Owner::Company => None,
            Owner::Bureau(id) => Some(id.0),
        }
    }
}

/// Where a decision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecisionState {
    /// Owed.
    Open,
    /// Reported done, not yet looked at.
    Reported,
    /// Found done.
    Confirmed,
}

/// What a meeting decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Row.
    pub id: DecisionId,
    /// The difficulty.
    pub difficulty: DifficultyId,
    /// The meeting.
    pub meeting: MeetingId,
    /// Who owes it.
    pub owner: Owner,
    /// What is owed.
    pub words: String,
    /// The last day for it.
    pub due_on: NaiveDate,
    /// Where it is.
    pub state: DecisionState,
}

/// What became of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecisionStep {
    /// Its owner reported it done.
    Reported,
    /// The office sent it back.
    Returned,
    /// The office found it done.
    Confirmed,
}

impl DecisionStep {
    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            DecisionStep::Reported => "reported",
            DecisionStep::Returned => "returned",
            DecisionStep::Confirmed => "confirmed",
        }
    }

    /// Where the decision is after it.
    pub fn leads_to(self) -> DecisionState {
        match self {
            DecisionStep::Reported => DecisionState::Reported,
            DecisionStep::Returned => DecisionState::Open,
            DecisionStep::Confirmed => DecisionState::Confirmed,
        }
    }
}

/// One thing that became of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionAct {
    /// The decision.
    pub decision: DecisionId,
    /// What.
    pub step: DecisionStep,
    /// The day.
    pub on: NaiveDate,
    /// In words.
    pub words: String,
    /// Who recorded it, by the name of then.
    pub person_name: String,
}

/// A difficulty with all that came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// The difficulty.
    pub difficulty: Difficulty,
    /// The bureaus that it has brought in.
    pub brought_in: Vec<BureauId>,
    /// Its meetings, in the order of calling.
    pub meetings: Vec<Meeting>,
    /// Its decisions, in the order of recording.
    pub decisions: Vec<Decision>,
    /// What became of them, in the order of recording.
    pub acts: Vec<DecisionAct>,
}

/// Who did something, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// The person.
    pub person: PersonId,
    /// By the name of then.
    pub name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A difficulty to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDifficulty {
    /// The project.
    pub project: ProjectId,
    /// The step that it concerns, if one.
    pub filing: Option<FilingId>,
    /// The bureau of the officer who raises it.
    pub bureau: Option<BureauId>,
    /// In one line.
    pub title: String,
    /// In full.
    pub words: String,
    /// The bureaus that it needs.
    pub needs: Vec<BureauId>,
    /// The day of raising.
    pub on: NaiveDate,
}

/// A difficulty in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifficultyRow {
    /// The difficulty.
    pub difficulty: Difficulty,
    /// Its project's name.
    pub project_name: String,
    /// Its decisions.
    pub decisions: u64,
    /// Those confirmed.
    pub confirmed: u64,
    /// Those owed past their day.
    pub overdue: u64,
}

/// A decision that somebody owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedDecision {
    /// The decision.
    pub decision: Decision,
    /// The difficulty's title.
    pub title: String,
    /// The project's name.
    pub project_name: String,
}

/// What a list of difficulties is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DifficultyFilter {
    /// Those of projects with a step at this bureau, and those that have brought it in.
    pub bureau: Option<BureauId>,
    /// Of one project.
    pub project: Option<ProjectId>,
    /// `true`: closed ones; `false`: open ones; `None`: both, open ones first.
    pub closed: Option<bool>,
    /// Only rows below this one (the list is newest first); not where both are listed.
    pub after: Option<DifficultyId>,
    /// At most so many.
    pub limit: u64,
}

/// Open and closed difficulties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DifficultyCounts {
    /// Open.
    pub open: u64,
    /// Closed.
    pub closed: u64,
}

/// Those that may be seen, over `d`: list and counts rest on the same words.
fn visible(filter: &DifficultyFilter, values: &mut Vec<Value>) -> String {
    let mut terms = vec!["1 = 1".to_owned()];
    let mut bind = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    if let Some(bureau) = filter.bureau {
        let mark = bind(bureau.0.into());
        terms.push(format!(
            "(d.project_id IN (SELECT f.project_id FROM filing f WHERE f.bureau_id = {mark}) \
             OR d.id IN (SELECT b.difficulty_id FROM difficulty_bureau b WHERE b.bureau_id = {mark}))"
        ));
    }
    if let Some(project) = filter.project {
        terms.push(format!("d.project_id = {}", bind(project.0.into())));
    }
    terms.join(" AND ")
}

async fn matter(db: &impl ConnectionTrait, id: DifficultyId) -> Result<Option<Matter>, StoreError> {
    let found = difficulty::Entity::find_by_id(id.0).one(db).await?;
    let Some(found) = found else {
        return Ok(None);
    };
    let brought_in = difficulty_bureau::Entity::find()
        .filter(difficulty_bureau::Column::DifficultyId.eq(id.0))
        .order_by_asc(difficulty_bureau::Column::BureauId)
        .all(db)
        .await?;
    let meetings = coordination_meeting::Entity::find()
        .filter(coordination_meeting::Column::DifficultyId.eq(id.0))
        .order_by_asc(coordination_meeting::Column::Id)
        .all(db)
        .await?;
    let decisions = coordination_decision::Entity::find()
        .filter(coordination_decision::Column::DifficultyId.eq(id.0))
        .order_by_asc(coordination_decision::Column::Id)
        .all(db)
        .await?;
    let ids: Vec<i64> = decisions.iter().map(|decision| decision.id).collect();
    let acts = match ids.is_empty() {
        true => Vec::new(),
        false => {
            decision_act::Entity::find()
                .filter(decision_act::Column::DecisionId.is_in(ids))
                .order_by_asc(decision_act::Column::Id)
                .all(db)
                .await?
        }
    };
    Ok(Some(Matter {
        difficulty: rows::difficulty(found)?,
        brought_in: brought_in
            .iter()
            .map(|row| BureauId(row.bureau_id))
            .collect(),
        meetings: meetings
            .into_iter()
            .map(rows::meeting)
            .collect::<Result<_, _>>()?,
        decisions: decisions
            .into_iter()
            .map(rows::decision)
            .collect::<Result<_, _>>()?,
        acts: acts.into_iter().map(rows::act).collect::<Result<_, _>>()?,
    }))
}

impl Reader {
    /// A difficulty with all that came of it.
    ///
    /// # Errors
    /// The database; a row that is none.
    pub async fn matter(&self, id: DifficultyId) -> Result<Option<Matter>, StoreError> {
        matter(&self.db, id).await
    }

    /// Difficulties on `today`, the newest first.
    ///
    /// # Errors
    /// The database; a row that is none.
    pub async fn difficulties(
        &self,
        filter: &DifficultyFilter,
        today: NaiveDate,
    ) -> Result<Vec<DifficultyRow>, StoreError> {
        let mut values: Vec<Value> = vec![today.into()];
        let mut condition = visible(filter, &mut values);
        match filter.closed {
            Some(true) => condition.push_str(" AND d.closed IS NOT NULL"),
            Some(false) => condition.push_str(" AND d.closed IS NULL"),
            None => {}
        }
        if let Some(after) = filter.after {
            values.push(after.0.into());
            condition.push_str(&format!(" AND d.id < ${}", values.len()));
        }
        let order = match filter.closed {
            Some(_) => "d.id DESC",
            None => "CASE WHEN d.closed IS NULL THEN 0 ELSE 1 END, d.id DESC",
        };
        let count = |more: &str| {
            format!(
                "(SELECT COUNT(*) FROM coordination_decision c \
                 WHERE c.difficulty_id = d.id{more})"
            )
        };
        let text = format!(
            "SELECT d.*, p.name AS project_name, {} AS decisions, {} AS confirmed, {} AS overdue \
             FROM difficulty d JOIN project p ON p.id = d.project_id \
             WHERE {condition} ORDER BY {order} LIMIT {}",
            count(""),
            count(" AND c.state = 'confirmed'"),
            count(" AND c.state = 'open' AND c.due_on < $1 AND d.closed IS NULL"),
            filter.limit
        );
        let found = self
            .db
            .query_all_raw(sql_with(&self.db, text, values))
            .await?;
        let counted = |row: &sea_orm::QueryResult, name: &str| -> Result<u64, StoreError> {
            let n: i64 = row.try_get("", name)?;
            Ok(u64::try_from(n).unwrap_or(0))
        };
        found
            .iter()
            .map(|row| {
                Ok(DifficultyRow {
                    difficulty: rows::difficulty(difficulty::Model::from_query_result(row, "")?)?,
                    project_name: row.try_get("", "project_name")?,
                    decisions: counted(row, "decisions")?,
                    confirmed: counted(row, "confirmed")?,
                    overdue: counted(row, "overdue")?,
                })
            })
            .collect()
    }

    /// How many of those that the filter lets be seen are open and closed, whatever else it says.
    ///
    /// # Errors
    /// The database.
    pub async fn difficulty_counts(
        &self,
        filter: &DifficultyFilter,
    ) -> Result<DifficultyCounts, StoreError> {
        let mut values = Vec::new();
        let condition = visible(filter, &mut values);
        let text = format!(
            "SELECT COUNT(*) AS n, COUNT(d.closed) AS closed FROM difficulty d WHERE {condition}"
        );
        let found = self
            .db
            .query_one_raw(sql_with(&self.db, text, values))
            .await?;
        let Some(row) = found else {
            return Ok(DifficultyCounts::default());
        };
        let (all, closed): (i64, i64) = (row.try_get("", "n")?, row.try_get("", "closed")?);
        Ok(DifficultyCounts {
            open: u64::try_from(all - closed).unwrap_or(0),
            closed: u64::try_from(closed).unwrap_or(0),
        })
    }

    /// The decisions that `owner` owes on open difficulties, the most pressing first.
    ///
    /// # Errors
    /// The database; a row that is none.
    pub async fn decisions_owed(
        &self,
        owner: Owner,
        limit: u64,
    ) -> Result<Vec<OwedDecision>, StoreError> {
        let (whose, values): (&str, Vec<Value>) = match owner.column() {
            Some(bureau) => ("c.owner_bureau = $1", vec![bureau.into()]),
            None => ("c.owner_bureau IS NULL", Vec::new()),
        };
        let text = format!(
            "SELECT c.*, d.title, p.name AS project_name FROM coordination_decision c \
             JOIN difficulty d ON d.id = c.difficulty_id JOIN project p ON p.id = d.project_id \
             WHERE c.state = 'open' AND {whose} AND d.closed IS NULL \
             ORDER BY c.due_on, c.id LIMIT {limit}"
        );
        let found = self
            .db
            .query_all_raw(sql_with(&self.db, text, values))
            .await?;
        found
            .iter()
            .map(|row| {
                let model = coordination_decision::Model::from_query_result(row, "")?;
                Ok(OwedDecision {
                    decision: rows::decision(model)?,
                    title: row.try_get("", "title")?,
                    project_name: row.try_get("", "project_name")?,
                })
            })
            .collect()
    }
}

impl Tx {
    /// See [`Reader::matter`]; hold its project first, so that one writer decides at a time.
    ///
    /// # Errors
    /// The database; a row that is none.
    pub async fn matter(&self, id: DifficultyId) -> Result<Option<Matter>, StoreError> {
        matter(&self.tx, id).await
    }

    /// The project of a difficulty.
    ///
    /// # Errors
    /// The database.
    pub async fn project_of_difficulty(
        &self,
        id: DifficultyId,
    ) -> Result<Option<ProjectId>, StoreError> {
        let found = difficulty::Entity::find_by_id(id.0).one(&self.tx).await?;
        Ok(found.map(|row| ProjectId(row.project_id)))
    }
}
