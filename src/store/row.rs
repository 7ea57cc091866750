//! Rows to domain values and back; an impossible row names table, column and id.

use std::str::FromStr;

use entity::{bureau, filing, filing_event, person, project};
use sea_orm::Set;

use serde::{Deserialize, Serialize};

use super::details::Details;
use super::error::StoreError;
use super::ids::{BureauId, FilingId, PersonId, ProjectId};
use super::record::{Bureau, Entry, Filing, Person, Project, Role, Standing};
use crate::statute::clock::{Event, EventKind, Status, Turning};
use crate::statute::division::County;
use crate::statute::plan::{BureauKind, Level, ProjectFacts, StepId};

pub(super) fn wrong(
    table: &'static str,
    column: &'static str,
    id: i64,
    found: &str,
    expected: &'static str,
) -> StoreError {
    StoreError::Inconsistent {
        table,
        column,
        id,
        found: found.to_owned(),
        expected,
    }
}

pub(super) fn county(
    table: &'static str,
    id: i64,
    code: &str,
) -> Result<Option<County>, StoreError> {
    if code.is_empty() {
        return Ok(None);
    }
    County::from_str(code)
        .map(Some)
        .map_err(|_| wrong(table, "county", id, code, "a county's code, or nothing"))
}

fn count(
    table: &'static str,
    column: &'static str,
    id: i64,
    value: i32,
) -> Result<u32, StoreError> {
    u32::try_from(value)
        .map_err(|_| wrong(table, column, id, &value.to_string(), "a number from 0"))
}

/// A county as its column holds it.
pub(super) fn county_text(county: Option<County>) -> String {
    county.map_or_else(String::new, |county| county.code().to_owned())
}

pub(super) fn bureau(row: bureau::Model) -> Result<Bureau, StoreError> {
    Ok(Bureau {
        id: BureauId(row.id),
        kind: BureauKind::from_code(&row.kind)
            .ok_or_else(|| wrong("bureau", "kind", row.id, &row.kind, "a kind of bureau"))?,
        level: Level::from_code(&row.level)
            .ok_or_else(|| wrong("bureau", "level", row.id, &row.level, "city or county"))?,
        county: county("bureau", row.id, &row.county)?,
        name: row.name,
    })
}

/// A role as its two columns hold it.
pub(super) fn role_columns(role: Role) -> (&'static str, Option<i64>) {
    match role {
        Role::Company => ("company", None),
        Role::Officer { bureau } => ("officer", Some(bureau.0)),
        Role::GovernmentOffice => ("government-office", None),
        Role::DeputyMayor => ("deputy-mayor", None),
        Role::Administrator => ("administrator", None),
    }
}

pub(super) fn person(row: person::Model) -> Result<Person, StoreError> {
    let role = match (row.role.as_str(), row.bureau_id) {
        ("company", None) => Role::Company,
        ("officer", Some(id)) => Role::Officer {
            bureau: BureauId(id),
        },
        ("government-office", None) => Role::GovernmentOffice,
        ("deputy-mayor", None) => Role::DeputyMayor,
        ("administrator", None) => Role::Administrator,
        _ => {
            return Err(wrong(
                "person",
                "role",
                row.id,
                &row.role,
                "a role that fits bureau_id",
            ));
        }
    };
    Ok(Person {
        id: PersonId(row.id),
        login: row.login,
        name: row.name,
        role,
        active: row.active,
        lead: row.lead,
    })
}

/// Facts as a column holds them.
pub(super) fn facts_of(
    table: &'static str,
    column: &'static str,
    id: i64,
    text: &str,
) -> Result<ProjectFacts, StoreError> {
    serde_json::from_str(text).map_err(|_| wrong(table, column, id, text, "the facts as JSON"))
}

/// Facts as a column holds them.
pub(super) fn facts_text(facts: &ProjectFacts) -> Result<String, StoreError> {
    serde_json::to_string(facts).map_err(|error| StoreError::Db(format!("facts as JSON: {error}")))
}

pub(super) fn project(row: project::Model) -> Result<Project, StoreError> {
    Ok(Project {
        id: ProjectId(row.id),
        facts: facts_of("project", "facts", row.id, &row.facts)?,
        name: row.name,
        code: row.code,
        plan_hash: row.plan_hash,
        created_by: PersonId(row.created_by),
        created_on: row.created_on,
    })
}

