//! A document as PDF: the same words as on the page to print, fonts embedded. Behind the feature
//! `pdf`, since what sets it is large.

use std::path::PathBuf;
use std::sync::OnceLock;

use super::FormatError;
use crate::office::model::paper::Paper;

const TEMPLATE: &str = include_str!("../../templates/documents/paper.typ");
/// Where Debian keeps fonts.
const FONTS: [&str; 2] = ["/usr/share/fonts", "/usr/local/share/fonts"];

/// The document as PDF; the same words and fonts give the same bytes.
///
/// # Errors
/// No font is installed, or the template does not take the words.
pub fn pdf(paper: &Paper) -> Result<Vec<u8>, FormatError> {
    static LOADED: OnceLock<Result<pdf::Fonts, String>> = OnceLock::new();
    let failed = |why: String| FormatError {
        serial: paper.serial.clone(),
        why,
    };
    let fonts = LOADED
        .get_or_init(|| {
            pdf::Fonts::load(&FONTS.map(PathBuf::from)).map_err(|error| error.to_string())
        })
        .as_ref()
        .map_err(|why| failed(why.clone()))?;
    let data = serde_json::to_vec(paper).map_err(|error| failed(error.to_string()))?;
    pdf::pdf(TEMPLATE, &data, fonts, &paper.serial).map_err(|error| failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_give_the_same_pages() {
        let paper = super::super::sample();
        let bytes = pdf(&paper).expect("a font with Chinese letters is installed");
        assert!(bytes.starts_with(b"%PDF-"));
        assert_eq!(bytes, pdf(&paper).unwrap());
        if let Some(folder) = std::env::var_os("DOCUMENT_SAMPLES") {
            let folder = std::path::Path::new(&folder);
            std::fs::write(folder.join("paper.pdf"), bytes).unwrap();
            std::fs::write(
                folder.join("paper.docx"),
                super::super::docx(&paper).unwrap(),
            )
            .unwrap();
        }
    }
}
