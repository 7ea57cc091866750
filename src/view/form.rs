//! What was typed into a form, and what the page says of it when it is shown again.
//!
//! Everything typed is text: a value that cannot be parsed must be shown again as it was.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::office::FieldFault;
use crate::office::model::RoutePreview;
use crate::statute::plan::ProjectFacts;

/// Why a form was not taken, above the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// One line: 未记录:…
    pub title: String,
    /// What was wrong and what is open instead, in Chinese.
    pub detail: String,
    /// The rule with its legal source in words, where a rule refused.
    pub rule: Option<String>,
}

/// The event form as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct EventTyped {
    /// The event's contract word; empty: nothing was typed yet.
    pub kind: String,
    /// The day.
    pub on: String,
    /// The words.
    pub note: String,
    /// The ground's contract word.
    pub ground: String,
    /// The number of days.
    pub days: String,
    /// Ticked: accept although materials are missing.
    pub despite_missing: bool,
    /// The catalogue's materials that a one-time notice ticks.
    pub requested: Vec<String>,
    /// What else it asks for, one a line.
    pub others: String,
}

/// A small form of a page's section that was refused, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retyped {
    /// Which form.
    pub form: String,
    /// What was typed, by the field's name.
    pub values: BTreeMap<String, String>,
    /// Why it was not taken.
    pub trouble: Trouble,
}

/// The event form of a step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventForm {
    /// What was typed.
    pub typed: EventTyped,
    /// Why it was not taken.
    pub trouble: Option<Trouble>,
    /// Why a file was not taken, which was handed in on the same page.
    pub material: Option<MaterialTrouble>,
    /// A small form of one of the page's sections that was refused.
    pub small: Option<Retyped>,
}

/// The form by which a delivery is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeliveryForm {
    /// The day as typed.
    pub on: String,
    /// The way as chosen.
    pub way: String,
    /// The recipient as typed.
    pub recipient: String,
    /// Why it was not taken.
    pub trouble: Option<Trouble>,
}

/// Why a file was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaterialTrouble {
    /// The entry of the list that it was meant for.
    pub material: String,
    /// Why.
    pub trouble: Trouble,
}

/// The joint filing's form (方案第1条).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JointForm {
    /// The day as typed.
    pub on: String,
    /// The words as typed.
    pub note: String,
    /// Why it was not taken.
    pub trouble: Option<Trouble>,
}

/// A new project as typed; fields are named as [`crate::statute::plan::ProjectFacts`] names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "ProjectFacts says what each field means")]
pub struct ProjectTyped {
    pub name: String,
    pub code: String,
    pub voltage_kv: String,
    pub works: String,
    pub counties: Vec<String>,
    pub public_network: bool,
    pub user_demand: bool,
    pub new_land: bool,
    pub forest_land: bool,
    pub green_hills: bool,
    pub fells_trees: bool,
    pub trees_without_certificate: bool,
    pub crosses_highway: bool,
    pub opens_city_road: bool,
    pub occupies_green: bool,
    pub shades_neighbours: bool,
    pub changes_blueprint: bool,
    pub changes_land_scale: bool,
    pub changes_building_scale: bool,
}

impl Default for ProjectTyped {
    /// The empty form. 公共电网 is ticked, as [`crate::statute::plan::ProjectFacts`] has it.
    fn default() -> Self {
        ProjectTyped {
            name: String::new(),
            code: String::new(),
            voltage_kv: String::new(),
            works: String::new(),
            counties: Vec::new(),
            public_network: true,
            user_demand: false,
            new_land: false,
            forest_land: false,
            green_hills: false,
            fells_trees: false,
            trees_without_certificate: false,
            crosses_highway: false,
            opens_city_road: false,
            occupies_green: false,
            shades_neighbours: false,
            changes_blueprint: false,
            changes_land_scale: false,
            changes_building_scale: false,
        }
    }
}

