//! Figures (效能统计), as a page and as a table for spreadsheets.

use rocket::{FromForm, Route, State, get, routes};

use super::paper::Bytes;
use crate::office::model::figures::{Figures, FiguresBy, FiguresQuery};
use crate::office::model::late::Month;
use crate::office::{BureauId, OfficeError};
use crate::statute::plan::StepId;
use crate::web::answer::Answer;
use crate::web::guard::Viewer;
use crate::web::problem::{Failure, Outcome};
use crate::web::{WebState, param};

/// What an address asks for; what it leaves out is the last twelve months of everything.
#[derive(FromForm)]
struct Asked {
    from: Option<String>,
    to: Option<String>,
    bureau: Option<String>,
    step: Option<String>,
    by: Option<String>,
}

impl Asked {
    fn query(&self, who: &Viewer<'_>) -> Result<FiguresQuery, Failure> {
        let wrong = |words: &str| Failure::Query(words.to_owned());
        let given = |text: &Option<String>| text.as_deref().and_then(param::words);
        let month = |text: &Option<String>, usual: Month, name: &str| {
            given(text).map_or(Ok(usual), |text| {
                let words = format!("{name} 应为年月，如 2026-11。");
                Month::read(&text).ok_or(Failure::Query(words))
            })
        };
        let usual = FiguresQuery::last_year(who.at.today);
        let to = month(&self.to, usual.to, "to")?;
        Ok(FiguresQuery {
            from: month(&self.from, usual.from.min(to), "from")?,
            to,
            bureau: given(&self.bureau)
                .map(|text| {
                    let row = param::row(&text).map(BureauId);
                    row.ok_or_else(|| wrong("bureau 应为部门的编号。"))
                })
                .transpose()?,
            step: given(&self.step).map(StepId),
            by: given(&self.by).map_or(Ok(usual.by), |text| {
                let words = "by 应为 month、bureau 或 step。";
                FiguresBy::from_code(&text).ok_or_else(|| wrong(words))
            })?,
        })
    }

    async fn found(&self, who: &Viewer<'_>, state: &WebState) -> Result<Figures, Failure> {
        let query = self.query(who)?;
        match state.office.figures(&who.actor, &query, who.at).await {
            Err(OfficeError::Invalid(faults)) => {
                let words: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
                Err(Failure::Query(words.join("；")))
            }
            other => Ok(other?),
        }
    }
}

#[get("/figures?<asked..>")]
async fn page(who: Viewer<'_>, state: &State<WebState>, asked: Asked) -> Outcome {
    let found = asked.found(&who, state).await?;
    Ok(Answer::page(state.view.figures(&who.shell(), &found)?))
}

#[get("/figures.csv?<asked..>")]
async fn csv(who: Viewer<'_>, state: &State<WebState>, asked: Asked) -> Result<Bytes, Failure> {
    let found = asked.found(&who, state).await?;
    let (name, text) = state.view.figures_csv(&found);
    Ok(Bytes(name, "csv", text.into_bytes()))
}

pub(super) fn routes() -> Vec<Route> {
    routes![page, csv]
}
