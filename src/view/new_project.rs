//! The new project's form: facts in groups, and the route that they lead to.

use serde::Serialize;

use super::form::{ProjectForm, ProjectTyped};
use super::list::Choice;
use super::route::{self, Preview};
use super::words;
use crate::office::FieldFault;
use crate::office::model::RoutePreview;
use crate::statute::calendar::Calendar;
use crate::statute::division::County;
use crate::statute::plan::facts::Works;

/// A box to tick.
#[derive(Debug, Serialize)]
struct Tick {
    field: &'static str,
    word: &'static str,
    hint: &'static str,
    ticked: bool,
}

/// Facts that belong together.
#[derive(Debug, Serialize)]
struct Group {
    title: &'static str,
    ticks: Vec<Tick>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize)]
pub(super) struct Fault {
    field: &'static str,
    message: String,
}

/// The facts as fields of a form.
#[derive(Debug, Serialize)]
pub(super) struct FactsFields {
    voltage_kv: String,
    voltages: Vec<String>,
    works: Vec<Choice>,
    counties: Vec<Choice>,
    groups: Vec<Group>,
}

/// The page's matter.
#[derive(Debug, Serialize)]
pub(super) struct NewProject {
    name: String,
    code: String,
    #[serde(flatten)]
    fields: FactsFields,
    faults: Vec<Fault>,
    request_key: String,
    preview: Option<PreviewPart>,
}

/// The fragment with the route.
#[derive(Debug, Serialize)]
pub(super) struct PreviewPart {
    route: Option<Preview>,
    fault: Option<String>,
}

const GROUPS: [(&str, &[&str]); 5] = [
    ("用地", &["new_land"]),
    (
        "林业",
        &[
            "forest_land",
            "green_hills",
            "fells_trees",
            "trees_without_certificate",
        ],
    ),
    (
        "公路、道路与绿化",
        &["crosses_highway", "opens_city_road", "occupies_green"],
    ),
    (
        "规划",
        &[
            "shades_neighbours",
            "changes_blueprint",
            "changes_land_scale",
            "changes_building_scale",
        ],
    ),
    ("供电性质", &["public_network", "user_demand"]),
];

const ALL_WORKS: [(Works, &str); 4] = [
    (Works::Line, "line"),
    (Works::Substation, "substation"),
    (Works::SubstationAndLine, "substation-and-line"),
    (Works::Rebuild, "rebuild"),
];

const USUAL_KILOVOLTS: [&str; 6] = ["0.4", "10", "66", "110", "220", "500"];

fn ticked(typed: &ProjectTyped, field: &str) -> bool {
    match field {
        "public_network" => typed.public_network,
        "user_demand" => typed.user_demand,
        "new_land" => typed.new_land,
        "forest_land" => typed.forest_land,
        "green_hills" => typed.green_hills,
        "fells_trees" => typed.fells_trees,
        "trees_without_certificate" => typed.trees_without_certificate,
        "crosses_highway" => typed.crosses_highway,
        "opens_city_road" => typed.opens_city_road,
        "occupies_green" => typed.occupies_green,
        "shades_neighbours" => typed.shades_neighbours,
        "changes_blueprint" => typed.changes_blueprint,
        "changes_land_scale" => typed.changes_land_scale,
        "changes_building_scale" => typed.changes_building_scale,
        _ => false,
    }
}

pub(super) fn faults(faults: &[FieldFault]) -> Vec<Fault> {
    faults
        .iter()
        .map(|fault| Fault {
            field: fault.field,
            message: fault.message.clone(),
        })
        .collect()
}

pub(super) fn preview(preview: &Result<RoutePreview, String>, calendar: &Calendar) -> PreviewPart {
    match preview {
        Ok(found) => PreviewPart {
            route: Some(route::preview(found, calendar)),
            fault: None,
        },
        Err(fault) => PreviewPart {
            route: None,
            fault: Some(fault.clone()),
        },
    }
}

/// The fields with what was typed.
pub(super) fn fields(typed: &ProjectTyped) -> FactsFields {
    let groups = GROUPS.iter().map(|(title, fields)| Group {
        title,
        ticks: fields
            .iter()
            .filter_map(|field| words::FACTS.iter().find(|fact| fact.field == *field))
            .map(|fact| Tick {
                field: fact.field,
                word: fact.yes,
                hint: fact.hint,
                ticked: ticked(typed, fact.field),
            })
            .collect(),
    });
    FactsFields {
        voltage_kv: typed.voltage_kv.clone(),
        voltages: USUAL_KILOVOLTS.iter().map(|&kv| kv.to_owned()).collect(),
        works: ALL_WORKS
            .into_iter()
            .map(|(works, code)| Choice {
                value: code.to_owned(),
                word: words::works(works).to_owned(),
                chosen: typed.works == code,
            })
            .collect(),
        counties: County::ALL
            .into_iter()
            .map(|county| Choice {
                value: county.code().to_owned(),
                word: county.name().to_owned(),
                chosen: typed.counties.iter().any(|code| code == county.code()),
            })
            .collect(),
        groups: groups.collect(),
    }
}

pub(super) fn page(form: &ProjectForm, calendar: &Calendar) -> NewProject {
    let typed = &form.typed;
    NewProject {
        name: typed.name.clone(),
        code: typed.code.clone(),
        fields: fields(typed),
        faults: faults(&form.faults),
        request_key: form.request_key.clone(),
        preview: form.preview.as_ref().map(|found| preview(found, calendar)),
    }
}
