//! A project's facts as they are typed, on the page of a new project and where they are changed.

use rocket::FromForm;

use crate::office::FieldFault;
use crate::statute::plan::ProjectFacts;
use crate::view::form::ProjectTyped;
use crate::web::param;

/// The form as sent: an unticked box is not sent at all.
#[derive(FromForm)]
pub(super) struct TypedFacts {
    #[field(default = "")]
    pub(super) name: String,
    #[field(default = "")]
    pub(super) code: String,
    #[field(default = "")]
    voltage_kv: String,
    #[field(default = "")]
    works: String,
    counties: Vec<String>,
    #[field(default = "")]
    pub(super) request_key: String,
    #[field(default = "")]
    pub(super) reason: String,
    #[field(default = "")]
    pub(super) seen: String,
    #[field(default = "")]
    pub(super) previewed: String,
    #[field(name = "do", default = "")]
    pub(super) what: String,
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

impl TypedFacts {
    /// The facts, or every fault at once.
    pub(super) fn facts(&self) -> Result<ProjectFacts, Vec<FieldFault>> {
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

    /// The form as it was typed.
    pub(super) fn shown(&self) -> ProjectTyped {
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
}
