//! A file on its way in: on disk, counted and hashed, gone when it is dropped.

use std::fmt::Write as _;
use std::path::Path;

use rand::RngCore;
use sha2::{Digest, Sha256};
use tempfile::{NamedTempFile, TempPath};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::error::{FilesError, Unfit};

/// A file that is being received.
#[derive(Debug)]
pub struct Incoming {
    file: File,
    path: TempPath,
    most: u64,
    bytes: u64,
    hash: Sha256,
}

/// A file that was received whole; it is gone when this is.
#[derive(Debug)]
pub struct Received {
    path: TempPath,
    bytes: u64,
    sha256: String,
}

impl Incoming {
    pub(super) fn begin(folder: &Path, most: u64) -> Result<Incoming, FilesError> {
        // It removes the file when it is dropped; one that stays is swept at the next start.
        let (file, path) = NamedTempFile::new_in(folder)?.into_parts();
        Ok(Incoming {
            file: File::from_std(file),
            path,
            most,
            bytes: 0,
            hash: Sha256::new(),
        })
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// TooLarge as soon as it is; the disk.
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), FilesError> {
        self.bytes += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if self.bytes > self.most {
            return Err(Unfit::TooLarge { most: self.most }.into());
        }
        self.hash.update(piece);
        Ok(self.file.write_all(piece).await?)
    }

    /// The file is complete.
    ///
    /// # Errors
    /// Empty; the disk.
    pub async fn finish(mut self) -> Result<Received, FilesError> {
        if self.bytes == 0 {
            return Err(Unfit::Empty.into());
        }
        // A write of tokio's may still be under way, or have failed, until it is flushed.
        self.file.flush().await?;
        Ok(Received {
            path: self.path,
            bytes: self.bytes,
            sha256: hex(&self.hash.finalize()),
        })
    }
}

impl Received {
    pub(super) fn of(path: TempPath, bytes: u64, sha256: String) -> Received {
        Received {
            path,
            bytes,
            sha256,
        }
    }

    /// Where it lies for now.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its size in bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// SHA-256 of its bytes in lower-case hex.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}

/// 128 random bits in hex, as the last part of a key.
pub fn new_key() -> String {
    let mut bits = [0_u8; 16];
    rand::rng().fill_bytes(&mut bits);
    hex(&bits)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
