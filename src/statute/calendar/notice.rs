//! A year's notice: its file format and its checks.
//!
//! A file holds the days of one year that are not what their weekday says, and where that was
//! read. A notice that reaches into the December before puts those days into that year's file.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// One listed day of a year's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeDay {
    /// The day.
    pub on: NaiveDate,
    /// True: made a working day (调休); false: a holiday.
    pub makeup: bool,
    /// The festival.
    pub name: String,
}

/// A year's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The year whose days the file holds.
    pub year: i32,
    /// True where no notice exists yet: only the statutory days are listed.
    pub provisional: bool,
    /// Where the notice was read; for a provisional year, what its days rest on.
    pub sources: Vec<String>,
    /// The listed days, in order.
    pub days: Vec<NoticeDay>,
}

/// A year's file that does not load.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct NoticeError {
    /// The file's name as the caller gave it.
    pub file: String,
    /// Line from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong and what to write instead, in Chinese.
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNotice {
    year: i32,
    #[serde(default)]
    provisional: bool,
    sources: toml::Spanned<Vec<String>>,
    days: Vec<toml::Spanned<RawDay>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDay {
    on: NaiveDate,
    kind: RawKind,
    name: String,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum RawKind {
    Holiday,
    Makeup,
}

/// Reads and checks one year's file.
///
/// # Errors
/// The first fault: a day of another year, a day twice, a makeup day that is no weekend day, a
/// file without a source, or text that is no such file.
pub fn parse(file: &str, text: &str) -> Result<Notice, NoticeError> {
    let fault = |span: Option<Range<usize>>, message: String| NoticeError {
        file: file.to_owned(),
        line: span.map_or(0, |span| line_of(text, span.start)),
        message,
    };
    let raw: RawNotice = toml::from_str(text).map_err(|error| {
        fault(
            error.span(),
            format!(
                "无法读取:{};应写 year、sources、days = [{{ on = \"2026-01-01\", kind = \"holiday\" 或 \"makeup\", name = \"元旦\" }}]",
                error.message()
            ),
        )
    })?;
    if raw.sources.get_ref().is_empty() {
        return Err(fault(
            Some(raw.sources.span()),
            "没有来源的日历不予载入;请在 sources 写明放假通知的网址".to_owned(),
        ));
    }
    let mut days: Vec<NoticeDay> = Vec::with_capacity(raw.days.len());
    for entry in raw.days {
        let span = Some(entry.span());
        let day = entry.into_inner();
        if day.on.year() != raw.year {
            let message = format!(
                "{} 不属于 {} 年;请写入 {} 年的文件",
                day.on,
                raw.year,
                day.on.year()
            );
            return Err(fault(span, message));
        }
        if days.iter().any(|known| known.on == day.on) {
            return Err(fault(span, format!("{} 写了两次;请删去一处", day.on)));
        }
        let weekend = matches!(day.on.weekday(), Weekday::Sat | Weekday::Sun);
        if day.kind == RawKind::Makeup && !weekend {
            let message = format!("{} 不是星期六或星期日,不能作调休上班日;请核对通知", day.on);
            return Err(fault(span, message));
        }
        days.push(NoticeDay {
            on: day.on,
            makeup: day.kind == RawKind::Makeup,
            name: day.name,
        });
    }
    days.sort_by_key(|day| day.on);
    Ok(Notice {
        year: raw.year,
        provisional: raw.provisional,
        sources: raw.sources.into_inner(),
        days,
    })
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(days: &str) -> NoticeError {
        let text = format!("year = 2026\nsources = [\"x\"]\ndays = [\n{days}\n]\n");
        parse("2026.toml", &text).expect_err("the file is wrong")
    }

    #[test]
    fn a_year_s_file_holds_that_year_only() {
        let fault = fault(r#"{ on = "2025-12-31", kind = "holiday", name = "元旦" },"#);
        assert_eq!(fault.line, 4);
        assert!(fault.message.contains("2025 年的文件"), "{}", fault.message);
    }

    #[test]
    fn no_date_stands_twice() {
        let day = r#"{ on = "2026-01-01", kind = "holiday", name = "元旦" },"#;
        let fault = fault(&format!("{day}\n{day}"));
        assert_eq!(fault.line, 5);
        assert!(fault.message.contains("写了两次"), "{}", fault.message);
    }

    #[test]
    fn a_makeup_day_is_a_weekend_day() {
        let fault = fault(r#"{ on = "2026-01-05", kind = "makeup", name = "元旦" },"#);
        assert!(fault.message.contains("调休"), "{}", fault.message);
    }

    #[test]
    fn a_file_without_a_source_does_not_load() {
        let fault = parse("a", "year = 2026\nsources = []\ndays = []\n").expect_err("no source");
        assert_eq!(fault.line, 2);
    }

    #[test]
    fn a_wrong_kind_names_its_line() {
        let fault = fault(r#"{ on = "2026-01-05", kind = "off", name = "元旦" },"#);
        assert_eq!(fault.line, 4);
    }
}
