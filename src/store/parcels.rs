//! What goes out of the house: wrapped with the message, taken under a lease, settled.
//!
//! # Why
//! - A parcel is written in the transaction of its message, so neither is there without the other;
//!   whose way was off then has none, so nothing old goes out when a way is opened.
//! - Whoever takes a parcel moves `next_at` to the end of a lease: until then no other server sees
//!   it, and afterwards it is due again, so a sender that dies loses nothing. `attempts` counts the
//!   takings and tells one claim from the next: a sender that comes back after its lease settles
//!   nothing that another has taken.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use entity::{channel, message, parcel, parcel_message};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Set, Value};

use super::channels::{self, Mode, Way};
use super::error::StoreError;
use super::ids::{ParcelId, PersonId};
use super::{Tx, sql, sql_with};

mod lists;

pub use lists::{DeadRow, ToSend};

/// Where a parcel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParcelState {
    /// A digest that more messages are added to.
    Gathering,
    /// To be sent.
    Due,
    /// A sender has it, until its lease runs out.
    Claimed,
    /// Sent.
    Sent,
    /// Refused for good, or tried too often; a person decides.
    Dead,
    /// Will not be sent any more.
    GivenUp,
}

impl ParcelState {
    /// All of them.
    pub const ALL: [ParcelState; 6] = [
        ParcelState::Gathering,
        ParcelState::Due,
        ParcelState::Claimed,
        ParcelState::Sent,
        ParcelState::Dead,
        ParcelState::GivenUp,
    ];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            ParcelState::Gathering => "gathering",
            ParcelState::Due => "due",
            ParcelState::Claimed => "claimed",
            ParcelState::Sent => "sent",
            ParcelState::Dead => "dead",
            ParcelState::GivenUp => "given-up",
        }
    }

    /// The state of that word.
    pub fn from_code(code: &str) -> Option<ParcelState> {
        ParcelState::ALL
            .into_iter()
            .find(|state| state.code() == code)
    }
}

/// A parcel that this sender has taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The parcel.
    pub id: ParcelId,
    /// The how-manieth taking it is, from 1.
    pub attempt: u32,
}

/// What became of a taken parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// It was sent.
    Sent,
    /// It failed, and is due again then.
    Again {
        /// When.
        at: DateTime<Utc>,
        /// Why it failed.
        why: String,
    },
    /// It will not be tried again by itself.
    Dead {
        /// Why.
        why: String,
    },
    /// Nobody wants it any more.
    GivenUp {
        /// Why.
        why: String,
    },
}

/// Who wants messages by which way.
type Chosen = Vec<(i64, Way, Mode)>;

impl Tx {
    /// Who of `people` wants messages outside, by which way and how.
    pub(super) async fn chosen(&self, people: &BTreeSet<i64>) -> Result<Chosen, StoreError> {
        let rows = channel::Entity::find()
            .filter(channel::Column::PersonId.is_in(people.iter().copied()))
            .filter(channel::Column::Mode.ne(Mode::Off.code()))
            .all(&self.tx)
            .await?;
        rows.into_iter()
            .map(|row| {
                let way = channels::way("channel", row.person_id, &row.way)?;
                Ok((
                    row.person_id,
                    way,
                    channels::mode(row.person_id, &row.mode)?,
                ))
            })
            .collect()
    }

    /// Wraps messages for those who want them outside.
    pub(super) async fn wrap(
        &self,
        written: &[message::Model],
        chosen: &Chosen,
    ) -> Result<(), StoreError> {
        // Which (person, way) is owed which messages, by mode; ordered, so that servers that add to
        // the same digests wait for each other in one order.
        let (mut each, mut digest) = (BTreeMap::new(), BTreeMap::new());
        for (person, way, mode) in chosen {
            let own: Vec<&message::Model> =
                written.iter().filter(|m| m.person_id == *person).collect();
            match mode {
                _ if own.is_empty() => None,
                Mode::Off => None,
                Mode::Each => each.insert((*person, *way), own),
                Mode::Digest => digest.insert((*person, *way), own),
            };
        }
        let mut parcels = self.parcels_for_each(&each).await?;
        let gathering = self.gathering(&digest).await?;
        let mut rows = Vec::new();
        for ((person, way), messages) in each.iter().chain(&digest) {
            for message in messages {
                let parcel = match gathering.get(&(*person, *way)) {
                    Some(parcel) => Some(*parcel),
                    None => parcels.get_mut(&(*person, *way)).and_then(Vec::pop),
                };
                rows.extend(parcel.map(|parcel| parcel_message::ActiveModel {
                    message_id: Set(message.id),
                    way: Set(way.code().to_owned()),
                    parcel_id: Set(parcel),
                }));
            }
        }
        if !rows.is_empty() {
            parcel_message::Entity::insert_many(rows)
                .exec_without_returning(&self.tx)
                .await?;
        }
        Ok(())
    }

