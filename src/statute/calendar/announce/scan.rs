//! Dates, weekdays and counts in the notice's sentences.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{chinese, weekday};

/// What a part says of its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// 放假.
    Off,
    /// 上班.
    Works,
}

impl Word {
    pub(super) fn text(self) -> &'static str {
        match self {
            Word::Off => "放假",
            Word::Works => "上班",
        }
    }
}

/// The text before one 放假 or 上班, and the number of days that is counted after it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) word: Word,
    pub(super) counted: Option<usize>,
}

/// The line without blanks, its digits and signs in one width.
pub(super) fn plain(line: &str) -> String {
    line.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{3000}' && *c != '\u{feff}')
        .map(|c| match c {
            '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
            '（' => '(',
            '）' => ')',
            '：' => ':',
            '，' => ',',
            '；' => ';',
            other => other,
        })
        .collect()
}

/// A pasted line cut where a new festival's number and name begin, for a notice that came as one
/// line: 七、国庆节: and not 农历正月初七、周一.
pub(super) fn clauses(line: &str) -> Vec<String> {
    let mut clauses: Vec<String> = vec![String::new()];
    let mut before = None;
    for (at, c) in line.char_indices() {
        let rest = line.get(at..).unwrap_or_default();
        let fresh = before.is_none_or(|before| !is_numeral(before));
        if fresh && is_numeral(c) && begins(rest) {
            clauses.push(String::new());
        }
        if let Some(last) = clauses.last_mut() {
            last.push(c);
        }
        before = Some(c);
    }
    clauses.retain(|clause| !clause.is_empty());
    clauses
}

/// Whether a number, a name and a colon stand here.
fn begins(text: &str) -> bool {
    let Some((head, _)) = text.split_once(':') else {
        return false;
    };
    head.split_once('、').is_some_and(|(number, name)| {
        number.chars().all(is_numeral)
            && (1..=12).contains(&name.chars().count())
            && !name
                .chars()
                .any(|c| c.is_ascii_digit() || "()。,".contains(c))
    })
}

/// A festival's name before its colon, without its number, and what follows.
pub(super) fn clause(line: &str) -> (Option<String>, String) {
    let Some((head, body)) = line.split_once(':') else {
        return (None, line.to_owned());
    };
    let name = match head.split_once(['、', '.']) {
        Some((number, name)) if number.chars().all(is_numeral) => name,
        _ => head,
    };
    let fits = !name.is_empty() && name.chars().count() <= 12 && !name.contains("各");
    if fits && !name.chars().any(|c| c.is_ascii_digit()) {
        (Some(name.to_owned()), body.to_owned())
    } else {
        (None, line.to_owned())
    }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十(（)）".contains(c)
}

/// The body cut at each 放假 and 上班.
pub(super) fn parts(body: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for sentence in body.split(['。', ';']) {
        let mut rest = sentence;
        let next = |text: &str| {
            [
                (Word::Off, "放假"),
                (Word::Off, "补休"),
                (Word::Works, "上班"),
            ]
            .into_iter()
            .filter_map(|(word, mark)| Some((text.find(mark)?, word, mark.len())))
            .min_by_key(|(at, _, _)| *at)
        };
        while let Some((at, word, long)) = next(rest) {
            let text = rest.get(..at).unwrap_or_default().to_owned();
            rest = rest.get(at + long..).unwrap_or_default();
            let until = next(rest).map_or(rest.len(), |(at, _, _)| at);
            let counted = rest.get(..until).and_then(count);
            parts.push(Part {
                text,
                word,
                counted: counted.filter(|_| word == Word::Off),
            });
        }
    }
    parts
}

/// The number in 共3天 or in 放假1天.
fn count(after: &str) -> Option<usize> {
    let number = |text: &str| {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        let rest = text.get(digits.len()..)?;
        rest.starts_with('天').then(|| digits.parse().ok())?
    };
    after
        .split_once('共')
        .and_then(|(_, rest)| number(rest))
        .or_else(|| number(after))
}

/// A date on its way: the year and the month stand for what follows until others are written.
struct Scan<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    year: Option<i32>,
    month: Option<u32>,
}

