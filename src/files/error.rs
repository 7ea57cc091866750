//! Why a file was not taken, and why the place for files failed.

use std::path::PathBuf;

use super::Kind;

/// Why a file cannot be taken: what is wrong with it, for its sender.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// No bytes.
    #[error("the file is empty")]
    Empty,
    /// More bytes than a file may have.
    #[error("the file is larger than {most} bytes")]
    TooLarge {
        /// The most.
        most: u64,
    },
    /// No name.
    #[error("the file has no name")]
    NoName,
    /// A name with parts of a path.
    #[error("the file's name holds parts of a path")]
    PathInName,
    /// A name with characters that cannot be seen, or that turn the reading direction.
    #[error("the file's name holds characters that cannot be seen")]
    HiddenInName,
    /// A name of more characters than this.
    #[error("the file's name is longer than {most} characters")]
    LongName {
        /// The most.
        most: usize,
    },
    /// A name that ends as no kind does that is taken.
    #[error("files that end so are not taken: {ending:?}")]
    UnknownEnding {
        /// The ending; empty: none.
        ending: String,
    },
    /// A content that is of no kind that is taken.
    #[error("the content is of no kind that is taken: {found:?}")]
    UnknownContent {
        /// What it is, where that can be told.
        found: Option<Found>,
    },
    /// A content of another kind than the name says.
    #[error("the name says {named:?}, the content is {found:?}")]
    NotWhatItSays {
        /// By its name.
        named: Kind,
        /// By its content.
        found: Kind,
    },
    /// A container that cannot be read.
    #[error("the container is damaged: {0}")]
    Damaged(&'static str),
    /// A container whose content is out of all proportion to its size.
    #[error("the container unpacks to {unpacked} bytes in {entries} entries")]
    Bomb {
        /// Bytes when unpacked, as it says.
        unpacked: u64,
        /// Entries, as it says.
        entries: u64,
    },
    /// Locked with a password.
    #[error("the document is encrypted")]
    Encrypted,
    /// Holds macros.
    #[error("the document holds macros")]
    Macros,
}

/// What a refused content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A program.
    Program,
    /// An archive.
    Archive,
    /// A web page, which a browser would run.
    Page,
    /// An office document of another kind.
    OfficeDocument,
    /// Sound or moving pictures.
    Media,
    /// A picture of another kind.
    Picture,
}

/// The place for files failed.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The file cannot be taken.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The folder cannot be made.
    #[error("the folder {folder} cannot be made: {why}", folder = .folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        why: std::io::Error,
    },
    /// The disk.
    #[error("the disk: {0}")]
    Disk(#[from] std::io::Error),
    /// The object store.
    #[error("the object store: {0}")]
    Store(#[from] object_store::Error),
    /// A key that the store cannot hold.
    #[error("the key: {0}")]
    Key(#[from] object_store::path::Error),
}
