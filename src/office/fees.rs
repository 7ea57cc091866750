//! Fees that a bureau asks for on a step, each with what it rests on (行政许可法 第58条、第59条);
//! those that the plan has abolished are refused.

use super::actor::{Act, permit};
use super::asking::{refuse_in_words, refuse_item};
use super::model::{FeeLine, FeesHere};
use super::{Actor, AskFee, FeeId, FieldFault, Moment, Office, OfficeError, OfficeRule};
use super::{card, delegations, desk};
use crate::statute::clock::Status;
use crate::store::record::Filing;
use crate::store::{Fee, NewFee, Reader};

/// Characters of a fee's name.
const NAME: std::ops::RangeInclusive<usize> = 2..=40;
/// The most characters of its basis.
const BASIS: usize = 120;
/// The largest amount, in fen: 一亿元, above which a slip of the pen is likelier.
const MOST: i64 = 100_000_000 * 100;

impl Office {
    /// Records that a fee was asked for.
    ///
    /// # Errors
    /// NotFound; Forbidden to all but the step's bureau; Invalid; Rule where the fee is abolished,
    /// rests on nothing, or the step is not applied for.
    pub async fn ask_fee(
        &self,
        actor: &Actor,
        wish: AskFee,
        at: Moment,
    ) -> Result<FeeId, OfficeError> {
        let missing = || OfficeError::NotFound("filing");
        let tx = self.begin().await?;
        let filing = tx.filing(wish.filing).await?.ok_or_else(missing)?;
        let bureau = filing.bureau;
        let _permit = permit(actor, Act::AskFee { bureau })?;
        let project = tx.project(filing.project).await?.ok_or_else(missing)?;
        let plan = self.plan_of(&project.plan_hash).await?;
        let step = card::step_of(&plan, &filing)?;
        let name = wish.name.trim();
        let basis = wish.basis.trim();
        refuse_item(step, &project.facts, name)?;
        refuse_in_words(step, &project.facts, basis)?;
        well_typed(name, wish.amount_fen, basis)?;
        applied_for(&filing)?;
        desk::day(wish.on, at.today, &self.calendar())?;
        let by = delegations::signature(&tx, actor, &filing, at).await?;
        let new = NewFee {
            filing: filing.id,
            name: name.to_owned(),
            amount_fen: wish.amount_fen,
            basis: basis.to_owned(),
            asked_on: wish.on,
            person: actor.id,
            person_name: by,
            at: at.now,
        };
        let id = tx.insert_fee(&new).await?;
        let subject = format!("filing {}", filing.id);
        let detail = format!("fee {id} {} {} fen", new.asked_on, new.amount_fen);
        let detail = delegations::audited(detail, actor, &new.person_name);
        tx.audit(at.now, Some(actor.id), "ask-fee", &subject, &detail)
            .await?;
        tx.commit().await?;
        Ok(id)
    }
}

/// The fees of `filing` for its page; a step that is not applied for has none.
///
/// # Errors
/// The store.
pub(in crate::office) async fn fees_here(
    reader: &Reader,
    actor: &Actor,
    filing: &Filing,
) -> Result<FeesHere, OfficeError> {
    if applied_for(filing).is_err() {
        return Ok(FeesHere::default());
    }
    let fees = reader.fees(filing.id).await?;
    let bureau = filing.bureau;
    Ok(FeesHere {
        lines: fees.into_iter().map(line).collect(),
        may_ask: permit(actor, Act::AskFee { bureau }).is_ok(),
    })
}

fn line(fee: Fee) -> FeeLine {
    FeeLine {
        name: fee.name,
        amount_fen: fee.amount_fen,
        basis: fee.basis,
        asked_on: fee.asked_on,
        person_name: fee.person_name,
        at: fee.at,
    }
}

fn well_typed(name: &str, amount_fen: i64, basis: &str) -> Result<(), OfficeError> {
    if basis.is_empty() {
        return Err(OfficeError::Rule(OfficeRule {
            rule: "fee-without-basis",
            detail: "实施行政许可不得收取任何费用,法律、行政法规另有规定的除外(行政许可法第58条);请写明收费所依据的法律、行政法规及条款,没有依据的不得收取"
                .to_owned(),
        }));
    }
    let mut faults = Vec::new();
    let mut fault = |field, message: String| faults.push(FieldFault { field, message });
    let length = name.chars().count();
    if !NAME.contains(&length) {
        let (least, most) = (NAME.start(), NAME.end());
        fault(
            "name",
            format!("费用名称应为{least}至{most}字,现为{length}字。"),
        );
    }
    if !(1..=MOST).contains(&amount_fen) {
        fault("amount", "金额应大于0元,至多一亿元。".to_owned());
    }
    let length = basis.chars().count();
    if length > BASIS {
        fault("basis", format!("依据至多{BASIS}字,现为{length}字。"));
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(OfficeError::Invalid(faults))
    }
}

/// Refuses a fee on what nobody has applied for.
fn applied_for(filing: &Filing) -> Result<(), OfficeError> {
    let status = filing.turning.status.unwrap_or(Status::Draft);
    if status != Status::Draft {
        return Ok(());
    }
    Err(OfficeError::Rule(OfficeRule {
        rule: "fee-before-filing",
        detail: "本事项尚未申请,没有可以收取的费用;请在申请提交之后登记".to_owned(),
    }))
}
