//! A file that the program itself makes, on its way to be kept.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::{NamedTempFile, TempPath};

use super::error::{FilesError, Unfit};
use super::incoming::{Received, hex};
use super::{Files, PIECE};

/// A place for a file in the making; what is there is gone when this is.
#[derive(Debug)]
pub struct Draft {
    path: TempPath,
    folder: PathBuf,
}

impl Files {
    /// A place for a file in the making. No size is asked of it: it is ours.
    ///
    /// # Errors
    /// The disk.
    pub fn draft(&self) -> Result<Draft, FilesError> {
        Ok(Draft {
            path: NamedTempFile::new_in(&self.incoming)?.into_temp_path(),
            folder: self.incoming.clone(),
        })
    }
}

impl Draft {
    /// Where to write it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A folder for what its making needs beside it; what is left there is swept at a start.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file is complete: reads it once for its size and hash. Takes its time, so not for the
    /// threads that serve requests.
    ///
    /// # Errors
    /// Empty; the disk.
    pub fn finish(self) -> Result<Received, FilesError> {
        let mut file = File::open(&self.path)?;
        let mut hash = Sha256::new();
        let mut bytes: u64 = 0;
        let mut piece = vec![0_u8; PIECE];
        loop {
            let read = file.read(&mut piece)?;
            if read == 0 {
                break;
            }
            bytes += u64::try_from(read).unwrap_or(u64::MAX);
            hash.update(piece.get(..read).unwrap_or_default());
        }
        if bytes == 0 {
            return Err(Unfit::Empty.into());
        }
        Ok(Received::of(self.path, bytes, hex(&hash.finalize())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_counted_and_hashed_and_leaves_nothing_when_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::local(folder.path(), 3).unwrap();
        let left = || {
            std::fs::read_dir(folder.path().join("incoming"))
                .unwrap()
                .count()
        };
        let draft = files.draft().unwrap();
        std::fs::write(draft.path(), "abc and more than may be handed in").unwrap();
        let received = draft.finish().unwrap();
        assert_eq!(received.bytes(), 34);
        assert_eq!(
            received.sha256(),
            hex(&Sha256::digest("abc and more than may be handed in"))
        );
        assert_eq!(left(), 1);
        drop(received);
        assert_eq!(left(), 0);
        assert!(files.draft().unwrap().finish().is_err());
        assert_eq!(left(), 0);
    }
}
