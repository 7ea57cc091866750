//! The projects of the simulated year, as their people see them: what is due on each, and its
//! doing through the office.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::Trouble;
use super::super::seed::history;
use super::Tally;
use super::cast::Cast;
use super::habits::{Deed, Found, Next, dice};
use crate::office::{
    Actor, AskCorrection, Details, FileJointly, FilingId, Moment, NewProject, Office, OfficeError,
    Proceed, ProjectId, RecordEvent, Requested, SettleCorrection,
};
use crate::statute::clock::{Event, EventKind};
use crate::statute::plan::ProjectFacts;
use crate::statute::plan::route::{Route, route};
use crate::statute::proceeding::Proceeding;
use crate::store::record::Filing;

/// A project under way.
struct Project {
    number: u32,
    id: ProjectId,
    entered: NaiveDate,
    facts: ProjectFacts,
    filings: Vec<Filing>,
    /// What was refused on a step, with the entries that it had.
    refused: BTreeMap<(FilingId, u32), Vec<String>>,
    /// What comes next on it, the earliest.
    next: Option<(Next, usize)>,
}

/// All projects under way.
pub(super) struct Living {
    seed: u64,
    projects: Vec<Project>,
}

impl Living {
    /// None yet.
    pub(super) fn new(seed: u64) -> Living {
        Living {
            seed,
            projects: Vec::new(),
        }
    }

    /// Enters a project, or finds it where an earlier run has entered it.
    pub(super) async fn begin(
        &mut self,
        office: &Office,
        cast: &Cast,
        number: u32,
        at: Moment,
    ) -> Result<(), Trouble> {
        let facts = ProjectFacts {
            // The village's letter needs a notice of seven days, which nobody here puts up.
            trees_without_certificate: false,
            ..history::facts(&mut dice(self.seed, number, "facts"))
        };
        let new = NewProject {
            name: format!("模拟{:05}号{}千伏工程", number + 1, facts.voltage),
            code: None,
            facts: facts.clone(),
            request_key: format!("simulate-{}-{number}", self.seed),
        };
        let id = match office.create_project(&cast.company, new, at).await {
            Ok(id) | Err(OfficeError::AlreadyMade(id)) => id,
            Err(other) => return Err(other.into()),
        };
        let mut project = Project {
            number,
            id,
            entered: at.today,
            facts,
            filings: Vec::new(),
            refused: BTreeMap::new(),
            next: None,
        };
        project.look(office, &cast.company, self.seed).await?;
        self.projects.push(project);
        Ok(())
    }

    /// Does one thing that is due on each project; false where nothing was.
    pub(super) async fn act(
        &mut self,
        office: &Office,
        cast: &Cast,
        at: Moment,
        tally: &mut Tally,
    ) -> Result<bool, Trouble> {
        let mut any = false;
        for project in &mut self.projects {
            let due = project.next.take_if(|(next, _)| next.typed <= at.today);
            let Some((next, index)) = due else { continue };
            any = true;
            match project.carry_out(office, cast, &next, index, at).await? {
                None => tally.acts += 1,
                Some(rule) => *tally.refused.entry(rule).or_default() += 1,
            }
            project.look(office, &cast.company, self.seed).await?;
        }
        Ok(any)
    }
}

impl Project {
    /// Reads the project and settles what comes next on it.
    async fn look(&mut self, office: &Office, actor: &Actor, seed: u64) -> Result<(), Trouble> {
        self.filings = office.filings(actor, self.id).await?;
        let calendar = office.calendar();
        let route = route(office.plan(), &self.facts)?;
        let mut first: Option<(Next, usize)> = None;
        for (index, filing) in self.filings.iter().enumerate() {
            let Some(step) = route
                .steps
                .iter()
                .find(|step| step.key.step == filing.step && step.key.county == filing.county)
            else {
                continue;
            };
            let refused = self.refused.get(&(filing.id, filing.seq));
            let found = Found {
                seed,
                project: self.number,
                filing,
                step,
                ready_from: self.ready_from(&route, filing),
                refused: refused.map_or(&[], Vec::as_slice),
                calendar: &calendar,
            };
            let Some(next) = found.next() else { continue };
            if first
                .as_ref()
                .is_none_or(|(known, _)| next.typed < known.typed)
            {
                first = Some((next, index));
            }
        }
        self.next = first;
        Ok(())
    }

    /// The day on which the last of what a step waits for was granted.
    fn ready_from(&self, route: &Route<'_>, filing: &Filing) -> NaiveDate {
        let step = route
            .steps
            .iter()
            .find(|step| step.key.step == filing.step && step.key.county == filing.county);
        let ahead = step.map(|step| step.waits_for.as_slice()).unwrap_or(&[]);
        ahead
            .iter()
            .filter_map(|key| {
                self.filings
                    .iter()
                    .find(|one| one.step == key.step && one.county == key.county)
            })
            .filter_map(|one| one.turning.decided_on)
            .fold(self.entered, NaiveDate::max)
    }

