//! Long exports: asked for by a person, written by a server, downloaded by that person only.
//!
//! # Why
//! A sheet of 100,000 lines takes longer than somebody waits for a page. So it is a job: a row that
//! any server may claim, with a lease that each batch renews. A server that dies lets its lease
//! run out and another begins anew; after three that died the job fails and says so. What may be
//! read is asked when it is made, when it is run, and when it is downloaded.

use chrono::TimeDelta;

use super::materials::Kept;
use super::model::exports::{ExportClaim, ExportLine, ExportWhat};
use super::register::{RegisterReading, confined};
use super::{Actor, Download, ExportId, Kind, Moment, Office, OfficeError};
use crate::files::{Draft, Received, new_key};
use crate::store::{
    Export, ExportEnd, ExportFault, ExportFile, ExportGoes, ExportState, NewExport,
};

/// A server that has not told of its export for so long is believed dead.
const LEASE: TimeDelta = TimeDelta::seconds(120);
/// A file is kept for so long.
const KEPT: TimeDelta = TimeDelta::days(7);
/// So many exports of one person may be under way.
const OPEN: u64 = 3;
/// So many servers may die over an export.
const ATTEMPTS: u32 = 3;
/// Exports that a person's page lists.
const LISTED: u64 = 30;
/// Files removed at once.
const REMOVED: u64 = 20;

