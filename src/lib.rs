//! Grid approvals: the tracker of 本政办发〔2020〕24号.

pub mod statute;
