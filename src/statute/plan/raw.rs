//! The catalogue file's own shapes, as TOML spells them; unknown keys are refused.

use serde::Deserialize;
use toml::Spanned;

use crate::statute::offence::OffenceKind;

use super::{BanKind, BureauKind, Ground, Level, Source, Starter, Unit};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPlan {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) number: String,
    pub(super) version: String,
    pub(super) source: String,
    pub(super) clause: Vec<Spanned<RawClause>>,
    pub(super) step: Vec<Spanned<RawStep>>,
    #[serde(default)]
    pub(super) offences: Vec<RawOffence>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOffence {
    pub(super) kind: Spanned<OffenceKind>,
    pub(super) bureau: Spanned<BureauKind>,
    pub(super) level: Level,
    pub(super) source: RawSource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClause {
    pub(super) number: u32,
    #[serde(default)]
    pub(super) missing: bool,
    #[serde(default)]
    pub(super) text: Option<String>,
    #[serde(default)]
    pub(super) responsible: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSource {
    pub(super) cite: Spanned<String>,
    #[serde(default)]
    pub(super) inferred: bool,
    #[serde(default)]
    pub(super) note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLimit {
    pub(super) days: Spanned<u32>,
    pub(super) unit: Unit,
    pub(super) source: RawSource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExtension {
    pub(super) max_days: Spanned<u32>,
    pub(super) source: RawSource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExemption {
    pub(super) when: Vec<Spanned<String>>,
    pub(super) reason: String,
    pub(super) source: RawSource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWait {
    pub(super) step: Spanned<String>,
    pub(super) source: RawSource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMaterial {
    pub(super) id: Spanned<String>,
    pub(super) name: String,
    #[serde(default)]
    pub(super) optional: bool,
    #[serde(default)]
    pub(super) when: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) letter: Option<RawSource>,
    #[serde(default)]
    pub(super) notice: Option<RawNotice>,
    pub(super) source: RawSource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNotice {
    pub(super) days: Spanned<u32>,
    pub(super) source: RawSource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPart {
    pub(super) id: Spanned<String>,
    pub(super) name: String,
    pub(super) source: RawSource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCommitment {
    pub(super) source: RawSource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBan {
    pub(super) id: Spanned<String>,
    pub(super) kind: BanKind,
    pub(super) name: Spanned<String>,
    #[serde(default)]
    pub(super) aliases: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) instead: Option<String>,
    #[serde(default)]
    pub(super) when: Vec<Spanned<String>>,
    pub(super) source: RawSource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRisk {
    pub(super) text: String,
    #[serde(default)]
    pub(super) when: Vec<Spanned<String>>,
    pub(super) sources: Vec<RawSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStep {
    pub(super) id: Spanned<String>,
    pub(super) name: String,
    pub(super) short_name: String,
    pub(super) clause: Spanned<u32>,
    pub(super) bureau: BureauKind,
    pub(super) level: Level,
    #[serde(default)]
    pub(super) plan_limit: Option<RawLimit>,
    #[serde(default)]
    pub(super) law_limit: Option<RawLimit>,
    #[serde(default)]
    pub(super) untimed: Option<RawExemption>,
    pub(super) starts: Spanned<Vec<Starter>>,
    pub(super) grounds: Spanned<Vec<Ground>>,
    pub(super) grounds_source: RawSource,
    #[serde(default)]
    pub(super) extension: Option<RawExtension>,
    #[serde(default)]
    pub(super) warn_at: Option<Spanned<u32>>,
    pub(super) applies: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) applies_reason: String,
    #[serde(default)]
    pub(super) exemptions: Vec<RawExemption>,
    #[serde(default)]
    pub(super) waits_for: Vec<RawWait>,
    #[serde(default)]
    pub(super) beside: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) joint_with: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) opinion_to: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) materials: Vec<RawMaterial>,
    #[serde(default)]
    pub(super) bans: Vec<RawBan>,
    #[serde(default)]
    pub(super) commitment: Option<RawCommitment>,
    #[serde(default)]
    pub(super) inner_opinion: Option<RawCommitment>,
    #[serde(default)]
    pub(super) parts: Vec<RawPart>,
    #[serde(default)]
    pub(super) early_start: Option<RawExemption>,
    #[serde(default)]
    pub(super) revises: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) risks: Vec<RawRisk>,
}

impl RawSource {
    pub(super) fn into_source(self) -> Source {
        Source {
            cite: self.cite.into_inner(),
            inferred: self.inferred,
            note: self.note,
        }
    }
}
