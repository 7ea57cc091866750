//! The outbox: messages to people, and what each has read.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use entity::message;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::error::StoreError;
use super::filing::CHUNK;
use super::ids::{MessageId, PersonId};
use super::{Reader, Tx, sql};

/// A message to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// Whom it is for.
    pub person: PersonId,
    /// What it is about, by its word.
    pub kind: String,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub body: String,
    /// The page that it leads to, on this site.
    pub link: String,
    /// The day that it belongs to.
    pub belongs_on: NaiveDate,
    /// The instant of writing.
    pub at: DateTime<Utc>,
}

/// A message as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The row.
    pub id: MessageId,
    /// What it is about, by its word.
    pub kind: String,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub body: String,
    /// The page that it leads to, on this site.
    pub link: String,
    /// The day that it belongs to.
    pub belongs_on: NaiveDate,
    /// The instant of writing.
    pub at: DateTime<Utc>,
    /// When it was read; `None`: it is new.
    pub read_at: Option<DateTime<Utc>>,
}

pub(super) fn read(row: message::Model) -> Message {
    Message {
        id: MessageId(row.id),
        kind: row.kind,
        subject: row.subject,
        body: row.body,
        link: row.link,
        belongs_on: row.belongs_on,
        at: row.created_at,
        read_at: row.read_at,
    }
}

impl Reader {
    /// A person's messages, the newest first, before `after`.
    ///
    /// # Errors
    /// The database.
    pub async fn inbox(
        &self,
        person: PersonId,
        new_only: bool,
        after: Option<MessageId>,
        limit: u64,
    ) -> Result<Vec<Message>, StoreError> {
        let mut find = message::Entity::find()
            .filter(message::Column::PersonId.eq(person.0))
            .order_by_desc(message::Column::Id)
            .limit(limit);
        if new_only {
            find = find.filter(message::Column::ReadAt.is_null());
        }
        if let Some(after) = after {
            find = find.filter(message::Column::Id.lt(after.0));
        }
        Ok(find.all(&self.db).await?.into_iter().map(read).collect())
    }

    /// How many messages a person has, and how many of them are new.
    ///
    /// # Errors
    /// The database.
    pub async fn inbox_counts(&self, person: PersonId) -> Result<(u64, u64), StoreError> {
        const TEXT: &str = "SELECT COUNT(*) AS n, \
            (SELECT COUNT(*) FROM message u WHERE u.person_id = $1 AND u.read_at IS NULL) AS fresh \
            FROM message m WHERE m.person_id = $1";
        let statement = sql(&self.db, TEXT, [person.0.into()]);
        let Some(row) = self.db.query_one_raw(statement).await? else {
            return Ok((0, 0));
        };
        let count = |column| -> Result<u64, StoreError> {
            let n: i64 = row.try_get("", column)?;
            Ok(u64::try_from(n).unwrap_or(0))
        };
        Ok((count("n")?, count("fresh")?))
    }
}

impl Tx {
    /// Writes messages, and wraps them for those who want them outside the house.
    ///
    /// # Errors
    /// The database.
    pub async fn insert_messages(&self, new: &[NewMessage]) -> Result<(), StoreError> {
        for chunk in new.chunks(CHUNK) {
            let rows = chunk.iter().map(|one| message::ActiveModel {
                person_id: Set(one.person.0),
                kind: Set(one.kind.clone()),
                subject: Set(one.subject.clone()),
                body: Set(one.body.clone()),
                link: Set(one.link.clone()),
                belongs_on: Set(one.belongs_on),
                created_at: Set(one.at),
                read_at: Set(None),
                ..<message::ActiveModel as sea_orm::ActiveModelTrait>::default()
            });
            let insert = message::Entity::insert_many(rows);
            let people: BTreeSet<i64> = chunk.iter().map(|one| one.person.0).collect();
            let chosen = self.chosen(&people).await?;
            if chosen.is_empty() {
                insert.exec_without_returning(&self.tx).await?;
            } else {
                let written = insert.exec_with_returning(&self.tx).await?;
                self.wrap(&written, &chosen).await?;
            }
        }
        Ok(())
    }

    /// A message of this person's, and marks it read where it is new; `None`: there is none.
    ///
    /// # Errors
    /// The database.
    pub async fn read_message(
        &self,
        person: PersonId,
        id: MessageId,
        now: DateTime<Utc>,
    ) -> Result<Option<Message>, StoreError> {
        let found = message::Entity::find_by_id(id.0)
            .filter(message::Column::PersonId.eq(person.0))
            .one(&self.tx)
            .await?;
        if found.as_ref().is_some_and(|row| row.read_at.is_none()) {
            message::Entity::update_many()
                .col_expr(message::Column::ReadAt, Expr::value(now))
                .filter(message::Column::Id.eq(id.0))
                .filter(message::Column::ReadAt.is_null())
                .exec(&self.tx)
                .await?;
        }
        Ok(found.map(read))
    }

    /// Marks a person's messages up to `last` read, so that none is marked that was not shown; how
    /// many were new.
    ///
    /// # Errors
    /// The database.
    pub async fn read_messages(
        &self,
        person: PersonId,
        last: MessageId,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let marked = message::Entity::update_many()
            .col_expr(message::Column::ReadAt, Expr::value(now))
            .filter(message::Column::PersonId.eq(person.0))
            .filter(message::Column::Id.lte(last.0))
            .filter(message::Column::ReadAt.is_null())
            .exec(&self.tx)
            .await?;
        Ok(marked.rows_affected)
    }
}
