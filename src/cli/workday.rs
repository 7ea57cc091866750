//! `grid-approvals workday`: working-day arithmetic on lines (the contract's last section).

use std::io::{self, BufRead, Write};

use crate::statute::calendar::{Calendar, parse_date};

/// What one line is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// `date,n` → `date,n,due`.
    Add,
    /// `from,to` → `from,to,working_days`.
    Between,
    /// `date` → `date,working|rest,kind`.
    Status,
}

/// Answers every line; a bad line is named on `complaints` and the run goes on.
///
/// Returns false where some line was bad.
///
/// # Errors
/// Reading or writing fails.
pub fn run(
    question: Question,
    mut input: impl BufRead,
    output: impl Write,
    mut complaints: impl Write,
    calendar: &Calendar,
) -> io::Result<bool> {
    let mut output = io::BufWriter::with_capacity(1 << 16, output);
    let (mut line, mut all_valid, mut number) = (Vec::new(), true, 0_u64);
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        number += 1;
        let text = String::from_utf8_lossy(line.trim_ascii());
        if text.is_empty() {
            continue;
        }
        match answer(question, &text, calendar) {
            Ok(answer) => writeln!(output, "{text},{answer}")?,
            Err(expected) => {
                all_valid = false;
                writeln!(complaints, "line {number}: `{text}`: expected {expected}")?;
            }
        }
    }
    output.flush()?;
    Ok(all_valid)
}

fn answer(question: Question, text: &str, calendar: &Calendar) -> Result<String, &'static str> {
    match question {
        Question::Add => {
            const EXPECTED: &str = "`date,n`, such as 2026-09-25,7";
            let (day, n) = text.split_once(',').ok_or(EXPECTED)?;
            let day = parse_date(day.trim()).ok_or(EXPECTED)?;
            let n: u32 = n.trim().parse().map_err(|_| EXPECTED)?;
            let due = calendar.add_working_days(day, n);
            if calendar.working_days_between(day, due) != i64::from(n) {
                return Err("fewer days; the calendar of dates ends before that many");
            }
            Ok(due.to_string())
        }
        Question::Between => {
            const EXPECTED: &str = "`from,to`, such as 2026-09-25,2026-10-12";
            let (from, to) = text.split_once(',').ok_or(EXPECTED)?;
            let (from, to) = (parse_date(from.trim()), parse_date(to.trim()));
            let (from, to) = (from.ok_or(EXPECTED)?, to.ok_or(EXPECTED)?);
            Ok(calendar.working_days_between(from, to).to_string())
        }
        Question::Status => {
            let day = parse_date(text).ok_or("a date, such as 2026-10-10")?;
            let kind = calendar.kind_of(day);
            let word = if kind.is_working() { "working" } else { "rest" };
            Ok(format!("{word},{}", kind.code()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(question: Question, input: &str) -> (String, String, bool) {
        let (mut out, mut complaints) = (Vec::new(), Vec::new());
        let valid = run(
            question,
            input.as_bytes(),
            &mut out,
            &mut complaints,
            Calendar::official(),
        )
        .expect("memory does not fail");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (text(out), text(complaints), valid)
    }

    #[test]
    fn each_question_answers_as_the_contract_writes() {
        assert_eq!(
            ask(Question::Add, "2026-09-25,7\r\n").0,
            "2026-09-25,7,2026-10-12\n"
        );
        assert_eq!(
            ask(Question::Between, "2026-09-25,2026-10-12\n").0,
            "2026-09-25,2026-10-12,7\n"
        );
        assert_eq!(
            ask(
                Question::Status,
                "2026-10-10\n2026-10-01\n2026-10-17\n2026-10-19\n"
            )
            .0,
            "2026-10-10,working,makeup\n2026-10-01,rest,holiday\n2026-10-17,rest,weekend\n2026-10-19,working,weekday\n"
        );
    }

    #[test]
    fn a_bad_line_is_named_and_the_run_goes_on() {
        let (out, complaints, valid) = ask(Question::Add, "2026-13-01,7\n2026-09-25,7\n");
        assert_eq!(out, "2026-09-25,7,2026-10-12\n");
        assert!(complaints.starts_with("line 1:"), "{complaints}");
        assert!(!valid);
    }

    #[test]
    fn bytes_that_are_no_text_and_days_beyond_all_dates_are_bad_lines() {
        let (mut out, mut complaints) = (Vec::new(), Vec::new());
        let input: &[u8] =
            b"\xff\xfe,7\n\n2026-09-25,4294967295\n2026-9-25,7\n2026-09-25,-1\n2026-09-25,7";
        let valid = run(
            Question::Add,
            input,
            &mut out,
            &mut complaints,
            Calendar::official(),
        );
        assert!(!valid.expect("memory does not fail"));
        assert_eq!(out, b"2026-09-25,7,2026-10-12\n");
        let complaints = String::from_utf8(complaints).expect("UTF-8");
        for number in [1, 3, 4, 5] {
            assert!(
                complaints.contains(&format!("line {number}: ")),
                "{complaints}"
            );
        }
    }
}
