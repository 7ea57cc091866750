//! The plan catalogue: every step of 本政办发〔2020〕24号 as data with sources.
//!
//! The types here are the parsed catalogue; [`parse`] makes them from TOML, [`facts`] holds
//! what is known of a project, [`route`] chooses the steps, [`graph`] orders them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::offence::{OffenceKind, OffenceRule};

pub mod bans;
mod build;
pub mod condition;
pub mod facts;
pub mod graph;
pub mod materials;
pub mod parse;
mod raw;
pub mod route;
#[cfg(test)]
mod tests;

pub use bans::{bans_in_item, bans_in_words};
pub use condition::Condition;
pub use facts::ProjectFacts;
pub use materials::{listed_materials, missing_materials};
pub use parse::{PlanError, PlanFault};

/// The identifier of a step, as the contract writes it: `land-pre-review`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepId(pub String);

impl StepId {
    /// The identifier's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for StepId {
    fn from(text: &str) -> Self {
        StepId(text.to_owned())
    }
}

/// Where a figure or a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The citation in Chinese: 方案第1条, 行政许可法 第42条.
    pub cite: String,
    /// True where the source does not say it outright and a person should confirm (推定).
    pub inferred: bool,
    /// What a reader should know of the reading, in Chinese.
    pub note: Option<String>,
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// 工作日.
    WorkingDays,
}

/// A time limit with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// How many units, at least 1.
    pub days: u32,
    /// What is counted.
    pub unit: Unit,
    /// Where the figure is written.
    pub source: Source,
}

/// What the start of a clock waits for; the clock starts at the latest of a step's starters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Starter {
    /// 受理.
    Accepted,
    /// 收到县(区)用地初审意见.
    CountyOpinionReceived,
    /// 拟征收土地公告期满.
    AnnouncementExpired,
}

/// A ground of 行政许可法 第45条 on which time is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// 听证.
    Hearing,
    /// 招标.
    Tender,
    /// 拍卖.
    Auction,
    /// 检验.
    Inspection,
    /// 检测.
    Testing,
    /// 检疫.
    Quarantine,
    /// 鉴定.
    Appraisal,
    /// 专家评审.
    ExpertReview,
}

impl Ground {
    /// The eight grounds, in the order of the article.
    pub const ALL: [Ground; 8] = [
        Ground::Hearing,
        Ground::Tender,
        Ground::Auction,
        Ground::Inspection,
        Ground::Testing,
        Ground::Quarantine,
        Ground::Appraisal,
        Ground::ExpertReview,
    ];

    /// The article's word.
    pub fn name(self) -> &'static str {
        match self {
            Ground::Hearing => "听证",
            Ground::Tender => "招标",
            Ground::Auction => "拍卖",
            Ground::Inspection => "检验",
            Ground::Testing => "检测",
            Ground::Quarantine => "检疫",
            Ground::Appraisal => "鉴定",
            Ground::ExpertReview => "专家评审",
        }
    }

    /// The contract's word.
    pub fn code(self) -> &'static str {
        match self {
            Ground::Hearing => "hearing",
            Ground::Tender => "tender",
            Ground::Auction => "auction",
            Ground::Inspection => "inspection",
            Ground::Testing => "testing",
            Ground::Quarantine => "quarantine",
            Ground::Appraisal => "appraisal",
            Ground::ExpertReview => "expert-review",
        }
    }

    /// The ground that the contract's word names, if any.
    pub fn from_code(code: &str) -> Option<Ground> {
        Ground::ALL.into_iter().find(|g| g.code() == code)
    }
}

/// A kind of bureau: who decides a step, or handles an offence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BureauKind {
    /// 自然资源.
    NaturalResources,
    /// 林草.
    Forestry,
    /// 交通运输.
    Transport,
    /// 住房城乡建设.
    Housing,
    /// 公安; it decides no step, and handles offences (方案第14条).
    Police,
}

impl BureauKind {
    /// All kinds.
    pub const ALL: [BureauKind; 5] = [
        BureauKind::NaturalResources,
        BureauKind::Forestry,
        BureauKind::Transport,
        BureauKind::Housing,
        BureauKind::Police,
    ];

