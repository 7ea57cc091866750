//! Grid approvals: the tracker of 本政办发〔2020〕24号.

pub mod cli;
pub mod config;
pub mod courier;
pub mod documents;
pub mod files;
pub mod office;
pub mod statute;
pub mod store;
pub mod view;
pub mod web;
