//! Letters of commitment (以函代证、诚信承诺): made by the company where the catalogue says that
//! one may be, found kept or broken by the step's bureau.
//!
//! # Why
//! Of the plan's heading (五) only the words survive; so nothing but what a surviving clause says
//! lets a letter stand, and that is data (`letter`, `commitment` in the catalogue), not code here.

mod here;

use chrono::{Days, NaiveDate};

use super::actor::{Act, permit};
use super::asking::refuse_in_words;
use super::materials::still_open;
use super::model::CommitmentLine;
use super::{
    Actor, CommitmentId, FieldFault, MakeCommitment, Moment, Office, OfficeError, SettleCommitment,
};
use super::{card, delegations, desk};
use crate::statute::plan::{ProjectFacts, Step, listed_materials};
use crate::store::{NewCommitment, NewOutcome};
pub(in crate::office) use here::{commitments_here, standing};

/// The most characters of a promise, and of what was found of it.
const WORDS: usize = 500;
/// A promise for longer than this is a slip of the pen.
const LONGEST: Days = Days::new(3653);
/// The program reminds of an open promise from so many calendar days before its last day on. The
/// plan names no figure; this is the program's own.
const REMIND: Days = Days::new(7);
/// The most promises that a home page reminds of.
const REMINDED: u64 = 20;

