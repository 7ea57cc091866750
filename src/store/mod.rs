//! The store remembers: all SQL of the program, SeaORM in, domain values out.

pub mod ids;
pub mod record;

pub use ids::{BureauId, FilingId, PersonId, ProjectId};
