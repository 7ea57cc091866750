//! Documents (文书): numbered without gaps a bureau and a year, and the deliveries of decisions.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{bureau, delivery, document};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::error::StoreError;
use super::ids::{BureauId, DocumentId, FilingId, PersonId};
use super::{Reader, Tx};
use crate::statute::paper::{DeliveryWay, PaperKind};

/// A document to be numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    /// Whose ledger.
    pub filing: FilingId,
    /// The entry that makes it.
    pub seq: u32,
    /// Which document.
    pub kind: PaperKind,
    /// Who issues it.
    pub bureau: BureauId,
    /// What anybody can check it by.
    pub code: String,
    /// The day it is made; its year is the number's.
    pub made_on: NaiveDate,
}

/// A numbered document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The row.
    pub id: DocumentId,
    /// Whose ledger.
    pub filing: FilingId,
    /// The entry that made it.
    pub seq: u32,
    /// Which document.
    pub kind: PaperKind,
    /// Who issues it.
    pub bureau: BureauId,
    /// The year of its number.
    pub year: i32,
    /// From 1 without gaps, a bureau and a year.
    pub number: u32,
    /// What anybody can check it by.
    pub code: String,
    /// The day it was made.
    pub made_on: NaiveDate,
    /// How it reached the applicant, where it is a decision and did.
    pub delivery: Option<Delivery>,
}

/// How a decision reached the applicant (送达).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The day.
    pub on: NaiveDate,
    /// The way.
    pub way: DeliveryWay,
    /// Who received it.
    pub recipient: String,
    /// Who recorded it.
    pub person: PersonId,
    /// That person's name then.
    pub person_name: String,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

fn wrong(column: &'static str, id: i64, found: &str, expected: &'static str) -> StoreError {
    StoreError::Inconsistent {
        table: "document",
        column,
        id,
        found: found.to_owned(),
        expected,
    }
}

fn delivered(row: delivery::Model) -> Result<Delivery, StoreError> {
    Ok(Delivery {
        on: row.on_day,
        way: DeliveryWay::from_code(&row.way)
            .ok_or_else(|| wrong("delivery", row.document_id, &row.way, "a way of delivery"))?,
        recipient: row.recipient,
        person: PersonId(row.person_id),
        person_name: row.person_name,
        recorded_at: row.recorded_at,
    })
}

fn numbered(
    (row, found): (document::Model, Option<delivery::Model>),
) -> Result<Document, StoreError> {
    let count = |column, value: i32| {
        u32::try_from(value).map_err(|_| wrong(column, row.id, &value.to_string(), "from 1"))
    };
    Ok(Document {
        id: DocumentId(row.id),
        filing: FilingId(row.filing_id),
        seq: count("seq", row.seq)?,
        kind: PaperKind::from_code(&row.kind)
            .ok_or_else(|| wrong("kind", row.id, &row.kind, "a kind of document"))?,
        bureau: BureauId(row.bureau_id),
        year: row.year,
        number: count("number", row.number)?,
        code: row.code,
        made_on: row.made_on,
        delivery: found.map(delivered).transpose()?,
    })
}

fn found() -> sea_orm::SelectTwo<document::Entity, delivery::Entity> {
    let to_delivery = document::Entity::belongs_to(delivery::Entity)
        .from(document::Column::Id)
        .to(delivery::Column::DocumentId)
        .into();
    document::Entity::find()
        .join(sea_orm::JoinType::LeftJoin, to_delivery)
        .select_also(delivery::Entity)
}

async fn by_id(db: &impl ConnectionTrait, id: DocumentId) -> Result<Option<Document>, StoreError> {
    let row = found()
        .filter(document::Column::Id.eq(id.0))
        .one(db)
        .await?;
    row.map(numbered).transpose()
}

