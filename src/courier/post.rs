//! The second loop: what is due outside the house is sent.
//!
//! # Why
//! The office gives out parcels under a lease, so any number of servers may run this at once. A
//! parcel is marked after it was sent: should the program end between the two, it is sent again
//! when the lease has run out, with the same Message-ID or delivery header, by which a receiver
//! knows the repetition. The clock is handed in.

use std::future::Future;
use std::time::Duration;

use futures_util::future::join_all;

use super::mail::Mailer;
use super::webhook::Hooks;
use super::{Clock, SetupError};
use crate::config::Config;
use crate::office::model::delivery::{Parcel, Posted};
use crate::office::{Moment, Office, Way};

/// How long the sender sleeps when nothing is due.
pub const SEND_EVERY: Duration = Duration::from_secs(20);

/// Parcels that are taken, and sent, at once.
const AT_ONCE: u64 = 4;

/// The longest that sending one may take; far less than a lease.
const LONGEST: Duration = Duration::from_secs(60);

/// The ways out of the house that the operator has set up.
pub struct Senders {
    mail: Option<Mailer>,
    hooks: Option<Hooks>,
}

impl std::fmt::Debug for Senders {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Senders")
            .field("mail", &self.mail.is_some())
            .field("hooks", &self.hooks.is_some())
            .finish()
    }
}

/// What one round did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Round {
    /// Parcels that were taken.
    pub taken: usize,
    /// Those that were sent.
    pub sent: usize,
}

impl Senders {
    /// What the settings allow; without a public address nothing goes out.
    ///
    /// # Errors
    /// A file that cannot be read, or settings that no connection can be made with.
    pub fn new(config: &Config) -> Result<Senders, SetupError> {
        let open = config.site().is_some();
        let mail = config.mail.as_ref().filter(|_| open);
        Ok(Senders {
            mail: mail.map(Mailer::new).transpose()?,
            hooks: if open { Some(Hooks::new()?) } else { None },
        })
    }

    async fn send(&self, way: Way, parcel: &Parcel, at: Moment) -> Posted {
        let sending = async {
            match (way, &self.mail, &self.hooks) {
                (Way::Mail, Some(mail), _) => mail.send(parcel, at).await,
                (Way::Webhook, _, Some(hooks)) => hooks.send(parcel, at).await,
                _ => Posted::Failed("这种方式未启用".to_owned()),
            }
        };
        let late = || Posted::Failed("超过60秒没有送到".to_owned());
        tokio::time::timeout(LONGEST, sending)
            .await
            .unwrap_or_else(|_| late())
    }

    fn open(&self, way: Way) -> bool {
        match way {
            Way::Mail => self.mail.is_some(),
            Way::Webhook => self.hooks.is_some(),
        }
    }
}

/// Sends what is due until `stop` comes; a round that is under way is let finish.
pub async fn send(
    office: Office,
    senders: Senders,
    clock: Clock,
    every: Duration,
    stop: impl Future<Output = ()>,
) {
    tokio::pin!(stop);
    loop {
        let (mail, hooks) = tokio::join!(
            round(&office, &senders, Way::Mail, &clock),
            round(&office, &senders, Way::Webhook, &clock),
        );
        let pause = match mail.taken + hooks.taken {
            0 => every,
            _ => Duration::ZERO,
        };
        tokio::select! {
            biased;
            () = &mut stop => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Takes some parcels of one way, sends them at once and says what became of each.
///
/// A store that fails is logged; what was taken is due again when its lease has run out.
pub async fn round(office: &Office, senders: &Senders, way: Way, clock: &Clock) -> Round {
    if !senders.open(way) {
        return Round::default();
    }
    let parcels = match office.take_parcels(way, clock(), AT_ONCE).await {
        Ok(parcels) => parcels,
        Err(error) => {
            tracing::error!(%error, way = way.code(), "parcels could not be taken");
            return Round::default();
        }
    };
    let sent = join_all(parcels.iter().map(|parcel| async {
        let posted = senders.send(way, parcel, clock()).await;
        let sent = posted == Posted::Sent;
        if let Posted::Failed(why) | Posted::Refused(why) = &posted {
            tracing::warn!(parcel = %parcel.claim.id, way = way.code(), why, "not delivered");
        }
        if let Err(error) = office.posted(parcel.claim, posted, clock()).await {
            tracing::error!(%error, parcel = %parcel.claim.id, "a delivery could not be marked");
        }
        usize::from(sent)
    }));
    Round {
        taken: parcels.len(),
        sent: sent.await.into_iter().sum(),
    }
}
