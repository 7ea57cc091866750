//! One file a table: plain columns and relations; no methods, no law.

pub mod audit;
pub mod bureau;
pub mod catalogue;
pub mod commitment;
pub mod coordination_decision;
pub mod coordination_meeting;
pub mod decision_act;
pub mod delivery;
pub mod difficulty;
pub mod difficulty_bureau;
pub mod document;
pub mod facts_change;
pub mod fee;
pub mod filing;
pub mod filing_event;
pub mod late_entry;
pub mod login_session;
pub mod material_file;
pub mod person;
pub mod proceeding;
pub mod project;
pub mod project_county;
