//! The kinds of files that are taken, and why these.
//!
//! # Why
//! Taken is what the offices hand to each other and what can be judged without unpacking it:
//! PDF and OFD (GB/T 33190, the state's own page format), scans as JPEG, PNG and TIFF, and the
//! documents of Word, Excel and WPS in the open and in the old format. Not taken: archives (an
//! entry of the list is one document, and what is inside could not be checked), documents with
//! macros or a password, web pages and programs.

/// A kind of file that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// PDF.
    Pdf,
    /// OFD, the page format of GB/T 33190.
    Ofd,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// TIFF.
    Tiff,
    /// A Word document, Office Open XML.
    Docx,
    /// An Excel workbook, Office Open XML.
    Xlsx,
    /// A Word or WPS document of the old binary format.
    Doc,
    /// An Excel or WPS workbook of the old binary format.
    Xls,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 9] = [
        Kind::Pdf,
        Kind::Ofd,
        Kind::Jpeg,
        Kind::Png,
        Kind::Tiff,
        Kind::Docx,
        Kind::Xlsx,
        Kind::Doc,
        Kind::Xls,
    ];

    /// The word in columns.
    pub fn code(self) -> &'static str {
        self.endings().first().copied().unwrap_or_default()
    }

    /// The kind that the word names, if any.
    pub fn from_code(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// How names of this kind end, in lower case; the usual one first.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Kind::Pdf => &["pdf"],
            Kind::Ofd => &["ofd"],
            Kind::Jpeg => &["jpg", "jpeg"],
            Kind::Png => &["png"],
            Kind::Tiff => &["tif", "tiff"],
            Kind::Docx => &["docx"],
            Kind::Xlsx => &["xlsx"],
            Kind::Doc => &["doc", "wps"],
            Kind::Xls => &["xls", "et"],
        }
    }

    /// The kind whose names end so.
    pub fn of_ending(ending: &str) -> Option<Kind> {
        let ending = ending.to_ascii_lowercase();
        Kind::ALL
            .into_iter()
            .find(|kind| kind.endings().contains(&ending.as_str()))
    }

    /// The media type that it is served as.
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Pdf => "application/pdf",
            Kind::Ofd => "application/ofd",
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::Tiff => "image/tiff",
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Doc => "application/msword",
            Kind::Xls => "application/vnd.ms-excel",
        }
    }
}
