//! Who is asking, and what each role may do.

use crate::store::PersonId;
use crate::store::record::{Bureau, Role};

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
