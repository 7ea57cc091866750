//! The files of the story: a small page for each material, handed in before the application.

use crate::cli::Trouble;
use chrono::Days;

use crate::office::{Actor, FilingId, Moment, Office, Proceed};
use crate::statute::proceeding::Proceeding;

/// A project whose company brings one material on paper: its officer accepts all the same.
const ON_PAPER: (&str, &str) = ("偏岭66千伏输变电工程", "approval-basis");
/// Seven days, and as many as a holiday may add to them.
const POSTED_AGO: Days = Days::new(21);
/// A material that is handed in twice, as drawings are.
const TWICE: &str = "drawings";

/// Hands in what the step's list asks for.
///
/// # Errors
/// The office refuses a file.
pub(super) async fn hand_in(
    office: &Office,
    company: &Actor,
    project: &str,
    filing: FilingId,
    at: Moment,
) -> Result<(), Trouble> {
    let page = office.step_page(company, filing, at).await?;
    for line in page.materials.iter().filter(|line| line.missing) {
        let id = line.material.id.as_str();
        if (project, id) == ON_PAPER {
            continue;
        }
        if line.material.notice.is_some() {
            post(office, company, filing, at).await?;
        }
        let versions = if id == TWICE { 2 } else { 1 };
        for version in 1..=versions {
            let name = match version {
                1 => format!("{}.pdf", file_name(&line.material.name)),
                _ => format!("{}(修改稿).pdf", file_name(&line.material.name)),
            };
            let mut upload = office.begin_upload(company, filing, id, &name, at).await?;
            upload.write(&page_of(filing, id, version)).await?;
            office.hand_in(company, upload, at).await?;
        }
    }
    Ok(())
}

/// The ownership notice, posted long enough ago to have ended (方案第6条).
async fn post(
    office: &Office,
    company: &Actor,
    filing: FilingId,
    at: Moment,
) -> Result<(), Trouble> {
    let notice = Proceed {
        filing,
        on: at.today.checked_sub_days(POSTED_AGO).unwrap_or(at.today),
        what: Proceeding::NoticePosted {
            place: "村务公开栏".to_owned(),
            by: "村民委员会、镇人民政府".to_owned(),
            settled: None,
        },
    };
    Ok(office.proceed(company, notice, at).await?)
}

/// A material's name without what no file name should hold.
fn file_name(material: &str) -> String {
    material
        .chars()
        .filter(|c| !matches!(c, '《' | '》' | '/' | '\\'))
        .collect()
}

/// A PDF of one page that says what it stands for; the demonstration's documents are made up.
fn page_of(filing: FilingId, material: &str, version: u32) -> Vec<u8> {
    let words = format!("DEMONSTRATION - step {filing} - {material} - version {version}");
    let drawing = format!("BT /F1 14 Tf 60 760 Td ({words}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!(
            "<< /Length {} >>\nstream\n{drawing}\nendstream",
            drawing.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(pdf.len());
        pdf.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = pdf.len();
    pdf.push_str(&format!(
        "xref\n0 {}\n0000000000 65535 f \n",
        objects.len() + 1
    ));
    for place in places {
        pdf.push_str(&format!("{place:010} 00000 n \n"));
    }
    pdf.push_str(&format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    ));
    pdf.into_bytes()
}
