//! One file a table: plain columns and relations; no methods, no law.

pub mod audit;
pub mod bureau;
pub mod catalogue;
pub mod commitment;
pub mod correction;
pub mod delegation;
pub mod delivery;
pub mod document;
pub mod facts_change;
pub mod fee;
pub mod filing;
pub mod filing_event;
pub mod login_session;
pub mod material_file;
pub mod message;
pub mod person;
pub mod proceeding;
pub mod project;
pub mod project_county;
pub mod supervision_case;
pub mod supervision_entry;
pub mod supervision_notice;
pub mod supervision_rung;
pub mod turn_mark;
