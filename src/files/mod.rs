//! The files that are handed in: received on disk, looked at, kept in an object store.
//!
//! # Why
//! A file is first an [`Incoming`] one: written piece by piece into a folder of this machine,
//! counted and hashed on the way, never whole in memory. Only when it is complete and is what its
//! name says ([`inspect`]) does it go into the store, and there under a random key: no name that
//! somebody typed becomes a path. What is dropped before that leaves nothing behind.
//!
//! Knows neither projects nor people nor rows; the office ties a key to its row.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, RetryConfig, WriteMultipart};
use tokio::io::AsyncReadExt;

mod draft;
mod error;
mod incoming;
mod inspect;
mod kind;
mod name;
mod ole;
mod zip;

pub use draft::Draft;
pub use error::{FilesError, Found, Unfit};
pub use incoming::{Incoming, Received, new_key};
pub use inspect::inspect;
pub use kind::Kind;
pub use name::checked as checked_name;

/// The folder of incoming files within the folder of files.
const INCOMING: &str = "incoming";
/// The folder of kept files within the folder of files.
const KEPT: &str = "kept";

/// Bytes that are read at once from the disk.
const PIECE: usize = 256 * 1024;
/// A part of an upload to S3; 5 MiB is the least that S3 takes for all but the last.
const S3_PART: usize = 5 * 1024 * 1024;

/// A kept file's bytes, piece by piece.
pub type Pieces = BoxStream<'static, Result<Bytes, std::io::Error>>;

/// An S3-compatible store.
#[derive(Clone, PartialEq, Eq)]
pub struct S3 {
    /// The bucket.
    pub bucket: String,
    /// The region; stores outside AWS mostly take any.
    pub region: String,
    /// The address, where it is not AWS: `https://minio.example:9000`.
    pub endpoint: Option<String>,
    /// The key's name.
    pub access_key_id: String,
    /// The key's secret.
    pub secret_access_key: String,
    /// True lets the endpoint be `http:`.
    pub allow_http: bool,
}

/// Where files are kept. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    incoming: PathBuf,
    part: usize,
    most: u64,
}

impl Files {
    /// Files in `folder`, which is made where it is not there, each of at most `most` bytes.
    ///
    /// # Errors
    /// The folder cannot be made or written.
    pub fn local(folder: &Path, most: u64) -> Result<Files, FilesError> {
        let kept = made(&folder.join(KEPT))?;
        let store = LocalFileSystem::new_with_prefix(&kept)?
            .with_automatic_cleanup(true)
            .with_fsync(true);
        Files::over(Arc::new(store), folder, PIECE, most)
    }

    /// Files in a bucket, received in `folder` first.
    ///
    /// # Errors
    /// Settings that name no store, or the folder cannot be made or written.
    pub fn s3(bucket: &S3, folder: &Path, most: u64) -> Result<Files, FilesError> {
        // Another part of the program may have set it already; then that one serves.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&bucket.bucket)
            .with_region(&bucket.region)
            .with_access_key_id(&bucket.access_key_id)
            .with_secret_access_key(&bucket.secret_access_key)
            .with_allow_http(bucket.allow_http)
            // Not every store deletes in bulk, and we delete one at a time.
            .with_disable_bulk_delete(true)
            .with_retry(patience());
        if let Some(endpoint) = &bucket.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        Files::over(Arc::new(builder.build()?), folder, S3_PART, most)
    }

    fn over(
        store: Arc<dyn ObjectStore>,
        folder: &Path,
        part: usize,
        most: u64,
    ) -> Result<Files, FilesError> {
        Ok(Files {
            store,
            incoming: made(&folder.join(INCOMING))?,
            part,
            most,
        })
    }

    /// The most bytes of a file.
    pub fn most(&self) -> u64 {
        self.most
    }

    /// Begins to receive a file.
    ///
    /// # Errors
    /// The disk.
    pub fn receive(&self) -> Result<Incoming, FilesError> {
        Incoming::begin(&self.incoming, self.most)
    }

    /// Keeps a received file under `key`; where that fails, nothing is kept.
    ///
    /// # Errors
    /// The disk or the store.
    pub async fn keep(&self, key: &str, received: &Received) -> Result<(), FilesError> {
        let key = Key::parse(key)?;
        let mut file = tokio::fs::File::open(received.path()).await?;
        let upload = self.store.put_multipart(&key).await?;
        let mut upload = WriteMultipart::new_with_chunk_size(upload, self.part);
        let copied = async {
            let mut piece = vec![0_u8; PIECE];
            loop {
                let read = file.read(&mut piece).await?;
                if read == 0 {
                    return Ok::<(), FilesError>(());
                }
                upload.wait_for_capacity(1).await?;
                upload.write(piece.get(..read).unwrap_or_default());
            }
        };
        match copied.await {
            Ok(()) => {
                upload.finish().await?;
                Ok(())
            }
            Err(error) => {
                // The store's own fault is the one to tell.
                let _ = upload.abort().await;
                Err(error)
            }
        }
    }

    /// The size of what is kept under `key`, and its bytes, piece by piece.
    ///
    /// # Errors
    /// No such file, or the store; also while the pieces come.
    pub async fn read(&self, key: &str) -> Result<(u64, Pieces), FilesError> {
        let found = self.store.get(&Key::parse(key)?).await?;
        let size = found.meta.size;
        let pieces = found
            .into_stream()
            .map(|piece| piece.map_err(std::io::Error::other))
            .boxed();
        Ok((size, pieces))
    }

    /// The size in bytes of what is kept under `key`; `None`: nothing is.
    ///
    /// # Errors
    /// The store.
    pub async fn size(&self, key: &str) -> Result<Option<u64>, FilesError> {
        match self.store.head(&Key::parse(key)?).await {
            Ok(found) => Ok(Some(found.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes what is kept under `key`: for a file whose row could not be
    /// written, or whose days are over.
    ///
    /// # Errors
    /// The store.
    pub async fn discard(&self, key: &str) -> Result<(), FilesError> {
        match self.store.delete(&Key::parse(key)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes incoming files last written before `before`, which a killed server left; how many.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn sweep(&self, before: SystemTime) -> Result<usize, FilesError> {
        let mut swept = 0;
        for entry in std::fs::read_dir(&self.incoming)?.flatten() {
            let old = entry
                .metadata()
                .and_then(|about| about.modified())
                .is_ok_and(|written| written < before);
            if old && std::fs::remove_file(entry.path()).is_ok() {
                swept += 1;
            }
        }
        Ok(swept)
    }
}

/// Somebody waits for the answer: the library's own three minutes are too long.
fn patience() -> RetryConfig {
    RetryConfig {
        max_retries: 3,
        retry_timeout: Duration::from_secs(20),
        ..RetryConfig::default()
    }
}

fn made(folder: &Path) -> Result<PathBuf, FilesError> {
    std::fs::create_dir_all(folder).map_err(|why| FilesError::Folder {
        folder: folder.to_owned(),
        why,
    })?;
    Ok(folder.to_owned())
}

#[cfg(test)]
mod tests;
