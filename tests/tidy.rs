//! The walls of the house, held by reading the sources (ARCHITECTURE.md, "Rooms").
//!
//! Each test names file and line of every breach, so that the failure is the repair list.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// A room, and the words that its sources never name.
const WALLS: &[(&str, &[&str])] = &[
    (
        "src/statute",
        &[
            "crate::store",
            "crate::office",
            "crate::view",
            "crate::web",
            "crate::cli",
            "crate::config",
            "async ",
            "tokio::",
            "sea_orm::",
            "entity::",
            "rocket::",
            "tera::",
            "now()",
            "std::fs",
            "std::net",
            "std::env",
        ],
    ),
    (
        "src/store",
        &[
            "crate::office",
            "crate::view",
            "crate::web",
            "crate::cli",
            "rocket::",
            "tera::",
            "now()",
        ],
    ),
    (
        "src/files",
        &[
            "crate::statute",
            "crate::store",
            "crate::office",
            "crate::view",
            "crate::web",
            "crate::cli",
            "crate::config",
            "sea_orm::",
            "entity::",
            "rocket::",
            "tera::",
            "now()",
        ],
    ),
    (
        "src/office",
        &[
            "object_store::",
            "lettre::",
            "reqwest::",
            "hmac::",
            "icalendar::",
            "sea_orm::",
            "entity::",
            "crate::view",
            "crate::courier",
            "crate::web",
            "crate::cli",
            "crate::config",
            "rocket::",
            "tera::",
            "Utc::now",
            "Local::now",
        ],
    ),
    (
        "src/courier",
        &[
            "crate::store",
            "crate::view",
            "crate::web",
            "crate::cli",
            "sea_orm::",
            "entity::",
            "rocket::",
            "tera::",
            "now()",
        ],
    ),
    (
        "src/view",
        &[
            "crate::web",
            "crate::files",
            "crate::cli",
            "crate::config",
            "sea_orm::",
            "entity::",
            "rocket::",
            "now()",
        ],
    ),
    (
        "src/web",
        &[
            "crate::files",
            "crate::cli",
            "sea_orm::",
            "entity::",
            "tera::",
            "Utc::now",
            "Local::now",
        ],
    ),
    (
        "src/config.rs",
        &[
            "crate::store",
            "crate::office",
            "crate::view",
            "crate::web",
            "sea_orm::",
        ],
    ),
    (
        "entity",
        &["grid_approvals", "migration::", "rocket::", "tera::"],
    ),
    (
        "migration",
        &["grid_approvals", "entity::", "rocket::", "tera::"],
    ),
];

/// The files that may read the wall clock, and why.
const CLOCK_READERS: &[&str] = &["src/cli/today.rs"];

/// No source file is longer than this.
const LONGEST: usize = 600;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(place: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    if place.is_file() {
        found.push(place.to_path_buf());
        return;
    }
    let Ok(entries) = fs::read_dir(place) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name == "target") {
                continue;
            }
            sources(&path, ending, found);
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
}

/// A file's lines of code with their numbers: no comments, nothing after its `#[cfg(test)]` module.
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).expect("a listed source can be read");
    let mut lines = Vec::new();
    let mut awaiting_test_module = false;
    for (index, line) in text.lines().enumerate() {
        let bare = line.trim_start();
        if awaiting_test_module {
            if bare.starts_with("mod ") && bare.ends_with('{') {
                break;
            }
            awaiting_test_module = false;
        }
        if bare == "#[cfg(test)]" {
            awaiting_test_module = true;
            continue;
        }
        if bare.starts_with("//") {
            continue;
        }
        lines.push((index + 1, line.to_owned()));
    }
    lines
}

fn is_test_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name == "tests.rs"
        || name.ends_with("_tests.rs")
        || name == "fixture.rs"
        || path.components().any(|part| part.as_os_str() == "tests")
}

fn breaches(room: &str, words: &[&str]) -> Vec<String> {
    let mut files = Vec::new();
    sources(&root().join(room), "rs", &mut files);
    assert!(
        !files.is_empty(),
        "the room {room} has no sources: the wall guards nothing"
    );
    let mut found = Vec::new();
    for file in files.iter().filter(|file| !is_test_file(file)) {
        for (number, line) in code(file) {
            for word in words {
                if line.contains(word) {
                    let shown = file
                        .strip_prefix(root())
                        .unwrap_or(file)
                        .display()
                        .to_string();
                    found.push(format!("{shown}:{number} names `{word}`: {}", line.trim()));
                }
            }
        }
    }
    found
}