    /// The word used in data and columns.
    pub fn code(self) -> &'static str {
        match self {
            BureauKind::NaturalResources => "natural-resources",
            BureauKind::Forestry => "forestry",
            BureauKind::Transport => "transport",
            BureauKind::Housing => "housing",
            BureauKind::Police => "police",
        }
    }

    /// The kind that the word names, if any.
    pub fn from_code(code: &str) -> Option<BureauKind> {
        BureauKind::ALL.into_iter().find(|k| k.code() == code)
    }
}

/// At which level a step is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// 市级: one filing a project.
    City,
    /// 县(区)级: one filing for each county that the project touches.
    County,
}

impl Level {
    /// The word used in data and columns.
    pub fn code(self) -> &'static str {
        match self {
            Level::City => "city",
            Level::County => "county",
        }
    }

    /// The level that the word names, if any.
    pub fn from_code(code: &str) -> Option<Level> {
        match code {
            "city" => Some(Level::City),
            "county" => Some(Level::County),
            _ => None,
        }
    }
}

/// The one extension that a step allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The most working days that it may add.
    pub max_days: u32,
    /// Where it is written.
    pub source: Source,
}

/// A material (要件) that a step needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// Stable identifier within the step, kebab-case.
    pub id: String,
    /// Its name in Chinese.
    pub name: String,
    /// True where it may be asked for, but no source says that it must be handed in.
    pub optional: bool,
    /// Needed only where this holds; empty: always.
    pub when: Condition,
    /// Where it is written that a letter of commitment may stand for it; `None`: none may.
    pub letter: Option<Source>,
    /// The notice that must end without an objection before it may be handed in; `None`: none.
    pub notice: Option<NoticeRule>,
    /// Where it is asked for.
    pub source: Source,
}

/// A notice to the public that a material waits for (方案第6条: 林木权属公示7日无异议).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRule {
    /// How many calendar days it runs at least.
    pub days: u32,
    /// Where it is written.
    pub source: Source,
}

/// A part of a step's work with an officer of its own (方案第4条).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Stable identifier within the step, kebab-case.
    pub id: String,
    /// Its name in Chinese.
    pub name: String,
    /// Where it is written.
    pub source: Source,
}

/// A material or fee that may no longer be asked for (不得索要).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ban {
    /// Stable identifier within the step, kebab-case.
    pub id: String,
    /// Whether a material or a fee is banned.
    pub kind: BanKind,
    /// Its name in Chinese.
    pub name: String,
    /// Usual other names, for checking free text.
    pub aliases: Vec<String>,
    /// What is open instead of asking for it, in Chinese.
    pub instead: Option<String>,
    /// Banned only where this holds; empty: always.
    pub when: Condition,
    /// The clause that bans it.
    pub source: Source,
}

/// What a [`Ban`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BanKind {
    /// 要件.
    Material,
    /// 收费.
    Fee,
}

/// A step that must be granted before this one can be filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitsFor {
    /// The step ahead.
    pub step: StepId,
    /// Why.
    pub source: Source,
}

/// Facts under which a step need not be done, with the clause that says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    /// The step is exempt where this holds.
    pub when: Condition,
    /// The clause that exempts.
    pub source: Source,
    /// The reason in Chinese, for the reader.
    pub reason: String,
}

/// Where plan and higher law pull apart (风险提示).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Risk {
    /// What pulls apart, in Chinese.
    pub text: String,
    /// Concerns only projects of which this holds; empty: all.
    pub when: Condition,
    /// The two sources.
    pub sources: Vec<Source>,
}

