//! The program through its web door: a fixed day, named actors, a database of its own each.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot go on fails its test, with words"
)]

mod app;
mod browser;
mod bucket;
mod clauses;
mod corrections;
mod database;
mod delegation;
mod delivery;
mod documents;
mod exports;
mod failure;
mod figures;
mod forms;
mod headers;
mod hook;
mod journey_10kv;
mod journey_220kv;
mod late_entries;
mod live;
mod login;
mod materials;
mod notices;
mod people;
mod postbox;
mod roles;
mod routes;
mod search;
mod supervision;
mod what_if;
mod who;

#[path = "../support/postgres.rs"]
mod postgres;
