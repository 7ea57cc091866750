//! The contract's JSON lines.
