//! Refusing to ask for what the plan has cancelled (不得索要), with the clause and the way that
//! is open instead.

use super::{OfficeError, OfficeRule};
use crate::statute::plan::{
    Ban, BanKind, ProjectFacts, Step, bans_in_item, bans_in_words, listed_materials,
};

/// Refuses an item of what is asked for that names something banned.
///
/// # Errors
/// Rule.
pub(in crate::office) fn refuse_item(
    step: &Step,
    facts: &ProjectFacts,
    item: &str,
) -> Result<(), OfficeError> {
    refuse(step, facts, &bans_in_item(step, facts, item), "")
}

/// Refuses an officer's words that ask for something banned; to say that it is not needed is
/// open. Every act of an officer on a step that takes words asks this.
///
/// # Errors
/// Rule.
pub(in crate::office) fn refuse_in_words(
    step: &Step,
    facts: &ProjectFacts,
    words: &str,
) -> Result<(), OfficeError> {
    let plainly = "。只是说明不需要的,请直接写“无需提供”或“不再收取”加名称";
    refuse(step, facts, &bans_in_words(step, facts, words), plainly)
}

fn refuse(step: &Step, facts: &ProjectFacts, bans: &[&Ban], hint: &str) -> Result<(), OfficeError> {
    let Some(first) = bans.first() else {
        return Ok(());
    };
    let named: Vec<String> = bans.iter().map(|ban| said(ban)).collect();
    let listed: Vec<&str> = listed_materials(step, facts)
        .map(|material| material.name.as_str())
        .collect();
    let open = match first.kind {
        BanKind::Material if !listed.is_empty() => {
            format!("。本事项可以要求的材料:{}", listed.join("、"))
        }
        BanKind::Material | BanKind::Fee => String::new(),
    };
    Err(OfficeError::Rule(OfficeRule {
        rule: match first.kind {
            BanKind::Material => "banned-material",
            BanKind::Fee => "banned-fee",
        },
        detail: format!("{}{open}{hint}", named.join(";")),
    }))
}

/// What is banned, by which clause, and what is open instead.
fn said(ban: &Ban) -> String {
    let Ban { name, source, .. } = ban;
    let inferred = if source.inferred { ",推定" } else { "" };
    let not = match ban.kind {
        BanKind::Material => "已经取消,不得要求提供",
        BanKind::Fee => "已经取消,不得收取",
    };
    let instead = ban
        .instead
        .as_ref()
        .map_or_else(String::new, |instead| format!(",应当{instead}"));
    format!("“{name}”{not}({}{inferred}){instead}", source.cite)
}

#[cfg(test)]
mod tests;
