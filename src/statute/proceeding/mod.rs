//! What people do beside a step's clock because a clause says so: the ownership notice of trees
//! without a certificate (方案第6条), the county's planning opinion that the city asks for itself
//! (第3条), the parts of the land dossier (第4条), and construction that begins on submission
//! (第15条). Nothing here moves a due date.

pub mod construction;
pub mod consultation;
pub mod notice;
pub mod parts;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::division::County;

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Proceeding {
    /// The ownership of the trees was put up for everybody to read (林木权属公示).
    NoticePosted {
        /// Where it hangs.
        place: String,
        /// Who posted it; the plan does not say who must.
        by: String,
        /// What became of the objections to the notice before; `None`: it is the first.
        settled: Option<String>,
    },
    /// Somebody objected to it.
    Objection {
        /// Who.
        from: String,
        /// What they said.
        words: String,
    },
    /// The city's planning office asked a county's for its opinion, within the house.
    ConsultationAsked {
        /// Which county.
        county: County,
    },
    /// That county's planning office gave it.
    OpinionGiven {
        /// Which county.
        county: County,
        /// The opinion.
        words: String,
    },
    /// A part of the land dossier was given to an officer.
    PartBegun {
        /// The catalogue's part.
        part: String,
        /// The officer, by name and house.
        officer: String,
    },
    /// A part of the land dossier was finished.
    PartDone {
        /// The catalogue's part.
        part: String,
    },
    /// Construction began while permits that were applied for still ran.
    ConstructionStarted {
        /// Those permits, by name.
        running: Vec<String>,
    },
}

impl Proceeding {
    /// The word used in data, columns and addresses.
    pub fn code(&self) -> &'static str {
        match self {
            Proceeding::NoticePosted { .. } => "notice-posted",
            Proceeding::Objection { .. } => "objection",
            Proceeding::ConsultationAsked { .. } => "consultation-asked",
            Proceeding::OpinionGiven { .. } => "opinion-given",
            Proceeding::PartBegun { .. } => "part-begun",
            Proceeding::PartDone { .. } => "part-done",
            Proceeding::ConstructionStarted { .. } => "construction-started",
        }
    }

    /// The county that it concerns.
    pub fn county(&self) -> Option<County> {
        match self {
            Proceeding::ConsultationAsked { county } | Proceeding::OpinionGiven { county, .. } => {
                Some(*county)
            }
            _ => None,
        }
    }
}

/// Something that was done, with its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The Asia/Shanghai day.
    pub on: NaiveDate,
    /// What.
    pub what: Proceeding,
}

/// Why something may not be done, and what is open instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The rule's word.
    pub rule: &'static str,
    /// In Chinese, with the clause.
    pub detail: String,
}

fn refused<T>(rule: &'static str, detail: String) -> Result<T, Refused> {
    Err(Refused { rule, detail })
}

fn chinese(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// Refuses what lies before that on which it rests.
fn not_before(on: NaiveDate, earlier: NaiveDate, what: &str) -> Result<(), Refused> {
    if on >= earlier {
        return Ok(());
    }
    refused(
        "out-of-order",
        format!(
            "{}早于{what}的日期({});请核对日期",
            chinese(on),
            chinese(earlier)
        ),
    )
}

#[cfg(test)]
mod tests;
