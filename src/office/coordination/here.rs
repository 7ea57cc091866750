//! Difficulties as the pages show them.

use std::collections::HashMap;

use super::super::actor::{Act, permit};
use super::super::lines::with_county;
use super::super::model::Page;
use super::super::model::coordination::{
    ActLine, DecisionLine, DecisionOwed, MatterLine, MatterPage, Matters, MattersHere,
    MattersQuery, MeetingLine, RaisePage,
};
use super::super::page::sees;
use super::super::{Actor, Moment, Office, OfficeError, ProjectId};
use super::{brought_in, candidates, rules};
use crate::statute::coordination::{acting_office, named, source};
use crate::statute::plan::Plan;
use crate::store::record::{Bureau, Filing, Role};
use crate::store::{
    BureauId, Called, Decision, DecisionState, DifficultyFilter, DifficultyId, DifficultyRow,
    Matter, Meeting, Owner, Reader,
};

/// Rows on one page of the list.
const ROWS: u64 = 50;
/// The most decisions that a home page lists.
const OWED: u64 = 20;
/// The company, as an owner and as one who is called.
const COMPANY: &str = "供电公司";

/// What the reader may see of all difficulties.
fn visible(actor: &Actor) -> DifficultyFilter {
    DifficultyFilter {
        bureau: match actor.role {
            Role::Officer { bureau } => Some(bureau),
            Role::Company | Role::GovernmentOffice | Role::DeputyMayor | Role::Administrator => {
                None
            }
        },
        ..DifficultyFilter::default()
    }
}

/// A stored difficulty as a list shows it.
pub(in crate::office) fn line(row: DifficultyRow) -> MatterLine {
    let difficulty = row.difficulty;
    MatterLine {
        id: difficulty.id,
        title: difficulty.title,
        project: difficulty.project,
        project_name: row.project_name,
        raised_on: difficulty.raised_on,
        person_name: difficulty.person_name,
        closed: difficulty.closed,
        decisions: row.decisions,
        confirmed: row.confirmed,
        overdue: row.overdue,
    }
}

impl Office {
    /// The list of difficulties: officers see those of projects with a step at their bureau, and
    /// those that have brought it in.
    ///
    /// # Errors
    /// The store.
    pub async fn matters(
        &self,
        actor: &Actor,
        query: MattersQuery,
        at: Moment,
    ) -> Result<Matters, OfficeError> {
        let reader = self.store.reader();
        let filter = DifficultyFilter {
            closed: Some(query.closed),
            after: query.after,
            limit: ROWS + 1,
            ..visible(actor)
        };
        let mut rows = reader.difficulties(&filter, at.today).await?;
        let more = u64::try_from(rows.len()).is_ok_and(|read| read > ROWS);
        rows.truncate(usize::try_from(ROWS).unwrap_or(usize::MAX));
        let last = rows.last().filter(|_| more);
        let next = last.map(|row| row.difficulty.id.to_string());
        let counts = reader.difficulty_counts(&filter).await?;
        let total = match query.closed {
            true => counts.closed,
            false => counts.open,
        };
        Ok(Matters {
            page: Page {
                rows: rows.into_iter().map(line).collect(),
                total,
                next,
            },
            open: counts.open,
            closed: counts.closed,
        })
    }

    /// The page where a difficulty of a project is raised.
    ///
    /// # Errors
    /// NotFound, also for those who may not see the project.
    pub async fn raise_page(
        &self,
        actor: &Actor,
        id: ProjectId,
        at: Moment,
    ) -> Result<RaisePage, OfficeError> {
        let reader = self.store.reader();
        let missing = || OfficeError::NotFound("project");
        let project = reader.project(id).await?.ok_or_else(missing)?;
        let filings = reader.filings_of_project(id).await?;
        if !sees(actor, &filings) {
            return Err(missing());
        }
        let plan = self.plan_of(&project.plan_hash).await?;
        let bureaus = reader.bureaus().await?;
        let current = filings.iter().filter(|filing| filing.is_current());
        Ok(RaisePage {
            project: id,
            steps: current
                .map(|filing| (filing.id, step_name(&plan, filing)))
                .collect(),
            bureaus: candidates(&bureaus, &project, &filings),
            here: matters_here(&reader, actor, id, at).await?,
            project_name: project.name,
        })
    }

