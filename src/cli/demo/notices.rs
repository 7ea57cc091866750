//! What the story's one-time notices ask for.

use crate::cli::Trouble;
use crate::office::{Actor, Details, FilingId, Moment, Office, Requested};

/// A notice that has one material of the step's list replaced, and one thing more put right.
///
/// # Errors
/// The step is not shown.
pub(super) async fn requested(
    office: &Office,
    officer: &Actor,
    filing: FilingId,
    at: Moment,
) -> Result<Details, Trouble> {
    let page = office.step_page(officer, filing, at).await?;
    let listed = page.materials.iter().rfind(|line| line.listed);
    let material = listed.map(|line| Requested {
        material: Some(line.material.id.clone()),
        name: line.material.name.clone(),
    });
    let typed = Requested {
        material: None,
        name: "申请书补齐签章和日期".to_owned(),
    };
    Ok(Details {
        requested: material.into_iter().chain([typed]).collect(),
        ..Details::default()
    })
}
