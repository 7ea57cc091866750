//! 第1条: the county's opinion reaches the city's ledger by itself when the county has decided.

use super::{Desk, is_draft, status, step_of};
use crate::office::facts::{may_run_again, stands};
use crate::office::lines::with_county;
use crate::office::{FilingId, Moment, OfficeError, OfficeRule};
use crate::statute::clock::{Event, EventKind, Status};
use crate::statute::plan::Step;
use crate::store::Details;
use crate::store::NewEntry;
use crate::store::record::Filing;

impl Desk<'_> {
    /// The filing whose ledger receives `filing`'s opinion.
    pub(super) fn receiver(&self, filing: &Filing) -> Result<Option<&Filing>, OfficeError> {
        let Some(target) = &step_of(self.plan, filing)?.opinion_to else {
            return Ok(None);
        };
        Ok(self.find(target, None))
    }

    /// Enters the opinion once every county's is in; a refusal is an opinion too.
    ///
    /// The entry's day is the last county's decision, or the city ledger's last day where that is
    /// later, because the days of a ledger do not go back.
    pub(in crate::office) fn opinion_after(
        &mut self,
        decided: FilingId,
        at: Moment,
    ) -> Result<Vec<FilingId>, OfficeError> {
        let filing = self.filing(decided)?;
        if !has_opinion(filing) {
            return Ok(Vec::new());
        }
        let Some(city) = self.receiver(filing)? else {
            return Ok(Vec::new());
        };
        let givers = self.givers(city);
        if status(city).is_decided() || !givers.iter().all(|giver| has_opinion(giver)) {
            return Ok(Vec::new());
        }
        let last = givers.iter().filter_map(|giver| giver.turning.decided_on);
        let Some(on) = last.chain(city.last_on).max() else {
            return Ok(Vec::new());
        };
        let said = all_said(&givers);
        let clause = step_of(self.plan, city)?.clause;
        let city = city.id;
        // A county that joined the project later decides after the opinion was complete.
        let received = |event: &Event| event.kind == EventKind::CountyOpinionReceived;
        if self
            .ledgers
            .get(&city)
            .is_some_and(|laid| laid.events().iter().any(received))
        {
            return Ok(Vec::new());
        }
        let entry = NewEntry {
            event: Event {
                on,
                kind: EventKind::CountyOpinionReceived,
            },
            note: Some(said),
            details: Details::default(),
            actor: None,
            actor_name: by_rule(clause),
            recorded_at: at.now,
        };
        self.admit(city, entry)?;
        Ok(vec![city])
    }

    /// The counties' filings whose opinions `city` waits for.
    pub(super) fn givers(&self, city: &Filing) -> Vec<&Filing> {
        self.filings
            .iter()
            .filter(|giver| {
                let step = self.plan.step(giver.step.as_str());
                self.is_on_route(giver)
                    && step.is_some_and(|step| step.opinion_to.as_ref() == Some(&city.step))
            })
            .collect()
    }

    /// A county's decided filing whose city's ledger may be waiting for nobody else, and the city's.
    pub(in crate::office) fn opinion_due(
        &self,
    ) -> Result<Option<(FilingId, FilingId)>, OfficeError> {
        for giver in &self.filings {
            if !self.is_on_route(giver) || !has_opinion(giver) {
                continue;
            }
            if let Some(city) = self.receiver(giver)?.filter(|city| city.seq > 0) {
                return Ok(Some((giver.id, city.id)));
            }
        }
        Ok(None)
    }

    /// The filings of the joint action that `filing` belongs to, itself among them, in the route's
    /// order; empty where it is filed alone.
    fn joint_group(&self, filing: &Filing) -> Result<Vec<&Filing>, OfficeError> {
        let step = step_of(self.plan, filing)?;
        let together = |other: &Step| {
            step.joint_with.contains(&other.id)
                || other.joint_with.contains(&step.id)
                || (other.id == step.id && !step.joint_with.is_empty())
        };
        let group: Vec<&Filing> = self
            .filings
            .iter()
            .filter(|other| {
                let step = self.plan.step(other.step.as_str());
                self.is_on_route(other) && step.is_some_and(together)
            })
            .collect();
        Ok(if group.len() > 1 { group } else { Vec::new() })
    }

    /// The filings that run again with `id`: itself, or the whole of its joint action.
    ///
    /// # Errors
    /// A run goes on or was granted; the project no longer needs the step.
    pub(in crate::office) fn again(&self, id: FilingId) -> Result<Vec<&Filing>, OfficeError> {
        let filing = self.filing(id)?;
        let name = self.names(&[filing]);
        self.needed(filing)?;
        let group = self.joint_group(filing)?;
        if group.is_empty() {
            return if may_run_again(filing) {
                Ok(vec![filing])
            } else {
                Err(stands(&name))
            };
        }
        let ended = group.iter().all(|part| status(part).is_decided());
        if ended && group.iter().any(|part| may_run_again(part)) {
            return Ok(group);
        }
        Err(stands(&self.names(&group)))
    }

    /// Refuses to file what the project does not go by, or its facts do not call for.
    ///
    /// # Errors
    /// Rule `not-needed`.
    pub(super) fn needed(&self, filing: &Filing) -> Result<(), OfficeError> {
        if self.is_on_route(filing) {
            return Ok(());
        }
        Err(OfficeError::Rule(OfficeRule {
            rule: "not-needed",
            detail: format!(
                "按项目现在的情况,不需要“{}”;请在项目页查看须办事项",
                self.names(&[filing])
            ),
        }))
    }

    /// The joint action of the project; empty where its route has none.
    pub(in crate::office) fn joint(&self) -> Result<Vec<FilingId>, OfficeError> {
        for filing in &self.filings {
            let group = self.joint_group(filing)?;
            if !group.is_empty() {
                return Ok(group.into_iter().map(|part| part.id).collect());
            }
        }
        Ok(Vec::new())
    }

    fn names(&self, filings: &[&Filing]) -> String {
        let name = |filing: &&Filing| {
            let step = self.plan.step(filing.step.as_str());
            with_county(
                step.map_or(filing.step.as_str(), |step| &step.name),
                filing.county,
            )
        };
        filings.iter().map(name).collect::<Vec<_>>().join("、")
    }

    /// Refuses to file one part of a joint action whose parts are all still to be filed.
    pub(super) fn not_alone(&self, filing: &Filing) -> Result<(), OfficeError> {
        let group = self.joint_group(filing)?;
        if group.is_empty() || !group.iter().all(|part| is_draft(part)) {
            return Ok(());
        }
        let clause = step_of(self.plan, filing)?.clause;
        Err(OfficeError::Rule(OfficeRule {
            rule: "joint-filing",
            detail: format!(
                "{}应同时申请(方案第{clause}条);请在项目页用“同时申请初审和预审”一次提交",
                self.names(&group)
            ),
        }))
    }

    /// The whole joint action that `ids` are.
    pub(super) fn whole_joint(&self, ids: &[FilingId]) -> Result<Vec<FilingId>, OfficeError> {
        let refused = |detail: String| {
            Err(OfficeError::Rule(OfficeRule {
                rule: "joint-filing",
                detail,
            }))
        };
        let Some(first) = ids.first() else {
            return refused("没有选择要一并申请的事项;请从项目页重新提交".to_owned());
        };
        let first = self.filing(*first)?;
        let group = self.joint_group(first)?;
        let whole = group.len() == ids.len() && group.iter().all(|part| ids.contains(&part.id));
        if group.is_empty() || !whole {
            let clause = step_of(self.plan, first)?.clause;
            let names = if group.is_empty() {
                "用地初审和用地预审".to_owned()
            } else {
                self.names(&group)
            };
            return refused(format!(
                "一并申请的应当是:{names}(方案第{clause}条);请从项目页重新提交"
            ));
        }
        Ok(group.into_iter().map(|part| part.id).collect())
    }
}

pub(super) fn has_opinion(filing: &Filing) -> bool {
    matches!(status(filing), Status::Granted | Status::Denied)
}

/// Every opinion in words.
pub(super) fn all_said(givers: &[&Filing]) -> String {
    let said: Vec<String> = givers.iter().map(|giver| said(giver)).collect();
    format!("初审意见齐备:{}", said.join(";"))
}

/// Who records what follows from a clause by itself.
pub(super) fn by_rule(clause: u32) -> String {
    format!("系统(方案第{clause}条)")
}

fn said(giver: &Filing) -> String {
    let place = giver.county.map_or("", |county| county.name());
    let word = if status(giver) == Status::Granted {
        "同意"
    } else {
        "不同意"
    };
    match giver.turning.decided_on {
        Some(on) => format!("{place}{}{word}", super::rules::chinese(on)),
        None => format!("{place}{word}"),
    }
}