    /// The page of one difficulty.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it.
    pub async fn matter_page(
        &self,
        actor: &Actor,
        id: DifficultyId,
        at: Moment,
    ) -> Result<MatterPage, OfficeError> {
        let reader = self.store.reader();
        let missing = || OfficeError::NotFound("difficulty");
        let matter = reader.matter(id).await?.ok_or_else(missing)?;
        let project = reader.project(matter.difficulty.project).await?;
        let project = project.ok_or_else(missing)?;
        let filings = reader.filings_of_project(project.id).await?;
        let sees_project = sees(actor, &filings);
        if !sees_project && !brought_in(actor, &matter) {
            return Err(missing());
        }
        let plan = self.plan_of(&project.plan_hash).await?;
        let bureaus = reader.bureaus().await?;
        let concerned = matter.difficulty.filing;
        let concerned = filings.iter().find(|one| Some(one.id) == concerned);
        let difficulty = &matter.difficulty;
        let decisions = &matter.decisions;
        let names = Names::of(&bureaus);
        let told = Told {
            actor,
            matter: &matter,
            names: &names,
            at,
        };
        let count = |state| decisions.iter().filter(|one| one.state == state).count();
        let overdue = |one: &&Decision| {
            let standing = told.standing(one);
            matches!(standing, rules::Standing::Overdue(_))
        };
        let n = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let closing = (true, at.today);
        Ok(MatterPage {
            line: MatterLine {
                id,
                title: difficulty.title.clone(),
                project: project.id,
                project_name: project.name.clone(),
                raised_on: difficulty.raised_on,
                person_name: difficulty.person_name.clone(),
                closed: difficulty.closed.clone(),
                decisions: n(decisions.len()),
                confirmed: n(count(DecisionState::Confirmed)),
                overdue: n(decisions.iter().filter(overdue).count()),
            },
            words: difficulty.words.clone(),
            raiser: difficulty.bureau.map(|bureau| names.bureau(bureau)),
            step: concerned.map(|filing| (filing.id, step_name(&plan, filing))),
            needs: difficulty
                .needs
                .iter()
                .map(|id| names.bureau(*id))
                .collect(),
            sees_project,
            meetings: matter
                .meetings
                .iter()
                .map(|one| told.meeting(one))
                .collect(),
            decisions: decisions.iter().map(|one| told.decision(one)).collect(),
            may_coordinate: told.open() && permit(actor, Act::Coordinate).is_ok(),
            may_resolve: rules::may_close(difficulty, decisions, &matter.acts, closing).is_ok(),
            bureaus: candidates(&bureaus, &project, &filings),
            source: source(),
            acting: acting_office(),
        })
    }

    /// What `owner` owes of meetings' decisions, the most pressing first.
    pub(in crate::office) async fn owed(
        &self,
        owner: Owner,
        at: Moment,
    ) -> Result<Vec<DecisionOwed>, OfficeError> {
        let rows = self.store.reader().decisions_owed(owner, OWED).await?;
        let owed = rows.into_iter().map(|row| DecisionOwed {
            difficulty: row.decision.difficulty,
            standing: rules::standing(&row.decision, &[], false, at.today),
            title: row.title,
            project_name: row.project_name,
            due_on: row.decision.due_on,
            words: row.decision.words,
        });
        Ok(owed.collect())
    }
}

