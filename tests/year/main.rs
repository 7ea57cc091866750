//! A simulated year whose servers are killed at random, reckoned a second time from the raw
//! ledgers.
//!
//! What the program says of the year (the rungs that were told, the messages, the figures) is held
//! against what the ledgers say when read by other code: rows by plain SQL, the clock by the naive
//! one that walks day by day and shares no code with the fold.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

/// Under this name the naive clock finds what it reads.
mod statute {
    pub(crate) use grid_approvals::statute::{calendar, clock, plan};
}

mod figures;
mod killed;
mod ledgers;
#[path = "../../src/statute/clock/tests/naive.rs"]
mod naive;
mod rungs;

use killed::Year;

const FROM: &str = "2025-01-01";
const LAST: &str = "2025-12-31";

#[tokio::test(flavor = "multi_thread")]
async fn a_year_whose_servers_are_killed_misses_no_rung_and_its_figures_agree_with_its_ledgers() {
    let year = Year::lived(500, 1).caught_up().await;
    let ledgers = ledgers::read(&year.database()).await;
    assert!(
        ledgers.filings.len() > 4_000 && year.kills > 8,
        "{} steps, {} kills: that is no year",
        ledgers.filings.len(),
        year.kills
    );
    rungs::told_once_and_none_missed(&ledgers);
    figures::agree(&year.database(), &ledgers).await;
}
