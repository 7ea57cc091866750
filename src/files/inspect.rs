//! What a file is, by its bytes; its name only may not say otherwise.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use infer::MatcherType;

use super::error::{FilesError, Found, Unfit};
use super::kind::Kind;
use super::{name, ole, zip};

/// The first bytes, by which most kinds are told.
const HEAD: u64 = 8 * 1024;

/// The kind of the file at `path`, which its sender calls `name`. Blocks on the disk.
///
/// # Errors
/// Every [`Unfit`] of name or content; the disk.
pub fn inspect(path: &Path, name: &str) -> Result<Kind, FilesError> {
    let ending = name::ending(name);
    let Some(named) = Kind::of_ending(ending) else {
        let ending = ending.to_ascii_lowercase();
        return Err(Unfit::UnknownEnding { ending }.into());
    };
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let found = content(&mut file, size)?;
    if found == named {
        Ok(found)
    } else {
        Err(Unfit::NotWhatItSays { named, found }.into())
    }
}

fn content(file: &mut (impl Read + Seek), size: u64) -> Result<Kind, FilesError> {
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head)?;
    if head.is_empty() {
        return Err(Unfit::Empty.into());
    }
    file.seek(SeekFrom::Start(0))?;
    if head.starts_with(b"PK\x03\x04") {
        return container(file, size);
    }
    if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return ole::kind(file);
    }
    let guess = infer::get(&head);
    match guess.map(|guess| guess.mime_type()) {
        Some("application/pdf") => Ok(Kind::Pdf),
        Some("image/jpeg") => Ok(Kind::Jpeg),
        Some("image/png") => Ok(Kind::Png),
        Some("image/tiff") => Ok(Kind::Tiff),
        _ => {
            let found = guess.and_then(|guess| found(guess.matcher_type()));
            Err(Unfit::UnknownContent { found }.into())
        }
    }
}

/// OFD and Office Open XML, told by the entries that only they have.
fn container(file: &mut (impl Read + Seek), size: u64) -> Result<Kind, FilesError> {
    let contents = zip::read(file, size)?;
    if contents.has_like("", "vbaProject.bin") {
        return Err(Unfit::Macros.into());
    }
    if contents.has("OFD.xml") {
        return Ok(Kind::Ofd);
    }
    if contents.has("[Content_Types].xml") {
        // Word on the web numbers the main part: word/document2.xml.
        if contents.has_like("word/document", ".xml") {
            return Ok(Kind::Docx);
        }
        if contents.has_like("xl/workbook", ".xml") {
            return Ok(Kind::Xlsx);
        }
        let found = Some(Found::OfficeDocument);
        return Err(Unfit::UnknownContent { found }.into());
    }
    let found = Some(Found::Archive);
    Err(Unfit::UnknownContent { found }.into())
}

fn found(matched: MatcherType) -> Option<Found> {
    match matched {
        MatcherType::App => Some(Found::Program),
        MatcherType::Archive => Some(Found::Archive),
        MatcherType::Text => Some(Found::Page),
        MatcherType::Doc | MatcherType::Book => Some(Found::OfficeDocument),
        MatcherType::Audio | MatcherType::Video => Some(Found::Media),
        MatcherType::Image => Some(Found::Picture),
        _ => None,
    }
}
