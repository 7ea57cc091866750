//! What is read of parcels: what a sender needs, what the administrator sees.

use std::fmt;

use chrono::{DateTime, Utc};
use entity::message;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::super::channels::{self, Channel, Mode, Way};
use super::super::error::StoreError;
use super::super::ids::{ParcelId, PersonId};
use super::super::messages::{self, Message};
use super::super::{Reader, row, sql_with};
use super::ParcelState;

/// A parcel with all that sending it needs, but for its messages.
#[derive(Clone, PartialEq, Eq)]
pub struct ToSend {
    /// The parcel.
    pub id: ParcelId,
    /// To whom.
    pub person: PersonId,
    /// That person's name.
    pub name: String,
    /// False: the person cannot log in any more.
    pub active: bool,
    /// By which way.
    pub way: Way,
    /// True: a digest.
    pub digest: bool,
    /// When its first message was written.
    pub created_at: DateTime<Utc>,
    /// Where the way leads now; `None`: nowhere any more.
    pub channel: Option<Channel>,
}

impl fmt::Debug for ToSend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ToSend")
            .field("id", &self.id)
            .field("person", &self.person)
            .field("way", &self.way)
            .field("digest", &self.digest)
            .finish_non_exhaustive()
    }
}

/// A parcel that nobody sends any more by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadRow {
    /// The parcel.
    pub id: ParcelId,
    /// To whom.
    pub person: PersonId,
    /// That person's name.
    pub name: String,
    /// By which way.
    pub way: Way,
    /// True: a digest.
    pub digest: bool,
    /// How often it was tried.
    pub attempts: u32,
    /// When its first message was written.
    pub created_at: DateTime<Utc>,
    /// When it was found dead.
    pub settled_at: DateTime<Utc>,
    /// The last failure, in words.
    pub error: String,
    /// How many messages it holds.
    pub messages: u64,
    /// The subject of the first.
    pub subject: String,
}

/// `$1, $2, $3` for so many arguments.
fn places(n: usize) -> String {
    let places: Vec<String> = (1..=n).map(|n| format!("${n}")).collect();
    places.join(", ")
}

impl Reader {
    /// Whether any parcel can be taken at `now`, or any digest closed that began by `until`.
    ///
    /// # Errors
    /// The database.
    pub async fn any_parcel(
        &self,
        way: Way,
        now: DateTime<Utc>,
        until: Option<DateTime<Utc>>,
    ) -> Result<bool, StoreError> {
        const TEXT: &str = "SELECT 1 FROM parcel WHERE way = $1 \
            AND state IN ('due', 'claimed') AND next_at <= $2 \
            UNION ALL SELECT 1 FROM parcel WHERE way = $1 AND state = 'gathering' \
            AND next_at <= $3 LIMIT 1";
        let values = vec![way.code().into(), now.into(), until.into()];
        let found = self
            .db
            .query_one_raw(sql_with(&self.db, TEXT, values))
            .await?;
        Ok(found.is_some())
    }