    /// Does it; the rule's word where the office refuses, which is remembered.
    async fn carry_out(
        &mut self,
        office: &Office,
        cast: &Cast,
        next: &Next,
        index: usize,
        at: Moment,
    ) -> Result<Option<String>, Trouble> {
        let filing = self
            .filings
            .get(index)
            .ok_or("a step that is gone")?
            .clone();
        let done = match &next.deed {
            Deed::FileJointly => self.file_jointly(office, cast, next.on, at).await,
            Deed::Record(kind) => record(office, cast, &filing, kind, next.on, at).await,
            Deed::Correct(right) => correct(office, cast, &filing, *right, at).await,
        };
        let rule = match done {
            Ok(()) => return Ok(None),
            Err(Refusal::Rule(rule)) => rule,
            Err(Refusal::Trouble(trouble)) => return Err(trouble),
        };
        let code = next.deed.code();
        self.refused
            .entry((filing.id, filing.seq))
            .or_default()
            .push(code.to_owned());
        Ok(Some(format!("{code}/{rule}")))
    }

    async fn file_jointly(
        &self,
        office: &Office,
        cast: &Cast,
        on: NaiveDate,
        at: Moment,
    ) -> Result<(), Refusal> {
        let page = office.project_page(&cast.company, self.id, at).await?;
        let joint = page
            .joint
            .ok_or_else(|| Refusal::Rule("no-joint-filing".to_owned()))?;
        let wish = FileJointly {
            project: self.id,
            on,
            note: None,
            seen: joint.filings,
        };
        office.file_jointly(&cast.company, wish, at).await?;
        Ok(())
    }
}

/// Why something was not done.
enum Refusal {
    /// A rule refuses it.
    Rule(String),
    /// Something is wrong.
    Trouble(Trouble),
}

impl From<OfficeError> for Refusal {
    fn from(error: OfficeError) -> Refusal {
        match error {
            OfficeError::Rule(rule) => Refusal::Rule(rule.rule.to_owned()),
            OfficeError::Refused(refusal) => Refusal::Rule(refusal.rule.code().to_owned()),
            other => Refusal::Trouble(other.into()),
        }
    }
}

impl From<Trouble> for Refusal {
    fn from(trouble: Trouble) -> Refusal {
        Refusal::Trouble(trouble)
    }
}

async fn record(
    office: &Office,
    cast: &Cast,
    filing: &Filing,
    kind: &EventKind,
    on: NaiveDate,
    at: Moment,
) -> Result<(), Refusal> {
    let officer = cast.officer(filing.bureau)?;
    let company = matches!(
        kind,
        EventKind::Submitted | EventKind::Resubmitted | EventKind::Withdrawn
    );
    if *kind == EventKind::Granted {
        finish_parts(office, officer, filing, on, at).await?;
    }
    let mut details = Details::default();
    if *kind == EventKind::MaterialsRequested {
        details.requested.push(Requested {
            material: None,
            name: "申请书补齐签章和日期".to_owned(),
        });
    }
    let event = RecordEvent {
        filing: filing.id,
        kind: kind.clone(),
        on,
        note: None,
        details,
        seen: filing.seq,
        despite_missing: true,
    };
    let actor = if company { &cast.company } else { officer };
    office.record(actor, event, at).await?;
    Ok(())
}

/// The parts of the land dossier, given out and finished (第4条). What an earlier run has done is
/// refused, and is done.
async fn finish_parts(
    office: &Office,
    officer: &Actor,
    filing: &Filing,
    on: NaiveDate,
    at: Moment,
) -> Result<(), Refusal> {
    let Some(step) = office.plan().step(filing.step.as_str()) else {
        return Ok(());
    };
    for part in &step.parts {
        let part = part.id.clone();
        let begun = Proceeding::PartBegun {
            part: part.clone(),
            officer: "经办人".to_owned(),
        };
        for what in [begun, Proceeding::PartDone { part }] {
            let filing = filing.id;
            match office
                .proceed(officer, Proceed { filing, on, what }, at)
                .await
            {
                Ok(()) | Err(OfficeError::Rule(_)) => {}
                Err(other) => return Err(other.into()),
            }
        }
    }
    Ok(())
}

/// The officer finds that the acceptance was typed with a wrong day; the lead consents.
async fn correct(
    office: &Office,
    cast: &Cast,
    filing: &Filing,
    right: NaiveDate,
    at: Moment,
) -> Result<(), Refusal> {
    let wish = AskCorrection {
        filing: filing.id,
        entry: filing.seq,
        event: Some(Event {
            on: right,
            kind: EventKind::Accepted,
        }),
        reason: "受理日期登记有误，应为前一个工作日。".to_owned(),
        seen: filing.seq,
    };
    let officer = cast.officer(filing.bureau)?;
    let correction = office.ask_correction(officer, wish, at).await?;
    let consent = SettleCorrection {
        filing: filing.id,
        correction,
        consent: true,
        words: "情况属实，同意更正。".to_owned(),
    };
    let lead = cast.lead(filing.bureau)?;
    office.settle_correction(lead, consent, at).await?;
    Ok(())
}
