//! A project with all its filings, as the pages ask about it. Pure.

use chrono::NaiveDate;

use super::super::lines::with_county;
use super::super::model::JointFiling;
use crate::statute::calendar::Calendar;
use crate::statute::clock::Status;
use crate::statute::forecast::Known;
use crate::statute::plan::route::{Route, RouteKey, RouteStep};
use crate::statute::plan::{Plan, Step};
use crate::store::record::{Filing, Project};

/// A project, its route and its filings on a day.
pub(super) struct Case<'a> {
    /// The catalogue that the project began under.
    pub plan: &'a Plan,
    /// The project.
    pub project: &'a Project,
    /// Its route under that catalogue.
    pub route: Route<'a>,
    /// All its filings.
    pub filings: &'a [Filing],
    /// Today.
    pub today: NaiveDate,
    /// The calendar.
    pub calendar: &'a Calendar,
}

impl Case<'_> {
    /// The filing of a step of the route.
    pub(super) fn filing(&self, key: &RouteKey) -> Option<&Filing> {
        self.filings
            .iter()
            .find(|f| f.is_current() && f.step == key.step && f.county == key.county)
    }

    /// The step of the route that `filing` is the run of.
    pub(super) fn route_step(&self, filing: &Filing) -> Option<&RouteStep<'_>> {
        self.route
            .steps
            .iter()
            .find(|s| s.key.step == filing.step && s.key.county == filing.county)
    }

    /// Whether the project goes by `filing`, and its facts call for it.
    pub(super) fn goes_by(&self, filing: &Filing) -> bool {
        filing.is_current() && self.route_step(filing).is_some()
    }

    /// Where `filing` is today.
    pub(super) fn status(&self, filing: &Filing) -> Status {
        filing.turning.glance(self.today, self.calendar).status
    }

    /// The filing's name for a reader, with its county.
    pub(super) fn name(&self, filing: &Filing) -> String {
        let step = self.plan.step(filing.step.as_str());
        with_county(
            step.map_or(filing.step.as_str(), |s| &s.name),
            filing.county,
        )
    }

    /// The filings that must be granted before `filing` and are not.
    pub(super) fn waits_for(&self, filing: &Filing) -> Vec<&Filing> {
        let ahead = self.route_step(filing).map(|s| s.waits_for.as_slice());
        ahead
            .unwrap_or_default()
            .iter()
            .filter_map(|key| self.filing(key))
            .filter(|f| self.status(f) != Status::Granted)
            .collect()
    }

    /// The filings that clause 1 has filed together with `filing`, itself left out.
    pub(super) fn joint_with(&self, filing: &Filing) -> Vec<&Filing> {
        let Some(step) = self.plan.step(filing.step.as_str()) else {
            return Vec::new();
        };
        let named = |step: &Step, other: &Filing| step.joint_with.contains(&other.step);
        self.filings
            .iter()
            .filter(|other| other.id != filing.id && other.is_current())
            .filter(|other| {
                let back = self.plan.step(other.step.as_str());
                named(step, other)
                    || back.is_some_and(|back| named(back, filing))
                    || (other.step == filing.step && !step.joint_with.is_empty())
            })
            .collect()
    }

    /// The joint filing that is still to be made: all its filings are drafts that wait for nothing.
    pub(super) fn joint_filing(&self) -> Option<JointFiling> {
        let in_order = || self.route.steps.iter().filter_map(|s| self.filing(&s.key));
        let first = in_order().find(|f| !self.joint_with(f).is_empty())?;
        let others = self.joint_with(first);
        let group: Vec<&Filing> = in_order()
            .filter(|f| f.id == first.id || others.iter().any(|o| o.id == f.id))
            .collect();
        let open = group
            .iter()
            .all(|f| self.status(f) == Status::Draft && self.waits_for(f).is_empty());
        open.then(|| JointFiling {
            filings: group.iter().map(|f| (f.id, f.seq)).collect(),
            names: group.iter().map(|f| self.name(f)).collect(),
        })
    }

    /// What the forecast may take for known: decisions, and due dates of clocks that run.
    ///
    /// A due date that has passed counts as today, since the step cannot end before; a clock that
    /// stands still counts as if it ran on from today, the earliest that it can.
    pub(super) fn known(&self) -> Vec<Known> {
        self.filings
            .iter()
            .filter(|filing| filing.is_current())
            .filter_map(|filing| {
                let turning = &filing.turning;
                let status = self.status(filing);
                let due_on = match status {
                    Status::Draft | Status::Correcting => None,
                    Status::Suspended => turning
                        .paused_left
                        .map(|left| self.calendar.add_working_days(self.today, left)),
                    _ => turning.due_on.map(|due| due.max(self.today)),
                };
                let ended_on = turning.decided_on.filter(|_| status.is_decided());
                (due_on.is_some() || ended_on.is_some()).then(|| Known {
                    key: RouteKey {
                        step: filing.step.clone(),
                        county: filing.county,
                    },
                    ended_on,
                    due_on: due_on.filter(|_| ended_on.is_none()),
                })
            })
            .collect()
    }
}
