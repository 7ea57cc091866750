//! Lists: projects by search, bureaus.

use super::model::home::ProjectSearch;
use super::model::{Page, ProjectCard};
use super::{Actor, Bureau, Moment, Office, OfficeError};

#[expect(
    clippy::unused_async,
    clippy::todo,
    reason = "signatures stand before their bodies"
)]
impl Office {
    /// The project list; officers see projects that have a step at their bureau.
    ///
    /// # Errors
    /// The store.
    pub async fn projects(
        &self,
        _actor: &Actor,
        _search: &ProjectSearch,
        _at: Moment,
    ) -> Result<Page<ProjectCard>, OfficeError> {
        todo!()
    }
    /// All bureaus, by level, county and kind.
    ///
    /// # Errors
    /// The store.
    pub async fn bureaus(&self, _actor: &Actor) -> Result<Vec<Bureau>, OfficeError> {
        todo!()
    }
}
