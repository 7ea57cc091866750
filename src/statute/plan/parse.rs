//! TOML to [`Plan`], with errors that name file, line and what to write instead.

use std::fmt::Write as _;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::Plan;
use super::build::Builder;
use super::raw::RawPlan;

/// The text of the catalogue that is built into the program.
pub const BUILT_IN_TEXT: &str = include_str!("benxi-2020-24.toml");
/// Its name in messages.
pub const BUILT_IN_NAME: &str = "benxi-2020-24.toml";

/// What is wrong at one place of a catalogue file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFault {
    /// Line from 1.
    pub line: usize,
    /// What is wrong and what to write instead, in Chinese.
    pub message: String,
}

/// A catalogue file that does not load.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {} fault(s)", faults.len())]
pub struct PlanError {
    /// The file's name as the caller gave it.
    pub file: String,
    /// Every fault found, by line.
    pub faults: Vec<PlanFault>,
}

/// Reads a catalogue.
///
/// # Errors
/// All faults of the file at once, as far as its text can be read at all.
pub fn parse(file: &str, text: &str) -> Result<Plan, PlanError> {
    let failed = |faults| PlanError {
        file: file.to_owned(),
        faults,
    };
    let raw: RawPlan = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        failed(vec![PlanFault {
            line,
            message: in_words(error.message()),
        }])
    })?;
    let mut builder = Builder::new(text);
    let plan = builder.plan(raw, hash_of(text));
    if builder.faults.is_empty() {
        return Ok(plan);
    }
    builder.faults.sort_by_key(|fault| fault.line);
    Err(failed(builder.faults))
}

/// SHA-256 of a catalogue's text in lower-case hex: the version that a project keeps.
pub fn hash_of(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The reader's message in the writer's words.
fn in_words(message: &str) -> String {
    let quoted = message.split('`').nth(1).unwrap_or_default();
    if message.starts_with("missing field `source`") {
        return "没有来源的数字不予载入;请补写 source = { cite = \"依据名称及条款\" }".to_owned();
    }
    if message.starts_with("missing field") {
        return format!("缺少 {quoted};请补写该项(写法见 docs/catalogue.md)");
    }
    if message.starts_with("unknown field") {
        let expected = message
            .split_once("expected")
            .map_or("", |(_, rest)| rest.trim());
        return format!("不认识的项“{quoted}”;可写的项:{expected}");
    }
    if message.starts_with("unknown variant") {
        let expected = message
            .split_once("expected")
            .map_or("", |(_, rest)| rest.trim());
        return format!("不认识的取值“{quoted}”;可写的取值:{expected}");
    }
    format!("无法读取:{};请对照 docs/catalogue.md 改写", message.trim())
}

static BUILT_IN: LazyLock<Plan> = LazyLock::new(|| {
    #[expect(
        clippy::expect_used,
        reason = "the built-in catalogue is part of the program; a test proves that it loads"
    )]
    parse(BUILT_IN_NAME, BUILT_IN_TEXT).expect("the built-in catalogue loads")
});

pub(super) fn built_in() -> &'static Plan {
    &BUILT_IN
}
