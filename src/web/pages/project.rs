//! Projects: the list, one project, and its joint filing.

use rocket::http::{CookieJar, Status};
use rocket::{FromForm, Route, State, get, post, routes};

use crate::office::model::home::{ProjectSearch, ProjectState};
use crate::office::{FileJointly, FilingId, ProjectId};
use crate::view::form::JointForm;
use crate::web::answer::Answer;
use crate::web::csrf::Csrf;
use crate::web::guard::{self, Company, Session, Viewer};
use crate::web::problem::{self, Failure, Outcome};
use crate::web::{WebState, param};

/// The list's filter as it stands in the address.
#[derive(FromForm)]
struct Search<'r> {
    text: Option<&'r str>,
    county: Option<&'r str>,
    kv: Option<&'r str>,
    state: Option<&'r str>,
    after: Option<&'r str>,
}

impl Search<'_> {
    fn parse(&self) -> param::Parsed<ProjectSearch> {
        fn given(text: Option<&str>) -> Option<&str> {
            text.map(str::trim).filter(|text| !text.is_empty())
        }
        Ok(ProjectSearch {
            text: given(self.text).unwrap_or_default().to_owned(),
            county: given(self.county).map(param::county).transpose()?,
            volts: given(self.kv)
                .map(param::kilovolts)
                .transpose()?
                .map(|volts| volts.0),
            state: given(self.state).map(state_of).transpose()?,
            after: given(self.after)
                .map(|text| {
                    param::row(text)
                        .map(ProjectId)
                        .ok_or_else(|| "after 应为上一页给出的位置。".to_owned())
                })
                .transpose()?,
        })
    }
}

fn state_of(text: &str) -> param::Parsed<ProjectState> {
    match text {
        "overdue" => Ok(ProjectState::Overdue),
        "near-due" => Ok(ProjectState::NearDue),
        "open" => Ok(ProjectState::Open),
        "finished" => Ok(ProjectState::Finished),
        _ => Err("state 应为 overdue、near-due、open 或 finished。".to_owned()),
    }
}

#[get("/projects?<search..>")]
async fn list(who: Viewer<'_>, state: &State<WebState>, search: Search<'_>) -> Outcome {
    let search = search.parse().map_err(Failure::Query)?;
    let page = state.office.projects(&who.actor, &search, who.at).await?;
    Ok(Answer::page(state.view.projects(
        &who.shell(),
        &search,
        &page,
    )?))
}

#[get("/projects/<id>", rank = 2)]
async fn show(who: Viewer<'_>, state: &State<WebState>, id: &str) -> Outcome {
    page(&who, state, project(id)?, Status::Ok, &JointForm::default()).await
}

#[derive(FromForm)]
struct Joint {
    #[field(default = "")]
    on: String,
    #[field(default = "")]
    note: String,
    seen: Vec<String>,
}

impl Joint {
    fn parse(&self, project: ProjectId) -> param::Parsed<FileJointly> {
        let seen = self.seen.iter().map(|pair| {
            let (filing, seq) = pair.split_once(':').unwrap_or_default();
            let filing = param::row(filing).map(FilingId).unwrap_or(FilingId(0));
            param::seen(seq).map(|seq| (filing, seq))
        });
        Ok(FileJointly {
            project,
            seen: seen.collect::<Result<_, _>>()?,
            on: param::date(&self.on)?,
            note: param::words(&self.note),
        })
    }
}

#[post("/projects/<id>/joint-filing", data = "<form>")]
async fn file_jointly(
    who: Company<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    form: Csrf<Joint>,
) -> Outcome {
    let project = project(id)?;
    let refused = match form.parse(project) {
        Ok(joint) => match state.office.file_jointly(&who.actor, joint, who.at).await {
            Ok(filed) => {
                let words = format!("已同时提交 {} 项申请（方案第一条）", filed.len());
                guard::leave_notice(state, cookies, words);
                return Ok(Answer::See(format!("/projects/{project}")));
            }
            Err(error) => problem::trouble(error)?,
        },
        Err(expected) => problem::misread(expected),
    };
    let (status, trouble) = refused;
    let form = JointForm {
        on: form.on.clone(),
        note: form.note.clone(),
        trouble: Some(trouble),
    };
    page(&who, state, project, status, &form).await
}

async fn page(
    who: &Session,
    state: &State<WebState>,
    project: ProjectId,
    status: Status,
    form: &JointForm,
) -> Outcome {
    let page = state
        .office
        .project_page(&who.actor, project, who.at)
        .await?;
    let html = state.view.project(&who.shell(), &page, form)?;
    Ok(Answer::Html(status, html))
}

fn project(id: &str) -> Result<ProjectId, Failure> {
    param::row(id).map(ProjectId).ok_or(Failure::Nowhere)
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, show, file_jointly]
}
