//! What is handed in: a file for each entry of a step's list, every version kept.
//!
//! # Why
//! The object comes first, then its row with the audit line in one transaction; where the row
//! cannot be written the object goes again. So there is never a row without its file, and a file
//! without a row only where the server was killed in between.

use std::collections::BTreeMap;

use super::actor::{Act, permit};
use super::error::OfficeRule;
use super::model::{FileLine, MaterialLine};
use super::page::sees;
use super::proceedings;
use super::{Actor, FilingId, MaterialFileId, Moment, Office, OfficeError};
use crate::files::{self, Files, Incoming, Kind, Pieces, Received, Unfit};
use crate::statute::clock::Status;
use crate::statute::plan::{ProjectFacts, Step, listed_materials, missing_materials};
use crate::statute::proceeding::notice;
use crate::store::record::Filing;
use crate::store::{MaterialFile, NewMaterialFile};

/// A file that somebody may hand in, on its way; nothing stays where it is dropped.
#[derive(Debug)]
pub struct Upload {
    filing: FilingId,
    material: String,
    name: String,
    incoming: Incoming,
}

impl Upload {
    /// Takes the next piece.
    ///
    /// # Errors
    /// Unfit: too large; Store: the disk.
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), OfficeError> {
        Ok(self.incoming.write(piece).await?)
    }
}

/// A file to be sent to somebody who may see it.
pub struct Download {
    /// Its name, as its sender gave it.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 in hex.
    pub sha256: String,
    /// Its bytes.
    pub pieces: Pieces,
}

/// What the store knows of a kept file.
pub(in crate::office) struct Kept {
    /// What it is and which row, for the log.
    pub(in crate::office) what: &'static str,
    pub(in crate::office) row: i64,
    pub(in crate::office) name: String,
    pub(in crate::office) kind: String,
    pub(in crate::office) bytes: u64,
    pub(in crate::office) sha256: String,
    pub(in crate::office) key: String,
}

impl Office {
    /// Begins to hand in a file for an entry of the step's list, under the name that its sender
    /// gives it; write its pieces, then [`Office::hand_in`].
    ///
    /// # Errors
    /// Forbidden to all but the company; NotFound; Rule where the step is decided or its list has
    /// no such entry on the project's facts; Unfit: the name.
    pub async fn begin_upload(
        &self,
        actor: &Actor,
        filing: FilingId,
        material: &str,
        name: &str,
        at: Moment,
    ) -> Result<Upload, OfficeError> {
        let _permit = permit(actor, Act::HandIn)?;
        let missing = || OfficeError::NotFound("filing");
        let reader = self.store.reader();
        let row = reader.filing(filing).await?.ok_or_else(missing)?;
        let project = reader.project(row.project).await?.ok_or_else(missing)?;
        let plan = self.plan_of(&project.plan_hash).await?;
        let step = plan.step(row.step.as_str()).ok_or_else(missing)?;
        still_open(&row)?;
        listed(step, &project.facts, material)?;
        let rule = step.materials.iter().find(|one| one.id == material);
        if let Some(rule) = rule.and_then(|one| one.notice.as_ref()) {
            let here = proceedings::of(&reader.proceedings(row.project).await?, &row);
            notice::letter_may_stand(rule, &here, at.today, &self.calendar())?;
        }
        Ok(Upload {
            filing,
            material: material.to_owned(),
            name: files::checked_name(name)?,
            incoming: self.files()?.receive()?,
        })
    }

    /// Hands in what was uploaded.
    ///
    /// # Errors
    /// Unfit: the file cannot be taken; Rule: the step was decided meanwhile; Store.
    /// Then nothing was kept.
    pub async fn hand_in(
        &self,
        actor: &Actor,
        upload: Upload,
        at: Moment,
    ) -> Result<MaterialFileId, OfficeError> {
        let _permit = permit(actor, Act::HandIn)?;
        let Upload {
            filing,
            material,
            name,
            incoming,
        } = upload;
        let received = incoming.finish().await?;
        let (received, kind) = inspected(received, &name).await?;
        let files = self.files()?;
        let key = format!("{filing}/{material}/{}", files::new_key());
        files.keep(&key, &received).await?;
        let new = NewMaterialFile {
            filing,
            material,
            name,
            kind: kind.code().to_owned(),
            bytes: received.bytes(),
            sha256: received.sha256().to_owned(),
            key,
            person: actor.id,
            person_name: actor.name.clone(),
            at: at.now,
        };
        match self.enter_file(&new, at).await {
            Ok(id) => Ok(id),
            Err(error) => Err(self.discarded(&new.key, error).await),
        }
    }

    /// Removes the file whose row could not be written; gives why, and what stays where even that
    /// fails.
    pub(in crate::office) async fn discarded(&self, key: &str, error: OfficeError) -> OfficeError {
        let removed = match self.files() {
            Ok(files) => files.discard(key).await.map_err(OfficeError::from),
            Err(error) => Err(error),
        };
        match removed {
            Ok(()) => error,
            Err(left) => {
                OfficeError::Store(format!("{error}; and {key} stays without a row: {left}"))
            }
        }
    }

