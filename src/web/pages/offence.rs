//! Offences against power facilities: reported by the company, handled by the bureau that has
//! them, shown to those concerned.

use std::collections::BTreeMap;

use rand::RngCore;
use rocket::http::{CookieJar, Status};
use rocket::{Route, State, get, post, routes};

use crate::office::model::offences::OffenceSearch;
use crate::office::{FieldFault, HandleOffence, OffenceId, OfficeError, ProjectId, ReportOffence};
use crate::statute::offence::{Entry, OffenceKind, Outcome, State as OffenceState};
use crate::statute::plan::BureauKind;
use crate::view::form::{OffenceAsk, OffenceForm, Retyped};
use crate::web::answer::Answer;
use crate::web::csrf::Csrf;
use crate::web::guard::{self, Company, Recorder, Session, Viewer};
use crate::web::problem::{self, Failure, Outcome as Answered};
use crate::web::typed::{NotTaken, Typed};
use crate::web::{WebState, param};

#[get("/offences?<state>&<after>")]
async fn list(
    who: Viewer<'_>,
    web: &State<WebState>,
    state: Option<&str>,
    after: Option<&str>,
) -> Answered {
    let unknown = || Failure::Query("状态或翻页位置无法识别，请从“涉电违法”重新进入。".to_owned());
    let state = match state.filter(|code| !code.is_empty()) {
        Some(code) => Some(OffenceState::from_code(code).ok_or_else(unknown)?),
        None => None,
    };
    let after = match after {
        Some(after) => Some(param::row(after).map(OffenceId).ok_or_else(unknown)?),
        None => None,
    };
    let search = OffenceSearch { state, after };
    let list = web.office.offences(&who.actor, &search).await?;
    let html = web.view.offences(&who.shell(), &search, &list)?;
    Ok(Answer::page(html))
}

