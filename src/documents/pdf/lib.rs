//! Sets a typst template and its data as PDF, with the fonts that it uses embedded.
//!
//! A crate of its own, because typst is 370 crates: it is built only for the feature `pdf`, so
//! that ordinary builds and tests do not pay for it. It knows nothing of approvals.

use std::path::{Path, PathBuf};

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

/// The name under which a template reads its data: `json("data.json")`.
pub const DATA: &str = "data.json";

/// Folders below folders that are looked into for fonts.
const DEPTH: usize = 5;

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// No font was found.
    #[error("no font in {0}; install one with Chinese letters, such as fonts-noto-cjk")]
    NoFont(String),
    /// The template and its data do not fit.
    #[error("the template does not set: {0}")]
    Template(String),
}

/// The fonts at hand, read once.
pub struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Fonts {
    /// Every font in these folders and below.
    ///
    /// # Errors
    /// There is none.
    pub fn load(folders: &[PathBuf]) -> Result<Fonts, PdfError> {
        let mut files = Vec::new();
        for folder in folders {
            collect(folder, DEPTH, &mut files);
        }
        files.sort();
        let fonts: Vec<Font> = files
            .iter()
            .filter_map(|file| std::fs::read(file).ok())
            .flat_map(|bytes| Font::iter(Bytes::new(bytes)))
            .collect();
        if fonts.is_empty() {
            let named: Vec<String> = folders.iter().map(|f| f.display().to_string()).collect();
            return Err(PdfError::NoFont(named.join(", ")));
        }
        Ok(Fonts {
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
        })
    }
}

fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let ending = path.extension().and_then(|ending| ending.to_str());
        if path.is_dir() && depth > 0 {
            collect(&path, depth - 1, files);
        } else if matches!(ending, Some("ttf" | "otf" | "ttc")) {
            files.push(path);
        }
    }
}

/// One template with its data; it can reach nothing else.
struct Desk<'a> {
    library: LazyHash<Library>,
    source: Source,
    data: Bytes,
    fonts: &'a Fonts,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() {
            return Ok(self.source.clone());
        }
        Err(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id.get().vpath().get_without_slash() == DATA {
            return Ok(self.data.clone());
        }
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets `template` with `data` (JSON). `ident` identifies the document; the same four give the
/// same bytes.
///
/// # Errors
/// The template and its data do not fit.
pub fn pdf(template: &str, data: &[u8], fonts: &Fonts, ident: &str) -> Result<Vec<u8>, PdfError> {
    let desk = Desk {
        library: LazyHash::new(<Library as LibraryExt>::default()),
        source: Source::detached(template),
        data: Bytes::new(data.to_vec()),
        fonts,
    };
    let document: PagedDocument = typst::compile(&desk)
        .output
        .map_err(|faults| told(&faults))?;
    let options = PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|faults| told(&faults))
}

fn told(faults: &[SourceDiagnostic]) -> PdfError {
    let words: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    PdfError::Template(words.join("; "))
}
