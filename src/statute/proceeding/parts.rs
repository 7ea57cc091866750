//! The parts of the land dossier (方案第4条): they run side by side inside the step's limit, each
//! with its own officer and its own done-mark.

use chrono::NaiveDate;

use super::{Dated, Proceeding, Refused, chinese, not_before, refused};
use crate::statute::plan::{Part, Step};

/// A part as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<'s> {
    /// The catalogue's part.
    pub part: &'s Part,
    /// The officer and the day on which the part was given to them; `None`: nobody yet.
    pub officer: Option<(String, NaiveDate)>,
    /// The day on which it was finished.
    pub done: Option<NaiveDate>,
}

/// The parts of `step` in the catalogue's order.
pub fn parts<'s>(step: &'s Step, entries: &[Dated]) -> Vec<Standing<'s>> {
    let standing = |part: &'s Part| {
        let mut at = Standing {
            part,
            officer: None,
            done: None,
        };
        for entry in entries {
            match &entry.what {
                Proceeding::PartBegun { part: id, officer } if *id == part.id => {
                    at.officer = Some((officer.clone(), entry.on));
                }
                Proceeding::PartDone { part: id } if *id == part.id => at.done = Some(entry.on),
                _ => {}
            }
        }
        at
    };
    step.parts.iter().map(standing).collect()
}

/// Admits that a part is given to an officer (again, where another takes it over), or is done.
///
/// # Errors
/// The step has no such part, nobody has it, or it is done.
pub fn admit(step: &Step, entries: &[Dated], new: &Dated) -> Result<(), Refused> {
    let id = match &new.what {
        Proceeding::PartBegun { part, .. } | Proceeding::PartDone { part } => part,
        _ => return Ok(()),
    };
    let all = parts(step, entries);
    let Some(at) = all.iter().find(|at| at.part.id == *id) else {
        let names: Vec<&str> = step.parts.iter().map(|part| part.name.as_str()).collect();
        return refused(
            "dossier-part",
            match names.is_empty() {
                true => format!("“{}”没有分项工作", step.name),
                false => format!("请选择分项工作:{}", names.join("、")),
            },
        );
    };
    if let Some(done) = at.done {
        return refused(
            "dossier-part",
            format!("{}已于{}完成,不再登记", at.part.name, chinese(done)),
        );
    }
    match (&new.what, &at.officer) {
        (Proceeding::PartDone { .. }, None) => refused(
            "dossier-part",
            format!("{}还没有承办人;请先登记由谁承办", at.part.name),
        ),
        (_, Some((_, begun))) => not_before(new.on, *begun, "交办"),
        (_, None) => Ok(()),
    }
}

/// Refuses to end the step on `on` while a part is open.
///
/// # Errors
/// Parts that are not done by `on`, by name.
pub fn all_done(step: &Step, entries: &[Dated], on: NaiveDate) -> Result<(), Refused> {
    let open: Vec<&str> = parts(step, entries)
        .into_iter()
        .filter(|at| at.done.is_none_or(|done| done > on))
        .map(|at| at.part.name.as_str())
        .collect();
    if open.is_empty() {
        return Ok(());
    }
    refused(
        "dossier-part",
        format!(
            "组卷上报前的工作尚未全部完成:{}({});请先登记各项完成",
            open.join("、"),
            step.parts.first().map_or("", |part| &part.source.cite)
        ),
    )
}
