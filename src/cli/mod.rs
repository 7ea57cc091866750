//! The command line: the composition root.

pub mod clock;
pub mod workday;