/// The difficulties of one project.
pub(in crate::office) async fn matters_here(
    reader: &Reader,
    actor: &Actor,
    project: ProjectId,
    at: Moment,
) -> Result<MattersHere, OfficeError> {
    let filter = DifficultyFilter {
        project: Some(project),
        limit: ROWS,
        ..DifficultyFilter::default()
    };
    let rows = reader.difficulties(&filter, at.today).await?;
    let counts = reader.difficulty_counts(&filter).await?;
    Ok(MattersHere {
        lines: rows.into_iter().map(line).collect(),
        total: counts.open + counts.closed,
        may_raise: permit(actor, Act::RaiseDifficulty).is_ok(),
    })
}

fn step_name(plan: &Plan, filing: &Filing) -> String {
    let step = plan.step(filing.step.as_str());
    let name = step.map_or(filing.step.as_str(), |step| step.name.as_str());
    with_county(name, filing.county)
}

/// The names of those who are called and owe.
struct Names<'a>(HashMap<BureauId, &'a str>);

impl<'a> Names<'a> {
    fn of(bureaus: &'a [Bureau]) -> Names<'a> {
        Names(
            bureaus
                .iter()
                .map(|bureau| (bureau.id, bureau.name.as_str()))
                .collect(),
        )
    }

    fn bureau(&self, id: BureauId) -> String {
        self.0.get(&id).copied().unwrap_or_default().to_owned()
    }

    fn owner(&self, owner: Owner) -> String {
        match owner {
            Owner::Company => COMPANY.to_owned(),
            Owner::Bureau(id) => self.bureau(id),
        }
    }

    fn called(&self, called: &Called) -> Vec<String> {
        let bureaus = called.bureaus.iter().map(|id| self.bureau(*id));
        let bodies = called
            .bodies
            .iter()
            .map(|code| named(code).map_or_else(|| code.clone(), |body| body.name.to_owned()));
        let company = called.company.then(|| COMPANY.to_owned());
        bureaus.chain(bodies).chain(company).collect()
    }
}

/// A difficulty as one reader is told it.
struct Told<'a> {
    actor: &'a Actor,
    matter: &'a Matter,
    names: &'a Names<'a>,
    at: Moment,
}

impl Told<'_> {
    fn open(&self) -> bool {
        rules::is_open(&self.matter.difficulty).is_ok()
    }

    fn coordinates(&self) -> bool {
        self.open() && permit(self.actor, Act::Coordinate).is_ok()
    }

    fn standing(&self, decision: &Decision) -> rules::Standing {
        rules::standing(decision, &self.matter.acts, !self.open(), self.at.today)
    }

    fn meeting(&self, meeting: &Meeting) -> MeetingLine {
        let today = self.at.today;
        MeetingLine {
            id: meeting.id,
            on: meeting.on,
            place: meeting.place.clone(),
            called: self.names.called(&meeting.called),
            person_name: meeting.person_name.clone(),
            minutes: meeting
                .minutes
                .as_ref()
                .map(|minutes| (minutes.words.clone(), minutes.by_name.clone())),
            may_minute: self.coordinates() && rules::may_minute(meeting, today).is_ok(),
            may_decide: self.coordinates() && rules::was_held(meeting, today).is_ok(),
        }
    }

    fn decision(&self, decision: &Decision) -> DecisionLine {
        let meeting = self.matter.meetings.iter();
        let meeting = meeting.clone().find(|one| one.id == decision.meeting);
        let acts = self.matter.acts.iter();
        let owner = decision.owner;
        DecisionLine {
            id: decision.id,
            meeting_on: meeting.map_or(decision.due_on, |meeting| meeting.on),
            words: decision.words.clone(),
            owner: self.names.owner(owner),
            due_on: decision.due_on,
            standing: self.standing(decision),
            acts: acts
                .filter(|act| act.decision == decision.id)
                .map(|act| ActLine {
                    step: act.step,
                    on: act.on,
                    words: act.words.clone(),
                    person_name: act.person_name.clone(),
                })
                .collect(),
            may_report: self.open()
                && decision.state == DecisionState::Open
                && permit(self.actor, Act::ReportDecision { owner }).is_ok(),
            may_judge: self.coordinates() && decision.state == DecisionState::Reported,
        }
    }
}