impl From<&ProjectFacts> for ProjectTyped {
    /// A project's facts as the form would have them typed.
    fn from(facts: &ProjectFacts) -> Self {
        ProjectTyped {
            name: String::new(),
            code: String::new(),
            voltage_kv: facts.voltage.to_string(),
            works: facts.works.code().to_owned(),
            counties: facts
                .counties
                .iter()
                .map(|county| county.code().to_owned())
                .collect(),
            public_network: facts.public_network,
            user_demand: facts.user_demand,
            new_land: facts.new_land,
            forest_land: facts.forest_land,
            green_hills: facts.green_hills,
            fells_trees: facts.fells_trees,
            trees_without_certificate: facts.trees_without_certificate,
            crosses_highway: facts.crosses_highway,
            opens_city_road: facts.opens_city_road,
            occupies_green: facts.occupies_green,
            shades_neighbours: facts.shades_neighbours,
            changes_blueprint: facts.changes_blueprint,
            changes_land_scale: facts.changes_land_scale,
            changes_building_scale: facts.changes_building_scale,
        }
    }
}

/// The form by which a project's facts are changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FactsForm {
    /// What was typed; the facts as they are where nothing was.
    pub typed: Option<ProjectTyped>,
    /// Why the facts change, as typed.
    pub reason: String,
    /// What is wrong with it, by field.
    pub faults: Vec<FieldFault>,
    /// Why it was not taken.
    pub trouble: Option<Trouble>,
}

/// The new project's form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProjectForm {
    /// What was typed.
    pub typed: ProjectTyped,
    /// What is wrong with it, by field.
    pub faults: Vec<FieldFault>,
    /// The route for the typed facts; `Err`: why there is none, in Chinese.
    pub preview: Option<Result<RoutePreview, String>>,
    /// The form's random key, so that posting twice makes one project.
    pub request_key: String,
}

/// The new person's form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonForm {
    /// The login name as typed.
    pub login: String,
    /// The name as typed.
    pub name: String,
    /// The role's word.
    pub role: String,
    /// The bureau's row number.
    pub bureau: String,
    /// Whether the person leads the bureau.
    pub lead: bool,
    /// What is wrong, by field.
    pub faults: Vec<FieldFault>,
}

/// A holiday notice, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NoticeTyped {
    /// The year, where one is chosen.
    pub year: Option<i32>,
    /// The pasted text.
    pub text: String,
    /// The document's number.
    pub number: String,
    /// The day it was published.
    pub published_on: String,
    /// Where it can be read.
    pub url: String,
    /// Why an official notice is corrected.
    pub reason: String,
    /// What is wrong, by field.
    pub faults: Vec<FieldFault>,
    /// Why it was not taken.
    pub trouble: Option<Trouble>,
}

/// A supposition, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WhatIfTyped {
    /// The step whose limit is another.
    pub step: String,
    /// That limit.
    pub days: String,
    /// The step that is made parallel and what it waits for, with a colon between.
    pub parallel: String,
    /// A pasted catalogue.
    pub text: String,
    /// What is wrong, by field.
    pub faults: Vec<FieldFault>,
}

/// The form for one's own password; passwords are never shown again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountForm {
    /// What is wrong, by field.
    pub faults: Vec<FieldFault>,
    /// True: the password was just changed.
    pub done: bool,
}

/// The report of an offence, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OffenceForm {
    /// What was typed, by the field's name.
    pub values: BTreeMap<String, String>,
    /// The form's random key, so that posting twice reports one.
    pub request_key: String,
    /// What is wrong with it, by field.
    pub faults: Vec<FieldFault>,
    /// Why it was not taken.
    pub trouble: Option<Trouble>,
}

/// What was asked on an offence's page and not taken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OffenceAsk {
    /// A small form that was refused.
    pub small: Option<Retyped>,
    /// Why a picture was not taken.
    pub picture: Option<Trouble>,
}