/// One step of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its identifier.
    pub id: StepId,
    /// Its name in Chinese.
    pub name: String,
    /// A name of at most eight characters, for time lines and tables.
    pub short_name: String,
    /// The clause of the plan: 1, 3, 4 …
    pub clause: u32,
    /// Which kind of bureau decides it.
    pub bureau: BureauKind,
    /// At which level.
    pub level: Level,
    /// The plan's limit (方案时限), where the plan gives a figure.
    pub plan_limit: Option<Limit>,
    /// The law's limit (法定时限), where a law gives a figure.
    pub law_limit: Option<Limit>,
    /// Facts under which neither limit holds, with the clause; `None`: the limits always hold.
    pub untimed: Option<Exemption>,
    /// What starts its clock: the latest of these.
    pub starts: Vec<Starter>,
    /// Grounds on which it may be suspended; empty: none.
    pub grounds: Vec<Ground>,
    /// Where the grounds, or their absence, come from.
    pub grounds_source: Source,
    /// The extension that it allows.
    pub extension: Option<Extension>,
    /// Yellow when this many days or fewer are left; `None` for a step that never has a limit.
    pub warn_at: Option<u32>,
    /// The step applies where this holds.
    pub applies: Condition,
    /// Why it does not apply otherwise, in Chinese.
    pub applies_reason: String,
    /// When it does apply but need not be done.
    pub exemptions: Vec<Exemption>,
    /// Steps that must be granted first.
    pub waits_for: Vec<WaitsFor>,
    /// Steps that the plan says are handled beside it.
    pub beside: Vec<StepId>,
    /// Steps that are filed with it in one joint action (第1条).
    pub joint_with: Vec<StepId>,
    /// The step whose ledger receives this one's opinion when it is decided (第1条: the county's
    /// initial review feeds the city's pre-review).
    pub opinion_to: Option<StepId>,
    /// What must be handed in.
    pub materials: Vec<Material>,
    /// What may no longer be asked for.
    pub bans: Vec<Ban>,
    /// Where it is written that the step is handled on the applicant's commitment (诚信承诺制);
    /// `None`: it is not.
    pub commitment: Option<Source>,
    /// Where it is written that the deciding bureau asks the counties for their opinion itself
    /// (内部征求); `None`: it does not.
    pub inner_opinion: Option<Source>,
    /// Parts of its work that run side by side; all are done before the step ends.
    pub parts: Vec<Part>,
    /// Facts under which construction may begin once this step is applied for; `None`: never.
    pub early_start: Option<Exemption>,
    /// The step whose approved blueprint this one changes (第9条); `None`: it changes none.
    pub revises: Option<StepId>,
    /// Where plan and law pull apart.
    pub risks: Vec<Risk>,
}

impl Step {
    /// The limit that the clock's due date follows: the plan's where there is one, else the law's.
    pub fn limit(&self) -> Option<&Limit> {
        self.plan_limit.as_ref().or(self.law_limit.as_ref())
    }

    /// Whether no limit holds for these facts.
    pub fn is_untimed(&self, facts: &ProjectFacts) -> bool {
        let lifted = |untimed: &Exemption| untimed.when.holds(facts);
        self.limit().is_none() || self.untimed.as_ref().is_some_and(lifted)
    }
}

/// A clause of the plan, or the mark that the gazette's text is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// Its number, 1 to 15.
    pub number: u32,
    /// Its text word for word; `None`: 原文缺失.
    pub text: Option<String>,
    /// The bodies that the clause makes responsible (责任单位), as written.
    pub responsible: Vec<String>,
}

/// The catalogue of one plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its identifier: `benxi-2020-24`.
    pub id: String,
    /// Its title in Chinese.
    pub title: String,
    /// Its document number: 本政办发〔2020〕24号.
    pub number: String,
    /// The version of this catalogue file: `2026.11`.
    pub version: String,
    /// SHA-256 of the file's bytes in lower-case hex; filled by the parser.
    pub hash: String,
    /// Where the text was read.
    pub source: String,
    /// The clauses in order; missing ones included.
    pub clauses: Vec<Clause>,
    /// The steps in the file's order.
    pub steps: Vec<Step>,
    /// Which bureau takes which kind of offence (第14条); empty: the catalogue does not say.
    pub offences: Vec<OffenceRule>,
}

impl Plan {
    /// The catalogue that is built into the program, 本政办发〔2020〕24号.
    pub fn built_in() -> &'static Plan {
        parse::built_in()
    }

    /// The step of that identifier.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|s| s.id.as_str() == id)
    }

    /// Which bureau takes offences of that kind.
    pub fn offence(&self, kind: OffenceKind) -> Option<&OffenceRule> {
        self.offences.iter().find(|rule| rule.kind == kind)
    }

    /// Whether a bureau of that kind decides any step.
    pub fn decides(&self, kind: BureauKind) -> bool {
        self.steps.iter().any(|step| step.bureau == kind)
    }
}
