//! Clause by clause: what the plan allows, and what it refuses.

mod clause_01;
mod clause_03;
mod clause_04;
mod clause_06;
mod clause_07;
mod clause_09;
mod clause_13;
mod clause_14;
mod clause_15;
mod clauses_lost;
mod part_3_2;
mod walked;
