//! Figures (效能统计): what was handed in, decided, in time, and where the days went.
//!
//! # Why
//! The figures are added up from rows that are written with each entry; a page is nine statements,
//! however many ledgers there are. Percentiles are taken from counts of used days, which are few
//! and exact. What a figure means stands in `docs/figures.md`.

mod check;
mod keep;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub(in crate::office) use keep::{keep, keep_projects};

use super::actor::{Act, permit};
use super::model::figures::{
    FigureSet, Figures, FiguresBy, FiguresKey, FiguresLine, FiguresQuery, ProjectFigures,
};
use super::model::late::Month;
use super::{Actor, FieldFault, Moment, Office, OfficeError, Role};
use crate::statute::clock::Status;
use crate::statute::figures::Values;
use crate::statute::plan::StepId;
use crate::store::record::Bureau;
use crate::store::{DecidedSum, FigureFilter, Sums};

/// The most months on one page.
const MONTHS: u32 = 60;

/// A group in the making.
#[derive(Default)]
struct Group {
    set: FigureSet,
    used: Values,
}

impl Office {
    /// The figures: all for the government office, the deputy mayor and the administrator; an
    /// officer's own bureau's.
    ///
    /// # Errors
    /// Forbidden to the company; NotFound for an officer who asks for another bureau; Invalid for
    /// a range that ends before it begins, begins after today or is too long; the store.
    pub async fn figures(
        &self,
        actor: &Actor,
        query: &FiguresQuery,
        at: Moment,
    ) -> Result<Figures, OfficeError> {
        let own = match actor.role {
            Role::Officer { bureau } => Some(bureau),
            _ => None,
        };
        if own.is_some() && query.bureau.is_some() && query.bureau != own {
            return Err(OfficeError::NotFound("bureau"));
        }
        let bureau = own.or(query.bureau);
        let _permit = permit(actor, Act::SeeFigures { bureau })?;
        let asked = FiguresQuery {
            bureau,
            to: query.to.min(Month::of(at.today)),
            ..query.clone()
        };
        let (first, last) = range(&asked, at.today)?;
        let reader = self.store.reader();
        let filter = FigureFilter {
            first,
            last,
            today: at.today,
            bureau,
            step: asked.step.clone(),
            by: asked.by.grouping(),
        };
        let sums = reader.figure_sums(&filter).await?;
        let bureaus = reader.bureaus().await?;
        let steps: Vec<(StepId, String)> = self
            .plan()
            .steps
            .iter()
            .map(|step| (step.id.clone(), step.name.clone()))
            .collect();
        let whole = bureau.is_none() && asked.step.is_none();
        let (groups, total) = grouped(&sums, asked.by, whole);
        Ok(Figures {
            first,
            last,
            lines: lines(groups, &asked, &bureaus, &steps, whole),
            total,
            open_overdue: sums.open_overdue,
            owed: sums.owed,
            own: own.is_some(),
            bureaus: match own {
                Some(_) => Vec::new(),
                None => bureaus,
            },
            steps,
            asked,
        })
    }
}

/// The days of the months asked for, up to today.
fn range(asked: &FiguresQuery, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), OfficeError> {
    let invalid = |field, message| Err(OfficeError::Invalid(vec![FieldFault { field, message }]));
    let (Some((first, _)), Some((_, last))) = (asked.from.days(), asked.to.days()) else {
        return invalid("from", "统计月份不存在,请重新选择".to_owned());
    };
    if first > today {
        return invalid("from", format!("{}还没有到,请选择以前的月份", asked.from));
    }
    if asked.to < asked.from {
        return invalid("to", "截止月份早于起始月份,请重新选择".to_owned());
    }
    if asked.from.until(asked.to) > MONTHS {
        return invalid("from", format!("一次最多统计{MONTHS}个月,请缩短起止月份"));
    }
    Ok((first, last.min(today)))
}

