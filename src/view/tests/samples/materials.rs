//! A list with two versions of a file, one entry missing and one that may be asked for.

use super::at;
use crate::office::MaterialFileId;
use crate::office::model::{FileLine, MaterialLine};
use crate::statute::plan::{Material, Plan};

fn file(version: u32) -> FileLine {
    FileLine {
        id: MaterialFileId(40 + i64::from(version)),
        version,
        name: "选址申请 <终稿>.pdf".to_owned(),
        bytes: 4_700_000,
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
        person_name: "李明".to_owned(),
        at: at("2026-11-05T01:30:00Z"),
    }
}

pub(in crate::view::tests) fn materials() -> Vec<MaterialLine> {
    let entry = Plan::built_in()
        .step("site-selection")
        .expect("a step of the plan");
    let line = |material: &Material, files: Vec<FileLine>| MaterialLine {
        material: material.clone(),
        listed: true,
        missing: files.is_empty(),
        by_letter: false,
        files,
    };
    entry
        .materials
        .iter()
        .enumerate()
        .map(|(n, material)| match n {
            0 => line(material, vec![file(2), file(1)]),
            1 => MaterialLine {
                material: Material {
                    optional: true,
                    ..material.clone()
                },
                missing: false,
                ..line(material, Vec::new())
            },
            _ => line(material, Vec::new()),
        })
        .collect()
}
