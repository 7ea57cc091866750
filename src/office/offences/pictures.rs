//! Pictures of an offence, on the same path as the files of materials: streamed, judged by their
//! content, kept under a random key, and only then entered.

use super::super::actor::{Act, permit};
use super::super::materials::{Download, Kept, inspected};
use super::super::{Actor, Moment, Office, OfficeError};
use super::sees;
use crate::files::{self, Incoming, Kind};
use crate::statute::offence::Refused;
use crate::store::{NewOffenceFile, Offence, OffenceFileId, OffenceId};

/// The kinds of files that a picture may be.
const PICTURES: [Kind; 3] = [Kind::Jpeg, Kind::Png, Kind::Pdf];
/// The most pictures of an offence: a page must stay one that can be read.
const MOST: u64 = 40;

/// A picture on its way; nothing stays where it is dropped.
#[derive(Debug)]
pub struct PictureUpload {
    offence: OffenceId,
    name: String,
    incoming: Incoming,
}

impl PictureUpload {
    /// Takes the next piece.
    ///
    /// # Errors
    /// Unfit: too large; Store: the disk.
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), OfficeError> {
        Ok(self.incoming.write(piece).await?)
    }
}

impl Office {
    /// Begins to hand in a picture of an offence, under the name that its sender gives it; write
    /// its pieces, then [`Office::keep_picture`].
    ///
    /// # Errors
    /// Forbidden to all but the company; NotFound; Rule where it is closed; Unfit: the name.
    pub async fn begin_picture(
        &self,
        actor: &Actor,
        offence: OffenceId,
        name: &str,
    ) -> Result<PictureUpload, OfficeError> {
        let _permit = permit(actor, Act::ReportOffence)?;
        let found = self.store.reader().offence(offence).await?;
        still_open(&found.ok_or(OfficeError::NotFound("offence"))?)?;
        Ok(PictureUpload {
            offence,
            name: files::checked_name(name)?,
            incoming: self.files()?.receive()?,
        })
    }

    /// Keeps what was uploaded.
    ///
    /// # Errors
    /// Unfit: the file cannot be taken; Rule: it is no picture, or the offence was closed
    /// meanwhile; Store. Then nothing was kept.
    pub async fn keep_picture(
        &self,
        actor: &Actor,
        upload: PictureUpload,
        at: Moment,
    ) -> Result<OffenceFileId, OfficeError> {
        let _permit = permit(actor, Act::ReportOffence)?;
        let PictureUpload {
            offence,
            name,
            incoming,
        } = upload;
        let (received, kind) = inspected(incoming.finish().await?, &name).await?;
        if !PICTURES.contains(&kind) {
            return Err(OfficeError::rule(
                "offence-picture",
                "现场图片只收 JPG、PNG 图片和 PDF 文件;请另存为其中一种后上传".to_owned(),
            ));
        }
        let files = self.files()?;
        let key = format!("offences/{offence}/{}", files::new_key());
        files.keep(&key, &received).await?;
        let new = NewOffenceFile {
            offence,
            name,
            kind: kind.code().to_owned(),
            bytes: received.bytes(),
            sha256: received.sha256().to_owned(),
            key,
            person: actor.id,
            person_name: actor.name.clone(),
            at: at.now,
        };
        match self.enter_picture(&new).await {
            Ok(id) => Ok(id),
            Err(error) => Err(self.discarded(&new.key, error).await),
        }
    }

    async fn enter_picture(&self, new: &NewOffenceFile) -> Result<OffenceFileId, OfficeError> {
        let tx = self.begin().await?;
        let offence = tx.offence(new.offence).await?;
        still_open(&offence.ok_or(OfficeError::NotFound("offence"))?)?;
        if tx.offence_file_count(new.offence).await? >= MOST {
            return Err(OfficeError::rule(
                "offence-picture",
                format!("一件最多{MOST}张图片;请把多张合成一个 PDF 后上传"),
            ));
        }
        let id = tx.insert_offence_file(new).await?;
        let subject = format!("offence {}", new.offence);
        let detail = format!("{} bytes", new.bytes);
        tx.audit(
            new.at,
            Some(new.person),
            "offence-picture",
            &subject,
            &detail,
        )
        .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// A picture for somebody who may see its offence.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it, or where it is another offence's; Store.
    pub async fn picture(
        &self,
        actor: &Actor,
        offence: OffenceId,
        id: OffenceFileId,
    ) -> Result<Download, OfficeError> {
        let missing = || OfficeError::NotFound("picture");
        let reader = self.store.reader();
        let file = reader.offence_file(id).await?.ok_or_else(missing)?;
        let concerned = reader.offence_concerns(file.offence).await?;
        if file.offence != offence || !sees(actor, &concerned) {
            return Err(missing());
        }
        let kept = Kept {
            what: "picture",
            row: id.0,
            name: file.name,
            kind: file.kind,
            bytes: file.bytes,
            sha256: file.sha256,
            key: file.key,
        };
        self.taken_out(kept).await
    }
}

fn still_open(offence: &Offence) -> Result<(), OfficeError> {
    match offence.state.is_open() {
        true => Ok(()),
        false => Err(Refused::Closed.into()),
    }
}
