//! What the story's people record beside the clocks, on the day that the demonstration shows.

use chrono::Days;

use super::{Cast, Made};
use crate::cli::Trouble;
use crate::office::{
    Actor, AskCorrection, AskFee, Details, FilingId, HandOver, MakeCommitment, Moment, Office,
    Proceed, RecordEvent,
};
use crate::statute::clock::{Event, EventKind};
use crate::statute::division::County;
use crate::statute::proceeding::Proceeding;

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
    correct(office, transport, crossing, at).await?;
    proceed(office, cast, made, at).await
}

/// The acceptance was on the day of filing, not later: asked for, and waiting for the lead.
async fn correct(
    office: &Office,
    officer: &Actor,
    filing: FilingId,
    at: Moment,
) -> Result<(), Trouble> {
    let page = office.step_page(officer, filing, at).await?;
    let of = |kind: &EventKind| page.ledger.iter().find(|line| line.kind == *kind);
    let filed = of(&EventKind::Submitted).ok_or("the crossing was not filed")?;
    let accepted = of(&EventKind::Accepted).ok_or("the crossing was not accepted")?;
    let wish = AskCorrection {
        filing,
        entry: accepted.seq,
        event: Some(Event {
            on: filed.on,
            kind: EventKind::Accepted,
        }),
        reason: "申请当日已当场受理,登记时误填为次日。".to_owned(),
        seen: page.seq,
    };
    office.ask_correction(officer, wish, at).await?;
    Ok(())
}

/// What the clauses let people do beside the clocks, as far as the story has come.
async fn proceed(office: &Office, cast: &Cast, made: &[Made], at: Moment) -> Result<(), Trouble> {
    let officer = |name: &str| {
        let found = cast.officer_of(name);
        found.ok_or_else(|| format!("no officer for {name}"))
    };
    let land = officer("本溪市自然资源局")?;
    let act = async |actor: &Actor, filing, ago: u64, what| -> Result<(), Trouble> {
        let on = at
            .today
            .checked_sub_days(Days::new(ago))
            .unwrap_or(at.today);
        let wish = Proceed { filing, on, what };
        Ok(office.proceed(actor, wish, at).await?)
    };
    let stand_in = away(office, cast, land, at).await?;
    review(office, made, stand_in, at).await?;
    let site = filing(made, "偏岭66千伏输变电工程", "site-selection")?;
    let county = County::BenxiCounty;
    act(land, site, 5, Proceeding::ConsultationAsked { county }).await?;
    let green = filing(made, "站前10千伏公共配电网新建工程", "green-occupation")?;
    let running = Vec::new();
    let started = Proceeding::ConstructionStarted { running };
    act(&cast.company, green, 12, started).await?;

    let dossiers = made
        .iter()
        .filter(|made| made.name == "桥北220千伏输变电工程")
        .flat_map(|made| &made.filings)
        .filter(|filing| filing.step == "land-dossier");
    for dossier in dossiers {
        let begun = |part: &str, officer: &str| Proceeding::PartBegun {
            part: part.to_owned(),
            officer: officer.to_owned(),
        };
        let (own, id) = (&dossier.officer, dossier.id);
        act(own, id, 6, begun("cadastral-survey", "调查科 李志远")).await?;
        act(own, id, 6, begun("land-hearing", "利用科 孙丽")).await?;
        let part = "cadastral-survey".to_owned();
        act(own, id, 1, Proceeding::PartDone { part }).await?;
    }
    Ok(())
}

/// An officer on leave, and the colleague who stands in.
async fn away<'c>(
    office: &Office,
    cast: &'c Cast,
    officer: &Actor,
    at: Moment,
) -> Result<&'c Actor, Trouble> {
    let mut colleagues = cast.colleagues_of(officer);
    let stand_in = colleagues.next().ok_or("an officer without a colleague")?;
    let wish = HandOver {
        giver: None,
        stand_in: stand_in.id,
        first_on: at.today,
        last_on: at.today.checked_add_days(Days::new(9)).unwrap_or(at.today),
        reason: "年休假".to_owned(),
    };
    office.hand_over(officer, wish, at).await?;
    Ok(stand_in)
}

/// The stand-in has experts look at a plan: the entry and its notice show both names.
async fn review(
    office: &Office,
    made: &[Made],
    stand_in: &Actor,
    at: Moment,
) -> Result<(), Trouble> {
    let permit = made
        .iter()
        .filter(|made| made.name == "田师傅110千伏输变电工程")
        .flat_map(|made| &made.filings)
        .find(|filing| filing.step == "planning-permit")
        .ok_or("the story has no permit to review")?;
    let event = RecordEvent {
        filing: permit.id,
        kind: EventKind::Suspended {
            ground: "expert-review".to_owned(),
        },
        on: at.today,
        note: Some("设计方案须经专家评审,预计需要十个工作日。".to_owned()),
        details: Details::default(),
        seen: permit.seq,
        despite_missing: false,
    };
    office.record(stand_in, event, at).await?;
    Ok(())
}
