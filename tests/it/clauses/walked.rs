//! Every surviving clause has a case of what it allows and one of what it refuses, and every lost
//! one a case that says so: the names of the cases are read, so that none goes missing.

use std::path::Path;

/// The clauses whose text survives, and 三(二), by the beginning of their cases' names.
const SURVIVING: [&str; 10] = [
    "clause_01",
    "clause_03",
    "clause_04",
    "clause_06",
    "clause_07",
    "clause_09",
    "clause_13",
    "clause_14",
    "clause_15",
    "part_3_2",
];

/// The clauses that the gazette lost.
const LOST: [&str; 6] = [
    "clause_02",
    "clause_05",
    "clause_08",
    "clause_10",
    "clause_11",
    "clause_12",
];

/// The sources of all cases, this file's not among them.
fn sources() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/clauses");
    let listed = std::fs::read_dir(folder).expect("the folder of the cases");
    let mut whole = String::new();
    for file in listed {
        let path = file.expect("a file of the folder").path();
        let own = path.file_name().is_some_and(|name| name == "walked.rs");
        if !own && path.extension().is_some_and(|ending| ending == "rs") {
            whole.push_str(&std::fs::read_to_string(path).expect("a source can be read"));
        }
    }
    whole
}

/// What is wanting in these sources, by clause.
fn wanting(sources: &str) -> Vec<String> {
    let surviving = SURVIVING.iter().flat_map(|clause| {
        ["allows", "refuses"]
            .map(|what| (format!("{clause}: {what}"), format!("fn {clause}_{what}_")))
    });
    let lost = LOST
        .iter()
        .map(|clause| (format!("{clause}: is lost"), format!("{clause}_is_lost_")));
    surviving
        .chain(lost)
        .filter(|(_, name)| !sources.contains(name))
        .map(|(what, _)| what)
        .collect()
}

#[test]
fn every_clause_has_its_cases() {
    let wanting = wanting(&sources());
    assert!(wanting.is_empty(), "cases are wanting: {wanting:?}");
}

#[test]
fn a_clause_without_a_case_is_named() {
    let all = wanting("");
    assert_eq!(all.len(), 2 * SURVIVING.len() + LOST.len());
    let some = wanting("async fn clause_01_allows_this() {} clause_02_is_lost_and: 2");
    assert!(!some.contains(&"clause_01: allows".to_owned()));
    assert!(some.contains(&"clause_01: refuses".to_owned()));
    assert!(!some.contains(&"clause_02: is lost".to_owned()));
}
