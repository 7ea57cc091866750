//! The joint coordination of approvals (方案三(二)): any party to a project raises what stands in
//! its way, the leading group's office calls the bureaus together, and what they decide is owed by
//! somebody until it is found done.
//!
//! A bureau that is needed, called or owes something sees the difficulty, also where no step of
//! the project is its own; it does not see the project for that.

mod here;
mod rules;
mod wish;

use super::actor::{Act, permit};
use super::asking::refuse_in_words;
use super::commitments::words;
use super::page::sees;
use super::{Actor, FieldFault, Moment, Office, OfficeError};
use super::{card, desk};
use crate::statute::coordination::named;
use crate::statute::plan::Level;
use crate::store::record::{Bureau, Filing, Project, Role};
use crate::store::{
    BureauId, Called, Closed, DecisionAct, DecisionId, DecisionStep, DifficultyId, Hand, Matter,
    Meeting, MeetingId, NewDifficulty, Owner, Tx,
};
pub(in crate::office) use here::matters_here;
pub use rules::Standing;
pub use wish::{Coordinate, RaiseDifficulty};

/// The most characters of a title, and of a place.
const LINE: usize = 60;

impl Office {
    /// Raises a difficulty on a project.
    ///
    /// # Errors
    /// NotFound, also for those who may not see the project; Forbidden; Invalid; Rule.
    pub async fn raise_difficulty(
        &self,
        actor: &Actor,
        wish: RaiseDifficulty,
        at: Moment,
    ) -> Result<DifficultyId, OfficeError> {
        let missing = || OfficeError::NotFound("project");
        let tx = self.begin().await?;
        let project = tx.project(wish.project).await?.ok_or_else(missing)?;
        let filings = tx.filings_of_project(project.id).await?;
        if !sees(actor, &filings) {
            return Err(missing());
        }
        let _permit = permit(actor, Act::RaiseDifficulty)?;
        desk::day(wish.on, at.today, &self.calendar())?;
        let title = line_of("title", "标题", &wish.title)?;
        let text = words("words", "困难和问题", &wish.words)?;
        if let Some(id) = wish.filing
            && !filings.iter().any(|filing| filing.id == id)
        {
            return Err(fault("filing", "请选择本项目的事项。"));
        }
        let bureaus = self.store.reader().bureaus().await?;
        known(&candidates(&bureaus, &project, &filings), &wish.needs)?;
        let new = NewDifficulty {
            project: project.id,
            filing: wish.filing,
            bureau: match actor.role {
                Role::Officer { bureau } => Some(bureau),
                _ => None,
            },
            title,
            words: text,
            needs: wish.needs,
            on: wish.on,
        };
        let id = tx.insert_difficulty(&new, &hand(actor, at)).await?;
        let subject = format!("difficulty {id}");
        let detail = format!("project {} {}", project.id, new.on);
        tx.audit(
            at.now,
            Some(actor.id),
            "raise-difficulty",
            &subject,
            &detail,
        )
        .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Does something about a difficulty.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it; Forbidden; Invalid; Rule.
    pub async fn coordinate(
        &self,
        actor: &Actor,
        id: DifficultyId,
        wish: Coordinate,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let missing = || OfficeError::NotFound("difficulty");
        let tx = self.begin().await?;
        let project = tx.project_of_difficulty(id).await?.ok_or_else(missing)?;
        // Holding the project lets one writer decide at a time; what stands is read after that.
        let project = tx.project(project).await?.ok_or_else(missing)?;
        let matter = tx.matter(id).await?.ok_or_else(missing)?;
        let filings = tx.filings_of_project(project.id).await?;
        if !sees(actor, &filings) && !brought_in(actor, &matter) {
            return Err(missing());
        }
        let _permit = permit(actor, act(&wish, &matter)?)?;
        rules::is_open(&matter.difficulty)?;
        let case = Case {
            office: self,
            tx: &tx,
            hand: hand(actor, at),
            project: &project,
            filings: &filings,
            matter: &matter,
            at,
        };
        let (done, detail) = case.enter(wish).await?;
        let subject = format!("difficulty {id}");
        tx.audit(at.now, Some(actor.id), done, &subject, &detail)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// A difficulty about which something is done.
struct Case<'a> {
    office: &'a Office,
    tx: &'a Tx,
    hand: Hand,
    project: &'a Project,
    filings: &'a [Filing],
    matter: &'a Matter,
    at: Moment,
}

impl Case<'_> {
    /// Enters what is wished; the audit's word and detail.
    async fn enter(&self, wish: Coordinate) -> Result<(&'static str, String), OfficeError> {
        match wish {
            Coordinate::Call { on, place, called } => self.call(on, &place, called).await,
            Coordinate::Minute { meeting, words } => self.minute(meeting, &words).await,
            Coordinate::Decide {
                meeting,
                owner,
                words,
                due_on,
            } => {
                let meeting = meeting_of(self.matter, meeting)?;
                let owner = rules::may_decide(meeting, owner, due_on, self.at.today)?;
                self.decide(meeting, owner, &words, due_on).await
            }
            Coordinate::Report {
                decision,
                on,
                words,
            } => {
                self.step(decision, DecisionStep::Reported, on, &words)
                    .await
            }
            Coordinate::Confirm {
                decision,
                on,
                words,
            } => {
                self.step(decision, DecisionStep::Confirmed, on, &words)
                    .await
            }
            Coordinate::Return {
                decision,
                on,
                words,
            } => {
                self.step(decision, DecisionStep::Returned, on, &words)
                    .await
            }
            Coordinate::Close {
                resolved,
                on,
                words,
            } => self.close(resolved, on, &words).await,
        }
    }

    async fn candidates(&self) -> Result<Vec<Bureau>, OfficeError> {
        let bureaus = self.office.store.reader().bureaus().await?;
        Ok(candidates(&bureaus, self.project, self.filings))
    }

    async fn call(
        &self,
        on: chrono::NaiveDate,
        place: &str,
        called: Called,
    ) -> Result<(&'static str, String), OfficeError> {
        let anybody = called.company || !called.bureaus.is_empty() || !called.bodies.is_empty();
        rules::may_call(&self.matter.difficulty, on, anybody)?;
        let place = line_of("place", "会商地点", place)?;
        known(&self.candidates().await?, &called.bureaus)?;
        if called.bodies.iter().any(|code| named(code).is_none()) {
            return Err(fault("called", "请从页面列出的单位中选择。"));
        }
        let id = self.matter.difficulty.id;
        let meeting = self
            .tx
            .insert_meeting(id, (on, &place, &called), &self.hand)
            .await?;
        Ok(("call-meeting", format!("meeting {meeting} {on}")))
    }

    async fn minute(
        &self,
        meeting: MeetingId,
        typed: &str,
    ) -> Result<(&'static str, String), OfficeError> {
        let meeting = meeting_of(self.matter, meeting)?;
        rules::may_minute(meeting, self.at.today)?;
        let text = words("words", "会商纪要", typed)?;
        if !self.tx.write_minutes(meeting.id, &text, &self.hand).await? {
            return Err(OfficeError::NotFound("meeting"));
        }
        Ok(("minute-meeting", format!("meeting {}", meeting.id)))
    }

    async fn decide(
        &self,
        meeting: &Meeting,
        owner: Owner,
        typed: &str,
        due_on: chrono::NaiveDate,
    ) -> Result<(&'static str, String), OfficeError> {
        let text = words("words", "议定事项", typed)?;
        if let Owner::Bureau(bureau) = owner {
            known(&self.candidates().await?, &[bureau])?;
        }
        self.decided_fairly(&text).await?;
        let new = (owner, text.as_str(), due_on);
        let id = self.tx.insert_decision(meeting, new, &self.hand).await?;
        Ok(("decide", format!("decision {id} until {due_on}")))
    }

    /// A meeting may not decide that what the plan has cancelled is handed in after all.
    async fn decided_fairly(&self, text: &str) -> Result<(), OfficeError> {
        let concerned = self.matter.difficulty.filing;
        let filing = self.filings.iter().find(|one| Some(one.id) == concerned);
        let Some(filing) = filing else {
            return Ok(());
        };
        let plan = self.office.plan_of(&self.project.plan_hash).await?;
        let step = card::step_of(&plan, filing)?;
        refuse_in_words(step, &self.project.facts, text)
    }

    async fn step(
        &self,
        id: DecisionId,
        step: DecisionStep,
        on: chrono::NaiveDate,
        typed: &str,
    ) -> Result<(&'static str, String), OfficeError> {
        let missing = || OfficeError::NotFound("decision");
        let Matter {
            decisions, acts, ..
        } = self.matter;
        let decision = decisions.iter().find(|one| one.id == id);
        let decision = decision.ok_or_else(missing)?;
        let meeting = meeting_of(self.matter, decision.meeting)?;
        desk::day(on, self.at.today, &self.office.calendar())?;
        let (done, what) = match step {
            DecisionStep::Reported => {
                rules::may_report(decision, meeting, acts, on)?;
                ("report-decision", "完成情况")
            }
            DecisionStep::Returned => {
                rules::may_judge(decision, acts, on)?;
                ("return-decision", "退回理由")
            }
            DecisionStep::Confirmed => {
                rules::may_judge(decision, acts, on)?;
                ("confirm-decision", "确认意见")
            }
        };
        let act = DecisionAct {
            decision: id,
            step,
            on,
            words: words("words", what, typed)?,
            person_name: self.hand.name.clone(),
        };
        let entered = self
            .tx
            .insert_decision_act(decision.state, &act, &self.hand)
            .await?;
        if !entered {
            return Err(missing());
        }
        Ok((done, format!("decision {id} {on}")))
    }

    async fn close(
        &self,
        resolved: bool,
        on: chrono::NaiveDate,
        typed: &str,
    ) -> Result<(&'static str, String), OfficeError> {
        let Matter {
            difficulty,
            decisions,
            acts,
            ..
        } = self.matter;
        desk::day(on, self.at.today, &self.office.calendar())?;
        rules::may_close(difficulty, decisions, acts, (resolved, on))?;
        let closed = Closed {
            resolved,
            on,
            words: words("words", "办结说明", typed)?,
            by_name: self.hand.name.clone(),
        };
        let id = difficulty.id;
        if !self.tx.close_difficulty(id, &closed, &self.hand).await? {
            return Err(OfficeError::NotFound("difficulty"));
        }
        let how = if resolved { "resolved" } else { "without" };
        Ok(("close-difficulty", format!("{how} {on}")))
    }
}

/// Whose act it is.
fn act<'a>(wish: &Coordinate, matter: &Matter) -> Result<Act<'a>, OfficeError> {
    match wish {
        Coordinate::Report { decision, .. } => {
            let owed = matter.decisions.iter().find(|one| one.id == *decision);
            let owed = owed.ok_or(OfficeError::NotFound("decision"))?;
            Ok(Act::ReportDecision { owner: owed.owner })
        }
        _ => Ok(Act::Coordinate),
    }
}

fn meeting_of(matter: &Matter, id: MeetingId) -> Result<&Meeting, OfficeError> {
    let found = matter.meetings.iter().find(|meeting| meeting.id == id);
    found.ok_or(OfficeError::NotFound("meeting"))
}

/// Whether the difficulty has brought the actor's bureau in.
pub(in crate::office) fn brought_in(actor: &Actor, matter: &Matter) -> bool {
    match actor.role {
        Role::Officer { bureau } => matter.brought_in.contains(&bureau),
        Role::Company | Role::GovernmentOffice | Role::DeputyMayor | Role::Administrator => false,
    }
}

/// The bureaus that can be needed, called or owe something: the city's, those of the project's
/// counties, and those that decide a step of it.
pub(in crate::office) fn candidates(
    bureaus: &[Bureau],
    project: &Project,
    filings: &[Filing],
) -> Vec<Bureau> {
    let fits = |bureau: &&Bureau| {
        let county = |county| project.facts.counties.contains(&county);
        bureau.level == Level::City
            || bureau.county.is_some_and(county)
            || filings.iter().any(|filing| filing.bureau == bureau.id)
    };
    bureaus.iter().filter(fits).cloned().collect()
}

fn known(candidates: &[Bureau], chosen: &[BureauId]) -> Result<(), OfficeError> {
    let among = |id: &BureauId| candidates.iter().any(|bureau| bureau.id == *id);
    match chosen.iter().all(among) {
        true => Ok(()),
        false => Err(fault("bureau", "请从页面列出的部门中选择。")),
    }
}

fn hand(actor: &Actor, at: Moment) -> Hand {
    Hand {
        person: actor.id,
        name: actor.name.clone(),
        at: at.now,
    }
}

fn fault(field: &'static str, message: &str) -> OfficeError {
    OfficeError::Invalid(vec![FieldFault {
        field,
        message: message.to_owned(),
    }])
}

/// A line that must be said.
fn line_of(field: &'static str, what: &str, typed: &str) -> Result<String, OfficeError> {
    let text = typed.trim();
    let length = text.chars().count();
    if (2..=LINE).contains(&length) {
        return Ok(text.to_owned());
    }
    let message = format!("{what}应为2至{LINE}字,现为{length}字。");
    Err(fault(field, &message))
}
