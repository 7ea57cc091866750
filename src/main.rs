//! The program: parse the arguments, run the command, map what came of it to an exit status.

use std::process::ExitCode;

use clap::Parser;
use grid_approvals::cli::{self, Arguments};

fn main() -> ExitCode {
    cli::run(Arguments::parse())
}
