//! Who is asking, and what each role may do.

use crate::statute::clock::EventKind;
use crate::store::PersonId;
use crate::store::record::{Bureau, Filing, Role};

/// The person behind a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub id: PersonId,
    /// The login name.
    pub login: String,
    /// The name in Chinese.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The bureau, for officers.
    pub bureau: Option<Bureau>,
}

/// Whether `actor` may record an event of that kind on `filing`, whatever the clock says.
///
/// The company files, supplements and withdraws; the filing's own bureau does the rest. The
/// county's opinion is received by itself when the county decides (第1条).
pub fn may(actor: &Actor, kind: &EventKind, filing: &Filing) -> bool {
    match kind {
        EventKind::Submitted | EventKind::Resubmitted | EventKind::Withdrawn => {
            actor.role == Role::Company
        }
        EventKind::MaterialsRequested
        | EventKind::Accepted
        | EventKind::Rejected
        | EventKind::Announced { .. }
        | EventKind::Suspended { .. }
        | EventKind::Resumed
        | EventKind::Extended { .. }
        | EventKind::Granted
        | EventKind::Denied => {
            actor.role
                == Role::Officer {
                    bureau: filing.bureau,
                }
        }
        EventKind::CountyOpinionReceived | EventKind::Unknown(_) => false,
    }
}
