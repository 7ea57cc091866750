//! Messages outside the inbox: who gets them by which way, what is sent, what could not be, and
//! the calendar feed of one's own deadlines.
//!
//! # Why
//! A message is one row in the inbox; each way of delivery keeps its own rows beside it, written in
//! the message's transaction (`store::parcels`). The courier asks for what is due, sends it, and
//! says what became of it; this room knows no SMTP and no HTTP.

mod address;
mod dead;
mod deadlines;
mod feed;
mod letter;
mod morning;
mod pauses;
mod post;

use super::actor::{Act, permit};
use super::login::secret;
use super::model::delivery::{ChannelHere, FeedHere, NoticesPage, Shut};
use super::{Actor, FieldFault, Moment, Office, OfficeError, PersonId};
use crate::store::{Channel, Mode, Way};

/// What the operator has set up for messages that leave the house.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outlets {
    /// The address that mails come from; `None`: there is no mail server.
    pub mail_from: Option<String>,
    /// The address at which people reach this site, without a slash at its end.
    pub site: Option<String>,
}

impl Outlets {
    /// Why nothing goes by that way; `None`: it is open.
    pub fn shut(&self, way: Way) -> Option<Shut> {
        match way {
            Way::Mail if self.mail_from.is_none() => Some(Shut::NoMail),
            Way::Mail | Way::Webhook if self.site.is_none() => Some(Shut::NoSite),
            Way::Mail | Way::Webhook => None,
        }
    }
}

/// A page of this site as somebody outside reaches it.
fn site_link(site: &str, path: &str) -> String {
    format!("{}{path}", site.trim_end_matches('/'))
}

fn invalid(field: &'static str, message: impl Into<String>) -> OfficeError {
    OfficeError::Invalid(vec![FieldFault {
        field,
        message: message.into(),
    }])
}

impl Office {
    /// The same office with ways out of the house; without them everything stays in the inbox.
    #[must_use]
    pub fn with_outlets(self, outlets: Outlets) -> Office {
        Office { outlets, ..self }
    }

    /// What the operator has set up for messages that leave the house.
    pub fn outlets(&self) -> &Outlets {
        &self.outlets
    }

    /// How a person is told outside the inbox: one's own page, or the administrator's of anybody.
    ///
    /// # Errors
    /// Forbidden for somebody else's; NotFound: no such person.
    pub async fn notices_page(
        &self,
        actor: &Actor,
        person: PersonId,
    ) -> Result<NoticesPage, OfficeError> {
        let own = person == actor.id;
        let keeps = permit(actor, Act::KeepPeople);
        if !own {
            let _permit = permit(actor, Act::KeepPeople)?;
        }
        let reader = self.store.reader();
        let found = reader.person(person).await?;
        let (found, _) = found.ok_or(OfficeError::NotFound("person"))?;
        let channels = reader.channels(person).await?;
        let feed = match own && permit(actor, Act::OpenFeed).is_ok() {
            true => Some(FeedHere {
                since: reader.feed_since(person).await?,
            }),
            false => None,
        };
        Ok(NoticesPage {
            person,
            name: found.name,
            login: found.login,
            own,
            keeps_webhook: keeps.is_ok(),
            channels: Way::ALL.map(|way| self.channel_here(way, &channels)),
            feed,
        })
    }

    fn channel_here(&self, way: Way, known: &[Channel]) -> ChannelHere {
        let known = known.iter().find(|channel| channel.way == way);
        ChannelHere {
            way,
            shut: self.outlets.shut(way),
            address: known.map(|channel| channel.address.clone()),
            mode: known.map_or(Mode::Off, |channel| channel.mode),
        }
    }