#[test]
fn no_room_names_what_lies_behind_its_walls() {
    let found: Vec<String> = WALLS
        .iter()
        .flat_map(|(room, words)| breaches(room, words))
        .collect();
    assert!(found.is_empty(), "walls broken:\n{}", found.join("\n"));
}

/// A write that does not ask which calendar holds would reckon by one that a notice has changed.
#[test]
fn every_write_of_the_office_asks_which_calendar_holds() {
    let mut files = Vec::new();
    sources(&root().join("src/office"), "rs", &mut files);
    let mut found = Vec::new();
    for file in files.iter().filter(|file| !is_test_file(file)) {
        let own = ["almanac.rs", "seeded.rs", "testing.rs"];
        if own.iter().any(|name| file.ends_with(name)) {
            continue;
        }
        for (number, line) in code(file) {
            if line.contains("store.begin(") {
                found.push(format!("{}:{number}", file.display()));
            }
        }
    }
    assert!(found.is_empty(), "use Office::begin:\n{}", found.join("\n"));
}

#[test]
fn only_the_named_files_read_the_wall_clock() {
    let mut files = Vec::new();
    sources(&root().join("src"), "rs", &mut files);
    let mut found = Vec::new();
    for file in files {
        let shown = file
            .strip_prefix(root())
            .unwrap_or(&file)
            .display()
            .to_string();
        if CLOCK_READERS.contains(&shown.as_str()) {
            continue;
        }
        for (number, line) in code(&file) {
            if ["Utc::now(", "Local::now(", "SystemTime::now("]
                .iter()
                .any(|w| line.contains(w))
            {
                found.push(format!("{shown}:{number}: {}", line.trim()));
            }
        }
    }
    assert!(
        found.is_empty(),
        "the wall clock is read at\n{}",
        found.join("\n")
    );
}

#[test]
fn no_source_file_is_too_long_to_hold_in_mind() {
    let mut files = Vec::new();
    for (place, ending) in [
        ("src", "rs"),
        ("entity/src", "rs"),
        ("migration/src", "rs"),
        ("tests", "rs"),
        ("benches", "rs"),
        ("templates", "html"),
        ("templates", "css"),
        ("templates", "js"),
    ] {
        sources(&root().join(place), ending, &mut files);
    }
    let found: Vec<String> = files
        .iter()
        .filter_map(|file| {
            let lines = fs::read_to_string(file).ok()?.lines().count();
            (lines > LONGEST).then(|| {
                let shown = file.strip_prefix(root()).unwrap_or(file).display();
                format!("{shown}: {lines} lines, at most {LONGEST}")
            })
        })
        .collect();
    assert!(found.is_empty(), "files too long:\n{}", found.join("\n"));
}

#[test]
fn no_test_is_skipped_and_no_body_is_a_stub() {
    let mut files = Vec::new();
    for place in ["src", "entity", "migration", "tests", "benches"] {
        sources(&root().join(place), "rs", &mut files);
    }
    let marks = [
        concat!("#[", "ignore"),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("FIX", "ME"),
    ];
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a listed source can be read");
        for (index, line) in text.lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark)) {
                let shown = file.strip_prefix(root()).unwrap_or(&file).display();
                found.push(format!("{shown}:{}: {}", index + 1, line.trim()));
            }
        }
    }
    assert!(
        found.is_empty(),
        "stubs or skipped tests:\n{}",
        found.join("\n")
    );
}

/// ARCHITECTURE.md names files; prose that names files nobody checks goes stale.
#[test]
fn every_path_that_the_architecture_names_exists() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let named: Vec<&str> = text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| {
            [
                "src/",
                "entity/",
                "migration/",
                "templates/",
                "tests/",
                "docs/",
                "benches/",
            ]
            .iter()
            .any(|top| word.starts_with(top))
        })
        .filter(|word| !word.contains(['<', '*', '{', ' ']))
        .collect();
    assert!(
        named.len() > 10,
        "the architecture names hardly any place: {named:?}"
    );
    let missing: Vec<&&str> = named
        .iter()
        .filter(|path| !root().join(path).exists())
        .collect();
    assert!(
        missing.is_empty(),
        "ARCHITECTURE.md names what is not there: {missing:?}"
    );
}