/// A key that no other form has.
fn fresh_key() -> String {
    let mut bytes = [0_u8; 16];
    rand::rng().fill_bytes(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[get("/offences/new?<project>")]
async fn form(who: Company<'_>, state: &State<WebState>, project: Option<&str>) -> Answered {
    let asked = project.unwrap_or_default().to_owned();
    let form = OffenceForm {
        values: BTreeMap::from([("project".to_owned(), asked)]),
        request_key: fresh_key(),
        ..OffenceForm::default()
    };
    reporting(&who, state, Status::Ok, &form).await
}

#[post("/offences/new", data = "<form>")]
async fn report(
    who: Company<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    form: Csrf<Typed>,
) -> Answered {
    let mut shown = OffenceForm {
        values: form.values(),
        request_key: form.get("request_key").to_owned(),
        ..OffenceForm::default()
    };
    if shown.request_key.is_empty() {
        shown.request_key = fresh_key();
    }
    let wish = match read(&form, &shown.request_key) {
        Ok(wish) => wish,
        Err(faults) => {
            shown.faults = faults;
            return reporting(&who, state, Status::UnprocessableEntity, &shown).await;
        }
    };
    match state.office.report_offence(&who.actor, wish, who.at).await {
        Ok(id) => {
            let done = "已报告，并已送承办部门。有现场图片的，请在下方上传。";
            guard::leave_notice(state, cookies, done.to_owned());
            Ok(Answer::See(format!("/offences/{id}")))
        }
        Err(OfficeError::Invalid(faults)) => {
            shown.faults = faults;
            reporting(&who, state, Status::UnprocessableEntity, &shown).await
        }
        Err(error) => {
            let (status, trouble) = problem::trouble(error)?;
            shown.trouble = Some(trouble);
            reporting(&who, state, status, &shown).await
        }
    }
}

/// The report as typed, or every fault of it.
fn read(form: &Typed, request_key: &str) -> Result<ReportOffence, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let kind = OffenceKind::from_code(form.get("kind")).ok_or_else(|| {
        "请选择类别：树线矛盾、线路下方违建或电力设施被盗（方案第14条）。".to_owned()
    });
    let kind = sound(&mut faults, "kind", kind);
    let county = match form.get("county") {
        "" => Err("请选择县（区）。".to_owned()),
        code => param::county(code),
    };
    let county = sound(&mut faults, "county", county);
    let on = sound(&mut faults, "found_on", param::date(form.get("found_on")));
    let hour = sound(
        &mut faults,
        "found_time",
        param::hour(form.get("found_time")),
    );
    let project = match form.get("project") {
        "" => Ok(None),
        id => param::row(id)
            .map(|id| Some(ProjectId(id)))
            .ok_or_else(|| "请从列表中选择涉及的项目，或不选。".to_owned()),
    };
    let project = sound(&mut faults, "project", project);
    match (kind, county, on, hour, project) {
        (Some(kind), Some(county), Some(on), Some(hour), Some(project)) => Ok(ReportOffence {
            kind,
            county,
            place: form.words("place"),
            found_at: param::instant(on, hour),
            words: form.words("words"),
            project,
            large_works: form.get("large_works") == "yes",
            request_key: request_key.to_owned(),
        }),
        _ => Err(faults),
    }
}

fn sound<T>(
    faults: &mut Vec<FieldFault>,
    field: &'static str,
    parsed: param::Parsed<T>,
) -> Option<T> {
    match parsed {
        Ok(value) => Some(value),
        Err(message) => {
            faults.push(FieldFault { field, message });
            None
        }
    }
}

async fn reporting(
    who: &Session,
    state: &State<WebState>,
    status: Status,
    form: &OffenceForm,
) -> Answered {
    let asked = form.values.get("project").map_or("", String::as_str);
    let asked = param::row(asked).map(ProjectId);
    let page = state.office.offence_form(&who.actor, asked, who.at).await?;
    let html = state.view.offence_new(&who.shell(), &page, form)?;
    Ok(Answer::Html(status, html))
}

#[get("/offences/<id>", rank = 2)]
async fn one(who: Viewer<'_>, state: &State<WebState>, id: &str) -> Answered {
    let id = param::row(id).map(OffenceId).ok_or(Failure::Nowhere)?;
    page(&who, state, id, Status::Ok, &OffenceAsk::default()).await
}

/// The offence's page as it stands now.
pub(super) async fn page(
    who: &Session,
    state: &State<WebState>,
    id: OffenceId,
    status: Status,
    ask: &OffenceAsk,
) -> Answered {
    let page = state.office.offence_page(&who.actor, id).await?;
    let html = state.view.offence(&who.shell(), &page, ask)?;
    Ok(Answer::Html(status, html))
}

#[post("/offences/<id>/entries/<kind>", data = "<form>")]
async fn handle(
    who: Recorder<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    kind: &str,
    form: Csrf<Typed>,
) -> Answered {
    let offence = param::row(id).map(OffenceId).ok_or(Failure::Nowhere)?;
    let done = match kind {
        "received" => "已受理。",
        "progress" => "已登记处置进展。",
        "transferred" => "已移送。",
        "closed" => "已办结。",
        _ => return Err(Failure::Nowhere),
    };
    let result: Result<(), NotTaken> = async {
        // Who may not see it learns nothing from how it is typed.
        state.office.offence_page(&who.actor, offence).await?;
        let what = entry(kind, &form)?;
        let on = param::date(form.get("on"))?;
        let wish = HandleOffence { offence, on, what };
        Ok(state
            .office
            .handle_offence(&who.actor, wish, who.at)
            .await?)
    }
    .await;
    let (status, trouble) = match result {
        Ok(()) => {
            guard::leave_notice(state, cookies, done.to_owned());
            return Ok(Answer::See(format!("/offences/{offence}#history")));
        }
        Err(NotTaken::Misread(expected)) => problem::misread(expected),
        Err(NotTaken::Office(error)) => problem::trouble(error)?,
    };
    let ask = OffenceAsk {
        small: Some(Retyped {
            form: format!("entry-{kind}"),
            values: form.values(),
            trouble,
        }),
        ..OffenceAsk::default()
    };
    page(&who, state, offence, status, &ask).await
}

fn entry(kind: &str, form: &Typed) -> param::Parsed<Entry> {
    Ok(match kind {
        "received" => Entry::Received,
        "progress" => Entry::Progress {
            words: form.words("words"),
        },
        "transferred" => Entry::Transferred {
            to: BureauKind::from_code(form.get("to"))
                .ok_or_else(|| "请选择移送的部门（方案第14条）。".to_owned())?,
            reason: form.words("reason"),
        },
        _ => Entry::Closed {
            outcome: Outcome::from_code(form.get("outcome"))
                .ok_or_else(|| "请选择结果：已处置、查无实据或移送司法。".to_owned())?,
            words: form.words("words"),
        },
    })
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, form, report, one, handle]
}
