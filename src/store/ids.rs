//! Typed row identifiers.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(/// A project's row.
    ProjectId);
id!(/// A filing's row: one run of one step of one project, in one county where the step is the county's.
    FilingId);
id!(/// A person's row.
    PersonId);
id!(/// A bureau's row.
    BureauId);
id!(/// A fee's row.
    FeeId);
id!(/// A commitment's row.
    CommitmentId);
id!(/// The row of a file handed in for a material.
    MaterialFileId);
id!(/// A correction's row.
    CorrectionId);
id!(/// A delegation's row.
    DelegationId);
id!(/// An offence's row.
    OffenceId);
id!(/// The row of a picture of an offence.
    OffenceFileId);
id!(/// A document's row.
    DocumentId);
id!(/// A supervision case's row.
    CaseId);
id!(/// A supervision notice's row.
    NoticeId);
id!(/// The row of a holiday notice that was entered.
    HolidayNoticeId);
id!(/// An export's row.
    ExportId);
id!(/// A message's row.
    MessageId);
id!(/// The row of what goes to one person by one way in one piece.
    ParcelId);
id!(/// A difficulty's row.
    DifficultyId);
id!(/// The row of a meeting on a difficulty.
    MeetingId);
id!(/// The row of a meeting's decision.
    DecisionId);
