//! seed
use super::{Settings, Trouble};
use std::io::Write;
pub(super) fn run(
    _settings: &Settings,
    _projects: u32,
    _seed: u64,
    _out: impl Write,
) -> Result<bool, Trouble> {
    Err("not yet".into())
}
