//! The secret address of a calendar feed: made, made anew, revoked, and opened without a login.
//!
//! # Why
//! A calendar program cannot log in, so the address itself is the secret: 256 random bits, kept
//! only as a hash, under which it is looked up; how much of a guess was right cannot be timed. What
//! it opens is read with the rights that its owner has at that moment.

use super::super::actor::{Act, permit};
use super::super::login::{hash_of, secret};
use super::super::model::delivery::Feed;
use super::super::{Actor, Moment, Office, OfficeError};
use crate::store::record::Role;

impl Office {
    /// Opens a feed of one's own deadlines and closes the one before; the secret of its address,
    /// which is not shown again.
    ///
    /// # Errors
    /// Forbidden to the administrator, who has no deadlines.
    pub async fn renew_feed(&self, actor: &Actor, at: Moment) -> Result<String, OfficeError> {
        let _permit = permit(actor, Act::OpenFeed)?;
        let secret = secret()?;
        let tx = self.begin().await?;
        let renewed = tx.revoke_feed(actor.id, at.now).await?;
        tx.insert_feed(actor.id, &hash_of(&secret), at.now).await?;
        let subject = format!("person {}", actor.id);
        let detail = if renewed { "renewed" } else { "" };
        tx.audit(at.now, Some(actor.id), "open-feed", &subject, detail)
            .await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// Closes the feed of one's own deadlines.
    ///
    /// # Errors
    /// NotFound: there is none.
    pub async fn revoke_feed(&self, actor: &Actor, at: Moment) -> Result<(), OfficeError> {
        let tx = self.begin().await?;
        if !tx.revoke_feed(actor.id, at.now).await? {
            return Err(OfficeError::NotFound("feed"));
        }
        let subject = format!("person {}", actor.id);
        tx.audit(at.now, Some(actor.id), "revoke-feed", &subject, "")
            .await?;
        Ok(tx.commit().await?)
    }

    /// The deadlines behind a feed's secret.
    ///
    /// # Errors
    /// NotFound: no such feed, or it was revoked, or its owner cannot log in any more.
    pub async fn feed(&self, secret: &str, at: Moment) -> Result<Feed, OfficeError> {
        let none = || OfficeError::NotFound("feed");
        let reader = self.store.reader();
        let owner = reader.feed(&hash_of(secret)).await?.ok_or_else(none)?;
        let (person, _) = reader.person(owner).await?.ok_or_else(none)?;
        if !person.active {
            return Err(none());
        }
        let bureau = match person.role {
            Role::Officer { bureau } => reader.bureau(bureau).await?,
            _ => None,
        };
        let actor = Actor::of(person, bureau);
        let _permit = permit(&actor, Act::OpenFeed).map_err(|_| none())?;
        self.deadlines(&actor, at).await
    }
}