    async fn enter_file(
        &self,
        new: &NewMaterialFile,
        at: Moment,
    ) -> Result<MaterialFileId, OfficeError> {
        let tx = self.begin().await?;
        let filing = tx.filing(new.filing).await?;
        still_open(&filing.ok_or(OfficeError::NotFound("filing"))?)?;
        let (id, version) = tx.insert_material_file(new).await?;
        let subject = format!("filing {}", new.filing);
        let detail = format!("{} {version} {} bytes", new.material, new.bytes);
        tx.audit(at.now, Some(new.person), "hand-in", &subject, &detail)
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// A file for somebody who may see its step.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it; Store.
    pub async fn download(
        &self,
        actor: &Actor,
        id: MaterialFileId,
    ) -> Result<Download, OfficeError> {
        let missing = || OfficeError::NotFound("file");
        let reader = self.store.reader();
        let file = reader.material_file(id).await?.ok_or_else(missing)?;
        let filing = reader.filing(file.filing).await?.ok_or_else(missing)?;
        let filings = reader.filings_of_project(filing.project).await?;
        if !sees(actor, &filings) {
            return Err(missing());
        }
        let kept = Kept {
            what: "file",
            row: id.0,
            name: file.name,
            kind: file.kind,
            bytes: file.bytes,
            sha256: file.sha256,
            key: file.key,
        };
        self.taken_out(kept).await
    }

    /// A kept file, to be sent; who may have it was asked before.
    pub(in crate::office) async fn taken_out(&self, kept: Kept) -> Result<Download, OfficeError> {
        let (what, row) = (kept.what, kept.row);
        let damaged = |why: String| OfficeError::Store(format!("{what} {row} {why}"));
        let kind = Kind::from_code(&kept.kind)
            .ok_or_else(|| damaged(format!("is of no kind: {}", kept.kind)))?;
        let (there, pieces) = self.files()?.read(&kept.key).await?;
        if there != kept.bytes {
            let expected = kept.bytes;
            return Err(damaged(format!("has {there} bytes, {expected} were kept")));
        }
        Ok(Download {
            pieces,
            name: kept.name,
            kind,
            bytes: kept.bytes,
            sha256: kept.sha256,
        })
    }

    /// The most bytes of a file that may be handed in.
    ///
    /// # Errors
    /// There is no place for files.
    pub fn largest_file(&self) -> Result<u64, OfficeError> {
        Ok(self.files()?.most())
    }

    pub(in crate::office) fn files(&self) -> Result<&Files, OfficeError> {
        self.files
            .as_ref()
            .ok_or_else(|| OfficeError::Store("this office has no place for files".to_owned()))
    }

    /// The most bytes that `actor` may hand in for `filing` now.
    pub(in crate::office) fn may_hand_in(&self, actor: &Actor, filing: &Filing) -> Option<u64> {
        let allowed = permit(actor, Act::HandIn).is_ok() && still_open(filing).is_ok();
        self.files.as_ref().filter(|_| allowed).map(Files::most)
    }
}

/// Looks at the file off the threads that serve requests.
pub(in crate::office) async fn inspected(
    received: Received,
    name: &str,
) -> Result<(Received, Kind), OfficeError> {
    let name = name.to_owned();
    let looked = tokio::task::spawn_blocking(move || {
        let kind = files::inspect(received.path(), &name);
        (received, kind)
    });
    match looked.await {
        Ok((received, kind)) => Ok((received, kind?)),
        // A reader that stumbles over a crafted file must not let it pass.
        Err(_) => Err(Unfit::Damaged("content").into()),
    }
}

/// Refuses to add to a step that is decided: what the decision rested on stays as it was.
pub(in crate::office) fn still_open(filing: &Filing) -> Result<(), OfficeError> {
    let status = filing.turning.status.unwrap_or(Status::Draft);
    if !status.is_decided() {
        return Ok(());
    }
    Err(OfficeError::Rule(OfficeRule {
        rule: "materials-closed",
        detail:
            "本事项已办结,作出决定所依据的材料不再增减;需要变更的,请另行提出申请(行政许可法第49条)"
                .to_owned(),
    }))
}

/// Refuses what is not on the step's public list.
fn listed(step: &Step, facts: &ProjectFacts, material: &str) -> Result<(), OfficeError> {
    if listed_materials(step, facts).any(|one| one.id == material) {
        return Ok(());
    }
    let named: Vec<&str> = listed_materials(step, facts)
        .map(|one| one.name.as_str())
        .collect();
    Err(OfficeError::Rule(OfficeRule {
        rule: "materials-not-listed",
        detail: format!(
            "{}的材料目录里没有这一项,不需要提交(行政许可法第30条);可以提交:{}",
            step.name,
            named.join("、")
        ),
    }))
}

/// The step's list with the files that are there, and the letters that stand for one.
pub(in crate::office) fn lines(
    step: &Step,
    facts: &ProjectFacts,
    files: Vec<MaterialFile>,
    letters: &[String],
) -> Vec<MaterialLine> {
    let mut by_material: BTreeMap<String, Vec<FileLine>> = BTreeMap::new();
    for file in files.into_iter().rev() {
        let line = FileLine {
            id: file.id,
            version: file.version,
            name: file.name,
            bytes: file.bytes,
            sha256: file.sha256,
            person_name: file.person_name,
            at: file.at,
        };
        by_material.entry(file.material).or_default().push(line);
    }
    let there: Vec<String> = by_material.keys().chain(letters).cloned().collect();
    let missing: Vec<&str> = missing_materials(step, facts, &there)
        .into_iter()
        .map(|material| material.id.as_str())
        .collect();
    step.materials
        .iter()
        .filter_map(|material| {
            let files = by_material.remove(&material.id).unwrap_or_default();
            let listed = material.when.holds(facts);
            (listed || !files.is_empty()).then(|| MaterialLine {
                listed,
                missing: missing.contains(&material.id.as_str()),
                by_letter: letters.contains(&material.id),
                material: material.clone(),
                files,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
