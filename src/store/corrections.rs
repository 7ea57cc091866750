//! Corrections that were asked for: kept as they were asked, settled once.

use chrono::{DateTime, Utc};
use entity::correction;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::error::StoreError;
use super::ids::{BureauId, CorrectionId, FilingId, PersonId};
use super::row::small;
use super::{Reader, Tx, sql_with};
use crate::statute::clock::Event;

const CONSENTED: &str = "consented";
const REFUSED: &str = "refused";

/// What became of a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionOutcome {
    /// The entry that it became; `None`: the lead refused.
    pub seq: Option<u32>,
    /// The lead's words.
    pub words: String,
    /// The lead, by the name of then.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A correction that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correcting {
    /// Row.
    pub id: CorrectionId,
    /// Whose ledger.
    pub filing: FilingId,
    /// The number of the mistaken entry.
    pub entry: u32,
    /// What is to take its place; `None`: it is struck out.
    pub event: Option<Event>,
    /// Why.
    pub reason: String,
    /// Who asks, by the name of then.
    pub person_name: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What became of it; `None`: open.
    pub outcome: Option<CorrectionOutcome>,
}

/// A correction to be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCorrection {
    /// Whose ledger.
    pub filing: FilingId,
    /// Its bureau, whose lead consents.
    pub bureau: BureauId,
    /// The number of the mistaken entry.
    pub entry: u32,
    /// What is to take its place; `None`: it is struck out.
    pub event: Option<Event>,
    /// Why.
    pub reason: String,
    /// Who asks.
    pub person: PersonId,
    /// That person's name.
    pub person_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A correction that waits for the lead's consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCorrection {
    /// Whose ledger.
    pub filing: FilingId,
    /// The project's name.
    pub project_name: String,
    /// Who asks.
    pub person_name: String,
    /// Why.
    pub reason: String,
}

fn of_row(row: correction::Model) -> Result<Correcting, StoreError> {
    let wrong = |column, found: &str, expected| StoreError::Inconsistent {
        table: "correction",
        column,
        id: row.id,
        found: found.to_owned(),
        expected,
    };
    let count = |column, n: i32| {
        u32::try_from(n).map_err(|_| wrong(column, &n.to_string(), "a number of an entry"))
    };
    let event = match &row.event {
        None => None,
        Some(text) => {
            Some(serde_json::from_str(text).map_err(|_| wrong("event", text, "an event as JSON"))?)
        }
    };
    let outcome = match row.outcome.as_deref() {
        None => None,
        Some(CONSENTED | REFUSED) => Some(CorrectionOutcome {
            seq: row
                .outcome_seq
                .map(|seq| count("outcome_seq", seq))
                .transpose()?,
            words: row.outcome_words.clone().unwrap_or_default(),
            by_name: row.outcome_by_name.clone().unwrap_or_default(),
            at: row
                .outcome_at
                .ok_or_else(|| wrong("outcome_at", "nothing", "an instant"))?,
        }),
        Some(other) => return Err(wrong("outcome", other, "consented or refused, or nothing")),
    };
    Ok(Correcting {
        id: CorrectionId(row.id),
        filing: FilingId(row.filing_id),
        entry: count("entry", row.entry)?,
        event,
        outcome,
        reason: row.reason,
        person_name: row.person_name,
        at: row.recorded_at,
    })
}

impl Reader {
    /// The corrections asked for on a step, the newest first.
    ///
    /// # Errors
    /// The database.
    pub async fn corrections(&self, filing: FilingId) -> Result<Vec<Correcting>, StoreError> {
        let rows = correction::Entity::find()
            .filter(correction::Column::FilingId.eq(filing.0))
            .order_by_desc(correction::Column::Id)
            .all(&self.db)
            .await?;
        rows.into_iter().map(of_row).collect()
    }

    /// What waits for the consent of a bureau's lead, the oldest first.
    ///
    /// # Errors
    /// The database.
    pub async fn open_corrections(
        &self,
        bureau: BureauId,
        limit: u64,
    ) -> Result<Vec<OpenCorrection>, StoreError> {
        let text = format!(
            "SELECT c.filing_id, c.person_name, c.reason, p.name FROM correction c \
             JOIN filing f ON f.id = c.filing_id JOIN project p ON p.id = f.project_id \
             WHERE c.outcome IS NULL AND c.bureau_id = $1 ORDER BY c.id LIMIT {limit}"
        );
        let statement = sql_with(&self.db, &text, vec![bureau.0.into()]);
        let rows = sea_orm::ConnectionTrait::query_all_raw(&self.db, statement).await?;
        rows.into_iter()
            .map(|row| {
                Ok(OpenCorrection {
                    filing: FilingId(row.try_get("", "filing_id")?),
                    project_name: row.try_get("", "name")?,
                    person_name: row.try_get("", "person_name")?,
                    reason: row.try_get("", "reason")?,
                })
            })
            .collect()
    }
}

impl Tx {
    /// One correction, held against other writers.
    ///
    /// # Errors
    /// The database.
    pub async fn correction(&self, id: CorrectionId) -> Result<Option<Correcting>, StoreError> {
        let row = correction::Entity::find_by_id(id.0)
            .lock_exclusive()
            .one(&self.tx)
            .await?;
        row.map(of_row).transpose()
    }

    /// Asks for a correction.
    ///
    /// # Errors
    /// Duplicate: the entry has an open one.
    pub async fn insert_correction(&self, new: &NewCorrection) -> Result<CorrectionId, StoreError> {
        let event = new.event.as_ref().map(serde_json::to_string).transpose();
        let event = event
            .map_err(|error| StoreError::Db(format!("an event that no row can hold: {error}")))?;
        let row = correction::ActiveModel {
            filing_id: Set(new.filing.0),
            bureau_id: Set(new.bureau.0),
            entry: Set(small(new.entry)),
            event: Set(event),
            reason: Set(new.reason.clone()),
            person_id: Set(new.person.0),
            person_name: Set(new.person_name.clone()),
            recorded_at: Set(new.at),
            ..<correction::ActiveModel as ActiveModelTrait>::default()
        };
        let made = correction::Entity::insert(row).exec(&self.tx).await?;
        Ok(CorrectionId(made.last_insert_id))
    }

    /// Writes what became of a correction; false where that is written already.
    ///
    /// # Errors
    /// The database.
    pub async fn settle_correction(
        &self,
        id: CorrectionId,
        by: PersonId,
        outcome: &CorrectionOutcome,
    ) -> Result<bool, StoreError> {
        let word = if outcome.seq.is_some() {
            CONSENTED
        } else {
            REFUSED
        };
        let row = correction::ActiveModel {
            outcome: Set(Some(word.to_owned())),
            outcome_words: Set(Some(outcome.words.clone())),
            outcome_by: Set(Some(by.0)),
            outcome_by_name: Set(Some(outcome.by_name.clone())),
            outcome_at: Set(Some(outcome.at)),
            outcome_seq: Set(outcome.seq.map(small)),
            ..<correction::ActiveModel as ActiveModelTrait>::default()
        };
        let done = correction::Entity::update_many()
            .set(row)
            .filter(correction::Column::Id.eq(id.0))
            .filter(correction::Column::Outcome.is_null())
            .exec(&self.tx)
            .await?;
        Ok(done.rows_affected == 1)
    }
}
