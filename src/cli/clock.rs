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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_answered_in_order_and_a_bad_one_marks_the_run() {
        let input = concat!(
            "{\"id\":1,\"step\":\"site-selection\",\"as_of\":\"2026-10-12\",\"events\":[]}\r\n",
            "\n",
            "no scenario\n",
            "{\"id\":3,\"step\":\"site-selection\",\"as_of\":\"2026-10-12\",\"events\":[]}",
        );
        let ask = |input: &str| {
            let mut out = Vec::new();
            let valid = run(
                input.as_bytes(),
                &mut out,
                Plan::built_in(),
                Calendar::official(),
            );
            let text = String::from_utf8(out).expect("UTF-8");
            (valid.expect("memory does not fail"), text)
        };
        let (valid, text) = ask(input);
        assert!(!valid);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(
            lines[0].starts_with(r#"{"id":1,"status":"draft""#),
            "{text}"
        );
        assert!(lines[1].starts_with(r#"{"id":null,"error":"#), "{text}");
        assert!(lines[2].starts_with(r#"{"id":3,"#), "{text}");
        assert!(ask(input.lines().next().expect("a line")).0);
    }
}
