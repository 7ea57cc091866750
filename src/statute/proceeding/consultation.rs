//! The county's planning opinion, asked for within the house (方案第3条): the applicant is never
//! sent for it, and however long the county takes, the city's own limit runs on.

use chrono::NaiveDate;

use super::{Dated, Proceeding, Refused, not_before, refused};
use crate::statute::division::County;

/// What was asked of one county.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which county.
    pub county: County,
    /// The day of asking.
    pub on: NaiveDate,
    /// The opinion with its day; `None`: not yet given.
    pub opinion: Option<(NaiveDate, String)>,
}

/// What was asked, in the order of asking.
pub fn consultations(entries: &[Dated]) -> Vec<Asked> {
    let mut all: Vec<Asked> = Vec::new();
    for entry in entries {
        match &entry.what {
            Proceeding::ConsultationAsked { county } => all.push(Asked {
                county: *county,
                on: entry.on,
                opinion: None,
            }),
            Proceeding::OpinionGiven { county, words } => {
                let asked = all.iter_mut().find(|asked| asked.county == *county);
                if let Some(asked) = asked {
                    asked.opinion = Some((entry.on, words.clone()));
                }
            }
            _ => {}
        }
    }
    all
}

/// Admits a question or an opinion.
///
/// # Errors
/// A county that the project does not touch, one that was asked already, an opinion that nobody
/// asked for, or that was given.
pub fn admit(counties: &[County], entries: &[Dated], new: &Dated) -> Result<(), Refused> {
    let all = consultations(entries);
    let Some(county) = new.what.county() else {
        return Ok(());
    };
    let before = all.iter().find(|asked| asked.county == county);
    let name = county.name();
    match (&new.what, before) {
        (Proceeding::ConsultationAsked { .. }, Some(_)) => refused(
            "inner-opinion",
            format!("已经向{name}征求过规划意见,不重复征求;请等待或者催办"),
        ),
        (Proceeding::ConsultationAsked { .. }, None) if !counties.contains(&county) => refused(
            "inner-opinion",
            format!("项目不涉及{name},不需征求它的规划意见(方案第3条)"),
        ),
        (Proceeding::ConsultationAsked { .. }, None) => Ok(()),
        (_, None) => refused(
            "inner-opinion",
            format!("没有向{name}征求规划意见;由市级规划审批部门先内部征求(方案第3条)"),
        ),
        (_, Some(asked)) if asked.opinion.is_some() => refused(
            "inner-opinion",
            format!("{name}已经回复过规划意见,不重复登记"),
        ),
        (_, Some(asked)) => not_before(new.on, asked.on, "征求意见"),
    }
}
