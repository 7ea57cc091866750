//! Formats: bytes from read models; no SQL, no HTTP, no words of its own.
//!
//! # Why
//! A document's words are composed once, in `office::paper`; here they only get a shape. The page
//! to print is `templates/print/paper.html`, from the same words.

mod docx;

pub use docx::docx;

/// Why a document has no bytes.
#[derive(Debug, thiserror::Error)]
#[error("the document {serial} could not be packed: {why}")]
pub struct FormatError {
    /// The document's number in words.
    pub serial: String,
    /// What the format said.
    pub why: String,
}