impl Office {
    /// Asks for an export.
    ///
    /// # Errors
    /// Forbidden; a rule where three of this person's are under way.
    pub async fn ask_export(
        &self,
        actor: &Actor,
        what: &ExportWhat,
        at: Moment,
    ) -> Result<ExportId, OfficeError> {
        let bureau = confined(actor)?;
        let ExportWhat::Register(filter) = what;
        let asked = serde_json::to_string(filter)
            .map_err(|error| OfficeError::Store(format!("a filter as JSON: {error}")))?;
        let tx = self.begin().await?;
        if tx.open_exports(actor.id).await? >= OPEN {
            let detail = format!("您已有{OPEN}个导出在进行。请等其中一个完成，或停止一个后再导出");
            return Err(OfficeError::rule("exports-open", detail));
        }
        let new = NewExport {
            person: actor.id,
            kind: what.kind().to_owned(),
            asked,
            bureau,
            at: at.now,
        };
        let id = tx.insert_export(&new).await?;
        let subject = format!("export {id}");
        tx.audit(at.now, Some(actor.id), "export", &subject, &new.asked)
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The actor's own exports, the newest first.
    ///
    /// # Errors
    /// Forbidden; the store.
    pub async fn exports(&self, actor: &Actor, at: Moment) -> Result<Vec<ExportLine>, OfficeError> {
        let reader = self.store.reader();
        let own = confined(actor)?;
        let found = reader.exports(actor.id, LISTED).await?;
        let bureaus = reader.bureaus().await?;
        found
            .into_iter()
            .filter(|export| export.bureau == own)
            .map(|export| self.export_line(export, &bureaus, at))
            .collect()
    }

    /// One of the actor's own exports.
    ///
    /// # Errors
    /// NotFound, also for another's.
    pub async fn export(
        &self,
        actor: &Actor,
        id: ExportId,
        at: Moment,
    ) -> Result<ExportLine, OfficeError> {
        let export = self.own_export(actor, id).await?;
        let bureaus = self.store.reader().bureaus().await?;
        self.export_line(export, &bureaus, at)
    }

    /// Asks one of the actor's own exports to stop.
    ///
    /// # Errors
    /// NotFound, also for another's; a rule where it has ended.
    pub async fn stop_export(
        &self,
        actor: &Actor,
        id: ExportId,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let before = self.own_export(actor, id).await?;
        let tx = self.begin().await?;
        let now = tx.stop_export(actor.id, id, at.now).await?;
        let now = now.ok_or(OfficeError::NotFound("export"))?;
        if before.state.has_ended() || matches!(now, ExportState::Done | ExportState::Failed) {
            let detail = "导出已经结束，不需要停止。完成的导出可以在本页下载";
            return Err(OfficeError::rule("export-ended", detail));
        }
        let subject = format!("export {id}");
        tx.audit(at.now, Some(actor.id), "stop-export", &subject, now.code())
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The file of one of the actor's own exports.
    ///
    /// # Errors
    /// NotFound: another's, or there is no file, or no longer.
    pub async fn download_export(
        &self,
        actor: &Actor,
        id: ExportId,
        at: Moment,
    ) -> Result<Download, OfficeError> {
        let export = self.own_export(actor, id).await?;
        let name = format!("事项台账-{}.xlsx", day_of(&export));
        let file = kept_file(&export, at).ok_or(OfficeError::NotFound("export"))?;
        let kept = Kept {
            what: "export",
            row: id.0,
            name,
            kind: Kind::Xlsx.code().to_owned(),
            bytes: file.bytes,
            sha256: file.sha256.clone(),
            key: file.key.clone(),
        };
        self.taken_out(kept).await
    }

    /// An export of the actor's, who still may see what it holds.
    async fn own_export(&self, actor: &Actor, id: ExportId) -> Result<Export, OfficeError> {
        let own = confined(actor)?;
        let found = self.store.reader().export(actor.id, id).await?;
        // Somebody who has changed the bureau since no longer sees the former one's steps.
        found
            .filter(|export| export.bureau == own)
            .ok_or(OfficeError::NotFound("export"))
    }

    fn export_line(
        &self,
        export: Export,
        bureaus: &[super::Bureau],
        at: Moment,
    ) -> Result<ExportLine, OfficeError> {
        let what = asked(&export)?;
        let ExportWhat::Register(filter) = &what;
        let bureau = export.bureau.or(filter.bureau);
        let bureau = bureaus.iter().find(|one| Some(one.id) == bureau);
        let step = filter.step.as_ref();
        let step = step.and_then(|id| self.plan().step(id.as_str()));
        Ok(ExportLine {
            id: export.id,
            bureau_name: bureau.map(|bureau| bureau.name.clone()),
            step_name: step.map(|step| step.name.clone()),
            state: export.state,
            stop_asked: export.stop_asked,
            done: export.done,
            total: export.total,
            made_at: export.made_at,
            read_at: export.read_at,
            ended_at: export.ended_at,
            fault: export.fault,
            bytes: kept_file(&export, at).map(|file| file.bytes),
            expires_at: export.expires_at,
            what,
        })
    }

    /// Claims the oldest export that no living server has.
    ///
    /// An export over which three servers have died, or whose person may no longer have it, fails
    /// here and is not given out.
    ///
    /// # Errors
    /// The store.
    pub async fn claim_export(&self, at: Moment) -> Result<Option<ExportClaim>, OfficeError> {
        let claim = new_key();
        let tx = self.begin().await?;
        let Some(export) = tx.claim_export(&claim, at.now, at.now + LEASE).await? else {
            return Ok(None);
        };
        let subject = format!("export {}", export.id);
        let detail = format!("attempt {}", export.attempts);
        tx.audit(at.now, None, "claim-export", &subject, &detail)
            .await?;
        tx.commit().await?;
        let fault = if export.attempts > ATTEMPTS {
            ExportFault::Abandoned
        } else {
            match self.export_actor(&export).await? {
                Some(actor) => {
                    return Ok(Some(ExportClaim {
                        id: export.id,
                        claim,
                        what: asked(&export)?,
                        person: actor,
                    }));
                }
                None => ExportFault::NotAllowed,
            }
        };
        let end = ExportEnd::Failed(fault);
        self.end_export(&claim, export.id, &end, at).await?;
        Ok(None)
    }

    /// Who asked for the export, where that person still may have it.
    async fn export_actor(
        &self,
        export: &Export,
    ) -> Result<Option<crate::store::record::Person>, OfficeError> {
        let found = self.store.reader().person(export.person).await?;
        Ok(found
            .map(|(person, _)| person)
            .filter(|person| person.active)
            .filter(|person| confined(&acting(person)).is_ok_and(|own| own == export.bureau)))
    }

    /// Begins to read what a claimed export holds, as of now.
    ///
    /// # Errors
    /// Its person may no longer have it; the store.
    pub async fn read_export(
        &self,
        claim: &ExportClaim,
        at: Moment,
    ) -> Result<RegisterReading, OfficeError> {
        let ExportWhat::Register(filter) = &claim.what;
        self.read_register(&acting(&claim.person), filter, at).await
    }

    /// Says how far a claimed export is and renews its lease; what is to become of it.
    ///
    /// # Errors
    /// The store.
    pub async fn tell_export(
        &self,
        claim: &ExportClaim,
        reading: &RegisterReading,
        done: u64,
        at: Moment,
    ) -> Result<ExportGoes, OfficeError> {
        let tx = self.begin().await?;
        let about = reading.about();
        let far = (done, about.total);
        let goes = tx
            .tell_export(&claim.claim, claim.id, far, about.read_at, at.now + LEASE)
            .await?;
        tx.commit().await?;
        Ok(goes)
    }

    /// A place on this server's disk for a file in the making; it is gone when it is dropped.
    ///
    /// # Errors
    /// There is no place for files; the disk.
    pub fn draft_export(&self) -> Result<Draft, OfficeError> {
        Ok(self.files()?.draft()?)
    }

    /// Keeps the file of a claimed export; false: the claim was gone, and so is the file.
    ///
    /// # Errors
    /// The place for files, or the store; then nothing is kept.
    pub async fn keep_export(
        &self,
        claim: &ExportClaim,
        received: &Received,
        at: Moment,
    ) -> Result<bool, OfficeError> {
        let key = format!("exports/{}/{}", claim.id, new_key());
        let files = self.files()?;
        files.keep(&key, received).await?;
        let end = ExportEnd::Done {
            file: ExportFile {
                key: key.clone(),
                bytes: received.bytes(),
                sha256: received.sha256().to_owned(),
            },
            expires_at: at.now + KEPT,
        };
        let ended = self.end_export(&claim.claim, claim.id, &end, at).await;
        if !matches!(ended, Ok(true)) {
            files.discard(&key).await?;
        }
        ended
    }

    /// Ends a claimed export without a file.
    ///
    /// # Errors
    /// The store.
    pub async fn drop_export(
        &self,
        claim: &ExportClaim,
        fault: Option<ExportFault>,
        at: Moment,
    ) -> Result<bool, OfficeError> {
        let end = fault.map_or(ExportEnd::Stopped, ExportEnd::Failed);
        self.end_export(&claim.claim, claim.id, &end, at).await
    }

    /// Gives a claimed export back, for another server or for the next start of this one.
    ///
    /// # Errors
    /// The store.
    pub async fn hand_back_export(
        &self,
        claim: &ExportClaim,
        at: Moment,
    ) -> Result<bool, OfficeError> {
        let tx = self.begin().await?;
        let back = tx.hand_back_export(&claim.claim, claim.id).await?;
        if back {
            let subject = format!("export {}", claim.id);
            tx.audit(at.now, None, "hand-back-export", &subject, "")
                .await?;
        }
        tx.commit().await?;
        Ok(back)
    }

    async fn end_export(
        &self,
        claim: &str,
        id: ExportId,
        end: &ExportEnd,
        at: Moment,
    ) -> Result<bool, OfficeError> {
        let tx = self.begin().await?;
        let ended = tx.end_export(claim, id, end, at.now).await?;
        if ended {
            let detail = match end {
                ExportEnd::Done { file, .. } => format!("done {} bytes", file.bytes),
                ExportEnd::Stopped => "stopped".to_owned(),
                ExportEnd::Failed(fault) => format!("failed {}", fault.code()),
            };
            let subject = format!("export {id}");
            tx.audit(at.now, None, "end-export", &subject, &detail)
                .await?;
        }
        tx.commit().await?;
        Ok(ended)
    }

    /// Removes files that have had their days; how many.
    ///
    /// # Errors
    /// The place for files, or the store.
    pub async fn expire_exports(&self, at: Moment) -> Result<usize, OfficeError> {
        let expired = self.store.reader().expired_exports(at.now, REMOVED).await?;
        let mut removed = 0;
        for export in expired {
            let Some(file) = export.file else { continue };
            // First the file: a row that still names it is read by nobody after its days.
            self.files()?.discard(&file.key).await?;
            let tx = self.begin().await?;
            tx.forget_export_file(export.id).await?;
            let subject = format!("export {}", export.id);
            tx.audit(at.now, None, "expire-export", &subject, "")
                .await?;
            tx.commit().await?;
            removed += 1;
        }
        Ok(removed)
    }
}

/// The person as one who acts; what is asked of it is the role only.
fn acting(person: &crate::store::record::Person) -> Actor {
    Actor {
        id: person.id,
        login: person.login.clone(),
        name: person.name.clone(),
        role: person.role,
        bureau: None,
        lead: person.lead,
    }
}

/// What was asked for.
fn asked(export: &Export) -> Result<ExportWhat, OfficeError> {
    let damaged = |why: String| OfficeError::Store(format!("export {}: {why}", export.id));
    match export.kind.as_str() {
        "register" => serde_json::from_str(&export.asked)
            .map(ExportWhat::Register)
            .map_err(|error| damaged(error.to_string())),
        other => Err(damaged(format!("of no kind: {other}"))),
    }
}

/// The file, as long as its days last.
fn kept_file(export: &Export, at: Moment) -> Option<&ExportFile> {
    let lasts = export.expires_at.is_some_and(|until| at.now < until);
    export.file.as_ref().filter(|_| lasts)
}

/// The day on which an export was read, by Benxi's clock, for its file's name.
fn day_of(export: &Export) -> String {
    const AHEAD: TimeDelta = TimeDelta::hours(8);
    let read = export.read_at.unwrap_or(export.made_at);
    (read + AHEAD).format("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests;
