//! Refolding every ledger and comparing it with its row.

/// What differs between a stored row and its refolded ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {}
