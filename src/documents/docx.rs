//! A document for Word and WPS, laid out as GB/T 9704-2012 lays out official papers: A4, 28 mm and
//! 26 mm beside, 仿宋 of size three on lines of 28 points. Nothing is embedded; the reader's own
//! fonts are used.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, Docx, LineSpacing, LineSpacingType, PageMargin, Paragraph, Run, RunFonts,
    SpecialIndentType, Table, TableCell, TableRow, WidthType,
};

use super::FormatError;
use crate::office::model::paper::Paper;

/// Half-points: 三号 for the body, 二号 for the title, 小四 beneath.
const BODY: usize = 32;
const TITLE: usize = 44;
const SMALL: usize = 24;
/// Twentieths of a point: 28 points a line.
const LINE: i32 = 560;
/// Two characters of size three.
const INDENT: i32 = 640;
/// Twentieths of a point between the margins.
const WIDTH: usize = 8844;
const NAME: usize = 2400;

/// The document as .docx; the same words give the same bytes.
///
/// # Errors
/// The archive cannot be written.
pub fn docx(paper: &Paper) -> Result<Vec<u8>, FormatError> {
    let mut page = Page {
        docx: Docx::new()
            .page_size(11906, 16838)
            .page_margin(
                PageMargin::new()
                    .top(2098)
                    .bottom(1984)
                    .left(1588)
                    .right(1474),
            )
            .default_fonts(fonts("仿宋_GB2312"))
            .default_size(BODY),
        paragraphs: 0,
    };
    page.centred(&paper.title, TITLE, "宋体", true);
    page.centred(&paper.serial, BODY, "仿宋_GB2312", false);
    page.line("");
    if !paper.to.is_empty() {
        page.line(&paper.to);
    }
    for text in &paper.body {
        page.indented(text);
    }
    page.fields(&paper.fields);
    for (n, item) in paper.items.iter().enumerate() {
        page.indented(&format!("{}. {item}", n + 1));
    }
    for text in &paper.after {
        page.indented(text);
    }
    page.line("");
    page.right(&paper.signed);
    page.right(&paper.dated);
    page.line("");
    page.small(&format!(
        "查验码：{}（可在本系统“文书查验”页核对）",
        paper.code
    ));
    let mut bytes = Cursor::new(Vec::new());
    page.docx
        .build()
        .pack(&mut bytes)
        .map_err(|error| FormatError {
            serial: paper.serial.clone(),
            why: error.to_string(),
        })?;
    Ok(bytes.into_inner())
}

fn fonts(east_asia: &str) -> RunFonts {
    RunFonts::new()
        .east_asia(east_asia)
        .ascii("Times New Roman")
        .hi_ansi("Times New Roman")
}

struct Page {
    docx: Docx,
    paragraphs: u32,
}

impl Page {
    /// A paragraph with an identifier of its place: the library's own counts on through the
    /// process, and the bytes would not be the same twice.
    fn paragraph(&mut self) -> Paragraph {
        self.paragraphs += 1;
        Paragraph::new()
            .id(format!("{:08x}", self.paragraphs))
            .line_spacing(
                LineSpacing::new()
                    .line_rule(LineSpacingType::Exact)
                    .line(LINE),
            )
    }

    fn add(&mut self, paragraph: Paragraph) {
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }

    fn centred(&mut self, text: &str, size: usize, font: &str, bold: bool) {
        let mut run = Run::new().add_text(text).size(size).fonts(fonts(font));
        if bold {
            run = run.bold();
        }
        let paragraph = self.paragraph().align(AlignmentType::Center).add_run(run);
        self.add(paragraph);
    }

    fn line(&mut self, text: &str) {
        let paragraph = self.paragraph().add_run(Run::new().add_text(text));
        self.add(paragraph);
    }

    fn indented(&mut self, text: &str) {
        let first = Some(SpecialIndentType::FirstLine(INDENT));
        let paragraph = self
            .paragraph()
            .indent(None, first, None, None)
            .align(AlignmentType::Both)
            .add_run(Run::new().add_text(text));
        self.add(paragraph);
    }

    fn right(&mut self, text: &str) {
        let paragraph = self
            .paragraph()
            .align(AlignmentType::Right)
            .indent(None, None, Some(INDENT), None)
            .add_run(Run::new().add_text(text));
        self.add(paragraph);
    }

    fn small(&mut self, text: &str) {
        let paragraph = self
            .paragraph()
            .add_run(Run::new().add_text(text).size(SMALL));
        self.add(paragraph);
    }

    fn fields(&mut self, fields: &[(String, String)]) {
        if fields.is_empty() {
            return;
        }
        let rows = fields
            .iter()
            .map(|(name, content)| {
                let name = self.cell(name, NAME);
                let content = self.cell(content, WIDTH - NAME);
                TableRow::new(vec![name, content])
            })
            .collect();
        let table = Table::new(rows)
            .set_grid(vec![NAME, WIDTH - NAME])
            .width(WIDTH, WidthType::Dxa);
        self.docx = std::mem::take(&mut self.docx).add_table(table);
    }

    fn cell(&mut self, text: &str, width: usize) -> TableCell {
        let paragraph = self.paragraph().add_run(Run::new().add_text(text));
        TableCell::new()
            .width(width, WidthType::Dxa)
            .add_paragraph(paragraph)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_same_words_give_the_same_bytes() {
        let first = docx(&sample()).unwrap();
        assert_eq!(first, docx(&sample()).unwrap());
        let elsewhere = std::thread::spawn(|| docx(&sample()).unwrap());
        assert_eq!(first, elsewhere.join().unwrap());
        let mut other = sample();
        other.dated.push('x');
        assert_ne!(first, docx(&other).unwrap());
    }

    #[test]
    fn it_is_a_word_file() {
        let bytes = docx(&sample()).unwrap();
        assert!(bytes.starts_with(b"PK\x03\x04"));
        let holds = |text: &[u8]| bytes.windows(text.len()).any(|w| w == text);
        assert!(holds(b"word/document.xml"));
    }
}
