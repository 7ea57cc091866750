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
            r#"aliases = ["鸟瞰效果图", "鸟瞰透视图"]"#,
            r#"aliases = ["《图》"]"#,
            "无法在文字中查找",
        ),
        (
            r#"commitment = { source = { cite = "方案第13条","#,
            r#"commitment = { source = { cite = "","#,
            "来源为空",
        ),
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

/// facts.md 1.5: where plan and higher law pull apart, with a source of the plan and one of the
/// law for each, on every step concerned.
const PULL_APART: &[(&str, &str, &str)] = &[
    (
        "road-crossing",
        "方案第13条",
        "公路安全保护条例第28条第二项",
    ),
    (
        "road-excavation",
        "方案第15条",
        "城市道路管理条例第30条、第33条",
    ),
    ("green-occupation", "方案第15条", "城市绿化条例第19条"),
    ("planning-permit", "方案第7条", "城乡规划法第40条"),
    (
        "blueprint-change",
        "方案第9条",
        "城乡规划法第43条、第50条第二款",
    ),
    (
        "county-initial-review",
        "方案第1条、第3条",
        "土地管理法实施条例第24条第一项",
    ),
    (
        "land-pre-review",
        "方案第1条、第3条",
        "土地管理法实施条例第24条第一项",
    ),
    (
        "site-selection",
        "方案第1条、第3条",
        "土地管理法实施条例第24条第一项",
    ),
    ("land-pre-review", "方案第1条", "优化营商环境条例第36条"),
    ("land-dossier", "方案第4条", "优化营商环境条例第36条"),
    ("forestry-dossier", "方案第6条", "优化营商环境条例第36条"),
];

#[test]
fn where_plan_and_law_pull_apart_every_step_concerned_names_both_sources() {
    for (id, of_the_plan, of_the_law) in PULL_APART {
        let step = Plan::built_in().step(id).expect(id);
        let told = step.risks.iter().any(|risk| {
            let cited = |cite: &str| risk.sources.iter().any(|source| source.cite == cite);
            cited(of_the_plan) && cited(of_the_law)
        });
        assert!(told, "{id}: {of_the_plan} and {of_the_law}");
    }
    for step in &Plan::built_in().steps {
        let late = "优化营商环境条例第36条";
        let told = step
            .risks
            .iter()
            .any(|risk| risk.sources.iter().any(|source| source.cite == late));
        assert_eq!(told, step.plan_limit.is_some(), "{}", step.id);
        assert!(step.risks.iter().all(|risk| risk.sources.len() >= 2));
    }
}

#[test]
fn only_clause_13_lets_a_commitment_stand_and_the_lost_clauses_add_nothing() {
    let steps = &Plan::built_in().steps;
    let lettered: Vec<(&str, &str)> = steps
        .iter()
        .flat_map(|step| step.materials.iter().map(move |m| (step, m)))
        .filter(|(_, material)| material.letter.is_some())
        .map(|(step, material)| (step.id.as_str(), material.id.as_str()))
        .collect();
    assert_eq!(lettered, [("road-crossing", "commitment")]);
    let committed = steps.iter().filter(|step| step.commitment.is_some());
    let committed: Vec<&str> = committed.map(|step| step.id.as_str()).collect();
    assert_eq!(committed, ["road-crossing"]);
}

#[test]
fn an_offence_goes_once_and_only_to_a_bureau_that_the_clause_names() {
    let cases = [
        ("bureau = \"police\"", "bureau = \"transport\"", "责任单位"),
        ("kind = \"facility-theft\"", "kind = \"tree-line\"", "两次"),
        (
            "kind = \"tree-line\"\n",
            "kind = \"arson\"\n",
            "不认识的取值",
        ),
    ];
    for (from, to, says) in cases {
        let found = faults(from, to);
        assert_eq!(found.len(), 1, "{to}: {found:?}");
        assert!(found[0].message.contains(says), "{to}: {found:?}");
    }
}

/// Projects keep catalogues from before offences were written in them.
#[test]
fn a_catalogue_that_says_nothing_of_offences_still_loads() {
    let (before, rest) = BUILT_IN_TEXT.split_once("[[offences]]").expect("some");
    let steps = rest.find("[[step]]").map_or("", |at| &rest[at..]);
    let plan = parse("old.toml", &format!("{before}{steps}")).expect("loads");
    assert_eq!(plan.offences, []);
    assert_eq!(plan.steps, Plan::built_in().steps);
    assert!(!plan.decides(BureauKind::Police));
}
