//! What the courier asks for and says: parcels taken under a lease, and what became of them.

use std::collections::{BTreeMap, HashMap};

use chrono::TimeDelta;

use super::super::model::delivery::{Note, Parcel, Posted};
use super::super::{Moment, Office, OfficeError};
use super::{letter, morning, pauses, site_link};
use crate::store::{Claim, Message, ParcelId, Settled, ToSend, Way};

/// How long a sender has a parcel for itself: many times the longest that sending one may take, so
/// that only a sender that is gone loses it.
const LEASE: TimeDelta = TimeDelta::minutes(5);

/// More tries than that no failure can have used up: the program must have ended in the middle, again
/// and again, and sending this parcel may be why.
const MOST_TRIES: u32 = 50;

/// The most characters that a failure says.
const WHY: usize = 300;

impl Office {
    /// Takes at most `limit` parcels that are due by that way.
    ///
    /// Those whose receiver wants them no longer are settled on the way and not given out.
    ///
    /// # Errors
    /// The store; then what was taken is due again when its lease runs out.
    pub async fn take_parcels(
        &self,
        way: Way,
        at: Moment,
        limit: u64,
    ) -> Result<Vec<Parcel>, OfficeError> {
        let Some(site) = self.outlets.site.as_deref() else {
            return Ok(Vec::new());
        };
        let morning = morning::last(at, &self.calendar());
        let reader = self.store.reader();
        // Mostly nothing is due; then nobody is kept from writing.
        if !reader.any_parcel(way, at.now, morning).await? {
            return Ok(Vec::new());
        }
        let tx = self.begin().await?;
        if let Some(morning) = morning {
            tx.close_digests(way, morning).await?;
        }
        let claims = tx.claim(way, at.now, at.now + LEASE, limit).await?;
        tx.commit().await?;
        let ids: Vec<ParcelId> = claims.iter().map(|claim| claim.id).collect();
        let mut known: HashMap<ParcelId, ToSend> = reader
            .to_send(&ids)
            .await?
            .into_iter()
            .map(|one| (one.id, one))
            .collect();
        let mut messages: BTreeMap<ParcelId, Vec<Message>> = BTreeMap::new();
        for (parcel, message) in reader.messages_of(&ids).await? {
            messages.entry(parcel).or_default().push(message);
        }
        let mut parcels = Vec::with_capacity(claims.len());
        for claim in claims {
            let Some(parcel) = known.remove(&claim.id) else {
                continue;
            };
            match ready(claim, parcel, messages.remove(&claim.id), site) {
                Ok(parcel) => parcels.push(parcel),
                Err(settled) => self.settle_parcel(claim, &settled, at).await?,
            }
        }
        Ok(parcels)
    }

    /// Says what became of a parcel that was taken.
    ///
    /// # Errors
    /// The store; then it is due again when its lease runs out, and the receiver may see it twice,
    /// under the same key.
    pub async fn posted(
        &self,
        claim: Claim,
        posted: Posted,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let settled = match posted {
            Posted::Sent => Settled::Sent,
            Posted::Refused(why) => Settled::Dead { why: cut(&why) },
            Posted::Failed(why) => match pauses::after(claim.attempt) {
                Some(pause) => Settled::Again {
                    at: at.now + pause,
                    why: cut(&why),
                },
                None => Settled::Dead { why: cut(&why) },
            },
        };
        self.settle_parcel(claim, &settled, at).await
    }

    async fn settle_parcel(
        &self,
        claim: Claim,
        settled: &Settled,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let tx = self.begin().await?;
        // Another sender has it by now; what becomes of it is that one's to say.
        if !tx.settle(claim, settled, at.now).await? {
            return Ok(());
        }
        let word = match settled {
            Settled::Sent => "sent",
            Settled::Again { .. } => "failed",
            Settled::Dead { .. } => "dead",
            Settled::GivenUp { .. } => "given up",
        };
        let subject = format!("parcel {}", claim.id);
        let detail = format!("{word}, try {}", claim.attempt);
        tx.audit(at.now, None, "post", &subject, &detail).await?;
        Ok(tx.commit().await?)
    }
}

/// The parcel ready to be sent; `Err`: what becomes of it instead.
fn ready(
    claim: Claim,
    parcel: ToSend,
    messages: Option<Vec<Message>>,
    site: &str,
) -> Result<Parcel, Settled> {
    let gone = |why: &str| {
        let why = why.to_owned();
        Err(Settled::GivenUp { why })
    };
    if !parcel.active {
        return gone("收件人的账号已停用");
    }
    let Some(channel) = parcel.channel else {
        return gone("收件人已关闭这种方式");
    };
    if claim.attempt > MOST_TRIES {
        return Err(Settled::Dead {
            why: "多次在发送途中中断".to_owned(),
        });
    }
    let notes: Vec<Note> = messages
        .unwrap_or_default()
        .into_iter()
        .map(|message| Note {
            id: message.id.0,
            kind: message.kind,
            subject: message.subject,
            body: message.body,
            link: site_link(site, &message.link),
            belongs_on: message.belongs_on,
            at: message.at,
        })
        .collect();
    Ok(Parcel {
        claim,
        key: format!("parcel-{}-{}", parcel.id, parcel.created_at.timestamp()),
        letter: letter::of(&parcel.name, parcel.digest, &notes, site),
        name: parcel.name,
        address: channel.address,
        secret: channel.secret,
        digest: parcel.digest,
        notes,
    })
}

fn cut(why: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    why.chars().map(plain).take(WHY).collect()
}
