//! New projects, and the joint filing of clause 1.

use super::{Actor, FileJointly, Moment, NewProject, Office, OfficeError, ProjectId, Recorded};

#[expect(
    clippy::unused_async,
    clippy::todo,
    reason = "signatures stand before their bodies"
)]
impl Office {
    /// Makes a project with one filing for each step of its route.
    ///
    /// # Errors
    /// Invalid, Facts, Forbidden, AlreadyMade.
    pub async fn create_project(
        &self,
        _actor: &Actor,
        _new: NewProject,
        _at: Moment,
    ) -> Result<ProjectId, OfficeError> {
        todo!()
    }
    /// Files the county reviews and the city pre-review at the same moment (第1条).
    ///
    /// # Errors
    /// As [`Office::record`]; all or nothing.
    pub async fn file_jointly(
        &self,
        _actor: &Actor,
        _joint: FileJointly,
        _at: Moment,
    ) -> Result<Vec<Recorded>, OfficeError> {
        todo!()
    }
}
