//! The list of projects, narrowed.

use serde::Serialize;

use super::card::Project;
use super::words;
use crate::office::model::home::{ProjectSearch, ProjectState};
use crate::office::model::{Page, ProjectCard};
use crate::statute::division::County;
use crate::statute::plan::facts::Volts;

/// The voltages that the filter offers, in volts; another one that is asked for joins them.
const USUAL_VOLTS: [u32; 6] = [400, 10_000, 66_000, 110_000, 220_000, 500_000];

/// One choice of a field.
#[derive(Debug, Serialize)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) word: String,
    pub(super) chosen: bool,
}

/// A filter that holds, with the address of the list without it.
#[derive(Debug, Serialize)]
struct Chip {
    word: String,
    without: String,
}

/// The project list.
#[derive(Debug, Serialize)]
pub(super) struct Projects {
    text: String,
    counties: Vec<Choice>,
    voltages: Vec<Choice>,
    states: Vec<Choice>,
    chips: Vec<Chip>,
    rows: Vec<Project>,
    total: u64,
    first: Option<String>,
    next: Option<String>,
}

fn state_code(state: ProjectState) -> &'static str {
    match state {
        ProjectState::Overdue => "overdue",
        ProjectState::NearDue => "near-due",
        ProjectState::Open => "open",
        ProjectState::Finished => "finished",
    }
}

pub(super) fn projects(search: &ProjectSearch, found: &Page<ProjectCard>) -> Projects {
    let mut volts = USUAL_VOLTS.to_vec();
    if let Some(asked) = search.volts.filter(|asked| !volts.contains(asked)) {
        volts.push(asked);
        volts.sort_unstable();
    }
    let states = [
        ProjectState::Overdue,
        ProjectState::NearDue,
        ProjectState::Open,
        ProjectState::Finished,
    ];
    let fields = [
        ("text", search.text.clone(), format!("“{}”", search.text)),
        (
            "county",
            search.county.map_or("", County::code).to_owned(),
            search.county.map_or("", County::name).to_owned(),
        ),
        (
            "kv",
            search.volts.map(words::kilovolts).unwrap_or_default(),
            search
                .volts
                .map(|v| words::voltage(Volts(v)))
                .unwrap_or_default(),
        ),
        (
            "state",
            search.state.map_or("", state_code).to_owned(),
            search.state.map_or("", words::project_state).to_owned(),
        ),
    ];
    let address = |without: &str, after: Option<&str>| {
        let mut pairs: Vec<(&str, &str)> = fields
            .iter()
            .filter(|(name, value, _)| *name != without && !value.is_empty())
            .map(|(name, value, _)| (*name, value.as_str()))
            .collect();
        pairs.extend(after.map(|after| ("after", after)));
        query("/projects", &pairs)
    };
    Projects {
        text: search.text.clone(),
        counties: County::ALL
            .into_iter()
            .map(|county| Choice {
                value: county.code().to_owned(),
                word: county.name().to_owned(),
                chosen: search.county == Some(county),
            })
            .collect(),
        voltages: volts
            .into_iter()
            .map(|volts| Choice {
                value: words::kilovolts(volts),
                word: words::voltage(Volts(volts)),
                chosen: search.volts == Some(volts),
            })
            .collect(),
        states: states
            .into_iter()
            .map(|state| Choice {
                value: state_code(state).to_owned(),
                word: words::project_state(state).to_owned(),
                chosen: search.state == Some(state),
            })
            .collect(),
        chips: fields
            .iter()
            .filter(|(_, value, _)| !value.is_empty())
            .map(|(name, _, word)| Chip {
                word: word.clone(),
                without: address(name, None),
            })
            .collect(),
        rows: found.rows.iter().map(Project::of).collect(),
        total: found.total,
        first: search.after.map(|_| address("", None)),
        next: found.next.as_deref().map(|after| address("", Some(after))),
    }
}

/// An address with its query, percent-encoded.
pub(super) fn query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    for (at, (name, value)) in pairs.iter().enumerate() {
        address.push(if at == 0 { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                address.push(char::from(byte));
            } else {
                address.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    address
}
