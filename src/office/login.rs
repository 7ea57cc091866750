//! Logging in, sessions, passwords.

use std::fmt::Write as _;

use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};

use super::{
    Actor, Bureau, FieldFault, LiveSession, Moment, NewSession, Office, OfficeError, Person,
    password,
};

impl Actor {
    pub(super) fn of(person: Person, bureau: Option<Bureau>) -> Actor {
        Actor {
            id: person.id,
            login: person.login,
            name: person.name,
            role: person.role,
            bureau,
            lead: person.lead,
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

pub(super) fn secret() -> Result<String, OfficeError> {
    let mut bytes = [0_u8; 32];
    OsRng
        .try_fill_bytes(&mut bytes)
        .map_err(|error| OfficeError::Store(format!("no randomness: {error}")))?;
    Ok(hex(&bytes))
}

pub(super) fn hash_of(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

impl Office {
    /// Checks a login and opens a session. A wrong name and a wrong password read the same.
    ///
    /// # Errors
    /// [`OfficeError::LoginRefused`].
    pub async fn login(
        &self,
        login: &str,
        password: &str,
        at: Moment,
    ) -> Result<NewSession, OfficeError> {
        let login = login.trim().to_lowercase();
        if !self.guard.admits(&login, at.now) {
            let message = "登录失败次数过多,请 15 分钟后再试";
            return Err(OfficeError::LoginRefused(message.to_owned()));
        }
        let known = self.store.reader().person_by_login(&login).await?;
        let hash = known.as_ref().map(|(_, hash)| hash.clone());
        let right = password::matches(password, hash, self.cost).await;
        let Some((person, _)) = known.filter(|(person, _)| right && person.active) else {
            return Err(OfficeError::LoginRefused("登录名或密码不正确".to_owned()));
        };
        self.guard.succeeded(&login);
        let session = NewSession {
            token: secret()?,
            csrf: secret()?,
            expires_at: at.now + self.session,
        };
        let tx = self.begin().await?;
        tx.insert_session(
            &hash_of(&session.token),
            person.id,
            &session.csrf,
            at.now,
            session.expires_at,
        )
        .await?;
        tx.audit(
            at.now,
            Some(person.id),
            "login",
            &format!("person {}", person.id),
            "",
        )
        .await?;
        tx.commit().await?;
        Ok(session)
    }

    /// The session behind a cookie's token, if it lives.
    ///
    /// # Errors
    /// The store.
    pub async fn session(
        &self,
        token: &str,
        at: Moment,
    ) -> Result<Option<LiveSession>, OfficeError> {
        let found = self.store.reader().session(&hash_of(token), at.now).await?;
        if let Some(found) = &found {
            self.calendar_is_of(found.calendar).await?;
        }
        Ok(found.map(|found| LiveSession {
            actor: Actor::of(found.person, found.bureau),
            csrf: found.csrf,
            unread: found.unread,
        }))
    }

    /// Ends the session.
    ///
    /// # Errors
    /// The store.
    pub async fn logout(&self, token: &str) -> Result<(), OfficeError> {
        let tx = self.begin().await?;
        tx.delete_session(&hash_of(token)).await?;
        Ok(tx.commit().await?)
    }

    /// Changes one's own password and ends one's other sessions.
    ///
    /// # Errors
    /// [`OfficeError::Invalid`].
    pub async fn change_password(
        &self,
        actor: &Actor,
        old: &str,
        new: &str,
        keep_token: &str,
        at: Moment,
    ) -> Result<(), OfficeError> {
        password::check_form("new", new)?;
        let known = self.store.reader().person(actor.id).await?;
        let hash = known.map(|(_, hash)| hash);
        if !password::matches(old, hash, self.cost).await {
            let fault = FieldFault {
                field: "old",
                message: "原密码不正确".to_owned(),
            };
            return Err(OfficeError::Invalid(vec![fault]));
        }
        let hash = password::hash(new, self.cost).await?;
        let tx = self.begin().await?;
        tx.set_password_hash(actor.id, &hash).await?;
        tx.delete_sessions_of(actor.id, Some(&hash_of(keep_token)))
            .await?;
        let subject = format!("person {}", actor.id);
        tx.audit(at.now, Some(actor.id), "change-password", &subject, "")
            .await?;
        Ok(tx.commit().await?)
    }
}
