//! The ownership notice of trees without a certificate (方案第6条): seven days at least, and only
//! when they end without an objection may the village's letter stand for the certificate.
//!
//! # Why
//! The plan writes 7日, not 工作日: calendar days, the first not counted (民法典第201条), and a last
//! day on a rest day moves to the next working day (第203条), the safer reading for the public.

use chrono::{Days, NaiveDate};

use super::{Dated, Proceeding, Refused, chinese, not_before, refused};
use crate::statute::calendar::Calendar;
use crate::statute::plan::NoticeRule;

/// Who objected, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// The day.
    pub on: NaiveDate,
    /// Who.
    pub from: String,
    /// What they said.
    pub words: String,
}

/// A notice as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The day of posting.
    pub on: NaiveDate,
    /// Where it hangs.
    pub place: String,
    /// Who posted it.
    pub by: String,
    /// What became of earlier objections.
    pub settled: Option<String>,
    /// The last day on which an objection is in time.
    pub last_day: NaiveDate,
    /// In the order of recording.
    pub objections: Vec<Objection>,
}

impl Posted {
    /// Whether it has run out on `today`; on the last day it has not.
    pub fn ended(&self, today: NaiveDate) -> bool {
        today > self.last_day
    }
}

/// All notices of a step, the newest last.
pub fn notices(rule: &NoticeRule, entries: &[Dated], calendar: &Calendar) -> Vec<Posted> {
    let mut all: Vec<Posted> = Vec::new();
    for entry in entries {
        match &entry.what {
            Proceeding::NoticePosted { place, by, settled } => {
                let end = entry.on.checked_add_days(Days::new(u64::from(rule.days)));
                all.push(Posted {
                    on: entry.on,
                    place: place.clone(),
                    by: by.clone(),
                    settled: settled.clone(),
                    last_day: calendar.roll_forward(end.unwrap_or(NaiveDate::MAX)),
                    objections: Vec::new(),
                });
            }
            Proceeding::Objection { from, words } => {
                if let Some(posted) = all.last_mut() {
                    posted.objections.push(Objection {
                        on: entry.on,
                        from: from.clone(),
                        words: words.clone(),
                    });
                }
            }
            _ => {}
        }
    }
    all
}

/// Whether the letter may stand for the certificate on `today`.
///
/// # Errors
/// There is no notice, it still runs, or somebody objected; with what is open instead.
pub fn letter_may_stand(
    rule: &NoticeRule,
    entries: &[Dated],
    today: NaiveDate,
    calendar: &Calendar,
) -> Result<(), Refused> {
    let cite = &rule.source.cite;
    let all = notices(rule, entries, calendar);
    let Some(posted) = all.last() else {
        return refused(
            "ownership-notice",
            format!(
                "还没有登记林木权属公示;公示{}日无异议后,林权证明才可以代替林权证({cite})。请先登记公示,或者提交林权证",
                rule.days
            ),
        );
    };
    if let Some(objection) = posted.objections.first() {
        return refused(
            "ownership-notice",
            format!(
                "公示期内{}于{}提出异议,林权证明不能代替林权证({cite}:公示{}日无异议)。请提交林权证,或者在异议处理完毕后重新公示",
                objection.from,
                chinese(objection.on),
                rule.days
            ),
        );
    }
    if !posted.ended(today) {
        return refused(
            "ownership-notice",
            format!(
                "林木权属公示到{}届满,届满无异议后林权证明才可以代替林权证({cite})。请在届满次日起提交,或者提交林权证",
                chinese(posted.last_day)
            ),
        );
    }
    Ok(())
}

/// Admits a new notice or an objection.
///
/// # Errors
/// A notice runs or has ended without objection; an objection without a notice, or after its end.
pub fn admit(
    rule: &NoticeRule,
    entries: &[Dated],
    new: &Dated,
    calendar: &Calendar,
) -> Result<(), Refused> {
    let all = notices(rule, entries, calendar);
    let last = all.last();
    match (&new.what, last) {
        (Proceeding::NoticePosted { settled, .. }, Some(posted)) => {
            not_before(new.on, posted.on, "上一次公示")?;
            if posted.objections.is_empty() {
                return refused(
                    "ownership-notice",
                    format!(
                        "{}已开始公示(到{}届满),不重复公示",
                        chinese(posted.on),
                        chinese(posted.last_day)
                    ),
                );
            }
            if settled.is_none() {
                return refused(
                    "ownership-notice",
                    "上一次公示有异议;重新公示的,请写明原异议如何处理完毕".to_owned(),
                );
            }
            Ok(())
        }
        (Proceeding::NoticePosted { .. }, None) => Ok(()),
        (_, None) => refused(
            "ownership-notice",
            "还没有登记林木权属公示,没有可以异议的内容;请先登记公示".to_owned(),
        ),
        (_, Some(posted)) => {
            not_before(new.on, posted.on, "公示")?;
            if posted.ended(new.on) {
                return refused(
                    "ownership-notice",
                    format!(
                        "公示已于{}届满,{}提出的不是公示期内的异议({});请按林木权属争议另行处理",
                        chinese(posted.last_day),
                        chinese(new.on),
                        rule.source.cite
                    ),
                );
            }
            Ok(())
        }
    }
}
