//! Logging in, sessions, passwords.

use super::{Actor, LiveSession, Moment, NewSession, Office, OfficeError};

#[expect(
    clippy::unused_async,
    clippy::todo,
    reason = "signatures stand before their bodies"
)]
impl Office {
    /// Checks a login and opens a session. A wrong name and a wrong password read the same.
    ///
    /// # Errors
    /// [`OfficeError::LoginRefused`].
    pub async fn login(
        &self,
        _login: &str,
        _password: &str,
        _at: Moment,
    ) -> Result<NewSession, OfficeError> {
        todo!()
    }
    /// The session behind a cookie's token, if it lives.
    ///
    /// # Errors
    /// The store.
    pub async fn session(
        &self,
        _token: &str,
        _at: Moment,
    ) -> Result<Option<LiveSession>, OfficeError> {
        todo!()
    }
    /// Ends the session.
    ///
    /// # Errors
    /// The store.
    pub async fn logout(&self, _token: &str) -> Result<(), OfficeError> {
        todo!()
    }
    /// Changes one's own password and ends one's other sessions.
    ///
    /// # Errors
    /// [`OfficeError::Invalid`].
    pub async fn change_password(
        &self,
        _actor: &Actor,
        _old: &str,
        _new: &str,
        _keep_token: &str,
        _at: Moment,
    ) -> Result<(), OfficeError> {
        todo!()
    }
}
