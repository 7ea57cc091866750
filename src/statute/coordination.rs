//! The joint coordination of approvals (联合审批协调机制, 方案三(二)): whom its office calls together.
//!
//! # Why
//! The paragraph names bodies and a purpose, and no form, limit or order; so only its words are
//! here, as data. How a difficulty is raised, met on, decided and closed is the program's own way
//! of working and stands with the use cases.

use super::plan::{BureauKind, Source};

/// The paragraph, word for word as the gazette has it.
pub const TEXT: &str = "(二)强化衔接配合。建立电网工程项目联合审批协调机制,由市电网建设工程领导小组办公室根据工作需要,会同市发展改革委、市自然资源局、市林草局、市住房城乡建设局、市交通运输局、市水务局、市通信管理办公室等部门严格按照本方案执行,有效解决项目审批中遇到的困难和问题,形成部门联动、合力推进的工作局面,确保电力工程建设有序推进。";

/// Where it stands.
pub const CITE: &str = "方案三(二)";

/// A body that the paragraph has the office call together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Body {
    /// Stable word for data and forms.
    pub code: &'static str,
    /// Its name as written.
    pub name: &'static str,
    /// The kind of the city's bureau that has accounts here; `None`: it decides no step of the
    /// plan, so it is named in a meeting and cannot log in.
    pub bureau: Option<BureauKind>,
}

/// The seven bodies, in the order of the paragraph, which ends them with 等部门 (and others).
pub const BODIES: [Body; 7] = [
    body("development-reform", "市发展改革委", None),
    body(
        "natural-resources",
        "市自然资源局",
        Some(BureauKind::NaturalResources),
    ),
    body("forestry", "市林草局", Some(BureauKind::Forestry)),
    body("housing", "市住房城乡建设局", Some(BureauKind::Housing)),
    body("transport", "市交通运输局", Some(BureauKind::Transport)),
    body("water", "市水务局", None),
    body("communications", "市通信管理办公室", None),
];

const fn body(code: &'static str, name: &'static str, bureau: Option<BureauKind>) -> Body {
    Body { code, name, bureau }
}

/// The bodies that have no account here.
pub fn without_account() -> impl Iterator<Item = Body> {
    BODIES.into_iter().filter(|body| body.bureau.is_none())
}

/// The body without an account that a word names.
pub fn named(code: &str) -> Option<Body> {
    without_account().find(|body| body.code == code)
}

/// The paragraph as a source.
pub fn source() -> Source {
    Source {
        cite: CITE.to_owned(),
        inferred: false,
        note: None,
    }
}

/// Why the government office's role acts for the leading group's office: a reading of ours.
pub fn acting_office() -> Source {
    Source {
        cite: CITE.to_owned(),
        inferred: true,
        note: Some("原文只写“市电网建设工程领导小组办公室”,没有写明设在何处".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bodies_are_those_of_the_paragraph_in_its_order() {
        let listed: Vec<&str> = BODIES.iter().map(|body| body.name).collect();
        let words = format!("会同{}等部门", listed.join("、"));
        assert!(TEXT.contains(&words), "{words}");
        // The paragraph does not name the police.
        let named = BureauKind::ALL.into_iter();
        for kind in named.filter(|kind| *kind != BureauKind::Police) {
            let of_kind = BODIES.iter().filter(|body| body.bureau == Some(kind));
            assert_eq!(of_kind.count(), 1, "{kind:?}");
        }
    }

    #[test]
    fn only_bodies_without_an_account_are_named_by_word() {
        let names: Vec<&str> = without_account().map(|body| body.name).collect();
        assert_eq!(names, ["市发展改革委", "市水务局", "市通信管理办公室"]);
        assert_eq!(named("water").map(|body| body.name), Some("市水务局"));
        assert_eq!(named("forestry"), None);
        assert_eq!(named("police"), None);
    }

    #[test]
    fn who_acts_for_the_office_is_marked_as_a_reading() {
        assert!(acting_office().inferred && !source().inferred);
        assert!(TEXT.contains("领导小组办公室") && !TEXT.contains("市政府办公室"));
    }
}
