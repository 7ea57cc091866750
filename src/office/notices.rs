//! Entering a year's holiday notice: read, looked at, confirmed.
//!
//! # Why
//! A notice moves deadlines that people are held to. So it is read against itself and refused where
//! it contradicts itself, shown with everything that it moves before anything is stored, and kept
//! with its source and with who has answered for it. Nothing is entered without a source.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::actor::{Act, permit};
use super::almanac::newest;
use super::model::notices::{NoticeEntered, NoticeForm, NoticePreview, YearNotices};
use super::moves::Folding;
use super::recheck::Rechecked;
use super::{Actor, FieldFault, FilingId, Moment, Office, OfficeError, almanac};
use crate::statute::calendar::Calendar;
use crate::statute::calendar::announce::{self, Announced, Changes, changes};
use crate::store::{HolidayNotice, NewHolidayNotice};

#[cfg(test)]
mod tests;

/// The most characters of a pasted text.
const TEXT: usize = 8_000;
/// The most characters of a document's number.
const NUMBER: usize = 60;
/// The most characters of an address.
const URL: usize = 300;
/// The most characters of a reason.
const REASON: usize = 500;
/// How far ahead of today a notice may be; the State Council publishes one year at a time.
const AHEAD: i32 = 2;

/// A notice as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EnterNotice {
    /// The year that it is about.
    pub year: i32,
    /// The pasted text.
    pub text: String,
    /// Its document number (文号).
    pub number: String,
    /// The day it was published.
    pub published_on: Option<NaiveDate>,
    /// Where it can be read.
    pub url: String,
}

/// A notice that is confirmed after it was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConfirmNotice {
    /// The notice.
    pub notice: EnterNotice,
    /// The version of the calendar that the page showed it against.
    pub seen: String,
    /// True: the year's official notice is to be corrected.
    pub correct: bool,
    /// Why it is corrected.
    pub reason: String,
}

/// A notice that was read, with the calendar that it would make.
struct Read {
    announced: Announced,
    number: String,
    published_on: NaiveDate,
    url: Option<String>,
    calendar: Calendar,
    changes: Changes,
    corrects: Vec<String>,
}

impl Office {
    /// What the form begins with.
    ///
    /// # Errors
    /// Forbidden to all but the government office and the administrator.
    pub fn notice_form(
        &self,
        actor: &Actor,
        year: Option<i32>,
        at: Moment,
    ) -> Result<NoticeForm, OfficeError> {
        let _permit = permit(actor, Act::EnterNotice)?;
        let calendar = self.calendar();
        let official = |year| !calendar.is_provisional(crate::statute::calendar::date(year, 1, 1));
        let this = at.today.year();
        let first = calendar.years().first().map_or(this, |notice| notice.year);
        let years = (first..=this + AHEAD)
            .rev()
            .map(|year| (year, official(year)))
            .collect();
        let own = calendar
            .years()
            .iter()
            .find(|notice| Some(notice.year) == year && !notice.provisional);
        Ok(NoticeForm {
            years,
            lines: own.map_or_else(String::new, |own| announce::lines(&own.days)),
        })
    }

    /// The notice as it would be entered, and all that it moves; writes nothing.
    ///
    /// # Errors
    /// Forbidden; Invalid with every fault of the text, by line.
    pub async fn preview_notice(
        &self,
        actor: &Actor,
        wish: &EnterNotice,
        page: u32,
        at: Moment,
    ) -> Result<NoticePreview, OfficeError> {
        let _permit = permit(actor, Act::EnterNotice)?;
        self.refresh_calendar().await?;
        let read = self.read_notice(wish, at)?;
        let ids = match read.changes.span {
            Some(span) => {
                let reader = self.store.reader();
                reader.touched(span, FilingId(i64::MIN)).await?
            }
            None => Vec::new(),
        };
        let seen = self.calendar().version().to_owned();
        let mut folding = Folding::by(self, Arc::new(read.calendar));
        let moves = self
            .moves(&mut folding, &ids, (page, at), |_, _| ())
            .await?;
        Ok(NoticePreview {
            announced: read.announced,
            changes: read.changes,
            corrects: read.corrects,
            seen,
            moves,
        })
    }

    /// Enters the notice and carries it through the stored turning points.
    ///
    /// # Errors
    /// Forbidden; Invalid; Rule where the calendar has changed since the page was made, where it
    /// already says so, or where an official notice is corrected without the word and a reason. When
    /// the store fails after the notice was entered, the recheck goes on with the next daily turn.
    pub async fn enter_notice(
        &self,
        actor: &Actor,
        wish: &ConfirmNotice,
        at: Moment,
    ) -> Result<Rechecked, OfficeError> {
        let _permit = permit(actor, Act::EnterNotice)?;
        // What was stored before under another calendar is brought to its end first.
        self.recheck(at).await?;
        let tx = self.begin_alone().await?;
        let read = self.read_notice(&wish.notice, at)?;
        if wish.seen != self.calendar().version() {
            return Err(OfficeError::rule(
                "calendar-moved",
                "预览之后日历已经变动；请重新查看影响，再确认",
            ));
        }
        let reason = reason(&read, wish)?;
        if read.changes == Changes::default() {
            return Err(OfficeError::rule(
                "notice-same",
                format!("日历已与这份通知一致，{}年无需再录入", wish.notice.year),
            ));
        }
        let new = NewHolidayNotice {
            year: read.announced.year,
            text: wish.notice.text.trim().to_owned(),
            days: read.announced.days,
            number: read.number,
            published_on: read.published_on,
            url: read.url,
            reason,
            person: actor.id,
            person_name: actor.name.clone(),
            at: at.now,
        };
        let id = tx.insert_holiday_notice(&new, read.changes.span).await?;
        if let Some((first, _)) = read.changes.span {
            // Days that were used, waited or stood still are counted by the calendar too.
            tx.owe_figures(first).await?;
        }
        let subject = format!("holiday notice {id}");
        let detail = format!("{} {}", new.year, new.number);
        tx.audit(at.now, Some(actor.id), "enter-notice", &subject, &detail)
            .await?;
        tx.commit().await?;
        self.refresh_calendar().await?;
        self.recheck(at).await
    }

