//! `grid-approvals clock`: scenarios as JSON lines in, one answer a line out (the contract).

use std::io::{self, BufRead, Write};

use crate::statute::calendar::Calendar;
use crate::statute::clock::scenario::answer_line;
use crate::statute::plan::Plan;

/// How much is gathered before it is written out.
const CHUNK: usize = 1 << 16;

/// Answers every line of `input`; false where some line was no valid scenario.
///
/// # Errors
/// Reading or writing fails.
pub fn run(
    mut input: impl BufRead,
    mut output: impl Write,
    plan: &Plan,
    calendar: &Calendar,
) -> io::Result<bool> {
    let (mut line, mut out, mut all_valid) = (Vec::new(), Vec::with_capacity(2 * CHUNK), true);
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let text = line.trim_ascii();
        if text.is_empty() {
            continue;
        }
        all_valid &= answer_line(text, plan, calendar, &mut out);
        if out.len() >= CHUNK {
            output.write_all(&out)?;
            out.clear();
        }
    }
    output.write_all(&out)?;
    output.flush()?;
    Ok(all_valid)
}
