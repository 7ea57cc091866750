//! What people do beside a step's clock because a clause says so; the rules are pure
//! ([`crate::statute::proceeding`]), here they are given the project as it stands.

mod here;

use super::actor::{Act, permit};
use super::asking::refuse_in_words;
use super::lines::with_county;
use super::page::sees;
use super::{Actor, FieldFault, Moment, Office, OfficeError, OfficeRule, Proceed};
use super::{card, delegations, desk};
use crate::statute::calendar::Calendar;
use crate::statute::clock::Status;
use crate::statute::plan::{BureauKind, Level, Plan, ProjectFacts, Step};
use crate::statute::proceeding::construction::{self, Ahead};
use crate::statute::proceeding::{Dated, Proceeding, Refused, consultation, notice, parts};
use crate::store::record::Filing;
use crate::store::{NewProceeding, Proceeded};
pub(in crate::office) use here::beside;

/// The most characters of words.
const WORDS: usize = 500;
/// The most characters of a name or a place.
const NAME: usize = 80;

impl From<Refused> for OfficeError {
    fn from(refused: Refused) -> Self {
        OfficeError::Rule(OfficeRule {
            rule: refused.rule,
            detail: refused.detail,
        })
    }
}

impl Office {
    /// Records what was done beside a step's clock.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it; Forbidden; Invalid; Rule.
    pub async fn proceed(
        &self,
        actor: &Actor,
        wish: Proceed,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let missing = || OfficeError::NotFound("filing");
        let tx = self.begin().await?;
        let filing = tx.filing(wish.filing).await?.ok_or_else(missing)?;
        let project = tx.project(filing.project).await?.ok_or_else(missing)?;
        let filings = tx.filings_of_project(project.id).await?;
        let all = tx.proceedings(project.id).await?;
        if !sees(actor, &filings) && !consulted(actor, &all) {
            return Err(missing());
        }
        let plan = self.plan_of(&project.plan_hash).await?;
        let step = card::step_of(&plan, &filing)?;
        let _permit = permit(actor, act(&wish.what, &filing))?;
        desk::day(wish.on, at.today, &self.calendar())?;
        let mut what = wish.what;
        tidy(&mut what)?;
        said_fairly(actor, step, &project.facts, &what)?;
        if let Proceeding::ConstructionStarted { running } = &mut what {
            if all
                .iter()
                .any(|one| one.dated.what.code() == "construction-started")
            {
                return Err(OfficeError::Rule(OfficeRule {
                    rule: "early-start",
                    detail: "已经登记过开工,不重复登记".to_owned(),
                }));
            }
            *running = construction::may_start(&ahead(&plan, &project.facts, &filings), wish.on)?;
        }
        let new = Dated { on: wish.on, what };
        let here = of(&all, &filing);
        admit(step, &project.facts, &here, &new, &self.calendar())?;
        let subject = format!("filing {}", filing.id);
        let detail = format!("{} {}", new.what.code(), new.on);
        let by = delegations::signature(&tx, actor, &filing, at).await?;
        let detail = delegations::audited(detail, actor, &by);
        let new = NewProceeding {
            project: project.id,
            filing: filing.id,
            dated: new,
            person: actor.id,
            person_name: by,
            at: at.now,
        };
        tx.insert_proceeding(&new).await?;
        tx.audit(at.now, Some(actor.id), "proceed", &subject, &detail)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The proceedings beside one step.
pub(in crate::office) fn of(all: &[Proceeded], filing: &Filing) -> Vec<Dated> {
    all.iter()
        .filter(|one| one.filing == filing.id)
        .map(|one| one.dated.clone())
        .collect()
}

/// A county's planning office that was asked for its opinion sees what it was asked about.
pub(in crate::office) fn consulted(actor: &Actor, all: &[Proceeded]) -> bool {
    let Some(bureau) = &actor.bureau else {
        return false;
    };
    bureau.kind == BureauKind::NaturalResources
        && bureau.level == Level::County
        && all.iter().any(|one| {
            matches!(&one.dated.what, Proceeding::ConsultationAsked { county }
                if Some(*county) == bureau.county)
        })
}

/// Whose act it is.
fn act(what: &Proceeding, filing: &Filing) -> Act<'static> {
    let bureau = filing.bureau;
    match what {
        Proceeding::NoticePosted { .. } | Proceeding::Objection { .. } => Act::Notice { bureau },
        Proceeding::ConsultationAsked { .. }
        | Proceeding::PartBegun { .. }
        | Proceeding::PartDone { .. } => Act::Proceed { bureau },
        Proceeding::OpinionGiven { county, .. } => Act::GiveOpinion { county: *county },
        Proceeding::ConstructionStarted { .. } => Act::StartConstruction,
    }
}

/// Words without the blanks around them, of a length that can be read.
fn tidy(what: &mut Proceeding) -> Result<(), OfficeError> {
    let mut faults = Vec::new();
    let mut fit = |field: &'static str, name: &str, text: &mut String, most: usize| {
        *text = text.trim().to_owned();
        let length = text.chars().count();
        if !(2..=most).contains(&length) {
            faults.push(FieldFault {
                field,
                message: format!("{name}应为2至{most}字,现为{length}字。"),
            });
        }
    };
    match what {
        Proceeding::NoticePosted { place, by, settled } => {
            fit("place", "公示地点", place, NAME);
            fit("by", "公示单位", by, NAME);
            if let Some(settled) = settled {
                fit("settled", "原异议的处理结果", settled, WORDS);
            }
        }
        Proceeding::Objection { from, words } => {
            fit("from", "异议人", from, NAME);
            fit("words", "异议内容", words, WORDS);
        }
        Proceeding::OpinionGiven { words, .. } => fit("words", "规划意见", words, WORDS),
        Proceeding::PartBegun { officer, .. } => fit("officer", "承办人", officer, NAME),
        Proceeding::ConsultationAsked { .. }
        | Proceeding::PartDone { .. }
        | Proceeding::ConstructionStarted { .. } => {}
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(OfficeError::Invalid(faults))
    }
}

