//! The office's own rules: days, notes, and what must be granted first.

use chrono::{Datelike, NaiveDate};

use super::{Desk, Wish, status, step_of};
use crate::office::lines::with_county;
use crate::office::{FieldFault, OfficeError, OfficeRule};
use crate::statute::calendar::Calendar;
use crate::statute::clock::{self, Event, Status};
use crate::statute::plan::missing_materials;
use crate::statute::plan::route::RouteStep;
use crate::store::record::Filing;

/// The most characters of a note.
const NOTE: usize = 500;

/// A day as people write it: 2026年9月25日.
pub(in crate::office) fn chinese(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// A note without the blanks around it; nothing where nothing is left.
///
/// # Errors
/// Longer than 500 characters.
pub(super) fn note(typed: Option<&str>) -> Result<Option<String>, OfficeError> {
    let text = typed.unwrap_or_default().trim();
    let length = text.chars().count();
    if length > NOTE {
        return Err(OfficeError::Invalid(vec![FieldFault {
            field: "note",
            message: format!("说明最多{NOTE}字,现为{length}字;请缩短"),
        }]));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// What has happened can be recorded, late as it may be; what has not happened cannot. A day
/// before the calendar's first year is a slip of the pen: no limit could be reckoned from it.
pub(in crate::office) fn day(
    on: NaiveDate,
    today: NaiveDate,
    calendar: &Calendar,
) -> Result<(), OfficeError> {
    let refused = |rule, detail| Err(OfficeError::Rule(OfficeRule { rule, detail }));
    if on > today {
        let detail = format!(
            "{}还没有到(今天是{}),只能登记已经发生的事;请填今天或以前的日期",
            chinese(on),
            chinese(today)
        );
        return refused("future-day", detail);
    }
    if let Some(first) = calendar.years().first().map(|notice| notice.year)
        && on.year() < first
    {
        let detail = format!(
            "{}早于工作日历的起始年份({first}年),无法计算期限;请核对日期",
            chinese(on)
        );
        return refused("before-calendar", detail);
    }
    Ok(())
}

/// Whether a step that has just been drawn up can be filed at once.
pub(in crate::office) fn ready(step: &RouteStep<'_>) -> bool {
    step.waits_for.is_empty()
}

impl Desk<'_> {
    /// The required materials that an acceptance does without, by identifier; refused unless the
    /// officer has said that they accept all the same.
    pub(super) fn missing(&self, wish: &Wish<'_>) -> Result<Vec<String>, OfficeError> {
        let step = step_of(self.plan, self.filing(wish.filing)?)?;
        let missing = missing_materials(step, self.facts, wish.there);
        if missing.is_empty() || wish.despite_missing {
            return Ok(missing.into_iter().map(|m| m.id.clone()).collect());
        }
        // What the clock refuses is refused for that reason, whatever is missing.
        let event = Event {
            on: wish.on,
            kind: wish.kind.clone(),
        };
        let events = self
            .ledgers
            .get(&wish.filing)
            .map_or(&[][..], super::Laid::events);
        clock::admit(step, self.facts, events, &event, &self.calendar)?;
        let named: Vec<String> = missing
            .iter()
            .map(|m| {
                let inferred = if m.source.inferred { ",推定" } else { "" };
                format!("{}({}{inferred})", m.name, m.source.cite)
            })
            .collect();
        Err(OfficeError::Rule(OfficeRule {
            rule: "materials-missing",
            detail: format!(
                "尚未收到:{}。材料不齐的,应当当场或在五日内一次告知需要补正的全部内容(行政许可法第32条第一款第四项);确已收到纸质材料或可以受理的,勾选“仍然受理”后再提交,所缺材料将记入办理记录。",
                named.join("、")
            ),
        }))
    }

    /// Refuses to file what waits for a step that is not granted, or was granted only after `on`.
    pub(super) fn waits_over(&self, filing: &Filing, on: NaiveDate) -> Result<(), OfficeError> {
        let keys = self
            .route_step(filing)
            .map_or(&[][..], |step| &step.waits_for);
        let mut open = Vec::new();
        for key in keys {
            let Some(ahead) = self.find(&key.step, key.county) else {
                continue;
            };
            let granted_on = ahead
                .turning
                .decided_on
                .filter(|_| status(ahead) == Status::Granted);
            if granted_on.is_some_and(|day| day <= on) {
                continue;
            }
            let name = with_county(&step_of(self.plan, ahead)?.name, ahead.county);
            let why = step_of(self.plan, filing)?
                .waits_for
                .iter()
                .find(|wait| wait.step == key.step)
                .map_or_else(String::new, |wait| {
                    let inferred = if wait.source.inferred { ",推定" } else { "" };
                    format!("({}{inferred})", wait.source.cite)
                });
            open.push(match granted_on {
                Some(day) => format!("{name}{why}到{}才准予", chinese(day)),
                None => format!("{name}{why}"),
            });
        }
        if open.is_empty() {
            return Ok(());
        }
        Err(OfficeError::Rule(OfficeRule {
            rule: "waits-for",
            detail: format!("须先取得:{};取得后方可申请本事项", open.join(";")),
        }))
    }
}
