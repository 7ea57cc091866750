//! A step's list of materials with the files that are there.

use serde::Serialize;

use super::date::instant;
use super::form::{MaterialTrouble, Trouble};
use super::step::Cite;
use super::words;
use crate::office::model::{FileLine, MaterialLine, StepPage};

/// One version of a file.
#[derive(Debug, Serialize)]
struct File {
    id: i64,
    version: u32,
    name: String,
    size: String,
    who: String,
    at: String,
    sha256: String,
    /// The hash's first characters, for reading aloud.
    short: String,
}

/// Characters of a hash that a reader is shown at first.
const HASH_SHOWN: usize = 12;

impl File {
    fn of(file: &FileLine) -> File {
        File {
            id: file.id.0,
            version: file.version,
            name: file.name.clone(),
            size: words::size(file.bytes),
            who: file.person_name.clone(),
            at: instant(file.at),
            sha256: file.sha256.clone(),
            short: file.sha256.chars().take(HASH_SHOWN).collect(),
        }
    }
}

/// One entry of the list.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    id: String,
    name: String,
    source: Cite,
    optional: bool,
    listed: bool,
    missing: bool,
    /// A letter of commitment stands for it.
    by_letter: bool,
    newest: Option<File>,
    older: Vec<File>,
    trouble: Option<Trouble>,
}

/// The section of the step's page.
#[derive(Debug, Serialize)]
pub(super) struct Materials {
    lines: Vec<Line>,
    missing: usize,
    /// The largest file in words, where this person may hand in.
    most: Option<String>,
    taken: &'static str,
    accept: String,
    /// A trouble whose entry is not on the page.
    trouble: Option<Trouble>,
}

impl Materials {
    pub(super) fn of(step: &StepPage, trouble: Option<&MaterialTrouble>) -> Materials {
        let here = |line: &&MaterialLine| {
            trouble.is_some_and(|trouble| trouble.material == line.material.id)
        };
        let placed = step.materials.iter().any(|line| here(&line));
        Materials {
            lines: step
                .materials
                .iter()
                .map(|line| {
                    let trouble = trouble.filter(|_| here(&line));
                    of_line(line, trouble.map(|trouble| trouble.trouble.clone()))
                })
                .collect(),
            missing: step.materials.iter().filter(|line| line.missing).count(),
            most: step.hand_in.map(words::size),
            taken: words::TAKEN,
            accept: words::endings(),
            trouble: trouble
                .filter(|_| !placed)
                .map(|trouble| trouble.trouble.clone()),
        }
    }
}

fn of_line(line: &MaterialLine, trouble: Option<Trouble>) -> Line {
    let mut files = line.files.iter().map(File::of);
    Line {
        id: line.material.id.clone(),
        name: line.material.name.clone(),
        source: Cite::of(&line.material.source),
        optional: line.material.optional,
        listed: line.listed,
        missing: line.missing,
        by_letter: line.by_letter,
        newest: files.next(),
        older: files.collect(),
        trouble,
    }
}

/// The names of what is missing, as the catalogue has them.
pub(super) fn missing(step: &StepPage) -> Vec<String> {
    step.materials
        .iter()
        .filter(|line| line.missing)
        .map(|line| line.material.name.clone())
        .collect()
}
