//! The home page of each role.

mod sort;

use super::model::{BureauHome, CompanyHome, OfficeHome};
use super::{Actor, Moment, Office, OfficeError};

#[expect(
    clippy::unused_async,
    clippy::todo,
    reason = "signatures stand before their bodies"
)]
impl Office {
    /// The company's home.
    ///
    /// # Errors
    /// Forbidden to others.
    pub async fn company_home(
        &self,
        _actor: &Actor,
        _at: Moment,
    ) -> Result<CompanyHome, OfficeError> {
        todo!()
    }
    /// The home of the actor's bureau.
    ///
    /// # Errors
    /// Forbidden to others.
    pub async fn bureau_home(
        &self,
        _actor: &Actor,
        _at: Moment,
    ) -> Result<BureauHome, OfficeError> {
        todo!()
    }
    /// The government office's home.
    ///
    /// # Errors
    /// Forbidden to others.
    pub async fn office_home(
        &self,
        _actor: &Actor,
        _at: Moment,
    ) -> Result<OfficeHome, OfficeError> {
        todo!()
    }
}

#[cfg(test)]
mod tests;
