//! Steps as the pages show them.

use chrono::{DateTime, NaiveDate, Utc};

use super::commitments::CommitmentsHere;
use super::corrections::CorrectionsHere;
use super::delegations::CaseOfficer;
use super::fees::FeesHere;
use super::materials::MaterialLine;
use super::proceedings::Beside;
use super::supervision::SupervisionHere;
use crate::statute::clock::{EventKind, Glance, Reading};
use crate::statute::division::County;
use crate::statute::plan::{Ground, ProjectFacts, Step, StepId};
use crate::store::{Details, FilingId, ProjectId};

/// One step of one project in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingCard {
    /// The filing.
    pub id: FilingId,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// Which step.
    pub step: StepId,
    /// The step's name in Chinese.
    pub step_name: String,
    /// The plan's clause.
    pub clause: u32,
    /// The county, for county steps.
    pub county: Option<County>,
    /// The bureau's name.
    pub bureau_name: String,
    /// The day of the last submission.
    pub submitted_on: Option<NaiveDate>,
    /// The last day on which the bureau may still act before silence accepts (五日).
    pub answer_by: Option<NaiveDate>,
    /// Where it is today.
    pub glance: Glance,
}

/// What an act's form must ask for beyond its day and a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActForm {
    /// Nothing more.
    Plain,
    /// A ground of the step's list.
    Ground(Vec<Ground>),
    /// A number of days within these bounds; the default is the last.
    Days {
        /// The least.
        min: u32,
        /// The most; `None`: open.
        max: Option<u32>,
        /// What the form proposes.
        proposed: u32,
    },
}

/// An act that this person may do on this step today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAct {
    /// The event that it records (figures at their proposed value).
    pub kind: EventKind,
    /// What the form asks for.
    pub form: ActForm,
    /// True for the one act that the step now waits for: the page shows it first.
    pub primary: bool,
}

/// One line of a step's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerLine {
    /// From 1.
    pub seq: u32,
    /// The day.
    pub on: NaiveDate,
    /// What happened.
    pub kind: EventKind,
    /// Words of the person who recorded it.
    pub note: Option<String>,
    /// What the entry says beyond its event.
    pub details: Details,
    /// Who recorded it.
    pub actor_name: String,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// True where it was recorded by rule, not by a person.
    pub automatic: bool,
    /// True where its day lies more than one day before its recording (补录).
    pub backdated: bool,
    /// The entry that has corrected it (更正): this one no longer counts.
    pub corrected_by: Option<u32>,
    /// The first characters of the entry's chained hash, for reading aloud.
    pub hash: String,
}

/// The page of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepPage {
    /// The step in the list's terms.
    pub card: FilingCard,
    /// The project's facts.
    pub facts: ProjectFacts,
    /// The catalogue's entry of the version that the project began under.
    pub step: Step,
    /// The clock's whole answer today.
    pub reading: Reading,
    /// The ledger, oldest first.
    pub ledger: Vec<LedgerLine>,
    /// The documents that its entries made, oldest first.
    pub papers: Vec<super::paper::PaperLine>,
    /// The number of entries: forms send it back as `seen`.
    pub seq: u32,
    /// What this person may do today.
    pub acts: Vec<OpenAct>,
    /// Steps that must be granted first and are not: (filing, its name).
    pub waits_for: Vec<(FilingId, String)>,
    /// What may be asked for on the project's facts, with the files that are there.
    pub materials: Vec<MaterialLine>,
    /// Who has it in hand, and who stands in; `None`: no officer has entered anything yet.
    pub case_officer: Option<CaseOfficer>,
    /// Fees that were asked for.
    pub fees: FeesHere,
    /// Promises; `None`: the step lets none be made.
    pub commitments: Option<CommitmentsHere>,
    /// What stands beside the clock.
    pub beside: Beside,
    /// Its supervision; `None`: nothing that this person is shown.
    pub supervision: Option<SupervisionHere>,
    /// The most bytes of a file that this person may hand in now; `None`: may not.
    pub hand_in: Option<u64>,
    /// Corrections of its entries.
    pub corrections: CorrectionsHere,
    /// The runs of the step.
    pub runs: RunsHere,
    /// The step filed together with this one (第1条), where there is one: (filing, its name).
    pub joint: Vec<(FilingId, String)>,
    /// The counties whose opinion is still missing (land-pre-review while waiting).
    pub opinions_missing: Vec<County>,
}

/// The runs of a step, as its page tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunsHere {
    /// Which run this is, from 1.
    pub run: u32,
    /// The run before.
    pub before: Option<FilingId>,
    /// The run that has taken this one's place.
    pub after: Option<FilingId>,
    /// False: the project's facts no longer call for the step.
    pub needed: bool,
    /// True: this person may begin another run, because this one was refused or withdrawn.
    pub may_run_again: bool,
    /// The step by which this person may change the approved blueprint (第9条): its name.
    pub revision: Option<String>,
}
