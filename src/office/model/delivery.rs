//! Messages on their way out of the house, and calendar feeds, as the doors see them.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};

use super::Page;
use crate::store::{Claim, DeadRow, Mode, ParcelState, PersonId, Way};

/// Why nothing goes by a way on this installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shut {
    /// The operator has set no mail server.
    NoMail,
    /// The operator has not set the address at which people reach this site, which every message
    /// leads to.
    NoSite,
}

/// A person's channel as the settings page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelHere {
    /// Which way.
    pub way: Way,
    /// Why it is shut; `None`: it is open.
    pub shut: Option<Shut>,
    /// Where it leads.
    pub address: Option<String>,
    /// How messages go by it.
    pub mode: Mode,
}

/// What a person is told outside the inbox, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticesPage {
    /// Whose.
    pub person: PersonId,
    /// That person's name.
    pub name: String,
    /// That person's login name.
    pub login: String,
    /// True: the reader's own page; false: the administrator's of somebody else.
    pub own: bool,
    /// True: the reader may set where the webhook leads.
    pub keeps_webhook: bool,
    /// Mail, then webhook.
    pub channels: [ChannelHere; 2],
    /// The calendar feed; `None`: this role has no deadlines.
    pub feed: Option<FeedHere>,
}

/// A person's calendar feed as the settings page shows it; the secret is not known any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedHere {
    /// When the open feed was made; `None`: there is none.
    pub since: Option<DateTime<Utc>>,
}

/// A message as it leaves the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its row.
    pub id: i64,
    /// What it is about, by its word.
    pub kind: String,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub body: String,
    /// The page that it leads to, with the site's address.
    pub link: String,
    /// The day that it belongs to.
    pub belongs_on: NaiveDate,
    /// The instant of writing.
    pub at: DateTime<Utc>,
}

/// The words of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

/// A parcel that this sender has taken, with all that sending it needs.
#[derive(Clone, PartialEq, Eq)]
pub struct Parcel {
    /// By what it is settled.
    pub claim: Claim,
    /// What stays the same however often it is sent, so that the receiver knows a repetition.
    pub key: String,
    /// The receiver's name.
    pub name: String,
    /// The e-mail address, or the webhook's.
    pub address: String,
    /// What a webhook is signed with.
    pub secret: Option<String>,
    /// True: a digest.
    pub digest: bool,
    /// Its messages, in the order of writing.
    pub notes: Vec<Note>,
    /// The same as a mail.
    pub letter: Letter,
}

// What is debug-printed ends in logs.
impl fmt::Debug for Parcel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parcel")
            .field("claim", &self.claim)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// What a sender says of a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Posted {
    /// The receiver has taken it.
    Sent,
    /// It failed, and may do better later.
    Failed(String),
    /// The receiver refuses it for good.
    Refused(String),
}

/// What the administrator sees of deliveries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveriesPage {
    /// Dead parcels, the newest first.
    pub dead: Page<DeadRow>,
    /// Each way: why it is shut, and how many parcels wait, by state.
    pub ways: Vec<WayHere>,
}

/// One way out of the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayHere {
    /// Which.
    pub way: Way,
    /// Why it is shut; `None`: it is open.
    pub shut: Option<Shut>,
    /// From which address, for mail.
    pub from: Option<String>,
    /// Parcels that are not settled, by state.
    pub counts: Vec<(ParcelState, u64)>,
}

/// A date that somebody has to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The same as long as it is the same deadline, wherever it moves.
    pub uid: String,
    /// The day.
    pub on: NaiveDate,
    /// Grows with every change.
    pub sequence: u32,
    /// When it last changed.
    pub changed: DateTime<Utc>,
    /// One line.
    pub summary: String,
    /// What it is and whose.
    pub description: String,
    /// The page about it, where the site's address is known.
    pub link: Option<String>,
}

/// A person's deadlines as a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// The calendar's name.
    pub name: String,
    /// What is in it and what is not.
    pub description: String,
    /// Its dates.
    pub deadlines: Vec<Deadline>,
}