impl Reader {
    /// A filing's documents, in the order of its entries.
    ///
    /// # Errors
    /// The database.
    pub async fn documents(&self, filing: FilingId) -> Result<Vec<Document>, StoreError> {
        let rows = found()
            .filter(document::Column::FilingId.eq(filing.0))
            .order_by_asc(document::Column::Seq)
            .order_by_asc(document::Column::Id)
            .all(&self.db)
            .await?;
        rows.into_iter().map(numbered).collect()
    }

    /// The document.
    ///
    /// # Errors
    /// The database.
    pub async fn document(&self, id: DocumentId) -> Result<Option<Document>, StoreError> {
        by_id(&self.db, id).await
    }

    /// The document of that code.
    ///
    /// # Errors
    /// The database.
    pub async fn document_by_code(&self, code: &str) -> Result<Option<Document>, StoreError> {
        let row = found()
            .filter(document::Column::Code.eq(code))
            .one(&self.db)
            .await?;
        row.map(numbered).transpose()
    }
}

impl Tx {
    /// The document.
    ///
    /// # Errors
    /// The database.
    pub async fn document(&self, id: DocumentId) -> Result<Option<Document>, StoreError> {
        by_id(&self.tx, id).await
    }

    /// Numbers documents behind those of their bureau's year. A number is given in the transaction
    /// that writes the entry, under the bureau's lock, so that no number is lost or given twice.
    ///
    /// # Errors
    /// The database.
    pub async fn issue_documents(&self, new: &[NewDocument]) -> Result<(), StoreError> {
        if new.is_empty() {
            return Ok(());
        }
        let mut bureaus: Vec<i64> = new.iter().map(|one| one.bureau.0).collect();
        bureaus.sort_unstable();
        bureaus.dedup();
        if self.tx.get_database_backend() == DbBackend::Postgres {
            bureau::Entity::find()
                .filter(bureau::Column::Id.is_in(bureaus.clone()))
                .order_by_asc(bureau::Column::Id)
                .lock_exclusive()
                .all(&self.tx)
                .await?;
        }
        let last: Vec<(i64, i32, i32)> = document::Entity::find()
            .select_only()
            .column(document::Column::BureauId)
            .column(document::Column::Year)
            .column_as(document::Column::Number.max(), "last")
            .filter(document::Column::BureauId.is_in(bureaus))
            .group_by(document::Column::BureauId)
            .group_by(document::Column::Year)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let mut last: BTreeMap<(i64, i32), i32> = last
            .into_iter()
            .map(|(bureau, year, number)| ((bureau, year), number))
            .collect();
        let rows: Vec<document::ActiveModel> = new
            .iter()
            .map(|one| {
                let year = chrono::Datelike::year(&one.made_on);
                let number = last.entry((one.bureau.0, year)).or_default();
                *number += 1;
                document::ActiveModel {
                    filing_id: Set(one.filing.0),
                    seq: Set(i32::try_from(one.seq).unwrap_or(i32::MAX)),
                    kind: Set(one.kind.code().to_owned()),
                    bureau_id: Set(one.bureau.0),
                    year: Set(year),
                    number: Set(*number),
                    code: Set(one.code.clone()),
                    made_on: Set(one.made_on),
                    ..<document::ActiveModel as sea_orm::ActiveModelTrait>::default()
                }
            })
            .collect();
        document::Entity::insert_many(rows)
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }

    /// Records how a decision reached the applicant.
    ///
    /// # Errors
    /// Duplicate: it is recorded already.
    pub async fn insert_delivery(
        &self,
        document: DocumentId,
        delivery: &Delivery,
    ) -> Result<(), StoreError> {
        let row = delivery::ActiveModel {
            document_id: Set(document.0),
            on_day: Set(delivery.on),
            way: Set(delivery.way.code().to_owned()),
            recipient: Set(delivery.recipient.clone()),
            person_id: Set(delivery.person.0),
            person_name: Set(delivery.person_name.clone()),
            recorded_at: Set(delivery.recorded_at),
        };
        delivery::Entity::insert(row)
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }
}
