//! What the story's people coordinate (方案三(二)), and the one entry that somebody types late.

use chrono::{Days, NaiveDate};

use super::beside::filing;
use super::{Cast, Made};
use crate::cli::Trouble;
use crate::office::coordination::{Coordinate, RaiseDifficulty};
use crate::office::{
    Actor, Called, Details, DifficultyId, MeetingId, Moment, Office, Owner, RecordEvent,
};
use crate::statute::clock::EventKind;

/// The project whose difficulty is met on.
const PROJECT: &str = "桥北220千伏输变电工程";
/// The project with an entry that is typed late.
const TYPED_LATE: &str = "彩屯10千伏公共配电网改造工程";

/// A difficulty with a meeting and three decisions: one overdue, one reported, one ahead; another
/// that nobody has met on; and a late entry.
///
/// # Errors
/// The office refuses an act.
pub(super) async fn record(
    office: &Office,
    cast: &Cast,
    made: &[Made],
    at: Moment,
) -> Result<(), Trouble> {
    let host = cast.watcher().ok_or("no government office")?;
    let seat = |name: &str| {
        let officer = cast.officer_of(name);
        let bureau = officer.and_then(|officer| officer.bureau.as_ref());
        bureau
            .map(|bureau| bureau.id)
            .ok_or_else(|| format!("no officer for {name}"))
    };
    let (land, forestry) = (seat("本溪市自然资源局")?, seat("本溪市林草局")?);
    let project = |name: &str| {
        let found = made.iter().find(|made| made.name == name);
        found
            .map(|made| made.project)
            .ok_or_else(|| format!("the story has no {name}"))
    };
    let raised = RaiseDifficulty {
        project: project(PROJECT)?,
        filing: Some(filing(made, PROJECT, "forestry-dossier")?),
        title: "塔基占用林地权属争议".to_owned(),
        words: "卧龙沟段17号至21号塔基占用林地,两个村都主张权属,林业组卷的现场踏勘不能进行。"
            .to_owned(),
        needs: vec![land, forestry],
        on: day(at, 12),
    };
    let id = office.raise_difficulty(&cast.company, raised, at).await?;
    let call = Coordinate::Call {
        on: day(at, 9),
        place: "市政府三楼会议室".to_owned(),
        called: Called {
            bureaus: vec![land, forestry],
            bodies: vec!["water".to_owned()],
            company: true,
        },
    };
    office.coordinate(host, id, call, at).await?;
    let meeting = office.matter_page(host, id, at).await?;
    let meeting = meeting.meetings.first().ok_or("no meeting")?.id;
    let words = "以二调林权底图为准核实界址;争议未决前先就无争议的塔基踏勘。".to_owned();
    let minute = Coordinate::Minute { meeting, words };
    office.coordinate(host, id, minute, at).await?;
    decide(office, host, id, meeting, at, (land, forestry)).await?;

    let waiting = RaiseDifficulty {
        project: project("偏岭66千伏输变电工程")?,
        filing: None,
        title: "进站道路与河道管理范围重叠".to_owned(),
        words: "变电站进站道路有80米在河道管理范围内,需水务部门明确意见。".to_owned(),
        needs: vec![land],
        on: at.today,
    };
    office.raise_difficulty(&cast.company, waiting, at).await?;
    typed_late(office, made, at).await
}

fn day(at: Moment, ago: u64) -> NaiveDate {
    at.today
        .checked_sub_days(Days::new(ago))
        .unwrap_or(at.today)
}

async fn decide(
    office: &Office,
    host: &Actor,
    id: DifficultyId,
    meeting: MeetingId,
    at: Moment,
    (land, forestry): (crate::office::BureauId, crate::office::BureauId),
) -> Result<(), Trouble> {
    let ahead = at.today.checked_add_days(Days::new(5)).unwrap_or(at.today);
    for (owner, words, due_on) in [
        (
            Owner::Bureau(forestry),
            "核实17号至21号塔基的林权界址,出具书面意见。",
            day(at, 2),
        ),
        (
            Owner::Bureau(land),
            "提供二调和三调图斑,供林草部门比对。",
            at.today,
        ),
        (Owner::Company, "补测塔基坐标,报送林草部门。", ahead),
    ] {
        let decide = Coordinate::Decide {
            meeting,
            owner: Some(owner),
            words: words.to_owned(),
            due_on,
        };
        office.coordinate(host, id, decide, at).await?;
    }
    Ok(())
}

/// An acceptance of the day of filing, which the officer types only today.
async fn typed_late(office: &Office, made: &[Made], at: Moment) -> Result<(), Trouble> {
    let filed = made
        .iter()
        .filter(|made| made.name == TYPED_LATE)
        .flat_map(|made| &made.filings)
        .find(|filed| filed.step == "drawing-confirmation")
        .ok_or("nothing to type late")?;
    let page = office.step_page(&filed.officer, filed.id, at).await?;
    let event = RecordEvent {
        filing: filed.id,
        kind: EventKind::Accepted,
        on: page.card.submitted_on.ok_or("not filed")?,
        note: Some("当日已在窗口受理,今日补录。".to_owned()),
        details: Details::default(),
        seen: filed.seq,
        despite_missing: true,
    };
    office.record(&filed.officer, event, at).await?;
    Ok(())
}
