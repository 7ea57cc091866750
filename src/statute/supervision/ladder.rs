//! The ladder as data.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::statute::plan::Source;

const BUILT_IN: &str = include_str!("ladder.toml");

/// Who hears of a rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipient {
    /// The officers of the deciding bureau (经办人).
    Officers,
    /// Its lead (部门负责人).
    Lead,
    /// The government's office (市政府办公室).
    Office,
    /// The deputy mayor in charge (分管市领导).
    DeputyMayor,
    /// The company that applied.
    Company,
}

/// When a rung is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// Silence has accepted (行政许可法 第32条).
    Silence,
    /// The lamp turns yellow.
    Yellow,
    /// The lamp turns red.
    Red,
    /// So many counted working days past the due date.
    Overdue(u32),
}

/// One rung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Its word in rows.
    pub id: String,
    /// Its name in Chinese.
    pub name: String,
    /// When it is reached.
    pub when: When,
    /// Whether it makes a supervision case by itself.
    pub opens_case: bool,
    /// Who hears of it.
    pub who: Vec<Recipient>,
    /// What it rests on.
    pub source: Source,
}

/// All rungs, the lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// The rungs.
    pub rungs: Vec<Rung>,
}

/// A ladder that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LadderError {
    /// No TOML of that shape; a rung without a source is none.
    #[error("the ladder cannot be read: {0}")]
    Unreadable(String),
    /// A rung says nothing, or what another has said.
    #[error("rung {0}: {1}")]
    Rung(String, &'static str),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLadder {
    rungs: Vec<RawRung>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRung {
    id: String,
    name: String,
    when: RawWhen,
    #[serde(default)]
    days: Option<u32>,
    #[serde(default)]
    opens_case: bool,
    who: Vec<Recipient>,
    source: RawSource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSource {
    cite: String,
    #[serde(default)]
    inferred: bool,
    #[serde(default)]
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RawWhen {
    Silence,
    Yellow,
    Red,
    Overdue,
}

static LADDER: LazyLock<Ladder> = LazyLock::new(|| {
    #[expect(
        clippy::expect_used,
        reason = "the built-in ladder is part of the program; a test proves that it loads"
    )]
    Ladder::parse(BUILT_IN).expect("the built-in ladder loads")
});

impl Ladder {
    /// The ladder that is built into the program.
    pub fn built_in() -> &'static Ladder {
        &LADDER
    }

    /// Reads a ladder.
    ///
    /// # Errors
    /// The first fault.
    pub fn parse(text: &str) -> Result<Ladder, LadderError> {
        let raw: RawLadder =
            toml::from_str(text).map_err(|e| LadderError::Unreadable(e.to_string()))?;
        let mut rungs: Vec<Rung> = Vec::with_capacity(raw.rungs.len());
        for raw in raw.rungs {
            let wrong = |what| LadderError::Rung(raw.id.clone(), what);
            let when = match (raw.when, raw.days) {
                (RawWhen::Silence, None) => When::Silence,
                (RawWhen::Yellow, None) => When::Yellow,
                (RawWhen::Red, None) => When::Red,
                (RawWhen::Overdue, Some(days)) if days > 0 => When::Overdue(days),
                (RawWhen::Overdue, _) => return Err(wrong("overdue wants days, from 1")),
                (_, Some(_)) => return Err(wrong("only overdue has days")),
            };
            if raw.who.is_empty() {
                return Err(wrong("nobody hears of it"));
            }
            if raw.source.cite.trim().is_empty() {
                return Err(wrong("it rests on nothing"));
            }
            if rungs.iter().any(|rung| rung.id == raw.id) {
                return Err(wrong("there are two of that id"));
            }
            rungs.push(Rung {
                id: raw.id,
                name: raw.name,
                when,
                opens_case: raw.opens_case,
                who: raw.who,
                source: Source {
                    cite: raw.source.cite,
                    inferred: raw.source.inferred,
                    note: raw.source.note,
                },
            });
        }
        Ok(Ladder { rungs })
    }

    /// The rung of that word.
    pub fn rung(&self, id: &str) -> Option<&Rung> {
        self.rungs.iter().find(|rung| rung.id == id)
    }
}
