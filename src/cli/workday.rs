//! `grid-approvals workday`: working-day arithmetic on lines (the contract's last section).

use std::io::{self, BufRead, Write};

use chrono::NaiveDate;

use crate::statute::calendar::Calendar;

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
    input: impl BufRead,
    output: impl Write,
    mut complaints: impl Write,
    calendar: &Calendar,
) -> io::Result<bool> {
    let mut output = io::BufWriter::with_capacity(1 << 16, output);
    let mut all_valid = true;
    for (index, line) in input.lines().enumerate() {
        let line = line?;
        let text = line.trim();
        if text.is_empty() {
            continue;
        }
        match answer(question, text, calendar) {
            Ok(answer) => writeln!(output, "{text},{answer}")?,
            Err(expected) => {
                all_valid = false;
                writeln!(complaints, "line {}: `{text}`: expected {expected}", index + 1)?;
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
            let (day, n) = (date(day).ok_or(EXPECTED)?, n.trim().parse().map_err(|_| EXPECTED)?);
            Ok(calendar.add_working_days(day, n).to_string())
        }
        Question::Between => {
            const EXPECTED: &str = "`from,to`, such as 2026-09-25,2026-10-12";
            let (from, to) = text.split_once(',').ok_or(EXPECTED)?;
            let (from, to) = (date(from).ok_or(EXPECTED)?, date(to).ok_or(EXPECTED)?);
            Ok(calendar.working_days_between(from, to).to_string())
        }
        Question::Status => {
            let day = date(text).ok_or("a date, such as 2026-10-10")?;
            let kind = calendar.kind_of(day);
            let word = if kind.is_working() { "working" } else { "rest" };
            Ok(format!("{word},{}", kind.code()))
        }
    }
}

fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(question: Question, input: &str) -> (String, String, bool) {
        let (mut out, mut complaints) = (Vec::new(), Vec::new());
        let valid = run(question, input.as_bytes(), &mut out, &mut complaints, Calendar::official())
            .expect("memory does not fail");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (text(out), text(complaints), valid)
    }

    #[test]
    fn each_question_answers_as_the_contract_writes() {
        assert_eq!(ask(Question::Add, "2026-09-25,7\r\n").0, "2026-09-25,7,2026-10-12\n");
        assert_eq!(
            ask(Question::Between, "2026-09-25,2026-10-12\n").0,
            "2026-09-25,2026-10-12,7\n"
        );
        assert_eq!(
            ask(Question::Status, "2026-10-10\n2026-10-01\n2026-10-17\n2026-10-19\n").0,
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
}
