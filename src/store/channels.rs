//! The ways by which people can be reached outside, and whether messages go by them.

use std::fmt;

use chrono::{DateTime, Utc};
use entity::{channel, parcel};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use super::error::StoreError;
use super::ids::PersonId;
use super::parcels::ParcelState;
use super::{Reader, Tx, row};

/// A way out of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// By SMTP, to an e-mail address.
    Mail,
    /// By a signed POST, to an address of the reader's own server.
    Webhook,
}

impl Way {
    /// All of them.
    pub const ALL: [Way; 2] = [Way::Mail, Way::Webhook];

    /// The word in the database and in forms.
    pub fn code(self) -> &'static str {
        match self {
            Way::Mail => "mail",
            Way::Webhook => "webhook",
        }
    }

    /// The way of that word.
    pub fn from_code(code: &str) -> Option<Way> {
        Way::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// How messages go by a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Not at all.
    Off,
    /// Each as it comes.
    Each,
    /// All since the last one together, on the morning of a working day.
    Digest,
}

impl Mode {
    /// All of them.
    pub const ALL: [Mode; 3] = [Mode::Off, Mode::Each, Mode::Digest];

    /// The word in the database and in forms.
    pub fn code(self) -> &'static str {
        match self {
            Mode::Off => "off",
            Mode::Each => "each",
            Mode::Digest => "digest",
        }
    }

    /// The mode of that word.
    pub fn from_code(code: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|mode| mode.code() == code)
    }
}

/// A person's channel.
#[derive(Clone, PartialEq, Eq)]
pub struct Channel {
    /// Which way.
    pub way: Way,
    /// The e-mail address, or the webhook's.
    pub address: String,
    /// What a webhook is signed with.
    pub secret: Option<String>,
    /// How messages go by it.
    pub mode: Mode,
    /// The instant of the last change.
    pub changed_at: DateTime<Utc>,
}

// What is debug-printed ends in logs.
impl fmt::Debug for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Channel")
            .field("way", &self.way)
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

pub(super) fn way(table: &'static str, id: i64, code: &str) -> Result<Way, StoreError> {
    let wrong = || row::wrong(table, "way", id, code, "mail or webhook");
    Way::from_code(code).ok_or_else(wrong)
}

pub(super) fn mode(person: i64, code: &str) -> Result<Mode, StoreError> {
    let wrong = || row::wrong("channel", "mode", person, code, "off, each or digest");
    Mode::from_code(code).ok_or_else(wrong)
}

fn read(row: channel::Model) -> Result<Channel, StoreError> {
    Ok(Channel {
        way: way("channel", row.person_id, &row.way)?,
        mode: mode(row.person_id, &row.mode)?,
        address: row.address,
        secret: row.secret,
        changed_at: row.changed_at,
    })
}

impl Reader {
    /// A person's channels.
    ///
    /// # Errors
    /// The database.
    pub async fn channels(&self, person: PersonId) -> Result<Vec<Channel>, StoreError> {
        let rows = channel::Entity::find()
            .filter(channel::Column::PersonId.eq(person.0))
            .order_by_asc(channel::Column::Way)
            .all(&self.db)
            .await?;
        rows.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Sets where a way leads; its mode stays, and is off where the way is new.
    ///
    /// # Errors
    /// The database.
    pub async fn set_address(
        &self,
        person: PersonId,
        way: Way,
        address: &str,
        secret: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let row = channel::ActiveModel {
            person_id: Set(person.0),
            way: Set(way.code().to_owned()),
            address: Set(address.to_owned()),
            secret: Set(secret.map(str::to_owned)),
            mode: Set(Mode::Off.code().to_owned()),
            changed_at: Set(now),
        };
        let known = OnConflict::columns([channel::Column::PersonId, channel::Column::Way])
            .update_columns([
                channel::Column::Address,
                channel::Column::Secret,
                channel::Column::ChangedAt,
            ])
            .to_owned();
        channel::Entity::insert(row)
            .on_conflict(known)
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }

    /// Chooses how messages go by a way; false where the person has no address there.
    ///
    /// What still waits is never lost in silence: a digest that gathered goes out at once when each
    /// message is to come by itself, and is given up, with the reason, when the way is closed.
    ///
    /// # Errors
    /// The database.
    pub async fn set_mode(
        &self,
        person: PersonId,
        way: Way,
        mode: Mode,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let changed = channel::Entity::update_many()
            .col_expr(channel::Column::Mode, Expr::value(mode.code()))
            .col_expr(channel::Column::ChangedAt, Expr::value(now))
            .filter(channel::Column::PersonId.eq(person.0))
            .filter(channel::Column::Way.eq(way.code()))
            .exec(&self.tx)
            .await?;
        if changed.rows_affected == 0 {
            return Ok(false);
        }
        match mode {
            Mode::Off => self.give_up_waiting(person, way, now).await?,
            Mode::Each => {
                parcel::Entity::update_many()
                    .col_expr(parcel::Column::State, Expr::value(ParcelState::Due.code()))
                    .filter(parcel::Column::PersonId.eq(person.0))
                    .filter(parcel::Column::Way.eq(way.code()))
                    .filter(parcel::Column::State.eq(ParcelState::Gathering.code()))
                    .exec(&self.tx)
                    .await?;
            }
            Mode::Digest => {}
        }
        Ok(true)
    }

    /// Forgets a way, with what still waits to go by it; false where there was none.
    ///
    /// # Errors
    /// The database.
    pub async fn remove_channel(
        &self,
        person: PersonId,
        way: Way,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let gone = channel::Entity::delete_many()
            .filter(channel::Column::PersonId.eq(person.0))
            .filter(channel::Column::Way.eq(way.code()))
            .exec(&self.tx)
            .await?;
        self.give_up_waiting(person, way, now).await?;
        Ok(gone.rows_affected == 1)
    }

    async fn give_up_waiting(
        &self,
        person: PersonId,
        way: Way,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let waiting = [ParcelState::Gathering.code(), ParcelState::Due.code()];
        parcel::Entity::update_many()
            .col_expr(
                parcel::Column::State,
                Expr::value(ParcelState::GivenUp.code()),
            )
            .col_expr(parcel::Column::SettledAt, Expr::value(now))
            .col_expr(parcel::Column::Error, Expr::value("收件人已关闭这种方式"))
            .filter(parcel::Column::PersonId.eq(person.0))
            .filter(parcel::Column::Way.eq(way.code()))
            .filter(parcel::Column::State.is_in(waiting))
            .exec(&self.tx)
            .await?;
        Ok(())
    }
}
