//! A small store with known histories, for the tests of what the office reads.

use chrono::NaiveDate;

use super::{Actor, Moment, Office};
use crate::statute::calendar::{Calendar, date};
use crate::statute::clock::{self, Event, EventKind};
use crate::statute::division::County;
use crate::statute::plan::route::route;
use crate::statute::plan::{BureauKind, Level, ProjectFacts};
use crate::store::Details;
use crate::store::record::{Bureau, Role};
use crate::store::{
    BureauId, FilingId, NewEntry, NewFilingRow, NewPersonRow, NewProjectRow, PersonId, ProjectId,
    Store,
};

/// What happened to one step: its id, its county, its events.
pub(super) type Told<'t> = (&'t str, Option<County>, Vec<Event>);

/// An office over a fresh SQLite file, with every bureau and one person.
pub(super) struct Seeded {
    /// The office.
    pub office: Office,
    /// All bureaus.
    pub bureaus: Vec<Bureau>,
    /// Who enters what comes next.
    pub person: PersonId,
    /// Goes with the office.
    _folder: tempfile::TempDir,
}

/// Noon in Benxi on that day.
pub(super) fn moment(today: NaiveDate) -> Moment {
    Moment {
        today,
        now: today.and_hms_opt(4, 0, 0).unwrap().and_utc(),
    }
}

pub(super) fn actor(role: Role) -> Actor {
    Actor {
        id: PersonId(1),
        login: "someone".to_owned(),
        name: "某人".to_owned(),
        role,
        bureau: None,
        lead: false,
    }
}

/// A day of 2026.
pub(super) fn event(month: u32, day: u32, kind: EventKind) -> Event {
    Event {
        on: date(2026, month, day),
        kind,
    }
}

impl Seeded {
    /// Opens the office.
    pub(super) async fn open() -> Seeded {
        let folder = tempfile::tempdir().unwrap();
        let url = format!(
            "sqlite://{}/seeded.sqlite?mode=rwc",
            folder.path().display()
        );
        let store = Store::open(&url).await.unwrap();
        let text = include_str!("../statute/plan/benxi-2020-24.toml");
        let calendar = Calendar::official().clone();
        let office = Office::new(store, ("benxi-2020-24.toml", text), calendar).unwrap();

        let at = moment(date(2026, 1, 5)).now;
        let tx = office.store.begin().await.unwrap();
        let plan = office.plan();
        tx.save_catalogue(&plan.hash, &plan.id, &plan.version, text, at)
            .await
            .unwrap();
        let places = std::iter::once(None).chain(County::ALL.into_iter().map(Some));
        let bureaus: Vec<_> = places
            .flat_map(|county| BureauKind::ALL.map(|kind| (kind, county)))
            .map(|(kind, county)| {
                let level = county.map_or(Level::City, |_| Level::County);
                let name = super::setup::bureau_name(kind, level, county);
                (kind, level, county, name)
            })
            .collect();
        tx.insert_bureaus(&bureaus).await.unwrap();
        let person = tx
            .insert_person(&NewPersonRow {
                login: "seed".to_owned(),
                name: "种子".to_owned(),
                role: Role::Company,
                password_hash: String::new(),
                lead: false,
            })
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Seeded {
            bureaus: office.store.reader().bureaus().await.unwrap(),
            office,
            person,
            _folder: folder,
        }
    }

    /// The bureau that decides a step of that kind there.
    pub(super) fn bureau(&self, kind: BureauKind, county: Option<County>) -> BureauId {
        self.bureaus
            .iter()
            .find(|b| b.kind == kind && b.county == county)
            .unwrap()
            .id
    }

    /// Makes a project entered on 2 January 2026 with these histories.
    pub(super) async fn project(
        &self,
        name: &str,
        facts: &ProjectFacts,
        told: &[Told<'_>],
    ) -> (ProjectId, Vec<FilingId>) {
        let plan = self.office.plan();
        let calendar = self.office.calendar();
        let route = route(plan, facts).unwrap();
        let tx = self.office.store.begin().await.unwrap();
        let created_on = date(2026, 1, 2);
        let id = tx
            .insert_project(&NewProjectRow {
                name: name.to_owned(),
                code: None,
                facts: facts.clone(),
                plan_hash: plan.hash.clone(),
                created_by: self.person,
                created_on,
                created_at: moment(created_on).now,
                request_key: name.to_owned(),
            })
            .await
            .unwrap();
        let history = |step: &str, county: Option<County>| {
            told.iter()
                .find(|(id, at, _)| *id == step && *at == county)
                .map_or(&[][..], |(_, _, events)| events.as_slice())
        };
        let granted = |step: &str, county: Option<County>| {
            let last = history(step, county).last();
            last.is_some_and(|event| event.kind == EventKind::Granted)
        };
        let new: Vec<NewFilingRow> = route
            .steps
            .iter()
            .map(|step| NewFilingRow {
                project: id,
                step: step.key.step.clone(),
                county: step.key.county,
                bureau: self.bureau(step.step.bureau, step.key.county),
                ready: step
                    .waits_for
                    .iter()
                    .all(|key| granted(key.step.as_str(), key.county)),
                untimed: step.untimed,
                run: 1,
                succeeds: None,
            })
            .collect();
        let ids = tx.insert_filings(&new).await.unwrap();
        let filings = tx.filings_of_project(id).await.unwrap();
        let mut histories = Vec::new();
        for (filing, step) in filings.into_iter().zip(&route.steps) {
            let events = history(step.key.step.as_str(), step.key.county);
            if events.is_empty() {
                continue;
            }
            let turning = clock::turning(step.step, facts, events, &calendar).unwrap();
            let submitted_on = events
                .iter()
                .rev()
                .find(|e| matches!(e.kind, EventKind::Submitted | EventKind::Resubmitted))
                .map(|e| e.on);
            let entries = events
                .iter()
                .map(|event| NewEntry {
                    event: event.clone(),
                    note: None,
                    details: Details::default(),
                    actor: Some(self.person),
                    actor_name: "种子".to_owned(),
                    recorded_at: moment(event.on).now,
                })
                .collect();
            histories.push((filing, entries, turning, submitted_on));
        }
        tx.append_histories(&histories).await.unwrap();
        tx.commit().await.unwrap();
        (id, ids)
    }
}
