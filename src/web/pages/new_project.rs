//! Entering a project: its facts, the route that they give, and making it.

use rand::RngCore;
use rocket::http::{CookieJar, Status};
use rocket::{FromForm, Route, State, get, post, routes};

use crate::office::model::RoutePreview;
use crate::office::{FieldFault, NewProject, OfficeError};
use crate::statute::plan::ProjectFacts;
use crate::view::form::{ProjectForm, ProjectTyped};
use crate::view::words;
use crate::web::answer::Answer;
use crate::web::csrf::Csrf;
use crate::web::guard::{self, Company, Session};
use crate::web::problem::{Failure, Outcome};
use crate::web::{WebState, param};

/// The form as sent: an unticked box is not sent at all.
#[derive(FromForm)]
struct Typed {
    #[field(default = "")]
    name: String,
    #[field(default = "")]
    code: String,
    #[field(default = "")]
    voltage_kv: String,
    #[field(default = "")]
    works: String,
    counties: Vec<String>,
    #[field(default = "")]
    request_key: String,
    #[field(name = "do", default = "")]
    what: String,
    public_network: Option<String>,
    user_demand: Option<String>,
    new_land: Option<String>,
    forest_land: Option<String>,
    green_hills: Option<String>,
    fells_trees: Option<String>,
    trees_without_certificate: Option<String>,
    crosses_highway: Option<String>,
    opens_city_road: Option<String>,
    occupies_green: Option<String>,
    shades_neighbours: Option<String>,
    changes_blueprint: Option<String>,
    changes_land_scale: Option<String>,
    changes_building_scale: Option<String>,
}

fn ticked(field: &Option<String>) -> bool {
    field.as_deref() == Some("true")
}

/// Keeps the value, or its fault.
fn take<T>(
    faults: &mut Vec<FieldFault>,
    field: &'static str,
    parsed: param::Parsed<T>,
) -> Option<T> {
    parsed
        .map_err(|message| faults.push(FieldFault { field, message }))
        .ok()
}

impl Typed {
    /// The facts, or every fault at once.
    fn facts(&self) -> Result<ProjectFacts, Vec<FieldFault>> {
        let mut faults = Vec::new();
        let voltage = take(
            &mut faults,
            "voltage_kv",
            param::kilovolts(&self.voltage_kv),
        );
        let works = take(&mut faults, "works", param::works(&self.works));
        let counties = self.counties.iter().map(|code| param::county(code));
        let counties = take(&mut faults, "counties", counties.collect());
        match (voltage, works, counties) {
            (Some(voltage), Some(works), Some(counties)) => Ok(ProjectFacts {
                voltage,
                works,
                counties,
                public_network: ticked(&self.public_network),
                user_demand: ticked(&self.user_demand),
                new_land: ticked(&self.new_land),
                forest_land: ticked(&self.forest_land),
                green_hills: ticked(&self.green_hills),
                fells_trees: ticked(&self.fells_trees),
                trees_without_certificate: ticked(&self.trees_without_certificate),
                crosses_highway: ticked(&self.crosses_highway),
                opens_city_road: ticked(&self.opens_city_road),
                occupies_green: ticked(&self.occupies_green),
                shades_neighbours: ticked(&self.shades_neighbours),
                changes_blueprint: ticked(&self.changes_blueprint),
                changes_land_scale: ticked(&self.changes_land_scale),
                changes_building_scale: ticked(&self.changes_building_scale),
            }),
            _ => Err(faults),
        }
    }

    fn shown(&self) -> ProjectTyped {
        ProjectTyped {
            name: self.name.clone(),
            code: self.code.clone(),
            voltage_kv: self.voltage_kv.clone(),
            works: self.works.clone(),
            counties: self.counties.clone(),
            public_network: ticked(&self.public_network),
            user_demand: ticked(&self.user_demand),
            new_land: ticked(&self.new_land),
            forest_land: ticked(&self.forest_land),
            green_hills: ticked(&self.green_hills),
            fells_trees: ticked(&self.fells_trees),
            trees_without_certificate: ticked(&self.trees_without_certificate),
            crosses_highway: ticked(&self.crosses_highway),
            opens_city_road: ticked(&self.opens_city_road),
            occupies_green: ticked(&self.occupies_green),
            shades_neighbours: ticked(&self.shades_neighbours),
            changes_blueprint: ticked(&self.changes_blueprint),
            changes_land_scale: ticked(&self.changes_land_scale),
            changes_building_scale: ticked(&self.changes_building_scale),
        }
    }