/// The spans of days that a text names, each checked against the weekday that is written with it.
///
/// A day without a month takes that of the day before it; one without a year lies in `year`, but a
/// December day of 元旦 lies in the year before.
///
/// # Errors
/// A date that does not exist or is not of the weekday that is written, in Chinese.
pub(super) fn spans(
    text: &str,
    name: &str,
    year: i32,
) -> Result<Vec<(NaiveDate, NaiveDate)>, String> {
    let mut scan = Scan {
        rest: text.chars().peekable(),
        year: None,
        month: None,
    };
    let mut spans: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    let mut to = false;
    while let Some(c) = scan.rest.peek().copied() {
        if !c.is_ascii_digit() {
            to = matches!(c, '至' | '到' | '—' | '-' | '~');
            scan.rest.next();
            continue;
        }
        let before = spans.last().map(|(_, last)| *last);
        let Some(day) = scan.date(before.filter(|_| to), name, year)? else {
            continue;
        };
        match spans.last_mut().filter(|_| to) {
            Some(last) => last.1 = day,
            None => spans.push((day, day)),
        }
        to = false;
    }
    Ok(spans)
}

impl Scan<'_> {
    fn number(&mut self) -> u32 {
        let mut number: u32 = 0;
        while let Some(digit) = self.rest.peek().and_then(|c| c.to_digit(10)) {
            number = number.saturating_mul(10).saturating_add(digit);
            self.rest.next();
        }
        number
    }

    /// From a digit to the end of a date; `None`: the number was no day.
    fn date(
        &mut self,
        from: Option<NaiveDate>,
        name: &str,
        year: i32,
    ) -> Result<Option<NaiveDate>, String> {
        let number = self.number();
        match self.rest.peek() {
            Some('年') => {
                self.rest.next();
                self.year = i32::try_from(number).ok();
                Ok(None)
            }
            Some('月') => {
                self.rest.next();
                self.month = Some(number);
                Ok(None)
            }
            Some('日') => {
                self.rest.next();
                let day = self.day(number, from, name, year)?;
                let noted = self.note();
                checked(day, &noted)?;
                Ok(Some(day))
            }
            _ => Ok(None),
        }
    }

    fn day(
        &mut self,
        number: u32,
        from: Option<NaiveDate>,
        name: &str,
        year: i32,
    ) -> Result<NaiveDate, String> {
        let month = self
            .month
            .or(from.map(|from| from.month()))
            .ok_or_else(|| format!("“{number}日”没有写是几月；请核对通知"))?;
        let own = self.year.or(from.map(|from| from.year()));
        let mut in_year = own.unwrap_or(if month == 12 && name.contains("元旦") {
            year - 1
        } else {
            year
        });
        let turns = from.is_some_and(|from| from.month() == 12 && month == 1);
        if turns && from.is_some_and(|from| from.year() == in_year) {
            in_year += 1;
        }
        NaiveDate::from_ymd_opt(in_year, month, number)
            .ok_or_else(|| format!("没有{in_year}年{month}月{number}日这一天；请核对通知"))
    }

    /// What stands in brackets behind a date.
    fn note(&mut self) -> String {
        if self.rest.peek() != Some(&'(') {
            return String::new();
        }
        self.rest
            .by_ref()
            .skip(1)
            .take_while(|c| *c != ')')
            .collect()
    }
}

/// The weekday that a note writes, if it writes one.
fn written(note: &str) -> Option<Weekday> {
    let after = note
        .split_once("星期")
        .or_else(|| note.split_once('周'))
        .map(|(_, after)| after)?;
    Some(match after.chars().next()? {
        '一' => Weekday::Mon,
        '二' => Weekday::Tue,
        '三' => Weekday::Wed,
        '四' => Weekday::Thu,
        '五' => Weekday::Fri,
        '六' => Weekday::Sat,
        '日' | '天' => Weekday::Sun,
        _ => return None,
    })
}

fn checked(day: NaiveDate, note: &str) -> Result<(), String> {
    match written(note) {
        Some(written) if written != day.weekday() => Err(format!(
            "{}写作“{note}”，实为{}；请核对日期或年份",
            chinese(day),
            weekday(day)
        )),
        _ => Ok(()),
    }
}
