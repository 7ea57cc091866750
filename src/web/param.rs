//! What people type, parsed once: the value, or in Chinese what is expected instead.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::office::Requested;
use crate::statute::clock::EventKind;
use crate::statute::division::County;
use crate::statute::plan::Ground;
use crate::statute::plan::facts::{Volts, Works};

#[cfg(test)]
mod tests;

/// A value, or what is wrong with the text.
pub(super) type Parsed<T> = Result<T, String>;

/// `2026-09-25`.
pub(super) fn date(text: &str) -> Parsed<NaiveDate> {
    let text = text.trim();
    if text.is_empty() {
        return Err("请填写日期，格式如 2026-09-25。".to_owned());
    }
    // chrono would also take a sign, blanks and years of any length.
    let shaped = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    shaped
        .then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
        .flatten()
        .ok_or_else(|| {
            format!(
                "“{}”不是有效日期，应为实际存在的日期，格式如 2026-09-25。",
                short(text)
            )
        })
}

/// An hour of the day: `14:30`.
pub(super) fn hour(text: &str) -> Parsed<NaiveTime> {
    let text = text.trim();
    if text.is_empty() {
        return Err("请填写时间，格式如 14:30。".to_owned());
    }
    let shaped = text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit() || b == b':');
    shaped
        .then(|| NaiveTime::parse_from_str(text, "%H:%M").ok())
        .flatten()
        .ok_or_else(|| format!("“{}”不是有效时间，格式如 14:30。", short(text)))
}

/// The instant at which Benxi's clocks show that day and hour.
pub(super) fn instant(on: NaiveDate, at: NaiveTime) -> DateTime<Utc> {
    const AHEAD: TimeDelta = TimeDelta::hours(8);
    let shown = on.and_time(at).and_utc();
    shown.checked_sub_signed(AHEAD).unwrap_or(shown)
}

/// A whole number of days.
pub(super) fn days(text: &str) -> Parsed<i64> {
    let text = text.trim();
    text.parse()
        .map_err(|_| format!("天数“{}”不是整数，应填数字，如 10。", short(text)))
}

/// An amount of money in yuan with at most two decimals, as fen.
pub(super) fn fen(text: &str) -> Parsed<i64> {
    let text = text.trim();
    let wrong = || {
        format!(
            "金额“{}”不是数字，应为元数，至多两位小数，如 1200 或 85.50。",
            short(text)
        )
    };
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return Err(wrong());
    }
    let whole: i64 = whole.parse().map_err(|_| wrong())?;
    let part: i64 = format!("{part:0<2}").parse().map_err(|_| wrong())?;
    let fen = whole.checked_mul(100).and_then(|fen| fen.checked_add(part));
    fen.ok_or_else(wrong)
}

/// Whether a promise was kept, by its word.
pub(super) fn kept(text: &str) -> Parsed<bool> {
    match text {
        "kept" => Ok(true),
        "broken" => Ok(false),
        _ => Err("请选择结果：已兑现或未兑现。".to_owned()),
    }
}

/// Whether a lead consents, by the word.
pub(super) fn consent(text: &str) -> Parsed<bool> {
    match text {
        "consented" => Ok(true),
        "refused" => Ok(false),
        _ => Err("请选择处理结果：同意更正或不同意。".to_owned()),
    }
}

/// The number of an entry in a ledger.
pub(super) fn entry(text: &str) -> Parsed<u32> {
    text.parse().map_err(|_| "请选择要更正的登记。".to_owned())
}

/// Yes or no; `what` names the question.
pub(super) fn yes(text: &str, what: &str) -> Parsed<bool> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(format!("请选择{what}：改变或不改变。")),
    }
}

/// A voltage in kV with at most three decimals: `10`, `0.4`, `220`.
pub(super) fn kilovolts(text: &str) -> Parsed<Volts> {
    let text = text.trim();
    if text.is_empty() {
        return Err("请填写电压等级（千伏），如 10、66、220。".to_owned());
    }
    exact_volts(text).ok_or_else(|| {
        format!(
            "“{}”不是电压等级，应为千伏数，如 0.4、10、66、220。",
            short(text)
        )
    })
}

