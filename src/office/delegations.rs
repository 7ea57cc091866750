//! Delegations (代办): an officer who is away hands the queue to a colleague of the same bureau;
//! every act of the colleague on it shows both names.
//!
//! # Why
//! Any officer of a bureau may act on all its steps, so a delegation gives no right. It says on
//! whose behalf somebody acts: the filing stays with the one who is away
//! ([`case_officer`](crate::store::case_officer)), and the ledger tells who really acted.

mod here;
pub(in crate::office) mod rules;

use super::actor::{Act, permit};
use super::desk::chinese;
use super::model::delegations::{DelegationLine, DelegationsPage};
use super::{
    Actor, BureauId, DelegationId, HandOver, Moment, Office, OfficeError, OfficeRule, Role,
};
use crate::store::record::Filing;
use crate::store::{EndedEarly, NewDelegation, Tx};
pub(in crate::office) use here::case_officer_here;

/// The most delegations that the page lists, the newest first.
const LISTED: u64 = 50;

/// A name as an act is signed with it: with the name of the one for whom somebody stands in.
pub(in crate::office) fn signed(name: &str, stands_in_for: Option<&str>) -> String {
    match stands_in_for {
        Some(away) => format!("{name}(代{away})"),
        None => name.to_owned(),
    }
}

/// The name of the one for whom `actor` acts on `filing` today, where that is somebody else.
///
/// # Errors
/// The store.
pub(in crate::office) async fn stands_in_for(
    tx: &Tx,
    actor: &Actor,
    filing: &Filing,
    at: Moment,
) -> Result<Option<String>, OfficeError> {
    let own = actor.role
        == Role::Officer {
            bureau: filing.bureau,
        };
    let Some(officer) = filing.officer.filter(|id| own && *id != actor.id) else {
        return Ok(None);
    };
    let found = tx.stands_in(actor.id, officer, at.today).await?;
    Ok(found.map(|one| one.giver_name))
}

/// The name with which `actor` signs what stands beside the ledger of `filing`.
///
/// # Errors
/// The store.
pub(in crate::office) async fn signature(
    tx: &Tx,
    actor: &Actor,
    filing: &Filing,
    at: Moment,
) -> Result<String, OfficeError> {
    let away = stands_in_for(tx, actor, filing, at).await?;
    Ok(signed(&actor.name, away.as_deref()))
}

/// What an audit line adds where `signature` holds a second name.
pub(in crate::office) fn audited(detail: String, actor: &Actor, signature: &str) -> String {
    if signature == actor.name {
        detail
    } else {
        format!("{detail} {signature}")
    }
}

/// The bureau of an officer.
fn bureau_of(actor: &Actor) -> Result<BureauId, OfficeError> {
    match actor.role {
        Role::Officer { bureau } => Ok(bureau),
        _ => Err(OfficeError::Forbidden(
            "代办由审批部门的经办人办理".to_owned(),
        )),
    }
}

impl Office {
    /// The delegations that the actor gave or was given; for a lead, those of the bureau.
    ///
    /// # Errors
    /// Forbidden to all but officers.
    pub async fn delegations(
        &self,
        actor: &Actor,
        at: Moment,
    ) -> Result<DelegationsPage, OfficeError> {
        let bureau = bureau_of(actor)?;
        let reader = self.store.reader();
        let of = (!actor.lead).then_some(actor.id);
        let found = reader.delegations(bureau, of, LISTED).await?;
        let officers = reader.officers(bureau).await?;
        let lines = found.into_iter().map(|delegation| {
            let act = Act::EndDelegation {
                bureau,
                between: [delegation.giver, delegation.stand_in],
            };
            let over = delegation.ended.is_some() || delegation.last_on < at.today;
            DelegationLine {
                may_end: !over && permit(actor, act).is_ok(),
                in_force: delegation.in_force(at.today),
                over,
                delegation,
            }
        });
        Ok(DelegationsPage {
            lines: lines.collect(),
            officers: officers.into_iter().map(|one| (one.id, one.name)).collect(),
            own: actor.id,
            lead: actor.lead,
        })
    }

    /// Hands an officer's queue to a colleague for a time.
    ///
    /// # Errors
    /// Forbidden to all but the officer and the bureau's lead; NotFound where there is no such
    /// officer in the bureau; Invalid; Rule where it would not be plain who acts for whom.
    pub async fn hand_over(
        &self,
        actor: &Actor,
        wish: HandOver,
        at: Moment,
    ) -> Result<DelegationId, OfficeError> {
        let bureau = bureau_of(actor)?;
        let giver = wish.giver.unwrap_or(actor.id);
        let _permit = permit(actor, Act::HandOver { bureau, giver })?;
        rules::typed(&wish, giver, at.today)?;
        let both = [giver, wish.stand_in];
        let tx = self.begin().await?;
        let people = tx.people_held(both).await?;
        let (from, to) = rules::colleagues(&people, &wish, giver, bureau)?;
        let standing = tx.delegations_from(both, at.today).await?;
        rules::clear(&standing, &wish, (from, to), at.today)?;
        let new = NewDelegation {
            bureau,
            giver: (from.id, from.name.clone()),
            stand_in: (to.id, to.name.clone()),
            first_on: wish.first_on,
            last_on: wish.last_on,
            reason: wish.reason.trim().to_owned(),
            made_by: (actor.id, actor.name.clone()),
            at: at.now,
        };
        let id = tx.insert_delegation(&new).await?;
        let subject = format!("delegation {id}");
        let detail = format!(
            "person {} to person {} {}..{}",
            from.id, to.id, new.first_on, new.last_on
        );
        tx.audit(at.now, Some(actor.id), "hand-over", &subject, &detail)
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Ends a delegation before its last day.
    ///
    /// # Errors
    /// NotFound, also for another bureau's; Forbidden to all but the two and the bureau's lead;
    /// Rule where it is over already.
    pub async fn end_delegation(
        &self,
        actor: &Actor,
        id: DelegationId,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let missing = || OfficeError::NotFound("delegation");
        let bureau = bureau_of(actor)?;
        let tx = self.begin().await?;
        let found = tx.delegation(id).await?.filter(|one| one.bureau == bureau);
        let delegation = found.ok_or_else(missing)?;
        let between = [delegation.giver, delegation.stand_in];
        let _permit = permit(actor, Act::EndDelegation { bureau, between })?;
        let over = |detail: String| {
            Err(OfficeError::Rule(OfficeRule {
                rule: "delegation-over",
                detail,
            }))
        };
        if let Some(ended) = &delegation.ended {
            return over(format!(
                "这项代办已由{}于{}结束,不重复登记",
                ended.by_name,
                chinese(ended.on)
            ));
        }
        if delegation.last_on < at.today {
            return over(format!(
                "这项代办已于{}期满,不需要结束",
                chinese(delegation.last_on)
            ));
        }
        let ended = EndedEarly {
            on: at.today,
            by: actor.id,
            by_name: actor.name.clone(),
            at: at.now,
        };
        if !tx.end_delegation(id, &ended).await? {
            return Err(missing());
        }
        let subject = format!("delegation {id}");
        tx.audit(at.now, Some(actor.id), "end-delegation", &subject, "")
            .await?;
        Ok(tx.commit().await?)
    }
}
