//! What the story's people record beside the clocks, on the day that the demonstration shows.

use chrono::Days;

use super::{Cast, Made};
use crate::cli::Trouble;
use crate::office::{AskFee, FilingId, MakeCommitment, Moment, Office};

/// The step of a project of the story.
pub(super) fn filing(made: &[Made], project: &str, step: &str) -> Result<FilingId, Trouble> {
    made.iter()
        .filter(|made| made.name == project)
        .flat_map(|made| &made.filings)
        .find(|filing| filing.step == step)
        .map(|filing| filing.id)
        .ok_or_else(|| format!("the story has no {step} of {project}").into())
}

/// A promise that ends within the week, and a fee that rests on a regulation.
///
/// # Errors
/// The office refuses one.
pub(super) async fn record(
    office: &Office,
    cast: &Cast,
    made: &[Made],
    at: Moment,
) -> Result<(), Trouble> {
    let crossing = filing(made, "桥北220千伏输变电工程", "road-crossing")?;
    let promise = MakeCommitment {
        filing: crossing,
        material: Some("commitment".to_owned()),
        promise: "跨越段施工期间设专人疏导交通;完工后恢复路基、边坡和排水设施原状。".to_owned(),
        on: at.today,
        due_on: at.today.checked_add_days(Days::new(6)).unwrap_or(at.today),
    };
    office.make_commitment(&cast.company, promise, at).await?;
    let transport = cast
        .officer_of("本溪市交通运输局")
        .ok_or("no officer for transport")?;
    let fee = AskFee {
        filing: crossing,
        name: "公路路产损坏补偿费".to_owned(),
        amount_fen: 860_000,
        basis: "公路法第44条".to_owned(),
        on: at.today,
    };
    office.ask_fee(transport, fee, at).await?;
    Ok(())
}
