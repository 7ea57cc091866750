//! The clock against a second clock written from the contract alone, and against its own promises.

mod against_naive;
mod cases;
mod history;
mod lines;
mod naive;
mod promises;
