//! Suppositions (推演): nothing here is stored.

use rocket::http::Status;
use rocket::{Route, State, get, post, routes};

use crate::office::{FieldFault, OfficeError, Suppose};
use crate::statute::plan::StepId;
use crate::view::form::WhatIfTyped;
use crate::web::WebState;
use crate::web::answer::Answer;
use crate::web::csrf::Csrf;
use crate::web::guard::Supposer;
use crate::web::problem::Outcome;
use crate::web::typed::Typed;

fn fault(field: &'static str, message: &str) -> Vec<FieldFault> {
    let message = message.to_owned();
    vec![FieldFault { field, message }]
}

/// What is asked; `Ok(None)`: nothing yet.
fn asked(typed: &WhatIfTyped) -> Result<Option<Suppose>, Vec<FieldFault>> {
    if !typed.parallel.is_empty() {
        let (step, ahead) = typed
            .parallel
            .split_once(':')
            .ok_or_else(|| fault("ahead", "请从列表中选择"))?;
        let (step, ahead) = (StepId::from(step), StepId::from(ahead));
        return Ok(Some(Suppose::Parallel { step, ahead }));
    }
    if typed.step.is_empty() && typed.days.is_empty() {
        return Ok(None);
    }
    if typed.step.is_empty() {
        return Err(fault("step", "请选择事项"));
    }
    let days = typed.days.trim().parse();
    let days = days.map_err(|_| fault("days", "时限应为工作日的整数，如 5"))?;
    let step = StepId::from(typed.step.as_str());
    Ok(Some(Suppose::Limit { step, days }))
}

#[get("/what-if?<step>&<days>&<parallel>&<page>")]
async fn what_if(
    who: Supposer<'_>,
    state: &State<WebState>,
    step: Option<&str>,
    days: Option<&str>,
    parallel: Option<&str>,
    page: Option<&str>,
) -> Outcome {
    let given = |text: Option<&str>| text.unwrap_or_default().trim().to_owned();
    let typed = WhatIfTyped {
        step: given(step),
        days: given(days),
        parallel: given(parallel),
        ..WhatIfTyped::default()
    };
    let page = page.and_then(|text| text.parse().ok()).unwrap_or(1);
    shown(&who, state, asked(&typed), typed, page).await
}

#[post("/what-if", data = "<form>")]
async fn catalogue(who: Supposer<'_>, state: &State<WebState>, form: Csrf<Typed>) -> Outcome {
    let typed = WhatIfTyped {
        text: form.get("text").replace("\r\n", "\n"),
        ..WhatIfTyped::default()
    };
    let asked = match typed.text.trim().is_empty() {
        true => Err(fault("text", "请粘贴修改后的目录文本")),
        false => Ok(Some(Suppose::Catalogue(typed.text.clone()))),
    };
    shown(&who, state, asked, typed, 1).await
}

async fn shown(
    who: &Supposer<'_>,
    state: &State<WebState>,
    asked: Result<Option<Suppose>, Vec<FieldFault>>,
    mut typed: WhatIfTyped,
    page: u32,
) -> Outcome {
    let steps = state.office.step_choices(&who.actor)?;
    let found = match &asked {
        Err(faults) => Err(faults.clone()),
        Ok(None) => Ok(None),
        Ok(Some(asked)) => {
            let found = state.office.what_if(&who.actor, asked, page, who.at).await;
            match found {
                Err(OfficeError::Invalid(faults)) => Err(faults),
                other => Ok(Some(other?)),
            }
        }
    };
    let (status, found) = match found {
        Ok(found) => (Status::Ok, found),
        Err(faults) => {
            typed.faults = faults;
            (Status::UnprocessableEntity, None)
        }
    };
    let what = asked.as_ref().ok().and_then(Option::as_ref);
    let html = state
        .view
        .what_if(&who.shell(), &steps, &typed, what.zip(found.as_ref()))?;
    Ok(Answer::Html(status, html))
}

pub(super) fn routes() -> Vec<Route> {
    routes![what_if, catalogue]
}