pub(super) fn filing(row: filing::Model) -> Result<Filing, StoreError> {
    let status = Status::from_code(&row.status)
        .ok_or_else(|| wrong("filing", "status", row.id, &row.status, "a status"))?;
    Ok(Filing {
        id: FilingId(row.id),
        project: ProjectId(row.project_id),
        county: county("filing", row.id, &row.county)?,
        step: StepId(row.step),
        bureau: BureauId(row.bureau_id),
        seq: count("filing", "seq", row.id, row.seq)?,
        last_on: row.last_on,
        submitted_on: row.submitted_on,
        ready: row.ready,
        run: count("filing", "run", row.id, row.run)?,
        succeeds: row.succeeds.map(FilingId),
        officer: row.officer_id.map(PersonId),
        standing: Standing::from_code(&row.standing)
            .ok_or_else(|| wrong("filing", "standing", row.id, &row.standing, "a standing"))?,
        decided_under: row
            .decided_under
            .map(|facts| facts_of("filing", "decided_under", row.id, &facts))
            .transpose()?
            .map(Box::new),
        turning: Turning {
            status: Some(status),
            deems_on: row.deems_on,
            accepted_on: row.accepted_on,
            starts_on: row.starts_on,
            yellow_on: row.yellow_on,
            red_on: row.red_on,
            law_red_on: row.law_red_on,
            due_on: row.due_on,
            decided_on: row.decided_on,
            decided_late: row.decided_late,
            suspended: row.suspended,
            paused_left: row
                .paused_left
                .map(|n| count("filing", "paused_left", row.id, n))
                .transpose()?,
            over_by: count("filing", "over_by", row.id, row.over_by)?,
            deemed_accepted: row.deemed_accepted,
            untimed: row.untimed,
            provisional: row.provisional,
        },
    })
}

/// A count as its column holds it.
pub(super) fn small(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// The columns that [`set_turning`] sets.
pub(super) const TURNING: [filing::Column; 16] = [
    filing::Column::Status,
    filing::Column::DeemsOn,
    filing::Column::AcceptedOn,
    filing::Column::StartsOn,
    filing::Column::YellowOn,
    filing::Column::RedOn,
    filing::Column::LawRedOn,
    filing::Column::DueOn,
    filing::Column::DecidedOn,
    filing::Column::DecidedLate,
    filing::Column::Suspended,
    filing::Column::PausedLeft,
    filing::Column::OverBy,
    filing::Column::DeemedAccepted,
    filing::Column::Untimed,
    filing::Column::Provisional,
];

/// Sets every projected column of `row` to what `turning` says.
pub(super) fn set_turning(row: &mut filing::ActiveModel, turning: &Turning) {
    row.status = Set(turning.status.unwrap_or(Status::Draft).code().to_owned());
    row.deems_on = Set(turning.deems_on);
    row.accepted_on = Set(turning.accepted_on);
    row.starts_on = Set(turning.starts_on);
    row.yellow_on = Set(turning.yellow_on);
    row.red_on = Set(turning.red_on);
    row.law_red_on = Set(turning.law_red_on);
    row.due_on = Set(turning.due_on);
    row.decided_on = Set(turning.decided_on);
    row.decided_late = Set(turning.decided_late);
    row.suspended = Set(turning.suspended);
    row.paused_left = Set(turning.paused_left.map(small));
    row.over_by = Set(small(turning.over_by));
    row.deemed_accepted = Set(turning.deemed_accepted);
    row.untimed = Set(turning.untimed);
    row.provisional = Set(turning.provisional);
}

/// An entry's event without its day, and its details, as the payload's JSON holds them.
#[derive(Serialize)]
pub(super) struct Payload<'a> {
    #[serde(flatten)]
    kind: &'a EventKind,
    #[serde(skip_serializing_if = "Details::is_empty")]
    details: &'a Details,
}

impl<'a> Payload<'a> {
    pub(super) fn of(entry: &'a Entry) -> Payload<'a> {
        Payload {
            kind: &entry.event.kind,
            details: &entry.details,
        }
    }
}

#[derive(Deserialize)]
struct StoredPayload {
    #[serde(flatten)]
    kind: EventKind,
    #[serde(default)]
    details: Details,
}

pub(super) fn entry(row: filing_event::Model) -> Result<Entry, StoreError> {
    let StoredPayload { kind, details } = serde_json::from_str(&row.payload).map_err(|_| {
        wrong(
            "filing_event",
            "payload",
            row.filing_id,
            &row.payload,
            "an event as JSON",
        )
    })?;
    if kind.code() != row.kind {
        return Err(wrong(
            "filing_event",
            "kind",
            row.filing_id,
            &row.kind,
            "the payload's type",
        ));
    }
    Ok(Entry {
        seq: count("filing_event", "seq", row.filing_id, row.seq)?,
        event: Event {
            on: row.on_day,
            kind,
        },
        note: row.note,
        details,
        actor: row.actor_id.map(PersonId),
        actor_name: row.actor_name,
        recorded_at: row.recorded_at,
        hash: row.hash,
    })
}
