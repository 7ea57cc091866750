//! The office decides who may ask: use cases over store and statute.
//!
//! No SQL, no HTTP, no HTML. Every use case takes the actor and the moment; every event enters
//! by one path, [`Office::record`].

pub mod actor;
mod board;
mod card;
pub mod error;
mod home;
mod lines;
pub mod model;
mod page;
mod preview;
pub mod request;
mod timeline;

pub use actor::Actor;
pub use error::{FieldFault, OfficeError, OfficeRule};
pub use request::*;

// The doors may not name the store; these values are what the office speaks of with them.
pub use crate::store::record::{Bureau, Person, Role};
pub use crate::store::{BureauId, FilingId, PersonId, ProjectId};

use crate::statute::calendar::Calendar;
use crate::statute::plan::{Plan, ProjectFacts};
use model::{
    Board, BureauHome, CompanyHome, OfficeHome, Page, ProjectCard, ProjectPage, RoutePreview,
    StepPage, home::ProjectSearch,
};

/// The use cases. Cheap to clone; held by the doors.
#[derive(Clone)]
pub struct Office {}

#[expect(clippy::unused_async, reason = "signatures stand before their bodies")]
impl Office {
    /// The catalogue that new projects begin under.
    pub fn plan(&self) -> &Plan {
        todo!()
    }
    /// The calendar that due dates are reckoned by, with the operator's newer notices.
    pub fn calendar(&self) -> &Calendar {
        todo!()
    }
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
    /// The overdue or near-due board; officers see their own bureau's rows.
    ///
    /// # Errors
    /// The store.
    pub async fn board(
        &self,
        _actor: &Actor,
        _query: &BoardQuery,
        _at: Moment,
    ) -> Result<Board, OfficeError> {
        todo!()
    }
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
    /// The route as facts are typed; writes nothing.
    ///
    /// # Errors
    /// [`OfficeError::Facts`].
    pub fn preview(&self, _facts: &ProjectFacts, _at: Moment) -> Result<RoutePreview, OfficeError> {
        todo!()
    }
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
    /// One project's page.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it.
    pub async fn project_page(
        &self,
        _actor: &Actor,
        _id: ProjectId,
        _at: Moment,
    ) -> Result<ProjectPage, OfficeError> {
        todo!()
    }
    /// One step's page.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it.
    pub async fn step_page(
        &self,
        _actor: &Actor,
        _id: FilingId,
        _at: Moment,
    ) -> Result<StepPage, OfficeError> {
        todo!()
    }
    /// Records an event: the one path by which an event enters a ledger.
    ///
    /// # Errors
    /// Forbidden, Refused, Rule, Stale, Invalid; then nothing was written.
    pub async fn record(
        &self,
        _actor: &Actor,
        _event: RecordEvent,
        _at: Moment,
    ) -> Result<Recorded, OfficeError> {
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
    /// All bureaus, by level, county and kind.
    ///
    /// # Errors
    /// The store.
    pub async fn bureaus(&self, _actor: &Actor) -> Result<Vec<Bureau>, OfficeError> {
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
