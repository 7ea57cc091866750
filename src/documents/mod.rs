//! Formats: bytes from read models; no SQL, no HTTP, no words of its own.
//!
//! # Why
//! A document's words are composed once, in `office::paper`; here they only get a shape. The page
//! to print is `templates/print/paper.html`, from the same words.

#[cfg(test)]
use crate::office::model::paper::Paper;

mod docx;
mod ics;
pub mod monthly;
mod register;
pub mod sheet;
#[cfg(feature = "pdf")]
mod typeset;

pub use docx::docx;
pub use ics::ics;
pub use register::RegisterBook;
#[cfg(feature = "pdf")]
pub use typeset::pdf;

/// Why a document has no bytes.
#[derive(Debug, thiserror::Error)]
#[error("the document {serial} could not be packed: {why}")]
pub struct FormatError {
    /// The document's number in words.
    pub serial: String,
    /// What the format said.
    pub why: String,
}

/// A document for this room's tests.
#[cfg(test)]
fn sample() -> Paper {
    Paper {
        title: "受理通知书".to_owned(),
        serial: "本溪市自然资源局〔2026〕第12号".to_owned(),
        to: "本溪供电公司：".to_owned(),
        body: vec!["你单位提交的申请，本机关自2026年9月22日起受理。".to_owned()],
        items: vec!["用地预审要件 <与> & \"引号\"".to_owned()],
        after: Vec::new(),
        fields: vec![("申请人".to_owned(), "本溪供电公司".to_owned())],
        signed: "本溪市自然资源局".to_owned(),
        dated: "2026年9月22日".to_owned(),
        code: "7K3M-9QXT-00AB-CDEF".to_owned(),
    }
}
