//! The home page of each role.

mod sort;

#[cfg(test)]
mod tests;