/// What was added up, by group and in all. `whole`: of all bureaus and steps, so that projects
/// are whole.
fn grouped(sums: &Sums, by: FiguresBy, whole: bool) -> (BTreeMap<String, FigureSet>, FigureSet) {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let mut total = Group::default();
    {
        let mut add = |key: &str, with: &dyn Fn(&mut Group)| {
            with(groups.entry(key.to_owned()).or_default());
            with(&mut total);
        };
        for sum in &sums.filed {
            add(&sum.key, &|group| group.set.filed += sum.n);
        }
        for sum in &sums.accepted {
            add(&sum.key, &|group| {
                group.set.accepted += sum.n;
                group.set.accepted_by_silence += sum.by_silence;
            });
        }
        for sum in &sums.decided {
            add(&sum.key, &|group| group.ended(sum));
        }
        for sum in &sums.suspended {
            add(&sum.key, &|group| {
                group.set.suspensions += sum.n;
                group.set.suspensions_on_last_day += sum.on_last_day;
                group.set.suspensions_after_due += sum.after_due;
            });
        }
        for sum in &sums.typed_late {
            add(&sum.key, &|group| group.set.typed_late += sum.n);
        }
    }
    if whole {
        total.set.projects = Some(ProjectFigures::default());
    }
    for sum in &sums.finished {
        let add = |group: &mut Group| {
            let projects = group.set.projects.get_or_insert_default();
            projects.finished += sum.n;
            projects.one_after_another += sum.one_after_another;
            projects.elapsed += sum.elapsed;
            projects.idle += sum.idle;
        };
        add(&mut total);
        if by == FiguresBy::Month {
            add(groups.entry(sum.key.clone()).or_default());
        }
    }
    let groups = groups
        .into_iter()
        .map(|(key, group)| (key, group.done()))
        .collect();
    (groups, total.done())
}

impl Group {
    /// Counts runs that ended alike.
    fn ended(&mut self, sum: &DecidedSum) {
        let set = &mut self.set;
        match sum.outcome {
            Status::Granted => set.granted += sum.n,
            Status::Denied => set.denied += sum.n,
            Status::Withdrawn => {
                set.withdrawn += sum.n;
                set.withdrawn_late += sum.late;
                return;
            }
            _ => {
                set.rejected += sum.n;
                return;
            }
        }
        set.decided += sum.n;
        set.suspended += sum.suspended;
        set.suspended_days += sum.suspended_days;
        set.waited += sum.waited;
        set.waited_days += sum.waited_days;
        let Some(used) = sum.used else {
            set.without_limit += sum.n;
            return;
        };
        set.with_limit += sum.n;
        set.late += sum.late;
        set.on_time += sum.n - sum.late.min(sum.n);
        set.on_last_day += sum.on_last_day;
        self.used.add(used, sum.n);
    }

    fn done(self) -> FigureSet {
        FigureSet {
            used: self.used.spread(),
            ..self.set
        }
    }
}

/// The groups in the order in which they are shown.
fn lines(
    mut groups: BTreeMap<String, FigureSet>,
    asked: &FiguresQuery,
    bureaus: &[Bureau],
    steps: &[(StepId, String)],
    whole: bool,
) -> Vec<FiguresLine> {
    let mut lines = Vec::new();
    match asked.by {
        FiguresBy::Month => {
            let mut month = asked.from;
            while month <= asked.to {
                let mut set = groups.remove(&month.to_string()).unwrap_or_default();
                if whole {
                    set.projects.get_or_insert_default();
                }
                lines.push(FiguresLine {
                    key: FiguresKey::Month(month),
                    set,
                });
                month = month.next();
            }
        }
        FiguresBy::Bureau => {
            for bureau in bureaus {
                if let Some(set) = groups.remove(&bureau.id.to_string()) {
                    let key = FiguresKey::Bureau(bureau.clone());
                    lines.push(FiguresLine { key, set });
                }
            }
        }
        FiguresBy::Step => {
            for (id, name) in steps {
                if let Some(set) = groups.remove(id.as_str()) {
                    let key = FiguresKey::Step(id.clone(), name.clone());
                    lines.push(FiguresLine { key, set });
                }
            }
            // Steps of older catalogues only.
            lines.extend(groups.into_iter().map(|(id, set)| FiguresLine {
                key: FiguresKey::Step(StepId(id.clone()), id),
                set,
            }));
        }
    }
    lines
}
