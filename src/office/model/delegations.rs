//! Delegations (代办) as the pages show them.

use chrono::NaiveDate;

use super::filing::FilingCard;
use crate::store::{Delegation, PersonId};

/// One delegation on its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelegationLine {
    /// The delegation.
    pub delegation: Delegation,
    /// True: it holds today.
    pub in_force: bool,
    /// True: it was ended, or its last day has passed.
    pub over: bool,
    /// True: this person may end it now.
    pub may_end: bool,
}

/// The page of delegations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelegationsPage {
    /// The newest first; for a lead those of the bureau, for others their own.
    pub lines: Vec<DelegationLine>,
    /// The bureau's officers who can log in: row and name.
    pub officers: Vec<(PersonId, String)>,
    /// Who looks.
    pub own: PersonId,
    /// True: who looks leads the bureau, and may hand over for others.
    pub lead: bool,
}

/// Who stands in for somebody who is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// Who stands in.
    pub stand_in_name: String,
    /// Until when; the day still counts.
    pub last_on: NaiveDate,
}

/// Who has a step in hand (经办人).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseOfficer {
    /// The name.
    pub name: String,
    /// Who stands in today.
    pub away: Option<Away>,
}

/// An absent colleague's queue on the home of who stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingIn {
    /// Whose.
    pub giver_name: String,
    /// Until when; the day still counts.
    pub last_on: NaiveDate,
    /// The colleague's open steps, the most pressing first.
    pub steps: Vec<FilingCard>,
}