    /// What is known of a year beside its days.
    ///
    /// # Errors
    /// The store.
    pub async fn year_notices(&self, actor: &Actor, year: i32) -> Result<YearNotices, OfficeError> {
        let reader = self.store.reader();
        let mut entered = reader.holiday_notices().await?;
        entered.retain(|one| one.entered.year == year);
        let rechecks = reader.rechecks().await?;
        let told = |one: &HolidayNotice| {
            let check = rechecks.iter().find(|check| check.notice == one.id);
            NoticeEntered {
                version: one.version,
                source: almanac::source(one),
                url: one.entered.url.clone(),
                reason: one.entered.reason.clone(),
                by: one.entered.person_name.clone(),
                at: one.entered.at,
                days: one.entered.days.len(),
                text: one.entered.text.clone(),
                looked: check.map_or(0, |check| check.looked),
                moved: check.map_or(0, |check| check.moved),
                refused: check.map_or(0, |check| check.refused),
                done: check.is_none_or(|check| check.done_at.is_some()),
            }
        };
        Ok(YearNotices {
            disputed: !newest(&entered).is_empty() && self.is_disputed(year),
            entered: entered.iter().rev().map(told).collect(),
            may_enter: permit(actor, Act::EnterNotice).is_ok(),
        })
    }

    fn read_notice(&self, wish: &EnterNotice, at: Moment) -> Result<Read, OfficeError> {
        let calendar = self.calendar();
        let mut faults = Vec::new();
        let mut fault = |field, message: String| faults.push(FieldFault { field, message });
        let first = calendar.years().first().map_or(wish.year, |one| one.year);
        let last = at.today.year() + AHEAD;
        if !(first..=last).contains(&wish.year) {
            fault("year", format!("年份应在{first}至{last}年之间"));
        }
        let number = wish.number.trim();
        if number.is_empty() || number.chars().count() > NUMBER {
            fault(
                "number",
                format!(
                    "请填写通知的文号，如“国办发明电〔2025〕7号”，最多{NUMBER}字；没有来源的通知不予录入"
                ),
            );
        }
        match wish.published_on {
            None => fault(
                "published_on",
                "请填写通知的发布日期，如 2025-11-04".to_owned(),
            ),
            Some(on) if on > at.today => {
                fault("published_on", format!("发布日期{on}还没有到；请核对"));
            }
            Some(_) => {}
        }
        let url = wish.url.trim();
        let web = ["https://", "http://"]
            .iter()
            .any(|start| url.starts_with(start));
        if !url.is_empty()
            && (!web || url.chars().count() > URL || url.contains(char::is_whitespace))
        {
            fault(
                "url",
                format!("网址应以 https:// 或 http:// 开头，最多{URL}字；没有可以不填"),
            );
        }
        let text = wish.text.trim();
        if text.is_empty() || text.chars().count() > TEXT {
            fault("text", format!("请粘贴通知原文或逐日列出，最多{TEXT}字"));
        }
        // A wrong year would make every line wrong.
        let announced = if faults.is_empty() {
            announce::parse(wish.year, &wish.text, &calendar).map_err(|found| {
                let told = found.into_iter().map(|fault| FieldFault {
                    field: "text",
                    message: if fault.line == 0 {
                        fault.message
                    } else {
                        fault.to_string()
                    },
                });
                faults.extend(told);
            })
        } else {
            Err(())
        };
        let (Ok(announced), Some(published_on)) = (announced, wish.published_on) else {
            return Err(OfficeError::Invalid(faults));
        };
        let new = self.calendar_with(&announced, number)?;
        let own = calendar
            .years()
            .iter()
            .find(|notice| notice.year == wish.year && !notice.provisional);
        Ok(Read {
            changes: changes(&calendar, &new),
            announced,
            number: number.to_owned(),
            published_on,
            url: (!url.is_empty()).then(|| url.to_owned()),
            calendar: new,
            corrects: own.map(|own| own.sources.clone()).unwrap_or_default(),
        })
    }
}

/// Why an official notice is corrected; `None`: the year has none.
fn reason(read: &Read, wish: &ConfirmNotice) -> Result<Option<String>, OfficeError> {
    if read.corrects.is_empty() {
        return Ok(None);
    }
    let year = read.announced.year;
    if !wish.correct {
        return Err(OfficeError::rule(
            "notice-corrects",
            format!("{year}年已有正式通知；更正它请勾选确认更正并写明理由"),
        ));
    }
    let reason = wish.reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON {
        return Err(OfficeError::rule(
            "notice-corrects",
            format!("更正{year}年的正式通知须写明理由，最多{REASON}字"),
        ));
    }
    Ok(Some(reason.to_owned()))
}
