use super::parse::{BUILT_IN_NAME, BUILT_IN_TEXT, parse};
use super::*;

/// contract/clock.md, table "Steps": limit, grounds (Art. 45 or none), extension, yellow at.
type Figures = (&'static str, Option<u32>, bool, Option<u32>, Option<u32>);
const CONTRACT: &[Figures] = &[
    ("county-initial-review", Some(20), false, None, Some(5)),
    ("land-pre-review", Some(7), true, None, Some(2)),
    ("site-selection", Some(20), true, Some(10), Some(5)),
    ("land-dossier", Some(30), false, None, Some(5)),
    ("forestry-dossier", Some(20), false, None, Some(5)),
    ("tree-felling", Some(20), true, Some(10), Some(5)),
    ("planning-permit", Some(20), true, Some(10), Some(5)),
    ("blueprint-change", None, false, None, None),
    ("road-crossing", Some(20), true, Some(10), Some(5)),
    ("road-excavation", Some(20), true, Some(10), Some(5)),
    ("green-occupation", Some(20), true, Some(10), Some(5)),
];

#[test]
fn the_built_in_catalogue_holds_the_contract_s_figures() {
    let plan = parse(BUILT_IN_NAME, BUILT_IN_TEXT).expect("the built-in catalogue loads");
    for (id, limit, art45, extension, warn) in CONTRACT {
        let step = plan.step(id).expect(id);
        assert_eq!(step.limit().map(|limit| limit.days), *limit, "{id}");
        assert_eq!(step.grounds.len(), if *art45 { 8 } else { 0 }, "{id}");
        assert_eq!(
            step.extension.as_ref().map(|e| e.max_days),
            *extension,
            "{id}"
        );
        assert_eq!(step.warn_at, *warn, "{id}");
    }
}

/// facts.md 1.1: only three clauses print a limit in working days.
#[test]
fn only_the_figures_that_the_plan_prints_are_the_plan_s() {
    let printed: Vec<(&str, u32)> = Plan::built_in()
        .steps
        .iter()
        .filter_map(|step| Some((step.id.as_str(), step.plan_limit.as_ref()?.days)))
        .collect();
    assert_eq!(
        printed,
        [
            ("land-pre-review", 7),
            ("land-dossier", 30),
            ("forestry-dossier", 20)
        ]
    );
}

#[test]
fn the_six_lost_clauses_are_entries_without_text() {
    let plan = Plan::built_in();
    let lost: Vec<u32> = plan
        .clauses
        .iter()
        .filter(|c| c.text.is_none())
        .map(|c| c.number)
        .collect();
    assert_eq!(lost, [2, 5, 8, 10, 11, 12]);
    assert_eq!(plan.clauses.len(), 15);
}

fn faults(from: &str, to: &str) -> Vec<PlanFault> {
    assert!(BUILT_IN_TEXT.contains(from), "{from}");
    let text = BUILT_IN_TEXT.replacen(from, to, 1);
    parse("changed.toml", &text)
        .expect_err("the change is a fault")
        .faults
}

fn line_of(needle: &str) -> usize {
    BUILT_IN_TEXT
        .lines()
        .position(|line| line.contains(needle))
        .expect(needle)
        + 1
}

#[test]
fn a_figure_without_a_source_does_not_load_and_the_line_is_named() {
    let faults = faults(
        r#"plan_limit = { days = 7, unit = "working-days", source = { cite = "方案第1条" } }"#,
        r#"plan_limit = { days = 7, unit = "working-days" }"#,
    );
    assert_eq!(faults[0].line, line_of("plan_limit = { days = 7"));
    assert!(
        faults[0].message.contains("没有来源的数字不予载入"),
        "{faults:?}"
    );
}

#[test]
fn each_fault_names_its_line_and_what_to_write_instead() {
    for (from, to, says) in [
        (
            r#"opinion_to = "land-pre-review""#,
            r#"opinion_to = "land-review""#,
            "没有名为",
        ),
        ("days = 7,", "days = 0,", "不能为 0"),
        (r#"cite = "方案第1条" } }"#, r#"cite = "" } }"#, "来源为空"),
        ("warn_at = 2\n", "", "warn_at"),
        (
            r#"applies = ["forest_land"]"#,
            r#"applies = ["forrest_land"]"#,
            "没有名为",
        ),
        ("number = 2\nmissing = true", "number = 2", "原文缺失"),
        (
            r#"unit = "working-days""#,
            r#"unit = "weeks""#,
            "不认识的取值",
        ),
        (
            r#"grounds = ["hearing""#,
            r#"grounds = ["leader-on-leave""#,
            "不认识的取值",
        ),
        (
            "short_name = \"用地初审\"\n",
            "shortname = \"x\"\n",
            "不认识的项",
        ),
        ("clause = 3\n", "clause = 2\n", "原文缺失"),
        (
            "id = \"tree-felling\"",
            "id = \"site-selection\"",
            "写了两次",
        ),
    ] {
        let found = faults(from, to);
        assert!(
            found.iter().any(|fault| fault.message.contains(says)),
            "{to}: {found:?}"
        );
        assert!(found.iter().all(|fault| fault.line >= 1), "{to}: {found:?}");
    }
}

#[test]
fn steps_that_wait_for_each_other_are_refused() {
    let found = faults(
        "id = \"site-selection\"\n",
        "id = \"site-selection\"\nwaits_for = [{ step = \"planning-permit\", source = { cite = \"x\" } }]\n",
    );
    assert!(
        found.iter().any(|fault| fault.message.contains("互相等待")),
        "{found:?}"
    );
}

#[test]
fn all_faults_are_told_at_once() {
    let text = BUILT_IN_TEXT
        .replace("clause = 3\n", "clause = 99\n")
        .replace("days = 7,", "days = 0,");
    let error = parse("changed.toml", &text).expect_err("two faults");
    assert_eq!(error.faults.len(), 2, "{:?}", error.faults);
    assert!(error.faults[0].line < error.faults[1].line);
}