    /// The route that the facts give, or why they give none.
    fn preview(
        &self,
        who: &Session,
        state: &State<WebState>,
    ) -> Result<Result<RoutePreview, String>, Failure> {
        let facts = match self.facts() {
            Ok(facts) => facts,
            Err(faults) => return Ok(Err(joined(&faults))),
        };
        match state.office.preview(&facts, who.at) {
            Ok(route) => Ok(Ok(route)),
            Err(error @ (OfficeError::Facts(_) | OfficeError::Invalid(_))) => {
                Ok(Err(words::trouble(&error).detail))
            }
            Err(error) => Err(Failure::Office(error)),
        }
    }
}

fn joined(faults: &[FieldFault]) -> String {
    faults.iter().map(|fault| fault.message.as_str()).collect()
}

/// A key that no other form has, so that a form sent twice makes one project.
fn fresh_key() -> String {
    let mut bytes = [0_u8; 16];
    rand::rng().fill_bytes(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[get("/projects/new")]
fn form(who: Company<'_>, state: &State<WebState>) -> Outcome {
    let form = ProjectForm {
        typed: ProjectTyped::default(),
        faults: Vec::new(),
        preview: None,
        request_key: fresh_key(),
    };
    Ok(Answer::page(state.view.new_project(&who.shell(), &form)?))
}

#[post("/projects/preview", data = "<form>")]
fn preview(who: Company<'_>, state: &State<WebState>, form: Csrf<Typed>) -> Outcome {
    let route = form.preview(&who, state)?;
    Ok(Answer::page(state.view.route_preview(&route)?))
}

#[post("/projects/new", data = "<form>")]
async fn create(
    who: Company<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    form: Csrf<Typed>,
) -> Outcome {
    if form.what == "preview" {
        let faults = form.facts().err().unwrap_or_default();
        let status = if faults.is_empty() {
            Status::Ok
        } else {
            Status::UnprocessableEntity
        };
        return again(&who, state, &form, status, faults);
    }
    let facts = match form.facts() {
        Ok(facts) => facts,
        Err(faults) => {
            return again(&who, state, &form, Status::UnprocessableEntity, faults);
        }
    };
    let new = NewProject {
        name: form.name.trim().to_owned(),
        code: param::words(&form.code),
        facts,
        request_key: form.request_key.clone(),
    };
    match state.office.create_project(&who.actor, new, who.at).await {
        Ok(id) => {
            guard::leave_notice(state, cookies, format!("已建立项目：{}", form.name.trim()));
            Ok(Answer::See(format!("/projects/{id}")))
        }
        Err(OfficeError::Invalid(faults)) => {
            again(&who, state, &form, Status::UnprocessableEntity, faults)
        }
        // The preview beside the form says what contradicts what.
        Err(OfficeError::Facts(_)) => {
            again(&who, state, &form, Status::UnprocessableEntity, Vec::new())
        }
        Err(error) => Err(Failure::Office(error)),
    }
}

/// The form with what was typed, its faults, and the route as far as the facts give one.
fn again(
    who: &Session,
    state: &State<WebState>,
    form: &Typed,
    status: Status,
    faults: Vec<FieldFault>,
) -> Outcome {
    let preview = if faults.is_empty() || form.facts().is_ok() {
        Some(form.preview(who, state)?)
    } else {
        None
    };
    let key = form.request_key.clone();
    let shown = ProjectForm {
        typed: form.shown(),
        faults,
        preview,
        request_key: if key.is_empty() { fresh_key() } else { key },
    };
    let html = state.view.new_project(&who.shell(), &shown)?;
    Ok(Answer::Html(status, html))
}

pub(super) fn routes() -> Vec<Route> {
    routes![form, preview, create]
}