    /// A parcel for each message; those of one person and way are alike, so any serves any.
    async fn parcels_for_each(
        &self,
        each: &BTreeMap<(i64, Way), Vec<&message::Model>>,
    ) -> Result<BTreeMap<(i64, Way), Vec<i64>>, StoreError> {
        let rows: Vec<parcel::ActiveModel> = each
            .iter()
            .flat_map(|((person, way), messages)| {
                messages.iter().map(|message| parcel::ActiveModel {
                    person_id: Set(*person),
                    way: Set(way.code().to_owned()),
                    digest: Set(false),
                    state: Set(ParcelState::Due.code().to_owned()),
                    attempts: Set(0),
                    next_at: Set(message.created_at),
                    created_at: Set(message.created_at),
                    settled_at: Set(None),
                    error: Set(None),
                    ..<parcel::ActiveModel as sea_orm::ActiveModelTrait>::default()
                })
            })
            .collect();
        let mut parcels: BTreeMap<(i64, Way), Vec<i64>> = BTreeMap::new();
        if rows.is_empty() {
            return Ok(parcels);
        }
        let mut made = parcel::Entity::insert_many(rows)
            .exec_with_returning(&self.tx)
            .await?;
        // Taken from the end: the first message gets the first parcel.
        made.sort_by_key(|row| std::cmp::Reverse(row.id));
        for row in made {
            let way = channels::way("parcel", row.id, &row.way)?;
            parcels
                .entry((row.person_id, way))
                .or_default()
                .push(row.id);
        }
        Ok(parcels)
    }

    /// The digests that still gather, made where there is none. The row is held until the end of
    /// the transaction, so that none is closed while it is added to.
    async fn gathering(
        &self,
        digest: &BTreeMap<(i64, Way), Vec<&message::Model>>,
    ) -> Result<BTreeMap<(i64, Way), i64>, StoreError> {
        let (mut places, mut values): (Vec<String>, Vec<Value>) = (Vec::new(), Vec::new());
        for ((person, way), messages) in digest {
            let Some(first) = messages.iter().map(|message| message.created_at).min() else {
                continue;
            };
            let n = values.len();
            places.push(format!(
                "(${}, ${}, TRUE, 'gathering', 0, ${}, ${})",
                n + 1,
                n + 2,
                n + 3,
                n + 3
            ));
            values.extend([(*person).into(), way.code().into(), first.into()]);
        }
        if places.is_empty() {
            return Ok(BTreeMap::new());
        }
        let text = format!(
            "INSERT INTO parcel (person_id, way, digest, state, attempts, next_at, created_at) \
             VALUES {} ON CONFLICT (person_id, way) WHERE state = 'gathering' \
             DO UPDATE SET attempts = parcel.attempts RETURNING id, person_id, way",
            places.join(", ")
        );
        let rows = self
            .tx
            .query_all_raw(sql_with(&self.tx, text, values))
            .await?;
        rows.into_iter()
            .map(|row| {
                let (id, person): (i64, i64) =
                    (row.try_get("", "id")?, row.try_get("", "person_id")?);
                let code: String = row.try_get("", "way")?;
                Ok(((person, channels::way("parcel", id, &code)?), id))
            })
            .collect()
    }

    /// Closes the digests that began to gather by `until`: they are due now.
    ///
    /// # Errors
    /// The database.
    pub async fn close_digests(&self, way: Way, until: DateTime<Utc>) -> Result<u64, StoreError> {
        let closed = parcel::Entity::update_many()
            .col_expr(parcel::Column::State, Expr::value(ParcelState::Due.code()))
            .filter(parcel::Column::Way.eq(way.code()))
            .filter(parcel::Column::State.eq(ParcelState::Gathering.code()))
            .filter(parcel::Column::NextAt.lte(until))
            .exec(&self.tx)
            .await?;
        Ok(closed.rows_affected)
    }

