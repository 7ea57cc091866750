//! Reading a year's notice as the State Council words it (国务院办公厅关于…年部分节假日安排的通知).
//!
//! # Why
//! Somebody pastes the notice, and every due date of the year then rests on it. So the text is held
//! against itself: the weekday that it writes beside a date, the number of days that it counts, the
//! year that it speaks of, the weekend that a make-up day must be, and the statutory days that no
//! notice can leave out. What is not understood is refused with its line, never passed over.
//!
//! # Example
//! ```
//! # use grid_approvals::statute::calendar::{Calendar, announce, date};
//! let text = "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周一）上班。";
//! let faults = announce::parse(2026, text, Calendar::official()).expect_err("4 January is a Sunday");
//! assert_eq!(faults[0].line, 1);
//! ```

use chrono::{Datelike, NaiveDate, Weekday};

use super::Calendar;
use super::notice::NoticeDay;

mod overlay;
mod scan;
mod statutory;
#[cfg(test)]
mod tests;

pub use overlay::{Changes, changes, overlaid};

/// The longest holiday that is taken for one; a longer span is a slip of the pen.
const LONGEST: usize = 15;

/// A year's notice, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// The year that it is about.
    pub year: i32,
    /// Its days in order; some may lie in the December before or the January after.
    pub days: Vec<NoticeDay>,
}

/// What is wrong in a line of the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("第{line}行：{message}")]
pub struct AnnounceFault {
    /// Line from 1; 0 where the whole text is meant.
    pub line: usize,
    /// What is wrong and what would be right, in Chinese.
    pub message: String,
}

/// The days as they are gathered, with the line of each.
struct Gathered {
    year: i32,
    days: Vec<(usize, NoticeDay)>,
    faults: Vec<AnnounceFault>,
}

/// Reads the notice of `year`: the State Council's sentences, or one day a line
/// (`2027-01-01 放假 元旦`, `2027-01-04 上班 元旦`), or both mixed. `calendar` says which statutory
/// days of the year are known.
///
/// # Errors
/// Everything that is wrong, by line.
pub fn parse(year: i32, text: &str, calendar: &Calendar) -> Result<Announced, Vec<AnnounceFault>> {
    let mut gathered = Gathered {
        year,
        days: Vec::new(),
        faults: Vec::new(),
    };
    let mut name: Option<String> = None;
    for (number, raw) in (1..).zip(text.lines()) {
        let line = scan::plain(raw);
        if line.is_empty() {
            continue;
        }
        if let Some(said) = year_of_title(&line).filter(|said| *said != year) {
            let message = format!("标题是{said}年的通知，而所选年份是{year}年；请核对年份");
            gathered.fault(number, message);
            continue;
        }
        if gathered.listed(number, raw) {
            continue;
        }
        for clause in scan::clauses(&line) {
            let (own, body) = scan::clause(&clause);
            if own.is_some() {
                name = own;
            }
            if ["放假", "补休", "上班"]
                .iter()
                .any(|word| body.contains(word))
            {
                gathered.sentence(number, name.as_deref(), &body);
            }
        }
    }
    gathered.finish(calendar)
}

/// The year in a title 关于…年部分节假日安排的通知.
fn year_of_title(line: &str) -> Option<i32> {
    let before = line.split("年部分节假日安排").next()?;
    if before.len() == line.len() {
        return None;
    }
    let digits: String = before
        .chars()
        .rev()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.chars().rev().collect::<String>().parse().ok()
}

impl Gathered {
    fn fault(&mut self, line: usize, message: String) {
        self.faults.push(AnnounceFault { line, message });
    }

