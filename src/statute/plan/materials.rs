//! What must be handed in for a step, and what of it is not there.

use super::{Material, ProjectFacts, Step};

/// The materials that may be asked for on these facts, in the catalogue's order.
pub fn listed_materials<'s>(
    step: &'s Step,
    facts: &ProjectFacts,
) -> impl Iterator<Item = &'s Material> {
    step.materials
        .iter()
        .filter(move |material| material.when.holds(facts))
}

/// The materials that must be handed in on these facts and are not among `have`, which holds the
/// identifiers of materials that are there: by a file, or by what stands for one.
///
/// A material that is only [optional](Material::optional) is never missing, nor is one whose
/// condition does not hold: nothing outside the public list may be asked for (行政许可法 第30条).
pub fn missing_materials<'s>(
    step: &'s Step,
    facts: &ProjectFacts,
    have: &[String],
) -> Vec<&'s Material> {
    listed_materials(step, facts)
        .filter(|material| !material.optional && !have.contains(&material.id))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::statute::plan::Plan;

    fn ids(materials: Vec<&Material>) -> Vec<&str> {
        materials.into_iter().map(|m| m.id.as_str()).collect()
    }

    fn step(id: &str) -> &'static Step {
        Plan::built_in().step(id).expect("a step of the plan")
    }

    #[test]
    fn clause_3_lists_four_materials_and_each_is_missed_until_it_is_there() {
        let site = step("site-selection");
        let facts = ProjectFacts::default();
        let all = [
            "site-application",
            "legal-person",
            "approval-basis",
            "drawings",
        ];
        assert_eq!(ids(missing_materials(site, &facts, &[])), all);
        let have = ["drawings".to_owned(), "legal-person".to_owned()];
        let left = ids(missing_materials(site, &facts, &have));
        assert_eq!(left, ["site-application", "approval-basis"]);
    }

    #[test]
    fn clause_6_misses_the_village_letter_only_where_the_trees_have_no_certificate() {
        let felling = step("tree-felling");
        let without = ProjectFacts {
            trees_without_certificate: true,
            ..ProjectFacts::default()
        };
        let with = ProjectFacts::default();
        let missed = |facts| ids(missing_materials(felling, facts, &[]));
        assert_eq!(missed(&without), ["village-letter"]);
        assert_eq!(missed(&with), ["forest-right"]);
    }

    #[test]
    fn clause_7_may_ask_for_a_sunlight_report_where_neighbours_are_shaded_but_never_misses_it() {
        let permit = step("planning-permit");
        let shading = ProjectFacts {
            shades_neighbours: true,
            ..ProjectFacts::default()
        };
        assert!(listed_materials(permit, &shading).any(|m| m.id == "sunlight-report"));
        assert_eq!(
            ids(missing_materials(permit, &shading, &[])),
            ["design-scheme", "site-plan"]
        );
        let clear = ProjectFacts::default();
        assert!(listed_materials(permit, &clear).all(|m| m.id != "sunlight-report"));
    }

    proptest! {
        #[test]
        fn what_is_missing_is_listed_and_not_there(
            at in 0..Plan::built_in().steps.len(),
            new_land: bool,
            shades_neighbours: bool,
            trees_without_certificate: bool,
            there in proptest::collection::vec(0_usize..8, 0..8),
        ) {
            let step = &Plan::built_in().steps[at];
            let facts = ProjectFacts {
                new_land,
                shades_neighbours,
                trees_without_certificate,
                ..ProjectFacts::default()
            };
            let have: Vec<String> = there
                .iter()
                .filter_map(|n| step.materials.get(*n))
                .map(|m| m.id.clone())
                .collect();
            let missing = missing_materials(step, &facts, &have);
            for material in &missing {
                prop_assert!(material.when.holds(&facts) && !material.optional);
                prop_assert!(!have.contains(&material.id));
            }
            let listed = listed_materials(step, &facts).filter(|m| !m.optional).count();
            let held = listed_materials(step, &facts)
                .filter(|m| !m.optional && have.contains(&m.id))
                .count();
            prop_assert_eq!(missing.len() + held, listed);
        }
    }
}
