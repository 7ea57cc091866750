//! The office decides who may ask: use cases over store and statute.
//!
//! No SQL, no HTTP, no HTML. Every use case takes the actor and the moment; every event enters
//! by one path, [`Office::record`].

use std::sync::Arc;

pub mod actor;
mod almanac;
mod asking;
mod board;
mod bulk;
mod card;
mod commitments;
pub mod coordination;
mod corrections;
mod delegations;
pub mod delivery;
mod desk;
pub mod error;
mod exports;
mod facts;
mod fees;
mod figures;
mod home;
mod inbox;
mod late;
mod lines;
mod list;
mod live;
mod login;
mod materials;
pub mod model;
mod monthly;
mod moves;
mod notices;
mod offences;
mod page;
mod paper;
mod password;
mod people;
mod plans;
mod preview;
mod proceedings;
mod project;
mod recheck;
mod record;
mod register;
pub mod request;
mod search;
#[cfg(test)]
mod seeded;
mod setup;
mod supervision;
#[cfg(test)]
mod testing;
mod timeline;
mod turn;
mod verify;
mod whatif;

pub use actor::Actor;
pub use bulk::{PastAct, PastEvent, PastProject, PastRefused};
pub use coordination::{Coordinate, RaiseDifficulty};
pub use delivery::Outlets;
pub use error::{FieldFault, OfficeError, OfficeRule};
pub use live::Version;
pub use materials::{Download, Upload};
pub use notices::{ConfirmNotice, EnterNotice};
pub use offences::PictureUpload;
pub use recheck::Rechecked;
pub use register::RegisterReading;
pub use request::*;
pub use turn::Turned;
pub use whatif::Suppose;

// The doors may not name the store; these values are what the office speaks of with them.
pub use crate::files::{Draft, Files, FilesError, Found, Kind, Pieces, Received, Unfit};
pub use crate::store::record::{Bureau, Person, Role};
pub use crate::store::{
    BoardFilter, Bucket, BureauId, Called, CaseId, Closed, CommitmentId, CorrectionId, Counts,
    DecisionId, DecisionStep, Delegation, DelegationId, Details, DifficultyId, DocumentId,
    EndedEarly, ExportFault, ExportGoes, ExportId, ExportState, FeeId, FilingId, MaterialFileId,
    MeetingId, MessageId, NoticeId, OffenceFileId, OffenceId, Outcome, Owner, PersonId, Place,
    ProjectId, RegisterDay, RegisterFilter, RegisterState, Requested,
};
pub use crate::store::{Claim, DeadRow, Mode, ParcelId, ParcelState, Way};

use chrono::TimeDelta;

use crate::statute::calendar::Calendar;
use crate::statute::plan::{Plan, PlanError};
use crate::store::Store;
use almanac::Almanac;
use password::Guard;
use plans::Plans;

pub use password::PasswordCost;
pub use verify::{Difference, VerifyReport};

/// The use cases. Cheap to clone; held by the doors.
#[derive(Clone)]
pub struct Office {
    pub(in crate::office) store: Store,
    pub(in crate::office) plans: Arc<Plans>,
    pub(in crate::office) almanac: Arc<Almanac>,
    files: Option<Files>,
    pub(in crate::office) outlets: Outlets,
    guard: Arc<Guard>,
    cost: PasswordCost,
    session: TimeDelta,
}

impl Office {
    /// Opens the office over a store, with the catalogue that new projects begin under, as its
    /// file's name and text.
    ///
    /// # Errors
    /// Every fault of the catalogue.
    pub fn new(
        store: Store,
        catalogue: (&str, &str),
        calendar: Calendar,
    ) -> Result<Office, PlanError> {
        Ok(Office {
            store,
            plans: Arc::new(Plans::new(catalogue.0, catalogue.1)?),
            almanac: Arc::new(Almanac::new(calendar)),
            files: None,
            outlets: Outlets::default(),
            guard: Arc::new(Guard::default()),
            cost: PasswordCost::default(),
            session: TimeDelta::hours(12),
        })
    }

    /// The same office with another cost of hashing passwords; tests and seeds take the least.
    #[must_use]
    pub fn with_password_cost(self, cost: PasswordCost) -> Office {
        Office { cost, ..self }
    }

    /// The same office with logins that last so many hours instead of 12.
    #[must_use]
    pub fn with_session_hours(self, hours: u32) -> Office {
        Office {
            session: TimeDelta::hours(i64::from(hours)),
            ..self
        }
    }

    /// The same office with a place for the files that are handed in; without one it takes none.
    #[must_use]
    pub fn with_files(self, files: Files) -> Office {
        Office {
            files: Some(files),
            ..self
        }
    }

    /// The catalogue that new projects begin under.
    pub fn plan(&self) -> &Plan {
        self.plans.current()
    }

    /// The calendar that due dates are reckoned by, as it is now.
    ///
    /// A snapshot: a notice can be entered while the server runs, and all clones of the office see
    /// it. Whoever reckons takes it once and stays with it, so that one answer has one calendar.
    pub fn calendar(&self) -> Arc<Calendar> {
        self.almanac.calendar()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// It does not.
    pub async fn ping(&self) -> Result<(), OfficeError> {
        Ok(self.store.reader().ping().await?)
    }

    /// The catalogue version that a project began under, read from the store once.
    pub(in crate::office) async fn plan_of(&self, hash: &str) -> Result<Arc<Plan>, OfficeError> {
        if let Some(plan) = self.plans.known(hash) {
            return Ok(plan);
        }
        let text = self.store.reader().catalogue(hash).await?.ok_or_else(|| {
            OfficeError::Store(format!("catalogue {hash} of a project is not in the store"))
        })?;
        self.plans.learn(hash, &text)
    }
}
