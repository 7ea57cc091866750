//! The board of every open step.

use rocket::{FromForm, Route, State, get, routes};

use crate::office::model::{BoardLamp, Dimension};
use crate::office::{BoardFilter, BoardQuery, BureauId, OfficeError, PersonId, Place, ProjectId};
use crate::web::answer::Answer;
use crate::web::guard::Viewer;
use crate::web::problem::{Failure, Outcome};
use crate::web::{WebState, param};

/// The query as typed; `kind` is what older addresses say for the lamp.
#[derive(Debug, FromForm)]
struct Typed<'r> {
    by: Option<&'r str>,
    lamp: Option<&'r str>,
    kind: Option<&'r str>,
    bureau: Option<&'r str>,
    county: Option<&'r str>,
    step: Option<&'r str>,
    company: Option<&'r str>,
    project: Option<&'r str>,
    groups: Option<&'r str>,
    after: Option<&'r str>,
}

fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

fn expected(words: &str) -> Failure {
    Failure::Query(words.to_owned())
}

fn row(text: Option<&str>, words: &str) -> Result<Option<i64>, Failure> {
    let row = given(text).map(|text| param::row(text).ok_or_else(|| expected(words)));
    row.transpose()
}

fn lamp(typed: &Typed<'_>) -> Result<Option<BoardLamp>, Failure> {
    if let Some(code) = given(typed.lamp) {
        return match BoardLamp::from_code(code) {
            Some(lamp) => Ok(Some(lamp)),
            None => {
                let codes = BoardLamp::ALL.map(BoardLamp::code).join("、");
                Err(expected(&format!("lamp 应为 {codes} 之一。")))
            }
        };
    }
    match given(typed.kind) {
        None => Ok(None),
        Some("overdue") => Ok(Some(BoardLamp::Red)),
        Some("near-due") => Ok(Some(BoardLamp::Yellow)),
        Some(_) => Err(expected("kind 应为 overdue（超期）或 near-due（临期）。")),
    }
}

fn place(text: &str) -> Result<Place, Failure> {
    match text {
        "city" => Ok(Place::City),
        county => param::county(county).map(Place::In).map_err(Failure::Query),
    }
}

impl Typed<'_> {
    fn parsed(&self) -> Result<BoardQuery, Failure> {
        let by = match given(self.by) {
            None => Dimension::default(),
            Some(code) => Dimension::from_code(code)
                .ok_or_else(|| expected("by 应为 bureau、county、step、company、project 之一。"))?,
        };
        Ok(BoardQuery {
            by,
            lamp: lamp(self)?,
            filter: BoardFilter {
                bureau: row(self.bureau, "bureau 应为部门的编号。")?.map(BureauId),
                place: given(self.county).map(place).transpose()?,
                step: given(self.step).map(|step| step.into()),
                company: row(self.company, "company 应为申报人的编号。")?.map(PersonId),
                project: row(self.project, "project 应为项目的编号。")?.map(ProjectId),
            },
            after: self.after.and_then(param::words),
            groups_after: self.groups.and_then(param::words),
        })
    }
}

#[get("/board?<typed..>")]
async fn board(who: Viewer<'_>, state: &State<WebState>, typed: Typed<'_>) -> Outcome {
    let query = typed.parsed()?;
    // Before what the page shows, so that no change between the two is lost.
    let version = state.office.version(who.at).await?;
    let board = match state.office.board(&who.actor, &query, who.at).await {
        Err(OfficeError::Invalid(faults)) => {
            let words = faults.into_iter().map(|fault| fault.message);
            return Err(expected(&words.collect::<Vec<_>>().join("；")));
        }
        other => other?,
    };
    let shell = who.live_shell(version);
    Ok(Answer::page(state.view.board(&shell, &query, &board)?))
}

pub(super) fn routes() -> Vec<Route> {
    routes![board]
}