impl Office {
    /// Makes a promise on a step.
    ///
    /// # Errors
    /// Forbidden to all but the company; NotFound; Invalid; Rule where no source lets a letter
    /// stand for that material or on that step, or the step is decided.
    pub async fn make_commitment(
        &self,
        actor: &Actor,
        wish: MakeCommitment,
        at: Moment,
    ) -> Result<CommitmentId, OfficeError> {
        let _permit = permit(actor, Act::Commit)?;
        let missing = || OfficeError::NotFound("filing");
        let tx = self.begin().await?;
        let filing = tx.filing(wish.filing).await?.ok_or_else(missing)?;
        let project = tx.project(filing.project).await?.ok_or_else(missing)?;
        let plan = self.plan_of(&project.plan_hash).await?;
        let step = card::step_of(&plan, &filing)?;
        may_stand(step, &project.facts, wish.material.as_deref())?;
        still_open(&filing)?;
        desk::day(wish.on, at.today, &self.calendar())?;
        let promise = words("promise", "承诺的事项", &wish.promise)?;
        until(wish.on, wish.due_on)?;
        let new = NewCommitment {
            filing: filing.id,
            material: wish.material,
            promise,
            made_on: wish.on,
            due_on: wish.due_on,
            person: actor.id,
            person_name: actor.name.clone(),
            at: at.now,
        };
        let id = tx.insert_commitment(&new).await?;
        let subject = format!("filing {}", filing.id);
        let detail = format!("commitment {id} until {}", new.due_on);
        tx.audit(at.now, Some(actor.id), "commit", &subject, &detail)
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Records that a promise was kept or broken; that is written once.
    ///
    /// # Errors
    /// NotFound; Forbidden to all but the step's bureau; Invalid; Rule where it is written
    /// already, or the day is no day of the promise.
    pub async fn settle_commitment(
        &self,
        actor: &Actor,
        wish: SettleCommitment,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let missing = || OfficeError::NotFound("commitment");
        let tx = self.begin().await?;
        let promise = tx.commitment(wish.commitment).await?;
        let promise = promise.filter(|p| p.filing == wish.filing);
        let promise = promise.ok_or_else(missing)?;
        let filing = tx.filing(promise.filing).await?.ok_or_else(missing)?;
        let bureau = filing.bureau;
        let _permit = permit(actor, Act::Settle { bureau })?;
        let project = tx.project(filing.project).await?.ok_or_else(missing)?;
        let plan = self.plan_of(&project.plan_hash).await?;
        let step = card::step_of(&plan, &filing)?;
        if let Some(outcome) = &promise.outcome {
            return Err(OfficeError::rule(
                "commitment-settled",
                format!(
                    "这项承诺已由{}于{}登记为{},不重复登记",
                    outcome.by_name,
                    desk::chinese(outcome.on),
                    if outcome.kept {
                        "已兑现"
                    } else {
                        "未兑现"
                    }
                ),
            ));
        }
        desk::day(wish.on, at.today, &self.calendar())?;
        if wish.on < promise.made_on {
            return Err(OfficeError::rule(
                "out-of-order",
                format!(
                    "{}早于作出承诺的日期({});请填承诺作出以后的日期",
                    desk::chinese(wish.on),
                    desk::chinese(promise.made_on)
                ),
            ));
        }
        let found = words("words", "核查情况", &wish.words)?;
        refuse_in_words(step, &project.facts, &found)?;
        let by = delegations::signature(&tx, actor, &filing, at).await?;
        let outcome = NewOutcome {
            kept: wish.kept,
            on: wish.on,
            words: found,
            person: actor.id,
            person_name: by,
            at: at.now,
        };
        if !tx.settle_commitment(promise.id, &outcome).await? {
            return Err(missing());
        }
        let subject = format!("filing {}", filing.id);
        let kept = if wish.kept { "kept" } else { "broken" };
        let detail = format!("commitment {} {kept} {}", promise.id, wish.on);
        let detail = delegations::audited(detail, actor, &outcome.person_name);
        tx.audit(
            at.now,
            Some(actor.id),
            "settle-commitment",
            &subject,
            &detail,
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The open promises that end soon or have ended, the most pressing first.
    pub(in crate::office) async fn promises_due(
        &self,
        today: NaiveDate,
    ) -> Result<Vec<CommitmentLine>, OfficeError> {
        let until = today.checked_add_days(REMIND).unwrap_or(today);
        let rows = self.store.reader().commitments_due(until, REMINDED).await?;
        Ok(rows
            .into_iter()
            .map(|row| here::line(self.plan(), row, today))
            .collect())
    }
}

/// Refuses a letter that no source lets stand.
fn may_stand(step: &Step, facts: &ProjectFacts, material: Option<&str>) -> Result<(), OfficeError> {
    let letters: Vec<&str> = listed_materials(step, facts)
        .filter(|one| one.letter.is_some())
        .map(|one| one.name.as_str())
        .collect();
    if letters.is_empty() && step.commitment.is_none() {
        return Err(OfficeError::rule(
            "no-commitment",
            format!(
                "方案没有规定“{}”可以以承诺书代替材料(“企业承诺、以函代证”一节只存标题,原文缺失,不作补写);请按材料目录提交",
                step.name
            ),
        ));
    }
    let Some(id) = material else {
        if step.commitment.is_some() {
            return Ok(());
        }
        return Err(OfficeError::rule(
            "no-commitment",
            format!(
                "本事项的承诺须对应材料,请选择所代替的材料:{}",
                letters.join("、")
            ),
        ));
    };
    let stands = listed_materials(step, facts).any(|one| one.id == id && one.letter.is_some());
    if stands {
        return Ok(());
    }
    let name = step.materials.iter().find(|one| one.id == id);
    let name = name.map_or(id, |one| one.name.as_str());
    let open = if letters.is_empty() {
        "请提交材料本身".to_owned()
    } else {
        format!(
            "可以以承诺书代替的是:{};其余请提交材料本身",
            letters.join("、")
        )
    };
    Err(OfficeError::rule(
        "no-letter-for-material",
        format!("没有依据规定“{name}”可以以承诺书代替;{open}"),
    ))
}

/// Refuses a promise that ends before it begins, or too late to be meant.
fn until(on: NaiveDate, due_on: NaiveDate) -> Result<(), OfficeError> {
    let latest = on.checked_add_days(LONGEST).unwrap_or(on);
    if (on..=latest).contains(&due_on) {
        return Ok(());
    }
    Err(OfficeError::Invalid(vec![FieldFault {
        field: "due_on",
        message: format!(
            "兑现期限{}应不早于承诺日期({}),且在十年之内;请核对日期。",
            desk::chinese(due_on),
            desk::chinese(on)
        ),
    }]))
}

/// Words that must be said.
///
/// # Errors
/// Too few or too many.
pub(super) fn words(field: &'static str, what: &str, typed: &str) -> Result<String, OfficeError> {
    let text = typed.trim();
    let length = text.chars().count();
    if (2..=WORDS).contains(&length) {
        return Ok(text.to_owned());
    }
    Err(OfficeError::Invalid(vec![FieldFault {
        field,
        message: format!("{what}应为2至{WORDS}字,现为{length}字。"),
    }]))
}