    /// Takes parcels that can be taken at `now`, the longest due first, until `lease`.
    ///
    /// # Errors
    /// The database.
    pub async fn claim(
        &self,
        way: Way,
        now: DateTime<Utc>,
        lease: DateTime<Utc>,
        limit: u64,
    ) -> Result<Vec<Claim>, StoreError> {
        // SQLite has one writer at a time; elsewhere what another is taking is passed by.
        let pass_by = match self.tx.get_database_backend() {
            DbBackend::Postgres => "FOR UPDATE SKIP LOCKED",
            _ => "",
        };
        let text = format!(
            "WITH taken AS MATERIALIZED (SELECT id FROM parcel \
             WHERE way = $1 AND state IN ('due', 'claimed') AND next_at <= $2 \
             ORDER BY next_at, id LIMIT {limit} {pass_by}) \
             UPDATE parcel SET state = 'claimed', attempts = attempts + 1, next_at = $3 \
             WHERE id IN (SELECT id FROM taken) RETURNING id, attempts"
        );
        let statement = sql(
            &self.tx,
            text,
            [way.code().into(), now.into(), lease.into()],
        );
        let rows = self.tx.query_all_raw(statement).await?;
        let mut claims = Vec::with_capacity(rows.len());
        for row in rows {
            let attempts: i32 = row.try_get("", "attempts")?;
            claims.push(Claim {
                id: ParcelId(row.try_get("", "id")?),
                attempt: u32::try_from(attempts).unwrap_or(0),
            });
        }
        claims.sort_by_key(|claim| claim.id);
        Ok(claims)
    }

    /// Says what became of a taken parcel; false where the claim is no longer this sender's.
    ///
    /// # Errors
    /// The database.
    pub async fn settle(
        &self,
        claim: Claim,
        settled: &Settled,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (state, next, why) = match settled {
            Settled::Sent => (ParcelState::Sent, None, None),
            Settled::Again { at, why } => (ParcelState::Due, Some(*at), Some(why)),
            Settled::Dead { why } => (ParcelState::Dead, None, Some(why)),
            Settled::GivenUp { why } => (ParcelState::GivenUp, None, Some(why)),
        };
        let mut update = parcel::Entity::update_many()
            .col_expr(parcel::Column::State, Expr::value(state.code()))
            .filter(parcel::Column::Id.eq(claim.id.0))
            .filter(parcel::Column::State.eq(ParcelState::Claimed.code()))
            .filter(parcel::Column::Attempts.eq(i32::try_from(claim.attempt).unwrap_or(i32::MAX)));
        update = match next {
            Some(at) => update.col_expr(parcel::Column::NextAt, Expr::value(at)),
            None => update.col_expr(parcel::Column::SettledAt, Expr::value(now)),
        };
        if let Some(why) = why {
            update = update.col_expr(parcel::Column::Error, Expr::value(why.as_str()));
        }
        Ok(update.exec(&self.tx).await?.rows_affected == 1)
    }

    /// Makes a dead parcel due again; whose it is, `None` where it is not dead.
    ///
    /// Its attempts stay counted: it gets one more, and is dead again where that fails.
    ///
    /// # Errors
    /// The database.
    pub async fn revive(
        &self,
        id: ParcelId,
        now: DateTime<Utc>,
    ) -> Result<Option<PersonId>, StoreError> {
        const TEXT: &str = "UPDATE parcel SET state = 'due', next_at = $2, settled_at = NULL \
            WHERE id = $1 AND state = 'dead' RETURNING person_id";
        self.of_dead(TEXT, id, now).await
    }

    /// Gives a dead parcel up; whose it is, `None` where it is not dead.
    ///
    /// # Errors
    /// The database.
    pub async fn give_up(
        &self,
        id: ParcelId,
        now: DateTime<Utc>,
    ) -> Result<Option<PersonId>, StoreError> {
        const TEXT: &str = "UPDATE parcel SET state = 'given-up', settled_at = $2 \
            WHERE id = $1 AND state = 'dead' RETURNING person_id";
        self.of_dead(TEXT, id, now).await
    }

    async fn of_dead(
        &self,
        text: &str,
        id: ParcelId,
        now: DateTime<Utc>,
    ) -> Result<Option<PersonId>, StoreError> {
        let statement = sql(&self.tx, text, [id.0.into(), now.into()]);
        let row = self.tx.query_one_raw(statement).await?;
        let person = row.map(|row| row.try_get("", "person_id")).transpose()?;
        Ok(person.map(PersonId))
    }
}