/// Digits only, for a binary fraction would make 0.4 kV something else than 400 V.
fn exact_volts(text: &str) -> Option<Volts> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 3 {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let part: u32 = format!("{part:0<3}").parse().ok()?;
    whole
        .checked_mul(1000)?
        .checked_add(part)
        .filter(|volts| *volts > 0)
        .map(Volts)
}

/// What is built, by its word.
pub(super) fn works(text: &str) -> Parsed<Works> {
    match text {
        "substation" => Ok(Works::Substation),
        "line" => Ok(Works::Line),
        "substation-and-line" => Ok(Works::SubstationAndLine),
        "rebuild" => Ok(Works::Rebuild),
        "" => Err("请选择建设内容。".to_owned()),
        other => Err(format!(
            "建设内容“{}”不认识，请从列表中选择。",
            short(other)
        )),
    }
}

/// A county by its code.
pub(super) fn county(text: &str) -> Parsed<County> {
    County::from_str(text).map_err(|_| {
        format!(
            "县（区）代码“{}”不认识，应为本溪市六个县（区）之一。",
            short(text)
        )
    })
}

/// An event of the form, with its ground or days where its kind has them.
pub(super) fn event(kind: &str, ground: &str, typed_days: &str) -> Parsed<EventKind> {
    Ok(match kind {
        "submitted" => EventKind::Submitted,
        "materials-requested" => EventKind::MaterialsRequested,
        "resubmitted" => EventKind::Resubmitted,
        "accepted" => EventKind::Accepted,
        "rejected" => EventKind::Rejected,
        "county-opinion-received" => EventKind::CountyOpinionReceived,
        "announced" => EventKind::Announced {
            days: days(typed_days)?,
        },
        "suspended" => EventKind::Suspended {
            ground: suspension_ground(ground)?,
        },
        "resumed" => EventKind::Resumed,
        "extended" => EventKind::Extended {
            days: days(typed_days)?,
        },
        "granted" => EventKind::Granted,
        "denied" => EventKind::Denied,
        "withdrawn" => EventKind::Withdrawn,
        "" => return Err("请选择要办理的事项。".to_owned()),
        other => {
            return Err(format!(
                "事项“{}”不认识，请从页面列出的事项中选择。",
                short(other)
            ));
        }
    })
}

fn suspension_ground(text: &str) -> Parsed<String> {
    if text.is_empty() {
        return Err("请选择中止计时的事由（行政许可法第四十五条）。".to_owned());
    }
    Ground::from_code(text)
        .map(|ground| ground.code().to_owned())
        .ok_or_else(|| {
            format!(
                "中止事由“{}”不认识，应为行政许可法第四十五条所列事由之一。",
                short(text)
            )
        })
}

/// The ledger entries that a form had seen.
pub(super) fn seen(text: &str) -> Parsed<u32> {
    text.parse()
        .map_err(|_| "页面数据不完整，请核对下方内容后重新提交。".to_owned())
}

/// What a one-time notice asks for: ticked materials, then typed lines.
pub(super) fn requested(ticked: &[String], typed: &str) -> Vec<Requested> {
    let ticked = ticked.iter().map(|id| Requested {
        material: Some(id.clone()),
        name: String::new(),
    });
    let typed = typed.lines().filter_map(words).map(|name| Requested {
        material: None,
        name,
    });
    ticked.chain(typed).collect()
}

/// A row's number in an address; what is none names nothing.
pub(super) fn row(text: &str) -> Option<i64> {
    text.parse().ok().filter(|id| *id > 0)
}

/// A typed text without what cannot be seen, `None` where it is blank.
///
/// Control characters do nothing on a page, and marks that turn the writing's direction can make
/// a text look like another; line ends stay.
pub(super) fn words(text: &str) -> Option<String> {
    let unseen = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let text: String = text.chars().filter(|c| !unseen(*c)).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Enough of what was typed to recognise it.
fn short(text: &str) -> String {
    text.chars().take(20).collect()
}
