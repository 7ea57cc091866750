//! From the file's shapes to the catalogue, gathering every fault with its line.

use std::ops::Range;

use toml::Spanned;

use super::bans::can_be_searched;
use super::condition::{Condition, Term};
use super::parse::{PlanFault, line_of};
use super::raw::{
    RawBan, RawClause, RawExemption, RawExtension, RawLimit, RawMaterial, RawOffence, RawPart,
    RawPlan, RawSource, RawStep,
};
use super::{
    Ban, Clause, Exemption, Extension, Limit, Material, NoticeRule, Part, Plan, Risk, Source,
    Starter, Step, StepId, WaitsFor, graph,
};
use crate::statute::offence::{HANDLERS, OffenceRule};

/// Gathers faults while it builds.
pub(super) struct Builder<'t> {
    text: &'t str,
    pub(super) faults: Vec<PlanFault>,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str) -> Builder<'t> {
        Builder {
            text,
            faults: Vec::new(),
        }
    }

    fn fault(&mut self, span: Range<usize>, message: impl Into<String>) {
        let line = line_of(self.text, span.start);
        self.faults.push(PlanFault {
            line,
            message: message.into(),
        });
    }

    pub(super) fn plan(&mut self, raw: RawPlan, hash: String) -> Plan {
        let ids: Vec<String> = raw
            .step
            .iter()
            .map(|s| s.get_ref().id.get_ref().clone())
            .collect();
        let clauses: Vec<Clause> = raw.clause.into_iter().map(|c| self.clause(c)).collect();
        for pair in clauses.windows(2) {
            if let [a, b] = pair
                && b.number != a.number + 1
            {
                let message = format!(
                    "第 {} 条之后是第 {} 条;条款须连续编号,缺失的条款写 missing = true",
                    a.number, b.number
                );
                self.faults.push(PlanFault { line: 1, message });
            }
        }
        let steps: Vec<Step> = raw
            .step
            .into_iter()
            .map(|step| self.step(step, &ids, &clauses))
            .collect();
        self.circles(&steps);
        let offences = self.offences(raw.offences);
        Plan {
            offences,
            id: raw.id,
            title: raw.title,
            number: raw.number,
            version: raw.version,
            hash,
            source: raw.source,
            clauses,
            steps,
        }
    }

    /// Each kind of offence once, and only to bureaus that the clause makes responsible.
    fn offences(&mut self, raw: Vec<RawOffence>) -> Vec<OffenceRule> {
        let mut rules: Vec<OffenceRule> = Vec::with_capacity(raw.len());
        for raw in raw {
            let kind = *raw.kind.get_ref();
            if rules.iter().any(|rule| rule.kind == kind) {
                let message = format!("涉电违法 {} 写了两次;请删去一处", kind.code());
                self.fault(raw.kind.span(), message);
            }
            if !HANDLERS.contains(raw.bureau.get_ref()) {
                let named: Vec<&str> = HANDLERS.iter().map(|kind| kind.code()).collect();
                let message = format!(
                    "方案第14条没有把该部门列为责任单位;bureau 可写 {}",
                    named.join("、")
                );
                self.fault(raw.bureau.span(), message);
            }
            rules.push(OffenceRule {
                kind,
                bureau: raw.bureau.into_inner(),
                level: raw.level,
                source: self.source(raw.source),
            });
        }
        rules
    }

    fn circles(&mut self, steps: &[Step]) {
        let nodes: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
        let waits = |node: &str| {
            steps
                .iter()
                .find(|step| step.id.as_str() == node)
                .map_or_else(Vec::new, |step| {
                    step.waits_for
                        .iter()
                        .map(|wait| wait.step.as_str())
                        .collect()
                })
        };
        // The closure's borrowed names must be those of `nodes`.
        let by_name = |node: &str| -> Vec<&str> {
            nodes
                .iter()
                .copied()
                .filter(|n| waits(node).contains(n))
                .collect()
        };
        if let Err(circle) = graph::order(&nodes, by_name) {
            let line = self
                .text
                .lines()
                .position(|line| circle.iter().any(|id| line == format!("id = \"{id}\"")))
                .map_or(1, |at| at + 1);
            let message = format!("步骤互相等待:{};请去掉一处 waits_for", circle.join("、"));
            self.faults.push(PlanFault { line, message });
        }
    }

    fn clause(&mut self, raw: Spanned<RawClause>) -> Clause {
        let span = raw.span();
        let raw = raw.into_inner();
        match (&raw.text, raw.missing) {
            (Some(_), true) => self.fault(span, "原文缺失的条款不能写 text;请删去其一"),
            (None, false) => {
                self.fault(span, "条款没有 text;原文缺失的请写 missing = true,不要补写");
            }
            (None, true) if !raw.responsible.is_empty() => {
                self.fault(span, "原文缺失的条款不能写责任单位;请删去 responsible");
            }
            _ => {}
        }
        Clause {
            number: raw.number,
            text: raw.text,
            responsible: raw.responsible,
        }
    }

    fn step(&mut self, raw: Spanned<RawStep>, ids: &[String], clauses: &[Clause]) -> Step {
        let raw = raw.into_inner();
        let id_span = raw.id.span();
        let id = raw.id.into_inner();
        if ids.iter().filter(|other| **other == id).count() > 1 {
            self.fault(
                id_span.clone(),
                format!("步骤 {id} 写了两次;请改名或删去一处"),
            );
        }
        if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
            self.fault(
                id_span,
                format!("步骤标识“{id}”应为小写英文和连字符,如 land-pre-review"),
            );
        }
        match clauses
            .iter()
            .find(|clause| clause.number == *raw.clause.get_ref())
        {
            None => self.fault(raw.clause.span(), "方案没有这一条;请核对 clause"),
            Some(clause) if clause.text.is_none() => {
                self.fault(
                    raw.clause.span(),
                    "该条原文缺失,不能据以设立步骤;请删去步骤或补上原文",
                );
            }
            Some(_) => {}
        }
        if !raw.starts.get_ref().contains(&Starter::Accepted) {
            self.fault(
                raw.starts.span(),
                "时限至少自受理起算;请在 starts 中写 \"accepted\"",
            );
        }
        let has_limit = raw.plan_limit.is_some() || raw.law_limit.is_some();
        match &raw.warn_at {
            None if has_limit => {
                self.fault(
                    raw.starts.span(),
                    format!("步骤 {id} 有时限而没有 warn_at;请写剩余几日转黄"),
                );
            }
            Some(warn) if !has_limit => {
                self.fault(warn.span(), "没有时限的步骤不能写 warn_at;请删去");
            }
            _ => {}
        }
        let known = |builder: &mut Self, name: Spanned<String>| {
            if !ids.contains(name.get_ref()) {
                let message = format!("没有名为“{}”的步骤;可写 {}", name.get_ref(), ids.join("、"));
                builder.fault(name.span(), message);
            }
            StepId(name.into_inner())
        };
        let waits_for = raw
            .waits_for
            .into_iter()
            .map(|wait| WaitsFor {
                step: known(self, wait.step),
                source: self.source(wait.source),
            })
            .collect();
        let beside = raw
            .beside
            .into_iter()
            .map(|name| known(self, name))
            .collect();
        let joint_with = raw
            .joint_with
            .into_iter()
            .map(|name| known(self, name))
            .collect();
        let opinion_to = raw.opinion_to.map(|name| known(self, name));
        let revises = raw.revises.map(|name| known(self, name));
        Step {
            id: StepId(id),
            name: raw.name,
            short_name: raw.short_name,
            clause: raw.clause.into_inner(),
            bureau: raw.bureau,
            level: raw.level,
            plan_limit: raw.plan_limit.map(|limit| self.limit(limit)),
            law_limit: raw.law_limit.map(|limit| self.limit(limit)),
            untimed: raw.untimed.map(|untimed| self.exemption(untimed)),
            starts: raw.starts.into_inner(),
            grounds: raw.grounds.into_inner(),
            grounds_source: self.source(raw.grounds_source),
            extension: raw.extension.map(|extension| self.extension(extension)),
            warn_at: raw.warn_at.map(Spanned::into_inner),
            applies: self.condition(raw.applies),
            applies_reason: raw.applies_reason,
            exemptions: raw
                .exemptions
                .into_iter()
                .map(|e| self.exemption(e))
                .collect(),
            waits_for,
            beside,
            joint_with,
            opinion_to,
            revises,
            materials: self.materials(raw.materials),
            bans: raw.bans.into_iter().map(|b| self.ban(b)).collect(),
            commitment: raw.commitment.map(|raw| self.source(raw.source)),
            inner_opinion: raw.inner_opinion.map(|raw| self.source(raw.source)),
            parts: raw.parts.into_iter().map(|raw| self.part(raw)).collect(),
            early_start: raw.early_start.map(|raw| self.exemption(raw)),
            risks: raw
                .risks
                .into_iter()
                .map(|risk| Risk {
                    text: risk.text,
                    when: self.condition(risk.when),
                    sources: risk.sources.into_iter().map(|s| self.source(s)).collect(),
                })
                .collect(),
        }
    }

    fn source(&mut self, raw: RawSource) -> Source {
        if raw.cite.get_ref().trim().is_empty() {
            self.fault(
                raw.cite.span(),
                "来源为空;没有来源的数字不予载入,请写依据名称及条款",
            );
        }
        raw.into_source()
    }

    fn limit(&mut self, raw: RawLimit) -> Limit {
        if *raw.days.get_ref() == 0 {
            self.fault(raw.days.span(), "时限不能为 0;没有时限的步骤请不要写时限");
        }
        Limit {
            days: raw.days.into_inner(),
            unit: raw.unit,
            source: self.source(raw.source),
        }
    }

    fn extension(&mut self, raw: RawExtension) -> Extension {
        if *raw.max_days.get_ref() == 0 {
            self.fault(
                raw.max_days.span(),
                "延期日数不能为 0;不得延期的步骤请不要写 extension",
            );
        }
        Extension {
            max_days: raw.max_days.into_inner(),
            source: self.source(raw.source),
        }
    }

    fn exemption(&mut self, raw: RawExemption) -> Exemption {
        Exemption {
            when: self.condition(raw.when),
            reason: raw.reason,
            source: self.source(raw.source),
        }
    }

    fn materials(&mut self, raw: Vec<RawMaterial>) -> Vec<Material> {
        let mut seen: Vec<String> = Vec::with_capacity(raw.len());
        raw.into_iter()
            .map(|material| {
                let (span, id) = (material.id.span(), material.id.get_ref().clone());
                if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
                    let message = format!("材料标识“{id}”应为小写英文和连字符,如 site-application");
                    self.fault(span.clone(), message);
                }
                if seen.contains(&id) {
                    self.fault(span, format!("材料 {id} 写了两次;请改名或删去一处"));
                }
                seen.push(id);
                self.material(material)
            })
            .collect()
    }

    fn material(&mut self, raw: RawMaterial) -> Material {
        Material {
            id: raw.id.into_inner(),
            name: raw.name,
            optional: raw.optional,
            when: self.condition(raw.when),
            letter: raw.letter.map(|source| self.source(source)),
            notice: raw.notice.map(|raw| NoticeRule {
                days: raw.days.into_inner(),
                source: self.source(raw.source),
            }),
            source: self.source(raw.source),
        }
    }

    fn part(&mut self, raw: RawPart) -> Part {
        Part {
            id: raw.id.into_inner(),
            name: raw.name,
            source: self.source(raw.source),
        }
    }

    fn ban(&mut self, raw: RawBan) -> Ban {
        Ban {
            id: raw.id.into_inner(),
            kind: raw.kind,
            name: self.searched(raw.name),
            aliases: raw
                .aliases
                .into_iter()
                .map(|alias| self.searched(alias))
                .collect(),
            when: self.condition(raw.when),
            instead: raw.instead,
            source: self.source(raw.source),
        }
    }

    /// A name that free text is searched for.
    fn searched(&mut self, name: Spanned<String>) -> String {
        if !can_be_searched(name.get_ref()) {
            let message = format!(
                "“{}”太短,无法在文字中查找;请写至少两个汉字的名称",
                name.get_ref()
            );
            self.fault(name.span(), message);
        }
        name.into_inner()
    }

    fn condition(&mut self, terms: Vec<Spanned<String>>) -> Condition {
        let mut all = Vec::with_capacity(terms.len());
        for term in terms {
            match Term::parse(term.get_ref()) {
                Ok(term) => all.push(term),
                Err(message) => self.fault(term.span(), message),
            }
        }
        Condition { all }
    }
}
