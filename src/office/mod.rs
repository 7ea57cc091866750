//! The office decides who may ask: use cases over store and statute.
//!
//! No SQL, no HTTP, no HTML. Every use case takes the actor and the moment; every event enters
//! by one path, [`Office::record`].

use std::sync::Arc;

pub mod actor;
mod board;
mod card;
pub mod error;
mod home;
mod lines;
mod list;
mod login;
pub mod model;
mod page;
mod people;
mod plans;
mod preview;
mod project;
mod record;
pub mod request;
mod timeline;

pub use actor::Actor;
pub use error::{FieldFault, OfficeError, OfficeRule};
pub use request::*;

// The doors may not name the store; these values are what the office speaks of with them.
pub use crate::store::record::{Bureau, Person, Role};
pub use crate::store::{BureauId, FilingId, PersonId, ProjectId};

use crate::statute::calendar::Calendar;
use crate::statute::plan::Plan;
use crate::store::Store;
use plans::Plans;

/// The use cases. Cheap to clone; held by the doors.
#[derive(Clone)]
pub struct Office {
    pub(in crate::office) store: Store,
    pub(in crate::office) plans: Arc<Plans>,
    pub(in crate::office) calendar: Arc<Calendar>,
}

impl Office {
    /// The catalogue that new projects begin under.
    pub fn plan(&self) -> &Plan {
        self.plans.current()
    }

    /// The calendar that due dates are reckoned by, with the operator's newer notices.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The catalogue of that hash; a stored one is read and parsed once.
    ///
    /// # Errors
    /// No such catalogue is stored, or it does not parse: the store is damaged.
    pub(in crate::office) async fn plan_of(&self, hash: &str) -> Result<Arc<Plan>, OfficeError> {
        if let Some(plan) = self.plans.known(hash) {
            return Ok(plan);
        }
        let text = self.store.reader().catalogue(hash).await?;
        let text = text
            .ok_or_else(|| OfficeError::Store(format!("catalogue {hash} is not in the store")))?;
        self.plans.learn(hash, &text)
    }
}