    /// Sets a person's e-mail address, or with an empty text forgets it; one's own, or anybody's by
    /// the administrator.
    ///
    /// # Errors
    /// Forbidden, NotFound; Invalid for a text that is no address.
    pub async fn set_email(
        &self,
        actor: &Actor,
        person: PersonId,
        email: &str,
        at: Moment,
    ) -> Result<(), OfficeError> {
        if person != actor.id {
            let _permit = permit(actor, Act::KeepPeople)?;
        }
        let email = email.trim();
        if !email.is_empty() {
            address::email(email).map_err(|words| invalid("email", words))?;
        }
        self.known_person(person).await?;
        let tx = self.begin().await?;
        if email.is_empty() {
            tx.remove_channel(person, Way::Mail, at.now).await?;
        } else {
            tx.set_address(person, Way::Mail, email, None, at.now)
                .await?;
        }
        let (subject, what) = (format!("person {person}"), email.is_empty());
        let detail = if what { "removed" } else { "set" };
        tx.audit(at.now, Some(actor.id), "set-email", &subject, detail)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Chooses how one's own messages go by a way.
    ///
    /// # Errors
    /// A rule where the way is shut or leads nowhere.
    pub async fn choose_mode(
        &self,
        actor: &Actor,
        way: Way,
        mode: Mode,
        at: Moment,
    ) -> Result<(), OfficeError> {
        if let Some(shut) = self.outlets.shut(way).filter(|_| mode != Mode::Off) {
            return Err(OfficeError::rule("way-shut", shut_words(shut)));
        }
        let tx = self.begin().await?;
        if !tx.set_mode(actor.id, way, mode, at.now).await? && mode != Mode::Off {
            let instead = match way {
                Way::Mail => "还没有邮箱地址；请先填写邮箱",
                Way::Webhook => "还没有回调地址；回调地址由系统管理员设置",
            };
            return Err(OfficeError::rule("no-address", instead));
        }
        let subject = format!("person {}", actor.id);
        let detail = format!("{} {}", way.code(), mode.code());
        tx.audit(at.now, Some(actor.id), "choose-mode", &subject, &detail)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Sets where a person's webhook leads, for the administrator; the secret that it is signed
    /// with from now on, which is not shown again.
    ///
    /// Only an administrator may, because this server calls the address, also one inside its own
    /// network.
    ///
    /// # Errors
    /// Forbidden, NotFound; Invalid for an address that is none.
    pub async fn set_webhook(
        &self,
        actor: &Actor,
        person: PersonId,
        url: &str,
        at: Moment,
    ) -> Result<String, OfficeError> {
        let _permit = permit(actor, Act::KeepPeople)?;
        let url = url.trim();
        address::webhook(url).map_err(|words| invalid("url", words))?;
        self.known_person(person).await?;
        let secret = secret()?;
        let tx = self.begin().await?;
        tx.set_address(person, Way::Webhook, url, Some(&secret), at.now)
            .await?;
        let subject = format!("person {person}");
        tx.audit(at.now, Some(actor.id), "set-webhook", &subject, url)
            .await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// Forgets a person's webhook, for the administrator.
    ///
    /// # Errors
    /// Forbidden; NotFound: there is none.
    pub async fn remove_webhook(
        &self,
        actor: &Actor,
        person: PersonId,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let _permit = permit(actor, Act::KeepPeople)?;
        let tx = self.begin().await?;
        if !tx.remove_channel(person, Way::Webhook, at.now).await? {
            return Err(OfficeError::NotFound("webhook"));
        }
        let subject = format!("person {person}");
        tx.audit(at.now, Some(actor.id), "remove-webhook", &subject, "")
            .await?;
        Ok(tx.commit().await?)
    }

    async fn known_person(&self, person: PersonId) -> Result<(), OfficeError> {
        let found = self.store.reader().person(person).await?;
        found.map(|_| ()).ok_or(OfficeError::NotFound("person"))
    }
}

fn shut_words(shut: Shut) -> &'static str {
    match shut {
        Shut::NoMail => "本系统没有设置邮件服务器，不能用邮件接收消息；消息都在“消息”页",
        Shut::NoSite => "本系统没有设置对外网址，消息不能送到系统之外；消息都在“消息”页",
    }
}

#[cfg(test)]
mod tests;