    /// One day a line; false where the line is no such one.
    fn listed(&mut self, line: usize, raw: &str) -> bool {
        let mut words = raw.split_whitespace();
        let Some(on) = words.next().and_then(super::parse_date) else {
            return false;
        };
        let makeup = match words.next() {
            Some("放假" | "休") => false,
            Some("上班" | "班") => true,
            _ => {
                self.fault(line, format!("{on} 之后应写“放假”或“上班”，再写节日名称"));
                return true;
            }
        };
        let name = words.collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            self.fault(line, format!("{on} 没有写是哪个节日；应如“{on} 放假 元旦”"));
        } else {
            self.add(line, on, makeup, &name);
        }
        true
    }

    /// The sentences under a festival's name: spans before 放假, days before 上班.
    fn sentence(&mut self, line: usize, name: Option<&str>, body: &str) {
        for part in scan::parts(body) {
            // 2月3日起正常上班 says when a holiday ends; it makes no weekend day a working day.
            if part.text.ends_with("起正常") || part.text.ends_with('起') {
                let message = format!(
                    "“{}{}”只说明何时恢复上班，不是整年的安排；请按通知列出全年的放假和上班日期",
                    part.text,
                    part.word.text()
                );
                self.fault(line, message);
                continue;
            }
            let spans = match scan::spans(&part.text, name.unwrap_or_default(), self.year) {
                Ok(spans) => spans,
                Err(message) => {
                    self.fault(line, message);
                    continue;
                }
            };
            if spans.is_empty() {
                // 放假调休 in a sentence without a date tells of no day.
                continue;
            }
            let Some(name) = name else {
                let message =
                    "有放假或上班的日期，但看不出是哪个节日；应以“一、元旦：”这样的名称开头";
                self.fault(line, message.to_owned());
                continue;
            };
            let mut days = Vec::new();
            for (from, to) in spans {
                match span(from, to) {
                    Ok(span) => days.extend(span),
                    Err(message) => self.fault(line, message),
                }
            }
            if let Some(said) = part.counted.filter(|said| *said != days.len()) {
                let (first, last) = (days.first().copied(), days.last().copied());
                if let (Some(first), Some(last)) = (first, last) {
                    let message = format!(
                        "{name}写明共{said}天，而{}至{}是{}天；请核对通知",
                        chinese(first),
                        chinese(last),
                        days.len()
                    );
                    self.fault(line, message);
                }
            }
            for on in days {
                self.add(line, on, part.word == scan::Word::Works, name);
            }
        }
    }

    fn add(&mut self, line: usize, on: NaiveDate, makeup: bool, name: &str) {
        let year = self.year;
        let near = on.year() == year
            || (on.year() == year - 1 && on.month() == 12)
            || (on.year() == year + 1 && on.month() == 1);
        if !near {
            let message = format!("{on} 不属于{year}年；一年的通知只能涉及当年、上年12月和次年1月");
            return self.fault(line, message);
        }
        if let Some((first, _)) = self.days.iter().find(|(_, day)| day.on == on) {
            let message = format!("{}已在第{first}行写过；请删去一处", chinese(on));
            return self.fault(line, message);
        }
        let weekend = matches!(on.weekday(), Weekday::Sat | Weekday::Sun);
        if makeup && !weekend {
            let message = format!(
                "{}是{}，不是周末，不能作为调休上班日；请核对通知",
                chinese(on),
                weekday(on)
            );
            return self.fault(line, message);
        }
        let name = name.to_owned();
        self.days.push((line, NoticeDay { on, makeup, name }));
    }

    fn finish(mut self, calendar: &Calendar) -> Result<Announced, Vec<AnnounceFault>> {
        if self.days.is_empty() && self.faults.is_empty() {
            let message = "没有读到任何放假或上班的日期；请粘贴通知原文，或每行写一天，如“2027-01-01 放假 元旦”";
            self.fault(0, message.to_owned());
        }
        if self.faults.is_empty() {
            let days: Vec<&NoticeDay> = self.days.iter().map(|(_, day)| day).collect();
            for message in statutory::missing(self.year, &days, calendar) {
                self.fault(0, message);
            }
        }
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        let mut days: Vec<NoticeDay> = self.days.into_iter().map(|(_, day)| day).collect();
        days.sort_by_key(|day| day.on);
        Ok(Announced {
            year: self.year,
            days,
        })
    }
}

fn span(from: NaiveDate, to: NaiveDate) -> Result<Vec<NaiveDate>, String> {
    if to < from {
        return Err(format!(
            "{}在{}之前；请核对通知",
            chinese(to),
            chinese(from)
        ));
    }
    let days: Vec<NaiveDate> = from
        .iter_days()
        .take(LONGEST + 1)
        .take_while(|day| *day <= to)
        .collect();
    if days.len() > LONGEST {
        return Err(format!(
            "{}至{}超过{LONGEST}天，不像一个节日；请核对通知",
            chinese(from),
            chinese(to)
        ));
    }
    Ok(days)
}

fn chinese(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

fn weekday(day: NaiveDate) -> &'static str {
    match day.weekday() {
        Weekday::Mon => "周一",
        Weekday::Tue => "周二",
        Weekday::Wed => "周三",
        Weekday::Thu => "周四",
        Weekday::Fri => "周五",
        Weekday::Sat => "周六",
        Weekday::Sun => "周日",
    }
}

/// The days as lines that [`parse`] reads, for a form that begins with what holds.
pub fn lines(days: &[NoticeDay]) -> String {
    days.iter()
        .map(|day| {
            let word = if day.makeup { "上班" } else { "放假" };
            format!("{} {word} {}\n", day.on, day.name)
        })
        .collect()
}