    /// These parcels as a sender needs them.
    ///
    /// # Errors
    /// The database.
    pub async fn to_send(&self, ids: &[ParcelId]) -> Result<Vec<ToSend>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let text = format!(
            "SELECT q.id, q.person_id, q.way, q.digest, q.created_at, p.name, p.active, \
             c.address, c.secret, c.mode, c.changed_at FROM parcel q \
             JOIN person p ON p.id = q.person_id \
             LEFT JOIN channel c ON c.person_id = q.person_id AND c.way = q.way \
             WHERE q.id IN ({}) ORDER BY q.id",
            places(ids.len())
        );
        let values: Vec<Value> = ids.iter().map(|id| id.0.into()).collect();
        let rows = self
            .db
            .query_all_raw(sql_with(&self.db, text, values))
            .await?;
        let read = |found: &sea_orm::QueryResult| -> Result<ToSend, StoreError> {
            let (id, person): (i64, i64) =
                (found.try_get("", "id")?, found.try_get("", "person_id")?);
            let code: String = found.try_get("", "way")?;
            let way = channels::way("parcel", id, &code)?;
            let address: Option<String> = found.try_get("", "address")?;
            let channel = match address {
                Some(address) => {
                    let code: String = found.try_get("", "mode")?;
                    Some(Channel {
                        way,
                        address,
                        secret: found.try_get("", "secret")?,
                        mode: channels::mode(person, &code)?,
                        changed_at: found.try_get("", "changed_at")?,
                    })
                }
                None => None,
            };
            Ok(ToSend {
                id: ParcelId(id),
                person: PersonId(person),
                name: found.try_get("", "name")?,
                active: found.try_get("", "active")?,
                way,
                digest: found.try_get("", "digest")?,
                created_at: found.try_get("", "created_at")?,
                channel: channel.filter(|channel| channel.mode != Mode::Off),
            })
        };
        rows.iter().map(read).collect()
    }

    /// The messages of these parcels, in the order of writing.
    ///
    /// # Errors
    /// The database.
    pub async fn messages_of(
        &self,
        ids: &[ParcelId],
    ) -> Result<Vec<(ParcelId, Message)>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let text = format!(
            "SELECT q.parcel_id, m.* FROM parcel_message q JOIN message m ON m.id = q.message_id \
             WHERE q.parcel_id IN ({}) ORDER BY q.parcel_id, m.id",
            places(ids.len())
        );
        let values: Vec<Value> = ids.iter().map(|id| id.0.into()).collect();
        let rows = self
            .db
            .query_all_raw(sql_with(&self.db, text, values))
            .await?;
        rows.iter()
            .map(|found| {
                let model = message::Model::from_query_result(found, "")?;
                let parcel = ParcelId(found.try_get("", "parcel_id")?);
                Ok((parcel, messages::read(model)))
            })
            .collect()
    }

    /// Dead parcels, the newest dead first, behind the keyset `after`.
    ///
    /// # Errors
    /// The database.
    pub async fn dead_parcels(
        &self,
        after: Option<(DateTime<Utc>, ParcelId)>,
        limit: u64,
    ) -> Result<Vec<DeadRow>, StoreError> {
        let mut values: Vec<Value> = Vec::new();
        let mut condition = "q.state = 'dead'".to_owned();
        if let Some((at, id)) = after {
            values.extend([at.into(), id.0.into()]);
            condition.push_str(" AND q.settled_at <= $1 AND (q.settled_at < $1 OR q.id < $2)");
        }
        let text = format!(
            "SELECT q.id, q.person_id, q.way, q.digest, q.attempts, q.created_at, q.settled_at, \
             COALESCE(q.error, '') AS error, p.name, \
             (SELECT COUNT(*) FROM parcel_message n WHERE n.parcel_id = q.id) AS messages, \
             COALESCE((SELECT m.subject FROM parcel_message n JOIN message m ON m.id = n.message_id \
              WHERE n.parcel_id = q.id ORDER BY n.message_id LIMIT 1), '') AS subject \
             FROM parcel q JOIN person p ON p.id = q.person_id WHERE {condition} \
             ORDER BY q.settled_at DESC, q.id DESC LIMIT {limit}"
        );
        let rows = self
            .db
            .query_all_raw(sql_with(&self.db, text, values))
            .await?;
        rows.iter()
            .map(|found| {
                let id: i64 = found.try_get("", "id")?;
                let code: String = found.try_get("", "way")?;
                let (attempts, messages): (i32, i64) = (
                    found.try_get("", "attempts")?,
                    found.try_get("", "messages")?,
                );
                Ok(DeadRow {
                    id: ParcelId(id),
                    person: PersonId(found.try_get("", "person_id")?),
                    name: found.try_get("", "name")?,
                    way: channels::way("parcel", id, &code)?,
                    digest: found.try_get("", "digest")?,
                    attempts: u32::try_from(attempts).unwrap_or(0),
                    created_at: found.try_get("", "created_at")?,
                    settled_at: found.try_get("", "settled_at")?,
                    error: found.try_get("", "error")?,
                    messages: u64::try_from(messages).unwrap_or(0),
                    subject: found.try_get("", "subject")?,
                })
            })
            .collect()
    }

    /// How many parcels are not settled, by way and state, dead ones among them.
    ///
    /// # Errors
    /// The database.
    pub async fn parcel_counts(&self) -> Result<Vec<(Way, ParcelState, u64)>, StoreError> {
        const TEXT: &str = "SELECT way, state, COUNT(*) AS n FROM parcel \
            WHERE state IN ('gathering', 'due', 'claimed', 'dead') GROUP BY way, state \
            ORDER BY way, state";
        let rows = self
            .db
            .query_all_raw(sql_with(&self.db, TEXT, Vec::new()))
            .await?;
        rows.iter()
            .map(|found| {
                let (way, state): (String, String) =
                    (found.try_get("", "way")?, found.try_get("", "state")?);
                let n: i64 = found.try_get("", "n")?;
                let known = ParcelState::from_code(&state);
                let wrong = || row::wrong("parcel", "state", 0, &state, "a state");
                Ok((
                    channels::way("parcel", 0, &way)?,
                    known.ok_or_else(wrong)?,
                    u64::try_from(n).unwrap_or(0),
                ))
            })
            .collect()
    }
}
