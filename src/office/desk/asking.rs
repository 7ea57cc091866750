//! What an officer may ask for: a one-time notice names all of it, and nothing that the plan has
//! cancelled is asked for in any words.

use super::{Desk, Wish, step_of};
use crate::office::actor::Actor;
use crate::office::asking::{refuse_in_words, refuse_item};
use crate::office::{FieldFault, OfficeError, OfficeRule, Requested};
use crate::statute::clock::EventKind;
use crate::statute::plan::{ProjectFacts, Step, listed_materials};
use crate::store::record::Role;

/// The most things of one notice.
const ITEMS: usize = 30;
/// The most characters of a thing that is typed.
const ITEM: usize = 80;

impl Desk<'_> {
    /// What the wished entry asks for, each thing once, under the catalogue's name where it is
    /// the catalogue's; nothing for an entry that is no one-time notice.
    ///
    /// # Errors
    /// Invalid: too much, or not on the step's list.
    pub(super) fn requested(&self, wish: &Wish<'_>) -> Result<Vec<Requested>, OfficeError> {
        if *wish.kind != EventKind::MaterialsRequested {
            return Ok(Vec::new());
        }
        let step = step_of(self.plan, self.filing(wish.filing)?)?;
        let mut items: Vec<Requested> = Vec::new();
        for one in &wish.details.requested {
            let item = item(step, self.facts, one)?;
            if !item.name.is_empty() && !items.contains(&item) {
                items.push(item);
            }
        }
        if items.len() > ITEMS {
            let length = items.len();
            return Err(invalid(format!(
                "一次性告知最多{ITEMS}项,现为{length}项;请合并后再提交"
            )));
        }
        Ok(items)
    }

    /// Refuses an officer's entry that asks for what may not be asked for, and a one-time notice
    /// that names nothing.
    pub(super) fn asks_fairly(&self, actor: &Actor, wish: &Wish<'_>) -> Result<(), OfficeError> {
        let step = step_of(self.plan, self.filing(wish.filing)?)?;
        if *wish.kind == EventKind::MaterialsRequested && wish.details.requested.is_empty() {
            return Err(OfficeError::Rule(OfficeRule {
                rule: "nothing-requested",
                detail: "一次性告知须写明需要补正的全部内容(行政许可法第32条第一款第四项);请勾选目录中的材料,或逐行填写其他需要补正的内容;材料齐全、符合法定形式的,应当受理"
                    .to_owned(),
            }));
        }
        for one in &wish.details.requested {
            refuse_item(step, self.facts, &one.name)?;
        }
        match (actor.role, wish.note) {
            (Role::Officer { .. }, Some(note)) => refuse_in_words(step, self.facts, note),
            _ => Ok(()),
        }
    }
}

/// One thing asked for: a material of the step's list by its name there, or words of one line.
fn item(step: &Step, facts: &ProjectFacts, asked: &Requested) -> Result<Requested, OfficeError> {
    if let Some(id) = &asked.material {
        let listed = listed_materials(step, facts).find(|material| material.id == *id);
        let material = listed.ok_or_else(|| {
            invalid(format!(
                "{}的材料目录里没有所勾选的“{id}”,不能要求提供(行政许可法第30条);请从页面列出的材料中勾选",
                step.name
            ))
        })?;
        return Ok(Requested {
            material: Some(id.clone()),
            name: material.name.clone(),
        });
    }
    let name = asked.name.trim();
    let length = name.chars().count();
    if length > ITEM {
        return Err(invalid(format!(
            "需要补正的内容每行最多{ITEM}字,有一行为{length}字;请分行或缩短"
        )));
    }
    Ok(Requested {
        material: None,
        name: name.to_owned(),
    })
}

fn invalid(message: String) -> OfficeError {
    OfficeError::Invalid(vec![FieldFault {
        field: "requested",
        message,
    }])
}