/// An officer's words may not ask for what the plan has cancelled.
fn said_fairly(
    actor: &Actor,
    step: &Step,
    facts: &ProjectFacts,
    what: &Proceeding,
) -> Result<(), OfficeError> {
    match what {
        Proceeding::OpinionGiven { words, .. } if actor.bureau.is_some() => {
            refuse_in_words(step, facts, words)
        }
        _ => Ok(()),
    }
}

fn admit(
    step: &Step,
    facts: &ProjectFacts,
    here: &[Dated],
    new: &Dated,
    calendar: &Calendar,
) -> Result<(), OfficeError> {
    let nowhere = |detail: &str| {
        OfficeError::Rule(OfficeRule {
            rule: "not-of-this-step",
            detail: format!("“{}”{detail}", step.name),
        })
    };
    match &new.what {
        Proceeding::NoticePosted { .. } | Proceeding::Objection { .. } => {
            let rule = notice_rule(step, facts).ok_or_else(|| {
                nowhere("不需要林木权属公示;只有无林权证的采伐才须公示(方案第6条)")
            })?;
            notice::admit(rule, here, new, calendar)?;
        }
        Proceeding::ConsultationAsked { .. } | Proceeding::OpinionGiven { .. } => {
            if step.inner_opinion.is_none() {
                return Err(nowhere(
                    "没有内部征求规划意见的规定(方案第3条只就选址意见书规定)",
                ));
            }
            consultation::admit(&facts.counties, here, new)?;
        }
        Proceeding::PartBegun { .. } | Proceeding::PartDone { .. } => {
            parts::admit(step, here, new)?;
        }
        Proceeding::ConstructionStarted { .. } => {
            if step.early_start.is_none() {
                return Err(nowhere(
                    "不能登记开工;请在占用绿地或道路挖掘事项登记(方案第15条)",
                ));
            }
        }
    }
    Ok(())
}

/// The notice that a material of the step waits for, on these facts.
pub(in crate::office) fn notice_rule<'s>(
    step: &'s Step,
    facts: &ProjectFacts,
) -> Option<&'s crate::statute::plan::NoticeRule> {
    crate::statute::plan::listed_materials(step, facts).find_map(|one| one.notice.as_ref())
}

/// The project's steps as construction sees them.
fn ahead(plan: &Plan, facts: &ProjectFacts, filings: &[Filing]) -> Vec<Ahead> {
    let seen = |filing: &Filing| {
        let step = plan.step(filing.step.as_str())?;
        let early = step.early_start.as_ref();
        let status = filing.turning.status.unwrap_or(Status::Draft);
        let stands = !matches!(
            status,
            Status::Draft | Status::Denied | Status::Rejected | Status::Withdrawn
        );
        Some(Ahead {
            name: with_county(&step.name, filing.county),
            early: early.is_some_and(|early| early.when.holds(facts)),
            submitted_on: filing.submitted_on.filter(|_| stands),
            granted_on: filing
                .turning
                .decided_on
                .filter(|_| status == Status::Granted),
        })
    };
    let current = filings.iter().filter(|filing| filing.is_current());
    current.filter_map(seen).collect()
}
