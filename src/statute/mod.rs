//! The core: what the law and the plan say, and nothing else.
//!
//! Eleven rooms: [`calendar`] knows which days are worked, [`plan`] holds the catalogue of
//! steps, [`clock`] folds a step's events into its legal state, [`forecast`] reckons when a
//! project can be finished, [`paper`] says which documents an event makes,
//! [`proceeding`] rules what is done beside the clock, [`supervision`] who hears of a late step,
//! [`offence`] what the company reports of offences against its facilities, [`late`] says which
//! entries were typed late, [`coordination`] names whom the plan has called together, [`figures`]
//! takes from a ledger what the statistics count.
//!
//! # Invariants
//! - No I/O, no async, no `now()`: a day is always an argument.
//! - No panic on any input; a refusal is an answer, not an error.
//! - Every figure carries its [`plan::Source`].

pub mod calendar;
pub mod clock;
pub mod coordination;
pub mod division;
pub mod figures;
pub mod forecast;
pub mod late;
pub mod offence;
pub mod paper;
pub mod plan;
pub mod proceeding;
pub mod random;
pub mod supervision;
