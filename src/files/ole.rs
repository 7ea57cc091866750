//! Documents of the old binary format: what the compound file holds, by the names in it.

use std::io::{Read, Seek};

use super::error::{FilesError, Found, Unfit};
use super::kind::Kind;

/// Names that are looked at; a document has a few dozen.
const NAMES: usize = 5_000;

/// Which document it is.
///
/// # Errors
/// Damaged, Encrypted, Macros, UnknownContent; the disk.
pub(super) fn kind(file: impl Read + Seek) -> Result<Kind, FilesError> {
    let document = cfb::CompoundFile::open(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData | std::io::ErrorKind::UnexpectedEof => {
            FilesError::Unfit(Unfit::Damaged("compound file"))
        }
        _ => FilesError::Disk(error),
    })?;
    let mut root = Vec::new();
    let mut macros = false;
    for (n, entry) in document.walk().enumerate() {
        if n > NAMES {
            return Err(Unfit::Damaged("compound file entries").into());
        }
        let name = entry.name();
        macros |= ["Macros", "_VBA_PROJECT_CUR", "VBA"].contains(&name);
        if entry.path().components().count() == 2 {
            root.push(name.to_owned());
        }
    }
    let has = |name: &str| root.iter().any(|one| one == name);
    if has("EncryptedPackage") || has("EncryptionInfo") {
        return Err(Unfit::Encrypted.into());
    }
    if macros {
        return Err(Unfit::Macros.into());
    }
    if has("WordDocument") {
        return Ok(Kind::Doc);
    }
    if has("Workbook") || has("Book") {
        return Ok(Kind::Xls);
    }
    let found = Some(Found::OfficeDocument);
    Err(Unfit::UnknownContent { found }.into())
}
