//! The courier of exports: takes long exports one after the other and writes their files.
//!
//! # Why
//! A server writes one export at a time, so that however many are asked for, one reading
//! transaction and one file in the making are all they cost. Lines come from the store part by
//! part and go to a thread that owns the workbook; neither side holds more than a few parts. After
//! each part the store is told how far it is, and tells whether to go on. When the server is to
//! stop, the export is given back and its half file is gone.

use std::future::Future;
use std::time::Duration;

use tokio::sync::mpsc;

use super::Clock;
use crate::documents::RegisterBook;
use crate::office::model::exports::{ExportClaim, SheetAbout};
use crate::office::model::register::RegisterLine;
use crate::office::{
    Draft, ExportFault, ExportGoes, Office, OfficeError, Received, RegisterReading,
};

/// How long the courier sleeps between two looks for an export: one look into a small index.
pub const EVERY: Duration = Duration::from_secs(1);
/// How often the lease is renewed while a file is packed.
const PACKING: Duration = Duration::from_secs(20);
/// Parts between the reader and the writer.
const PARTS: usize = 2;
/// Looks between two removals of files that have had their days.
const LOOKS: u32 = 60;

/// What goes to the thread that owns the workbook.
enum Part {
    Lines(Vec<RegisterLine>),
    /// All lines are there: the file can be packed. Without it nothing is kept.
    End,
}

/// What became of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Its file is there.
    Done,
    /// Its person stopped it.
    Stopped,
    /// Another server has it.
    Lost,
}

/// Why an export could not be written.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error(transparent)]
    Office(#[from] OfficeError),
    #[error("the workbook: {0}")]
    Workbook(String),
}

/// Writes exports until `stop` comes; the one under way is then given back.
pub async fn run(office: Office, clock: Clock, every: Duration, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    let mut looks = 0;
    loop {
        if looks % LOOKS == 0
            && let Err(error) = office.expire_exports(clock()).await
        {
            tracing::error!(%error, "files of exports could not be removed; it is tried again");
        }
        looks = looks.wrapping_add(1);
        let claim = match office.claim_export(clock()).await {
            Ok(claim) => claim,
            Err(error) => {
                tracing::error!(%error, "no export could be claimed; it is tried again");
                None
            }
        };
        let Some(claim) = claim else {
            tokio::select! {
                () = &mut stop => return,
                () = tokio::time::sleep(every) => continue,
            }
        };
        tokio::select! {
            biased;
            () = &mut stop => {
                if let Err(error) = office.hand_back_export(&claim, clock()).await {
                    tracing::error!(%error, export = %claim.id, "an export was not given back");
                }
                return;
            }
            () = one(&office, &clock, &claim) => {}
        }
    }
}

/// Writes one export and logs what became of it.
async fn one(office: &Office, clock: &Clock, claim: &ExportClaim) {
    match write(office, clock, claim).await {
        Ok(ended) => tracing::info!(export = %claim.id, ?ended, "an export has ended"),
        Err(error) => {
            tracing::error!(%error, export = %claim.id, "an export failed");
            let fault = Some(ExportFault::Broken);
            if let Err(error) = office.drop_export(claim, fault, clock()).await {
                tracing::error!(%error, export = %claim.id, "nor could that be kept");
            }
        }
    }
}

/// Takes the oldest export that waits, if any, and writes it; what became of it.
///
/// # Errors
/// The store; the disk. The export has then failed and says so.
pub async fn next(office: &Office, clock: &Clock) -> Result<Option<Ended>, OfficeError> {
    let Some(claim) = office.claim_export(clock()).await? else {
        return Ok(None);
    };
    match write(office, clock, &claim).await {
        Ok(ended) => Ok(Some(ended)),
        Err(error) => {
            let fault = Some(ExportFault::Broken);
            office.drop_export(&claim, fault, clock()).await?;
            Err(match error {
                Trouble::Office(error) => error,
                Trouble::Workbook(why) => OfficeError::Store(why),
            })
        }
    }
}

async fn write(office: &Office, clock: &Clock, claim: &ExportClaim) -> Result<Ended, Trouble> {
    let draft = office.draft_export()?;
    let mut reading = office.read_export(claim, clock()).await?;
    let about = reading.about().clone();
    let (parts, taken) = mpsc::channel(PARTS);
    let mut packing = tokio::task::spawn_blocking(move || pack(draft, &about, taken));
    let goes = feed(office, clock, claim, &mut reading, parts).await?;
    if goes == ExportGoes::On {
        // Packing takes seconds; the lease is kept up, and the person still may stop it.
        let packed = loop {
            tokio::select! {
                packed = &mut packing => break packed,
                () = tokio::time::sleep(PACKING) => {
                    let total = reading.total();
                    office.tell_export(claim, &reading, total, clock()).await?;
                }
            }
        };
        let received = packed.map_err(|error| Trouble::Workbook(error.to_string()))??;
        let total = reading.total();
        let goes = office.tell_export(claim, &reading, total, clock()).await?;
        drop(reading);
        if let (ExportGoes::On, Some(received)) = (goes, received) {
            let kept = office.keep_export(claim, &received, clock()).await?;
            return Ok(if kept { Ended::Done } else { Ended::Lost });
        }
        return ended(office, clock, claim, goes).await;
    }
    // The thread finds no end among its parts and leaves nothing.
    let _ = packing.await;
    ended(office, clock, claim, goes).await
}

async fn ended(
    office: &Office,
    clock: &Clock,
    claim: &ExportClaim,
    goes: ExportGoes,
) -> Result<Ended, Trouble> {
    if goes == ExportGoes::Lost {
        return Ok(Ended::Lost);
    }
    let dropped = office.drop_export(claim, None, clock()).await?;
    Ok(if dropped { Ended::Stopped } else { Ended::Lost })
}

/// Reads part after part and hands each over, as long as the export goes on.
async fn feed(
    office: &Office,
    clock: &Clock,
    claim: &ExportClaim,
    reading: &mut RegisterReading,
    parts: mpsc::Sender<Part>,
) -> Result<ExportGoes, Trouble> {
    let mut done = 0;
    loop {
        let goes = office.tell_export(claim, reading, done, clock()).await?;
        if goes != ExportGoes::On {
            return Ok(goes);
        }
        let lines = office.next_of_register(reading).await?;
        let read = u64::try_from(lines.len()).unwrap_or(u64::MAX);
        done += read;
        let part = if read == 0 {
            Part::End
        } else {
            Part::Lines(lines)
        };
        // A writer that has failed takes no more; why is told when its thread is awaited.
        if parts.send(part).await.is_err() || read == 0 {
            return Ok(ExportGoes::On);
        }
    }
}

/// Writes the parts into a workbook, on a thread of its own; `None`: they ended without an end.
fn pack(
    draft: Draft,
    about: &SheetAbout,
    mut parts: mpsc::Receiver<Part>,
) -> Result<Option<Received>, Trouble> {
    let workbook = |error: crate::documents::FormatError| Trouble::Workbook(error.to_string());
    let mut book = RegisterBook::begin(about, Some(draft.folder())).map_err(workbook)?;
    while let Some(part) = parts.blocking_recv() {
        match part {
            Part::Lines(lines) => book.write(&lines).map_err(workbook)?,
            Part::End => {
                book.save(draft.path()).map_err(workbook)?;
                let received = draft.finish().map_err(OfficeError::from)?;
                return Ok(Some(received));
            }
        }
    }
    Ok(None)
}
