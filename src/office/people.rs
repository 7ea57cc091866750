//! The administrator's people.

use super::{Actor, Bureau, Moment, NewPerson, Office, OfficeError, Person, PersonId};

#[expect(
    clippy::unused_async,
    clippy::todo,
    reason = "signatures stand before their bodies"
)]
impl Office {
    /// Everyone, for the administrator.
    ///
    /// # Errors
    /// Forbidden to others.
    pub async fn people(
        &self,
        _actor: &Actor,
    ) -> Result<Vec<(Person, Option<Bureau>)>, OfficeError> {
        todo!()
    }
    /// Adds a person.
    ///
    /// # Errors
    /// Forbidden, Invalid.
    pub async fn add_person(
        &self,
        _actor: &Actor,
        _new: NewPerson,
        _at: Moment,
    ) -> Result<PersonId, OfficeError> {
        todo!()
    }
    /// Lets a person log in, or no longer; ends their sessions when not.
    ///
    /// # Errors
    /// Forbidden; Invalid for oneself.
    pub async fn set_active(
        &self,
        _actor: &Actor,
        _person: PersonId,
        _active: bool,
        _at: Moment,
    ) -> Result<(), OfficeError> {
        todo!()
    }
    /// Sets another's password and ends their sessions.
    ///
    /// # Errors
    /// Forbidden, Invalid.
    pub async fn reset_password(
        &self,
        _actor: &Actor,
        _person: PersonId,
        _password: &str,
        _at: Moment,
    ) -> Result<(), OfficeError> {
        todo!()
    }
}
